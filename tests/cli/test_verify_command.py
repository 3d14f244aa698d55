"""`verify`: the network against published journeys."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

TINY = Path(__file__).parents[1] / "data" / "tiny"
HEADER = "published_id,origin,destination,modes,quantity,value,status,scope,counts,source_ids\n"
ROWS = (
    "line,kz-astana,kz-aktau-port,rail,distance_km,2800,length,train,yes,atlas-2026\n"
    "voyage,kz-aktau-port,az-alat-port,sea,time_h,26,measured,train,yes,survey-2024\n"
    "freight,kz-aktau-port,az-alat-port,sea,cost_usd,600,tariff,train,yes,tariff-2025\n"
    "flight,kz-astana,az-baku,air,time_h,5,actual,gate,yes,atlas-2026\n"
    "hope,kz-aktau-port,az-alat-port,sea,time_h,13,claim,train,yes,atlas-2026\n"
    "doubt,kz-aktau-port,az-alat-port,sea,time_h,52,measured,train,no,atlas-2026\n"
)
COUNTED = ["line", "voyage", "freight", "flight"]


@pytest.fixture
def figures(tmp_path) -> Path:
    path = tmp_path / "figures.csv"
    path.write_text(HEADER + ROWS, "utf-8")
    return path


def _rows(text: str, delimiter: str = "\t") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def test_the_rows_that_count_are_shown_and_with_all_the_others_too(say, figures):
    shown = _rows(say("verify", "--published", figures).out)
    assert [row["published_id"] for row in shown] == COUNTED
    every = _rows(say("verify", "--published", figures, "--all").out)
    assert [row["published_id"] for row in every] == [*COUNTED, "hope", "doubt"]
    assert every[:4] == shown


def test_firm_rows_that_are_left_out_are_counted_aloud_unless_they_are_shown(say, figures):
    left_out = say("verify", "--published", figures)
    assert left_out.err.startswith("1 ")
    assert "--all" in left_out.err
    assert left_out.err.count("\n") == 1
    assert say("verify", "--published", figures, "--all").err == ""


def test_planned_stands_beside_published(say, figures):
    said = say("verify", "--published", figures, "--format", "json")
    assert said.code == 0
    line, voyage, freight, flight = json.loads(said.out)["rows"]
    assert (line["published"], line["planned"], line["error"]) == (2800, 2800, 0)
    # 22-26-36 h on board, without the wait in port
    assert voyage["planned"] == pytest.approx(26, rel=0.02)
    assert voyage["inside"] is True
    assert (freight["planned"], freight["error"]) == (900, 0.5)
    assert (flight["planned"], flight["reason"]) == (None, "no way follows the chain")


def test_the_summary_is_that_of_the_rows_that_count_whatever_is_shown(say, figures):
    told = json.loads(say("verify", "--published", figures, "--format", "json").out)["summary"]
    every = json.loads(say("verify", "--published", figures, "--all", "--format", "json").out)
    assert every["summary"] == told
    time, length, price = told
    assert (time["compared"], time["unplanned"], time["inside"]) == (1, 1, 1)
    assert (length["compared"], length["worst_error"]) == (1, 0)
    assert (price["compared"], price["median_error"], price["bias"]) == (1, 0.5, 0.5)


def test_a_table_fits_80_columns_and_ends_with_the_summary(say, figures):
    said = say("verify", "--published", figures, "--format", "table")
    assert max(map(len, said.out.splitlines())) <= 80
    assert said.out.index("Planned and published") < said.out.index("Summary of the rows that")


def test_the_data_folder_s_own_figures_are_the_default(say, figures, tmp_path):
    folder = tmp_path / "network"
    shutil.copytree(TINY, folder)
    shutil.copy(figures, folder / "published.csv")
    assert say("verify", "--data", folder) == say("verify", "--published", figures)


def test_every_format_holds_the_same_rows(say, figures):
    command = ("verify", "--published", figures, "--format")
    rows = json.loads(say(*command, "json").out)["rows"]
    assert [json.loads(line) for line in say(*command, "jsonl").out.splitlines()] == rows
    assert _rows(say(*command, "csv").out, ",") == _rows(say(*command, "tsv").out)
    assert all(f"| {name} |" in say(*command, "md").out for name in COUNTED)


def test_a_file_is_written_in_the_format_of_its_name(say, figures, tmp_path):
    said = say("verify", "--published", figures, "-o", tmp_path / "verify.json")
    assert (said.code, said.out) == (0, "")
    told = say("verify", "--published", figures, "--format", "json").out
    assert (tmp_path / "verify.json").read_text("utf-8") == told


def test_figures_that_are_not_there_are_told_in_one_line(say, tmp_path):
    missing = tmp_path / "none.csv"
    assert say("verify", "--published", missing) == (
        3,
        "",
        f"routeplan: {missing} T000: cannot be read, no such file or directory.\n",
    )
    said = say("verify")
    assert (said.code, said.out, said.err.count("\n")) == (3, "", 1)
    assert str(TINY / "published.csv") in said.err


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a,kz-astna,az-baku,,time_h,5,actual,gate,yes,\n", 'P001 origin "kz-astna"'),
        ("a,kz-astana,az-baku,,time_h,,actual,gate,yes,\n", "P002 value: no figure"),
        ("a,kz-astana,az-baku,,time_h,x,actual,gate,yes,\n", 'T010 value "x"'),
        ("a,kz-astana,az-baku,,time_h,5,gossip,gate,yes,\n", 'T010 status "gossip"'),
        ("a,kz-astana\n", "T008"),
    ],
)
def test_figures_that_cannot_be_used_are_told_in_one_line(say, figures, row, told):
    figures.write_text(HEADER + row, "utf-8")
    said = say("verify", "--published", figures)
    assert (said.code, said.out, said.err.count("\n")) == (3, "", 1)
    assert said.err.startswith("routeplan: published.csv:2")
    assert told in said.err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--format", "geojson"], 2, "this command does not write geojson"),
        (["-o", "verify.docx"], 2, '"verify.docx"'),
        (["--data", "nowhere"], 3, "nowhere T000: there is no such folder"),
    ],
)
def test_an_option_that_cannot_be_met_is_told_in_one_line(say, figures, arguments, code, told):
    said = say("verify", "--published", figures, *arguments)
    assert (said.code, said.out, said.err.count("\n")) == (code, "", 1)
    assert told in said.err
