"""The best way of one question: A*, see `kernel.astar`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.kernel.compiled.arrays import (
    BARRED,
    CAME,
    LIMIT,
    NO_WAY,
    SEEN,
    SPENT,
    TAKEN,
    THEN,
    TIED,
    TOO_LARGE,
)
from routeplan.kernel.compiled.heap import drop_first, push
from routeplan.kernel.jit import inner

if TYPE_CHECKING:
    from routeplan.kernel.compiled.arrays import Ends, Ints, Net, Room


@inner
def search(  # noqa: PLR0915 - one loop, compiled as a whole
    net: Net, bounds: Ints, ends: Ends, room: Room
) -> tuple[int, int]:
    """Find the goal of the best way and how many goals are as good; NO_WAY or TOO_LARGE."""
    weights, heap, notes, turn = room.weights, room.heap, room.notes, room.turn[0]
    waiting = 0
    for start in ends.starts:
        if bounds[start, 0] == BARRED:
            continue
        notes[start, SPENT] = 0
        notes[start, THEN] = 0
        notes[start, SEEN] = turn
        notes[start, TIED] = 0
        notes[start, CAME] = BARRED
        waiting = push(heap, waiting, bounds[start, 0], bounds[start, 1], start)
    goal, goals = NO_WAY, 0
    least, least_then = 0, 0
    # vertices that promise what the one taken does need no heap: along a best way all do
    level, levelled = room.here, 0
    a, b = 0, 0
    while waiting or levelled:
        if levelled:
            levelled -= 1
            vertex = level[levelled]
        else:
            a, b, vertex = heap[0, 0], heap[0, 1], heap[0, 2]
            if goals and (a > least or (a == least and b > least_then)):
                break
            waiting = drop_first(heap, waiting)
        if notes[vertex, TAKEN] == turn:
            continue
        notes[vertex, TAKEN] = turn
        if ends.is_goal[vertex]:
            if not goals:
                goal, least, least_then = vertex, a, b
            goals += 1
            continue
        so_far, so_then = notes[vertex, SPENT], notes[vertex, THEN]
        for step in range(net.out_first[vertex], net.out_first[vertex + 1]):
            more, head = weights[step, 0], net.head[step]
            behind = bounds[head, 0]
            if more == BARRED or behind == BARRED:
                continue
            there, then = so_far + more, so_then + weights[step, 1]
            if there > LIMIT or then > LIMIT:
                return TOO_LARGE, 0
            if notes[head, SEEN] == turn:
                known = notes[head, SPENT]
                if there == known and then == notes[head, THEN]:
                    notes[head, TIED] = turn
                    continue
                if there > known or (there == known and then > notes[head, THEN]):
                    continue
            notes[head, SEEN] = turn
            notes[head, SPENT] = there
            notes[head, THEN] = then
            notes[head, TIED] = 0
            notes[head, CAME] = step
            total, total_then = there + behind, then + bounds[head, 1]
            if total == a and total_then == b and levelled < len(level):
                level[levelled] = head
                levelled += 1
            else:
                waiting = push(heap, waiting, total, total_then, head)
    return goal, goals


@inner
def trace(net: Net, room: Room, goal: int) -> int:
    """Write the steps that lead to a goal to `room.way`, joints left out.

    Returns how many there are; NO_WAY if another way is as good.
    """
    notes, way, turn = room.notes, room.way, room.turn[0]
    count = 0
    vertex = goal
    while True:
        if notes[vertex, TIED] == turn:
            return NO_WAY
        step = notes[vertex, CAME]
        if step == BARRED:
            break
        if net.arc[step] != net.joint:
            way[count] = step
            count += 1
        vertex = net.tail[step]
    for place in range(count >> 1):
        other = way[place]
        way[place] = way[count - 1 - place]
        way[count - 1 - place] = other
    return count
