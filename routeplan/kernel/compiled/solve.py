"""Many questions between the same ends, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from routeplan.kernel.compiled.arrays import BARRED, NO_WAY
from routeplan.kernel.compiled.bounds import bounds_of, keep, settle
from routeplan.kernel.compiled.heap import push
from routeplan.kernel.compiled.search import search, trace
from routeplan.kernel.compiled.ties import first_of_equal
from routeplan.kernel.jit import entry, inner

if TYPE_CHECKING:
    from routeplan.kernel.compiled.arrays import Ends, Ints, Laid, Net, Room, Tables

_PER_WAY = 64
_SIZE = 5


class Asked(NamedTuple):
    """Questions as arrays: question q has the patches given[first[q] : first[q + 1]] laid over."""

    first: Ints
    given: Ints


class Found(NamedTuple):
    """Ways, each once.

    Parameters
    ----------
    which
        The number of each question's way, or NO_WAY or TOO_LARGE.
    first
        Way w has the places from first[w] up to first[w + 1].
    steps
        Rows of arc and version, 0 for an unchanged one.
    totals
        What the arcs of each way add up to.
    """

    which: Ints
    first: Ints
    steps: Ints
    totals: Ints


@entry
def measure(net: Net, ends: Ends, room: Room, bounds: Ints) -> None:
    """Write the least weight from every vertex to a goal."""
    bounds[:] = BARRED
    waiting = 0
    for goal in ends.goals:
        bounds[goal] = 0
        waiting = push(room.heap, waiting, 0, 0, goal)
    bounds[len(bounds) - 1, 0] = settle(net, net.weights, bounds, room.heap, waiting)


@entry
def keep_bounds(net: Net, laid: Laid, tables: Tables, room: Room, patches: Ints) -> None:
    """Keep bounds for questions with one of some patches; there must be room in the tables."""
    keep(net, laid, tables, room, patches)


@entry
def solve_many(
    net: Net, ends: Ends, laid: Laid, tables: Tables, room: Room, asked: Asked
) -> tuple[Ints, Ints, Ints, Ints]:
    """Find the best way of every question, as the parts of `Found`."""
    questions = len(asked.first) - 1
    which = np.empty(questions, np.int64)
    first = np.zeros(questions + 1, np.int64)
    steps = np.empty((len(room.here) + _PER_WAY * questions, 2), np.int64)
    totals = np.zeros((questions, _SIZE), np.int64)
    slots = np.full(1 << _bits(2 * questions), NO_WAY, np.int64)
    found = 0
    for question in range(questions):
        given = asked.given[asked.first[question] : asked.first[question + 1]]
        bounds = bounds_of(net, laid, tables, room, given)
        _lay(laid, room, given)
        count = _solve(net, bounds, ends, room)
        if count < 0:
            which[question] = count
        else:
            end = first[found] + count
            if end + len(room.here) > len(steps):
                steps = np.concatenate((steps, np.empty_like(steps)))
            _write(net, laid, room, steps[first[found] : end])
            first[found + 1] = end
            slot = _slot(slots, first, steps, found)
            if slots[slot] == NO_WAY:
                slots[slot] = found
                _add_up(net, laid, room, count, totals[found])
                found += 1
            which[question] = slots[slot]
        _lift(net, laid, room, given)
    return which, first[: found + 1], steps[: first[found]], totals[:found]


@inner
def _solve(net: Net, bounds: Ints, ends: Ends, room: Room) -> int:
    """Write a question's way to `room.way`; return how many steps it has, NO_WAY or TOO_LARGE."""
    state = bounds[len(bounds) - 1, 0]
    if state:
        return int(state)
    room.turn[0] += 1
    goal, goals = search(net, bounds, ends, room)
    if goal < 0:
        return goal
    count = trace(net, room, goal) if goals == 1 else NO_WAY
    if count < 0:
        count = first_of_equal(net, ends, room, goal)
    return count


@inner
def _lay(laid: Laid, room: Room, given: Ints) -> None:
    for patch in given:
        for place in range(laid.first[patch], laid.first[patch + 1]):
            step = laid.step[place]
            room.weights[step, 0] = laid.weight[place, 0]
            room.weights[step, 1] = laid.weight[place, 1]
            room.laid_on[step] = place + 1


@inner
def _lift(net: Net, laid: Laid, room: Room, given: Ints) -> None:
    for patch in given:
        for place in range(laid.first[patch], laid.first[patch + 1]):
            step = laid.step[place]
            room.weights[step, 0] = net.weights[step, 0]
            room.weights[step, 1] = net.weights[step, 1]
            room.laid_on[step] = 0


@inner
def _write(net: Net, laid: Laid, room: Room, rows: Ints) -> None:
    for place in range(len(rows)):
        step = room.way[place]
        on = room.laid_on[step]
        rows[place, 0] = net.arc[step]
        rows[place, 1] = laid.version[on - 1] if on else 0


@inner
def _add_up(net: Net, laid: Laid, room: Room, count: int, total: Ints) -> None:
    for place in range(count):
        step = room.way[place]
        on = room.laid_on[step]
        vector = laid.vector[on - 1] if on else net.vectors[net.arc[step]]
        for column in range(_SIZE):
            total[column] += vector[column]


@inner
def _slot(slots: Ints, first: Ints, steps: Ints, way: int) -> int:
    """Return the slot of the last way: that of an equal one, or an empty one."""
    start, end = first[way], first[way + 1]
    key = 0
    for place in range(start, end):
        key = key * 1000003 ^ (steps[place, 0] << 24) ^ steps[place, 1]
    mask = len(slots) - 1
    slot = (key ^ (key >> 29)) & mask
    while slots[slot] != NO_WAY:
        other = slots[slot]
        same = first[other + 1] - first[other] == end - start
        for place in range(end - start if same else 0):
            if (
                steps[first[other] + place, 0] != steps[start + place, 0]
                or steps[first[other] + place, 1] != steps[start + place, 1]
            ):
                same = False
                break
        if same:
            break
        slot = (slot + 1) & mask
    return int(slot)


@inner
def _bits(count: int) -> int:
    bits = 4
    while 1 << bits < count:
        bits += 1
    return bits
