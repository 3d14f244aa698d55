"""Totals along the branches of a tree of best ways.

All totals are whole numbers, so that neither the order of the legs nor the direction of the search
can change one: cents, grams, billionths of a dollar, and hours and kilometres in units of 2^-64.
"""

from __future__ import annotations

from operator import add
from typing import TYPE_CHECKING

from routeplan.analysis.matrix import Cell, Status
from routeplan.graph.model import JOIN
from routeplan.itinerary.build import build_leg, leg_elements
from routeplan.scenario.request import DRAWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from routeplan.graph.model import Arc
    from routeplan.itinerary.model import Leg
    from routeplan.network.model import Network
    from routeplan.search.trees import Lightest

    Numbers = tuple[int, ...]
    Draws = NDArray[np.float64]

_UNIT = 2.0**64
_NOTHING = (0, 0, 0, 0, 0)
_HOURS = 3
_ALIKE = 1 << 34
"""A billionth of an hour: averages of one duration in two rows may differ in their last digit."""

_MOST_VARIANTS = 8
_AT = tuple(round(share * (DRAWS - 1)) for share in (0.1, 0.5, 0.9))
"""Where the percentiles stand among sorted draws; as `risk.simulate.percentiles_of`."""


class Priced:
    """What each arc adds to a way, worked out when it is first walked.

    Parameters
    ----------
    network
        The facts.
    arcs
        Those that may be walked.

    Attributes
    ----------
    used
        Indices of the arcs that stand on a best way.
    """

    def __init__(self, network: Network, arcs: Sequence[Arc]) -> None:
        self.arcs = arcs
        self.used: set[int] = set()
        self._network = network
        self._common_share = network.parameter("journey_common_share", 0.0)
        self._numbers: dict[int, Numbers] = {JOIN: _NOTHING}
        self._legs: dict[int, Leg] = {}
        self._draws: dict[int, Draws] = {}
        self._positions: dict[int, int] | None = None

    def numbers(self, index: int) -> Numbers:
        """Return what an arc adds to the totals."""
        found = self._numbers.get(index)
        if found is None:
            arc = self.arcs[index]
            mean_h = arc.costs.time_h.mean + arc.costs.wait_h.mean
            found = self._numbers[index] = (
                arc.vector.cost_cents,
                arc.vector.co2e_g,
                arc.vector.generalised_nanousd,
                int(mean_h * _UNIT),
                int(arc.costs.distance_km * _UNIT),
            )
        return found

    def leg(self, index: int) -> Leg:
        """Return an arc as a leg."""
        if index not in self._legs:
            self._legs[index] = build_leg(self._network, self.arcs[index])
        return self._legs[index]

    def used_legs(self) -> list[Leg]:
        """List the arcs that stand on a best way as legs, in order of edge id."""
        return [self.leg(index) for index in sorted(self.used - {JOIN})]

    def draws(self, index: int) -> Draws:
        """Draw the hours of an arc. Causes draw the same numbers everywhere, so that these add up.

        They are whole multiples of 2^-20 h (`risk.quantiles`): the sums are exact.
        """
        from routeplan.risk.simulate import by_cause
        from routeplan.risk.vectorised import sum_array

        if index not in self._draws:
            causes = by_cause(leg_elements(self.leg(index)))
            self._draws[index] = sum_array(causes, self._common_share, DRAWS)
        return self._draws[index]

    def cell(self, indices: Sequence[int], total: Numbers, spread: Draws | None) -> Cell:
        """Make the cell of a way.

        Parameters
        ----------
        indices
            Its arcs in order, if its legs are wanted; else empty.
        total
            What they add up to.
        spread
            Draws of its hours, if percentiles are wanted; else None.
        """
        cents, grams, nanousd, time_units, km_units = total
        cell = Cell(
            Status.OK,
            time_units / _UNIT,
            cents / 100,
            grams / 1000,
            nanousd / 1e9,
            km_units / _UNIT,
            legs=tuple(self.leg(index) for index in indices),
        )
        if spread is None:
            return cell
        import numpy as np

        p10, p50, p90 = np.partition(spread, _AT)[list(_AT)].tolist()
        return cell._replace(time_h_p10=p10, time_h_p50=p50, time_h_p90=p90)

    def whole(self, path: Iterable[Arc], *, percentiles: bool, ways: bool) -> Cell:
        """Make the cell of a way that is given arc by arc."""
        if self._positions is None:
            self._positions = {id(arc): index for index, arc in enumerate(self.arcs)}
        indices = [self._positions[id(arc)] for arc in path]
        self.used.update(indices)
        total = tuple(map(sum, zip(*map(self.numbers, indices), strict=True)))
        spread = sum(self.draws(index) for index in indices) if percentiles else None
        return self.cell(indices if ways else (), total, spread)  # type: ignore[arg-type]  # sum() of arrays


