"""The slow and certain way: try every simple path over states."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from routeplan.graph.model import Arc, SearchGraph, State


def least(
    graph: SearchGraph, weights: Sequence[int], allowed: Callable[[Arc], bool] = lambda _: True
) -> int | None:
    """Return the least total weight of all ways, None if there is no way.

    A way with via places is a chain of simple paths, one from each via place to the next.
    """
    out: dict[State, list[tuple[State, int]]] = {}
    for arc, weight in zip(graph.arcs, weights, strict=True):
        if allowed(arc):
            out.setdefault(arc.tail, []).append((arc.head, weight))
    reached: dict[State, int] = dict.fromkeys(graph.starts, 0)
    for places in (*graph.via, None):
        stops = graph.ends if places is None else None
        found: dict[State, int] = {}
        for start, spent in reached.items():
            for state, weight in _simple_paths(out, start):
                wanted = state in stops if stops is not None else state.node_id in places
                if wanted and spent + weight < found.get(state, spent + weight + 1):
                    found[state] = spent + weight
        reached = found
    return min(reached.values(), default=None)


def _simple_paths(
    out: dict[State, list[tuple[State, int]]],
    state: State,
    weight: int = 0,
    seen: Collection[State] = (),
) -> Iterator[tuple[State, int]]:
    """Yield the end and the weight of every simple path from a state, the empty one included."""
    yield state, weight
    for head, more in out.get(state, ()):
        if head not in seen and head != state:
            yield from _simple_paths(out, head, weight + more, (*seen, state))
