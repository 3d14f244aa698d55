"""The ways of `search.detours`, compiled: the best through each arc, lightest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from routeplan.kernel.alternatives.trees import (
    GENERALISED,
    NONE,
    OPEN,
    drop_first,
    follow,
    heapify,
    turn_round,
)
from routeplan.kernel.jit import inner

if TYPE_CHECKING:
    from routeplan.kernel.alternatives.pile import Ground
    from routeplan.kernel.alternatives.trees import Ints, Tree


class Detours(NamedTuple):
    """Where the search for the next detour stands.

    Parameters
    ----------
    before, after
        Best ways from the start, and to the end.
    heap
        Arcs on layers by the weight of the best way through them; `state` holds how many are left.
    vertex_marks, edge_marks, back
        By vertex and edge, which way has touched it last; and the edges the first way uses twice.
    state
        How many are on the heap, the number of the way, and whether there has been one.
    """

    before: Tree
    after: Tree
    heap: Ints
    vertex_marks: Ints
    edge_marks: Ints
    back: Ints
    state: Ints


@inner
def new_detours(ground: Ground, before: Tree, after: Tree, column: int, cut: int) -> Detours:
    """Weigh the best way through each arc by a column of values, of which it has `cut` at most.

    Trees are by the same column.
    """
    arcs, size = len(ground.tails), len(ground.out.first) - 1
    heap = np.empty((arcs * (size // ground.states), 4), np.int64)
    state = np.zeros(3, np.int64)
    many = 0
    for layer in range(size // ground.states):
        base = layer * ground.states
        for arc in range(arcs):
            tail, head = ground.tails[arc] + base, ground.heads[arc] + base
            if (
                not ground.flags[arc] & OPEN
                or before.spent[tail, 0] == NONE
                or after.spent[head, 0] == NONE
            ):
                continue
            through = before.spent[tail, 0] + ground.values[arc, column] + after.spent[head, 0]
            if through > cut:
                continue
            heap[many, 0] = through
            heap[many, 1] = (
                before.spent[tail, 1] + ground.values[arc, GENERALISED] + after.spent[head, 1]
            )
            heap[many, 2] = heap[many, 3] = layer * arcs + arc
            many += 1
    heapify(heap, many)
    state[0] = many
    return Detours(
        before,
        after,
        heap,
        np.zeros(size, np.int64),
        np.zeros(arcs, np.int64),
        np.zeros(arcs, np.int64),
        state,
    )


@inner
def next_detour(ground: Ground, detours: Detours, arcs: Ints) -> tuple[int, int]:
    """Write the arcs of the next way; return how many, NONE after the last, and its value.

    One way may come more than once: it is the best through several arcs.
    """
    state = detours.state
    while state[0]:
        value, place = detours.heap[0, 0], detours.heap[0, 2]
        state[0] = drop_first(detours.heap, state[0])
        state[1] += 1
        length = _joined(ground, detours, place, state[1], arcs)
        if length != NONE and not _goes_back(ground, detours, arcs, length):
            return length, value
    return NONE, 0


@inner
def _joined(ground: Ground, detours: Detours, place: int, turn: int, arcs: Ints) -> int:
    """Write the best way through a place; NONE if it passes a vertex twice."""
    count = len(ground.tails)
    arc, base = place % count, place // count * ground.states
    tail, head = ground.tails[arc] + base, ground.heads[arc] + base
    vertex = tail
    while vertex != NONE:
        detours.vertex_marks[vertex] = turn
        vertex = detours.before.came_from[vertex]
    vertex = head
    while vertex != NONE:
        if detours.vertex_marks[vertex] == turn:
            return NONE
        vertex = detours.after.came_from[vertex]
    length = follow(detours.before, tail, count, arcs, 0)
    turn_round(arcs, length)
    arcs[length] = arc
    return follow(detours.after, head, count, arcs, length + 1)


@inner
def _goes_back(ground: Ground, detours: Detours, arcs: Ints, length: int) -> bool:
    """Whether a way uses an edge twice that the first way does not."""
    first = detours.state[2] == 0
    detours.state[2] = 1
    turn = detours.state[1]
    for place in range(length):
        edge = ground.edge[arcs[place]]
        if detours.edge_marks[edge] == turn:
            if first:
                detours.back[edge] = 1
            elif not detours.back[edge]:
                return True
        detours.edge_marks[edge] = turn
    return False
