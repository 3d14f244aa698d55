"""Rows of a scenario table and what becomes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from routeplan.batch.columns import COLUMN_NAMES, encode_rows
from routeplan.batch.evaluator import DEFAULTS, ScenarioEvaluator, scenario_job
from routeplan.batch.search import NetworkxSearch
from routeplan.errors import RequestError
from routeplan.itinerary.way import way_line
from routeplan.network.read import load_network
from routeplan.places.question import Question
from routeplan.planner import find_routes
from routeplan.render.way import way_text
from routeplan.scenario.apply import apply_changes
from routeplan.scenario.changes import parse_changes
from routeplan.scenario.table import ScenarioTable

TINY = Path(__file__).parents[1] / "data" / "tiny"
NETWORK = load_network(TINY)
EVALUATOR = ScenarioEvaluator(NETWORK)


def answers(*records, evaluator=EVALUATOR):
    """Answer records from Astana to Baku."""
    ends = {"origin": "Astana", "destination": "Baku"}
    table = ScenarioTable([ends | record for record in records], defaults=DEFAULTS)
    return evaluator.evaluate_chunk(list(table))


def first_way(text: str = "", **asked):
    network = apply_changes(NETWORK, parse_changes(text))
    return find_routes(network, Question("Astana", "Baku", **asked)).itineraries[0]


@pytest.mark.parametrize("text", ["", "close mode:sea", "mode:rail cost*=2; mode:sea time_h=90"])
@pytest.mark.parametrize("by", ["balanced", "time", "cost", "co2", "reliability"])
def test_a_row_gets_the_first_way_that_find_gives(text, by):
    (row,) = answers({"changes": text, "by": by})
    way = first_way(text, by=by)
    assert row["edges"].split("|") == [leg.edge.edge_id for leg in way.legs]
    assert row["time_h_p90"] == round(way.totals.time_h_p90, 2)
    assert row["cost_usd"] == round(way.totals.cost_usd, 2)
    assert row["countries"] == "|".join(way.countries)
    assert row["way"] == way_text(way) == way_line(way.legs)
    assert (row["origin"], row["destination"], row["rank"]) == ("kz-astana", "az-baku", 1)
    assert set(row) <= set(COLUMN_NAMES)


def test_differences_are_those_from_the_same_question_without_changes():
    changed, plain = answers({"changes": "mode:rail cost*=2", "load": "2xFEU"}, {"load": "2xFEU"})
    for name in ("time_h", "cost_usd", "co2e_kg"):
        assert changed[f"delta_{name}"] == round(changed[name] - plain[name], 3)
        assert f"delta_{name}" not in plain
    assert changed["delta_cost_usd"] > 0


def test_several_ways_are_asked_for_by_k_each_beside_the_first_without_changes():
    asked = {"origin": "Aktau", "changes": "mode:sea cost*=2"}
    rows = answers(asked | {"k": "2"}, {"origin": "Aktau", "k": "1"})
    assert [row["rank"] for row in rows] == [1, 2, 1]
    assert rows[0]["edges"] != rows[1]["edges"]
    differences = [row["delta_cost_usd"] for row in rows[:2]]
    assert differences == [round(row["cost_usd"] - rows[2]["cost_usd"], 2) for row in rows[:2]]


def test_no_route_says_what_there_is_without_the_changes():
    shut, barred = answers({"changes": "close node:az-alat-port"}, {"avoid": "az-alat-port"})
    assert (shut["status"], barred["status"]) == ("no_route", "no_route")
    assert shut["error"].startswith(
        "no route from Astana to Baku under these limits. Without the changes there is: "
    )
    assert barred["error"] == "no route from Astana to Baku under these limits."
    (lost,) = answers({"changes": "mode:rail cost*=2", "avoid": "az-alat-port"})
    assert lost["error"].endswith("Without the changes there is none either.")


def test_a_deadline_is_answered_with_its_chance():
    sure, late, open_end = answers({"deadline": "400d"}, {"deadline": "1h"}, {})
    assert (sure["on_time_share"], sure["expected_lateness_h"]) == (1.0, 0.0)
    assert late["on_time_share"] == 0.0
    assert late["expected_lateness_h"] > 24
    assert open_end["on_time_share"] is None


def test_one_question_in_different_words_is_searched_once():
    searched = []

    class Counting(NetworkxSearch):
        def best(self, request, changes):
            searched.append(changes)
            return super().best(request, changes)

    evaluator = ScenarioEvaluator(NETWORK, Counting)
    rows = answers(
        {"changes": "mode:rail cost*=1.2"},
        {"origin": "kz-astana", "changes": " mode:rail  cost *= 1.20 ;"},
        {"destination": "BAKU", "by": "Balanced", "changes": "mode:rail cost+=20%"},
        evaluator=evaluator,
    )
    cells = [{k: v for k, v in row.items() if k not in ("scenario_id", "row")} for row in rows]
    assert cells[0] == cells[1] == cells[2]
    assert [len(changes) for changes in searched] == [1, 0]  # and once without changes


def test_where_a_chunk_ends_does_not_show():
    records = [{"scenario_id": f"s{n}", "changes": f"mode:rail cost*={n}"} for n in range(1, 8)]
    rows = list(
        ScenarioTable([{"origin": "Astana", "destination": "Baku"} | r for r in records],
                      defaults=DEFAULTS)
    )  # fmt: skip
    whole = encode_rows(ScenarioEvaluator(NETWORK).evaluate_chunk(rows))
    other = ScenarioEvaluator(NETWORK)
    parts = [encode_rows(other.evaluate_chunk([row])) for row in reversed(rows)]
    assert b"".join(reversed(parts)) == whole


def test_a_worker_with_other_data_refuses_to_work():
    job = scenario_job(NETWORK, TINY)
    assert job.load().evaluate_chunk([]) == []
    other = scenario_job(apply_changes(NETWORK, parse_changes("mode:rail cost*=2")), TINY)
    with pytest.raises(RequestError, match="a worker has other data"):
        other.load()
