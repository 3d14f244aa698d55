"""The exact search: ties, bars, via places."""

from __future__ import annotations

import pytest
from brute import least
from tiny import request, tiny_network

from routeplan.graph.build import build_graph
from routeplan.graph.costing import CostVector
from routeplan.network.vocabulary import Mode
from routeplan.scenario.request import Criterion
from routeplan.search.shortest import arc_weights, criterion_value, find_shortest

SQUARE = """
    edge_id, from_node, to_node, mode, distance_km, time_h, cost_usd_per_feu
    top1,    kz-a,      kz-b,    rail, 100,         5,      10
    top2,    kz-b,      kz-d,    rail, 100,         5,      10
    low1,    kz-a,      kz-c,    rail, 100,         5,      20
    low2,    kz-c,      kz-d,    rail, 100,         5,      20
    twin,    kz-c,      kz-d,    rail, 100,         5,      90
"""


def searched(edges, *, by=Criterion.TIME, allowed=None, **options):
    """Return the edge ids of the best way."""
    network = tiny_network(edges)
    graph = build_graph(network, request(network, "kz-a", "kz-d", **options))
    path = find_shortest(graph, arc_weights(graph.arcs, by), allowed)
    return None if path is None else [arc.edge.edge_id for arc in path]


def test_equal_times_are_decided_by_generalised_cost():
    assert searched(SQUARE) == ["top1", "top2"]


def test_equal_weights_are_decided_the_same_way_whatever_the_order_of_rows():
    header, *rows = SQUARE.strip().splitlines()
    equal = [row.replace("20", "10").replace("90", "10") for row in rows]
    first = searched("\n".join([header, *equal]))
    assert first == searched("\n".join([header, *reversed(equal)]))


def test_of_parallel_edges_the_better_one_is_taken():
    assert searched(SQUARE, via=("kz-c",)) == ["low1", "low2"]


def test_a_barred_arc_is_not_walked():
    assert searched(SQUARE, allowed=lambda arc: arc.edge.edge_id != "top2") == ["low1", "low2"]
    assert searched(SQUARE, via=("kz-c",), allowed=lambda a: a.edge.edge_id != "low2") == [
        "low1",
        "twin",
    ]
    assert searched(SQUARE, allowed=lambda arc: arc.edge.mode is Mode.AIR) is None


def test_the_same_via_place_twice_is_one_visit():
    assert searched(SQUARE, via=("kz-c", "kz-c")) == ["low1", "low2"]


def test_an_end_may_be_a_via_place():
    assert searched(SQUARE, via=("kz-a",)) == ["top1", "top2"]
    assert searched(SQUARE, via=("kz-d",)) == ["top1", "top2"]


def test_a_weight_of_zero_is_a_weight():
    free = SQUARE.replace("5,      20", "0,      0")
    assert searched(free) == ["low1", "low2"]


@pytest.mark.parametrize(
    ("criterion", "value"),
    [
        (Criterion.TIME, 1),
        (Criterion.COST, 2),
        (Criterion.CO2, 3),
        (Criterion.RELIABILITY, 4),
        (Criterion.BALANCED, 5),
    ],
)
def test_each_criterion_adds_up_its_own_number(criterion, value):
    assert criterion_value(CostVector(1, 2, 3, 4, 5), criterion) == value


def test_trying_every_path_agrees_on_the_square():
    network = tiny_network(SQUARE)
    graph = build_graph(network, request(network, "kz-a", "kz-d"))
    assert least(graph, [arc.vector.cost_cents for arc in graph.arcs]) == 2000
