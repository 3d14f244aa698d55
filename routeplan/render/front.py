"""The front of trade-offs for people: a plot of time against cost, and its table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from routeplan.language import say
from routeplan.render.figures import days_text, kg_text, money_text
from routeplan.render.records import front_rows
from routeplan.render.way import way_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.itinerary.model import Itinerary, Plan

_PLOT_HEIGHT = 14
_PLOT_WIDTH = 64
_LABEL_WIDTH = 9


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


def front_plot(plan: Plan, width: int = _PLOT_WIDTH) -> list[str]:
    """Draw cost against average time, both growing by equal factors from mark to mark.

    Parameters
    ----------
    plan
        With a front.
    width
        Columns the drawing may take.

    Returns
    -------
    list of str
        Lines from top to bottom. Digits are the ways of the list, dots the rest of the front.
    """
    width = max(20, min(_PLOT_WIDTH, width - _LABEL_WIDTH - 4))
    ways = (*plan.front, *plan.itineraries)
    hours = _Axis([way.totals.time_h for way in ways], width)
    prices = _Axis([plan.prices.shown(way.totals.cost_usd) for way in ways], _PLOT_HEIGHT)
    cells = [[" "] * width for _ in range(_PLOT_HEIGHT)]

    def put(way: Itinerary, mark: str) -> None:
        line = _PLOT_HEIGHT - 1 - prices.place(plan.prices.shown(way.totals.cost_usd))
        cells[line][hours.place(way.totals.time_h)] = mark

    for way in plan.front:
        put(way, "·")
    for rank, way in reversed(list(enumerate(plan.itineraries, 1))):
        put(way, str(rank) if rank < 10 else "+")
    labels = {0: prices.high, _PLOT_HEIGHT // 2: prices.middle, _PLOT_HEIGHT - 1: prices.low}
    lines = [
        f"{money_text(labels[number]) if number in labels else '':>{_LABEL_WIDTH}} │"
        f"{''.join(row).rstrip()}"
        for number, row in enumerate(cells)
    ]
    left, middle, right = (days_text(value) for value in (hours.low, hours.middle, hours.high))
    gap = width - len(left) - len(right)
    foot = left + middle.center(gap) + right
    currency = plan.prices.currency.upper()
    return [
        f"{currency:>{_LABEL_WIDTH}}",
        *lines,
        f"{'':{_LABEL_WIDTH}} └{'─' * width}",
        f"{'':{_LABEL_WIDTH}}  {foot}  {say('average time')}",
    ]


class _Axis:
    """Places of values on an axis of equal factors."""

    def __init__(self, values: Sequence[float], size: int) -> None:
        least = min((value for value in values if value > 0), default=1.0)
        self.low, self.high = least, max(*values, least)
        self.middle = math.sqrt(self.low * self.high)
        self._size = size

    def place(self, value: float) -> int:
        """Return the cell of a value, from 0."""
        if self.high == self.low:
            return 0
        share = math.log(max(value, self.low) / self.low) / math.log(self.high / self.low)
        return round(share * (self._size - 1))


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return say("{first} and {last}", first=", ".join(most), last=last) if most else last
