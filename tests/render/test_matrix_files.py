"""A matrix in every form it can be written in."""

from __future__ import annotations

import csv
import gzip
import json
import sqlite3

import openpyxl
import pandas as pd
import pytest
from tiny import tiny_network

from routeplan import find_routes, matrix_of, plan_dict, question_of, write_matrix
from routeplan.analysis.matrix import Quantity
from routeplan.errors import OutputError, RequestError
from routeplan.render import heat
from routeplan.render.heat import heat_text
from routeplan.render.matrix import matrix_dict, pair_rows, read_quantities
from routeplan.render.output import Look

PLAIN = Look(width=80, color=False, encoding="utf-8")
COLORED = Look(width=80, color=True, encoding="utf-8")
ASCII = Look(width=80, color=False, encoding="ascii")


@pytest.fixture(scope="module")
def network():
    return tiny_network("""
        edge_id, from_node, to_node, mode, to_mode, distance_km, time_h_p10, time_h, time_h_p90, directed
        ab,      kz-a,      kz-b,    road, ,        333,         10,         15,     30
        b,       kz-b,      kz-b,    road, rail
        bc,      kz-b,      ge-c,    rail, ,        777,         20,         30,     50
        c,       ge-c,      ge-c,    road, rail
        fa,      kz-f,      kz-a,    road, ,        100,         1,          2,      3,      yes
    """)  # noqa: E501 - a table


@pytest.fixture(scope="module")
def matrix(network):
    return matrix_of(
        network, ["A", "kz-f"], ["B", "C", "F"], by="time,cost", percentiles=True, ways=True
    )


def test_rows_have_the_numbers_of_find_to_the_last_digit(network, matrix):
    totals = plan_dict(find_routes(network, question_of("A", "C", by="time")))["itineraries"][0]
    row = next(r for r in pair_rows(matrix) if (r["origin"], r["destination"]) == ("A", "C"))
    numbers = {name: row[name] for name in totals["totals"] if name in row}
    assert len(numbers) == len(Quantity)
    assert numbers == {name: totals["totals"][name] for name in numbers}
    assert row["way"] == totals["way"] == "A ~ truck ~ B ~ rail ~ C"
    assert row["edge_ids"] == "ab|b|bc|c"


def test_csv_is_a_row_for_each_pair_and_criterion(matrix, tmp_path):
    write_matrix(matrix, tmp_path / "m.csv")
    rows = list(csv.DictReader((tmp_path / "m.csv").read_text("utf-8").splitlines()))
    assert len(rows) == 2 * 2 * 3
    assert [r["status"] for r in rows[:6]] == ["ok", "ok", "no_route", "ok", "ok", "same_place"]
    lost = rows[2]
    assert {lost[name] for name in ("time_h", "cost_usd", "co2e_kg", "distance_km", "way")} == {""}
    assert rows[0]["origin_id"] == "kz-a"


def test_wide_has_a_column_for_each_destination(matrix, tmp_path):
    write_matrix(matrix, tmp_path / "m.tsv.gz", wide=True, quantities=["time", "distance"])
    lines = gzip.decompress((tmp_path / "m.tsv.gz").read_bytes()).decode().splitlines()
    assert lines[0] == "by\tquantity\torigin\tB\tC\tF"
    assert [line.split("\t")[:3] for line in lines[1:5]] == [
        ["time", "time_h", "A"],
        ["time", "time_h", "kz-f"],
        ["time", "distance_km", "A"],
        ["time", "distance_km", "kz-f"],
    ]
    assert lines[3] == "time\tdistance_km\tA\t333\t1110\t"


