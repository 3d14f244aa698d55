"""Distances to the goals, and what lowered weights make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.kernel.compiled.arrays import BARRED, LIMIT, TOO_LARGE
from routeplan.kernel.compiled.heap import drop_first, push
from routeplan.kernel.jit import inner

if TYPE_CHECKING:
    from routeplan.kernel.compiled.arrays import Ints, Laid, Net, Room, Tables


@inner
def settle(net: Net, weights: Ints, bounds: Ints, heap: Ints, waiting: int) -> int:
    """Carry bounds backward as long as one improves (Dijkstra); return 0, or TOO_LARGE."""
    while waiting:
        a, b, vertex = heap[0, 0], heap[0, 1], heap[0, 2]
        waiting = drop_first(heap, waiting)
        if a > bounds[vertex, 0] or (a == bounds[vertex, 0] and b > bounds[vertex, 1]):
            continue
        for place in range(net.in_first[vertex], net.in_first[vertex + 1]):
            step = net.in_step[place]
            if weights[step, 0] == BARRED:
                continue
            there, then = a + weights[step, 0], b + weights[step, 1]
            if there > LIMIT or then > LIMIT:
                return TOO_LARGE
            tail = net.tail[step]
            if improves(bounds, tail, there, then):
                bounds[tail, 0] = there
                bounds[tail, 1] = then
                waiting = push(heap, waiting, there, then, tail)
    return 0


@inner
def improves(rows: Ints, row: int, a: int, b: int) -> bool:
    """Tell whether a weight is less than that of a row, or the first one there."""
    known = rows[row, 0]
    return bool(known == BARRED or a < known or (a == known and b < rows[row, 1]))


@inner
def bounds_of(net: Net, laid: Laid, tables: Tables, room: Room, given: Ints) -> Any:  # noqa: ANN401 - an array
    """Return bounds that hold with patches laid over the network.

    Patches that lower nothing leave the bounds of the network true. The table of a single one that
    does may be kept; that of several is made of the first one's.
    """
    lowering, first = 0, 0
    for patch in given:
        if laid.lowers[patch]:
            if not lowering:
                first = patch
            lowering += 1
    if not lowering:
        return tables.bounds[0]
    kept = 0
    for number in range(1, len(tables.owner)):
        if tables.owner[number] == first:
            kept = number
            break
    if kept and lowering == 1:
        return tables.bounds[kept]
    room.bounds[:] = tables.bounds[kept]
    _lower(net, laid, room.bounds, room, given)
    return room.bounds


@inner
def keep(net: Net, laid: Laid, tables: Tables, room: Room, patches: Ints) -> None:
    """Make and keep tables of single patches, each the next after those there are."""
    number = 0
    while tables.owner[number] >= 0:
        number += 1
    for place in range(len(patches)):
        tables.bounds[number + place] = tables.bounds[0]
        _lower(net, laid, tables.bounds[number + place], room, patches[place : place + 1])
        tables.owner[number + place] = patches[place]


@inner
def _lower(net: Net, laid: Laid, bounds: Ints, room: Room, given: Ints) -> None:
    """Lower bounds to what the lightest of each step's weights allow (Ramalingam, Reps 1996)."""
    size = len(bounds) - 1
    if bounds[size, 0] == TOO_LARGE:
        return
    weights = room.weights
    for patch in given:
        if laid.lowers[patch]:
            for place in range(laid.first[patch], laid.first[patch + 1]):
                a, b = laid.weight[place, 0], laid.weight[place, 1]
                if a != BARRED and improves(weights, laid.step[place], a, b):
                    weights[laid.step[place], 0] = a
                    weights[laid.step[place], 1] = b
    bounds[size, 0] = _relax(net, laid, weights, bounds, room.heap, given)
    for patch in given:
        if laid.lowers[patch]:
            for place in range(laid.first[patch], laid.first[patch + 1]):
                step = laid.step[place]
                weights[step, 0] = net.weights[step, 0]
                weights[step, 1] = net.weights[step, 1]


@inner
def _relax(net: Net, laid: Laid, weights: Ints, bounds: Ints, heap: Ints, given: Ints) -> int:
    waiting = 0
    for patch in given:
        if not laid.lowers[patch]:
            continue
        for place in range(laid.first[patch], laid.first[patch + 1]):
            step = laid.step[place]
            tail, head = net.tail[step], net.head[step]
            if weights[step, 0] == BARRED or bounds[head, 0] == BARRED:
                continue
            there = weights[step, 0] + bounds[head, 0]
            then = weights[step, 1] + bounds[head, 1]
            if there > LIMIT or then > LIMIT:
                return TOO_LARGE
            if improves(bounds, tail, there, then):
                bounds[tail, 0] = there
                bounds[tail, 1] = then
                waiting = push(heap, waiting, there, then, tail)
    return settle(net, weights, bounds, heap, waiting)
