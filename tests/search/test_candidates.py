"""The pool the short list is chosen from."""

from __future__ import annotations

from tiny import request, tiny_network

from routeplan.graph.build import build_graph
from routeplan.scenario.request import Criterion, Measure
from routeplan.search.candidates import FAMILIES, find_candidates

CITY = """
    edge_id, from_node, to_node, mode, to_mode, distance_km
    truck,   kz-alma,   kz-bora, road, ,        1000
    load,    kz-alma,   kz-alma, road, rail
    train,   kz-alma,   kz-bora, rail, ,        1000
    unload,  kz-bora,   kz-bora, road, rail
    board,   kz-alma,   kz-alma, road, air
    plane,   kz-alma,   kz-bora, air,  ,        1000
    land,    kz-bora,   kz-bora, road, air
"""


def pool(edges, *, by=Criterion.BALANCED, limits=None, **options):
    """Return the edge ids of each candidate: on the front, special, detours."""
    network = tiny_network(edges)
    graph = build_graph(network, request(network, "Alma", "Bora", **options))
    found = find_candidates(graph, by, limits)
    paths = [way.path for way in found.front], found.special, list(found.detours)
    return [[tuple(arc.edge.edge_id for arc in path) for path in part] for part in paths]


TRUCK, TRAIN, PLANE = ("truck",), ("load", "train", "unload"), ("board", "plane", "land")


def test_the_front_and_every_family_of_modes_are_in_the_pool():
    front, special, _ = pool(CITY)
    assert set(front) == {TRUCK, TRAIN, PLANE}
    assert special == [PLANE, TRUCK, TRAIN, PLANE]


def test_detours_stand_in_the_order_of_the_criterion():
    assert pool(CITY)[2] == [TRAIN, TRUCK, PLANE]
    assert pool(CITY, by=Criterion.TIME)[2] == [PLANE, TRUCK, TRAIN]


def test_limits_bind_the_whole_pool():
    for part in pool(CITY, limits={Measure.COST: 200_000}):
        assert set(part) == {TRUCK, TRAIN} - {PLANE}
    for part in pool(CITY, limits={Measure.TRANSSHIPMENTS: 1}):
        assert set(part) <= {TRUCK}
    for part in pool(CITY, by=Criterion.RELIABILITY, limits={Measure.CO2: 1}):
        assert part == []


def test_the_best_way_through_every_link_is_a_detour_even_if_best_at_nothing():
    edges = """
        edge_id, from_node, to_node, mode, distance_km
        one,     kz-alma,   kz-bora, rail, 100
        two,     kz-alma,   kz-bora, rail, 110
        three,   kz-alma,   kz-bora, rail, 120
    """
    assert pool(edges) == [[("one",)], [("one",), ("one",)], [("one",), ("two",), ("three",)]]


def test_without_a_way_the_pool_is_empty():
    edges = """
        edge_id, from_node, to_node, mode, distance_km
        one,     kz-alma,   kz-caro, rail, 100
        two,     kz-dora,   kz-bora, rail, 100
    """
    assert pool(edges) == [[], [], []]


def test_a_way_without_a_stretch_between_cities_is_a_candidate():
    edges = """
        edge_id, from_node, to_node, kind,   mode, distance_km
        gate,    kz-alma,   kz-bora, access, road, 10
    """
    assert pool(edges) == [[("gate",)], [("gate",)], [("gate",)]]


def test_families_need_one_of_their_own_modes():
    assert all(family.needed in family.modes for family in FAMILIES)
