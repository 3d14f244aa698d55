"""The A* of `kernel.astar`, compiled by numba: the same ways, some fifty times sooner.

Numba has no long whole numbers: a weight stays a pair of 64-bit ones. Where a sum might not fit,
the plain engine is asked instead.
"""

from __future__ import annotations

import threading
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate, chain
from typing import TYPE_CHECKING

import numpy as np

from routeplan.graph.costing import CostVector
from routeplan.kernel.astar import PlainEngine
from routeplan.kernel.compiled.arrays import (
    BARRED,
    LIMIT,
    TOO_LARGE,
    Ends,
    Laid,
    Net,
    Room,
    Tables,
    new_room,
)
from routeplan.kernel.compiled.solve import Asked, Found, keep_bounds, measure, solve_many
from routeplan.kernel.way import Way, Ways

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from routeplan.kernel.board import Board
    from routeplan.kernel.prices import Prices
    from routeplan.kernel.versions import Patch, Version
    from routeplan.kernel.weights import Pair, Weights

    Ints = NDArray[np.int64]
    Vectors = Sequence[CostVector | None]

_ROOM = 1024
_TABLES = 32
"""Tables of bounds for each set of goals: 16 bytes for each vertex, table and set."""

_NOTHING = (0, 0, 0, 0, 0)


