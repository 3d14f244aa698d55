"""Planned beside published, in every format, from comparisons with round numbers."""

from __future__ import annotations

import csv
import io
import json

import pytest

from routeplan.analysis.published import Published, PublishedStatus, Quantity
from routeplan.analysis.verify import Comparison, summarise
from routeplan.render.output import PAGE, Format, Look
from routeplan.render.verification import VERIFY_FORMATS, verification_text


def _row(name: str, quantity: Quantity, **cells) -> Published:
    return Published(
        published_id=name,
        origin="kz-alma",
        destination="az-caro",
        via=("kz-bora",),
        quantity=quantity,
        source_ids=("news", "diary"),
        **{"status": PublishedStatus.ACTUAL, **cells},
    )


COMPARISONS = [
    Comparison(_row("journey", Quantity.TIME_H, value=240.0), 264, 216, 360),
    Comparison(_row("late", Quantity.TIME_H, value=480.0), 264, 216, 360),
    Comparison(_row("lost", Quantity.TIME_H, value=48.0), None, reason="no way follows the chain"),
    Comparison(_row("line", Quantity.DISTANCE_KM, value=2000.0), 1980),
    Comparison(
        _row("tariff", Quantity.COST_USD, value_low=900.0, value_high=1100.0), 3000, inflation=2.0
    ),
]


def _text(form: Format, comparisons=COMPARISONS) -> str:
    return verification_text(comparisons, summarise(comparisons), form, PAGE)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|\n").split("|")]


def test_a_table_shows_days_kilometres_and_dollars_of_the_plan_s_year():
    rows = [_cells(line) for line in _text(Format.MD).splitlines()[2:7]]
    assert rows == [
        ["journey", "actual", "10.0", "11.0", "d", "9.0-15.0", "yes", "+10%"],
        ["late", "actual", "20.0", "11.0", "d", "9.0-15.0", "no", "-45%"],
        ["lost", "actual", "2.0", "no way follows the chain", "d", "", "", ""],
        ["line", "actual", "2 000", "1 980", "km", "", "", "-1%"],
        ["tariff", "actual", "2 000", "3 000", "USD", "", "", "+50%"],
    ]


def test_a_narrow_table_leaves_columns_out_and_folds_no_head():
    look = Look(width=80, color=False, encoding="utf-8")
    long = Comparison(_row("a-journey-of-a-long-name-2026", Quantity.TIME_H, value=240.0), 264)
    text = verification_text([*COMPARISONS, long], summarise(COMPARISONS), Format.TABLE, look)
    assert text.splitlines()[1].split() == [
        "what",
        "published",
        "planned",
        "unit",
        "P10-P90",
        "error",
    ]
    assert "a-journey-of-a-long-name-2026" in text


def test_the_summary_follows_with_one_line_for_each_quantity():
    lines = [_cells(line) for line in _text(Format.MD).split("\n\n")[1].splitlines()]
    assert lines[0][:3] == ["quantity", "rows", "no plan"]
    assert [line[0] for line in lines[2:]] == list(Quantity)
    # errors of time 10 % and 45 %, signed +10 % and -45 %; one of two inside
    assert lines[2] == ["time_h", "2", "1", "27.5%", "45.0%", "-17.5%", "50.0%"]
    assert lines[3] == ["distance_km", "1", "0", "1.0%", "1.0%", "-1.0%", ""]


def test_every_status_has_a_line_of_its_own_and_what_does_not_count_is_apart():
    hopes = [
        Comparison(_row("hope", Quantity.TIME_H, value=200.0, status=PublishedStatus.CLAIM), 260),
        Comparison(_row("vague", Quantity.TIME_H, value=100.0, counts=False), 150),
    ]
    told = json.loads(_text(Format.JSON, [*COMPARISONS, *hopes]))["by_status"]
    assert [(row["quantity"], row["status"], row["counts"], row["rows"]) for row in told] == [
        ("time_h", "actual", True, 2),
        ("time_h", "actual", False, 1),
        ("time_h", "claim", False, 1),
        ("distance_km", "actual", True, 1),
        ("cost_usd", "actual", True, 1),
    ]
    assert [row["median_error"] for row in told] == [0.275, 0.5, 0.3, 0.01, 0.5]
    last = _text(Format.MD, [*COMPARISONS, *hopes]).split("\n\n")[2].splitlines()
    assert _cells(last[3]) == ["time_h", "actual", "no", "1", "50.0%", "50.0%", ""]


def test_a_table_and_markdown_hold_the_same_cells():
    table = _text(Format.TABLE)
    assert table.startswith("Planned and published\n")
    assert "Summary of the rows that count" in table
    for line in _text(Format.MD).splitlines()[2:7]:
        assert all(cell in table for cell in _cells(line))


def test_json_holds_summary_and_rows():
    told = json.loads(_text(Format.JSON))
    assert list(told) == ["schema", "summary", "by_status", "rows"]
    assert told["schema"] == "routeplan/verify/1"
    assert told["summary"][0] == {
        "quantity": "time_h",
        "compared": 2,
        "unplanned": 1,
        "median_error": 0.275,
        "worst_error": 0.45,
        "bias": -0.175,
        "inside": 0.5,
    }
    first, tariff = told["rows"][0], told["rows"][-1]
    assert (first["published"], first["planned"]) == (240, 264)
    assert (first["planned_p10"], first["planned_p90"]) == (216, 360)
    assert (first["error"], first["inside"]) == (0.1, True)
    assert (first["via"], first["sources"]) == (["kz-bora"], ["news", "diary"])
    # a range of 900-1100 USD at twice the price level
    assert (tariff["published_low"], tariff["published"], tariff["published_high"]) == (
        1800,
        2000,
        2200,
    )


@pytest.mark.parametrize(("form", "delimiter"), [(Format.CSV, ","), (Format.TSV, "\t")])
def test_lines_hold_the_rows_of_json(form, delimiter):
    rows = list(csv.DictReader(io.StringIO(_text(form)), delimiter=delimiter))
    told = json.loads(_text(Format.JSON))["rows"]
    assert [list(row) for row in rows] == [list(row) for row in told]
    assert [row["published_id"] for row in rows] == [row["published_id"] for row in told]
    assert [row["inside"] for row in rows] == ["yes", "no", "", "", ""]
    assert rows[0]["via"] == "kz-bora"
    lines = [json.loads(line) for line in _text(Format.JSONL).splitlines()]
    assert lines == told


@pytest.mark.parametrize("form", VERIFY_FORMATS)
def test_nothing_to_compare_is_written_as_nothing(form):
    text = _text(form, [])
    assert "None" not in text
    if form is Format.JSON:
        assert json.loads(text)["rows"] == []