class Branches:
    """The branches of one tree that lead to the places asked about.

    Parameters
    ----------
    priced
        What arcs add.
    lightest, root
        What is searched, and from where.
    leaves
        Vertices of the places.
    percentiles
        Whether draws are added up as well.

    Attributes
    ----------
    totals
        What the way to each vertex adds up to; of those on branches that lead to a leaf.
    tied
        Vertices with another way equal in criterion and generalised cost.
    """

    def __init__(
        self,
        priced: Priced,
        lightest: Lightest,
        root: int,
        leaves: Iterable[int],
        *,
        percentiles: bool,
    ) -> None:
        self._priced, self._lightest = priced, lightest
        self._tree = lightest.tree(root)
        self._draws: dict[int, Draws] = {}
        self._variants: dict[int, frozenset[Numbers] | None] = {}
        self.totals: dict[int, Numbers] = {root: _NOTHING}
        self.tied: set[int] = set()
        for vertex in self._tree.towards(leaves):
            self._take(vertex, percentiles=percentiles)

    def _take(self, vertex: int, *, percentiles: bool) -> None:
        """Add the last arc to what the way before it adds up to."""
        before = self._tree.before[vertex]
        arcs = self._lightest.best[before[0], vertex]
        last = self._priced.numbers(arcs[0])
        self._priced.used.add(arcs[0])
        self.totals[vertex] = tuple(map(add, self.totals[before[0]], last))
        if len(before) > 1 or len(arcs) > 1 or not self.tied.isdisjoint(before):
            self.tied.add(vertex)
            self._variants[vertex] = self._joined(vertex, before)
        if percentiles:
            reached = self._draws.get(before[0])
            if arcs[0] != JOIN:
                own = self._priced.draws(arcs[0])
                self._draws[vertex] = own if reached is None else reached + own
            elif reached is not None:
                self._draws[vertex] = reached

    def _joined(self, vertex: int, before: Sequence[int]) -> frozenset[Numbers] | None:
        """Gather what the tied ways to a vertex add up to; None where they are too many to tell."""
        found: set[Numbers] = set()
        for tail in before:
            totals = self._variants.get(tail, frozenset({self.totals.get(tail, ())}))
            if totals is None or () in totals:
                return None
            for index in self._lightest.best[tail, vertex]:
                own = self._priced.numbers(index)
                found.update(tuple(map(add, total, own)) for total in totals)
            if len(found) > _MOST_VARIANTS:
                return None
        return frozenset(found)

    def is_certain(self, leaf: int) -> bool:
        """Whether all ways that tie for a leaf add up to the same."""
        if leaf not in self.tied:
            return True
        totals = self._variants[leaf]
        if totals is None:
            return False
        hours = [total[_HOURS] for total in totals]
        return max(hours) - min(hours) <= _ALIKE and len({_without_hours(t) for t in totals}) == 1

    def path(self, leaf: int) -> list[int]:
        """List the indices of the arcs from the root to a leaf."""
        found = []
        vertex = leaf
        while self._tree.before[vertex]:
            tail = self._tree.before[vertex][0]
            index = self._lightest.best[tail, vertex][0]
            if index != JOIN:
                found.append(index)
            vertex = tail
        return found[::-1]

    def draws(self, leaf: int) -> Draws | None:
        """Return the draws of the way to a leaf, if they were wanted."""
        return self._draws.get(leaf)


def _without_hours(total: Numbers) -> Numbers:
    return (*total[:_HOURS], *total[_HOURS + 1 :])
