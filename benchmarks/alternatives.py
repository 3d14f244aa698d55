"""How long three ways take, against `networkx.shortest_simple_paths` on the same graph.

Both walk the (place, mode) graph that comes with routeplan, with the same weights. Ours are the
ways of `-k 3`: the best through some link, alike ones left out; networkx's are the three shortest,
as a rule three forms of one way. The first must weigh the same. Run it with `make bench`.
"""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

import networkx as nx
from in_turn import compare

from routeplan import Question
from routeplan.graph.build import build_graph
from routeplan.network.read import load_network
from routeplan.places.question import read_question
from routeplan.planner import plan
from routeplan.scenario.request import Criterion
from routeplan.search.candidates import find_candidates
from routeplan.search.detours import find_detours
from routeplan.search.shortest import arc_weights, step_weight
from routeplan.search.shortlist import Way, are_alike, choose_ways

if TYPE_CHECKING:
    from routeplan.graph.model import SearchGraph
    from routeplan.scenario.request import RouteRequest

PAIRS = (("Aktau", "Poti"), ("Tashkent", "Istanbul"), ("Astana", "Belgrade"))
K = 3


def shortest_three(graph: SearchGraph, weights: list[int]) -> list[int]:
    """Return what the three shortest simple paths of networkx weigh."""
    weighed = [*weights, 0]
    weight = step_weight(weighed)
    paths = nx.shortest_simple_paths(graph.forward, graph.start, graph.end, weight=weight)
    return [
        sum(weight(a, b, graph.forward[a][b]) or 0 for a, b in pairwise(path))
        for path in islice(paths, K)
    ]


def differing_three(graph: SearchGraph, weights: list[int], request: RouteRequest) -> list[Way]:
    """Return the first three ways, in rising weight, that are not alike."""
    found: list[Way] = []
    for path in find_detours(graph, weights):
        way = Way(path)
        if not any(are_alike(way, other, request.alternatives) for other in found):
            found.append(way)
        if len(found) == K:
            break
    return found


def main() -> None:
    """Print the ratio of each question: the three ways alone, and all that `find -k 3` does."""
    network = load_network()
    for origin, destination in PAIRS:
        request = read_question(network, Question(origin, destination, k=K))
        graph = build_graph(network, request)
        weights = arc_weights(graph.arcs, Criterion.BALANCED)
        ours, theirs = differing_three(graph, weights, request), shortest_three(graph, weights)
        weight_of = dict(zip(map(id, graph.arcs), weights, strict=True))
        if sum(weight_of[id(arc)] for arc in ours[0].path) != theirs[0]:
            raise SystemExit(f"the best ways of {origin} - {destination} differ")
        name = f"{origin} - {destination}, k = {K}, against networkx"
        compare(
            f"ways that differ, {name}",
            lambda g=graph, w=weights, r=request: differing_three(g, w, r),
            lambda g=graph, w=weights: shortest_three(g, w),
        )
        compare(
            f"with front and families, {name}",
            lambda g=graph, r=request: choose_ways(
                find_candidates(g, r.criterion), r.criterion, r.alternatives
            ),
            lambda g=graph, w=weights: shortest_three(g, w),
        )
        compare(
            f"whole answer, simulated, {name}",
            lambda r=request: plan(network, r),
            lambda g=graph, w=weights: shortest_three(g, w),
        )


if __name__ == "__main__":
    main()
