"""`find` by the clock: `--depart` with an hour, `--arrive-by`, a range of days."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from itertools import pairwise

import pytest

from routeplan.places.question import Question
from routeplan.planner import find_routes
from routeplan.render.records import moment_iso

FIND = ("find", "Astana", "Baku")


def told(say, *options):
    said = say(*FIND, *options, "--format", "json")
    assert said.code == 0, said.err
    return json.loads(said.out)


def test_every_leg_has_local_hours_that_join(say):
    answer = told(say, "--depart", "2026-12-01T08:00")
    assert answer["request"]["leave"] == "2026-12-01T08:00"
    assert answer["request"]["depart"] == "2026-12-01"
    for itinerary in answer["itineraries"]:
        legs = itinerary["legs"]
        assert itinerary["depart"] == legs[0]["ready"] == "2026-12-01T08:00+00:00"
        assert itinerary["arrive"] == legs[-1]["arrive"]
        for before, after in pairwise(legs):
            assert before["arrive"] == after["ready"]
        assert all(leg["ready"] <= leg["depart"] for leg in legs)


def test_places_without_a_time_zone_are_told(say):
    answer = told(say, "--depart", "2026-12-01T08:00")
    text = "of its places have no time zone; their hours are UTC."
    assert any(note.endswith(text) for note in answer["warnings"])


def test_hours_are_those_of_the_place_where_its_zone_is_known(real):
    found = find_routes(real, Question("Astana", "Belgrade", depart="2026-12-01T08:00", k=1))
    way = found.itineraries[0]
    assert moment_iso(way.depart) == "2026-12-01T08:00+05:00"
    assert moment_iso(way.arrive).endswith("+01:00")
    assert not any("time zone" in note for note in found.warnings)


def test_the_ship_sails_on_its_days(say):
    for itinerary in told(say, "--depart", "2026-12-01T08:00")["itineraries"]:
        for leg in itinerary["legs"]:
            if leg["edge_id"] == "sea-aktau-alat":
                assert leg["depart"][11:16] in ("08:00", "12:00")


def test_a_day_without_an_hour_is_its_season_and_has_no_hours(say):
    answer = told(say, "--depart", "2026-12-01")
    assert "leave" not in answer["request"]
    assert "depart" not in answer["itineraries"][0]
    assert "ready" not in answer["itineraries"][0]["legs"][0]


def test_every_way_is_there_by_the_day_asked_for(say):
    answer = told(say, "--arrive-by", "2026-12-25")
    assert answer["request"]["arrive_by"] == "2026-12-25T23:59"
    for itinerary in answer["itineraries"]:
        assert itinerary["arrive"] <= "2026-12-25T23:59+00:00"
        assert 0 < itinerary["totals"]["on_time_share"] <= 1


@pytest.mark.parametrize(
    ("width", "columns"),
    [("80", ["On time", "Leaves"]), ("100", ["On time", "Leaves", "Arrives"])],
)
def test_a_list_by_the_clock_leaves_columns_out_before_it_squeezes_words(
    say, monkeypatch, width, columns
):
    monkeypatch.setenv("COLUMNS", width)
    said = say(*FIND, "--arrive-by", "2026-12-25", "--format", "table")
    head = next(line for line in said.out.splitlines() if "P50 days" in line)
    others = {"On time", "Leaves", "Arrives", "Countries"} - set(columns)
    assert [name for name in columns if name not in head] == []
    assert [name for name in others if name in head] == []
    assert max(map(len, said.out.splitlines())) <= int(width)


def test_rows_hold_the_hours(say):
    said = say(*FIND, "--depart", "2026-12-01T08:00", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert {row["depart"] for row in rows} == {"2026-12-01T08:00+00:00"}
    assert all(row["arrive"] > row["depart"] for row in rows)


@pytest.mark.parametrize("form", ["table", "md", "geojson", "html", "kml", "jsonl"])
def test_every_format_takes_hours(say, form):
    said = say(*FIND, "--depart", "2026-12-01T08:00", "--format", form, "--deadline", "20d")
    assert said.code == 0, said.err
    assert "2026-12" in said.out or "12-" in said.out


def test_pages_and_databases_take_hours(say, tmp_path):
    for name in ("a.html", "a.sqlite", "a.xlsx"):
        said = say(*FIND, "--arrive-by", "2026-12-25", "-o", str(tmp_path / name))
        assert said.code == 0, said.err
        assert (tmp_path / name).stat().st_size > 0


def test_a_range_shows_the_best_days(say):
    said = say(*FIND, "--depart", "2026-12-01..2026-12-14", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert sorted(int(row["rank"]) for row in rows) == list(range(1, 15))
    assert rows[0]["leave"] == "2026-12-01T08:00+00:00"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--depart", "2026-12..2027-01", "-k", "2"), "-k is of one departure"),
        (("--depart", "2026-12..2027-01", "--picture", "time"), "--picture is of one departure"),
        (("--depart", "2026-12..2027-01", "--sources"), "--sources is of one departure"),
        (("--depart", "2026-12..2027-01", "--change", "close x"), "--change is of one departure"),
        (("--depart", "2026-12..2027-01", "--format", "geojson"), "does not write geojson"),
        (("--depart", "2027-01..2026-12"), "Turn it round"),
        (("--depart", "2026-12-01", "--arrive-by", "2026-12-25"), "exclude each other"),
        (("--arrive-by", "Christmas"), 'cannot read "Christmas"'),
    ],
)
def test_a_mistake_is_one_line(say, options, message):
    said = say(*FIND, *options)
    assert (said.code, said.out) == (2, "")
    assert message in said.err
    assert said.err.count("\n") == 1


def test_what_is_not_asked_by_the_clock_loads_no_clock():
    code = (
        "import sys; from routeplan.cli.main import run;"
        "run(['find', 'Astana', 'Baku', '--format', 'json', '-o', '/dev/null']);"
        "print([m for m in sys.modules if m in ('zoneinfo', 'routeplan.graph.timing',"
        "'routeplan.graph.gate', 'routeplan.risk.chain', 'routeplan.scenario.moment')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