def test_json_holds_tables(matrix, tmp_path):
    write_matrix(matrix, tmp_path / "m.json")
    told = json.loads((tmp_path / "m.json").read_text("utf-8"))
    assert told == matrix_dict(matrix)
    assert told["schema"] == "routeplan/matrix/1"
    assert told["request"]["by"] == ["time", "cost"]
    assert told["request"]["load"] == "1xFEU"
    assert [place["node_id"] for place in told["origins"]] == ["kz-a", "kz-f"]
    first = told["tables"][0]
    assert first["status"][0] == ["ok", "ok", "no_route"]
    assert first["distance_km"] == [[333.0, 1110.0, None], [433.0, 1210.0, None]]
    assert first["ways"][0][2] == []


def test_json_lines_hold_the_rows(matrix, tmp_path):
    write_matrix(matrix, tmp_path / "m.jsonl")
    lines = (tmp_path / "m.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == list(pair_rows(matrix))


def test_parquet_is_typed(matrix, tmp_path):
    write_matrix(matrix, tmp_path / "m.parquet")
    frame = pd.read_parquet(tmp_path / "m.parquet")
    assert frame["time_h"].dtype == float
    assert frame["time_h"].isna().sum() == 4
    write_matrix(matrix, tmp_path / "w.parquet", wide=True, quantities=["cost"])
    wide = pd.read_parquet(tmp_path / "w.parquet")
    assert wide[["B", "C", "F"]].dtypes.tolist() == [float] * 3


def test_a_workbook_has_a_sheet_for_each_table(matrix, network, tmp_path):
    write_matrix(matrix, tmp_path / "m.xlsx", quantities=["time", "cost"])
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    assert book.sheetnames == [
        "time by time",
        "cost by time",
        "time by cost",
        "cost by cost",
        "pairs",
        "about",
    ]
    sheet = list(book["time by time"].iter_rows(values_only=True))
    assert sheet[0] == ("origin", "B", "C", "F")
    assert sheet[1][0] == "A"
    assert sheet[1][3] is None
    assert len(list(book["pairs"].iter_rows())) == 13
    write_matrix(matrix_of(network, ["A"], ["B"]), tmp_path / "one.xlsx")
    assert openpyxl.load_workbook(tmp_path / "one.xlsx").sheetnames == [
        "time_h",
        "cost_usd",
        "co2e_kg",
        "pairs",
        "about",
    ]


def test_a_database_has_the_pairs(matrix, tmp_path):
    write_matrix(matrix, tmp_path / "m.sqlite")
    with sqlite3.connect(tmp_path / "m.sqlite") as database:
        counted = database.execute("select status, count(*), count(time_h) from pairs group by 1")
        assert counted.fetchall() == [("no_route", 2, 0), ("ok", 8, 8), ("same_place", 2, 0)]
    database.close()


def test_markdown_has_a_table_for_each_quantity(matrix, tmp_path):
    write_matrix(matrix, tmp_path / "m.md", quantities=["distance"])
    text = (tmp_path / "m.md").read_text("utf-8")
    assert (
        "## km, fastest\n\n|  | B | C | F |\n| --- | --- | --- | --- |\n| A | 333 | 1 110 | - |"
        in text
    )
    assert "- Policy sanctions" in text


@pytest.mark.parametrize("suffix", ["csv", "json", "md", "xlsx", "parquet", "txt", "tsv.gz"])
def test_equal_answers_give_equal_bytes(matrix, tmp_path, suffix):
    write_matrix(matrix, tmp_path / f"a.{suffix}")
    write_matrix(matrix, tmp_path / f"b.{suffix}")
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_what_cannot_be_written_is_said_in_one_line(matrix, tmp_path):
    with pytest.raises(RequestError, match="does not write gpx"):
        write_matrix(matrix, tmp_path / "m.gpx")
    with pytest.raises(RequestError, match='unknown quantity "speed"'):
        write_matrix(matrix, tmp_path / "m.csv", quantities=["speed"])
    with pytest.raises(OutputError):
        write_matrix(matrix, tmp_path / "none" / "m.csv")


def test_percentiles_can_be_shown_only_if_they_were_drawn():
    with pytest.raises(RequestError, match="--percentiles"):
        read_quantities(["p50"], percentiles=False)
    assert read_quantities((), percentiles=False) == (Quantity.TIME, Quantity.COST, Quantity.CO2)
    assert Quantity.P90 in read_quantities((), percentiles=True)


def test_a_place_called_like_a_column_keeps_its_numbers(tmp_path):
    network = tiny_network("edge_id,from_node,to_node,mode,distance_km\na,kz-origin,kz-b,road,10")
    write_matrix(matrix_of(network, ["B"], ["Origin"]), tmp_path / "m.csv", wide=True)
    header = (tmp_path / "m.csv").read_text("utf-8").splitlines()[0]
    assert header == "by,quantity,origin,kz-origin"


@pytest.fixture(scope="module")
def large(real):
    origins = ["Astana", "Tashkent", "Almaty", "Khorgos, KZ", "Dushanbe", "Xi'an", "Moscow"]
    ends = ["Belgrade", "Istanbul", "Poti", "Dimitrovgrad, RS", "Constanta", "Sofia", "Trieste"]
    return matrix_of(real, origins, [*ends, "Piraeus", "Budapest", "Mersin", "Astana"])


def heat_map(matrix, look=PLAIN, quantities=(Quantity.COST,)):
    return heat_text(matrix, quantities, look)


def test_a_heat_map_keeps_within_the_line_and_shows_every_number(large):
    lines = heat_map(large).splitlines()
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line.endswith("continued")]
    text = " ".join("".join(lines).split())
    for row in large.table("cost"):
        for value in row:
            assert value is None or f"{value:,.0f}".replace(",", " ") in text


