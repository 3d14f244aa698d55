"""What the compiled loops read and write."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

BARRED = -1
LIMIT = 1 << 60
NO_WAY = -1
TOO_LARGE = -2

SPENT, THEN, SEEN, TAKEN, TIED, ALIVE, CAME = range(7)
"""Columns of `Room.notes`: the weight so far in two; the turns in which that was written, in which
the vertex was taken, another way was as good, it was found to be on a best way; the step to it."""

_COLUMNS = 8
"""A vertex fills a line of the processor's cache."""


class Net(NamedTuple):
    """A board and its weights as arrays. A step is an arc in one layer, or a joint.

    Parameters
    ----------
    out_first
        From vertex v lead the steps from out_first[v] up to out_first[v + 1].
    tail, head, arc
        Of each step. The number of a joint is one past the last arc.
    in_first, in_step
        The steps to vertex v are in_step[in_first[v] : in_first[v + 1]].
    joint
        The number of a joint.
    weights
        Of each step, without changes.
    vectors
        Of each arc the five numbers it adds to totals, without changes.
    """

    out_first: Ints
    tail: Ints
    head: Ints
    arc: Ints
    in_first: Ints
    in_step: Ints
    joint: int
    weights: Ints
    vectors: Ints


class Laid(NamedTuple):
    """Patches as arrays: patch p holds the places from first[p] up to first[p + 1].

    `step`, `weight`, `version` and `vector` are of the steps changed; a version is a number from 1.
    `lowers` holds 1 for a patch that makes any step lighter than it is unchanged.
    """

    first: Ints
    step: Ints
    weight: Ints
    version: Ints
    vector: Ints
    lowers: Ints


class Ends(NamedTuple):
    """Where ways begin and end; `is_goal` holds 1 for each goal."""

    starts: Ints
    goals: Ints
    is_goal: Ints


class Tables(NamedTuple):
    """Bounds for one set of goals, which threads share: no table changes once it has an owner.

    Parameters
    ----------
    bounds
        Tables with a row for each vertex and one more, which begins with TOO_LARGE where a sum does
        not fit. The first is that of the network without changes, each other one for a single patch
        that lowers weights.
    owner
        Which patch a table is for; -1 for none yet. The first holds 0 and is for no patch.
    """

    bounds: Ints
    owner: Ints


class Room(NamedTuple):
    """What one thread writes on.

    Parameters
    ----------
    weights, laid_on
        Of each step: what it weighs in the question at hand, and one more than the place in `Laid`
        this is from, 0 if it is unchanged. Between questions all are unchanged.
    notes
        Of each vertex, see `SPENT`.
    heap
        Rows of two weights and a vertex.
    here, beyond
        Lists of vertices.
    way
        The steps of the way found last.
    turn
        One number that counts the searches.
    bounds
        Bounds for one question.
    """

    weights: Ints
    laid_on: Ints
    notes: Ints
    heap: Ints
    here: Ints
    beyond: Ints
    way: Ints
    turn: Ints
    bounds: Ints


def new_room(net: Net) -> Room:
    """Make room for a thread."""
    size, steps = len(net.out_first) - 1, len(net.head)
    return Room(
        net.weights.copy(),
        np.zeros(steps, np.int64),
        np.zeros((size, _COLUMNS), np.int64),
        np.empty((steps + size + 1, 3), np.int64),
        np.empty(size, np.int64),
        np.empty(size, np.int64),
        np.empty(size, np.int64),
        np.zeros(1, np.int64),
        np.empty((size + 1, 2), np.int64),
    )
