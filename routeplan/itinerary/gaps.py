"""How much of an answer is estimated by a straight line, and what else a door means for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.itinerary.note import Note
from routeplan.scenario.door import is_estimate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routeplan.itinerary.model import Itinerary, Leg
    from routeplan.scenario.request import RouteRequest


def estimated_km(itinerary: Itinerary) -> float:
    """Return the km of a way that are a straight line made longer, not a road that is known."""
    return sum(leg.distance_km for leg in itinerary.legs if is_estimate(leg.edge.edge_id))


def door_notes(request: RouteRequest, itineraries: Sequence[Itinerary]) -> Iterator[Note]:
    """Say what was found online, and which stretches are estimated, each once with its ways."""
    for door in request.doors:
        if door.found:
            yield Note(
                "{place} was looked up online and taken for: {address} (Nominatim, © OpenStreetMap "
                "contributors).",
                place=door.node,
                address=door.found,
            )
    straight_km = {
        door.edge_id(link): link.straight_km
        for door in request.doors
        for link in door.links
        if link.straight_km is not None
    }
    used: dict[str, tuple[Leg, dict[int, None]]] = {}
    for rank, itinerary in enumerate(itineraries, start=1):
        for leg in itinerary.legs:
            if leg.edge.edge_id in straight_km:
                used.setdefault(leg.edge.edge_id, (leg, {}))[1][rank] = None
    for edge_id, (leg, ranks) in used.items():
        yield Note(
            "{start} - {end}: {km} km by truck are estimated from a straight line of {straight} "
            "km, no road was looked up (ways: {ways}).",
            start=leg.start,
            end=leg.end,
            km=f"{leg.distance_km:.0f}",
            straight=f"{straight_km[edge_id]:.0f}",
            ways=", ".join(map(str, ranks)),
        )
