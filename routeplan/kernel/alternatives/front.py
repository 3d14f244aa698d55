"""The label setting of `search.front`, compiled: the same ways, and of equal ones the same.

Labels are taken in the order of their best possible end, of equal ones the first that was made.
Measures stand side by side as 64-bit numbers. A bound on something else that only grows with them,
such as generalised cost, may stand behind them: it cuts labels but does not compare them.

A label holds what its way would come to at best: its own sums and what is needed at least from
there to the end. At one vertex these differ as the sums do, so that they are compared instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from routeplan.kernel.alternatives.trees import NONE, OPEN, turn_round
from routeplan.kernel.jit import entry, inner

if TYPE_CHECKING:
    from routeplan.kernel.alternatives.trees import Ints, Lanes

_ROOM = 1024

_BEGIN, _MANY, _ROOM_OF = range(3)
"""Columns of `closed`: where the members of a vertex stand, how many there are, and may be."""


class Ends(NamedTuple):
    """Where ways begin and end: vertices in the order of the search graph, and marks by vertex."""

    starts: Ints
    goals: Ints
    is_start: Ints
    is_goal: Ints


class Labels(NamedTuple):
    """Ways from the start, each one step longer than another.

    Parameters
    ----------
    rows
        What each would come to at best, column by column; then the vertex it ends in, the label it
        is longer than, and the arc it is longer by.
    width
        How many columns there are.
    """

    rows: Ints
    width: int


@entry
def set_labels(
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
    end, width = len(out.first) - 1, len(columns)
    first, steps = _reduced(out, values, flags, ends, columns, bounds)
    labels = np.zeros((_ROOM, width + 3), np.int64)
    labels[0, width], labels[0, width + 1], labels[0, width + 2] = end + 1, NONE, len(values) - 1
    heap = np.zeros((_ROOM, 4), np.int64)
    closed = np.zeros((end + 2, 3), np.int64)
    pool = np.empty((_ROOM, max(measures - 1, 1)), np.int64)
    found = np.empty(_ROOM, np.int64)
    ways, filled, count, waiting = 0, 0, 1, 1
    while waiting:
        label = heap[0, 3]
        waiting = _drop_first(heap, waiting, labels, measures)
        vertex = labels[label, width]
        if _is_beaten(pool, closed, vertex, labels, label, measures) or _is_beaten(
            pool, closed, end, labels, label, measures
        ):
            continue
        pool, filled = _close(pool, filled, closed, vertex, labels, label, measures)
        if vertex == end:
            if ways == len(found):
                found = _more(found, 2 * ways)
            found[ways] = label
            ways += 1
            continue
        if count + first[vertex + 1] - first[vertex] > len(labels):
            size = 2 * len(labels) + first[vertex + 1] - first[vertex]
            labels, heap = _longer(labels, size), _longer(heap, size)
        for place in range(first[vertex], first[vertex + 1]):
            within = True
            for at in range(width):
                reached = labels[label, at] + steps[place, at + 2]
                labels[count, at] = reached
                within = within and reached <= most[at]
            head = steps[place, 0]
            if within and not _is_beaten(pool, closed, head, labels, count, measures):
                labels[count, width] = head
                labels[count, width + 1] = label
                labels[count, width + 2] = steps[place, 1]
                waiting = _push(heap, waiting, labels, count, measures)
                count += 1
    return Labels(labels, width), found[:ways]


@inner
def _reduced(
    out: Lanes, values: Ints, flags: Ints, ends: Ends, columns: Ints, bounds: Ints
) -> tuple[Ints, Ints]:
    """List the steps that may lead to the end, and what each adds to what is come to at best.

    Behind the vertices stand the end, and the start. A row is a vertex, an arc, and the columns.
    """
    size, width, joint = len(out.first) - 1, len(columns), len(values) - 1
    first = np.zeros(size + 3, np.int64)
    steps = np.empty((len(out.other) + 2 * size, width + 2), np.int64)
    count = 0
    for vertex in range(size):
        first[vertex] = count
        if bounds[vertex, 0] == NONE:
            continue
        last = out.first[vertex + 1]
        for place in range(out.first[vertex], last + ends.is_goal[vertex]):
            head, arc = size, joint
            if place < last:
                head, arc = out.other[place], out.arc[place]
            if not flags[arc] & OPEN or bounds[head, 0] == NONE:
                continue
            steps[count, 0] = head
            steps[count, 1] = arc
            for at in range(width):
                more = values[arc, columns[at]] if arc != joint else 0
                steps[count, at + 2] = more + bounds[head, at] - bounds[vertex, at]
            count += 1
    first[size] = first[size + 1] = count
    for head in ends.starts:
        if bounds[head, 0] != NONE:
            steps[count, 0] = head
            steps[count, 1] = joint
            for at in range(width):
                steps[count, at + 2] = bounds[head, at]
            count += 1
    first[size + 2] = count
    return first, steps


@inner
def _is_beaten(
    pool: Ints, closed: Ints, vertex: int, labels: Ints, label: int, measures: int
) -> bool:
    """Whether a member is at least as good in all but the first measure; it moves to the front."""
    begin = closed[vertex, _BEGIN]
    end = begin + closed[vertex, _MANY]
    if measures == 3:
        a, b = labels[label, 1], labels[label, 2]
        for place in range(begin, end):
            if pool[place, 0] <= a and pool[place, 1] <= b:
                if place != begin:
                    pool[begin, 0], pool[place, 0] = pool[place, 0], pool[begin, 0]
                    pool[begin, 1], pool[place, 1] = pool[place, 1], pool[begin, 1]
                return True
        return False
    for place in range(begin, end):
        beats = True
        for at in range(measures - 1):
            if pool[place, at] > labels[label, at + 1]:
                beats = False
                break
        if beats:
            return True
    return False


@inner
def _close(
    pool: Ints, filled: int, closed: Ints, vertex: int, labels: Ints, label: int, measures: int
) -> tuple[Ints, int]:
    """Put a label before the members of its vertex, without those it is at least as good as.

    Returns the pool and how much of it is filled; both may be others.
    """
    begin, many = closed[vertex, _BEGIN], closed[vertex, _MANY]
    kept = 0
    for place in range(begin, begin + many):
        beaten = True
        for at in range(measures - 1):
            if labels[label, at + 1] > pool[place, at]:
                beaten = False
                break
        if not beaten:
            for at in range(measures - 1):
                pool[begin + kept, at] = pool[place, at]
            kept += 1
    if kept == closed[vertex, _ROOM_OF]:
        room = max(4, 2 * kept)
        if filled + room > len(pool):
            pool = _longer(pool, 2 * len(pool) + room)
        for place in range(kept):
            for at in range(measures - 1):
                pool[filled + place, at] = pool[begin + place, at]
        begin = closed[vertex, _BEGIN] = filled
        closed[vertex, _ROOM_OF] = room
        filled += room
    for at in range(measures - 1):
        pool[begin + kept, at] = pool[begin, at]
        pool[begin, at] = labels[label, at + 1]
    closed[vertex, _MANY] = kept + 1
    return pool, filled


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
def _push(heap: Ints, size: int, labels: Ints, label: int, measures: int) -> int:
    """Put a label on the heap, whose rows are its first three measures and its number."""
    b = labels[label, 1] if measures > 1 else 0
    c = labels[label, 2] if measures > 2 else 0
    _rise(heap, size, labels[label, 0], b, c, label, labels, measures)
    return size + 1


@inner
def _drop_first(heap: Ints, size: int, labels: Ints, measures: int) -> int:
    """Take the first row off the heap: the gap sinks to the bottom, and is filled by the last."""
    size -= 1
    place, below = 0, 1
    while below < size:
        if below + 1 < size and _is_before(
            heap[below + 1, 0], heap[below + 1, 1], heap[below + 1, 2], heap[below + 1, 3],
            heap, below, labels, measures,
        ):  # fmt: skip
            below += 1
        for column in range(4):
            heap[place, column] = heap[below, column]
        place = below
        below = 2 * place + 1
    a, b, c, label = heap[size, 0], heap[size, 1], heap[size, 2], heap[size, 3]
    _rise(heap, place, a, b, c, label, labels, measures)
    return size


@inner
def _rise(
    heap: Ints, place: int, a: int, b: int, c: int, label: int, labels: Ints, measures: int
) -> None:
    """Put a label in at a place, or as far above as it is before what stands there."""
    while place:
        above = (place - 1) >> 1
        if not _is_before(a, b, c, label, heap, above, labels, measures):
            break
        for column in range(4):
            heap[place, column] = heap[above, column]
        place = above
    _set(heap, place, a, b, c, label)


@inner
def _set(heap: Ints, place: int, a: int, b: int, c: int, label: int) -> None:
    heap[place, 0] = a
    heap[place, 1] = b
    heap[place, 2] = c
    heap[place, 3] = label


@inner
def _is_before(
    a: int, b: int, c: int, label: int, heap: Ints, place: int, labels: Ints, measures: int
) -> bool:
    """Whether a label leaves the heap before the one at a place: by its best end, then its age."""
    if a != heap[place, 0]:
        return bool(a < heap[place, 0])
    if b != heap[place, 1]:
        return bool(b < heap[place, 1])
    if c != heap[place, 2]:
        return bool(c < heap[place, 2])
    other = heap[place, 3]
    for at in range(3, measures):
        if labels[label, at] != labels[other, at]:
            return bool(labels[label, at] < labels[other, at])
    return bool(label < other)


@inner
def trace(labels: Labels, label: int, joint: int, arcs: Ints) -> int:
    """Write the arcs of the way to a label, in order; return how many."""
    count = 0
    while label != NONE:
        arc = labels.rows[label, labels.width + 2]
        if arc != joint:
            arcs[count] = arc
            count += 1
        label = labels.rows[label, labels.width + 1]
    turn_round(arcs, count)
    return count
