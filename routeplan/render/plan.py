"""A plan in any format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.render.listing import delimited_text, json_text, jsonl_text
from routeplan.render.output import Format
from routeplan.render.records import itinerary_dict, itinerary_rows, plan_dict

if TYPE_CHECKING:
    from routeplan.itinerary.model import Plan


def plan_text(
    plan: Plan,
    form: Format,
    *,
    width: int | None = None,
    color: bool | None = None,
    verbose: bool = False,
) -> str:
    """Write a plan.

    Parameters
    ----------
    plan
        The answer.
    form
        Any format.
    width, color
        Of a table; see `console.make_console`.
    verbose
        In a table: every way step by step, with sources.
    """
    if form is Format.JSON:
        return json_text(plan_dict(plan))
    if form is Format.JSONL:
        return jsonl_text([itinerary_dict(i, rank) for rank, i in enumerate(plan.itineraries, 1)])
    if form in (Format.CSV, Format.TSV):
        return delimited_text(itinerary_rows(plan), "," if form is Format.CSV else "\t")
    if form is Format.MD:
        from routeplan.render.markdown import plan_markdown

        return plan_markdown(plan)
    if form is Format.GEOJSON:
        from routeplan.render.geojson import plan_geojson

        return json_text(plan_geojson(plan))
    from routeplan.render.console import console_text, make_console
    from routeplan.render.table import print_plan

    console = make_console(width, color=color)
    print_plan(plan, console, verbose=verbose)
    return console_text(console)
