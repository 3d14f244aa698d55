"""Dijkstra's search as networkx does it, compiled: of ways that are equally good, the same one.

networkx takes vertices of equal distance in the order in which they were met, looks at the steps of
a vertex in the order of the graph, and keeps the first of equally good steps to each. Of parallel
arcs the lightest is taken, at the place of the first that is in the graph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from routeplan.kernel.jit import entry, inner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

TIME, COST, CO2, P90, GENERALISED, TRANSSHIPMENTS = range(6)
"""Columns of values: those of `graph.costing.CostVector`, and whether cargo changes hands."""

COLUMNS = 6
OPEN = 1
"""Bit of a flag: the arc is in the graph of the question."""

NONE = -1


class Lanes(NamedTuple):
    """The steps of a board in one direction, those of a vertex in the order of the search graph.

    Parameters
    ----------
    first
        Vertex v has the places from first[v] up to first[v + 1].
    other, arc
        Of each place: the vertex it leads to, and the number of the arc; one past the last arc for
        a step to the next layer.
    earlier, later
        The nearest places before and behind with the same two vertices; NONE without one.
    """

    first: Ints
    other: Ints
    arc: Ints
    earlier: Ints
    later: Ints


class Tree(NamedTuple):
    """The best ways from some vertices; the last row is of the vertex behind all leaves.

    Parameters
    ----------
    spent
        Rows of two sums; NONE in the first where no way leads.
    came_from, came_by
        The vertex before each and the arc between; NONE where there is none.
    """

    spent: Ints
    came_from: Ints
    came_by: Ints


@entry
def grow(  # noqa: PLR0915 - one loop, compiled as a whole
    lanes: Lanes,
    values: Ints,
    column: int,
    flags: Ints,
    bit: int,
    roots: Ints,
    is_leaf: Ints,
    to_leaf: bool,
) -> Tree:
    """Search from all roots at once, by a column of values and then by the generalised cost.

    Parameters
    ----------
    lanes, values, flags
        What is walked: rows of values and flags by arc, the step to the next layer last.
    column
        What is to be least.
    bit
        Bit of the flags that an arc needs beside OPEN to be walked.
    roots
        Vertices, in the order of the search graph.
    is_leaf
        1 for each vertex that the last vertex lies behind.
    to_leaf
        Whether to stop when the last vertex is reached.
    """
    size = len(lanes.first) - 1
    spent = np.full((size + 1, 2), NONE, np.int64)
    came_from = np.full(size + 1, NONE, np.int64)
    came_by = np.full(size + 1, NONE, np.int64)
    is_done = np.zeros(size + 1, np.int64)
    heap = np.empty((len(lanes.other) + 2 * size + len(roots) + 1, 4), np.int64)
    count = 0
    for root in roots:
        if spent[root, 0] == NONE:
            spent[root, 0] = spent[root, 1] = 0
            push(heap, count, 0, 0, count, root)
            count += 1
    waiting = count
    while waiting:
        a, b, vertex = heap[0, 0], heap[0, 1], heap[0, 3]
        waiting = drop_first(heap, waiting)
        if is_done[vertex]:
            continue
        is_done[vertex] = 1
        if vertex == size:
            if to_leaf:
                break
            continue
        for place in range(lanes.first[vertex], lanes.first[vertex + 1]):
            arc = lanes.arc[place]
            if not flags[arc] & OPEN or _has_earlier(lanes, flags, place):
                continue
            if lanes.later[place] != NONE:
                arc = _lightest(lanes, values, column, flags, bit, place)
                if arc == NONE:
                    continue
            elif not flags[arc] & bit:
                continue
            head = lanes.other[place]
            if is_done[head]:
                continue
            there, then = a + values[arc, column], b + values[arc, GENERALISED]
            known = spent[head, 0]
            if known == NONE or there < known or (there == known and then < spent[head, 1]):
                spent[head, 0] = there
                spent[head, 1] = then
                came_from[head] = vertex
                came_by[head] = arc
                waiting = push(heap, waiting, there, then, count, head)
                count += 1
        if is_leaf[vertex]:
            known = spent[size, 0]
            if known == NONE or a < known or (a == known and b < spent[size, 1]):
                spent[size, 0] = a
                spent[size, 1] = b
                came_from[size] = vertex
                waiting = push(heap, waiting, a, b, count, size)
                count += 1
    return Tree(spent, came_from, came_by)


@inner
def _has_earlier(lanes: Lanes, flags: Ints, place: int) -> bool:
    """Whether a parallel arc before is in the graph."""
    place = lanes.earlier[place]
    while place != NONE:
        if flags[lanes.arc[place]] & OPEN:
            return True
        place = lanes.earlier[place]
    return False


@inner
def _lightest(lanes: Lanes, values: Ints, column: int, flags: Ints, bit: int, place: int) -> int:
    """Return the lightest of parallel arcs from a place on, NONE if none may be walked."""
    found = NONE
    while place != NONE:
        arc = lanes.arc[place]
        if (
            flags[arc] & OPEN
            and flags[arc] & bit
            and (
                found == NONE
                or values[arc, column] < values[found, column]
                or (
                    values[arc, column] == values[found, column]
                    and values[arc, GENERALISED] < values[found, GENERALISED]
                )
            )
        ):
            found = arc
        place = lanes.later[place]
    return found


@inner
def push(heap: Ints, size: int, a: int, b: int, turn: int, item: int) -> int:
    """Put an item on a heap of rows; those of equal a and b leave it in the order of their turn."""
    place = size
    while place:
        above = (place - 1) >> 1
        if not _is_before(a, b, turn, heap[above]):
            break
        for column in range(4):
            heap[place, column] = heap[above, column]
        place = above
    heap[place, 0] = a
    heap[place, 1] = b
    heap[place, 2] = turn
    heap[place, 3] = item
    return size + 1


@inner
def drop_first(heap: Ints, size: int) -> int:
    """Take the first row off a heap; return how many are left."""
    size -= 1
    a, b, turn, item = heap[size, 0], heap[size, 1], heap[size, 2], heap[size, 3]
    place = sift(heap, size, 0, a, b, turn)
    heap[place, 0] = a
    heap[place, 1] = b
    heap[place, 2] = turn
    heap[place, 3] = item
    return size


@inner
def sift(heap: Ints, size: int, place: int, a: int, b: int, turn: int) -> int:
    """Move rows up from below a place until the given one fits in; return where."""
    below = 2 * place + 1
    while below < size:
        other = below + 1
        if other < size and _is_before(heap[other, 0], heap[other, 1], heap[other, 2], heap[below]):
            below = other
        if _is_before(a, b, turn, heap[below]):
            break
        for column in range(4):
            heap[place, column] = heap[below, column]
        place = below
        below = 2 * place + 1
    return place


@inner
def heapify(heap: Ints, size: int) -> None:
    """Order the first rows as a heap."""
    for top in range((size >> 1) - 1, -1, -1):
        a, b, turn, item = heap[top, 0], heap[top, 1], heap[top, 2], heap[top, 3]
        place = sift(heap, size, top, a, b, turn)
        heap[place, 0] = a
        heap[place, 1] = b
        heap[place, 2] = turn
        heap[place, 3] = item


@inner
def _is_before(a: int, b: int, turn: int, row: Ints) -> bool:
    if a != row[0]:
        return bool(a < row[0])
    if b != row[1]:
        return bool(b < row[1])
    return bool(turn < row[2])


@entry
def follow(tree: Tree, vertex: int, joint: int, arcs: Ints, count: int) -> int:
    """Write the arcs from a vertex back to the root of its tree; return how many there are then.

    Parameters
    ----------
    tree
        That reaches the vertex.
    vertex, joint
        Where to begin, and the number of a step to the next layer, which is no arc.
    arcs, count
        Written to, behind so many.
    """
    while tree.came_from[vertex] != NONE:
        arc = tree.came_by[vertex]
        if arc not in (joint, NONE):
            arcs[count] = arc
            count += 1
        vertex = tree.came_from[vertex]
    return count


@inner
def turn_round(arcs: Ints, count: int) -> None:
    """Put the first so many into the opposite order."""
    for place in range(count >> 1):
        other = arcs[place]
        arcs[place] = arcs[count - 1 - place]
        arcs[count - 1 - place] = other
