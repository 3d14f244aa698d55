"""A plan in any format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.render.listing import csv_text, json_text, jsonl_text, tsv_text
from routeplan.render.output import Format, Look
from routeplan.render.records import front_rows, itinerary_dict, itinerary_rows, plan_dict

if TYPE_CHECKING:
    from routeplan.itinerary.model import Plan


def plan_text(plan: Plan, form: Format, look: Look | None = None, *, verbose: bool = False) -> str:
    """Write a plan.

    Parameters
    ----------
    plan
        The answer.
    form
        Any format. With a front asked for, CSV, TSV and JSON lines hold it instead of the list.
    look
        How a table is drawn; as the terminal has it if None.
    verbose
        In a table: every way step by step, with sources.
    """
    if form is Format.JSON:
        return json_text(plan_dict(plan))
    if form is Format.JSONL:
        ways = [itinerary_dict(i, rank) for rank, i in enumerate(plan.itineraries, 1)]
        return jsonl_text(front_rows(plan) or ways)
    if form in (Format.CSV, Format.TSV):
        written = csv_text if form is Format.CSV else tsv_text
        return written(front_rows(plan) or itinerary_rows(plan))
    if form is Format.MD:
        from routeplan.render.markdown import plan_markdown

        return plan_markdown(plan)
    if form is Format.GEOJSON:
        from routeplan.render.geojson import plan_geojson

        return json_text(plan_geojson(plan))
    from routeplan.render.console import console_text, make_console
    from routeplan.render.table import print_plan

    console = make_console(look or Look())
    print_plan(plan, console, verbose=verbose)
    return console_text(console)
