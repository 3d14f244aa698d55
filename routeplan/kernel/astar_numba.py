"""The A* of `kernel.astar`, compiled by numba: the same ways, some fifty times sooner.

Numba has no long whole numbers: a weight stays a pair of 64-bit ones. Where a sum might not fit,
the plain engine is asked instead.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from routeplan.kernel.astar import PlainEngine
from routeplan.kernel.compiled import (
    BARRED,
    LIMIT,
    TOO_LARGE,
    Laid,
    Net,
    measure,
    solve_many,
)
from routeplan.kernel.way import Ways

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from routeplan.kernel.board import Board
    from routeplan.kernel.versions import Patch, Version
    from routeplan.kernel.way import Way
    from routeplan.kernel.weights import Pair, Weights

    Ints = NDArray[np.int64]


_ROOM = 1024


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
        self._ways = Ways(weights.prices)

    @cached_property
    def _plain(self) -> PlainEngine:
        return PlainEngine(self._board, self._weights)

    def solve(
        self,
        starts: Sequence[int],
        ends: tuple[int, ...],
        questions: Sequence[Sequence[Patch]],
    ) -> list[Way | None]:
        """Find the best way of each question; see `kernel.astar.PlainEngine.solve`."""
        known = self._bounds.get(ends)
        if known is None:
            goals = np.array(ends, np.int64)
            known = self._bounds[ends] = goals, measure(self._net, self._base, goals)
        goals, bounds = known
        first, given, laid = self._patches.of(questions)
        sizes, arcs, versions = solve_many(
            self._net,
            laid,
            self._base,
            bounds,
            np.array(starts, np.int64),
            goals,
            first,
            given,
        )
        answered = self._told(sizes.tolist(), np.column_stack((arcs, versions)).astype(np.int32))
        for place in np.flatnonzero(sizes == TOO_LARGE).tolist():
            (answered[place],) = self._plain.solve(starts, ends, [questions[place]])
        return answered

    def _told(self, sizes: list[int], steps: NDArray[np.int32]) -> list[Way | None]:
        """Return the ways whose arcs and versions stand one behind the other."""
        found: list[Way | None] = []
        ways, row = self._ways, steps.strides[0]
        whole = steps.tobytes()
        place = 0
        for size in sizes:
            if size < 0:
                found.append(None)
                continue
            end = place + size
            key = whole[place * row : end * row]
            way = ways.find(key)
            if way is None:
                arcs, numbers = steps[place:end].T.tolist()
                versions = self._patches.versions
                way = ways.add(key, arcs, [versions[number] for number in numbers])
            found.append(way)
            place = end
        return found


class _Patches:
    """The patches met so far, one behind the other, in arrays that double when they are full."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._places: dict[int, int] = {}
        self._known: dict[int, int] = {}
        self.versions: list[Version | None] = [None]
        self._filled = 0
        self._laid = Laid(
            np.zeros(_ROOM, np.int64),
            np.empty(_ROOM, np.int64),
            np.empty((_ROOM, 2), np.int64),
            np.empty(_ROOM, np.int64),
            np.zeros(_ROOM, np.int64),
        )

    def of(self, questions: Sequence[Sequence[Patch]]) -> tuple[Ints, Ints, Laid]:
        """Return where the patches of each question begin in the second array, that, and all."""
        places, given, first = self._places, [], [0]
        for patches in questions:
            for patch in patches:
                place = places.get(patch.number)
                given.append(self._add(patch) if place is None else place)
            first.append(len(given))
        return np.array(first, np.int64), np.array(given, np.int64), self._laid

    def _add(self, patch: Patch) -> int:
        rows = self._weights.patch(patch)
        numbers = []
        for _, _, version in rows:
            number = self._known.setdefault(version.number, len(self.versions))
            if number == len(self.versions):
                self.versions.append(version)
            numbers.append(number)
        place = self._places[patch.number] = len(self._places)
        start, end = self._filled, self._filled + len(rows)
        self._make_room(place + 2, end)
        self._laid.first[place + 1] = self._filled = end
        self._laid.lowers[place] = any(
            _is_lower(pair, self._weights.base[a]) for a, pair, _ in rows
        )
        if rows:
            self._laid.arc[start:end] = [arc for arc, _, _ in rows]
            self._laid.weight[start:end] = _pairs([pair for _, pair, _ in rows])
            self._laid.version[start:end] = numbers
        return place

    def _make_room(self, patches: int, rows: int) -> None:
        first, arc, weight, version, lowers = self._laid
        if patches > len(first):
            first = np.concatenate((first, np.zeros_like(first)))
            lowers = np.concatenate((lowers, np.zeros_like(lowers)))
        while rows > len(arc):
            arc = np.concatenate((arc, np.empty_like(arc)))
            weight = np.concatenate((weight, np.empty_like(weight)))
            version = np.concatenate((version, np.empty_like(version)))
        self._laid = Laid(first, arc, weight, version, lowers)


def _is_lower(pair: Pair | None, base: Pair | None) -> bool:
    return pair is not None and (base is None or pair < base)


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
