"""The generalised cost by its parts: they add up, and each is what it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import best, tiny_network

from routeplan import Question, find_routes
from routeplan.render.economics import adding_up, parts_dict, parts_rows

JOURNEY = """
    edge_id, from_node, to_node, kind,         mode, to_mode, distance_km, time_h, wait_h, cost_usd_per_feu
    drive,   kz-alma,   kz-port, ,             road, ,        100,         2,      ,       50
    load,    kz-port,   kz-port, transship,    road, rail,    ,            3,      1,      20
    train,   kz-port,   kz-edge, ,             rail, ,        500,         40,     ,       300
    border,  kz-edge,   ge-edge, border,       rail, ,        ,            6,      4,      60
    gauge,   ge-edge,   ge-bora, gauge_change, rail, ,        ,            5,      ,       70
"""  # noqa: E501 - a table
CARGO = (
    "cargo_id,payload_t_per_feu,value_usd_per_t,vot_usd_per_t_h,reefer,plug_usd_per_h,"
    "carrying_rate_per_year\nice,20,8760,0.5,yes,2,0.1\nold,20,8760,0.01,no,,0.5"
)
"""Worth 175,200 USD: a tenth a year is 2 USD an hour, a half 10."""


def parts_of(cargo: str, **options):
    way = best(tiny_network(JOURNEY, cargo=CARGO), "Alma", "Bora", cargo=cargo, **options)
    return way.cost_parts, way


def test_each_part_is_what_it_says():
    parts, way = parts_of("ice")
    # the tiny cards charge a cooled box 1.5 times by road, twice by rail, thrice for handling
    assert parts.freight == (50 * 1.5 + 300 * 2) * 100
    assert parts.handling == (20 * 3 + 70 * 2) * 100
    assert parts.power == (4 + 10 + 5) * 2 * 100
    assert parts.freight + parts.handling + parts.border + parts.power == way.totals.cost_usd * 100
    assert way.totals.time_h == 61
    assert parts.time == 61 * 10 * 100
    assert parts.carrying == 61 * 2 * 100
    assert parts.co2 == round(way.totals.co2e_kg * 0.1 * 100)


def test_carrying_is_within_the_value_of_time_and_never_above_it():
    parts, way = parts_of("old")
    assert parts.time == parts.carrying == round(way.totals.time_h * 0.2 * 100)
    assert parts.power == 0


def test_a_value_given_moves_time_and_carrying_together():
    usual, _ = parts_of("ice")
    double, _ = parts_of("ice", value_usd=2 * 175_200)
    assert (double.time, double.carrying) == (2 * usual.time, 2 * usual.carrying)
    assert double[:4] == usual[:4]


@pytest.mark.parametrize("cargo", ["general", "frozen_food", "critical_raw_materials", "chemicals"])
def test_the_parts_of_real_ways_add_up_to_the_cent(real, cargo):
    plan = find_routes(real, Question("Astana", "Belgrade", cargo=cargo))
    for way in plan.itineraries:
        parts = way.cost_parts
        assert sum(parts[:6]) == round(way.totals.generalised_cost_usd * 100)
        assert sum(parts[:4]) == round(way.totals.cost_usd * 100)
        assert 0 < parts.carrying < parts.time
        assert (parts.power > 0) is (cargo == "frozen_food")
        told = parts_dict(way)
        shown = [
            told[f"{n}_usd"] for n in ("freight", "handling", "border", "power", "time", "co2")
        ]
        assert round(sum(shown), 2) == round(way.totals.generalised_cost_usd, 2)
    for row in parts_rows(plan):
        numbers = {key: int(str(cell).replace(" ", "")) for key, cell in row.items()}
        beside = ("Way", "Sum", "Capital", "Uncertainty")
        assert sum(n for key, n in numbers.items() if key not in beside) == numbers["Sum"]
        assert ("Power" in row) is (cargo == "frozen_food")


@given(st.lists(st.floats(0, 1e6), max_size=8))
def test_rounded_amounts_add_up_and_none_moves_by_more_than_one(amounts):
    *rounded, whole = adding_up(amounts)
    assert whole == sum(rounded) == round(sum(amounts))
    assert all(abs(a - b) <= 1 for a, b in zip(amounts, rounded, strict=True))
