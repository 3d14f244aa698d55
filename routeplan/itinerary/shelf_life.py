"""Cargo that keeps only so long: the ways that usually take longer come after those that hold.

What counts is the median door to door: a way that is too long half the time is no way to send the
cargo, but the reader is told of it rather than left to wonder. The rarer case, one time in ten, is
a warning (`itinerary.notes`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from routeplan.units import HOURS_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from routeplan.itinerary.model import Itinerary
    from routeplan.scenario.request import RouteRequest

PAST_SHELF_LIFE = "past shelf life"
BEST_WITHIN = "best within shelf life"


def shelf_life_h(request: RouteRequest) -> float | None:
    """Return the hours the cargo keeps; None where its type sets no limit."""
    days = request.shipment.cargo.max_transit_days
    return None if days is None else days * HOURS_PER_DAY


def rank_shelf_life(
    request: RouteRequest, itineraries: Sequence[Itinerary], spares: Iterable[Itinerary]
) -> tuple[Itinerary, ...]:
    """Put the ways whose median is beyond the shelf life behind the others, and mark them.

    Parameters
    ----------
    request
        Its cargo says how long it keeps.
    itineraries
        The ways listed, in order.
    spares
        Ways that are not listed, the best first; asked only if none that is listed holds.

    Returns
    -------
    tuple of Itinerary
        In the same order but for those past the shelf life. Where none listed holds and a spare
        does, it stands first; a list of k ways then loses its last.
    """
    keeps_h = shelf_life_h(request)
    if keeps_h is None:
        return tuple(itineraries)
    holding = [way for way in itineraries if way.totals.time_h_p50 <= keeps_h]
    past = [way for way in itineraries if way.totals.time_h_p50 > keeps_h]
    if not past:
        return tuple(itineraries)
    if not holding:
        found = next((way for way in spares if way.totals.time_h_p50 <= keeps_h), None)
        holding = [found] if found else []
        k = request.alternatives.k
        past = past if k is None else past[: k - len(holding)]
    if holding and holding[0] is not itineraries[0]:
        first = holding[0]
        holding[0] = replace(first, tags=(BEST_WITHIN, *first.tags))
    return (*holding, *(replace(way, tags=(*way.tags, PAST_SHELF_LIFE)) for way in past))
