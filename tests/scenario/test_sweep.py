"""Sweeps: every combination, or a sample that a seed repeats."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.errors import RequestError
from routeplan.scenario.sweep import Factor, latin_rows, read_factor, rows_text
from routeplan.scenario.sweep_spec import read_sweep
from routeplan.scenario.table import ScenarioTable

SEEDS = Path(__file__).parents[2] / "seeds"


def rows(*vary: str, **options) -> list[dict[str, str]]:
    return list(read_sweep(None, vary, **options).rows())


def test_every_combination_is_written_once_the_last_factor_first():
    found = rows(
        "load=1xFEU,20t", "edge:x cost*=0.5..1.5/3", "close=node:a|", fix=["origin=Astana"]
    )
    assert len(found) == 12
    assert found[0] == {
        "scenario_id": "s01",
        "origin": "Astana",
        "load": "1xFEU",
        "changes": "edge:x cost*=0.5; close node:a",
    }
    assert found[1]["changes"] == "edge:x cost*=0.5"
    assert [row["load"] for row in found] == ["1xFEU"] * 6 + ["20t"] * 6
    assert len({tuple(row.values()) for row in found}) == 12


def test_fixed_changes_come_first_and_whole_changes_may_vary():
    found = rows("changes=close node:a|close node:b; edge:c cost*=2|", fix=["changes=open edge:z"])
    assert [row["changes"] for row in found] == [
        "open edge:z; close node:a",
        "open edge:z; close node:b; edge:c cost*=2",
        "open edge:z",
    ]


def test_columns_stand_in_the_order_of_a_template():
    sweep = read_sweep(None, ["edge:x cost*=1,2", "k=1,2"], ["destination=B", "origin=A"])
    assert sweep.columns == ("scenario_id", "origin", "destination", "k", "changes")


def test_what_is_written_reads_back():
    sweep = read_sweep(None, ["via=a,b|c", "edge:x cost+=1,2"], ["origin=A", "destination=B"])
    text = rows_text(sweep.columns, sweep.rows())
    found = list(ScenarioTable(io.BytesIO(text.encode())))
    assert [row.cells.get("via") for row in found] == ["a,b", "a,b", "c", "c"]
    assert not any(row.findings for row in found)


@given(st.integers(1, 60), st.integers(0, 5))
def test_a_latin_hypercube_takes_one_point_of_every_slice_of_every_factor(samples, seed):
    factors = [Factor("edge:x cost*=", (), 0.0, 1.0), Factor("k", ("1", "2", "3"))]
    found = list(latin_rows({}, factors, samples, seed))
    values = sorted(float(row["changes"].partition("=")[2]) for row in found)
    for number, value in enumerate(values):
        assert number / samples - 1e-5 <= value <= (number + 1) / samples + 1e-5
    counts = [sum(row["k"] == level for row in found) for level in "123"]
    assert max(counts) - min(counts) <= 2


def test_a_seed_repeats_a_sample_and_another_gives_another():
    one, two, other = (
        rows("edge:x cost*=0..1", "load=1xFEU,20t", latin=20, seed=seed) for seed in (7, 7, 8)
    )
    assert one == two != other


def test_a_file_and_options_together_make_a_sweep(tmp_path):
    path = tmp_path / "sweep.toml"
    path.write_text(
        'latin = 4\nseed = 3\n[fixed]\norigin = "A"\nvia = ["x", "y"]\ninclude_planned = true\n'
        '[vary]\nload = ["1xFEU", "20t"]\nk = [1, 2]\n"edge:x cost*" = {from = 0.5, to = 2}\n',
        "utf-8",
    )
    sweep = read_sweep(path, ["load=500kg"], ["origin=B"], latin=9)
    assert (sweep.latin, sweep.seed) == (9, 3)
    assert sweep.fixed == {"origin": "B", "via": "x,y", "include_planned": "yes"}
    assert [factor.name for factor in sweep.factors] == ["load", "k", "edge:x cost*="]
    assert len(list(sweep.rows())) == 9
    assert {row["load"] for row in sweep.rows()} == {"500kg"}


@pytest.mark.parametrize(
    ("vary", "fix", "told"),
    [
        ([], [], "nothing varies"),
        (["load"], [], "has no ="),
        (["loda=1xFEU"], [], "Did you mean load?"),
        (["edge:x cst*=1,2"], [], "Did you mean cost?"),
        (["edge:x cost*=1,x"], [], '"edge:x cost*=x"'),
        (["edge:x cost*=-1..2"], [], "0 or more"),
        (["edge:x cost*=1..2"], [], "how many steps"),
        (["edge:x cost*=2..1/3"], [], "Turn it round"),
        (["edge:x cost*=1..2/x"], [], "cannot read the range"),
        (["edge:x cost*=1..2/1"], [], "cannot have 1 steps"),
        (["k=1,99"], [], 'k cannot be "99"'),
        (["changes=close"], [], "a selector is missing"),
        (["load=1xFEU"], ["load=20t"], "fixed and varied at once"),
        (["load=1xFEU"], ["orign=x"], "Did you mean origin?"),
        (["load=1xFEU"], ["origin"], "has no ="),
        (["load=1xFEU"], ["k=0"], 'k cannot be "0"'),
        (["edge:x cost*=1..2/2000", "edge:y cost*=1..2/2000"], [], "4,000,000 scenarios"),
    ],
)
def test_a_sweep_that_cannot_be_made_says_why(vary, fix, told):
    def text() -> str:
        sweep = read_sweep(None, vary, fix)
        return rows_text(sweep.columns, sweep.rows())

    with pytest.raises(RequestError) as error:
        text()
    assert told in str(error.value)


@pytest.mark.parametrize("samples", [0, -1, 1_000_001])
def test_a_sample_has_at_least_one_row_and_at_most_a_million(samples):
    with pytest.raises(RequestError):
        rows("load=1xFEU,20t", latin=samples)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("vary = 3", "vary is to be a table"),
        ("latin = true\n[vary]\nk = [1]", "latin is to be a whole number"),
        ("sede = 3", '"sede" is unknown'),
        ("[vary\n", "is no TOML"),
        ("[vary]\nk = 3", "needs a list of values"),
        ("[vary]\nk = []", "needs a list of values"),
        ("[vary]\nk = [nan]", "neither a text nor a number"),
        ('[vary]\n"edge:x cost*" = {from = 1}', "needs numbers as from and to"),
        ('[vary]\n"edge:x cost*" = {from = 1, to = 2, stps = 3}', "needs numbers as from and to"),
        ("[fixed]\norigin = {a = 1}\n[vary]\nk = [1]", "cannot be fixed to"),
    ],
)
def test_a_file_that_makes_no_sweep_says_why(tmp_path, text, told):
    path = tmp_path / "sweep.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(RequestError) as error:
        read_sweep(path)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(RequestError, match="no such file"):
        read_sweep(tmp_path / "none.toml")


def test_a_factor_is_a_list_or_a_range():
    assert read_factor("load= 1xFEU , 20t").levels == ("1xFEU", "20t")
    assert read_factor("edge:x time_h+=0..1/5").levels == ("0", "0.25", "0.5", "0.75", "1")
    assert [read_factor("k=1,2").at(share) for share in (0, 0.49, 0.5, 0.99)] == [
        "1",
        "1",
        "2",
        "2",
    ]


def test_the_sweep_of_the_seeds_is_what_it_says():
    sweep = read_sweep(SEEDS / "sweep.toml")
    found = list(sweep.rows())
    assert len(found) == 54
    assert all(a != b for a, b in pairwise(found))
