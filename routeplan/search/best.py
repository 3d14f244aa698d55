"""The one best way by a criterion, ties included: what every answer begins with.

Of all ways that are best by the criterion it is the one of least generalised cost, of these one
with the fewest arcs, of these the first by the ids of its edges. No two ways are equal in all, so
that equal questions have equal answers whatever finds them; `kernel` finds the same without
networkx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.graph.model import JOIN
from routeplan.search.shortest import distances, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from routeplan.graph.model import Arc, SearchGraph


def find_best(
    graph: SearchGraph,
    weights: Sequence[int],
    allowed: Callable[[Arc], bool] | None = None,
) -> list[Arc] | None:
    """Find the best way of a graph.

    Parameters
    ----------
    graph
        What is walked.
    weights
        Of its arcs, by `search.shortest.arc_weights`.
    allowed
        Narrows the arcs; all if None.

    Returns
    -------
    list of Arc or None
        The arcs in order; None if there is no way.
    """
    counted = graph.size.bit_length()
    open_weights = opened(graph, [weight << counted | 1 for weight in weights], allowed)
    to_end = distances(graph, open_weights[:-1], graph.end)
    if to_end[graph.start] is None:
        return None
    path: list[Arc] = []
    here = {graph.start}
    while onward := _onward(graph, open_weights, to_end, here):
        first = min(index for index, _ in onward)
        path.append(graph.arcs[first])
        here = {head for index, head in onward if index == first}
    return path


def _onward(
    graph: SearchGraph, weights: Sequence[int | None], to_end: Sequence[int | None], here: set[int]
) -> list[tuple[int, int]]:
    """List the arcs that begin in one of some vertices and lie on a way of least weight."""
    found = []
    waiting = list(here)
    while waiting:
        tail = waiting.pop()
        for head, step in graph.forward[tail].items():
            behind = to_end[head]
            for index in step["arcs"]:
                weight = weights[index]
                if weight is None or behind is None or weight + behind != to_end[tail]:
                    continue
                if index == JOIN:
                    waiting.append(head)
                else:
                    found.append((index, head))
    return found
