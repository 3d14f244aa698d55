"""Rows that ask for several ways: when they are chosen by compiled loops, and when planned."""

from __future__ import annotations

import pandas as pd
import pytest

from routeplan.batch import answers
from routeplan.batch.columns import encode_rows
from routeplan.batch.evaluator import DEFAULTS, ScenarioEvaluator, search_maker
from routeplan.kernel import finder
from routeplan.kernel.engines import Solver
from routeplan.places.question import Question, read_question
from routeplan.planner import plan
from routeplan.scenario.apply import apply_changes
from routeplan.scenario.changes import parse_changes
from routeplan.scenario.table import ScenarioTable


def evaluator(network, solver):
    return ScenarioEvaluator(network, search_maker(solver))


def asked(k, **cells):
    columns = {"origin": "Aktau", "destination": "Poti", "k": str(k)} | cells
    table = ScenarioTable(pd.DataFrame([columns]), defaults=DEFAULTS)
    return list(table.texts())


class AskedError(Exception):
    """The planner was asked."""


@pytest.fixture
def no_planner(monkeypatch):
    def refuse(*_):
        raise AskedError

    monkeypatch.setattr(answers, "plan", refuse)


@pytest.mark.usefixtures("no_planner")
def test_several_ways_are_found_without_the_planner(real):
    pytest.importorskip("numba", exc_type=ImportError)
    found = evaluator(real, Solver.NUMBA)
    assert len(found.evaluate_chunk(asked(3))) == 3
    assert len(found.evaluate_chunk(asked(2, via="Baku", avoid="mode:air", by="time"))) == 2
    for solver in (Solver.PYTHON, Solver.NETWORKX, Solver.AUTO):
        with pytest.raises(AskedError):
            evaluator(real, solver).evaluate_chunk(asked(3))


@pytest.mark.usefixtures("no_planner")
def test_what_the_compiled_choice_does_not_take_goes_to_the_planner(real):
    pytest.importorskip("numba", exc_type=ImportError)
    found = evaluator(real, Solver.NUMBA)
    for cells in (
        {"depart": "2026-12-01T08:00"},
        {"handover": "terminal"},
        {"origin": "Zhanaozen"},
        {"load": "900000t", "changes": "mode:rail cost*=1000000"},
        {"origin": "Astana", "destination": "Belgrade", "cargo": "frozen_food", "by": "cost"},
    ):
        with pytest.raises(AskedError):
            found.evaluate_chunk(asked(3, **cells))


@pytest.mark.usefixtures("no_planner")
def test_several_ways_are_compiled_once_enough_of_them_are_asked_for(real, monkeypatch):
    pytest.importorskip("numba", exc_type=ImportError)
    monkeypatch.setattr(finder, "SEVERAL_FROM", 2)
    found = evaluator(real, Solver.AUTO)
    for _ in range(2):
        with pytest.raises(AskedError):
            found.evaluate_chunk(asked(3))
    assert len(found.evaluate_chunk(asked(3))) == 3


@pytest.mark.usefixtures("no_planner")
def test_without_numba_the_planner_is_asked(real, monkeypatch):
    monkeypatch.setattr(finder, "find_spec", lambda _: None)
    with pytest.raises(AskedError):
        evaluator(real, Solver.NUMBA).evaluate_chunk(asked(3))


FRONTS = (
    {"front": "time,cost,co2"},
    {"front": "cost, p90, transshipments", "changes": "close node:ge-poti-port"},
    {"pareto": "CO2", "origin": "Astana", "destination": "Belgrade", "by": "time"},
    {"over": "time", "modes": "barge"},
    {"front": "time,cost", "cargo": "frozen_food", "changes": "mode:rail time_h*=2"},
    {"front": "time,cost", "via": "Baku", "deadline": "20d", "max_days": "1"},
)


@pytest.mark.parametrize("cells", FRONTS)
def test_a_row_for_a_front_is_answered_with_the_ways_of_find_pareto(real, cells):
    pytest.importorskip("numba", exc_type=ImportError)
    rows = asked(1, **cells)
    planned = evaluator(real, Solver.NETWORKX).evaluate_chunk(rows)
    assert evaluator(real, Solver.NUMBA).evaluate_chunk(rows) == planned
    assert evaluator(real, Solver.PYTHON).encode_chunk(rows)[0] == encode_rows(planned)
    if planned[0]["status"] == "no_route":
        assert cells["modes"] == "barge"
        return
    columns = {"origin": "Aktau", "destination": "Poti"} | cells
    names = ("origin", "destination", "cargo", "by", "modes")
    question = Question(
        **{name: columns[name] for name in names if name in columns},
        via=tuple(filter(None, [columns.get("via")])),
        front=next(cells[name] for name in ("front", "pareto", "over") if name in cells).lower(),
    )
    changes = parse_changes(cells.get("changes", ""))
    front = plan(apply_changes(real, changes), read_question(real, question)).front
    assert [row["edges"].split("|") for row in planned] == [
        [leg.edge.edge_id for leg in way.legs] for way in front
    ]
    assert [row["rank"] for row in planned] == list(range(1, len(front) + 1))
    assert planned[0]["expectations"] == ("failed" if "max_days" in cells else "none")


def test_a_front_over_what_is_no_measure_is_refused(real):
    (found,) = evaluator(real, Solver.PYTHON).evaluate_chunk(asked(1, front="time,speed"))
    assert found["status"] == "bad_row"
    assert found["error"].startswith('front "time,speed": expected measures of time, cost, co2')


def test_a_front_is_found_without_the_planner(real, monkeypatch):
    pytest.importorskip("numba", exc_type=ImportError)
    monkeypatch.delattr(answers, "plan")
    found = evaluator(real, Solver.NUMBA).evaluate_chunk(asked(1, front="time,cost,co2"))
    hours = [row["time_h"] for row in found]
    assert len(found) > 3
    assert hours == sorted(hours)
