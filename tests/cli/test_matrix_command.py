"""`routeplan matrix` as a user has it."""

from __future__ import annotations

import io
import json

import pytest


@pytest.fixture
def places(tmp_path):
    file = tmp_path / "places.csv"
    file.write_text("place\nAstana\nAktau\nBaku\n", "utf-8")
    return file


def rows(out):
    header, *lines = (line.split("\t") for line in out.splitlines())
    return [dict(zip(header, line, strict=True)) for line in lines]


def test_one_list_is_asked_against_itself(say, places):
    said = say("matrix", places)
    assert said.code == 0
    found = rows(said.out)
    assert [(row["origin"], row["destination"]) for row in found[:4]] == [
        ("Astana", "Astana"),
        ("Astana", "Aktau"),
        ("Astana", "Baku"),
        ("Aktau", "Astana"),
    ]
    assert [row["status"] for row in found].count("same_place") == 3
    assert "Policy sanctions" in said.err


def test_a_pair_has_the_numbers_of_find(say, places):
    options = ("--load", "2xTEU", "--by", "time", "--depart", "2026-12-10")
    found = json.loads(say("find", "Astana", "Baku", *options, "--format", "json").out)
    (row,) = (
        row
        for row in rows(say("matrix", places, *options, "--ways").out)
        if (row["origin"], row["destination"]) == ("Astana", "Baku")
    )
    totals = found["itineraries"][0]["totals"]
    assert float(row["time_h"]) == totals["time_h"]
    assert float(row["cost_usd"]) == totals["cost_usd"]
    assert row["way"] == found["itineraries"][0]["way"]


def test_lists_may_come_by_standard_input(say, places, monkeypatch):
    class Stdin:
        buffer = io.BytesIO(b"Baku\n")

    monkeypatch.setattr("sys.stdin", Stdin)
    found = rows(say("matrix", "-", places, "-q").out)
    assert {row["origin"] for row in found} == {"Baku"}
    said = say("matrix", "-", "-")
    assert (said.code, said.out) == (2, "")
    assert "standard input holds one list" in said.err


def test_a_policy_file_holds_as_for_find(say, places, tmp_path):
    policy = tmp_path / "ours.toml"
    policy.write_text('[avoid.nodes]\naz-baku = "The warehouse is full."\n', "utf-8")
    said = say("matrix", places, "--policy", policy)
    for row in rows(said.out):
        assert (row["status"] == "kept_out") == ("Baku" in (row["origin"], row["destination"]))
    assert "Policy ours: The warehouse is full." in said.err
    assert (
        say("matrix", places, "--policy", "sanctoins").code
        == say("find", "Astana", "Baku", "--policy", "sanctoins").code
    )


def test_quiet_says_nothing_but_the_answer(say, places):
    said = say("matrix", places, "-q")
    assert said.err == ""
    assert "Policy" not in say("matrix", places, "--format", "csv", "-q").out


def test_a_changed_network_says_so(say, places):
    said = say("matrix", places, "--change", "mode:rail cost*=2", "--by", "cost")
    assert "Changed: mode:rail cost*=2 (links: " in said.err
    told = say("matrix", places, "--change", "mode:rail cost*=2", "--format", "json").out
    assert json.loads(told)["changes"][0]["text"] == "mode:rail cost*=2"


def test_bad_places_of_both_files_end_with_3_and_all_lines(say, places, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("Baku\nBaqqoo\nNowhereville\n", "utf-8")
    places.write_text("place\nAstanaa\n", "utf-8")
    said = say("matrix", places, other, "-o", tmp_path / "m.csv")
    assert (said.code, said.out) == (3, "")
    first, second, third = said.err.splitlines()
    assert "places.csv:2 P001" in first
    assert "Did you mean Astana" in first
    assert "other.txt:2 P001" in second
    assert "other.txt:3 P001" in third
    assert not (tmp_path / "m.csv").exists()


def test_a_place_to_pass_is_passed_by_every_pair_and_told(say, places):
    told = say("matrix", places, "--via", "Alat port", "--ways", "--format", "json")
    answer = json.loads(told.out)
    assert answer["request"]["via"] == ["az-alat-port"]
    ways = [way for row in answer["tables"][0]["ways"] for way in row if way]
    assert ways
    assert all(any("alat" in edge for edge in way) for way in ways)
    table = say("matrix", places, "--via", "Alat port", "--format", "table").out
    assert "via az-alat-port" in table


def test_no_way_at_all_ends_with_1_and_says_so_in_every_cell(say, places):
    said = say("matrix", places, "--mode", "barge")
    assert said.code == 1
    assert {row["status"] for row in rows(said.out)} == {"no_route", "same_place"}
    assert "6 of 9 pairs have no route" in said.err


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--by", "speed"), 2, 'unknown criterion "speed"'),
        (("--show", "speed"), 2, 'unknown quantity "speed"'),
        (("--show", "p50"), 2, "--percentiles"),
        (("--wide", "--format", "json"), 2, "--wide is for csv"),
        (("--ways", "--wide"), 2, "--ways needs a row for each pair"),
        (("--ways", "--format", "table"), 2, "--ways needs a row for each pair"),
        (("--format", "html"), 2, "does not write html"),
        (("--change", "close node:nowhere"), 2, "nowhere"),
        (("--load", "many"), 2, "many"),
    ],
)
def test_mistakes_are_one_line(say, places, options, code, said):
    found = say("matrix", places, *options)
    assert found.code == code
    assert said in found.err
    assert len(found.err.splitlines()) == 1
    assert found.out == ""


def test_wide_shows_what_is_asked_for(say, places):
    found = rows(say("matrix", places, "--wide", "--show", "cost").out)
    assert [row["quantity"] for row in found] == ["cost_usd"] * 3
    assert [row["Astana"] == "" for row in found] == [True, False, False]


def test_files_are_written_by_their_suffix(say, places, tmp_path):
    for name in ("m.csv", "m.json", "m.xlsx", "m.parquet", "m.sqlite", "m.md", "m.txt"):
        said = say("matrix", places, "-o", tmp_path / name)
        assert said.code == 0
        assert said.out == ""
        assert (tmp_path / name).stat().st_size > 100


def test_a_reader_that_leaves_early_is_no_error(start, places):
    with start("matrix", places, "--by", "balanced,time,cost") as running:
        running.stdout.close()
        err = running.stderr.read()
        code = running.wait(timeout=60)
    assert code == 0
    assert b"Traceback" not in err
    assert b"Broken" not in err
