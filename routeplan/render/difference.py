"""What changed between two versions of the data, and what that does to reference journeys."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from routeplan.render.listing import json_text, listing_text
from routeplan.render.output import Format

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from routeplan.analysis.diff import JourneyChange, RowChange
    from routeplan.itinerary.model import Totals
    from routeplan.render.output import Look

DIFF_FORMATS = (Format.TABLE, Format.JSON, Format.CSV, Format.TSV, Format.MD)


def difference_text(
    rows: Sequence[RowChange], journeys: Sequence[JourneyChange], form: Format, look: Look
) -> str:
    """Write a comparison of two versions; CSV and TSV hold the changed rows only."""
    changes = [asdict(row) for row in rows]
    effects = [_effect(journey) for journey in journeys]
    if form is Format.JSON:
        return json_text({"schema": "routeplan/diff/1", "rows": changes, "journeys": effects})
    if form in (Format.CSV, Format.TSV):
        return listing_text(changes, form, "")
    if not rows:
        return "The two versions hold the same rows.\n"
    listed = listing_text(changes, form, _count(len(changes)), look=look)
    shown = [
        {
            "journey": effect["journey"],
            "way": _way(journey),
            "days": _arrow(effect["days_p50"]),
            "USD": _arrow(effect["cost_usd"]),
            "kg CO2e": _arrow(effect["co2e_kg"]),
        }
        for journey, effect in zip(journeys, effects, strict=True)
    ]
    return f"{listed}\n{listing_text(shown, form, 'Best way of the reference journeys', look=look)}"


def _count(changes: int) -> str:
    return "1 change" if changes == 1 else f"{changes} changes"


def _way(journey: JourneyChange) -> str:
    """Say what became of the best way."""
    if journey.same_way:
        return "same"
    if journey.old is None:
        return "none" if journey.new is None else "new"
    return "lost" if journey.new is None else "another"


def _effect(journey: JourneyChange) -> dict[str, Any]:
    return {
        "journey": journey.name,
        "same_way": journey.same_way,
        "days_p50": _pair(journey, lambda t: round(t.time_h_p50 / 24, 2)),
        "cost_usd": _pair(journey, lambda t: round(t.cost_usd)),
        "co2e_kg": _pair(journey, lambda t: round(t.co2e_kg)),
    }


def _pair(journey: JourneyChange, read: Callable[[Totals], float]) -> list[float | None]:
    totals: tuple[Totals | None, Totals | None] = (journey.old, journey.new)
    return [None if total is None else read(total) for total in totals]


def _arrow(pair: Sequence[float | None]) -> str:
    old, new = ("no way" if value is None else f"{value:g}" for value in pair)
    if old == new:
        return old
    change = ""
    if pair[0] and pair[1]:
        change = f" ({pair[1] / pair[0] - 1:+.1%})"
    return f"{old} -> {new}{change}"
