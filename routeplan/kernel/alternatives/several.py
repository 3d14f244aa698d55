"""Questions with changes -> several ways of each, or the front, the same as the planner's.

The network is compiled once, changes are laid over it, and compiled loops do what
`search.candidates`, `search.front` and `search.shortlist` do. Numbers too large for 64 bits, and
shares that rounding might decide, are left to the planner.

The front is the dear part of a pool, and seldom looked at to its end: it is made first up to what
the last way weighs that all others of the pool give, and whole only if that leaves too few. A way
of more weight beats none of less, so that a front cut short is the beginning of the whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from routeplan.graph.costing import CostVector
from routeplan.kernel.alternatives.choose import rank, take, traced
from routeplan.kernel.alternatives.front import set_labels
from routeplan.kernel.alternatives.layout import ALLOWS, MAKES, Grounds
from routeplan.kernel.alternatives.pile import UNSURE, Pile
from routeplan.kernel.alternatives.trees import (
    COLUMNS,
    GENERALISED,
    OPEN,
    P90,
    TRANSSHIPMENTS,
    follow,
    grow,
)
from routeplan.scenario.request import TRADE_OFFS, Criterion, Measure
from routeplan.search.candidates import FAMILIES, read_limits
from routeplan.search.front import FrontWay

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from routeplan.graph.model import Arc
    from routeplan.kernel.alternatives.front import Ends, Labels
    from routeplan.kernel.alternatives.layout import Laid
    from routeplan.kernel.alternatives.pile import Ground
    from routeplan.kernel.alternatives.trees import Lanes, Tree
    from routeplan.kernel.kernel import Kernel
    from routeplan.network.model import Network
    from routeplan.scenario.changes import Change
    from routeplan.scenario.request import RouteRequest

    Ints = NDArray[np.int64]

_FAR = 1 << 62
"""More than any way adds up to."""

_BY_CRITERION = {
    Criterion.TIME: CostVector._fields.index("time_min"),
    Criterion.COST: CostVector._fields.index("cost_cents"),
    Criterion.CO2: CostVector._fields.index("co2e_g"),
    Criterion.RELIABILITY: P90,
    Criterion.BALANCED: GENERALISED,
}
_BY_MEASURE = {
    Measure.TIME: _BY_CRITERION[Criterion.TIME],
    Measure.COST: _BY_CRITERION[Criterion.COST],
    Measure.CO2: _BY_CRITERION[Criterion.CO2],
    Measure.P90: P90,
    Measure.TRANSSHIPMENTS: TRANSSHIPMENTS,
}


class Several:
    """Finds several ways, and fronts, on one network with changes.

    Parameters
    ----------
    network
        The facts, without changes.
    kernel
        Finds the best ways, and knows prices and changes.
    """

    def __init__(self, network: Network, kernel: Kernel) -> None:
        self._kernel = kernel
        self._grounds = Grounds(network, kernel)

    def ways(
        self, request: RouteRequest, changes: Sequence[Change] = ()
    ) -> list[tuple[Arc, ...]] | None:
        """Find the ways that `planner.plan` answers, before it simulates them.

        Parameters
        ----------
        request
            One that `finder.takes_several`.
        changes
            What is different in the network.

        Returns
        -------
        list of tuple of Arc, or None
            The arcs of each way, the first by the criterion first; empty if there is no way. None
            if the planner is to be asked.

        Raises
        ------
        ChangeError
            If the changes cannot be applied.
        """
        best = self._kernel.best(request, changes)
        if best is None:
            return []
        laid = self._grounds.lay(request, changes)
        if laid is None or not best.numbers:
            return None
        choice = _Choice(request, laid.ground, self._grounds.ends(request))
        pile = choice.ways(np.array(best.numbers, np.int64))
        return None if pile is None else list(self._paths(request, pile, laid))

    def front(
        self, request: RouteRequest, measures: Sequence[Measure], changes: Sequence[Change] = ()
    ) -> list[FrontWay] | None:
        """Find the front as `search.front.find_front`, within the limits of the request.

        Parameters
        ----------
        request
            One that `finder.takes_several`; how many ways it asks for does not matter.
        measures
            What to trade off, each once; what is limited must be among them.
        changes
            What is different in the network.

        Returns
        -------
        list of FrontWay, or None
            In rising order; None if its numbers are too large.

        Raises
        ------
        ChangeError
            If the changes cannot be applied.
        """
        laid = self._grounds.lay(request, changes)
        if laid is None:
            return None
        columns = np.array([_BY_MEASURE[measure] for measure in measures], np.int64)
        choice = _Choice(request, laid.ground, self._grounds.ends(request))
        pile = choice.front(columns)
        paths = self._paths(request, pile, laid)
        values = pile.sums[:, columns].tolist()
        return [FrontWay(tuple(row), path) for row, path in zip(values, paths, strict=True)]

    def _paths(self, request: RouteRequest, pile: Pile, laid: Laid) -> Iterator[tuple[Arc, ...]]:
        make, walks = self._kernel.priced(request).arc, self._kernel.topology.walks
        known: dict[int, Arc] = {}
        for row, length in zip(pile.arcs, pile.length.tolist(), strict=True):
            numbers = row[:length].tolist()
            for number in numbers:
                if number not in known:
                    known[number] = make(number, laid.version(walks[number].edge_id))
            yield tuple([known[number] for number in numbers])


class _Choice:
    """One question on its ground: what `find_candidates` and `choose_ways` do."""

    def __init__(self, request: RouteRequest, ground: Ground, ends: Ends) -> None:
        self._request = request
        self._ground = ground
        self._ends = ends
        self._column = _BY_CRITERION[request.criterion]
        self._limits = read_limits(request.limits)
        self._most = np.full(COLUMNS, _FAR, np.int64)
        for measure, limit in self._limits.items():
            self._most[_BY_MEASURE[measure]] = min(limit, _FAR)

    def ways(self, best: Ints) -> Pile | None:
        """Choose the ways, in order; None if rounding might decide."""
        ground, column = self._ground, self._column
        special = [arcs for arcs in self._special(best) if self._keeps(arcs)]
        trees = self._tree(ground.out, column), self._tree(ground.into, column, backward=True)
        columns, measures = self._traded_off()
        bounds = self._bounds(columns, {column: trees[1]})
        asked = self._request.alternatives
        allowed = np.array([asked.max_overlap, asked.max_overlap**2])
        chosen = _room(asked.k or 1, len(ground.out.first) + 1)

        def taken(pool: Pile, cut: int) -> int:
            if not len(pool.length):
                return 0
            return take(ground, trees, column, self._most, allowed, cut, pool, chosen)

        cut = _FAR
        if column in columns and taken(self._pile(special), _FAR) == len(chosen.length):
            cut = int(chosen.sums[:, column].max())
        while True:
            most = self._most[columns]
            most[columns == column] = np.minimum(most[columns == column], cut)
            width = measures if cut == _FAR else len(columns)
            labels, found = self._labels(columns[:width], measures, bounds, most[:width])
            pool = self._pool(labels, found, special, (best, columns[:measures]))
            many = taken(pool, cut)
            if many == UNSURE:
                return None
            if many == len(chosen.length) or cut == _FAR:
                order = rank(ground, chosen, many, column)
                return Pile(*(part[order] for part in chosen))
            cut = _FAR

    def front(self, columns: Ints) -> Pile:
        """Find the front over columns of values."""
        bounds = self._bounds(columns, {})
        labels, found = self._labels(columns, len(columns), bounds, self._most[columns])
        return traced(self._ground, labels, found, 0, 1)

    def _traded_off(self) -> tuple[Ints, int]:
        """Return the columns traded off, and how many they are without what only cuts the front.

        What is balanced grows with time, cost and CO2e, and is last.
        """
        criterion = self._request.criterion
        measures = list(dict.fromkeys((*TRADE_OFFS, *self._limits)))
        if criterion is Criterion.RELIABILITY and self._limits:
            measures.append(Measure.P90)
        columns = [_BY_MEASURE[measure] for measure in measures]
        if criterion is Criterion.BALANCED:
            columns.append(self._column)
        return np.array(columns, np.int64), len(measures)

    def _special(self, best: Ints) -> Iterator[Ints]:
        """Yield the best way, the surest and the best of each family."""
        ground = self._ground
        yield best
        if self._request.criterion is not Criterion.RELIABILITY:
            yield self._way(self._tree(ground.out, P90, to_leaf=True))
        for number, family in enumerate(FAMILIES):
            column = _BY_CRITERION[family.criterion]
            tree = self._tree(ground.out, column, ALLOWS << number, to_leaf=True)
            arcs = self._way(tree)
            if (ground.flags[arcs] & MAKES << number).any():
                yield arcs

    def _keeps(self, arcs: Ints) -> bool:
        if not self._limits:
            return True
        return bool((self._ground.values[arcs].sum(axis=0) <= self._most).all())

    def _tree(
        self,
        lanes: Lanes,
        column: int,
        bit: int = OPEN,
        *,
        backward: bool = False,
        to_leaf: bool = False,
    ) -> Tree:
        ground, ends = self._ground, self._ends
        roots, leaves = ends.starts, ends.is_goal
        if backward:
            roots, leaves = ends.goals, ends.is_start
        return grow(lanes, ground.values, column, ground.flags, bit, roots, leaves, to_leaf)

    def _way(self, tree: Tree) -> Ints:
        """Return the arcs of the way to the vertex behind all leaves; none if there is none."""
        ground = self._ground
        size = len(ground.out.first) - 1
        arcs = np.empty(size + 1, np.int64)
        count = follow(tree, size, len(ground.values) - 1, arcs, 0)
        return arcs[:count][::-1]

    def _bounds(self, columns: Ints, known: Mapping[int, Tree]) -> Ints:
        """Return what each vertex needs at least to the end, column by column."""
        bounds = np.empty((len(self._ground.out.first), len(columns)), np.int64)
        for place, column in enumerate(columns.tolist()):
            tree = known.get(column) or self._tree(self._ground.into, column, backward=True)
            bounds[:, place] = tree.spent[:, 0]
        bounds[-1] = 0
        return bounds

    def _labels(
        self, columns: Ints, measures: int, bounds: Ints, most: Ints
    ) -> tuple[Labels, Ints]:
        ground = self._ground
        return set_labels(
            ground.out, ground.values, ground.flags, self._ends, columns, bounds, most, measures
        )

    def _pool(
        self, labels: Labels, found: Ints, special: Sequence[Ints], best: tuple[Ints, Ints]
    ) -> Pile:
        """Put special ways behind a front, in which the best way stands for one that equals it.

        `best` is that way, and the columns to compare. Without a front there is no way.
        """
        if not len(found):
            return _room(0, 1)
        ground = self._ground
        pile = traced(ground, labels, found, len(special), max(map(len, (best[0], *special))))
        own = ground.values[best[0]].sum(axis=0)
        same = (pile.sums[: len(found), best[1]] == own[best[1]]).all(axis=1)
        for row in np.flatnonzero(same).tolist():
            self._write(pile, row, best[0])
        for row, arcs in enumerate(special, len(found)):
            self._write(pile, row, arcs)
        return pile

    def _pile(self, ways: Sequence[Ints]) -> Pile:
        pile = _room(len(ways), max(map(len, ways), default=1))
        for row, arcs in enumerate(ways):
            self._write(pile, row, arcs)
        return pile

    def _write(self, pile: Pile, row: int, arcs: Ints) -> None:
        pile.length[row] = len(arcs)
        pile.arcs[row, : len(arcs)] = arcs
        pile.sums[row] = self._ground.values[arcs].sum(axis=0)


def _room(ways: int, longest: int) -> Pile:
    return Pile(
        np.zeros((ways, longest), np.int64),
        np.zeros(ways, np.int64),
        np.zeros((ways, COLUMNS), np.int64),
    )
