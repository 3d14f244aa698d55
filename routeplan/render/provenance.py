"""Where each number of a way is from: one row per leg and number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.network.vocabulary import Metric
from routeplan.render.listing import listing_text
from routeplan.render.output import Format
from routeplan.render.records import leg_value
from routeplan.render.way import label

if TYPE_CHECKING:
    from routeplan.itinerary.evidence import Evidence
    from routeplan.itinerary.model import Itinerary, Plan
    from routeplan.render.output import Look

_LEAST_WIDTH = {"as_of": 80, "basis": 110}


def provenance_rows(itinerary: Itinerary, rank: int) -> list[dict[str, Any]]:
    """List every number of a way with unit, year, confidence, the row that holds it and sources."""
    rows = []
    for number, leg in enumerate(itinerary.legs, start=1):
        for metric in Metric:
            if metric in leg.evidence:
                value, unit = leg_value(leg, metric)
                shown = (rank, number, f"{label(leg.start)} - {label(leg.end)}")
                rows.append(_row(shown, str(metric), value, unit, leg.evidence[metric]))
                rows += [
                    _row(shown, f"{metric}, of it", part.amount, unit, part.evidence)
                    for part in leg.parts
                    if part.metric is metric
                ]
    return rows


def _row(
    shown: tuple[int, int, str], number: str, value: float, unit: str, evidence: Evidence
) -> dict[str, Any]:
    way, leg, where = shown
    return {
        "way": way,
        "leg": leg,
        "where": where,
        "number": number,
        "value": round(value, 2),
        "unit": unit,
        "confidence": str(evidence.confidence),
        "as_of": evidence.as_of,
        "sources": " ".join(evidence.source_ids),
        "basis": evidence.basis,
        "note": evidence.note,
    }


def provenance_text(plan: Plan, form: Format, look: Look) -> str:
    """Write the provenance of a plan: the first way as a table, every way in the other formats."""
    rows = [
        row
        for rank, itinerary in enumerate(plan.itineraries, start=1)
        for row in provenance_rows(itinerary, rank)
    ]
    if form is not Format.TABLE:
        return listing_text(rows, form, "Sources", look=look)
    hidden = ("way", "note")
    first = [
        {key: value for key, value in row.items() if key not in hidden}
        for row in rows
        if row["way"] == 1
    ]
    title = "Way 1, where each number is from (routeplan sources NAME gives the address)"
    return listing_text(first, form, title, look=look, least_width=_LEAST_WIDTH)
