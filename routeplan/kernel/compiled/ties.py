"""Of several best ways the first, by the numbers of their arcs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.kernel.compiled.arrays import ALIVE, BARRED, SPENT, TAKEN, THEN
from routeplan.kernel.jit import inner

if TYPE_CHECKING:
    from routeplan.kernel.compiled.arrays import Ends, Ints, Net, Room


@inner
def first_of_equal(net: Net, ends: Ends, room: Room, goal: int) -> int:
    """Write the steps of the first of the best ways to `room.way`; return how many there are.

    `goal` is one of the goals they end in.
    """
    _mark_alive(net, ends, room, goal)
    count = 0
    here, beyond = room.here, room.beyond
    many = 0
    for vertex in ends.starts:
        if _is_alive(room, vertex):
            many = _added(here, many, vertex)
    while True:
        place = 0
        first = net.joint
        through = 0
        while place < many:  # joints lead on from here: `here` grows
            vertex = here[place]
            place += 1
            for step in range(net.out_first[vertex], net.out_first[vertex + 1]):
                if _is_alive(room, net.head[step]) and _is_tight(net, room, step):
                    arc = net.arc[step]
                    if arc == net.joint:
                        many = _added(here, many, net.head[step])
                    elif arc < first:
                        first, through = arc, step
        if first == net.joint:
            return count
        room.way[count] = through
        count += 1
        following = 0
        for place in range(many):
            vertex = here[place]
            for step in range(net.out_first[vertex], net.out_first[vertex + 1]):
                head = net.head[step]
                if net.arc[step] == first and _is_alive(room, head) and _is_tight(net, room, step):
                    following = _added(beyond, following, head)
        many = following
        for place in range(many):
            here[place] = beyond[place]


@inner
def _mark_alive(net: Net, ends: Ends, room: Room, least: int) -> None:
    """Mark the vertices of all best ways."""
    notes, here, turn = room.notes, room.here, room.turn[0]
    waiting = 0
    for goal in ends.goals:
        if (
            notes[goal, TAKEN] == turn
            and notes[goal, ALIVE] != turn
            and notes[goal, SPENT] == notes[least, SPENT]
            and notes[goal, THEN] == notes[least, THEN]
        ):
            notes[goal, ALIVE] = turn
            here[waiting] = goal
            waiting += 1
    while waiting:
        waiting -= 1
        head = here[waiting]
        for place in range(net.in_first[head], net.in_first[head + 1]):
            step = net.in_step[place]
            tail = net.tail[step]
            if notes[tail, ALIVE] != turn and _is_tight(net, room, step):
                notes[tail, ALIVE] = turn
                here[waiting] = tail
                waiting += 1


@inner
def _is_alive(room: Room, vertex: int) -> bool:
    return bool(room.notes[vertex, ALIVE] == room.turn[0])


@inner
def _is_tight(net: Net, room: Room, step: int) -> bool:
    """Tell whether a step lies on a best way to its head."""
    notes, turn = room.notes, room.turn[0]
    tail, head = net.tail[step], net.head[step]
    if notes[tail, TAKEN] != turn or notes[head, TAKEN] != turn:
        return False
    more, then = room.weights[step, 0], room.weights[step, 1]
    return bool(
        more != BARRED
        and notes[tail, SPENT] + more == notes[head, SPENT]
        and notes[tail, THEN] + then == notes[head, THEN]
    )


@inner
def _added(vertices: Ints, many: int, vertex: int) -> int:
    for place in range(many):
        if vertices[place] == vertex:
            return many
    vertices[many] = vertex
    return many + 1
