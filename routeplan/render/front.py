"""The front of trade-offs for people: a plot of time against cost, and its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.language import say
from routeplan.render.figures import days_text, kg_text, money_text
from routeplan.render.way import way_text
from routeplan.units import HOURS_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.text import Text

    from routeplan.itinerary.model import Plan


def front_title(plan: Plan) -> str:
    """Say what the front is of and how many ways it has."""
    measures = _listed([say(_NAMES[str(measure)]) for measure in plan.request.front])
    if len(plan.front) == 1:
        return say("Front: 1 way is beaten by no other in {measures} together", measures=measures)
    return say(
        "Front: {many} ways are beaten by no other in {measures} together",
        many=len(plan.front),
        measures=measures,
    )


_NAMES = {
    "time": "average time",
    "cost": "cost",
    "co2": "CO2e",
    "p90": "the sum of 90th percentiles",
    "transshipments": "transshipments",
}


def front_table(plan: Plan) -> list[dict[str, Any]]:
    """Return the rows of the front for a table or Markdown, in the order of the first measure."""
    from routeplan.render.records import front_rows

    prices = plan.prices
    return [
        {
            "": row["number"],
            "Listed as": row["rank"],
            "Average": days_text(itinerary.totals.time_h),
            "P50": days_text(itinerary.totals.time_h_p50),
            "P90": days_text(itinerary.totals.time_h_p90),
            prices.currency.upper(): money_text(prices.shown(itinerary.totals.cost_usd)),
            "kg CO2e": kg_text(itinerary.totals.co2e_kg),
            "Changes": itinerary.totals.transshipments,
            "Way": way_text(itinerary),
        }
        for row, itinerary in zip(front_rows(plan), plan.front, strict=True)
    ]


def front_drawing(plan: Plan, console: Console) -> Text:
    """Draw cost against time: numbers are the ways of the list, dots the rest of the front."""
    from routeplan.render.draw.front import FrontPoint
    from routeplan.render.draw.terminal import front_terminal

    prices = plan.prices
    points = [
        FrontPoint(
            way=rank,
            name="",
            days_p10=totals.time_h_p10 / HOURS_PER_DAY,
            days=totals.time_h_p50 / HOURS_PER_DAY,
            days_p90=totals.time_h_p90 / HOURS_PER_DAY,
            cost=prices.shown(totals.cost_usd),
        )
        for rank, totals in enumerate((way.totals for way in plan.itineraries), 1)
    ]
    front = [
        (way.totals.time_h_p50 / HOURS_PER_DAY, prices.shown(way.totals.cost_usd))
        for way in plan.front
    ]
    return front_terminal(points, console, currency=prices.currency.upper(), front=front)


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return say("{first} and {last}", first=", ".join(most), last=last) if most else last
