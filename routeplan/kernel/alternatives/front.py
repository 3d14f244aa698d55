"""The label setting of `search.front`, compiled: the same ways, and of equal ones the same.

Labels are taken in the order of their best possible end, of equal ones the first that was made.
Measures stand side by side as 64-bit numbers. A bound on something else that only grows with them,
such as generalised cost, may stand behind them: it cuts labels but does not compare them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from routeplan.kernel.alternatives.trees import NONE, OPEN, turn_round
from routeplan.kernel.jit import entry, inner

if TYPE_CHECKING:
    from routeplan.kernel.alternatives.trees import Ints, Lanes

_ROOM = 1024


class Ends(NamedTuple):
    """Where ways begin and end: vertices in the order of the search graph, and marks by vertex."""

    starts: Ints
    goals: Ints
    is_start: Ints
    is_goal: Ints


class Labels(NamedTuple):
    """Ways from the start, each one arc longer than another.

    Parameters
    ----------
    values
        Rows of sums, one for each measure and bound.
    vertex, before, arc
        Where each ends, the label it is longer than, and by which arc.
    """

    values: Ints
    vertex: Ints
    before: Ints
    arc: Ints


@entry
def set_labels(  # noqa: PLR0915 - one loop, compiled as a whole
    out: Lanes,
    values: Ints,
    flags: Ints,
    ends: Ends,
    columns: Ints,
    bounds: Ints,
    most: Ints,
    measures: int,
) -> tuple[Labels, Ints]:
    """Find the front.

    Parameters
    ----------
    out, values, flags, ends
        What is walked.
    columns
        The columns of values that are added up: the measures, then the bound if there is one.
    bounds
        Of each vertex what it needs at least to the end, column by column.
    most
        What a way may add up to, column by column.
    measures
        How many of the columns are measures, at least one.

    Returns
    -------
    Labels, Ints
        All labels, and those of the ways of the front in rising order.
    """
    size, width = len(out.first) - 1, len(columns)
    joint = len(values) - 1
    room = _ROOM
    sums = np.empty((room, width), np.int64)
    vertices = np.empty(room, np.int64)
    before = np.empty(room, np.int64)
    by_arc = np.empty(room, np.int64)
    heap = np.empty((room, 4), np.int64)
    begin = np.zeros(size + 1, np.int64)
    many = np.zeros(size + 1, np.int64)
    held = np.zeros(size + 1, np.int64)
    pool = np.empty((_ROOM, max(measures - 1, 1)), np.int64)
    filled = 0
    found = np.empty(_ROOM, np.int64)
    ways = 0
    reached = np.zeros(width, np.int64)
    finish = np.zeros(width, np.int64)
    count = waiting = 0
    degree = 1
    for vertex in range(size):
        degree = max(degree, out.first[vertex + 1] - out.first[vertex])
    degree = max(degree + 1, len(ends.starts))
    label = NONE
    while True:
        if count + degree > room:
            room = 2 * room + degree
            sums = _longer(sums, room)
            heap = _longer(heap, room)
            vertices, before, by_arc = (
                _more(vertices, room),
                _more(before, room),
                _more(by_arc, room),
            )
        if label == NONE:
            place, last, vertex = 0, len(ends.starts), NONE
        else:
            vertex = vertices[label]
            place, last = out.first[vertex], out.first[vertex + 1] + ends.is_goal[vertex]
        while place < last:
            if vertex == NONE:
                head, arc = ends.starts[place], joint
            elif place == out.first[vertex + 1]:
                head, arc = size, joint
            else:
                head, arc = out.other[place], out.arc[place]
            place += 1
            if not flags[arc] & OPEN or bounds[head, 0] == NONE:
                continue
            within = True
            for at in range(width):
                own = 0 if label == NONE else sums[label, at]
                more = 0 if arc == joint else values[arc, columns[at]]
                reached[at] = own + more
                finish[at] = reached[at] + bounds[head, at]
                if finish[at] > most[at]:
                    within = False
            if not within or _is_beaten(pool, begin[head], many[head], reached, measures):
                continue
            for at in range(width):
                sums[count, at] = reached[at]
            vertices[count] = head
            before[count] = label
            by_arc[count] = arc
            second = finish[1] if measures > 1 else 0
            waiting = _push(
                heap, waiting, finish[0], second, count, sums, vertices, bounds, measures
            )
            count += 1
        while True:  # the next label that nothing beats
            if not waiting:
                return Labels(sums, vertices, before, by_arc), found[:ways]
            label = heap[0, 2]
            waiting = _drop_first(heap, waiting, sums, vertices, bounds, measures)
            vertex = vertices[label]
            for at in range(width):
                finish[at] = sums[label, at] + bounds[vertex, at]
            if _is_beaten(pool, begin[vertex], many[vertex], sums[label], measures) or _is_beaten(
                pool, begin[size], many[size], finish, measures
            ):
                continue
            many[vertex] = _without_beaten(pool, begin[vertex], many[vertex], sums[label], measures)
            if many[vertex] == held[vertex]:
                more = max(4, 2 * held[vertex])
                if filled + more > len(pool):
                    pool = _longer(pool, 2 * len(pool) + more)
                for at in range(many[vertex]):
                    for rest in range(measures - 1):
                        pool[filled + at, rest] = pool[begin[vertex] + at, rest]
                begin[vertex], held[vertex] = filled, more
                filled += more
            _put_first(pool, begin[vertex], many[vertex], sums[label], measures)
            many[vertex] += 1
            if vertex != size:
                break
            if ways == len(found):
                found = _more(found, 2 * ways)
            found[ways] = label
            ways += 1


@inner
def _longer(rows: Ints, size: int) -> Ints:
    longer = np.empty((size, rows.shape[1]), np.int64)
    for place in range(len(rows)):
        for at in range(rows.shape[1]):
            longer[place, at] = rows[place, at]
    return longer


@inner
def _more(numbers: Ints, size: int) -> Ints:
    longer = np.empty(size, np.int64)
    for place in range(len(numbers)):
        longer[place] = numbers[place]
    return longer


@inner
def _is_beaten(pool: Ints, begin: int, many: int, own: Ints, measures: int) -> bool:
    """Whether a member is at least as good in all but the first measure; it moves to the front."""
    if measures == 3:
        a, b = own[1], own[2]
        for place in range(begin, begin + many):
            if pool[place, 0] <= a and pool[place, 1] <= b:
                if place != begin:
                    pool[begin, 0], pool[place, 0] = pool[place, 0], pool[begin, 0]
                    pool[begin, 1], pool[place, 1] = pool[place, 1], pool[begin, 1]
                return True
        return False
    for place in range(begin, begin + many):
        beats = True
        for at in range(measures - 1):
            if pool[place, at] > own[at + 1]:
                beats = False
                break
        if beats:
            return True
    return False


@inner
def _without_beaten(pool: Ints, begin: int, many: int, own: Ints, measures: int) -> int:
    """Drop the members that a label is at least as good as; return how many are left."""
    kept = 0
    for place in range(begin, begin + many):
        beaten = True
        for at in range(measures - 1):
            if own[at + 1] > pool[place, at]:
                beaten = False
                break
        if not beaten:
            if place != begin + kept:
                for at in range(measures - 1):
                    pool[begin + kept, at] = pool[place, at]
            kept += 1
    return kept


@inner
def _put_first(pool: Ints, begin: int, many: int, own: Ints, measures: int) -> None:
    for at in range(measures - 1):
        pool[begin + many, at] = pool[begin, at]
        pool[begin, at] = own[at + 1]


@inner
def _push(
    heap: Ints,
    size: int,
    a: int,
    b: int,
    label: int,
    sums: Ints,
    vertices: Ints,
    bounds: Ints,
    measures: int,
) -> int:
    place = size
    while place:
        above = (place - 1) >> 1
        if not _is_before(a, b, label, heap, above, sums, vertices, bounds, measures):
            break
        for column in range(3):
            heap[place, column] = heap[above, column]
        place = above
    heap[place, 0] = a
    heap[place, 1] = b
    heap[place, 2] = label
    return size + 1


@inner
def _drop_first(
    heap: Ints, size: int, sums: Ints, vertices: Ints, bounds: Ints, measures: int
) -> int:
    size -= 1
    a, b, label = heap[size, 0], heap[size, 1], heap[size, 2]
    place, below = 0, 1
    while below < size:
        other = below + 1
        if other < size and _is_before(
            heap[other, 0],
            heap[other, 1],
            heap[other, 2],
            heap,
            below,
            sums,
            vertices,
            bounds,
            measures,
        ):
            below = other
        if _is_before(a, b, label, heap, below, sums, vertices, bounds, measures):
            break
        for column in range(3):
            heap[place, column] = heap[below, column]
        place = below
        below = 2 * place + 1
    heap[place, 0] = a
    heap[place, 1] = b
    heap[place, 2] = label
    return size


@inner
def _is_before(
    a: int,
    b: int,
    label: int,
    heap: Ints,
    place: int,
    sums: Ints,
    vertices: Ints,
    bounds: Ints,
    measures: int,
) -> bool:
    """Whether a label leaves the heap before the one at a place: by its best end, then its age."""
    if a != heap[place, 0]:
        return bool(a < heap[place, 0])
    if b != heap[place, 1]:
        return bool(b < heap[place, 1])
    other = heap[place, 2]
    for at in range(2, measures):
        own = sums[label, at] + bounds[vertices[label], at]
        its = sums[other, at] + bounds[vertices[other], at]
        if own != its:
            return bool(own < its)
    return bool(label < other)


@inner
def trace(labels: Labels, label: int, joint: int, arcs: Ints) -> int:
    """Write the arcs of the way to a label, in order; return how many."""
    count = 0
    while label != NONE:
        if labels.arc[label] != joint:
            arcs[count] = labels.arc[label]
            count += 1
        label = labels.before[label]
    turn_round(arcs, count)
    return count
