"""What a reader should know beside the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.network.vocabulary import EdgeKind, Metric, Mode, Status
from routeplan.units import days_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routeplan.itinerary.model import Itinerary, Leg
    from routeplan.scenario.request import RouteRequest

_CARRIED = (EdgeKind.MOVE, EdgeKind.ACCESS)
_COUNTED = {Metric.TIME: "time", Metric.COST: "price", Metric.CO2E: "emission factor"}
_CARRIER = {Mode.AIR: "flights", Mode.SEA: "sailings", Mode.FERRY: "sailings"}


def plan_warnings(request: RouteRequest, itineraries: Sequence[Itinerary]) -> tuple[str, ...]:
    """List what the numbers of a plan do not say by themselves; each warning once."""
    found: dict[str, None] = {}
    for rank, itinerary in enumerate(itineraries, start=1):
        for text in _warnings(request, itinerary):
            found.setdefault(f"Way {rank}: {text}")
    return tuple(found)


def _warnings(request: RouteRequest, itinerary: Itinerary) -> Iterator[str]:
    for leg in itinerary.legs:
        if leg.lots > 1:
            yield _lots_text(request, leg)
        if leg.edge.status is Status.RESTRICTED:
            yield f"{leg.start.name} - {leg.end.name} by {leg.mode} is restricted."
        if leg.edge.status is Status.PLANNED:
            opening = f", announced for {leg.edge.open_from}" if leg.edge.open_from else ""
            yield f"{leg.start.name} - {leg.end.name} by {leg.mode} is planned{opening}."
        for metric, word in _COUNTED.items():
            if leg.kind in _CARRIED and metric not in leg.evidence:
                yield (
                    f"no {word} is known for {leg.start.name} - {leg.end.name} by {leg.mode}; "
                    "it is counted as 0."
                )
    keeps_days = request.shipment.cargo.max_transit_days
    if keeps_days is not None and itinerary.totals.time_h_p90 > keeps_days * 24:
        yield (
            f"{request.shipment.cargo.name or request.shipment.cargo.cargo_id} keeps "
            f"{keeps_days:g} days; one time in ten this way takes more than "
            f"{days_text(itinerary.totals.time_h_p90)}."
        )


def _lots_text(request: RouteRequest, leg: Leg) -> str:
    carrier = _CARRIER.get(leg.mode, "departures")
    return (
        f"{request.shipment.mass_t:g} t go from {leg.start.name} to {leg.end.name} on {leg.lots} "
        f"{carrier}, at most {leg.edge.max_lot_t:g} t each; the time is until the last arrives."
    )
