"""Deadlines and drivers of whole ways, on a network whose spreads are plain to see."""

from __future__ import annotations

import pytest
from tiny import ask, best, tiny_network

from routeplan.itinerary.certainty import uncertainty_of
from routeplan.network.vocabulary import Metric

PARAMETERS = """
    parameter_id,          value
    price_year,            2025
    reliability_ratio,     2
    journey_common_share,  0.5
"""
SEA = """
    edge_id, from_node, to_node, kind, mode, to_mode, cause, distance_km, time_h_p10, time_h, time_h_p90, wait_h_p10, wait_h, wait_h_p90
    train1,  kz-alma,   kz-mid,  ,     rail, ,        ,      100,         8,          10,     14,         ,           ,
    train2,  kz-mid,    kz-port, ,     rail, ,        ,      100,         8,          10,     14,         ,           ,
    load,    kz-port,   kz-port, ,     rail, sea,     ,      ,            5,          5,      5,          ,           ,
    ship,    kz-port,   az-bora, ,     sea,  ,        storm, 400,         19,         20,     24,         5,          20,     90
"""  # noqa: E501 - a table
CHOICE = """
    edge_id, from_node, to_node, mode, distance_km, time_h_p10, time_h, time_h_p90, cost_usd_per_feu, cost_usd_per_truck
    slow,    kz-alma,   kz-bora, rail, 100,         49,         50,     51,         100,
    gamble,  kz-alma,   kz-bora, road, 100,         10,         20,     90,         ,                 9000
"""  # noqa: E501 - a table


@pytest.fixture(scope="module")
def way():
    return best(tiny_network(SEA, parameters=PARAMETERS), "Alma", "Bora")


def test_what_moves_together_is_one_driver_and_the_largest_stands_first(way):
    found = uncertainty_of(way)
    assert [driver.cause for driver in found.drivers] == ["storm", "rail-KZ"]
    ship, train = found.drivers
    assert ship.share > 0.8
    assert ship.share + train.share == pytest.approx(1)
    assert [(part.leg, part.metric) for part in train.parts] == [(0, Metric.TIME), (1, Metric.TIME)]
    assert [(part.leg, part.metric) for part in ship.parts] == [(3, Metric.TIME), (3, Metric.WAIT)]
    for driver in found.drivers:
        assert sum(part.share for part in driver.parts) == pytest.approx(driver.share)
    assert ship.parts[1].share > ship.parts[0].share


def test_the_spread_costs_the_ratio_times_the_value_of_time_times_its_deviation(way):
    found = uncertainty_of(way)
    assert found.reliability_cost_usd == pytest.approx(2 * 20 * 0.5 * found.time_h_sd)
    dearer = best(tiny_network(SEA, parameters=PARAMETERS), "Alma", "Bora", value_usd=20 * 5000 * 3)
    assert uncertainty_of(dearer).reliability_cost_usd == pytest.approx(
        3 * found.reliability_cost_usd
    )
    assert dearer.totals.cost_usd == way.totals.cost_usd


def test_without_a_reliability_ratio_the_spread_has_no_price():
    found = uncertainty_of(best(tiny_network(SEA), "Alma", "Bora"))
    assert found.reliability_cost_usd == 0
    assert found.time_h_sd > 0


def test_what_never_varies_has_no_drivers():
    network = tiny_network("""
        from_node, to_node, mode, time_h
        kz-alma,   kz-bora, rail, 5
    """)
    assert uncertainty_of(best(network, "Alma", "Bora")) == (0, 0, ())


def test_without_a_deadline_nothing_is_late(way):
    assert way.totals.on_time_share is None
    assert way.totals.expected_lateness_h is None


def test_a_deadline_gives_each_way_a_chance_and_a_lateness():
    network = tiny_network(CHOICE)
    ways = ask(network, "Alma", "Bora", deadline="48h").itineraries
    chance = {w.legs[0].edge.edge_id: w.totals for w in ways}
    assert chance["slow"].on_time_share < 0.05
    assert 0.6 < chance["gamble"].on_time_share < 0.85
    assert chance["slow"].expected_lateness_h == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize(
    ("deadline", "first"), [(None, "slow"), ("48h", "gamble"), ("60h", "slow"), ("5000h", "slow")]
)
def test_reliability_ranks_by_the_chance_of_the_deadline_then_by_the_90th_percentile(
    deadline, first
):
    plan = ask(tiny_network(CHOICE), "Alma", "Bora", by="reliability", deadline=deadline, k=2)
    ways = [way.legs[0].edge.edge_id for way in plan.itineraries]
    assert ways[0] == first
    assert len(ways) == 2
    assert "most reliable" in plan.itineraries[0].tags
    assert "most reliable" not in plan.itineraries[1].tags


def test_the_tag_goes_to_the_surest_whatever_the_order():
    plan = ask(tiny_network(CHOICE), "Alma", "Bora", by="cost", deadline="48h", k=2)
    assert [way.legs[0].edge.edge_id for way in plan.itineraries] == ["slow", "gamble"]
    assert "most reliable" in plan.itineraries[1].tags


def test_more_draws_give_nearly_the_same(way):
    network = tiny_network(SEA, parameters=PARAMETERS)
    many = best(network, "Alma", "Bora", draws=100_000)
    assert many.totals.time_h_p90 != way.totals.time_h_p90
    assert many.totals.time_h_p90 == pytest.approx(way.totals.time_h_p90, rel=0.08)
    assert uncertainty_of(many) == uncertainty_of(way)
