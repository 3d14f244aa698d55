"""A plan in any format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from routeplan.render.listing import csv_text, json_text, jsonl_text, tsv_text
from routeplan.render.output import (
    BINARY_FORMATS,
    PAGE,
    Format,
    Look,
    choose_format,
    write_bytes,
    write_text,
)

if TYPE_CHECKING:
    from routeplan.itinerary.model import Plan
    from routeplan.network.model import Network
    from routeplan.render.geo.layers import Feature


def plan_text(plan: Plan, form: Format, look: Look | None = None, *, verbose: bool = False) -> str:
    """Write a plan.

    Parameters
    ----------
    plan
        The answer.
    form
        Any format of text; `plan_bytes` writes the others. With a front asked for, CSV, TSV and
        JSON lines hold it instead of the list.
    look
        How a table is drawn; as the terminal has it if None.
    verbose
        In a table: every way step by step, with sources.
    """
    if form in (Format.JSON, Format.JSONL, Format.CSV, Format.TSV):
        return _record_text(plan, form)
    if form is Format.MD:
        from routeplan.render.markdown import plan_markdown

        return plan_markdown(plan)
    if form in (Format.GEOJSON, Format.KML, Format.GPX):
        return _map_text(plan, form)
    from routeplan.render.console import console_text, make_console
    from routeplan.render.table import print_plan

    console = make_console(look or Look())
    print_plan(plan, console, verbose=verbose)
    return console_text(console)


def _record_text(plan: Plan, form: Format) -> str:
    """Write a plan as records; a table does without what that takes to load."""
    from routeplan.render.records import front_rows, itinerary_dict, itinerary_rows, plan_dict

    if form is Format.JSON:
        return json_text(plan_dict(plan))
    if form is Format.JSONL:
        ways = [itinerary_dict(i, rank) for rank, i in enumerate(plan.itineraries, 1)]
        return jsonl_text(front_rows(plan) or ways)
    written = csv_text if form is Format.CSV else tsv_text
    return written(front_rows(plan) or itinerary_rows(plan))


def plan_bytes(plan: Plan, form: Format, network: Network) -> bytes:
    """Write a plan in one of BINARY_FORMATS.

    Parameters
    ----------
    plan
        The answer.
    form
        SQLite, Excel and GeoPackage hold ways, legs, numbers and sources, and a front if asked
        for; Parquet holds the rows of CSV.
    network
        The one it was found in: its sources have the addresses.
    """
    from routeplan.render.rows.plan import front_table, plan_tables, way_table
    from routeplan.render.rows.tables import stamp_of

    if form is Format.PARQUET:
        from routeplan.render.rows.parquet import parquet_bytes

        return parquet_bytes(front_table(plan) if plan.front else way_table(plan))
    tables = plan_tables(plan, network.sources)
    stamp = stamp_of(plan.network_as_of)
    if form is Format.XLSX:
        from routeplan.render.rows.excel import workbook_bytes

        return workbook_bytes(tables, stamp)
    if form is Format.SQLITE:
        from routeplan.render.rows.sqlite import sqlite_bytes

        return sqlite_bytes(tables)
    from routeplan.render.geo.geopackage import geopackage_bytes
    from routeplan.render.geo.layers import plan_layers

    layers = plan_layers(plan)
    drawn = {layer.name for layer in layers}
    return geopackage_bytes(layers, [t for t in tables if t.name not in drawn], stamp)


def write_plan(
    plan: Plan, output: Path | str, network: Network, form: Format | str | None = None
) -> None:
    """Write a plan to a file, in the format of its suffix: `write_plan(plan, "a.xlsx", network)`.

    Parameters
    ----------
    plan
        The answer.
    output
        The file. A text is packed if its name ends in `.gz`.
    network
        The one it was found in: its sources have the addresses.
    form
        The format, if the suffix is not to say it.

    Raises
    ------
    RequestError
        If there is no such format, or this installation cannot write it.
    OutputError
        If the file cannot be written; nothing is left behind.
    """
    file = Path(output)
    chosen = choose_format(form, file)
    if chosen in BINARY_FORMATS:
        write_bytes(plan_bytes(plan, chosen, network), file)
    else:
        write_text(plan_text(plan, chosen, PAGE), file)


def _map_text(plan: Plan, form: Format) -> str:
    if form is Format.GEOJSON:
        from routeplan.render.geojson import plan_geojson

        return json_text(plan_geojson(plan))
    from routeplan.render.geo.layers import plan_layers
    from routeplan.render.rows.plan import plan_notes
    from routeplan.render.words import request_texts, title_text

    layers = {layer.name: layer for layer in plan_layers(plan)}
    notes = [f"{', '.join(request_texts(plan))}.", *plan_notes(plan)]
    if form is Format.KML:
        from routeplan.render.geo.kml import kml_text

        drawn = [layers[name] for name in ("legs", "handling", "places")]
        return kml_text(title_text(plan), notes, drawn)
    from routeplan.render.geo.gpx import gpx_text

    drawn = [layers["places"], layers["ways"]]
    return gpx_text(title_text(plan), notes, drawn, _described)


def _described(feature: Feature) -> str:
    """Say of a way what it takes, and of a place where it is and which ways call there."""
    from routeplan.units import days_text, kg_text, money_text

    row = feature.row
    if "time_h_p50" not in row:
        several = "s" if "|" in row["ways"] else ""
        return f"{row['country']}, way{several} {row['ways'].replace('|', ', ')}"
    return (
        f"{row['way']}. P50 {days_text(row['time_h_p50'])}, "
        f"{money_text(row['cost_usd'])} USD, {kg_text(row['co2e_kg'])} kg CO2e"
    )
