"""The choice of ways that differ, compiled: what `search.shortlist` takes from a pool and detours.

Shares of kilometres are sums of broken numbers. Where one is so near to what is allowed that
rounding might decide, the answer is UNSURE, and the planner is to be asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from routeplan.kernel.alternatives.detours import new_detours, next_detour
from routeplan.kernel.alternatives.front import trace
from routeplan.kernel.alternatives.pile import (
    UNSURE,
    alike,
    copy,
    keeps,
    new_pile,
    put,
    ranks_before,
)
from routeplan.kernel.alternatives.trees import NONE
from routeplan.kernel.jit import entry, inner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from routeplan.kernel.alternatives.front import Labels
    from routeplan.kernel.alternatives.pile import Ground, Pile
    from routeplan.kernel.alternatives.trees import Ints, Tree

    Floats = NDArray[np.float64]


@entry
def traced(ground: Ground, labels: Labels, found: Ints, more: int, longest: int) -> Pile:
    """Write the ways of labels into a pile.

    Parameters
    ----------
    ground, labels, found
        Their arcs, all labels, and those of the ways.
    more, longest
        For how many ways beside them there is to be room, and how many arcs these have at most.
    """
    joint = len(ground.values) - 1
    arcs = np.empty(len(ground.out.first) + 1, np.int64)
    for label in found:
        longest = max(longest, trace(labels, label, joint, arcs))
    pile = new_pile(len(found) + more, longest)
    for way in range(len(found)):
        put(ground, pile, way, arcs, trace(labels, found[way], joint, arcs))
    return pile


@entry
def take(
    ground: Ground,
    trees: tuple[Tree, Tree],
    column: int,
    most: Ints,
    allowed: Floats,
    cut: int,
    pool: Pile,
    chosen: Pile,
) -> int:
    """Take ways from a pool and the detours, in rising order, that are not alike.

    Parameters
    ----------
    ground, trees
        What is walked; the best ways from the start and to the end by a column of values.
    column
        What the first way is best at.
    most
        The most a detour may add up to, by column.
    allowed
        Share of kilometres any two ways may have in common, and two with the same turns.
    cut
        Ways of a larger value are not looked at.
    pool
        Ways in any order, at least one; the same way may be there twice.
    chosen
        Written to: as many as it has room for, in the order they were taken.

    Returns
    -------
    int
        How many were taken, or UNSURE.
    """
    wanted, many = len(chosen.length), len(pool.length)
    is_left = np.ones(many, np.int64)
    ranked = _first_left(ground, pool, is_left, column)
    copy(pool, ranked, chosen, 0)
    taken = 1
    marks = np.zeros(len(ground.edge), np.int64)
    detours = new_detours(ground, trees[0], trees[1], column, cut)
    ahead = np.empty(len(ground.out.first) + 1, np.int64)
    length, value = next_detour(ground, detours, ahead)
    while taken < wanted and (ranked != NONE or length != NONE):
        from_pool = ranked != NONE and (length == NONE or pool.sums[ranked, column] <= value)
        if from_pool and pool.sums[ranked, column] > cut:
            break
        is_alike = 0
        for way in range(taken):
            is_alike = alike(
                ground,
                pool.arcs[ranked] if from_pool else ahead,
                pool.length[ranked] if from_pool else length,
                chosen.arcs[way],
                chosen.length[way],
                allowed,
                marks,
            )
            if is_alike:
                break
        if is_alike == UNSURE:
            return UNSURE
        if not is_alike:
            if from_pool:
                copy(pool, ranked, chosen, taken)
            else:
                put(ground, chosen, taken, ahead, length)
            if from_pool or keeps(chosen.sums[taken], most):
                taken += 1
        if from_pool:
            is_left[ranked] = 0
            ranked = _first_left(ground, pool, is_left, column)
        else:
            length, value = next_detour(ground, detours, ahead)
    return taken


@inner
def _first_left(ground: Ground, pool: Pile, is_left: Ints, column: int) -> int:
    """Return the first by rank of the ways that are left; NONE if none is."""
    first = NONE
    for way in range(len(is_left)):
        if is_left[way] and (first == NONE or ranks_before(ground, pool, way, pool, first, column)):
            first = way
    return first


@entry
def rank(ground: Ground, pile: Pile, many: int, column: int) -> Ints:
    """Return the places of the first ways of a pile in the order of their rank."""
    order = np.arange(many)
    for way in range(1, many):
        place = way
        while place and ranks_before(ground, pile, way, pile, order[place - 1], column):
            order[place] = order[place - 1]
            place -= 1
        order[place] = way
    return order
