"""The seeds' scenarios as the tutorial they are: they run, hold, and say what their README says."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from seed_blocks import SEEDS, with_table
from seed_blocks import results as answered

from routeplan.cli.main import run


@pytest.fixture(scope="module")
def results():
    return answered()


def test_every_seed_is_answered_and_gets_what_it_expects(results):
    assert len(results) == 50
    assert [r["scenario_id"] for r in results if r["expectations"] != "ok"] == []
    assert {r["status"] for r in results} == {"ok"}


def test_seeds_that_change_something_are_compared_with_the_network_as_it_is(results):
    delta = {r["scenario_id"]: r["delta_time_h"] for r in results}
    assert delta["caspian-feeder-doubled"] < 0 < delta["winter-poti-closed"]
    assert delta["base-2030"] is None


def test_the_readme_of_the_seeds_tells_the_numbers_of_the_program(results):
    text = (SEEDS / "README.md").read_text("utf-8")
    assert with_table(text, results) == text, "run `make readme`"


ROOT = Path(__file__).parents[1]
FACTS = list(csv.DictReader((SEEDS / "facts.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("fact", FACTS, ids=[fact["seed_id"] for fact in FACTS])
def test_a_fact_is_modelled_where_it_says(fact, real, capsys):
    if fact["modelled_in"] in ("context only", "not yet modelled"):
        return
    run(["find", "--help"])
    options = capsys.readouterr().out
    for where in fact["modelled_in"].split("|"):
        home, _, name = where.partition(":")
        if home == "option":
            assert re.search(rf"{name.split()[0]}\b", options), where
        elif name.startswith("corridor="):
            assert name.partition("=")[2] in {edge.corridor for edge in real.edges.values()}
        else:
            rows = csv.reader((ROOT / home).read_text("utf-8").splitlines())
            assert name in {row[0] for row in rows}, where
