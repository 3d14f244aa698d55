"""Results of a batch read back, and held against earlier ones."""

from __future__ import annotations

import gzip
import json
import math

import pytest

from routeplan.analysis.results import Result, compare_results, read_results
from routeplan.errors import DataError, RequestError

HEADER = (
    "scenario_id,row,rank,status,error,origin,destination,time_h_p50,cost_usd,co2e_kg,way,"
    "delta_time_h,delta_cost_usd,delta_co2e_kg,expectations,failed\n"
)
ROWS = (
    'base,2,1,ok,,kz-a,rs-b,240,5000,900,"A ~ rail ~ B",0,0,0,ok,\n'
    "base,2,2,ok,,kz-a,rs-b,200,9000,1900,A ~ truck ~ B,0,0,0,,\n"
    "shut,3,,no_route,no route joins them,kz-a,rs-b,,,,,,,,failed,expect_status: no_route\n"
    "slow,4,1,ok,,kz-a,rs-b,300,5500,900,A ~ rail ~ B,60,500,0,none,\n"
)


@pytest.fixture
def write(tmp_path):
    def written(text, name="results.csv"):
        path = tmp_path / name
        content = text.encode()
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    return written


@pytest.mark.parametrize("name", ["results.csv", "results.csv.gz"])
def test_only_first_answers_are_read_with_their_numbers(write, name):
    base, shut, slow = read_results(write("\ufeff" + HEADER + ROWS, name))
    assert (base.time_h, base.cost_usd, base.co2e_kg, base.is_answered) == (240, 5000, 900, True)
    assert (shut.is_answered, shut.time_h, shut.error) == (False, None, "no route joins them")
    assert shut.failed == "expect_status: no_route"
    assert slow.effect == pytest.approx(60 / 240 + 500 / 5000)
    assert base.effect == 0


def test_json_lines_are_read_alike(write):
    header, *lines = (HEADER + ROWS.replace('"', "")).splitlines()
    names = header.split(",")
    rows = [dict(zip(names, line.split(","), strict=True)) for line in lines]
    text = "".join(json.dumps({k: v or None for k, v in row.items()}) + "\n" for row in rows)
    assert read_results(write(text, "r.jsonl")) == read_results(write(HEADER + ROWS))


def test_the_difference_of_the_median_goes_before_that_of_the_average(write):
    text = "scenario_id,status,time_h_p50,cost_usd,delta_time_h,delta_time_h_p50\na,ok,9,1,5,7\n"
    assert read_results(write(text))[0].delta_time_h == 7


def test_every_bad_number_is_told_with_its_line(write):
    text = HEADER + "a,2,1,ok,,,,ten,1,,,,,,,\nb,3,1,ok,,,,10,nan,,,,,,,\n"
    with pytest.raises(DataError) as caught:
        read_results(write(text))
    told = [(f.line, f.field, f.value, f.code) for f in caught.value.findings]
    assert told == [(2, "time_h_p50", "ten", "B003"), (3, "cost_usd", "nan", "B003")]


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("", "r.csv", "time_h_p50: this column is missing"),
        ("scenario_id,status\n", "r.csv", "cost_usd: this column is missing"),
        ("[1]\n", "r.jsonl", "line 1 is no object"),
        ("{", "r.jsonl", "B001"),
        (HEADER + 'a,"', "r.csv", "B001"),
    ],
)
def test_a_file_that_holds_no_results_is_refused(write, text, name, said):
    with pytest.raises(DataError) as caught:
        read_results(write(text, name))
    assert any(said in finding.one_line() for finding in caught.value.findings)


@pytest.mark.parametrize(
    ("name", "said"), [("r.txt", "not a file of results"), ("r.csv", "no res")]
)
def test_another_form_and_no_row_are_the_users_mistake(write, name, said):
    with pytest.raises(RequestError, match=said):
        read_results(write(HEADER, name))


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DataError) as caught:
        read_results(tmp_path / "none.csv")
    assert "no such file" in caught.value.findings[0].message


def test_results_are_matched_by_scenario_and_the_same_ones_left_out():
    def ok(name, hours, usd=100.0):
        return Result(name, "ok", time_h=hours, cost_usd=usd)

    before = [ok("same", 10), ok("slow", 10), ok("lost", 10), ok("gone", 10)]
    now = [ok("same", 10), ok("slow", 15), Result("lost", "no_route"), ok("new", 1)]
    moved = compare_results(before, now)
    names = {(m.now or m.before).scenario_id: m.effect for m in moved}
    assert set(names) == {"slow", "lost", "gone", "new"}
    assert names["slow"] == pytest.approx(0.5)
    assert moved[-1].now.scenario_id == "slow"
    assert all(math.isinf(names[name]) for name in ("lost", "gone", "new"))
