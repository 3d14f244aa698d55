"""What a row may expect, when it fails, and what is said then."""

from __future__ import annotations

import math
import re

import pytest
from tiny import best, tiny_network

from routeplan.batch.columns import RowStatus, Verdict
from routeplan.batch.expect import Judge, Outcome, excess_of
from routeplan.places.scenarios import RowReader
from routeplan.scenario.table import NOTHING_EXPECTED, ScenarioTable

NODES = """
    node_id,      name,      country, kind,    city_id
    kz-alma,      Alma,      KZ,      city,
    kz-alma-port, Alma port, KZ,      seaport, kz-alma
    kz-bora,      Bora,      KZ,      city,
    az-cala,      Cala,      AZ,      seaport,
    az-dora,      Dora,      AZ,      city,
"""
NETWORK = tiny_network(
    """
    edge_id, from_node,    to_node,      kind,      mode, to_mode, distance_km, corridor, passages
    truck,   kz-bora,      kz-alma-port, move,      road, ,        240,         north,
    load,    kz-alma-port, kz-alma-port, transship, road, sea,
    ship,    kz-alma-port, az-cala,      move,      sea,  ,        480,         ,         narrows
    unload,  az-cala,      az-cala,      transship, sea,  road,
    last,    az-cala,      az-dora,      move,      road, ,        24
    """,
    NODES,
)
WAY = best(NETWORK, "Bora", "Dora")
OK = Outcome.of(WAY)
NO_ROUTE = Outcome(RowStatus.NO_ROUTE)


READER = RowReader(NETWORK)


def read(**cells):
    """Read the one row of a table."""
    (row,) = ScenarioTable([{"origin": "Bora", "destination": "Dora", **cells}])
    return row


def failures(outcome=OK, **cells):
    row = read(**cells)
    verdict, failed = Judge(NETWORK).judge(row.expectations, READER.must(row), outcome)
    assert verdict is (Verdict.FAILED if failed else Verdict.OK)
    return failed


def test_a_row_that_expects_nothing_is_not_judged():
    row = read(scenario_id="a", max_days=" ", via="Cala")
    assert row.expectations == NOTHING_EXPECTED
    judged = Judge(NETWORK).judge(row.expectations, READER.must(row), NO_ROUTE)
    assert judged == (Verdict.NONE, [])


def test_limits_hold_up_to_the_limit_itself():
    days = OK.time_h_p50 / 24
    assert failures(max_days=repr(days), max_cost_usd=repr(OK.cost_usd)) == []
    assert failures(max_days="1") == [f"max_days: {days:.1f} > 1"]
    assert failures(max_cost_usd="100", max_co2e_kg="10") == [
        f"max_cost_usd: {OK.cost_usd:.1f} > 100",
        f"max_co2e_kg: {OK.co2e_kg:.1f} > 10",
    ]


def test_a_failure_always_shows_a_number_above_its_limit():
    (text,) = failures(Outcome(RowStatus.OK, 24 * 20.0001), max_days="20")
    assert text == "max_days: 20.0001 > 20"
    assert excess_of(text) == pytest.approx(5e-6)


@pytest.mark.parametrize(
    "place",
    ["Cala", "az-cala", "Alma", "kz-alma-port", "country:AZ", "AZ", "edge:ship", "north", "sea"],
)
def test_a_way_goes_by_what_it_touches_and_a_city_is_any_of_its_terminals(place):
    assert failures(must_via=place) == []
    assert failures(must_avoid=place) == [f"must_avoid: by {place}"]


@pytest.mark.parametrize("place", ["kz-alma", "passage:narrows"])
def test_terminals_and_passages_count_too(place):
    assert failures(must_via=place) == []


def test_lists_are_judged_one_by_one():
    assert failures(must_via="Cala, rail,ferry", must_avoid="Cala,air") == [
        "must_via: not by rail",
        "must_via: not by ferry",
        "must_avoid: by Cala",
    ]


def test_every_expected_mode_must_carry_it():
    assert failures(expect_mode="sea,road") == []
    assert failures(expect_mode="sea road") == []
    assert failures(expect_mode="air,sea,rail") == ["expect_mode: no air, rail, but road, sea"]


@pytest.mark.parametrize(
    ("outcome", "cells", "failed"),
    [
        (NO_ROUTE, {"expect_status": "no_route"}, []),
        (NO_ROUTE, {"expect_status": "NO_ROUTE", "max_days": "3"}, []),
        (NO_ROUTE, {"expect_status": "ok"}, ["expect_status: no_route, not ok"]),
        (NO_ROUTE, {"max_days": "3"}, ["expect_status: no_route, not ok"]),
        (OK, {"expect_status": "no_route"}, ["expect_status: ok, not no_route"]),
        (OK, {"expect_status": "ok"}, []),
        (Outcome(RowStatus.BAD_ROW), {"max_days": "3"}, ["expect_status: bad_row, not ok"]),
        (
            Outcome(RowStatus.ERROR),
            {"expect_status": "no_route"},
            ["expect_status: error, not no_route"],
        ),
    ],
)
def test_an_answer_is_expected_unless_no_route_is(outcome, cells, failed):
    assert failures(outcome, **cells) == failed


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"max_days": "soon"}, 'max_days "soon": expected a number'),
        ({"max_cost_usd": "nan"}, 'max_cost_usd "nan": expected a finite number'),
        ({"max_co2e_kg": "-1"}, 'max_co2e_kg "-1": expected a number from 0'),
        ({"must_via": "Calla"}, r'must_via "Calla": .*Did you mean Cala'),
        (
            {"must_avoid": "edge:shop"},
            r'must_avoid "edge:shop": no edge is called "shop"\. Did you mean ship',
        ),
        ({"expect_mode": "boat"}, 'expect_mode "boat": expected modes of rail'),
        ({"expect_status": "fine"}, 'expect_status "fine": expected one of ok, no_route'),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_column(cells, reason):
    (fault,) = READER.check(read(**cells))
    assert re.search(reason, fault.one_line())


def test_failures_without_a_number_weigh_more_than_any_with_one():
    assert excess_of("max_days: 30 > 20") == pytest.approx(0.5)
    assert excess_of("expect_status: no_route, not ok") == math.inf
    assert excess_of("max_days: 0.1 > 0") == math.inf
