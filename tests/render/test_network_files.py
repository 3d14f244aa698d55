"""A network in the formats of other programs: complete, and read back as the network it was."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from routeplan import RequestError, load_network, write_network
from routeplan.errors import OutputError
from routeplan.network.files import FILES
from routeplan.network.records import Edge, Node
from routeplan.render.exports import NETWORK_FORMATS, ONE_TABLE_FORMATS, TableName
from routeplan.render.network import network_bytes, network_text
from routeplan.render.output import BINARY_FORMATS, Format
from routeplan.render.rows.excel import ExcelRows

TINY = Path(__file__).parents[1] / "data" / "tiny"


def flat(record: object) -> dict:
    return {
        key: "|".join(value) if isinstance(value, tuple) else value
        for key, value in record._asdict().items()
    }


@pytest.mark.parametrize("form", NETWORK_FORMATS)
def test_the_same_network_gives_the_same_bytes(tiny_network, form):
    write = network_bytes if form in BINARY_FORMATS else network_text
    assert write(tiny_network, form) == write(load_network(TINY), form)


def test_every_data_file_is_a_table():
    assert [f"{name}.csv" for name in TableName] == list(FILES)


@pytest.mark.parametrize("which", ["tiny_network", "real"])
def test_a_network_written_as_csv_is_read_back_as_itself(request, tmp_path, which, monkeypatch):
    monkeypatch.setenv("ROUTEPLAN_NO_CACHE", "1")
    network = request.getfixturevalue(which)
    for name in TableName:
        if name is not TableName.PRICE_INDEX:
            write_network(network, tmp_path / f"{name}.csv", table=name)
    again = load_network(tmp_path)
    for field in fields(network):
        if field.name not in ("digest", "cache_key", "price_index", "sources"):
            assert getattr(again, field.name) == getattr(network, field.name), field.name
    assert network.sources.items() <= again.sources.items()


def test_a_price_index_is_written_as_it_is_known(tiny_network, tmp_path):
    write_network(tiny_network, tmp_path / "index.jsonl", table="price_index")
    rows = [json.loads(row) for row in (tmp_path / "index.jsonl").read_text().splitlines()]
    assert {row["year"]: row["index"] for row in rows} == dict(tiny_network.price_index)


@pytest.mark.parametrize("name", list(TableName))
@pytest.mark.parametrize("form", ONE_TABLE_FORMATS)
def test_every_table_is_written_in_every_format_of_one_table(tiny_network, tmp_path, form, name):
    write_network(tiny_network, tmp_path / f"a.{form}", table=name)
    records = getattr(tiny_network, {"cargo": "cargoes", "duty": "duties"}.get(name, name))
    if form is Format.PARQUET:
        assert pq.read_table(tmp_path / "a.parquet").num_rows == len(records)
    else:
        lines = (tmp_path / f"a.{form}").read_text("utf-8").count("\n")
        header = form is not Format.JSONL and len(records) > 0
        assert lines == len(records) + header


def test_parquet_holds_the_records_with_their_types(tiny_network, tmp_path):
    for name, records in (("nodes", tiny_network.nodes), ("edges", tiny_network.edges)):
        write_network(tiny_network, tmp_path / f"{name}.parquet", table=name)
        rows = pq.read_table(tmp_path / f"{name}.parquet").to_pylist()
        assert rows == [flat(record) for record in records.values()]


def test_a_database_holds_the_whole_network(tiny_network, tmp_path):
    write_network(tiny_network, tmp_path / "network.sqlite")
    with closing(sqlite3.connect(tmp_path / "network.sqlite")) as database:
        database.row_factory = sqlite3.Row
        names = {row[0] for row in database.execute("SELECT name FROM sqlite_schema")}
        assert names == {*TableName, "about", "columns"}
        for name, record, records in (
            ("nodes", Node, tiny_network.nodes),
            ("edges", Edge, tiny_network.edges),
        ):
            rows = [dict(row) for row in database.execute(f"SELECT * FROM {name}")]  # noqa: S608 - ours
            assert rows == [flat(one) for one in records.values()]
            told = database.execute(
                'SELECT "column" FROM columns WHERE "table" = ? AND meaning <> ?', (name, "")
            )
            assert [row[0] for row in told] == list(record._fields)
        about = dict(database.execute("SELECT key, value FROM about").fetchall())
        assert about["network.version"] == tiny_network.version
        assert about["links"] == str(len(tiny_network.edges))


def test_a_workbook_links_each_row_to_its_first_source(tiny_network, tmp_path):
    write_network(tiny_network, tmp_path / "network.xlsx")
    book = openpyxl.load_workbook(tmp_path / "network.xlsx")
    assert book.sheetnames == [*TableName, "about", "columns"]
    header = [cell.value for cell in book["edges"][1]]
    rows = {row[0].value: row for row in book["edges"].iter_rows(min_row=2)}
    assert list(rows) == list(tiny_network.edges)
    cell = rows["rail-astana-aktau"][header.index("source_ids")]
    target = book["sources"][cell.hyperlink.location.removeprefix("'sources'!")]
    assert (cell.value, target.value) == ("tariff-2025", "tariff-2025")
    assert rows["rail-astana-aktau"][header.index("directed")].value is False


def test_json_has_every_table_with_lists_as_lists(tiny_network, tmp_path):
    write_network(tiny_network, tmp_path / "network.json")
    told = json.loads((tmp_path / "network.json").read_text("utf-8"))
    assert list(told) == ["schema", "network", *TableName]
    assert told["schema"] == "routeplan/network/1"
    assert told["network"] == {"version": tiny_network.version, "as_of": tiny_network.as_of}
    nodes = [json.loads(json.dumps(node._asdict())) for node in tiny_network.nodes.values()]
    assert told["nodes"] == nodes
    assert told["nodes"][0]["aliases"] == ["Астана", "Nur-Sultan"]


def test_geojson_has_places_and_links_longitude_first(tiny_network, tmp_path):
    write_network(tiny_network, tmp_path / "network.geojson")
    told = json.loads((tmp_path / "network.geojson").read_text("utf-8"))
    by_layer: dict[str, list] = {}
    for feature in told["features"]:
        by_layer.setdefault(feature["properties"]["layer"], []).append(feature)
    assert len(by_layer["places"]) == len(tiny_network.nodes)
    assert len(by_layer["links"]) + len(by_layer["transfers"]) == len(tiny_network.edges)
    astana = by_layer["places"][0]
    assert astana["geometry"] == {"type": "Point", "coordinates": [71.43, 51.17]}
    sea = next(f for f in by_layer["links"] if f["properties"]["edge_id"] == "sea-aktau-alat")
    assert sea["geometry"] == {
        "type": "LineString",
        "coordinates": [[51.22, 43.6], [49.41, 39.98]],
    }


def test_a_hostile_name_is_only_a_name_in_a_network(hostile, tmp_path):
    name, network, _ = hostile
    for suffix in ("jsonl", "parquet", "csv", "sqlite", "xlsx"):
        write_network(
            network,
            tmp_path / f"n.{suffix}",
            **({"table": "nodes"} if suffix in ("jsonl", "parquet", "csv") else {}),
        )
    assert json.loads((tmp_path / "n.jsonl").read_text("utf-8").split("\n")[0])["name"] == name
    assert pq.read_table(tmp_path / "n.parquet").to_pylist()[0]["name"] == name
    text = (tmp_path / "n.csv").read_bytes().decode()
    first = next(csv.DictReader(io.StringIO(text, newline="")))
    assert first["name"].removeprefix("'") == name.replace("\r", "\n")
    assert first["name"][0] not in "=@+-"
    with closing(sqlite3.connect(tmp_path / "n.sqlite")) as database:
        assert database.execute("SELECT name FROM nodes").fetchone() == (name,)
    cells = [c for sheet in openpyxl.load_workbook(tmp_path / "n.xlsx") for r in sheet for c in r]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}


def test_a_network_is_not_written_as_a_table_for_the_eye(tiny_network, tmp_path):
    with pytest.raises(RequestError, match=r"does not write md\. It writes gpkg, geojson"):
        write_network(tiny_network, tmp_path / "network.md")


def test_a_table_that_is_none_is_refused(tiny_network, tmp_path):
    with pytest.raises(RequestError, match='no such table: "node"'):
        write_network(tiny_network, tmp_path / "network.csv", table="node")
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_refuses_more_rows_than_a_sheet_has(tiny_network, tmp_path, monkeypatch):
    monkeypatch.setattr(ExcelRows, "MOST_ROWS", 5)
    with pytest.raises(OutputError, match=r"nodes has \d+ rows, and a sheet ends at 6 with its"):
        write_network(tiny_network, tmp_path / "network.xlsx")
    assert list(tmp_path.iterdir()) == []
