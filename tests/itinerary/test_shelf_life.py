"""Cargo that keeps only so long: what holds comes first, what does not is told."""

from __future__ import annotations

import pytest
from tiny import ask, tiny_network

from routeplan.itinerary.shelf_life import BEST_WITHIN, PAST_SHELF_LIFE

TWO = """
    edge_id, from_node, to_node, mode, distance_km, time_h_p10, time_h, time_h_p90, cost_usd_per_feu
    slow,    kz-alma,   kz-bora, rail, 100,         40,         {slow}, 90,         1
    quick,   kz-alma,   kz-bora, road, 100,         5,          {quick}, {late},    100000
"""
"""Fish keeps 48 hours; by rail it costs next to nothing."""


def fish(slow: float, quick: float, late: float = 0, **options):
    network = tiny_network(TWO.format(slow=slow, quick=quick, late=late or quick))
    return ask(network, "Alma", "Bora", **{"cargo": "fish"} | options)


def ways(plan) -> list[str]:
    return [way.legs[-1].edge.edge_id for way in plan.itineraries]


def test_a_way_whose_median_is_too_long_comes_after_one_that_holds():
    plan = fish(60, 20)
    assert ways(plan) == ["quick", "slow"]
    first, second = plan.itineraries
    assert first.tags[0] == BEST_WITHIN
    assert second.tags[-1] == PAST_SHELF_LIFE
    assert next(note for note in plan.warnings if "half the time" in note).startswith(
        "Way 2: Fish keeps 2 days; half the time this way takes more than"
    )
    assert not any(note.startswith("Way 1: Fish") for note in plan.warnings)


def test_a_dry_cargo_is_ranked_by_the_criterion_alone():
    plan = fish(60, 20, cargo="general")
    assert ways(plan) == ["slow", "quick"]
    assert not any(PAST_SHELF_LIFE in way.tags for way in plan.itineraries)


def test_a_way_too_long_one_time_in_ten_keeps_its_place_and_is_told():
    plan = fish(45, 20)
    assert ways(plan) == ["slow", "quick"]
    assert next(note for note in plan.warnings if "one time in ten" in note).startswith("Way 1")
    assert not any(PAST_SHELF_LIFE in way.tags for way in plan.itineraries)


def test_a_single_answer_is_one_that_holds_if_there_is_any():
    plan = fish(60, 20, k=1)
    assert ways(plan) == ["quick"]
    assert plan.itineraries[0].tags[0] == BEST_WITHIN
    assert plan.warnings == ()


@pytest.mark.parametrize("k", [None, 1, 2])
def test_where_no_way_holds_the_best_is_still_answered_and_marked(k):
    plan = fish(60, 55, k=k)
    assert ways(plan)[0] == "slow"
    assert all(way.tags[-1] == PAST_SHELF_LIFE for way in plan.itineraries)
    assert all(BEST_WITHIN not in way.tags for way in plan.itineraries)
