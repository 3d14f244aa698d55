"""The best way by one criterion: networkx's Dijkstra over (place, mode) states.

Weights are whole numbers, the criterion first and the generalised cost to break ties, so that
equal questions have equal answers.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from routeplan.graph.costing import CostVector
from routeplan.graph.model import END, JOIN, START
from routeplan.scenario.request import Criterion

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from routeplan.graph.model import Arc, SearchGraph

_TIE = 1 << 40
"""More than the generalised cents of any way, so that a tie-breaker never outweighs a minute."""


_FIELD = {
    Criterion.TIME: CostVector._fields.index("time_min"),
    Criterion.COST: CostVector._fields.index("cost_cents"),
    Criterion.CO2: CostVector._fields.index("co2e_g"),
    Criterion.BALANCED: CostVector._fields.index("generalised_cents"),
    Criterion.RELIABILITY: CostVector._fields.index("p90_min"),
}


def criterion_value(vector: CostVector, criterion: Criterion) -> int:
    """Return what a criterion adds up over the arcs of a way.

    time: minutes, averages of duration and wait. cost: cents. co2: grams. balanced: generalised
    cents. reliability: minutes, 90th percentiles, as if all delays fell together.
    """
    return vector[_FIELD[criterion]]


def arc_weights(arcs: Sequence[Arc], criterion: Criterion) -> list[int]:
    """Return the search weight of each arc: the criterion, ties broken by generalised cost."""
    field = _FIELD[criterion]
    vectors = (arc.costs.vector for arc in arcs)
    return [vector[field] * _TIE + vector.generalised_cents for vector in vectors]


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

    joined: Any = graph.graph
    open_weights: list[int | None] = list(weights)
    if allowed:
        open_weights = [
            w if allowed(arc) else None for w, arc in zip(weights, graph.arcs, strict=True)
        ]
    open_weights.append(0)  # JOIN is -1: the last one

    def weight(_u: Any, _v: Any, keyed: Any) -> int | None:  # noqa: ANN401 - networkx decides
        if len(keyed) == 1:
            only: int = next(iter(keyed))
            return open_weights[only]
        options = (open_weights[key] for key in keyed)
        return min((w for w in options if w is not None), default=None)

    try:
        path = nx.dijkstra_path(joined, START, END, weight=weight)
    except nx.NetworkXNoPath:
        return None
    found = []
    for tail, head in pairwise(path):
        keys = [k for k in joined[tail][head] if k != JOIN and open_weights[k] is not None]
        if keys:
            found.append(graph.arcs[min(keys, key=lambda key: (weights[key], key))])
    return found
