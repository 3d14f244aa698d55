"""The short list: what is on it, what is left off, and why."""

from __future__ import annotations

import pytest
from tiny import ask, request, tiny_network

from routeplan.graph.build import build_graph
from routeplan.scenario.request import MAX_OVERLAP
from routeplan.search.shortest import arc_weights, find_shortest
from routeplan.search.shortlist import SHORT_LIST, Way, overlap


def ways(edges, **options):
    """Return the tags of each answer by the edges of its way."""
    answer = ask(tiny_network(edges), "Alma", "Bora", **options)
    return {"-".join(leg.edge.edge_id for leg in i.legs): i.tags for i in answer.itineraries}


def test_a_near_duplicate_is_left_off():
    edges = """
        edge_id, from_node, to_node, mode, distance_km
        long,    kz-alma,   kz-mid,  rail, 900
        end,     kz-mid,    kz-bora, rail, 100
        other,   kz-mid,    kz-bora, rail, 101
    """
    assert list(ways(edges)) == ["long-end"]


def test_a_way_that_differs_is_listed_without_being_best_at_anything():
    edges = """
        edge_id, from_node, to_node, mode, distance_km
        one,     kz-alma,   kz-bora, rail, 100
        two,     kz-alma,   kz-bora, rail, 110
    """
    assert ways(edges)["two"] == ()


def test_a_way_much_worse_than_the_best_is_left_off_unless_asked_for():
    edges = """
        edge_id, from_node, to_node, mode, distance_km
        one,     kz-alma,   kz-bora, rail, 100
        two,     kz-alma,   kz-bora, rail, 190
    """
    assert list(ways(edges)) == ["one"]
    assert list(ways(edges, k=2)) == ["one", "two"]


def test_a_nearly_as_good_near_duplicate_lends_its_tag():
    edges = """
        edge_id, from_node, to_node, mode, distance_km, time_h, cost_usd_per_feu
        long,    kz-alma,   kz-mid,  rail, 900,         90,     900
        cheap,   kz-mid,    kz-bora, rail, 100,         12,     90
        quick,   kz-mid,    kz-bora, rail, 100,         10,     100
    """
    assert ways(edges) == {
        "long-quick": (
            "best overall",
            "fastest",
            "nearly cheapest",
            "cleanest",
            "most reliable",
            "by rail and ship",
        )
    }


def test_the_list_is_no_longer_than_its_limit():
    rows = "\n".join(f"e{i}, kz-alma, kz-bora, rail, {100 + i}" for i in range(12))
    edges = f"edge_id, from_node, to_node, mode, distance_km\n{rows}"
    assert list(ways(edges)) == [f"e{i}" for i in range(SHORT_LIST)]
    assert list(ways(edges, k=8)) == [f"e{i}" for i in range(8)]


def test_answers_stand_in_the_order_of_the_criterion():
    edges = """
        edge_id, from_node, to_node, mode,  distance_km
        rail,    kz-alma,   kz-bora, rail,  100
        road,    kz-alma,   kz-bora, road,  100
        barge,   kz-alma,   kz-bora, barge, 100
    """
    assert list(ways(edges, by="time")) == ["road", "rail", "barge"]
    assert list(ways(edges, by="cost")) == ["barge", "rail", "road"]
    assert list(ways(edges, by="co2")) == ["rail", "barge", "road"]


CHAIN = """
    edge_id, from_node, to_node, mode,   to_mode, distance_km
    first,   kz-alma,   kz-mid,  {0},    ,        {1}
    hub,     kz-mid,    kz-mid,  {0},    {2}
    second,  kz-mid,    kz-bora, {2},    ,        {3}
"""


@pytest.mark.parametrize(
    ("first", "km", "second", "more_km", "family"),
    [
        ("road", 100, "air", 1000, "by air"),
        ("road", 100, "rail", 900, "by rail and ship"),
        ("road", 101, "rail", 900, None),
        ("rail", 100, "sea", 100, "by rail and ship"),
        ("road", 100, "ferry", 100, "by truck"),
        ("road", 100, "sea", 3000, None),
        ("road", 100, "barge", 3000, None),
        ("sea", 100, "barge", 100, None),
    ],
)
def test_a_family_is_what_carries_the_way(first, km, second, more_km, family):
    network = tiny_network(CHAIN.format(first, km, second, more_km))
    graph = build_graph(network, request(network, "Alma", "Bora"))
    path = find_shortest(graph, [1] * len(graph.arcs))
    assert Way(path).family == family


def test_overlap_is_the_shared_share_of_the_shorter_way():
    network = tiny_network("""
        edge_id, from_node, to_node, mode, distance_km
        long,    kz-alma,   kz-mid,  rail, 300
        one,     kz-mid,    kz-bora, rail, 100
        two,     kz-mid,    kz-bora, rail, 300
    """)
    graph = build_graph(network, request(network, "Alma", "Bora"))
    a, b = (
        Way(
            find_shortest(
                graph, arc_weights(graph.arcs, "time"), lambda arc, e=e: arc.edge.edge_id != e
            )
        )
        for e in ("one", "two")
    )
    assert overlap(a, b) == overlap(b, a) == 300 / 400 == MAX_OVERLAP
    assert overlap(a, a) == 1
    assert len(ask(network, "Alma", "Bora").itineraries) == 1  # they turn at the same places
    assert len(ask(network, "Alma", "Bora", k=2, max_overlap=1.0).itineraries) == 2


def test_ways_without_length_overlap_only_with_themselves():
    network = tiny_network("""
        edge_id, from_node, to_node, mode, time_h
        one,     kz-alma,   kz-bora, rail, 1
        two,     kz-alma,   kz-bora, rail, 2
    """)
    graph = build_graph(network, request(network, "Alma", "Bora"))
    one, two = (Way([arc]) for arc in graph.arcs if arc.tail.node_id == "kz-alma")
    assert (overlap(one, one), overlap(one, two)) == (1, 0)


ALTERNATIVES = """
    edge_id, from_node, to_node, mode, to_mode, corridor, distance_km, cost_usd_per_feu
    trunk,   kz-alma,   kz-mid,  rail, ,        middle,   600,         10
    east,    kz-mid,    kz-bora, rail, ,        middle,   100,         300
    hub,     kz-mid,    kz-mid,  rail, sea,     ,         ,            1
    west,    kz-mid,    kz-bora, sea,  ,        south,    100,         310
    far,     kz-alma,   kz-bora, rail, ,        north,    2000,        900
"""


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"max_overlap": 1.0}, ["trunk-east", "trunk-hub-west", "far"]),
        ({}, ["trunk-east", "far"]),
        ({"differ": "cost"}, ["trunk-east", "trunk-hub-west", "far"]),
        ({"differ": "cost", "max_overlap": 0.01}, ["trunk-east", "far"]),
        ({"differ": "modes"}, ["trunk-east", "trunk-hub-west"]),
        ({"differ": "corridor"}, ["trunk-east", "trunk-hub-west", "far"]),
        ({"max_stretch": 1.5, "differ": "corridor"}, ["trunk-east", "trunk-hub-west"]),
    ],
)
def test_how_many_answers_differ_depends_on_what_difference_is_asked_for(options, expected):
    assert list(ways(ALTERNATIVES, k=5, by="cost", **options)) == expected


def test_alternatives_keep_their_via_place():
    assert list(ways(ALTERNATIVES, k=5, by="cost", via=("Mid",), max_overlap=1.0)) == [
        "trunk-east",
        "trunk-hub-west",
    ]
