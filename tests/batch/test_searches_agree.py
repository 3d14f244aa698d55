"""Whole files of results are the same whatever finds the ways, and however rows are answered."""

from __future__ import annotations

import io
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from routeplan.batch.answers import _answer
from routeplan.batch.columns import decode_rows, encode_rows
from routeplan.batch.evaluator import DEFAULTS, ScenarioEvaluator, search_maker
from routeplan.batch.job import count
from routeplan.batch.tell import Teller
from routeplan.itinerary.build import build_itinerary
from routeplan.kernel.engines import Solver, engine_maker
from routeplan.kernel.kernel import Kernel
from routeplan.places.question import Question, read_question
from routeplan.scenario.changes import parse_changes
from routeplan.scenario.table import ScenarioTable

REAL = """\
scenario_id,origin,destination,via,modes,depart,deadline,cargo,load,by,k,changes,max_days,must_via
plain,Astana,Belgrade,,,,,,,,,,,
plain,Astana,Belgrade,,,,,,,,,,,
,Astana,Belgrade,,,,,,,time,,close node:ge-poti-port,,
"a, b",Astana,Belgrade,,,,,,,cost,,close node:ge-poti-port; mode:ferry cost*=0.5,,
=1+1,Astana,Belgrade,,,,,,,,,,,
-x,Astana,Belgrade,,,,30d,,,,,mode:rail cost+=20%,,
winter,Almaty,Istanbul,,,2026-12-01,25d,frozen_food,2xTEU,reliability,,border:az-ge time_h*=2,,
via,Almaty,Istanbul,Baku,,,,,,,,mode:rail&country:KZ cost*=1.2; country:KZ cost*=1.1,,
three,Tashkent,Constanta,,,,,,,,3,close node:az-alat-port,,
three,Tashkent,Constanta,,,,,,,,3,,,
three,Tashkent,Constanta,,"rail,sea,ferry",,30d,,,cost,4,mode:rail cost*=0.5,20,
three,Baku,Budapest,Tbilisi,,2026-12-01,,,2xTEU,time,3,border:az-ge time_h*=2,,Poti
sure,Astana,Belgrade,,,,28d,electronics,,reliability,5,mode:ferry wait_h+=48,,
keeps,Astana,Belgrade,,,,,frozen_food,,cost,3,mode:rail time_h*=2,,
clock,Aktau,Poti,,,2026-12-01T08:00,,,,,2,,,
none,Astana,Belgrade,,barge,,,,,,3,mode:rail cost*=2,,
heavy,Aktau,Poti,,,,,,900000t,,2,mode:rail cost*=1000000,,
short,Tashkent,Constanta,,"rail,sea,ferry",,,,,co2,,mode:sea wait_h+=12; mode:sea wait_h*=2,60,Baku
none,Astana,Belgrade,,barge,,,,,,,mode:rail cost*=2,,
none,Astana,Belgrade,,barge,,,,,,,,,
bad,Astana,Nowhere,,,,,,,,,,,
bad,Astana,Belgrade,,,,,,,fast,,,,
bad,Astana,Belgrade,,,,,,,,,close node:nowhere; edge:x cost,,
bad,Astana,Belgrade,,,,,,,,,=close,,
bad,Astana,Belgrade,,,,,,,,,mode:rail per_week*=2,,
good,Astana,Belgrade,,,,,,,,, ; mode:rail cost*=0.5 ;; mode:rail cost*=2;,,
good,Xi'an,Duisburg,,,,,,,,,"mode:rail cost*=0.5; mode:rail time_h*=0.5; country:KZ cost*=0",,
again,Astana,Belgrade,,,,,,,cost,,close node:ge-poti-port; mode:ferry cost*=0.5,,
"""


@pytest.fixture(scope="module")
def rows():
    table = ScenarioTable(io.BytesIO(REAL.encode()), defaults=DEFAULTS)
    return list(table.texts())


def evaluator(network, solver):
    return ScenarioEvaluator(network, search_maker(solver))


