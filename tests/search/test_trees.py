"""Best ways from one place to many."""

from __future__ import annotations

import pytest
from tiny import request, tiny_network

from routeplan.graph.build import build_graph
from routeplan.scenario.request import Criterion
from routeplan.search.shortest import arc_weights, find_shortest
from routeplan.search.trees import build_roads

EDGES = """
    edge_id, from_node, to_node, mode, to_mode, distance_km, directed
    ab,      kz-a,      kz-b,    road, ,        100
    b,       kz-b,      kz-b,    road, rail
    bc,      kz-b,      kz-c,    rail, ,        100
    bc2,     kz-b,      kz-c,    rail, ,        100
    c,       kz-c,      kz-c,    road, rail
    ac,      kz-a,      kz-c,    road, ,        900
    cd,      kz-c,      kz-d,    road, ,        50,          yes
    ef,      kz-e,      kz-f,    road, ,        50
"""
PLACES = ("kz-a", "kz-b", "kz-c", "kz-d", "kz-e")


@pytest.fixture(scope="module")
def network():
    return tiny_network(EDGES)


@pytest.fixture(scope="module")
def roads(network):
    return build_roads(network, request(network, "kz-a", "kz-b"), PLACES, PLACES)


@pytest.mark.parametrize("criterion", Criterion)
@pytest.mark.parametrize("backward", [False, True])
def test_a_tree_reaches_what_single_searches_reach_for_the_same_weight(
    network, roads, criterion, backward
):
    lightest = roads.lightest(criterion, backward=backward)
    for root in PLACES:
        roots, leaves = roads.origins, roads.destinations
        if backward:
            roots, leaves = leaves, roots
        tree = lightest.tree(roots[root])
        for leaf in PLACES:
            if leaf == root:
                continue
            ends = (leaf, root) if backward else (root, leaf)
            graph = build_graph(network, request(network, *ends))
            weights = arc_weights(graph.arcs, criterion)
            path = find_shortest(graph, weights)
            assert (path is None) == (leaves[leaf] not in tree.order)
            if path is not None:
                of = dict(zip(graph.arcs, weights, strict=True))
                assert sum(of[arc] for arc in path) == _weight(lightest, tree, leaves[leaf])


def _weight(lightest, tree, vertex):
    total = 0
    while tree.before[vertex]:
        tail = tree.before[vertex][0]
        total += lightest.graph[tail][vertex]["weight"]
        vertex = tail
    return total


def test_a_pair_walks_the_graph_that_find_walks(network, roads):
    graph, asked = (
        roads.between("kz-a", "kz-d"),
        build_graph(network, request(network, "kz-a", "kz-d")),
    )
    assert (graph.states, graph.starts, graph.ends) == (asked.states, asked.starts, asked.ends)
    assert graph.steps == asked.steps


def test_parallel_arcs_that_tie_are_all_kept(roads):
    lightest = roads.lightest(Criterion.TIME)
    (tied,) = {
        tuple(roads.arcs[index].edge.edge_id for index in best)
        for (tail, _), best in lightest.best.items()
        if len(best) > 1 and roads.arcs[best[0]].tail.node_id == "kz-b"
    }
    assert tied == ("bc", "bc2")


def test_only_the_branches_to_the_leaves_are_walked_nearest_first(roads):
    tree = roads.lightest(Criterion.TIME).tree(roads.origins["kz-a"])
    walked = list(tree.towards([roads.destinations["kz-b"]]))
    assert walked[-1] == roads.destinations["kz-b"]
    assert roads.destinations["kz-d"] not in walked
    assert walked == [vertex for vertex in tree.order if vertex in walked]
    assert not list(tree.towards([roads.destinations["kz-e"]]))
