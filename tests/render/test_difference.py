"""What changed between two versions, in every format, from changes with round numbers."""

from __future__ import annotations

import csv
import io
import json

import pytest

from routeplan.analysis.diff import JourneyChange, RowChange
from routeplan.render.difference import DIFF_FORMATS, difference_text
from routeplan.render.output import PAGE, Format

ROWS = [
    RowChange("nodes.csv", "az-dora", "added"),
    RowChange("edges.csv", "train", "changed", "time_h", "20.0", "30.0"),
]


@pytest.fixture
def journeys(tiny_plan) -> list[JourneyChange]:
    totals = tiny_plan.itineraries[0].totals._replace(
        time_h_p50=240.0, cost_usd=1000.0, co2e_kg=500.0
    )
    worse = totals._replace(time_h_p50=264.0, cost_usd=1500.0, co2e_kg=500.0)
    return [
        JourneyChange("A - B", totals, totals, same_way=True),
        JourneyChange("A - C", totals, worse, same_way=False),
        JourneyChange("A - D", totals, None, same_way=False),
        JourneyChange("A - E", None, totals, same_way=False),
        JourneyChange("A - F", None, None, same_way=False),
    ]


def _text(journeys, form: Format, rows=ROWS) -> str:
    return difference_text(rows, journeys, form, PAGE)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|\n").split("|")]


def test_each_journey_shows_what_became_of_its_way_and_totals(journeys):
    lines = _text(journeys, Format.MD).splitlines()
    assert [_cells(line) for line in lines[-5:]] == [
        ["A - B", "same", "10", "1000", "500"],
        ["A - C", "another", "10 -> 11 (+10.0%)", "1000 -> 1500 (+50.0%)", "500"],
        ["A - D", "lost", "10 -> no way", "1000 -> no way", "500 -> no way"],
        ["A - E", "new", "no way -> 10", "no way -> 1000", "no way -> 500"],
        ["A - F", "none", "no way", "no way", "no way"],
    ]


def test_a_table_names_the_number_of_changes_and_each_of_them(journeys):
    table = _text(journeys, Format.TABLE)
    assert table.startswith("2 changes\n")
    assert "Best way of the reference journeys" in table
    for word in ("az-dora", "added", "train", "time_h", "20.0", "30.0"):
        assert word in table


def test_one_change_is_one(journeys):
    assert _text(journeys, Format.TABLE, ROWS[:1]).startswith("1 change\n")


def test_json_holds_every_change_and_both_totals_of_every_journey(journeys):
    told = json.loads(_text(journeys, Format.JSON))
    assert list(told) == ["schema", "rows", "journeys"]
    assert told["rows"][1] == {
        "file": "edges.csv",
        "key": "train",
        "change": "changed",
        "field": "time_h",
        "old": "20.0",
        "new": "30.0",
    }
    assert told["journeys"][1] == {
        "journey": "A - C",
        "same_way": False,
        "days_p50": [10, 11],
        "cost_usd": [1000, 1500],
        "co2e_kg": [500, 500],
    }
    assert told["journeys"][2]["cost_usd"] == [1000, None]


@pytest.mark.parametrize(("form", "delimiter"), [(Format.CSV, ","), (Format.TSV, "\t")])
def test_lines_hold_the_changed_rows_only(journeys, form, delimiter):
    rows = list(csv.DictReader(io.StringIO(_text(journeys, form)), delimiter=delimiter))
    assert rows == json.loads(_text(journeys, Format.JSON))["rows"]


@pytest.mark.parametrize("form", DIFF_FORMATS)
def test_two_versions_with_the_same_rows_are_told_plainly(journeys, form):
    text = _text(journeys[:1], form, rows=[])
    if form is Format.JSON:
        assert json.loads(text)["rows"] == []
    elif form in (Format.CSV, Format.TSV):
        assert text == ""
    else:
        assert text == "The two versions hold the same rows.\n"
