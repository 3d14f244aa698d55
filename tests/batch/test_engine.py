"""Every engine gives the same bytes in the same order, and survives what ends a worker."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_batch import ToyRow, failing_job, toy_job, toy_rows

from routeplan.batch.columns import decode_rows
from routeplan.batch.engine import Chunks, InOrder, map_chunks
from routeplan.batch.job import Counts, Done, run_chunk
from routeplan.batch.where import Engine, Where
from routeplan.errors import WorkerError

posix = pytest.mark.skipif(os.name == "nt", reason="signals as of POSIX")
SERIAL = Where(Engine.SERIAL)


def run(rows, where=SERIAL, job=None):
    done = list(map_chunks(job or toy_job(), Chunks(rows), where))
    return b"".join(d.payload for d in done), sum((d.counts for d in done), Counts())


def test_results_stand_in_the_order_of_the_input_with_every_column():
    payload, counts = run(toy_rows(3, s1="no"))
    rows = list(decode_rows(payload))
    assert [(r["scenario_id"], r["rank"]) for r in rows] == [
        ("s0", 1),
        ("s0", 2),
        ("s1", None),
        ("s2", 1),
        ("s2", 2),
    ]
    assert counts == Counts(scenarios=3, answers=5, ok=2, no_route=1, expected=1)
    assert rows[0]["way"] == 'A ~ "rail", B\nand C'
    assert rows[0]["time_h_p50"] == pytest.approx(2.2)


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("engine", [Engine.POOL, Engine.THREADS])
def test_any_number_of_workers_gives_the_bytes_of_one(engine, workers):
    rows = toy_rows(300, s7="sleep 0.2", s20="fail", s31="bad", s40="no")
    assert run(rows, Where(engine, workers)) == run(rows)


def test_a_worker_that_could_not_load_what_is_asked_says_so():
    with pytest.raises(WorkerError, match=r"joined that cannot load .*; its log .*--resume"):
        run_chunk("never installed", toy_rows(3))


def test_a_large_table_takes_every_core():
    assert Where(workers=2).chosen(10**6) is Where(workers=2).chosen(None) is Engine.POOL
    assert Where(workers=1).chosen(10**6) is Where(workers=2).chosen(9) is Engine.SERIAL
    assert Where(Engine.THREADS, 2).chosen(10**6) is Engine.THREADS
    assert Where(scheduler="tcp://leader:8786").chosen(9) is Engine.DASK


@posix
def test_the_chunk_of_a_killed_worker_is_evaluated_again(tmp_path):
    rows = toy_rows(60, s5=f"die {tmp_path / 'mark'} 2", s9=f"die {tmp_path / 'other'} 1")
    payload, counts = run(rows, Where(Engine.POOL, 2))
    assert len(list(tmp_path.iterdir())) == 3
    assert counts.scenarios == counts.ok == 60
    assert payload == run(toy_rows(60))[0]


@posix
def test_rows_that_end_three_workers_are_named(tmp_path):
    rows = toy_rows(30, s20=f"die {tmp_path / 'mark'} 99")
    with pytest.raises(WorkerError, match=r"worker after worker.*signal 9.*--resume") as raised:
        run(rows, Where(Engine.POOL, 2))
    first, last = map(int, re.match(r"rows (\d+) to (\d+) ", str(raised.value)).groups())
    assert first <= 22 <= last
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("where", [SERIAL, Where(Engine.POOL, 2), Where(Engine.THREADS, 2)])
def test_a_row_that_breaks_the_evaluator_costs_only_itself(where):
    payload, counts = run(toy_rows(20, s3="break"), where)
    assert (counts.ok, counts.error) == (19, 1)
    broken = next(r for r in decode_rows(payload) if r["status"] == "error")
    assert (broken["scenario_id"], broken["row"]) == ("s3", 5)
    assert (
        broken["error"] == "a bug of routeplan, please report it: ValueError: broken\non two lines"
    )


@pytest.mark.parametrize("where", [SERIAL, Where(Engine.POOL, 2), Where(Engine.THREADS, 2)])
def test_an_evaluator_that_does_not_load_says_why(where):
    with pytest.raises(LookupError, match="no network"):
        run(toy_rows(3), where, failing_job())


def test_no_rows_are_no_results():
    assert run([], Where(Engine.POOL, 2)) == (b"", Counts())


@pytest.mark.parametrize("engine", [Engine.POOL, Engine.THREADS])
def test_rows_are_read_no_further_ahead_than_the_workers_need(engine):
    taken = []

    def source():
        for row in toy_rows(100_000):
            taken.append(row)
            yield ToyRow(row.scenario_id, row.row, "sleep 0.001")

    found = map_chunks(toy_job(), Chunks(source()), Where(engine, 2))
    next(found)
    found.close()
    assert len(taken) < 1000


@given(st.lists(st.integers(0, 300), max_size=30), st.lists(st.floats(0, 10), max_size=30))
@settings(max_examples=50)
def test_chunks_hold_every_row_once_whatever_they_take(sizes, seconds):
    rows = list(range(sum(sizes)))
    chunks = Chunks(rows)
    found = []
    paces = iter(seconds)
    for chunk in chunks:
        found += chunk
        chunks.learn(Done(b"", Counts(scenarios=len(chunk)), next(paces, 0.01)))
    assert found == rows


def test_slow_rows_make_small_chunks_and_quick_rows_large_ones():
    chunks = Chunks(range(10**6))
    source = iter(chunks)
    for _ in range(8):
        chunk = next(source)
        chunks.learn(Done(b"", Counts(scenarios=len(chunk)), 0.0002 * len(chunk)))
    assert len(next(source)) == 2500
    for _ in range(8):
        chunk = next(source)
        chunks.learn(Done(b"", Counts(scenarios=len(chunk)), 1.0 * len(chunk)))
    assert len(next(source)) == 1


@given(st.permutations(range(6)))
def test_chunks_that_come_back_in_any_order_are_yielded_in_theirs(order):
    line = InOrder([[n] for n in range(6)], window=6)
    tickets = [line.next_ticket() for _ in range(6)]
    found = []
    for ticket in order:
        line.put(tickets[ticket], Done(str(ticket).encode(), Counts(), 0))
        found += [done.payload for done in line.ready()]
    assert found == [b"0", b"1", b"2", b"3", b"4", b"5"]
    assert line.next_ticket() is None
    assert line.is_done


def test_the_window_bounds_what_is_under_way():
    line = InOrder(([n] for n in range(100)), window=3)
    while line.has_room:
        line.next_ticket()
    assert line.rows(2) == [2]
    with pytest.raises(KeyError):
        line.rows(3)
