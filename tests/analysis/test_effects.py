"""What the rows of a table of scenarios do to one question."""

from __future__ import annotations

import math

import pytest
from tiny import ask, tiny_network

from routeplan.analysis.effects import EffectKind, find_effects
from routeplan.scenario.apply import apply_changes
from routeplan.scenario.changes import parse_changes
from routeplan.scenario.table import ScenarioTable

# A - B: 100 km by rail (10 h, 100 USD) or 100 km by road (5 h, 200 USD)
EDGES = """
    edge_id, from_node, to_node, mode, distance_km
    rail-ab, kz-a,         kz-b,       rail, 100
    road-ab, kz-a,         kz-b,       road, 100
    road-bc, kz-b,         kz-c,       road, 100
"""


@pytest.fixture
def network():
    return tiny_network(EDGES)


def effects_of(network, rows, **options):
    plan = ask(network, "kz-a", "kz-b", **options)
    defaults = {"origin": "kz-a", "destination": "kz-b"}
    return plan, find_effects(network, plan, ScenarioTable(rows, defaults=defaults))


def test_a_change_is_held_against_its_own_question_without_it(network):
    rows = [{"scenario_id": "slow", "modes": "road", "changes": "mode:road cost*=2"}]
    _, found = effects_of(network, rows, modes="rail")
    (effect,) = found.effects
    assert effect.kind is EffectKind.CHANGE
    assert effect.before.totals.cost_usd == pytest.approx(200)
    assert effect.after.totals.cost_usd == pytest.approx(400)
    assert effect.same_way
    assert effect.share > 0


def test_a_way_that_is_lost_comes_first(network):
    rows = [
        {"scenario_id": "dear", "changes": "mode:rail cost*=1.1; mode:road cost*=1.1"},
        {"scenario_id": "shut", "changes": "close edge:rail-ab; close edge:road-ab"},
    ]
    _, found = effects_of(network, rows)
    assert [effect.scenario_id for effect in found.effects] == ["shut", "dear"]
    assert found.effects[0].after is None
    assert math.isinf(found.effects[0].share)
    assert math.isinf(found.effects[0].against(found.effects[1].after))


def test_a_question_put_differently_is_held_against_the_first_way(network):
    rows = [{"scenario_id": "road", "modes": "road"}]
    plan, found = effects_of(network, rows, modes="rail")
    (effect,) = found.effects
    assert effect.kind is EffectKind.QUESTION
    assert effect.before is plan.itineraries[0]
    assert effect.starts_from(plan.itineraries[0])
    assert not effect.same_way
    assert effect.after.totals.cost_usd == pytest.approx(200)


def test_other_goods_are_compared_with_nothing(network):
    _, found = effects_of(network, [{"scenario_id": "two", "load": "2xFEU"}])
    (effect,) = found.effects
    assert (effect.kind, effect.before) == (EffectKind.LOAD, None)
    assert found.of(EffectKind.LOAD) == [effect]
    assert found.of(EffectKind.CHANGE) == []


def test_other_places_are_counted_and_the_question_itself_is_left_out(network):
    rows = [
        {"scenario_id": "elsewhere", "origin": "kz-a", "destination": "kz-c"},
        {"scenario_id": "same", "origin": "kz-a", "destination": "kz-b", "k": "3"},
    ]
    _, found = effects_of(network, rows)
    assert (found.effects, found.elsewhere, found.faults) == ((), 1, ())


def test_a_row_that_cannot_be_asked_is_a_fault_and_does_not_stop_the_others(network):
    rows = [
        {"scenario_id": "lost", "via": "Atlantis"},
        {"scenario_id": "wrong", "changes": "close node:nowhere"},
        {"scenario_id": "good", "modes": "road"},
    ]
    _, found = effects_of(network, rows)
    assert [effect.scenario_id for effect in found.effects] == ["good"]
    assert [fault.partition(":")[0] for fault in found.faults] == ["lost", "wrong"]
    assert "Atlantis" in found.faults[0]


@pytest.mark.parametrize("criterion", ["balanced", "time", "cost", "co2", "reliability"])
def test_the_first_way_of_a_row_is_that_of_the_question_asked_in_full(real, criterion):
    changes = "close node:ge-batumi-port"
    plan = ask(real, "Astana", "Belgrade", by="time", k=1)
    row = {"origin": "Astana", "destination": "Belgrade", "by": criterion, "changes": changes}
    (effect,) = find_effects(real, plan, ScenarioTable([row])).effects
    changed = apply_changes(real, parse_changes(changes))
    first = ask(changed, "Astana", "Belgrade", by=criterion).itineraries[0]
    assert effect.after.legs == first.legs
    assert effect.after.totals == first.totals
