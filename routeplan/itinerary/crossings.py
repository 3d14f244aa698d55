"""Where a way goes from one country into another, by land, water or air."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from routeplan.network.vocabulary import Mode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.itinerary.model import Leg

_LAND = (Mode.RAIL, Mode.ROAD)


class Crossing(NamedTuple):
    """A leg that begins in one country and ends in another.

    Parameters
    ----------
    number
        Of the leg in its way, from 1.
    leg
        Its start is the post or port left, its end the one entered.
    """

    number: int
    leg: Leg

    @property
    def is_land(self) -> bool:
        """Whether it is a land border, not a port or an airport to another."""
        return self.leg.mode in _LAND


def crossings(legs: Sequence[Leg]) -> list[Crossing]:
    """List the crossings of a way, in order."""
    return [
        Crossing(number, leg)
        for number, leg in enumerate(legs, 1)
        if leg.start.country != leg.end.country
    ]
