"""The best way by one criterion: networkx's Dijkstra over (place, mode) states.

Weights are whole numbers, the criterion first and the generalised cost to break ties, so that
equal questions have equal answers.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from routeplan.graph.costing import CostVector
from routeplan.graph.model import JOIN
from routeplan.scenario.request import Criterion

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from routeplan.graph.model import Arc, SearchGraph

_TIE = 1 << 60
"""More than the generalised cost of any way, so that a tie-breaker never outweighs a minute."""


_FIELD = {
    Criterion.TIME: CostVector._fields.index("time_min"),
    Criterion.COST: CostVector._fields.index("cost_cents"),
    Criterion.CO2: CostVector._fields.index("co2e_g"),
    Criterion.BALANCED: CostVector._fields.index("generalised_nanousd"),
    Criterion.RELIABILITY: CostVector._fields.index("p90_min"),
}


def criterion_value(vector: CostVector, criterion: Criterion) -> int:
    """Return what a criterion adds up over the arcs of a way.

    time: minutes, averages of duration and wait. cost: cents. co2: grams. balanced: billionths of a
    dollar of generalised cost. reliability: minutes, 90th percentiles, as if all delays fell
    together.
    """
    return vector[_FIELD[criterion]]


def arc_weights(arcs: Sequence[Arc], criterion: Criterion) -> list[int]:
    """Return the search weight of each arc: the criterion, ties broken by generalised cost."""
    field = _FIELD[criterion]
    vectors = (arc.vector for arc in arcs)
    return [vector[field] * _TIE + vector.generalised_nanousd for vector in vectors]


def find_shortest(
    graph: SearchGraph,
    weights: Sequence[int],
    allowed: Callable[[Arc], bool] | None = None,
) -> list[Arc] | None:
    """Find the way of least total weight.

    Parameters
    ----------
    graph
        What is walked, with its starts, ends and via places.
    weights
        Whole number of 0 or more for each arc of the graph.
    allowed
        Narrows the arcs; all if None.

    Returns
    -------
    list of Arc or None
        The arcs in order, empty where start and end are one; None if there is no way.
    """
    import networkx as nx

    open_weights = opened(graph, weights, allowed)
    try:
        path = nx.dijkstra_path(
            graph.forward, graph.start, graph.end, weight=step_weight(open_weights)
        )
    except nx.NetworkXNoPath:
        return None
    return arcs_along(graph, path, open_weights)


def opened(
    graph: SearchGraph, weights: Sequence[int], allowed: Callable[[Arc], bool] | None = None
) -> list[int | None]:
    """Return the weight of each arc, None where it is barred; last comes JOIN, with no weight."""
    if allowed is None:
        return [*weights, 0]
    return [
        weight if allowed(arc) else None for weight, arc in zip(weights, graph.arcs, strict=True)
    ] + [0]


def distances(graph: SearchGraph, weights: Sequence[int | None], end: int) -> list[int | None]:
    """Return the least total weight between every vertex and one of the two ends.

    That is from the vertex to the graph's end, or from its start to the vertex; None where no way
    leads. A weight of None bars its arc.
    """
    import networkx as nx

    steps = graph.backward if end == graph.end else graph.forward
    found: dict[int, Any] = nx.single_source_dijkstra_path_length(
        steps, end, weight=step_weight([*weights, 0])
    )
    return [found.get(vertex) for vertex in range(graph.size)]


def step_weight(
    weights: Sequence[int | None],
) -> Callable[[int, int, Mapping[str, Any]], int | None]:
    """Make the weight function networkx asks: the lightest of the arcs between two vertices."""

    def weight(_tail: int, _head: int, step: Mapping[str, Any]) -> int | None:
        arcs: list[int] = step["arcs"]
        if len(arcs) == 1:
            return weights[arcs[0]]
        return min((w for w in map(weights.__getitem__, arcs) if w is not None), default=None)

    return weight


def arcs_along(
    graph: SearchGraph, vertices: Sequence[int], weights: Sequence[int | None]
) -> list[Arc]:
    """List the arcs of a path of vertices, the lightest where several are parallel."""
    found = []
    for tail, head in pairwise(vertices):
        options = [
            (weight, index)
            for index in graph.forward[tail][head]["arcs"]
            if index != JOIN and (weight := weights[index]) is not None
        ]
        if options:
            found.append(graph.arcs[min(options)[1]])
    return found
