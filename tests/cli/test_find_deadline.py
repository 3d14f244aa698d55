"""`find --deadline` and `--draws` as a user has them."""

from __future__ import annotations

import json

import pytest

FIND = ("find", "Astana", "Baku")


def test_a_deadline_adds_a_column_and_a_sentence(say):
    told = say(*FIND, "--deadline", "12d", "--format", "table")
    assert told.code == 0
    assert "due within 12 d" in told.out
    assert "On time" in told.out
    assert "Within 12 d: " in told.out


def test_a_day_is_a_deadline_beside_a_day_of_departure(say):
    days = say(*FIND, "--depart", "2026-06-01", "--deadline", "2026-06-13", "--format", "json")
    hours = say(*FIND, "--depart", "2026-06-01", "--deadline", "288h", "--format", "json")
    assert days == hours
    assert json.loads(days.out)["request"]["deadline_h"] == 288


def test_the_day_it_is_due_is_named_where_it_is_known(say):
    told = say(*FIND, "--depart", "2026-06-01", "--deadline", "12d", "--format", "md")
    assert "due within 12 d, by 2026-06-13" in told.out
    told = say(*FIND, "--depart", "2026-06-01", "--deadline", "100h", "--format", "md")
    assert "due within 100 h." in told.out


def test_reliability_is_the_chance_of_the_deadline_where_there_is_one(say):
    told = say(*FIND, "--by", "reliability", "--deadline", "9d", "--format", "json")
    totals = [way["totals"] for way in json.loads(told.out)["itineraries"]]
    ranked = [(-t["on_time_share"], t["time_h_p90"]) for t in totals]
    assert len(ranked) > 1
    assert ranked == sorted(ranked)


@pytest.mark.parametrize("draws", ["20000", "100000"])
def test_more_draws_are_said_and_counted(say, draws):
    many = json.loads(say(*FIND, "--draws", draws, "--format", "json", "-k", "1").out)
    few = json.loads(say(*FIND, "--format", "json", "-k", "1").out)
    assert (few["request"]["draws"], many["request"]["draws"]) == (2500, int(draws))
    a, b = (plan["itineraries"][0]["totals"] for plan in (few, many))
    assert a["time_h_p90"] != b["time_h_p90"]
    assert a["time_h_p90"] == pytest.approx(b["time_h_p90"], rel=0.08)
    assert a["time_h"] == b["time_h"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--deadline", "25"), "cannot read the deadline"),
        (("--deadline", ""), "cannot read the deadline"),
        (("--deadline", "2026-12-24"), "needs --depart DATE"),
        (("--deadline", "2026-05-31", "--depart", "2026-06-01"), "not after the departure"),
        (("--draws", "1"), "out of range"),
    ],
)
def test_a_mistake_ends_in_one_line_that_says_what_to_do(say, options, words):
    told = say(*FIND, *options)
    assert (told.code, told.out) == (2, "")
    assert words in told.err
    assert told.err.count("\n") == 1
