"""The exact front of trade-offs: every way that no other beats in all that is asked for.

Label setting with the ideal point as lower bound (NAMOA*): labels are taken in the order of their
best possible end, and one is dropped when a label already taken at its vertex, or a way already
found, is at least as good in everything. In that order the first measure never improves, so
dominance is tested on the others only (dimension reduction, Pulido, Mandow and Perez de la Cruz
2015). Limits cut the labels that cannot end within them.

The measures of a label are packed into one whole number, a field each with a guard bit above it:
one addition adds them all, and `(b | guards) - a` keeps every guard bit if a <= b in every field.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from routeplan.graph.model import JOIN
from routeplan.network.vocabulary import EdgeKind
from routeplan.scenario.request import TRADE_OFFS, Measure
from routeplan.search.shortest import distances

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from routeplan.graph.model import Arc, SearchGraph
    from routeplan.graph.timing import Timing

    Trail = tuple[int, "Trail"] | None


_POSITION = {Measure.TIME: 0, Measure.COST: 1, Measure.CO2: 2, Measure.P90: 3}

_FIELD_BITS = 48
"""Width of a field, its guard bit included: a way may add up to 10^14 of each measure."""


class FrontWay(NamedTuple):
    """A way on the front.

    Parameters
    ----------
    values
        What it adds up to, in the order of the measures asked for.
    path
        Its arcs in order.
    """

    values: tuple[int, ...]
    path: tuple[Arc, ...]


def measured(arc: Arc, measure: Measure) -> int:
    """Return what an arc adds to a measure."""
    if measure is Measure.TRANSSHIPMENTS:
        return int(arc.edge.kind is EdgeKind.TRANSSHIP)
    return arc.vector[_POSITION[measure]]


def find_front(
    graph: SearchGraph,
    measures: Sequence[Measure] = TRADE_OFFS,
    limits: Mapping[Measure, int] | None = None,
    timing: Timing | None = None,
) -> list[FrontWay]:
    """Find every way that no other beats in all measures; one for each set of values.

    Parameters
    ----------
    graph
        What is walked.
    measures
        What to trade off, at least one, each once.
    limits
        The most a way may add up to, by measure; each must be among `measures`.
    timing
        When it is left, or by when to be there; time then goes by the clock, and stands first among
        `measures`. No arc brings who reaches it later through earlier, so that what holds of sums
        holds here too.

    Returns
    -------
    list of FrontWay
        In order of the first measure, then the second and so on; empty if no way keeps the limits.
    """
    packing = _Packing(len(measures))
    columns = [[measured(arc, measure) for arc in graph.arcs] for measure in measures]
    if timing is not None:
        columns[0] = [timing.clock.least_minutes(index) for index in range(len(graph.arcs))]
    walk = _Walk.of(graph, backward=timing is not None and timing.backward)
    bounds = [distances(graph, column, walk.end) for column in columns]
    if timing is not None:
        columns[0] = [0] * len(graph.arcs)
    if bounds[0][walk.start] is None:
        return []
    to_end = [packing.packed(values) for values in zip(*bounds, strict=True)]
    arc_values = [packing.packed(values) or 0 for values in zip(*columns, strict=True)]
    most = packing.packed(
        [min((limits or {}).get(measure, packing.largest), packing.largest) for measure in measures]
    )
    delay = None if timing is None else timing.delay_min
    ends = _set_labels(walk, packing, (arc_values, to_end, most or 0), delay)
    return [FrontWay(packing.unpacked(value), walk.path(graph, trail)) for value, trail in ends]


class _Walk(NamedTuple):
    """Which vertices are joined, and where a walk over them begins and ends."""

    size: int
    start: int
    end: int
    steps: Sequence[tuple[int, int, int]]
    backward: bool

    @classmethod
    def of(cls, graph: SearchGraph, *, backward: bool) -> _Walk:
        if not backward:
            return cls(graph.size, graph.start, graph.end, graph.steps, backward)
        steps = [(head, tail, index) for tail, head, index in graph.steps]
        return cls(graph.size, graph.end, graph.start, steps, backward)

    def path(self, graph: SearchGraph, trail: Trail) -> tuple[Arc, ...]:
        """Return the arcs of a trail, the last one taken first, as they are travelled."""
        found = []
        while trail is not None:
            index, trail = trail
            found.append(graph.arcs[index])
        return tuple(found if self.backward else reversed(found))


def _set_labels(
    walk: _Walk,
    packing: _Packing,
    packed: tuple[list[int], Sequence[int | None], int],
    delay_min: Callable[[int, int], int | None] | None,
) -> list[tuple[int, Trail]]:
    """Return the packed values of each way of the front, and its arcs from last to first.

    Packed are the values of the arcs, the least values from each vertex to the end, and the limits.
    """
    arc_values, to_end, most = packed
    out: list[list[tuple[int, int, int]]] = [[] for _ in range(walk.size)]
    for tail, head, index in walk.steps:
        if to_end[head] is not None:
            out[tail].append((head, 0 if index == JOIN else arc_values[index], index))
    clocked = None if delay_min is None else _by_clock(out, delay_min, packing.first_bits)
    guards, rest, rest_guards = packing.guards, packing.rest, packing.guards & packing.rest
    guarded_most, end = most | guards, walk.end
    closed: list[list[int]] = [[] for _ in range(walk.size)]
    ends: list[tuple[int, Trail]] = []
    queue: list[tuple[int, int, int, int, Trail]] = []
    first = to_end[walk.start] or 0
    if (guarded_most - first) & guards == guards:
        queue.append((first, 0, walk.start, 0, None))
    pushed = 0
    while queue:
        best_end, _, vertex, value, trail = heappop(queue)
        own = value & rest
        if _is_beaten(closed[vertex], own | rest_guards, rest_guards) or _is_beaten(
            closed[end], best_end & rest | rest_guards, rest_guards
        ):
            continue
        kept = [m for m in closed[vertex] if ((m | rest_guards) - own) & rest_guards != rest_guards]
        closed[vertex] = [own, *kept]
        if vertex == end:
            ends.append((value, trail))
            continue
        for head, more, index in out[vertex] if clocked is None else clocked(vertex, value):
            reached = value + more
            finish = reached + to_end[head]  # type: ignore[operator]  # `out` has no other heads
            if (guarded_most - finish) & guards == guards and not _is_beaten(
                closed[head], reached & rest | rest_guards, rest_guards
            ):
                pushed += 1
                taken = trail if index == JOIN else (index, trail)
                heappush(queue, (finish, pushed, head, reached, taken))
    return ends


def _by_clock(
    out: Sequence[Sequence[tuple[int, int, int]]],
    delay_min: Callable[[int, int], int | None],
    first_bits: int,
) -> Callable[[int, int], Iterator[tuple[int, int, int]]]:
    """Add to the values of each step what it takes at the time that has come."""

    def steps(vertex: int, value: int) -> Iterator[tuple[int, int, int]]:
        elapsed = value >> first_bits
        for head, more, index in out[vertex]:
            if index == JOIN:
                yield head, more, index
                continue
            delay = delay_min(index, elapsed)
            if delay is not None:
                yield head, more + (delay << first_bits), index

    return steps


def _is_beaten(members: list[int], guarded: int, guards: int) -> bool:
    """Whether a member is at least as good; it moves to the front, likely to beat the next too."""
    for place, member in enumerate(members):
        if (guarded - member) & guards == guards:
            if place:
                members.insert(0, members.pop(place))
            return True
    return False


class _Packing:
    """Measures as fields of one whole number, the first measure in the highest."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.guards = sum(1 << (_FIELD_BITS * (place + 1) - 1) for place in range(count))
        self.first_bits = _FIELD_BITS * (count - 1)
        self.rest = (1 << (_FIELD_BITS * (count - 1))) - 1
        self.largest = (1 << (_FIELD_BITS - 1)) - 1

    def packed(self, values: Sequence[int | None]) -> int | None:
        """Pack values; None if one of them is None."""
        number = 0
        for value in values:
            if value is None:
                return None
            number = number << _FIELD_BITS | value
        return number

    def unpacked(self, number: int) -> tuple[int, ...]:
        """Return the values of a packed number."""
        places = range(self.count - 1, -1, -1)
        return tuple(number >> (_FIELD_BITS * place) & self.largest for place in places)
