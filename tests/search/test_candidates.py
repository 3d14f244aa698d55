"""The pool the short list is chosen from."""

from __future__ import annotations

from tiny import request, tiny_network

from routeplan.graph.build import build_graph
from routeplan.scenario.request import Criterion
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


def pool(edges, *, by=Criterion.BALANCED, k=None, **options):
    """Return the edge ids of each candidate."""
    network = tiny_network(edges)
    graph = build_graph(network, request(network, "Alma", "Bora", **options))
    found = find_candidates(graph, by, k)
    return [tuple(arc.edge.edge_id for arc in path) for path in found]


def test_every_family_of_modes_is_in_the_pool():
    assert set(pool(CITY)) == {
        ("truck",),
        ("load", "train", "unload"),
        ("board", "plane", "land"),
    }


def test_the_best_by_the_criterion_comes_first():
    assert pool(CITY)[0] == ("load", "train", "unload")
    assert pool(CITY, by=Criterion.TIME)[0] == ("board", "plane", "land")


def test_each_candidate_stands_once():
    found = pool(CITY)
    assert len(found) == len(set(found))


def test_further_rounds_find_ways_that_are_best_at_nothing():
    edges = """
        edge_id, from_node, to_node, mode, distance_km
        one,     kz-alma,   kz-bora, rail, 100
        two,     kz-alma,   kz-bora, rail, 110
        three,   kz-alma,   kz-bora, rail, 120
    """
    assert pool(edges) == [("one",), ("two",), ("three",)]


def test_without_a_way_the_pool_is_empty():
    edges = """
        edge_id, from_node, to_node, mode, distance_km
        one,     kz-alma,   kz-caro, rail, 100
        two,     kz-dora,   kz-bora, rail, 100
    """
    assert pool(edges) == []


def test_a_way_without_a_stretch_between_cities_is_a_candidate():
    edges = """
        edge_id, from_node, to_node, kind,   mode, distance_km
        gate,    kz-alma,   kz-bora, access, road, 10
    """
    assert pool(edges) == [("gate",)]


def test_families_need_one_of_their_own_modes():
    assert all(family.needed in family.modes for family in FAMILIES)