@pytest.fixture(scope="module")
def plainly(real, rows):
    """The results by networkx, row by row."""
    return evaluator(real, Solver.NETWORKX).evaluate_chunk(rows)


@pytest.mark.parametrize("solver", [Solver.PYTHON, Solver.NUMBA, Solver.NETWORKX])
def test_results_are_the_same_bytes_whatever_finds_the_ways(real, rows, plainly, solver):
    found = evaluator(real, solver)
    assert {result["status"] for result in plainly} == {"ok", "no_route", "bad_row"}
    for _ in range(2):  # the second time most is remembered
        payload, counts = found.encode_chunk(rows)
        assert payload.splitlines() == encode_rows(plainly).splitlines()
        assert payload == encode_rows(plainly)
        assert counts == count(plainly, len(rows))
    assert found.evaluate_chunk(rows) == plainly


@pytest.mark.parametrize("solver", [Solver.PYTHON, Solver.NUMBA])
def test_threads_that_share_an_evaluator_give_the_same_bytes(real, rows, plainly, solver):
    found = evaluator(real, solver)
    chunks = [rows[number:] + rows[:number] for number in range(len(rows))]
    with ThreadPoolExecutor(4) as threads:
        payloads = [payload for payload, _ in threads.map(found.encode_chunk, chunks)]
    expected = [encode_rows([result]) for result in plainly]
    assert payloads[0] == b"".join(expected)
    assert all(sorted(_lines(p)) == sorted(_lines(payloads[0])) for p in payloads)


def _lines(payload):
    return [[str(cell) for cell in row.values()] for row in decode_rows(payload)]


def test_rows_are_read_the_same_in_another_process(real, rows, plainly):
    sent = pickle.loads(pickle.dumps(rows))  # noqa: S301 - our own
    found = evaluator(real, Solver.PYTHON)
    assert found.encode_chunk(rows)[0] == found.encode_chunk(sent)[0] == encode_rows(plainly)


def test_a_table_without_reading_gives_the_same_rows():
    def table():
        return ScenarioTable(io.BytesIO(REAL.encode()), defaults=DEFAULTS)

    read = [row.form.read(*row[:3]) if hasattr(row, "form") else row for row in table().texts()]
    assert read == list(table())


@pytest.mark.parametrize("by", ["balanced", "time", "reliability"])
@pytest.mark.parametrize("deadline", [None, "20d"])
def test_cells_told_of_a_way_are_those_of_its_itinerary(real, by, deadline):
    kernel, teller = Kernel(real, engine_maker(Solver.PYTHON)), Teller(real)
    question = Question("Astana", "Belgrade", by=by, k=1, deadline=deadline, modes="rail,road,sea")
    request = read_question(real, question)
    for text in ("", "mode:rail time_h*=2; mode:sea wait_h+=24", "mode:rail distance_km*=2"):
        way = kernel.best(request, parse_changes(text)).arcs
        expected = _answer(build_itinerary(real, way, request=request))
        told = teller.tell(way, request.draws, request.deadline_h)
        assert (told.figures, told.cells()) == (expected.figures, expected.cells)


def test_a_row_that_breaks_the_quick_way_takes_the_long_one(rows, real, monkeypatch):
    from routeplan.batch.job import _encoded

    found = evaluator(real, Solver.PYTHON)
    expected = _encoded(found, rows[:4])
    monkeypatch.setattr(found, "_quick", None)
    assert _encoded(found, rows[:4]) == expected


def test_a_kernel_that_forgets_gives_the_same_bytes(real, rows, plainly, monkeypatch):
    from routeplan.kernel import kernel

    monkeypatch.setattr(kernel, "_MOST_PRICES", 1)
    monkeypatch.setattr(kernel, "_MOST_TASKS", 1)
    found = evaluator(real, Solver.PYTHON)
    for _ in range(2):
        assert found.encode_chunk(rows)[0] == encode_rows(plainly)
    assert b"".join(found.encode_chunk([row])[0] for row in rows) == encode_rows(plainly)
