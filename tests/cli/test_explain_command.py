"""`routeplan explain` as a user has it."""

from __future__ import annotations

import inspect
import json
import re
from dataclasses import fields

import pytest

from routeplan.cli.explain import _FIELD, OF_THE_ANSWER, explain, question_of
from routeplan.cli.find import find
from routeplan.places.question import Question

EXPLAIN = ("explain", "Astana", "Baku")
SHARED = {"data", "emission_factors", "change", "no_color", "quiet", "output"}


def test_every_option_of_find_that_shapes_the_question_is_understood():
    of_find = set(inspect.signature(find).parameters)
    own = set(inspect.signature(explain).parameters)
    assert of_find >= OF_THE_ANSWER
    assert own == of_find - OF_THE_ANSWER | {"why_not", "form"}
    asked = {_FIELD.get(name, name) for name in own - SHARED - {"why_not", "form"}}
    assert asked <= {field.name for field in fields(Question)}


def test_options_become_the_question_that_find_asks():
    options = {"origin": "A", "destination": "B", "via": ["C"], "avoid": None, "mode": "rail"}
    options |= {"max_cost": 5.0, "depart": None, "why_not": "x", "quiet": True}
    assert question_of(options) == Question("A", "B", via=("C",), modes="rail", max_cost_usd=5.0)


def test_a_table_puts_both_ways_side_by_side(say):
    told = say(*EXPLAIN, "--why-not", "by ferry", "--format", "table")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("Astana to Baku: why not by ferry")
    assert "Side by side" in told.out
    assert "Difference" in told.out
    assert all(len(line) <= 80 for line in told.out.splitlines())


@pytest.mark.parametrize("depart", ["2026-12-01", "2026-12-01T08:00"])
@pytest.mark.parametrize("width", [40, 60, 100, 160])
def test_it_fits_terminals_of_any_width(say, monkeypatch, width, depart):
    monkeypatch.setenv("COLUMNS", str(width))
    told = say(*EXPLAIN, "--why-not", "by ferry", "--depart", depart, "--format", "table")
    assert told.code == 0
    assert max(map(len, told.out.splitlines())) <= width


def test_rows_are_one_for_a_pair_of_steps_and_the_sentences_go_beside(say):
    told = say(*EXPLAIN, "--why-not", "by ferry", "--format", "tsv")
    header, *rows = (line.split("\t") for line in told.out.splitlines())
    assert header[:3] == ["section", "same", "best_step"]
    assert {len(row) for row in rows} == {len(header)}
    assert "ferry" in told.err
    assert say(*EXPLAIN, "--why-not", "by ferry", "--format", "csv", "-q").err == ""


def test_json_and_markdown_hold_the_same_sentences(say):
    answer = json.loads(say(*EXPLAIN, "--why-not", "by ferry", "--format", "json").out)
    assert answer["schema"] == "routeplan/explain/1"
    text = say(*EXPLAIN, "--why-not", "by ferry", "--format", "md").out
    for sentence in answer["sentences"]:
        assert sentence in text.replace("\\", "")


def test_a_way_that_find_saved_is_explained(say, tmp_path):
    path = tmp_path / "plan.json"
    assert say("find", "Astana", "Baku", "-o", path).code == 0
    rank = len(json.loads(path.read_text("utf-8"))["itineraries"])
    told = say(*EXPLAIN, "--why-not", f"{path}#{rank}", "--format", "json")
    assert json.loads(told.out)["verdict"] in ("loses", "best")
    assert json.loads(told.out)["other"]["rank"] == rank
    told = say(*EXPLAIN, "--why-not", f"{path}#{rank + 1}")
    assert (told.code, told.out) == (2, "")


def test_a_changed_network_is_explained(say):
    options = ("--why-not", "edge:sea-aktau-alat", "--format", "json")
    told = say(*EXPLAIN, *options, "--change", "close edge:sea-aktau-alat")
    answer = json.loads(told.out)
    assert answer["verdict"] == "not_allowed"
    assert answer["reasons"][0]["kind"] == "closed"


def test_the_same_question_has_the_same_bytes(say):
    first, second = (say(*EXPLAIN, "--why-not", "by ferry", "--format", "json") for _ in "ab")
    assert first == second


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--why-not", "via Atlantis"), 2, 'unknown place "Atlantis"'),
        (("--why-not", "none.json"), 2, "cannot read none.json"),
        (("--why-not", ""), 2, "names nothing"),
        (("--mode", "air"), 1, "no route from Astana to Baku"),
        (("--format", "html"), 2, "does not write html"),
        (("--pareto",), 2, "No such option"),
        (("--depart", "2026-12-01..2026-12-05"), 2, "is a range of days. Name one day here."),
        (("--depart", "2026-12-01T08:00", "--arrive-by", "2026-12-25"), 2, "exclude each other"),
    ],
)
def test_mistakes_are_told_in_a_line(say, arguments, code, said):
    told = say(*EXPLAIN, *arguments)
    assert (told.code, told.out) == (code, "")
    assert re.search(re.escape(said), told.err)
