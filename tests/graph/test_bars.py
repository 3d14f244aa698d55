"""Bars: an edge is usable if and only if nothing bars it."""

from __future__ import annotations

import pytest
from tiny import request, tiny_network

from routeplan import Question
from routeplan.graph.bars import Bar, BarKind, bars_of
from routeplan.graph.build import build_graph
from routeplan.places.question import read_question

QUESTIONS = [
    {},
    {"policy": "none"},
    {"policy": "none", "allow": ("suez", "volga-don")},
    {"avoid": ("TR", "RU", "node:ge-poti-port", "Istanbul"), "allow": ("volga-don",)},
    {"avoid": ("sea-aktau-alat", "corridor:btk", "bosporus", "volga-don", "mode:air")},
    {"modes": "road"},
    {"modes": "rail,sea"},
    {"modes": "rail,ferry", "avoid": ("road",)},
    {"modes": "sea,air", "avoid": ("mode:ferry",)},
    {"depart": "2027-08-01"},
    {"on": "2031-01-01"},
    {"on": "2027-01-01", "include_planned": True},
    {"include_planned": True, "depart": "2026-12-01"},
    {"cargo": "frozen_food"},
    {"cargo": "critical_raw_materials", "load": "20xFEU"},
    {"load": "3000t", "modes": "air,road"},
]


@pytest.mark.parametrize("options", QUESTIONS, ids=str)
def test_an_edge_is_walked_if_and_only_if_it_has_no_bar(real, options):
    asked = read_question(real, Question("Astana", "Belgrade", **options))
    walked = {arc.edge.edge_id for arc in build_graph(real, asked).arcs}
    bars_on = bars_of(real, asked)
    assert walked == {edge_id for edge_id, edge in real.edges.items() if not bars_on(edge)}


EDGES = """
    edge_id, from_node, to_node, mode, distance_km, passages,  forbids,  status, max_lot_t, corridor
    river,   kz-alma,   ru-dock, sea,  100,        volga-don, dangerous, ,      ,          north
    works,   kz-alma,   kz-bora, rail, 100,         ,          ,          closed,  5,         north
    later,   kz-alma,   kz-bora, rail, 100,         ,          ,          planned, ,          north
"""


@pytest.mark.parametrize(
    ("edge_id", "options", "expected"),
    [
        ("river", {"allow": ("volga-don",), "policy": "none"}, []),
        ("river", {}, [(BarKind.POLICY, ""), (BarKind.PASSAGE, "volga-don")]),
        (
            "river",
            {
                "policy": "none",
                "cargo": "fireworks",
                "avoid": ("RU", "Dock", "north", "sea", "river"),
            },
            [
                (BarKind.AVOID_COUNTRY, "RU"),
                (BarKind.AVOID_PLACE, "ru-dock"),
                (BarKind.AVOID_EDGE, "river"),
                (BarKind.AVOID_CORRIDOR, "north"),
                (BarKind.AVOID_MODE, "sea"),
                (BarKind.PASSAGE, "volga-don"),
                (BarKind.CARGO, "dangerous"),
            ],
        ),
        (
            "works",
            {"modes": "sea"},
            [(BarKind.MODE, "rail"), (BarKind.LOAD, ""), (BarKind.CLOSED, "works")],
        ),
        ("later", {}, [(BarKind.PLANNED, "")]),
        ("later", {"include_planned": True}, []),
    ],
)
def test_every_bar_of_an_edge_is_named(edge_id, options, expected):
    network = tiny_network(EDGES)
    bars_on = bars_of(network, request(network, "Alma", "Bora", **options))
    assert list(bars_on(network.edges[edge_id])) == [Bar(*bar) for bar in expected]
