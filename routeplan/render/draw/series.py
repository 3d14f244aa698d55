"""Values for the charts of a plan, from its page record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.language import say
from routeplan.render.draw.bars import RangeBar
from routeplan.render.draw.distance import Profile
from routeplan.render.draw.front import FrontPoint
from routeplan.render.draw.scene import MODE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

COST_STYLES = {
    **{name: style for style, name in MODE_NAMES.items()},
    "handling": "handling",
    "borders": "formalities",
}
"""Part of a cost -> class that colours it."""
_STEP_STYLES = {"transship": "handling", "gauge_change": "handling", "border": "formalities"}
_NAMED_SHARE = 0.012
"""A vertical step below this share of the total is drawn without a name."""


def money(record: dict[str, Any], usd: float) -> float:
    """Return an amount in the currency the page shows."""
    rate: float = record["money"]["usd"]
    return usd / rate


def front_points(record: dict[str, Any]) -> list[FrontPoint]:
    """Return each way's time and cost."""
    return [
        FrontPoint(
            way=way["rank"],
            name=way["label"],
            days_p10=totals["time_h_p10"] / 24,
            days=totals["time_h_p50"] / 24,
            days_p90=totals["time_h_p90"] / 24,
            cost=money(record, totals["cost_usd"]),
        )
        for way, totals in _ways(record)
    ]


def range_bars(record: dict[str, Any]) -> list[RangeBar]:
    """Return each way's days in percentiles."""
    return [
        RangeBar(
            way["rank"],
            way["label"],
            totals["time_h_p10"] / 24,
            totals["time_h_p50"] / 24,
            totals["time_h_p90"] / 24,
            totals["time_h"] / 24,
        )
        for way, totals in _ways(record)
    ]


def profiles(record: dict[str, Any], value: str) -> list[Profile]:
    """Return what adds up along each way.

    Parameters
    ----------
    record
        A page record.
    value
        `days`, of averages, which add up; or `cost`.
    """
    return [_profile(record, way, value) for way in record["ways"]]


def cost_stacks(record: dict[str, Any]) -> list[tuple[int, str, dict[str, float]]]:
    """Return each way's cost by what it is paid for."""
    found = []
    for way in record["ways"]:
        parts: dict[str, float] = {}
        for step in way["steps"]:
            part = _part(step)
            parts[part] = parts.get(part, 0.0) + money(record, step["cost_usd"])
        found.append((way["rank"], way["label"], parts))
    return found


def _part(step: dict[str, Any]) -> str:
    if step["kind"] in ("transship", "gauge_change"):
        return "handling"
    return "borders" if step["kind"] == "border" else MODE_NAMES[step["mode"]]


def _ways(record: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for way, itinerary in zip(record["ways"], record["plan"]["itineraries"], strict=True):
        yield way, itinerary["totals"]


def _profile(record: dict[str, Any], way: dict[str, Any], value: str) -> Profile:
    amounts = [_amounts(record, step, value) for step in way["steps"]]
    whole = sum(waiting + doing for waiting, doing in amounts)
    km = total = 0.0
    corners, named = [(0.0, 0.0, "")], []
    for step, (waiting, doing) in zip(way["steps"], amounts, strict=True):
        before = total
        moves = step["kind"] in ("move", "access")
        if waiting:
            total += waiting
            corners.append((km, total, "waiting"))
        style = step["mode"] if moves else _STEP_STYLES[step["kind"]]
        rise, at = (total if moves else total + doing) - before, km
        top = before + rise
        total += doing
        km += step["distance_km"]
        corners.append((km, total, style))
        if rise > _NAMED_SHARE * whole:
            where = record["places"][step["from"]]["name"]
            what = say("wait for {step}", step=step["action"]) if moves else step["action"]
            named.append((at, top, f"{where}: {what}", "waiting" if moves else style))
    return Profile(way["rank"], way["label"], tuple(corners), tuple(named))


def _amounts(record: dict[str, Any], step: dict[str, Any], value: str) -> tuple[float, float]:
    """Return what a step adds by waiting, and by what is done then."""
    if value == "days":
        return step["wait_h"] / 24, step["time_h"] / 24
    return 0.0, money(record, step["cost_usd"])
