"""`sources --broken`: the numbers that cannot be trusted as they stand."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

TINY = Path(__file__).parents[1] / "data" / "tiny"


@pytest.fixture
def doubtful(tmp_path) -> Path:
    """A copy of the tiny network in which the survey is weak, and a train rests on hearsay."""
    folder = tmp_path / "doubtful"
    shutil.copytree(TINY, folder)
    sources = folder / "sources.csv"
    lines = sources.read_text("utf-8").splitlines()
    lines = [
        f"{line},{'weak' if number == 0 else 'yes' if 'survey' in line else 'no'}"
        for number, line in enumerate(lines)
    ]
    sources.write_text("\n".join(lines), "utf-8")
    edges = folder / "edges.csv"
    old, new = "70,80,110,,,,,,,,,,open,,,,tariff-2025", "70,80,110,,,,,,,,,,open,,,,hearsay"
    text = edges.read_text("utf-8")
    assert old in text
    edges.write_text(text.replace(old, new), "utf-8")
    return folder


def _rows(text: str, delimiter: str = "\t") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def test_each_number_is_listed_with_its_row_and_what_is_wrong(say, doubtful):
    said = say("sources", "--broken", "--data", doubtful)
    assert (said.code, said.err) == (0, "")
    rows = [tuple(row.values()) for row in _rows(said.out)]
    assert [row for row in rows if row[0] == "edges.csv"] == [
        ("edges.csv", "rail-astana-aktau", "distance", "unknown source", "hearsay"),
        ("edges.csv", "rail-astana-aktau", "time", "unknown source", "hearsay"),
        ("edges.csv", "sea-aktau-alat", "time", "single weak source", "survey-2024"),
    ]
    assert ("emissions.csv", "rail", "co2e", "single weak source", "survey-2024") in rows


def test_older_than_adds_the_numbers_of_before_a_date(say):
    plain = _rows(say("sources", "--broken").out)
    aged = _rows(say("sources", "--broken", "--older-than", "2025").out)
    assert {row["problem"] for row in plain} <= {"no source"}
    old = [row for row in aged if row["problem"] == "old"]
    assert [row for row in aged if row not in old] == plain
    assert {row["detail"] for row in old} == {"2024"}
    assert {row["file"] for row in old} >= {"emissions.csv"}
    assert say("sources", "--older-than", "2025") == say(
        "sources", "--broken", "--older-than", "2025"
    )


def test_every_format_holds_the_same_rows(say, doubtful):
    command = ("sources", "--broken", "--data", doubtful, "--format")
    rows = json.loads(say(*command, "json").out)
    assert list(rows[0]) == ["file", "row", "metric", "problem", "detail"]
    assert [json.loads(line) for line in say(*command, "jsonl").out.splitlines()] == rows
    assert _rows(say(*command, "csv").out, ",") == _rows(say(*command, "tsv").out) == rows
    assert say(*command, "md").out.count("\n") == len(rows) + 2
    assert say(*command, "table").out.startswith(f"{len(rows)} numbers\n")


@pytest.mark.parametrize("date", ["soon", "2024-13", "20", "01.02.2024"])
def test_a_date_that_is_none_is_told_in_one_line(say, date):
    said = say("sources", "--broken", "--older-than", date)
    assert (said.code, said.out) == (2, "")
    assert said.err == (f'routeplan: cannot read the date "{date}". Write it as 2020 or 2020-06.\n')


def test_data_that_are_not_there_are_told_in_one_line(say, tmp_path):
    said = say("sources", "--broken", "--data", tmp_path / "gone")
    assert (said.code, said.out, said.err.count("\n")) == (3, "", 1)
