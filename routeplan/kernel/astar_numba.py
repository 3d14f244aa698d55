"""The A* of `kernel.astar`, compiled by numba: the same ways, some fifty times sooner.

Numba has no long whole numbers: a weight stays a pair of 64-bit ones. Where a sum might not fit,
the plain engine is asked instead.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from routeplan.kernel.astar import Found, PlainEngine
from routeplan.kernel.compiled import (
    BARRED,
    LIMIT,
    TOO_LARGE,
    Laid,
    Net,
    measure,
    solve_many,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from routeplan.kernel.board import Board
    from routeplan.kernel.versions import Patch, Version
    from routeplan.kernel.weights import Pair, Weights

    Ints = NDArray[np.int64]


class CompiledEngine:
    """Answers many questions at a time.

    Parameters
    ----------
    board
        What is walked.
    weights
        Of its arcs.
    """

    def __init__(self, board: Board, weights: Weights) -> None:
        self._board = board
        self._weights = weights
        self._net = _net(board)
        self._base = _pairs([*weights.base, (0, 0)])
        self._bounds: dict[tuple[int, ...], tuple[Ints, Ints]] = {}
        self._patches = _Patches(weights)

    @cached_property
    def _plain(self) -> PlainEngine:
        return PlainEngine(self._board, self._weights)

    def solve(
        self,
        starts: Sequence[int],
        ends: tuple[int, ...],
        questions: Sequence[Sequence[Patch]],
    ) -> list[Found | None]:
        """Find the best way of each question; see `kernel.astar.PlainEngine.solve`."""
        known = self._bounds.get(ends)
        if known is None:
            goals = np.array(ends, np.int64)
            known = self._bounds[ends] = goals, measure(self._net, self._base, goals)
        goals, bounds = known
        first, given = self._patches.of(questions)
        sizes, arcs, versions = solve_many(
            self._net,
            self._patches.laid(),
            self._base,
            bounds,
            np.array(starts, np.int64),
            goals,
            first,
            given,
        )
        answered = self._told(sizes.tolist(), arcs.tolist(), versions.tolist())
        for place, size in enumerate(sizes):
            if size == TOO_LARGE:
                (answered[place],) = self._plain.solve(starts, ends, [questions[place]])
        return answered

    def _told(self, sizes: list[int], arcs: list[int], numbers: list[int]) -> list[Found | None]:
        found: list[Found | None] = []
        versions = self._patches.versions
        place = 0
        for size in sizes:
            if size < 0:
                found.append(None)
                continue
            end = place + size
            taken = tuple([versions[number] for number in numbers[place:end]])
            found.append(Found(tuple(arcs[place:end]), taken))
            place = end
        return found


class _Patches:
    """The patches met so far, one behind the other."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._places: dict[int, int] = {}
        self._starts = [0]
        self._arcs: list[int] = []
        self._pairs: list[Pair | None] = []
        self._numbers: list[int] = []
        self._known: dict[int, int] = {}
        self.versions: list[Version | None] = [None]
        self._laid: Laid | None = None

    def of(self, questions: Sequence[Sequence[Patch]]) -> tuple[Ints, Ints]:
        """Return where the patches of each question begin in the second array, and that."""
        places, given, first = self._places, [], [0]
        for patches in questions:
            for patch in patches:
                place = places.get(patch.number)
                given.append(self._add(patch) if place is None else place)
            first.append(len(given))
        return np.array(first, np.int64), np.array(given, np.int64)

    def laid(self) -> Laid:
        """Return all patches as arrays."""
        if self._laid is None:
            self._laid = Laid(
                np.array(self._starts, np.int64),
                np.array(self._arcs, np.int64),
                _pairs(self._pairs),
                np.array(self._numbers, np.int64),
            )
        return self._laid

    def _add(self, patch: Patch) -> int:
        for arc, pair, version in self._weights.patch(patch):
            number = self._known.get(version.number)
            if number is None:
                number = self._known[version.number] = len(self.versions)
                self.versions.append(version)
            self._arcs.append(arc)
            self._pairs.append(pair)
            self._numbers.append(number)
        self._starts.append(len(self._arcs))
        place = self._places[patch.number] = len(self._places)
        self._laid = None
        return place


def _net(board: Board) -> Net:
    topology = board.topology
    return Net(
        *_joined(board.out),
        *_joined(board.into),
        np.array(topology.tails, np.int64),
        np.array(topology.heads, np.int64),
        len(topology.states),
    )


def _joined(steps: Sequence[Sequence[tuple[int, int]]]) -> tuple[Ints, Ints, Ints]:
    """Write the steps of each vertex one behind the other: where they begin, vertices, arcs."""
    first = np.cumsum([0, *map(len, steps)])
    flat = np.array([step for some in steps for step in some], np.int64).reshape(-1, 2)
    return (
        first.astype(np.int64),
        np.ascontiguousarray(flat[:, 0]),
        np.ascontiguousarray(flat[:, 1]),
    )


def _pairs(pairs: Sequence[Pair | None]) -> Ints:
    """Write weights as rows; what does not fit is written as more than LIMIT."""
    rows = [(BARRED, 0) if pair is None else pair for pair in pairs]
    if any(a > LIMIT or b > LIMIT for a, b in rows):
        rows = [(min(a, LIMIT + 1), min(b, LIMIT + 1)) for a, b in rows]
    return np.array(rows, np.int64).reshape(-1, 2)