def test_without_colours_shades_are_characters_from_light_to_dark(large):
    text = heat_map(large)
    assert "\x1b" not in text
    assert all(shade in text for shade in "·░▒▓█")
    assert "x kept out" in text
    cheapest = min(v for row in large.table("cost") for v in row if v is not None)
    dearest = max(v for row in large.table("cost") for v in row if v is not None)
    assert f"·{cheapest:,.0f}".replace(",", " ") in text
    assert f"█{dearest:,.0f}".replace(",", " ") in text


def test_in_ascii_too(large):
    map_only = heat_map(large, ASCII).partition("Policy")[0]
    assert map_only.isascii()
    assert all(shade in map_only for shade in ".:=+#")


@pytest.mark.parametrize("term", ["xterm-256color", "xterm"])
def test_with_colours_a_cell_has_a_background_and_with_few_a_mark_too(large, monkeypatch, term):
    for name in ("NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("FORCE_COLOR", "1")
    text = heat_map(large, COLORED)
    assert ("\x1b[" in text, "48;5;" in text) == (True, term != "xterm")
    assert set("░▒▓█") <= set(text) if term == "xterm" else not set("░▒▓█") & set(text)


def test_a_narrow_terminal_gets_a_column_at_a_time(large):
    lines = heat_map(large, Look(width=30, color=False, encoding="utf-8")).splitlines()
    assert max(map(len, lines)) <= 30
    assert sum(line.endswith("continued") for line in lines) >= 5


def test_few_numbers_have_as_many_shades(network):
    text = heat_map(matrix_of(network, ["A"], ["B", "C"])).partition("Policy")[0]
    assert "· to 666  █ over 666" in text


def test_equal_numbers_have_no_shade(network):
    text = heat_map(matrix_of(network, ["A"], ["B"]))
    assert not set("·░▒▓█") & set(text.partition("Policy")[0])


def test_a_large_matrix_is_summed_up(large, monkeypatch):
    monkeypatch.setattr(heat, "MOST_CELLS", 10)
    monkeypatch.setattr(heat, "_MOST_ROWS", 3)
    text = heat_map(large)
    assert "... and 4 more origins." in text
    assert "-o FILE.csv, .xlsx or .parquet holds all of them" in text
    assert "Tashkent" in text
    assert "Dushanbe" not in text