class CompiledEngine:
    """Answers many questions at a time, in several threads at once if need be.

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
        steps = _Steps(board)
        self._patches = _Patches(weights, steps.places, LIMIT >> board.bits)
        vectors = [vector or _NOTHING for vector in weights.prices.vectors]
        self._net = steps.net(_pairs([*weights.base, (0, 0)]), self._patches.rows(vectors))
        self._goals: dict[tuple[int, ...], _Goals] = {}
        self._ways = Ways[_CompiledWay]()
        self._lock = threading.Lock()
        self._own = threading.local()

    @cached_property
    def _plain(self) -> PlainEngine:
        return PlainEngine(self._board, self._weights)

    def learn(self, patches: Sequence[Patch]) -> None:
        """Work out what patches weigh, see `kernel.engines.Engine`."""
        with self._lock:
            self._patches.of([patches])

    def solve(
        self,
        starts: tuple[int, ...],
        ends: tuple[int, ...],
        questions: Sequence[Sequence[Patch]],
    ) -> list[Way | None]:
        """Find the best way of each question; see `kernel.astar.PlainEngine.solve`."""
        room = self._room()
        with self._lock:
            asked, laid = self._patches.of(questions)
            known = self._goals.get(ends)
            if known is None:
                known = self._goals[ends] = _Goals(self._net, room, ends)
            tables = known.tables(laid, room, asked.given)
        where = Ends(np.array(starts, np.int64), known.goals, known.is_goal)
        found = Found(*solve_many(self._net, where, laid, tables, room, asked))
        with self._lock:
            ways = self._told(found)
            answered: list[Way | None] = [
                None if way < 0 else ways[way] for way in found.which.tolist()
            ]
            for place in np.flatnonzero(found.which == TOO_LARGE).tolist():
                (answered[place],) = self._plain.solve(starts, ends, [questions[place]])
        return answered

    def _room(self) -> Room:
        """Return what this thread writes on."""
        room: Room | None = getattr(self._own, "room", None)
        if room is None:
            room = self._own.room = new_room(self._net)
        return room

    def _told(self, found: Found) -> list[_CompiledWay]:
        """Return the ways."""
        steps, ways = found.steps.astype(np.int32), self._ways
        row, whole = steps.strides[0], steps.tobytes()
        ends = [row * end for end in found.first.tolist()]
        told = []
        for start, end, total in zip(ends, ends[1:], found.totals.tolist(), strict=False):
            key = whole[start:end]
            told.append(ways.find(key) or ways.add(key, self._way(key, total)))
        return told

    def _way(self, steps: bytes, total: Sequence[int]) -> _CompiledWay:
        known = None if self._patches.large else CostVector(*total)
        return _CompiledWay(self._weights.prices, steps, self._patches.versions, known)


class _CompiledWay(Way):
    """A way as its steps stand in an array: pairs of arc and version in a few bytes."""

    __slots__ = ("_bytes", "_key", "_table", "_total")

    def __init__(
        self,
        prices: Prices,
        steps: bytes,
        table: Sequence[Version | None],
        total: CostVector | None,
    ) -> None:
        self._prices = prices
        self._bytes = steps
        self._table = table
        self._total = total
        self._key = blake2b(steps, digest_size=16).digest()

    @property
    def key(self) -> bytes:
        """Equal for equal ways of one engine, and small; to be remembered instead of the way."""
        return self._key

    @property
    def total(self) -> CostVector:
        """What the arcs add up to."""
        return super().total if self._total is None else self._total

    def _steps(self) -> list[tuple[int, Version | None]]:
        table = self._table
        pairs: list[list[int]] = np.frombuffer(self._bytes, np.int32).reshape(-1, 2).tolist()
        return [(arc, table[number]) for arc, number in pairs]


class _Goals:
    """A set of goals and the bounds for it."""

    def __init__(self, net: Net, room: Room, ends: tuple[int, ...]) -> None:
        size = len(net.out_first) - 1
        self._net = net
        self.goals, self.is_goal = np.array(ends, np.int64), np.zeros(size, np.int64)
        self.is_goal[self.goals] = 1
        self._base = np.empty((size + 1, 2), np.int64)
        measure(net, Ends(self.goals, self.goals, self.is_goal), room, self._base)
        self._begin()

    def _begin(self) -> None:
        bounds = np.empty((_TABLES, *self._base.shape), np.int64)
        bounds[0] = self._base
        owner = np.full(_TABLES, -1, np.int64)
        owner[0] = 0
        self._tables = Tables(bounds, owner)
        self._owners: set[int] = set()

    def tables(self, laid: Laid, room: Room, given: Ints) -> Tables:
        """Return the bounds, with tables of lowering patches among those given as far as they fit.

        Full tables are left as they are, for threads that still read them.
        """
        lowering = np.unique(given[laid.lowers[given] == 1])
        fresh = [patch for patch in lowering.tolist() if patch not in self._owners]
        if fresh and len(self._owners) == _TABLES - 1:
            self._begin()
        fresh = fresh[: _TABLES - 1 - len(self._owners)]
        if fresh:
            keep_bounds(self._net, laid, self._tables, room, np.array(fresh, np.int64))
            self._owners.update(fresh)
        return self._tables


class _Patches:
    """The patches met so far, one behind the other, in arrays that double when they are full.

    Arrays that are full are left as they are, for threads that still read them.

    Parameters
    ----------
    weights
        Of the arcs.
    steps
        For each layer the step of each arc.
    most
        The most an arc may add to a total that is not left to Python.
    """

    def __init__(self, weights: Weights, steps: Ints, most: int) -> None:
        self._weights = weights
        self._steps = steps
        self._most = most
        self._places: dict[int, int] = {}
        self._known: dict[int, int] = {}
        self.versions: list[Version | None] = [None]
        self.large = False
        """Whether totals may be beyond 64 bits."""
        self._filled = 0
        self._laid = Laid(
            np.zeros(_ROOM, np.int64),
            np.empty(_ROOM, np.int64),
            np.empty((_ROOM, 2), np.int64),
            np.empty(_ROOM, np.int64),
            np.empty((_ROOM, 5), np.int64),
            np.zeros(_ROOM, np.int64),
        )

    def rows(self, vectors: Sequence[Sequence[int]]) -> Ints:
        """Write what arcs add to totals as rows; learn whether Python must add up."""
        if any(max(vector) > self._most for vector in vectors):
            self.large = True
            vectors = [_NOTHING] * len(vectors)
        return np.array(vectors, np.int64).reshape(-1, 5)

    def of(self, questions: Sequence[Sequence[Patch]]) -> tuple[Asked, Laid]:
        """Return the questions as arrays, and all patches."""
        first = [0, *accumulate(map(len, questions))]
        given = [*chain.from_iterable(questions)]
        places = list(map(self._places.get, [patch.number for patch in given]))
        if None in places:
            self._add([p for p in dict.fromkeys(given) if p.number not in self._places])
            places = [self._places[patch.number] for patch in given]
        return Asked(np.array(first, np.int64), np.array(places, np.int64)), self._laid

    def _add(self, patches: Sequence[Patch]) -> None:
        base, layers = self._weights.base, len(self._steps)
        found = [self._weights.patch(patch) for patch in patches]
        sizes = np.array([0, *map(len, found)], np.int64).cumsum()
        first, last = len(self._places), len(self._places) + len(patches)
        start, end = self._filled, self._filled + layers * int(sizes[-1])
        self._make_room(last + 1, end)
        laid = self._laid
        laid.first[first : last + 1] = start + layers * sizes
        laid.lowers[first:last] = [any(_is_lower(p, base[a]) for a, p, _ in some) for some in found]
        rows = [row for some in found for row in some * layers]
        if rows:
            arcs, pairs, versions = zip(*rows, strict=True)
            of_layer = [layer for some in found for layer in range(layers) for _ in some]
            laid.step[start:end] = self._steps[of_layer, arcs]
            laid.weight[start:end] = _pairs(pairs)
            laid.version[start:end] = list(map(self._number, versions))
            laid.vector[start:end] = self.rows([self._vector(*row) for row in rows])
        self._filled = end
        self._places.update(zip([p.number for p in patches], range(first, last), strict=True))

    def _number(self, version: Version) -> int:
        number = self._known.setdefault(version.number, len(self.versions))
        if number == len(self.versions):
            self.versions.append(version)
        return number

    def _vector(self, arc: int, pair: Pair | None, version: Version) -> Sequence[int]:
        return _NOTHING if pair is None else self._weights.prices.vector(arc, version)

    def _make_room(self, patches: int, rows: int) -> None:
        first, *parts, lowers = self._laid
        if patches > len(first):
            first = np.concatenate((first, np.zeros_like(first)))
            lowers = np.concatenate((lowers, np.zeros_like(lowers)))
        while rows > len(parts[0]):
            parts = [np.concatenate((part, np.empty_like(part))) for part in parts]
        self._laid = Laid(first, parts[0], parts[1], parts[2], parts[3], lowers)


def _is_lower(pair: Pair | None, base: Pair | None) -> bool:
    return pair is not None and (base is None or pair < base)


class _Steps:
    """The steps of a board as arrays; `places` holds for each layer the step of each arc."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._heads = np.array([head for steps in board.out for head, _ in steps], np.int64)
        self._arcs = np.array([arc for steps in board.out for _, arc in steps], np.int64)
        self._degrees = [len(steps) for steps in board.out]
        self._tails = np.repeat(np.arange(board.size), self._degrees)
        whole = np.flatnonzero(self._arcs < board.joint)
        layers = self._tails[whole] // (board.size // board.layers)
        self.places = np.empty((board.layers, board.joint), np.int64)
        self.places[layers, self._arcs[whole]] = whole

    def net(self, weights: Ints, vectors: Ints) -> Net:
        """Return the board with the weights of its arcs, that of a joint last."""
        in_step = np.argsort(self._heads, kind="stable")
        return Net(
            np.array([0, *accumulate(self._degrees)], np.int64),
            self._tails,
            self._heads,
            self._arcs,
            np.searchsorted(self._heads[in_step], np.arange(self._board.size + 1)),
            in_step,
            self._board.joint,
            weights[self._arcs],
            vectors,
        )


def _pairs(pairs: Sequence[Pair | None]) -> Ints:
    """Write weights as rows; what does not fit is written as more than LIMIT."""
    rows = [(BARRED, 0) if pair is None else pair for pair in pairs]
    if any(a > LIMIT or b > LIMIT for a, b in rows):
        rows = [(min(a, LIMIT + 1), min(b, LIMIT + 1)) for a, b in rows]
    return np.array(rows, np.int64).reshape(-1, 2)
