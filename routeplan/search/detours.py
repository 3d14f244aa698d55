"""Good ways through every arc: for each, the best way that uses it.

The best way from the start to an arc and the best way from it to the end come from two searches;
joined, they are the best way through that arc. Ordered by weight they are the alternatives people
mean: each is the best there is through some place, ferry or train (single-via paths, Abraham,
Delling, Goldberg and Werneck 2013; by arc rather than place, so that parallel links count).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from routeplan.graph.model import JOIN
from routeplan.search.shortest import step_weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from routeplan.graph.model import Arc, SearchGraph


def find_detours(graph: SearchGraph, weights: Sequence[int]) -> Iterator[list[Arc]]:
    """Yield ways in rising weight: the best through each arc, each way once.

    Parameters
    ----------
    graph
        What is walked.
    weights
        Whole number of 0 or more for each arc.

    Yields
    ------
    list of Arc
        A way that passes no vertex twice; the first is the best of all. With via places it may go
        back over an edge only where the best way does: to a via place at the end of a line.
    """
    import networkx as nx

    weighed = [*weights, 0]
    weight = step_weight(weighed)
    before, from_start = nx.dijkstra_predecessor_and_distance(
        graph.forward, graph.start, weight=weight
    )
    after, to_end = nx.dijkstra_predecessor_and_distance(graph.backward, graph.end, weight=weight)
    through = sorted(
        (from_start[tail] + weighed[index] + to_end[head], place)
        for place, (tail, head, index) in enumerate(graph.steps)
        if index != JOIN and tail in from_start and head in to_end
    )
    seen: set[tuple[int, ...]] = set()
    back: set[str] | None = None
    for _, place in through:
        tail, head, index = graph.steps[place]
        vertices = [*reversed(_chain(before, tail)), *_chain(after, head)]
        if len(set(vertices)) < len(vertices):
            continue
        indices = _indices(graph, vertices, weighed, {(tail, head): index})
        if indices in seen:
            continue
        seen.add(indices)
        path = [graph.arcs[i] for i in indices]
        twice = _used_twice(path)
        if back is None:
            back = twice
        if twice <= back:
            yield path


def _used_twice(path: Sequence[Arc]) -> set[str]:
    """List the edges a way uses more than once."""
    once: set[str] = set()
    twice: set[str] = set()
    for arc in path:
        (twice if arc.edge.edge_id in once else once).add(arc.edge.edge_id)
    return twice


def _chain(previous: Mapping[int, Sequence[int]], vertex: int) -> list[int]:
    """List the vertices from one to the root of its tree, by the first of equally good steps."""
    found = [vertex]
    while previous[vertex]:
        vertex = previous[vertex][0]
        found.append(vertex)
    return found


def _indices(
    graph: SearchGraph,
    vertices: Sequence[int],
    weights: Sequence[int],
    forced: Mapping[tuple[int, int], int],
) -> tuple[int, ...]:
    """List the arcs along vertices: the forced one, else the lightest of parallel ones."""
    found = []
    for pair in pairwise(vertices):
        index = forced.get(pair)
        if index is None:
            options = graph.forward[pair[0]][pair[1]]["arcs"]
            index = min(options, key=lambda option: (weights[option], option))
        if index != JOIN:
            found.append(index)
    return tuple(found)
