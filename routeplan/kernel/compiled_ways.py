"""The choice of k ways that differ, compiled: what `search.candidates` and `search.shortlist` do.

The pool is made in the same order, and the same ways are taken from it. The front is the dear part
of it, and seldom looked at to its end: it is made first up to what the last way weighs that the
others of the pool give, and whole only if that leaves too few.

Shares of kilometres are sums of broken numbers. Where one is so near to what is allowed that
rounding might decide, the answer is UNSURE, and the planner is to be asked.

Numba takes this module, and only `several` imports it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from routeplan.kernel.compiled_detours import again, new_detours, next_detour
from routeplan.kernel.compiled_front import bounds_of, set_labels, trace
from routeplan.kernel.compiled_ground import (
    UNSURE,
    alike,
    are_same,
    copy,
    keeps,
    new_pile,
    put,
    ranks_before,
)
from routeplan.kernel.compiled_trees import GENERALISED, NONE, OPEN, P90, follow, grow
from routeplan.kernel.jit import jit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from routeplan.kernel.compiled_detours import Detours
    from routeplan.kernel.compiled_front import Ends, Labels
    from routeplan.kernel.compiled_ground import Ground, Pile
    from routeplan.kernel.compiled_trees import Ints

    Floats = NDArray[np.float64]

FAR = 1 << 62
"""More than any way adds up to."""


class Wanted(NamedTuple):
    """What is asked for.

    Parameters
    ----------
    column
        What the first way is best at.
    columns, measures
        What is traded off, as columns of values; behind the measures the criterion, where the front
        may be cut by it and it is none of them.
    cut
        Place of the criterion among them; NONE if the front cannot be cut by it.
    most
        The most a way may add up to, by column of values.
    k
        How many ways.
    allowed
        Share of kilometres any two ways may have in common, and two with the same turns.
    with_surest
        Whether the way of least P90 is a candidate.
    families
        A row for each family of ways: the bit of the arcs it allows, that of the arcs it needs one
        of, and the column it is best at.
    """

    column: int
    columns: Ints
    measures: int
    cut: int
    most: Ints
    k: int
    allowed: Floats
    with_surest: bool
    families: Ints


@jit
def choose(ground: Ground, ends: Ends, wanted: Wanted, best: Ints) -> tuple[int, Pile]:
    """Choose ways that differ.

    Parameters
    ----------
    ground, ends
        What is walked.
    wanted
        What is asked for.
    best
        Arcs of the best way.

    Returns
    -------
    int, Pile
        How many there are, 0 if no way keeps the limits, or UNSURE; and the ways, the
        best by the criterion first.
    """
    values, flags, column = ground.values, ground.flags, wanted.column
    longest = len(ground.out.first) + 1
    chosen = new_pile(wanted.k, longest)
    many, special = _special(ground, ends, wanted, best)
    before = grow(ground.out, values, column, flags, OPEN, ends.starts, ends.is_goal, False)
    after = grow(ground.into, values, column, flags, OPEN, ends.goals, ends.is_start, False)
    bounds = bounds_of(ground.into, values, flags, ends, wanted.columns)
    detours = new_detours(ground, before, after, column)
    cut = FAR
    if wanted.cut != NONE:
        found = _take(ground, wanted, special, many, again(detours), FAR, chosen)
        if found == wanted.k:
            cut = chosen.sums[:found, column].max()
    while True:
        ways, pool = _with_front(ground, ends, wanted, bounds, cut, many, special, best)
        found = 0
        if ways:
            found = _take(ground, wanted, pool, ways, again(detours), cut, chosen)
        if found in (UNSURE, wanted.k) or cut == FAR:
            if found > 0:
                _sort(ground, chosen, found, column)
            return found, chosen
        cut = FAR


@jit
def front_of(ground: Ground, ends: Ends, columns: Ints, most: Ints) -> Pile:
    """Find the front over some columns of values, within limits by column of values."""
    bounds = bounds_of(ground.into, ground.values, ground.flags, ends, columns)
    labels, found = set_labels(
        ground.out, ground.values, ground.flags, ends, columns, bounds, most[columns], len(columns)
    )
    return _traced(ground, labels, found, 0, 1)


@jit
def _traced(ground: Ground, labels: Labels, found: Ints, more: int, longest: int) -> Pile:
    """Write the ways of labels into a pile with room for more ways, of some length."""
    joint = len(ground.values) - 1
    arcs = np.empty(len(ground.out.first) + 1, np.int64)
    for label in found:
        longest = max(longest, trace(labels, label, joint, arcs))
    pile = new_pile(len(found) + more, longest)
    for way in range(len(found)):
        put(ground, pile, way, arcs, trace(labels, found[way], joint, arcs))
    return pile


@jit
def _special(ground: Ground, ends: Ends, wanted: Wanted, best: Ints) -> tuple[int, Pile]:
    """Collect the best way, the surest and the best of each family, as far as they keep limits."""
    out, values, flags = ground.out, ground.values, ground.flags
    size, joint = len(out.first) - 1, len(values) - 1
    pile = new_pile(2 + len(wanted.families), size + 1)
    arcs = np.empty(size + 1, np.int64)
    put(ground, pile, 0, best, len(best))
    many = int(keeps(pile.sums[0], wanted.most))
    if wanted.with_surest:
        tree = grow(out, values, P90, flags, OPEN, ends.starts, ends.is_goal, True)
        put(ground, pile, many, arcs, follow(tree, size, joint, arcs, False))
        many += keeps(pile.sums[many], wanted.most)
    for family in range(len(wanted.families)):
        allowed, needed, column = wanted.families[family]
        tree = grow(out, values, column, flags, allowed, ends.starts, ends.is_goal, True)
        if tree.spent[size, 0] == NONE:
            continue
        length = follow(tree, size, joint, arcs, False)
        belongs = False
        for place in range(length):
            belongs = belongs or flags[arcs[place]] & needed != 0
        if belongs:
            put(ground, pile, many, arcs, length)
            many += keeps(pile.sums[many], wanted.most)
    return many, pile


@jit
def _with_front(
    ground: Ground,
    ends: Ends,
    wanted: Wanted,
    bounds: Ints,
    cut: int,
    many: int,
    special: Pile,
    best: Ints,
) -> tuple[int, Pile]:
    """Put the front, up to a value of the criterion, before the special ways; 0 if it is empty."""
    columns, most = wanted.columns, wanted.most[wanted.columns]
    if cut == FAR:
        columns, most = columns[: wanted.measures], most[: wanted.measures]
    else:
        most[wanted.cut] = min(most[wanted.cut], cut)
    labels, found = set_labels(
        ground.out, ground.values, ground.flags, ends, columns, bounds, most, wanted.measures
    )
    pool = _traced(ground, labels, found, many, max(len(best), special.length.max()))
    ways = len(found)
    own = new_pile(1, len(best))
    put(ground, own, 0, best, len(best))
    for way in range(ways):
        stands = True
        for place in range(wanted.measures):
            column = wanted.columns[place]
            stands = stands and pool.sums[way, column] == own.sums[0, column]
        if stands:
            copy(own, 0, pool, way)
    for way in range(many if ways else 0):
        known = False
        for other in range(ways):
            known = known or are_same(
                special.arcs[way], special.length[way], pool.arcs[other], pool.length[other]
            )
        if not known:
            copy(special, way, pool, ways)
            ways += 1
    return ways, pool


@jit
def _take(
    ground: Ground,
    wanted: Wanted,
    pool: Pile,
    many: int,
    detours: Detours,
    cut: int,
    chosen: Pile,
) -> int:
    """Take ways from a pool and the detours, in rising order, that are not alike.

    Ways of a value above `cut` are not looked at. Returns how many were taken, or UNSURE.
    """
    column = wanted.column
    ranked = _first_left(ground, pool, many, column)
    if ranked == NONE:
        return 0
    copy(pool, ranked, chosen, 0)
    taken = 1
    marks = np.zeros(ground.edge.max() + 1, np.int64)
    ahead = new_pile(1, len(ground.out.first) + 1)
    has_ahead = _look_ahead(ground, wanted, detours, ahead)
    while taken < wanted.k and (ranked != NONE or has_ahead):
        from_pool = ranked != NONE and (
            not has_ahead or pool.sums[ranked, column] <= ahead.sums[0, column]
        )
        source, row = (pool, ranked) if from_pool else (ahead, 0)
        if source.sums[row, column] > cut:
            break
        is_alike = 0
        for way in range(taken):
            is_alike = alike(
                ground,
                source.arcs[row],
                source.length[row],
                chosen.arcs[way],
                chosen.length[way],
                wanted.allowed,
                marks,
            )
            if is_alike:
                break
        if is_alike == UNSURE:
            return UNSURE
        if not is_alike:
            copy(source, row, chosen, taken)
            taken += 1
        if from_pool:
            pool.length[ranked] = ~pool.length[ranked]  # it has had its turn
            ranked = _first_left(ground, pool, many, column)
        else:
            has_ahead = _look_ahead(ground, wanted, detours, ahead)
    for way in range(many):
        if pool.length[way] < 0:
            pool.length[way] = ~pool.length[way]
    return taken


@jit
def _first_left(ground: Ground, pool: Pile, many: int, column: int) -> int:
    """Return the first by rank of the ways that have not had their turn."""
    first = NONE
    for way in range(many):
        if pool.length[way] >= 0 and (
            first == NONE or ranks_before(ground, pool, way, pool, first, column)
        ):
            first = way
    return first


@jit
def _look_ahead(ground: Ground, wanted: Wanted, detours: Detours, ahead: Pile) -> bool:
    """Put the next detour that keeps the limits into a pile of one."""
    arcs = np.empty(len(ground.out.first) + 1, np.int64)
    while True:
        length = next_detour(ground, detours, arcs)
        if length == NONE:
            return False
        put(ground, ahead, 0, arcs, length)
        if keeps(ahead.sums[0], wanted.most):
            return True


@jit
def _sort(ground: Ground, pile: Pile, many: int, column: int) -> None:
    """Put ways in the order of their rank."""
    spare = new_pile(1, pile.arcs.shape[1])
    for way in range(1, many):
        place = way
        while place and ranks_before(ground, pile, place, pile, place - 1, column):
            copy(pile, place, spare, 0)
            copy(pile, place - 1, pile, place)
            copy(spare, 0, pile, place - 1)
            place -= 1
