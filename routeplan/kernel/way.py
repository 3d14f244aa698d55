"""Best ways as their arcs; equal ways of one engine are one object, to be known again."""

from __future__ import annotations

from array import array
from functools import cached_property
from typing import TYPE_CHECKING

from routeplan.graph.costing import CostVector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.graph.model import Arc
    from routeplan.kernel.prices import Prices
    from routeplan.kernel.versions import Version

_REMEMBERED = 4096


class Way:
    """A best way.

    Parameters
    ----------
    prices
        Make arcs of numbers.
    arcs, versions
        The number of each arc, and the version of its edge, None for an unchanged one.
    total
        What the arcs add up to, if it is known.
    """

    def __init__(
        self,
        prices: Prices,
        arcs: Sequence[int],
        versions: Sequence[Version | None],
        total: CostVector | None = None,
    ) -> None:
        self._prices = prices
        self._numbers = array("i", arcs)
        self._versions = tuple(versions)
        if total is not None:
            self.total = total

    @cached_property
    def arcs(self) -> tuple[Arc, ...]:
        """The arcs in order, as an itinerary is built of them."""
        return tuple(map(self._prices.arc, self._numbers, self._versions))

    @cached_property
    def total(self) -> CostVector:
        """What the arcs add up to."""
        vector = self._prices.vector
        vectors = [vector(arc, v) for arc, v in zip(self._numbers, self._versions, strict=True)]
        return CostVector(*(map(sum, zip(*vectors, strict=True)) if vectors else [0] * 5))


class Ways:
    """The ways found so far.

    Parameters
    ----------
    prices
        Of their arcs.
    """

    def __init__(self, prices: Prices) -> None:
        self._prices = prices
        self._known: dict[object, Way] = {}

    def get(self, arcs: Sequence[int], versions: Sequence[Version | None]) -> Way:
        """Return the way of some arcs."""
        return self.find((*arcs, *versions)) or self.add((*arcs, *versions), arcs, versions)

    def find(self, key: object) -> Way | None:
        """Return the way that was added under a key."""
        return self._known.get(key)

    def add(
        self,
        key: object,
        arcs: Sequence[int],
        versions: Sequence[Version | None],
        total: CostVector | None = None,
    ) -> Way:
        """Add a way under a key that equal ways have, and no others; `total` as for `Way`."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        way = self._known[key] = Way(self._prices, arcs, versions, total)
        return way
