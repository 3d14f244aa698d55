"""Rows that ask for several ways: when they are chosen by compiled loops, and when planned."""

from __future__ import annotations

import pandas as pd
import pytest

from routeplan.batch import answers
from routeplan.batch.evaluator import DEFAULTS, ScenarioEvaluator, search_maker
from routeplan.kernel import finder
from routeplan.kernel.engines import Solver
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
