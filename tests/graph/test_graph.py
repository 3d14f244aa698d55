"""Which states and arcs a request has, and where a way may begin and end."""

from __future__ import annotations

import pytest
from tiny import request, tiny_network

from routeplan.graph.bars import travels_by
from routeplan.graph.build import build_graph
from routeplan.graph.model import State, gate_states
from routeplan.graph.opening import is_open
from routeplan.network.records import Edge
from routeplan.network.vocabulary import Mode, Status, Vehicle

ROAD, RAIL, SEA = (State("a", mode) for mode in (Mode.ROAD, Mode.RAIL, Mode.SEA))


@pytest.mark.parametrize(
    ("states", "loading", "starts", "ends"),
    [
        ({RAIL}, [], {RAIL}, {RAIL}),
        ({RAIL, SEA}, [(RAIL, SEA), (SEA, RAIL)], {RAIL, SEA}, {RAIL, SEA}),
        ({ROAD}, [], {ROAD}, {ROAD}),
        ({ROAD, RAIL}, [], {ROAD, RAIL}, {ROAD, RAIL}),
        ({ROAD, RAIL}, [(ROAD, RAIL), (RAIL, ROAD)], {ROAD}, {ROAD}),
        ({ROAD, RAIL}, [(ROAD, RAIL)], {ROAD}, {ROAD, RAIL}),
        ({ROAD, RAIL}, [(RAIL, ROAD)], {ROAD, RAIL}, {ROAD}),
        (
            {ROAD, RAIL, SEA},
            [(ROAD, RAIL), (RAIL, ROAD), (RAIL, SEA), (SEA, RAIL)],
            {ROAD},
            {ROAD},
        ),
        ({ROAD, RAIL, SEA}, [(ROAD, RAIL), (RAIL, ROAD)], {ROAD, SEA}, {ROAD, SEA}),
        (set(), [], set(), set()),
    ],
)
def test_a_way_begins_and_ends_on_the_road_or_where_nothing_loads(states, loading, starts, ends):
    assert gate_states(states, loading) == (starts, ends)


EDGES = """
    edge_id, from_node, to_node, mode,  to_mode, directed, distance_km
    e4,      kz-alma,   kz-bora, rail,  ,        no,       100
    e2,      kz-bora,   kz-bora, rail,  sea,     no
    e3,      kz-bora,   az-caro, sea,   ,        yes,      200
    e1,      az-caro,   az-port, ferry, ,        no,       100
"""


def test_arcs_stand_in_order_of_edge_id_and_in_each_direction_of_the_edge():
    network = tiny_network(EDGES)
    graph = build_graph(network, request(network, "Alma", "Caro"))
    assert [(arc.edge.edge_id, arc.tail.node_id, str(arc.tail.mode)) for arc in graph.arcs] == [
        ("e1", "az-caro", "ferry"),
        ("e1", "az-port", "ferry"),
        ("e2", "kz-bora", "rail"),
        ("e2", "kz-bora", "sea"),
        ("e3", "kz-bora", "sea"),
        ("e4", "kz-alma", "rail"),
        ("e4", "kz-bora", "rail"),
    ]


def test_a_state_on_a_ferry_remembers_what_rolled_on():
    network = tiny_network(EDGES)
    graph = build_graph(network, request(network, "Alma", "Caro"))
    assert {arc.tail.vehicle for arc in graph.arcs if arc.tail.mode is Mode.FERRY} == {
        Vehicle.TRUCK
    }
    assert {arc.tail.vehicle for arc in graph.arcs if arc.tail.mode is not Mode.FERRY} == {None}


def test_every_via_place_adds_a_layer():
    network = tiny_network(EDGES)
    plain = build_graph(network, request(network, "Alma", "Caro"))
    layered = build_graph(network, request(network, "Alma", "Caro", via=("Bora",)))
    assert plain.via == ()
    assert layered.via == (frozenset({"kz-bora"}),)
    assert plain.size == len(plain.states) + 2
    assert layered.size == 2 * len(layered.states) + 2
    assert set(layered.forward) == set(layered.backward) == set(range(layered.size))


@pytest.mark.parametrize(
    ("edge", "modes", "belongs"),
    [
        (Edge(mode=Mode.RAIL), {Mode.RAIL}, True),
        (Edge(mode=Mode.RAIL), {Mode.ROAD}, False),
        (Edge(mode=Mode.FERRY, vehicle=Vehicle.TRUCK), {Mode.ROAD}, True),
        (Edge(mode=Mode.FERRY, vehicle=Vehicle.TRUCK), {Mode.RAIL}, False),
        (Edge(mode=Mode.FERRY, vehicle=Vehicle.WAGON), {Mode.RAIL}, True),
        (Edge(mode=Mode.FERRY, vehicle=Vehicle.WAGON), {Mode.FERRY}, True),
        (Edge(mode=Mode.SEA), {Mode.FERRY}, False),
    ],
)
def test_a_ferry_belongs_to_what_rolls_onto_it(edge, modes, belongs):
    assert travels_by(edge, modes) is belongs


@pytest.mark.parametrize(
    ("edge", "day", "expected"),
    [
        (Edge(), "2026-06-15", True),
        (Edge(), "", True),
        (Edge(status=Status.RESTRICTED), "2026-06-15", True),
        (Edge(status=Status.CLOSED), "2026-06-15", False),
        (Edge(status=Status.CLOSED, open_from="2020-01-01"), "2026-06-15", False),
        (Edge(open_from="2026-06-15", open_to="2026-06-15"), "2026-06-15", True),
        (Edge(open_from="2026-06-16"), "2026-06-15", False),
        (Edge(open_to="2026-06-14"), "2026-06-15", False),
        (Edge(open_from="2026-06-16"), "2026-06", True),
        (Edge(open_to="2026-06-14"), "2026-06", True),
        (Edge(open_to="2026-05-31"), "2026-06", False),
        (Edge(open_from="2020-01-01", open_to="2020-12-31"), "", True),
        (Edge(status=Status.PLANNED), "2099-01-01", False),
    ],
)
def test_an_edge_is_open_between_its_days(edge, day, expected):
    assert is_open(edge, day) is expected
