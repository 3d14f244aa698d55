"""Vertices by two weights each, the least first: rows of an array."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.kernel.jit import inner

if TYPE_CHECKING:
    from routeplan.kernel.compiled.arrays import Ints


@inner
def push(heap: Ints, size: int, a: int, b: int, vertex: int) -> int:
    """Add a vertex; return how many there are."""
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


@inner
def drop_first(heap: Ints, size: int) -> int:
    """Take off the first vertex; return how many are left."""
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
