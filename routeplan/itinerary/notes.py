"""What a reader should know beside the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.itinerary.gaps import door_notes
from routeplan.itinerary.note import Note
from routeplan.itinerary.shelf_life import shelf_life_h
from routeplan.network.vocabulary import EdgeKind, Metric, Mode, Status
from routeplan.units import HOURS_PER_DAY, days_text, money_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
            found.setdefault(Note("Way {rank}: {note}", rank=str(rank), note=text))
    return (*door_notes(request, itineraries), *found)


def unchanged_text(before: Itinerary | None) -> str:
    """Say what there is without a scenario's changes, where with them there is no way.

    Parameters
    ----------
    before
        The first way without the changes, or None.
    """
    if before is None:
        return "Without the changes there is none either."
    totals = before.totals
    return (
        f"Without the changes there is: {days_text(totals.time_h_p50)} (P50), "
        f"{money_text(totals.cost_usd)} USD."
    )


def _warnings(request: RouteRequest, itinerary: Itinerary) -> Iterator[str]:
    for leg in itinerary.legs:
        ends = {"start": leg.start, "end": leg.end, "mode": str(leg.mode)}
        if leg.lots > 1:
            yield _lots_text(request, leg)
        if leg.edge.status is Status.RESTRICTED:
            yield Note("{start} - {end} by {mode} is restricted.", **ends)
        if leg.edge.status is Status.PLANNED:
            yield _planned_text(leg, ends)
        for metric, word in _COUNTED.items():
            if leg.kind in _CARRIED and metric not in leg.evidence:
                yield Note(
                    "no {word} is known for {start} - {end} by {mode}; it is counted as 0.",
                    word=word,
                    **ends,
                )
    nowhere = {n.node_id for leg in itinerary.legs for n in (leg.start, leg.end) if not n.timezone}
    if nowhere and request.is_timed:
        yield Note(
            "{count} of its places have no time zone; their hours are UTC.", count=str(len(nowhere))
        )
    yield from _shelf_life_text(request, itinerary)


def _shelf_life_text(request: RouteRequest, itinerary: Itinerary) -> Iterator[str]:
    """Say how often a way is too long for a cargo that keeps only so long."""
    keeps_h, totals = shelf_life_h(request), itinerary.totals
    if keeps_h is None or totals.time_h_p90 <= keeps_h:
        return
    cargo = request.shipment.cargo
    keeps = {"cargo": cargo.name or cargo.cargo_id, "days": f"{keeps_h / HOURS_PER_DAY:g}"}
    if totals.time_h_p50 > keeps_h:
        yield Note(
            "{cargo} keeps {days} days; half the time this way takes more than {p50} d: it comes "
            "after any that holds.",
            p50=days_text(totals.time_h_p50).removesuffix(" d"),
            **keeps,
        )
        return
    yield Note(
        "{cargo} keeps {days} days; one time in ten this way takes more than {p90} d.",
        p90=days_text(totals.time_h_p90).removesuffix(" d"),
        **keeps,
    )


def _planned_text(leg: Leg, ends: Mapping[str, object]) -> str:
    if not leg.edge.open_from:
        return Note("{start} - {end} by {mode} is planned.", **ends)
    text = "{start} - {end} by {mode} is planned, announced for {day}."
    return Note(text, day=leg.edge.open_from, **ends)


def _lots_text(request: RouteRequest, leg: Leg) -> str:
    return Note(
        "{mass} t go from {start} to {end} on {lots} {carrier}, at most {most} t each; the time is "
        "until the last arrives.",
        mass=f"{request.shipment.mass_t:g}",
        start=leg.start,
        end=leg.end,
        lots=str(leg.lots),
        carrier=_CARRIER.get(leg.mode, "departures"),
        most=f"{leg.edge.max_lot_t:g}",
    )
