"""The loops of the compiled engine: numba takes this module, and nothing else imports it.

Weights and bounds are rows of two whole numbers, compared from left to right. BARRED in the first
bars an arc, and in a bound says that no way leads to a goal. Nothing above LIMIT is ever added, so
that no sum overflows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import numba
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

Function = TypeVar("Function", bound="Callable[..., Any]")
BARRED = -1
LIMIT = 1 << 60
NO_WAY = -1
TOO_LARGE = -2
_ROOM = 64


class Net(NamedTuple):
    """A board as arrays.

    Parameters
    ----------
    out_first, out_head, out_arc
        Vertex v has the arcs from place out_first[v] up to out_first[v + 1].
    in_first, in_tail, in_arc
        The same, turned round.
    tails, heads
        States each arc joins.
    states
        How many there are: vertices of each layer.
    """

    out_first: Ints
    out_head: Ints
    out_arc: Ints
    in_first: Ints
    in_tail: Ints
    in_arc: Ints
    tails: Ints
    heads: Ints
    states: int


class Laid(NamedTuple):
    """Patches as arrays: patch p holds the places from first[p] up to first[p + 1].

    `arc`, `weight` and `version` are of the arcs changed; a version is a number from 1. `lowers`
    holds 1 for a patch that makes any arc lighter than it is unchanged.
    """

    first: Ints
    arc: Ints
    weight: Ints
    version: Ints
    lowers: Ints


class _Room(NamedTuple):
    """What a search writes on: per vertex, and a heap."""

    spent: Ints
    """Weight so far of each vertex."""
    came_from: Ints
    came_by: Ints
    seen: Ints
    """In which search `spent` was written."""
    taken: Ints
    tied: Ints
    alive: Ints
    here: Ints
    beyond: Ints
    heap: Ints
    """Rows of weight and vertex."""
    changed: Ints
    """Rows of vertex and bound before it was lowered; the last row counts them."""


def _jit(function: Function) -> Function:
    """Compile, and keep the result on disk where some folder can be written."""
    try:
        compiled = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:
        compiled = numba.njit(nogil=True)(function)
    return cast("Function", compiled)


@_jit
def _push(heap: Ints, size: int, a: int, b: int, vertex: int) -> int:
    place = size
    while place:
        above = (place - 1) >> 1
        if heap[above, 0] < a or (heap[above, 0] == a and heap[above, 1] <= b):
            break
        for column in range(3):  # quicker than to copy the row
            heap[place, column] = heap[above, column]
        place = above
    heap[place, 0] = a
    heap[place, 1] = b
    heap[place, 2] = vertex
    return size + 1


@_jit
def _drop_first(heap: Ints, size: int) -> int:
    size -= 1
    a, b, vertex = heap[size, 0], heap[size, 1], heap[size, 2]
    place, below = 0, 1
    while below < size:
        other = below + 1
        if other < size and (
            heap[other, 0] < heap[below, 0]
            or (heap[other, 0] == heap[below, 0] and heap[other, 1] < heap[below, 1])
        ):
            below = other
        if a < heap[below, 0] or (a == heap[below, 0] and b <= heap[below, 1]):
            break
        for column in range(3):
            heap[place, column] = heap[below, column]
        place = below
        below = 2 * place + 1
    heap[place, 0] = a
    heap[place, 1] = b
    heap[place, 2] = vertex
    return size


@_jit
def _new_room(net: Net) -> _Room:
    size = len(net.out_first) - 1
    arcs = len(net.out_head)
    return _Room(
        np.empty((size, 2), np.int64),
        np.empty(size, np.int64),
        np.empty(size, np.int64),
        np.zeros(size, np.int64),
        np.zeros(size, np.int64),
        np.zeros(size, np.int64),
        np.zeros(size, np.int64),
        np.empty(size, np.int64),
        np.empty(size, np.int64),
        np.empty((2 * arcs + size + 1, 3), np.int64),
        np.zeros((2 * arcs + size + 1, 3), np.int64),
    )


@_jit
def _settle(net: Net, weights: Ints, bounds: Ints, heap: Ints, waiting: int, changed: Ints) -> int:
    """Carry bounds backward as long as one improves; return how many changed, or TOO_LARGE.

    `changed` takes vertex and bound before, and holds how many in its last row.
    """
    while waiting:
        a, b, vertex = heap[0, 0], heap[0, 1], heap[0, 2]
        waiting = _drop_first(heap, waiting)
        if a > bounds[vertex, 0] or (a == bounds[vertex, 0] and b > bounds[vertex, 1]):
            continue
        for place in range(net.in_first[vertex], net.in_first[vertex + 1]):
            arc, tail = net.in_arc[place], net.in_tail[place]
            more = weights[arc, 0]
            if more == BARRED:
                continue
            there, then = a + more, b + weights[arc, 1]
            if there > LIMIT or then > LIMIT:
                return TOO_LARGE
            known = bounds[tail, 0]
            if known == BARRED or there < known or (there == known and then < bounds[tail, 1]):
                _note(changed, tail, bounds)
                bounds[tail, 0] = there
                bounds[tail, 1] = then
                waiting = _push(heap, waiting, there, then, tail)
    return 0


@_jit
def _note(changed: Ints, vertex: int, bounds: Ints) -> None:
    count = changed[-1, 0]
    changed[count, 0] = vertex
    changed[count, 1] = bounds[vertex, 0]
    changed[count, 2] = bounds[vertex, 1]
    changed[-1, 0] = count + 1


@_jit
def measure(net: Net, weights: Ints, goals: Ints) -> Ints:
    """Return the least weight from every vertex to a goal, as rows.

    One more row begins with TOO_LARGE where a sum does not fit.
    """
    size = len(net.out_first) - 1
    bounds = np.full((size + 1, 2), BARRED, np.int64)
    room = _new_room(net)
    waiting = 0
    for goal in goals:
        bounds[goal] = 0
        waiting = _push(room.heap, waiting, 0, 0, goal)
    bounds[size, 0] = _settle(net, weights, bounds, room.heap, waiting, room.changed)
    return bounds


@_jit
def _lay(laid: Laid, weights: Ints, versions: Ints, given: Ints) -> None:
    for patch in given:
        for place in range(laid.first[patch], laid.first[patch + 1]):
            arc = laid.arc[place]
            weights[arc, 0] = laid.weight[place, 0]
            weights[arc, 1] = laid.weight[place, 1]
            versions[arc] = laid.version[place]


@_jit
def _lift(laid: Laid, base: Ints, weights: Ints, versions: Ints, given: Ints) -> None:
    for patch in given:
        for place in range(laid.first[patch], laid.first[patch + 1]):
            arc = laid.arc[place]
            weights[arc, 0] = base[arc, 0]
            weights[arc, 1] = base[arc, 1]
            versions[arc] = 0


@_jit
def _repair(
    net: Net, laid: Laid, base: Ints, weights: Ints, bounds: Ints, given: Ints, room: _Room
) -> int:
    """Lower bounds to what lowered arcs allow, see `kernel.astar`; TOO_LARGE if a sum is."""
    waiting = 0
    size = len(net.out_first) - 1
    states = net.states
    for patch in given:
        if not laid.lowers[patch]:
            continue
        for place in range(laid.first[patch], laid.first[patch + 1]):
            arc = laid.arc[place]
            a, b = weights[arc, 0], weights[arc, 1]
            if a == BARRED:
                continue
            if base[arc, 0] != BARRED and (
                a > base[arc, 0] or (a == base[arc, 0] and b >= base[arc, 1])
            ):
                continue
            for layer in range(0, size, states):
                tail, head = net.tails[arc] + layer, net.heads[arc] + layer
                if bounds[head, 0] == BARRED:
                    continue
                there, then = a + bounds[head, 0], b + bounds[head, 1]
                if there > LIMIT or then > LIMIT:
                    return TOO_LARGE
                known = bounds[tail, 0]
                if known == BARRED or there < known or (there == known and then < bounds[tail, 1]):
                    _note(room.changed, tail, bounds)
                    bounds[tail, 0] = there
                    bounds[tail, 1] = then
                    waiting = _push(room.heap, waiting, there, then, tail)
    if not waiting:
        return 0
    return _settle(net, weights, bounds, room.heap, waiting, room.changed)


@_jit
def _unrepair(bounds: Ints, changed: Ints) -> None:
    for place in range(changed[-1, 0] - 1, -1, -1):
        vertex = changed[place, 0]
        bounds[vertex, 0] = changed[place, 1]
        bounds[vertex, 1] = changed[place, 2]
    changed[-1, 0] = 0


@_jit
def _search(  # noqa: PLR0915 - one loop, compiled as a whole
    net: Net, weights: Ints, bounds: Ints, starts: Ints, is_goal: Ints, room: _Room, turn: int
) -> tuple[int, int]:
    """Find the goal of the best way and whether another goal is as good; NO_WAY or TOO_LARGE."""
    heap, spent, seen = room.heap, room.spent, room.seen
    waiting = 0
    for start in starts:
        if bounds[start, 0] == BARRED:
            continue
        spent[start, 0] = 0
        spent[start, 1] = 0
        seen[start] = turn
        room.tied[start] = 0
        room.came_from[start] = BARRED
        waiting = _push(heap, waiting, bounds[start, 0], bounds[start, 1], start)
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
            waiting = _drop_first(heap, waiting)
        if room.taken[vertex] == turn:
            continue
        room.taken[vertex] = turn
        if is_goal[vertex]:
            if not goals:
                goal, least, least_then = vertex, a, b
            goals += 1
            continue
        so_far, so_then = spent[vertex, 0], spent[vertex, 1]
        for place in range(net.out_first[vertex], net.out_first[vertex + 1]):
            arc, head = net.out_arc[place], net.out_head[place]
            more, behind = weights[arc, 0], bounds[head, 0]
            if more == BARRED or behind == BARRED:
                continue
            there, then = so_far + more, so_then + weights[arc, 1]
            if there > LIMIT or then > LIMIT:
                return TOO_LARGE, 0
            if seen[head] == turn:
                if there == spent[head, 0] and then == spent[head, 1]:
                    room.tied[head] = turn
                    continue
                if there > spent[head, 0] or (there == spent[head, 0] and then > spent[head, 1]):
                    continue
            seen[head] = turn
            spent[head, 0] = there
            spent[head, 1] = then
            room.tied[head] = 0
            room.came_from[head] = vertex
            room.came_by[head] = arc
            total, total_then = there + behind, then + bounds[head, 1]
            if total == a and total_then == b and levelled < len(level):
                level[levelled] = head
                levelled += 1
            else:
                waiting = _push(heap, waiting, total, total_then, head)
    return goal, goals


@_jit
def _trace(room: _Room, joint: int, goal: int, turn: int, arcs: Ints) -> int:
    """Write the arcs that lead to the goal; -1 if another way is as good."""
    count = 0
    vertex = goal
    while True:
        if room.tied[vertex] == turn:
            return -1
        before = room.came_from[vertex]
        if before == BARRED:
            break
        if room.came_by[vertex] != joint:
            arcs[count] = room.came_by[vertex]
            count += 1
        vertex = before
    for place in range(count >> 1):
        other = arcs[place]
        arcs[place] = arcs[count - 1 - place]
        arcs[count - 1 - place] = other
    return count


@_jit
def _is_tight(room: _Room, weights: Ints, tail: int, arc: int, head: int, turn: int) -> bool:
    """Whether an arc lies on a best way to its head."""
    if room.taken[tail] != turn or room.taken[head] != turn or weights[arc, 0] == BARRED:
        return False
    return bool(
        room.spent[tail, 0] + weights[arc, 0] == room.spent[head, 0]
        and room.spent[tail, 1] + weights[arc, 1] == room.spent[head, 1]
    )


@_jit
def _mark_alive(net: Net, weights: Ints, is_goal: Ints, least: int, room: _Room, turn: int) -> None:
    """Mark the vertices of all best ways; `least` is one of the goals they end in."""
    waiting = 0
    for goal in np.flatnonzero(is_goal):
        if (
            room.taken[goal] == turn
            and room.spent[goal, 0] == room.spent[least, 0]
            and room.spent[goal, 1] == room.spent[least, 1]
        ):
            room.alive[goal] = turn
            room.here[waiting] = goal
            waiting += 1
    while waiting:
        waiting -= 1
        head = room.here[waiting]
        for place in range(net.in_first[head], net.in_first[head + 1]):
            tail = net.in_tail[place]
            if room.alive[tail] != turn and _is_tight(
                room, weights, tail, net.in_arc[place], head, turn
            ):
                room.alive[tail] = turn
                room.here[waiting] = tail
                waiting += 1


@_jit
def _first_of_equal(
    net: Net, weights: Ints, joint: int, starts: Ints, room: _Room, turn: int, arcs: Ints
) -> int:
    """Of all best ways, write the arcs of the first by their numbers; the vertices are marked."""
    count = 0
    here, beyond = room.here, room.beyond
    many = 0
    for vertex in np.unique(starts):
        if room.alive[vertex] == turn and room.taken[vertex] == turn:
            here[many] = vertex
            many += 1
    while True:
        place = 0
        first = joint
        while place < many:  # joints lead on from here: `here` grows
            vertex = here[place]
            place += 1
            for step in range(net.out_first[vertex], net.out_first[vertex + 1]):
                arc, head = net.out_arc[step], net.out_head[step]
                if room.alive[head] == turn and _is_tight(room, weights, vertex, arc, head, turn):
                    if arc == joint:
                        many = _added(here, many, head)
                    elif arc < first:
                        first = arc
        if first == joint:
            return count
        arcs[count] = first
        count += 1
        following = 0
        for place in range(many):
            vertex = here[place]
            for step in range(net.out_first[vertex], net.out_first[vertex + 1]):
                head = net.out_head[step]
                if (
                    net.out_arc[step] == first
                    and room.alive[head] == turn
                    and _is_tight(room, weights, vertex, first, head, turn)
                ):
                    following = _added(beyond, following, head)
        many = following
        for place in range(many):
            here[place] = beyond[place]


@_jit
def _added(vertices: Ints, many: int, vertex: int) -> int:
    for place in range(many):
        if vertices[place] == vertex:
            return many
    vertices[many] = vertex
    return many + 1


@_jit
def solve_many(
    net: Net,
    laid: Laid,
    base: Ints,
    bounds: Ints,
    starts: Ints,
    goals: Ints,
    first: Ints,
    given: Ints,
) -> tuple[Ints, Ints, Ints]:
    """Find the best way of every question.

    Parameters
    ----------
    net, laid
        The board, and all patches.
    base, bounds
        Weights without patches, and distances to the goals by them; put back as they were.
    starts, goals
        Vertices.
    first, given
        Question q has the patches given[first[q] : first[q + 1]] laid over.

    Returns
    -------
    sizes, arcs, versions
        How many arcs each way has, or NO_WAY or TOO_LARGE; all arcs in a row, and the number of
        each one's version, 0 without one.
    """
    weights = base.copy()
    size = len(net.out_first) - 1
    joint = len(base) - 1
    room = _new_room(net)
    laid_on = np.zeros(joint + 1, np.int64)
    is_goal = np.zeros(size, np.int64)
    is_goal[goals] = 1
    questions = len(first) - 1
    sizes = np.empty(questions, np.int64)
    arcs = np.empty(size + _ROOM * questions, np.int64)
    versions = np.empty(size + _ROOM * questions, np.int64)
    filled = 0
    for question in range(questions):
        turn = question + 1
        patches = given[first[question] : first[question + 1]]
        _lay(laid, weights, laid_on, patches)
        state = bounds[size, 0]
        if state == 0 and len(patches):
            state = _repair(net, laid, base, weights, bounds, patches, room)
        if state == 0:
            goal, many = _search(net, weights, bounds, starts, is_goal, room, turn)
            if goal < 0:
                state = goal
            else:
                if filled + size > len(arcs):
                    arcs = np.concatenate((arcs, np.empty(len(arcs) + size, np.int64)))
                    versions = np.concatenate((versions, np.empty(len(versions) + size, np.int64)))
                state = -1 if many > 1 else _trace(room, joint, goal, turn, arcs[filled:])
                if state < 0:
                    _mark_alive(net, weights, is_goal, goal, room, turn)
                    state = _first_of_equal(net, weights, joint, starts, room, turn, arcs[filled:])
                for place in range(filled, filled + state):
                    versions[place] = laid_on[arcs[place]]
                filled += state
        sizes[question] = state
        _unrepair(bounds, room.changed)
        _lift(laid, base, weights, laid_on, patches)
    return sizes, arcs[:filled], versions[:filled]
