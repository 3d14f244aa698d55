"""What the compiled choice of ways walks and writes on, and which ways are alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from routeplan.kernel.alternatives.trees import COLUMNS, GENERALISED, Lanes
from routeplan.kernel.jit import inner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from routeplan.kernel.alternatives.trees import Ints

    Floats = NDArray[np.float64]

UNSURE = -1

_CLOSE = 1e-9


class Ground(NamedTuple):
    """All that is known of arcs and steps; arrays by arc, a step to the next layer last.

    Parameters
    ----------
    out, into
        Steps along the arcs and against them.
    values, flags
        What the search adds up, see `compiled_trees`; OPEN and the bits of families.
    km
        Length of the edge.
    edge, turn
        Number of the edge; what tells a mode, or a change of it, apart: NONE for access.
    tails, heads
        Vertices each arc joins on the first layer.
    states
        Vertices of a layer.
    """

    out: Lanes
    into: Lanes
    values: Ints
    flags: Ints
    km: Floats
    edge: Ints
    turn: Ints
    tails: Ints
    heads: Ints
    states: int


class Pile(NamedTuple):
    """Ways, a row each: arcs, how many they are, and their sums by column of values."""

    arcs: Ints
    length: Ints
    sums: Ints


@inner
def new_pile(ways: int, longest: int) -> Pile:
    """Make room for ways."""
    return Pile(
        np.empty((ways, longest), np.int64),
        np.zeros(ways, np.int64),
        np.zeros((ways, COLUMNS), np.int64),
    )


@inner
def put(ground: Ground, pile: Pile, way: int, arcs: Ints, length: int) -> None:
    """Write a way and its sums into a row."""
    pile.length[way] = length
    for column in range(COLUMNS):
        pile.sums[way, column] = 0
    for place in range(length):
        arc = arcs[place]
        pile.arcs[way, place] = arc
        for column in range(COLUMNS):
            pile.sums[way, column] += ground.values[arc, column]


@inner
def copy(source: Pile, way: int, target: Pile, row: int) -> None:
    """Copy a way to another pile."""
    length = source.length[way]
    target.length[row] = length
    for place in range(length):
        target.arcs[row, place] = source.arcs[way, place]
    for column in range(COLUMNS):
        target.sums[row, column] = source.sums[way, column]


@inner
def keeps(sums: Ints, most: Ints) -> bool:
    """Whether a way keeps the limits."""
    for column in range(COLUMNS):
        if sums[column] > most[column]:
            return False
    return True


@inner
def ranks_before(ground: Ground, a: Pile, way: int, b: Pile, other: int, column: int) -> bool:
    """Whether one way ranks before another, as `search.shortlist.Way.rank_key` has it."""
    if a.sums[way, column] != b.sums[other, column]:
        return bool(a.sums[way, column] < b.sums[other, column])
    if a.sums[way, GENERALISED] != b.sums[other, GENERALISED]:
        return bool(a.sums[way, GENERALISED] < b.sums[other, GENERALISED])
    if a.length[way] != b.length[other]:
        return bool(a.length[way] < b.length[other])
    for place in range(a.length[way]):
        own, its = ground.edge[a.arcs[way, place]], ground.edge[b.arcs[other, place]]
        if own != its:
            return bool(own < its)
    return False


@inner
def alike(
    ground: Ground, arcs: Ints, length: int, others: Ints, many: int, allowed: Floats, marks: Ints
) -> int:
    """Whether two ways are one answer: 1 or 0, see `search.shortlist.are_alike`, or UNSURE.

    Parameters
    ----------
    ground
        Of the arcs.
    arcs, length, others, many
        The ways.
    allowed
        Share of kilometres any two ways may have in common, and two with the same turns.
    marks
        Zeros by edge; left as they were.
    """
    same = length == many
    for place in range(min(length, many)):
        if ground.edge[arcs[place]] != ground.edge[others[place]]:
            same = False
            break
    if same:
        return 1
    most = allowed[1] if _turn_alike(ground, arcs, length, others, many) else allowed[0]
    its = common = own = 0.0
    for place in range(many):
        arc = others[place]
        if not marks[ground.edge[arc]]:
            marks[ground.edge[arc]] = 1
            its += ground.km[arc]
    for place in range(length):
        arc = arcs[place]
        mark = marks[ground.edge[arc]]
        if mark < 2:
            own += ground.km[arc]
            if mark == 1:
                common += ground.km[arc]
            marks[ground.edge[arc]] = 2
    for place in range(length):
        marks[ground.edge[arcs[place]]] = 0
    for place in range(many):
        marks[ground.edge[others[place]]] = 0
    if own == 0 or its == 0:
        return 0
    share = common / min(own, its)
    if abs(share - most) < _CLOSE:
        return UNSURE
    return int(share > most)


@inner
def _turn_alike(ground: Ground, arcs: Ints, length: int, others: Ints, many: int) -> bool:
    """Whether two ways change modes and cross borders at the same places."""
    place = other = 0
    last = -1
    while True:
        own, place = _next_turn(ground.turn, arcs, length, place, last)
        its, other = _next_turn(ground.turn, others, many, other, last)
        if own != its:
            return False
        if own == -1:
            return True
        last = own


@inner
def _next_turn(turns: Ints, arcs: Ints, length: int, place: int, last: int) -> tuple[int, int]:
    """Return the first turn from a place on that is not the last one, and where to go on."""
    while place < length:
        turn = turns[arcs[place]]
        place += 1
        if turn not in (-1, last):
            return turn, place
    return -1, place
