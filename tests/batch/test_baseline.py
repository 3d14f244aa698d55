"""Results beside earlier ones: worse, better, missing, new."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.batch.baseline import Change, compare, read_results, read_tolerances
from routeplan.batch.columns import COLUMN_NAMES, encode_rows
from routeplan.errors import RequestError


def result(scenario_id, rank=1, status="ok", **totals):
    numbers = {"time_h_p50": 100.0, "cost_usd": 1000.0, "co2e_kg": 50.0, "row": 2} | totals
    return {"scenario_id": scenario_id, "rank": rank, "status": status, **numbers}


def told(before, now, tolerance=""):
    found = compare(before, now, read_tolerances(tolerance))
    return {(d.scenario_id, d.rank): (d.change, d.text) for d in found}


@pytest.mark.parametrize(
    ("cost", "tolerance", "change"),
    [
        (1020.0, "cost=2%", None),
        (1020.1, "cost=2%", Change.WORSE),
        (980.0, "cost=2%", None),
        (979.9, "cost=2%", Change.BETTER),
        (1005.0, "cost=5", None),
        (1005.1, "cost=5", Change.WORSE),
        (1000.0, "", None),
        (1000.01, "", Change.WORSE),
        (2000.0, "time=1%", None),
        (1000.0000001, "", None),
    ],
)
def test_a_number_is_worse_above_its_tolerance_and_better_below(cost, tolerance, change):
    found = told([result("a")], [result("a", cost_usd=cost)], tolerance)
    assert found["a", 1][0] is change


def test_the_text_says_what_is_what_was_and_by_how_much():
    now = [result("a", cost_usd=1100.0, time_h_p50=90.0)]
    change, text = told([result("a")], now, "cost=2%,time=5%")["a", 1]
    assert change is Change.WORSE
    assert text == (
        "cost_usd: 1100, was 1000 (+10.0 %, tolerance 2 %); "
        "time_h_p50: 90, was 100 (-10.0 %, tolerance 5 %)"
    )


def test_losing_the_route_is_worse_and_finding_one_is_better():
    lost, found = result("a"), result("a", rank=None, status="no_route", cost_usd=None)
    assert told([lost], [found])["a", 1] == (Change.WORSE, "no_route, was ok")
    assert told([found], [lost])["a", 1] == (Change.BETTER, "ok, was no_route")
    assert told([found], [found])["a", 1] == (None, "")


def test_a_scenario_that_is_gone_is_a_regression_and_a_further_answer_is_not():
    before = [result("a"), result("a", 2), result("b")]
    found = {(d.scenario_id, d.rank): d for d in compare(before, [result("a"), result("c")])}
    assert {key: d.change for key, d in found.items()} == {
        ("a", 1): None,
        ("a", 2): Change.MISSING,
        ("b", 1): Change.MISSING,
        ("c", 1): Change.NEW,
    }
    assert [key for key, d in found.items() if d.is_regression] == [("b", 1)]


KEYS = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(1, 3)), unique=True)


@given(KEYS, KEYS, st.randoms(use_true_random=False))
def test_every_result_is_told_of_once_whatever_the_order(old, new, random):
    random.shuffle(old)
    found = list(compare([result(*key) for key in old], [result(*key) for key in new]))
    keys = [(d.scenario_id, d.rank) for d in found]
    assert sorted(keys) == sorted(set(old) | set(new))
    changes = {key: d.change for key, d in zip(keys, found, strict=True)}
    assert {key for key in changes if changes[key] is Change.MISSING} == set(old) - set(new)
    assert {key for key in changes if changes[key] is Change.NEW} == set(new) - set(old)


def test_results_in_one_order_are_compared_as_they_are_read():
    read = []

    def source(name):
        for number in range(1000):
            read.append(name)
            yield result(f"s{number}")

    found = compare(source("old"), source("new"))
    for _ in range(5):
        next(found)
    assert len(read) == 10


def test_duplicate_ids_are_matched_in_their_order():
    found = told([result("a"), result("a", cost_usd=2000.0)], [result("a"), result("a")])
    assert found["a", 1][0] is Change.BETTER


def test_results_are_read_from_every_text_form(tmp_path):
    rows = [result("a", way="x, y"), result("b", None, "no_route", cost_usd=None)]
    csv = (",".join(COLUMN_NAMES) + "\n").encode() + encode_rows(rows)
    jsonl = "".join(json.dumps(row) + "\n" for row in rows).encode()
    (tmp_path / "r.csv").write_bytes(csv)
    (tmp_path / "r.csv.gz").write_bytes(gzip.compress(csv))
    (tmp_path / "r.jsonl").write_bytes(jsonl)
    (tmp_path / "r.JSONL.GZ").write_bytes(gzip.compress(jsonl))
    files = list(tmp_path.iterdir())
    assert len(files) == 4
    for file in files:
        found = list(read_results(file))
        assert [(r["scenario_id"], r["rank"], r["cost_usd"]) for r in found] == [
            ("a", 1, 1000.0),
            ("b", None, None),
        ]
        assert not [d for d in compare(found, rows) if d.change]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("none.csv", None, "cannot be read: no such file"),
        ("r.txt", b"", r"not a file of results\. Name one that ends in \.csv"),
        ("none.parquet", None, "cannot be read: no such file"),
        ("r.parquet", b"PAR", "these are no results"),
        ("r.sqlite", b"scenario_id" * 99, "these are no results: file is not a database"),
        ("r.db", b"", "these are no results: it has 0 tables, not one"),
        ("r.xlsx", b"PK", "these are no results"),
        ("r.csv", b"scenario_id,cost_usd\na,1\n", "result 1 has no rank or status"),
        ("r.csv", b"scenario_id,rank,status,cost_usd\na,1,ok,abc\n", "these are no results.*abc"),
        ("r.csv", b"scenario_id,rank,status\na,1\n", "these are no results"),
        ("r.jsonl", b"[1]\n", "result 1 has no scenario_id"),
        ("r.jsonl", b"{", "these are no results"),
        (
            "r.jsonl",
            b'{"scenario_id": "a", "rank": 1, "status": "ok", "cost_usd": "x"}',
            'cost_usd "x" is no number',
        ),
        ("r.csv", b"\xff\xfe\x00", "these are no results"),
        ("r.csv.gz", b"not packed", "cannot be read"),
    ],
)
def test_a_file_that_holds_no_results_is_refused_in_one_line(tmp_path, name, content, reason):
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(RequestError, match=reason) as raised:
        list(read_results(file))
    assert str(file) in str(raised.value)


@pytest.mark.parametrize("text", ["cost", "cost=", "price=2%", "cost=-1", "cost=2%,cost=3%", "=2"])
def test_a_tolerance_that_is_not_understood_is_refused(text):
    with pytest.raises(RequestError, match=r"is not understood\. Write time, cost, co2e"):
        read_tolerances(text)
