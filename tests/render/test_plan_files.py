"""A plan in the formats of other programs: read back by them, the same bytes for the same plan."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import openpyxl
import pyarrow.parquet as pq
import pytest

from routeplan import Question, RequestError, find_routes, write_plan
from routeplan.network.column import changed
from routeplan.render.cells import plain
from routeplan.render.output import BINARY_FORMATS, Format
from routeplan.render.plan import plan_bytes, plan_text
from routeplan.render.records import itinerary_rows, plan_dict
from routeplan.render.rows.plan import PLAN_FIELDS, leg_row, plan_tables
from routeplan.render.rows.tables import TERMS, stamp_of

TABLES = ["ways", "legs", "numbers", "sources", "about", "columns"]
SUFFIXES = ["kml", "gpx", "gpkg", "xlsx", "parquet", "sqlite", "geojson", "json", "csv", "md"]


def rows_of(database: sqlite3.Connection, table: str) -> list[dict]:
    database.row_factory = sqlite3.Row
    return [dict(row) for row in database.execute(f"SELECT * FROM {table} ORDER BY rowid")]  # noqa: S608 - ours


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_plan_gives_the_same_bytes(tiny_network, tiny_plan, tmp_path, suffix):
    again = find_routes(tiny_network, Question("Astana", "Baku"))
    for name, plan in (("1", tiny_plan), ("2", again)):
        write_plan(plan, tmp_path / f"{name}.{suffix}", tiny_network)
    assert (tmp_path / f"1.{suffix}").read_bytes() == (tmp_path / f"2.{suffix}").read_bytes()


def test_the_clock_is_in_no_file(tiny_network, tiny_plan, monkeypatch):
    before = {form: plan_bytes(tiny_plan, form, tiny_network) for form in BINARY_FORMATS}
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert {form: plan_bytes(tiny_plan, form, tiny_network) for form in BINARY_FORMATS} == before


def test_parquet_holds_the_rows_of_csv_with_their_types(tiny_network, tiny_plan, tmp_path):
    write_plan(tiny_plan, tmp_path / "plan.parquet", tiny_network)
    assert pq.read_table(tmp_path / "plan.parquet").to_pylist() == itinerary_rows(tiny_plan)


def test_a_database_joins_ways_legs_numbers_and_sources(tiny_network, tiny_plan, tmp_path):
    write_plan(tiny_plan, tmp_path / "plan.sqlite", tiny_network)
    with closing(sqlite3.connect(tmp_path / "plan.sqlite")) as database:
        names = [row["name"] for row in rows_of(database, "sqlite_schema")]
        assert sorted(names) == sorted(TABLES)
        assert rows_of(database, "ways") == itinerary_rows(tiny_plan)
        told = plan_dict(tiny_plan)["itineraries"]
        for way, legs in database.execute("SELECT rank, count(*) FROM legs GROUP BY rank"):
            assert legs == len(told[way - 1]["legs"])
        summed = database.execute("SELECT sum(cost_usd) FROM legs WHERE rank = 1").fetchone()[0]
        assert summed == pytest.approx(told[0]["totals"]["cost_usd"], abs=0.1)
        used = {name for row in rows_of(database, "numbers") for name in row["sources"].split()}
        listed = rows_of(database, "sources")
        assert {row["source_id"] for row in listed} == used & set(tiny_network.sources) != set()
        assert all(row["url"].startswith("https://example.org/") for row in listed)


def test_a_file_says_what_was_asked_and_what_its_columns_mean(tiny_network, tiny_plan):
    tables = {table.name: table for table in plan_tables(tiny_plan, tiny_network.sources)}
    assert list(tables) == TABLES
    about = [(row["key"], row["value"]) for row in tables["about"].rows]
    assert ("title", "Astana to Baku") in about
    assert ("request.load", "1xFEU") in about
    assert ("request.policy_countries", "RU|BY|IR") in about
    assert ("network.version", tiny_plan.network_version) in about
    assert ("terms", TERMS) in about
    assert [value for key, value in about if key == "note"][: len(tiny_plan.warnings)] == list(
        tiny_plan.warnings
    )
    for table in tables.values():
        kinds = {field.name: field.kind for field in table.fields}
        for row in table.rows:
            assert row.keys() <= kinds.keys()
            values = {key: value for key, value in row.items() if value is not None}
            assert all(
                isinstance(value, (int, float) if kinds[key] is float else kinds[key])
                for key, value in values.items()
            )
    for row in tables["columns"].rows:
        assert row["meaning"], row


def test_no_column_of_a_plan_is_without_a_kind_and_a_meaning(tiny_plan):
    leg = plan_dict(tiny_plan)["itineraries"][0]["legs"][0]
    flat = leg_row(tiny_plan.itineraries[0].legs[0], leg, 1, 1)
    assert {*itinerary_rows(tiny_plan)[0], *flat} <= set(PLAN_FIELDS)


def test_a_workbook_links_numbers_to_sources_and_sources_to_their_pages(
    tiny_network, tiny_plan, tmp_path
):
    write_plan(tiny_plan, tmp_path / "plan.xlsx", tiny_network)
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert book.sheetnames == TABLES
    assert all(sheet.freeze_panes == "A2" and sheet.auto_filter.ref for sheet in book)
    header = [cell.value for cell in book["numbers"][1]]
    sources = {row[0].value: row for row in book["sources"].iter_rows(min_row=2)}
    linked = 0
    for row in book["numbers"].iter_rows(min_row=2):
        cell = row[header.index("sources")]
        first = (cell.value or "").split(" ")[0]
        if first in sources:
            linked += 1
            assert cell.hyperlink.location == f"'sources'!A{sources[first][0].row}"
        else:
            assert cell.hyperlink is None
    assert linked > 3
    addresses = {
        cell.value: cell.hyperlink.target
        for row in sources.values()
        for cell in row
        if cell.hyperlink
    }
    assert addresses
    assert all(text == target for text, target in addresses.items())
    assert all(text.startswith("https://example.org/") for text in addresses)
    ways = book["ways"]
    names = [cell.value for cell in ways[1]]
    for name, expected in (("cost_usd", "#,##0.00"), ("time_h", "#,##0.0")):
        cell = ways.cell(2, names.index(name) + 1)
        assert (cell.data_type, cell.number_format) == ("n", expected)
    assert ways.cell(2, names.index("assumed_time_share") + 1).number_format == "0.0%"
    assert book.properties.created.year == int(tiny_plan.network_as_of[:4])


def test_an_address_that_is_no_web_page_is_no_link(tiny_network, tiny_plan, tmp_path):
    odd = ["javascript:alert(1)", "file:///etc/passwd", "https://a b", "https://a/" + "x" * 3000]
    sources = dict(tiny_network.sources)
    for (name, source), url in zip(tiny_network.sources.items(), odd, strict=False):
        sources[name] = changed(source, url=url)
    network = replace(tiny_network, sources=sources)
    write_plan(tiny_plan, tmp_path / "plan.xlsx", network)
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["sources"]
    assert any(cell.value in odd for row in sheet for cell in row)
    assert all(cell.hyperlink is None for row in sheet for cell in row)


def test_a_hostile_name_is_only_a_name_in_tables(hostile, tmp_path):
    name, network, plan = hostile
    for suffix in ("xlsx", "sqlite", "parquet", "csv", "json"):
        write_plan(plan, tmp_path / f"plan.{suffix}", network)
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    header = [cell.value for cell in book["legs"][1]]
    assert book["legs"].cell(2, header.index("from_name") + 1).value == plain(name)
    with closing(sqlite3.connect(tmp_path / "plan.sqlite")) as database:
        assert rows_of(database, "legs")[0]["from_name"] == plain(name)
        assert len(rows_of(database, "ways")) == 1
    (way,) = pq.read_table(tmp_path / "plan.parquet").to_pylist()
    assert way["way"].startswith(f"{plain(name)} ~ ")
    (row,) = csv.DictReader(io.StringIO((tmp_path / "plan.csv").read_text("utf-8"), newline=""))
    assert row["way"].removeprefix("'") == way["way"]
    assert not row["way"].startswith(("=", "@", "+", "-"))
    told = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert told["itineraries"][0]["way"] == way["way"]


def test_a_text_is_packed_if_the_name_says_so(tiny_network, tiny_plan, tmp_path):
    for name in ("plan.csv.gz", "plan.KML.GZ", "again.csv.gz"):
        write_plan(tiny_plan, tmp_path / name, tiny_network)
    packed = (tmp_path / "plan.csv.gz").read_bytes()
    assert gzip.decompress(packed).decode() == plan_text(tiny_plan, Format.CSV)
    assert (tmp_path / "again.csv.gz").read_bytes() == packed
    assert gzip.decompress((tmp_path / "plan.KML.GZ").read_bytes()).startswith(b"<?xml")


def test_a_format_may_be_named_beside_a_file_name_that_says_none(tiny_network, tiny_plan, tmp_path):
    write_plan(tiny_plan, str(tmp_path / "plan"), tiny_network, "parquet")
    assert pq.read_table(tmp_path / "plan").num_rows == len(tiny_plan.itineraries)
    with pytest.raises(RequestError, match="cannot tell a format"):
        write_plan(tiny_plan, tmp_path / "plan", tiny_network)
    with pytest.raises(RequestError, match='no such format: "excel"'):
        write_plan(tiny_plan, tmp_path / "plan", tiny_network, "excel")


@pytest.mark.parametrize(
    ("as_of", "day"),
    [("2026-03-31", "2026-03-31"), ("2026-03", "2026-03-01"), ("2026", "2026-01-01")],
)
def test_a_file_is_as_old_as_its_data(as_of, day):
    assert stamp_of(as_of).isoformat() == f"{day}T00:00:00"
    assert stamp_of("").isoformat() == "2000-01-01T00:00:00"


def test_a_front_that_was_asked_for_is_a_table_and_the_rows_of_parquet(tiny_network, tmp_path):
    plan = find_routes(tiny_network, Question("Astana", "Baku", front="time,cost", deadline="30d"))
    for suffix in ("sqlite", "xlsx", "gpkg", "parquet"):
        write_plan(plan, tmp_path / f"plan.{suffix}", tiny_network)
    told = [
        {key: "|".join(value) if isinstance(value, list) else value for key, value in row.items()}
        for row in plan_dict(plan)["front"]
    ]
    assert len(told) > 1
    for suffix in ("sqlite", "gpkg"):
        with closing(sqlite3.connect(tmp_path / f"plan.{suffix}")) as database:
            found = rows_of(database, "front")
            assert [{key: row[key] for key in told[0]} for row in found] == told
    assert pq.read_table(tmp_path / "plan.parquet").to_pylist() == told
    assert openpyxl.load_workbook(tmp_path / "plan.xlsx").sheetnames[:2] == ["ways", "front"]
    tables = {table.name: table for table in plan_tables(plan, tiny_network.sources)}
    assert all(row["meaning"] for row in tables["columns"].rows)
    assert all(field.kind is not str for field in tables["ways"].fields if "on_time" in field.name)
