"""Best ways as their arcs; equal ways of one engine are one object, to be known again."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Generic, TypeVar

from routeplan.graph.costing import CostVector

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from routeplan.graph.model import Arc
    from routeplan.kernel.prices import Prices
    from routeplan.kernel.versions import Version

_REMEMBERED = 4096
"""For each engine; about 1 kB each."""


class Way:
    """A best way.

    Parameters
    ----------
    prices
        Make arcs of numbers.
    arcs, versions
        The number of each arc, and the version of its edge, None for an unchanged one.
    """

    __slots__ = ("_numbers", "_prices", "_versions")

    def __init__(
        self, prices: Prices, arcs: Sequence[int], versions: Sequence[Version | None]
    ) -> None:
        self._prices = prices
        self._numbers = array("i", arcs)
        self._versions = tuple(versions)

    @property
    def arcs(self) -> tuple[Arc, ...]:
        """The arcs in order, as an itinerary is built of them."""
        return tuple([self._prices.arc(*step) for step in self._steps()])

    @property
    def total(self) -> CostVector:
        """What the arcs add up to."""
        vectors = [self._prices.vector(*step) for step in self._steps()]
        return CostVector(*(map(sum, zip(*vectors, strict=True)) if vectors else [0] * 5))

    @property
    def numbers(self) -> Sequence[int]:
        """The number of each arc."""
        return [number for number, _ in self._steps()]

    @property
    def key(self) -> Hashable:
        """Equal for equal ways of one engine, and small; to be remembered instead of the way."""
        return self

    def _steps(self) -> Iterable[tuple[int, Version | None]]:
        return zip(self._numbers, self._versions, strict=True)


Found = TypeVar("Found", bound=Way)


class Ways(Generic[Found]):
    """The ways found so far, by keys that equal ways have, and no others."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Found] = {}

    def find(self, key: Hashable) -> Found | None:
        """Return the way of a key, if it is known."""
        return self._known.get(key)

    def add(self, key: Hashable, way: Found) -> Found:
        """Add a way and return it."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known[key] = way
        return way
