"""What an explanation by the clock says of hours; nothing where ways go by averages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.analysis.explain import Verdict
from routeplan.language import hour_text, moment_text
from routeplan.render.figures import duration_text
from routeplan.render.records import moment_iso

if TYPE_CHECKING:
    from datetime import datetime

    from routeplan.analysis.explain import Explanation
    from routeplan.itinerary.model import Itinerary, Leg
    from routeplan.render.way import Step


def is_timed(explanation: Explanation) -> bool:
    """Whether the ways go by the clock."""
    return explanation.best.arrive is not None


def hours_apart(explanation: Explanation) -> dict[str, float]:
    """Return by how many hours the other way departs and arrives later than the best."""
    return {
        name: _hours_between(moments[0], moments[1])
        for name, moments in _moments(explanation).items()
    }


def hour_rows(explanation: Explanation) -> list[tuple[str, str, str, str]]:
    """Return when both ways leave and arrive, as the rows of totals have it."""
    titles = {"depart": "Leaves", "arrive": "Arrives"}
    rows = []
    for name, (best, other) in _moments(explanation).items():
        later_h = _hours_between(best, other)
        sign = "+" if later_h > 0 else "-" if later_h < 0 else ""
        apart = f"{sign}{duration_text(abs(later_h))}"
        rows.append((titles[name], hour_text(best), hour_text(other), apart))
    return rows


def hour_sentence(explanation: Explanation) -> str:
    """Say when the other way arrives or, where the arrival is asked for, when it must leave."""
    moments = _moments(explanation)
    if not moments:
        return ""
    due = explanation.plan.request.arrive_by is not None
    best, other = moments["depart" if due else "arrive"]
    later_h = _hours_between(best, other)
    barred = explanation.verdict is Verdict.NOT_ALLOWED
    verb = (
        ("would have to leave by" if barred else "must leave by")
        if due
        else ("would arrive" if barred else "arrives")
    )
    lead = f"It {verb} {moment_text(other)}"
    if not later_h:
        return f"{lead}, as the best does."
    apart = f"{duration_text(abs(later_h))} {'later' if later_h > 0 else 'earlier'}"
    return f"{lead}, {apart} than the best ({moment_text(best)})."


def step_hours(step: Step | None) -> dict[str, str | None]:
    """Return when a step departs and arrives, in the local time of its places."""
    times = step.times if step else None
    if times is None:
        return {"depart": None, "arrive": None}
    return {"depart": moment_iso(times[0]), "arrive": moment_iso(times[1])}


def arrival_text(legs: tuple[Leg, ...]) -> str:
    """Write when the last of some legs arrives; empty for none, or by averages."""
    times = legs[-1].times if legs else None
    return hour_text(times.arrive) if times else ""


def _moments(explanation: Explanation) -> dict[str, tuple[datetime, datetime]]:
    """Return when the best and the other depart and arrive."""
    best, other = explanation.best, explanation.other
    if other is None or not is_timed(explanation):
        return {}
    return {name: (_at(best, name), _at(other, name)) for name in ("depart", "arrive")}


def _at(way: Itinerary, name: str) -> datetime:
    found = way.depart if name == "depart" else way.arrive
    assert found is not None  # noqa: S101 - both ways go by the clock
    return found


def _hours_between(first: datetime, then: datetime) -> float:
    return (then.timestamp() - first.timestamp()) / 3600
