"""The slow and certain way: try every simple path over states."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

Weight = TypeVar("Weight")

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


def front(
    graph: SearchGraph, measures: Sequence[Sequence[int]], limits: Sequence[int | None] = ()
) -> set[tuple[int, ...]]:
    """Return what every way adds up to that no other beats in all measures.

    Parameters
    ----------
    graph
        What is walked.
    measures
        A whole number for each arc, measure by measure.
    limits
        The most a way may add up to, measure by measure; None for no limit.
    """
    values = list(zip(*measures, strict=True)) or []
    totals = {
        total
        for total in _totals(graph, values, len(measures))
        if all(most is None or value <= most for value, most in zip(total, limits, strict=False))
    }
    return {
        total
        for total in totals
        if not any(other != total and all(map(int.__le__, other, total)) for other in totals)
    }


def _totals(
    graph: SearchGraph, values: Sequence[tuple[int, ...]], count: int
) -> set[tuple[int, ...]]:
    """Return what every way adds up to, as `least` walks them."""
    out: dict[State, list[tuple[State, Values]]] = {}
    for arc, own in zip(graph.arcs, values, strict=True):
        out.setdefault(arc.tail, []).append((arc.head, Values(own)))
    reached = {(state, Values([0] * count)) for state in graph.starts}
    for places in (*graph.via, None):
        stops = graph.ends if places is None else None
        reached = {
            (state, spent + more)
            for start, spent in reached
            for state, more in _simple_paths(out, start, Values([0] * count))
            if (state in stops if stops is not None else state.node_id in places)
        }
    return {tuple(total) for _, total in reached}


class Values(tuple[int, ...]):
    """Numbers that add up one by one."""

    __slots__ = ()

    def __add__(self, other: tuple[int, ...]) -> Values:  # type: ignore[override]  # sums, not joins
        return Values(map(int.__add__, self, other))


def _simple_paths(
    out: dict[State, list[tuple[State, Weight]]],
    state: State,
    weight: Weight = 0,
    seen: Collection[State] = (),
) -> Iterator[tuple[State, Weight]]:
    """Yield the end and the weight of every simple path from a state, the empty one included."""
    yield state, weight
    for head, more in out.get(state, ()):
        if head not in seen and head != state:
            yield from _simple_paths(out, head, weight + more, (*seen, state))
