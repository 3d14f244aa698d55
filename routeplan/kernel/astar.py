"""Exact A* in plain Python, which the default install has.

The bound of a vertex is its distance to the end in the unchanged network (Goldberg and Harrelson
2005 call it a potential). It stays a lower bound where changes raise weights. Where they lower
some, it is repaired first, from their arcs backward, as far as anything improves (Ramalingam and
Reps 1996). A bound is then nowhere above an arc's weight plus the bound behind it: no vertex is
taken twice.

All ways of the least weight are found, and the one of them is answered whose arcs, by their
numbers, come first: the order of edge ids.
"""

from __future__ import annotations

import threading
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from routeplan.kernel.way import Way, Ways

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from routeplan.kernel.board import Board
    from routeplan.kernel.versions import Patch, Version
    from routeplan.kernel.weights import Laid, Pair, Weights

    Weight = int | None
    Steps = list[tuple[int, int]]

_REMEMBERED = 20_000
_SPLIT = 100
"""Bits of a weight's second number: no way adds up to 2^100 of it."""


class PlainEngine:
    """Answers questions one by one, whichever thread asks.

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
        self._base: list[Weight] = [*map(_whole, weights.base), 0]
        self._working = list(self._base)
        self._bounds: dict[tuple[int, ...], list[Weight]] = {}
        self._ways = Ways[Way]()
        self._known: dict[object, Way | None] = {}
        self._laid: dict[int, Sequence[Laid]] = {}
        self._lock = threading.Lock()

    def learn(self, patches: Sequence[Patch]) -> None:
        """Work out what patches weigh, see `kernel.engines.Engine`."""
        with self._lock:
            for patch in patches:
                self._patch(patch)

    def solve(
        self,
        starts: tuple[int, ...],
        ends: tuple[int, ...],
        questions: Iterable[Sequence[Patch]],
    ) -> list[Way | None]:
        """Find the best way from one of the starts to one of the ends for each question.

        Parameters
        ----------
        starts, ends
            Vertices.
        questions
            What each has laid over the network.

        Returns
        -------
        list of Way or None
            None where there is no way.
        """
        with self._lock:
            return [self._remembered(starts, ends, tuple(patches)) for patches in questions]

    def _remembered(
        self, starts: tuple[int, ...], ends: tuple[int, ...], patches: tuple[Patch, ...]
    ) -> Way | None:
        key = (starts, ends, patches)
        if key not in self._known:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            bounds = self._bounds.get(ends)
            if bounds is None:
                bounds = self._bounds[ends] = distances(self._board, self._base, ends)
            self._known[key] = self._solve(starts, ends, bounds, patches)
        return self._known[key]

    def _solve(
        self,
        starts: Sequence[int],
        ends: tuple[int, ...],
        bounds: list[Weight],
        patches: Sequence[Patch],
    ) -> Way | None:
        working, base = self._working, self._base
        changed: dict[int, Version] = {}
        for patch in patches:
            for arc, pair, version in self._patch(patch):
                working[arc] = _whole(pair)
                changed[arc] = version
        before: dict[int, Weight] = {}
        try:
            lowered = [arc for arc in changed if _is_less(working[arc], base[arc])]
            if lowered:
                before = _repair(self._board, working, bounds, lowered)
            arcs = best_way(self._board, working, bounds, starts, frozenset(ends))
        finally:
            for arc in changed:
                working[arc] = base[arc]
            for vertex, bound in before.items():
                bounds[vertex] = bound
        if arcs is None:
            return None
        versions = [changed.get(arc) for arc in arcs]
        key = (*arcs, *versions)
        prices = self._weights.prices
        return self._ways.find(key) or self._ways.add(key, Way(prices, arcs, versions))

    def _patch(self, patch: Patch) -> Sequence[Laid]:
        found = self._laid.get(patch.number)
        if found is None:
            found = self._laid[patch.number] = self._weights.patch(patch)
        return found


def distances(board: Board, weights: Sequence[Weight], ends: Iterable[int]) -> list[Weight]:
    """Return the least weight from every vertex to an end; None where no way leads to one."""
    found: list[Weight] = [None] * board.size
    queue = [(0, end) for end in ends]
    for _, end in queue:
        found[end] = 0
    _settle(board, weights, found, queue)
    return found


def best_way(
    board: Board,
    weights: Sequence[Weight],
    bounds: Sequence[Weight],
    starts: Iterable[int],
    ends: frozenset[int],
) -> list[int] | None:
    """Find the way of least weight, of equal ones the first by the numbers of its arcs.

    Parameters
    ----------
    board
        What is walked.
    weights
        Of each arc, above 0, and 0 of the joint; None bars an arc.
    bounds
        Of each vertex, at most its distance to the ends, and at most the weight of any arc from it
        plus the bound behind that; None where no way leads to an end.
    starts, ends
        Vertices.

    Returns
    -------
    list of int or None
        The numbers of its arcs; None if there is no way.
    """
    found = _search(board, weights, bounds, starts, ends)
    if not found.reached:
        return None
    if len(found.reached) == 1:
        arcs = _traced(found, board.joint)
        if arcs is not None:
            return arcs
    spent = {vertex: found.spent[vertex] for vertex in found.taken}
    return _first_of_equal(board, weights, spent, found.reached)


class _Searched(NamedTuple):
    """The vertices met in a search.

    The least weight to each, the last step there, those another way is as good to, those that were
    taken, and the ends of the best ways.
    """

    spent: dict[int, int]
    came: dict[int, tuple[int, int]]
    tied: set[int]
    taken: set[int]
    reached: list[int]


def _search(
    board: Board,
    weights: Sequence[Weight],
    bounds: Sequence[Weight],
    starts: Iterable[int],
    ends: frozenset[int],
) -> _Searched:
    """Take vertices by what they promise until all best ways are found."""
    queue = [(bound, start) for start in starts if (bound := bounds[start]) is not None]
    heapify(queue)
    spent = {start: 0 for _, start in queue}
    found = _Searched(spent, {}, set(), set(), [])
    _, came, tied, taken, reached = found
    least: int | None = None
    while queue:
        finish, vertex = heappop(queue)
        if least is not None and finish > least:
            break
        if vertex in taken:
            continue
        taken.add(vertex)
        if vertex in ends:
            least = finish
            reached.append(vertex)
            continue
        so_far = spent[vertex]
        for head, arc in board.out[vertex]:
            weight, bound = weights[arc], bounds[head]
            if weight is None or bound is None:
                continue
            there = so_far + weight
            known = spent.get(head)
            if known is None or there < known:
                spent[head] = there
                came[head] = (vertex, arc)
                tied.discard(head)
                heappush(queue, (there + bound, head))
            elif there == known:
                tied.add(head)
    return found


def _traced(found: _Searched, joint: int) -> list[int] | None:
    """List the arcs that lead to the one end that was reached; None if another way is as good."""
    (vertex,) = found.reached
    arcs: list[int] = []
    while True:
        if vertex in found.tied:
            return None
        step = found.came.get(vertex)
        if step is None:
            arcs.reverse()
            return arcs
        vertex, arc = step
        if arc != joint:
            arcs.append(arc)


def _first_of_equal(
    board: Board, weights: Sequence[Weight], spent: dict[int, int], ends: list[int]
) -> list[int]:
    """Of all ways of least weight, list the arcs of the first by their numbers."""
    following: dict[int, Steps] = {end: [] for end in ends}
    waiting = list(ends)
    while waiting:
        vertex = waiting.pop()
        for tail, arc in board.into[vertex]:
            weight, before = weights[arc], spent.get(tail)
            if weight is None or before is None or before + weight != spent[vertex]:
                continue
            if tail not in following:
                following[tail] = []
                waiting.append(tail)
            following[tail].append((arc, vertex))
    here = {vertex for vertex in following if spent[vertex] == 0}
    arcs: list[int] = []
    while True:
        here = _over_joints(following, here, board.joint)
        onward = [step for vertex in here for step in following[vertex] if step[0] != board.joint]
        if not onward:
            return arcs
        first = min(onward)[0]
        arcs.append(first)
        here = {vertex for arc, vertex in onward if arc == first}


def _over_joints(following: dict[int, Steps], here: set[int], joint: int) -> set[int]:
    """Add the vertices that joints lead to."""
    found, fresh = set(here), here
    while fresh:
        fresh = {v for vertex in fresh for arc, v in following[vertex] if arc == joint} - found
        found |= fresh
    return found


def _repair(
    board: Board, weights: Sequence[Weight], bounds: list[Weight], lowered: Iterable[int]
) -> dict[int, Weight]:
    """Lower bounds to what lowered arcs allow; return what the bounds were."""
    queue: list[tuple[int, int]] = []
    before: dict[int, Weight] = {}
    for arc in lowered:
        weight = weights[arc]
        for tail, head in board.places(arc):
            behind, known = bounds[head], bounds[tail]
            if weight is None or behind is None:
                continue
            if known is None or weight + behind < known:
                before.setdefault(tail, known)
                bounds[tail] = weight + behind
                queue.append((weight + behind, tail))
    heapify(queue)
    _settle(board, weights, bounds, queue, before)
    return before


def _settle(
    board: Board,
    weights: Sequence[Weight],
    found: list[Weight],
    queue: list[tuple[int, int]],
    before: dict[int, Weight] | None = None,
) -> None:
    """Carry distances backward as long as one improves (Dijkstra)."""
    while queue:
        distance, vertex = heappop(queue)
        known = found[vertex]
        if known is not None and distance > known:
            continue
        for tail, arc in board.into[vertex]:
            weight = weights[arc]
            if weight is None:
                continue
            there, known = distance + weight, found[tail]
            if known is None or there < known:
                if before is not None:
                    before.setdefault(tail, known)
                found[tail] = there
                heappush(queue, (there, tail))


def _whole(pair: Pair | None) -> Weight:
    """Write a pair as one number, ordered and added alike."""
    return None if pair is None else pair[0] << _SPLIT | pair[1]


def _is_less(weight: Weight, base: Weight) -> bool:
    return weight is not None and (base is None or weight < base)
