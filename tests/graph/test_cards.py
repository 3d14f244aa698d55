"""Of the rows of a card that fit, the most specific one; a hub also the other way round."""

from __future__ import annotations

import pytest
from tiny import tiny_network

from routeplan.graph.cards import Cards, Case
from routeplan.network.vocabulary import EdgeKind, Mode, Unit, Vehicle

EDGES = "from_node, to_node, mode, distance_km\nkz-alma, kz-bora, rail, 100"
TIMES = """
    time_id,      kind,      mode,  to_mode, vehicle, country, km_per_day, time_h
    rail,         move,      rail,  ,        ,        ,        240
    rail-kz,      move,      rail,  ,        ,        KZ,      300
    ferry,        move,      ferry, ,        ,        ,        480
    ferry-truck,  move,      ferry, ,        truck,   ,        500
    rail-sea,     transship, rail,  sea,     ,        ,        ,           10
    sea-rail-az,  transship, sea,   rail,    ,        AZ,      ,           30
    road-rail,    transship, road,  rail,    ,        ,        ,           5
    rail-road,    transship, rail,  road,    ,        ,        ,           7
    ferry-off,    transship, ferry, road,    truck,   ,        ,           3
"""
RATES = """
    rate_id,  kind,      mode, to_mode, country, unit, usd_fixed, price_year
    feu,      move,      rail, ,        ,        feu,  1,         2025
    feu-kz,   move,      rail, ,        KZ,      feu,  2,         2025
    t,        move,      rail, ,        ,        t,    3,         2025
    sea-rail, transship, sea,  rail,    ,        feu,  4,         2025
"""
MOVE, HUB = EdgeKind.MOVE, EdgeKind.TRANSSHIP


@pytest.fixture(scope="module")
def cards():
    return Cards(tiny_network(EDGES, times=TIMES, rates=RATES))


@pytest.mark.parametrize(
    ("case", "time_id"),
    [
        (Case(MOVE, Mode.RAIL, None, None, "KZ"), "rail-kz"),
        (Case(MOVE, Mode.RAIL, None, None, "UZ"), "rail"),
        (Case(MOVE, Mode.RAIL, None, None, ""), "rail"),
        (Case(MOVE, Mode.FERRY, None, Vehicle.TRUCK, ""), "ferry-truck"),
        (Case(MOVE, Mode.FERRY, None, Vehicle.WAGON, ""), "ferry"),
        (Case(HUB, Mode.RAIL, Mode.SEA, None, "KZ"), "rail-sea"),
        (Case(HUB, Mode.SEA, Mode.RAIL, None, "KZ"), "rail-sea"),
        (Case(HUB, Mode.SEA, Mode.RAIL, None, "AZ"), "sea-rail-az"),
        (Case(HUB, Mode.RAIL, Mode.SEA, None, "AZ"), "rail-sea"),
        (Case(HUB, Mode.ROAD, Mode.RAIL, None, "KZ"), "road-rail"),
        (Case(HUB, Mode.RAIL, Mode.ROAD, None, "KZ"), "rail-road"),
        (Case(HUB, Mode.ROAD, Mode.FERRY, Vehicle.TRUCK, "KZ"), "ferry-off"),
        (Case(HUB, Mode.ROAD, Mode.FERRY, Vehicle.WAGON, "KZ"), None),
        (Case(MOVE, Mode.AIR, None, None, ""), None),
        (Case(EdgeKind.BORDER, Mode.RAIL, None, None, "KZ"), None),
    ],
)
def test_the_most_specific_time_that_fits_is_found(cards, case, time_id):
    for _ in range(2):  # the second look-up is remembered
        found = cards.find_time(case)
        assert (found and found.time_id) == time_id


@pytest.mark.parametrize(
    ("case", "unit", "rate_id"),
    [
        (Case(MOVE, Mode.RAIL, None, None, "KZ"), Unit.FEU, "feu-kz"),
        (Case(MOVE, Mode.RAIL, None, None, "AZ"), Unit.FEU, "feu"),
        (Case(MOVE, Mode.RAIL, None, None, "KZ"), Unit.T, "t"),
        (Case(MOVE, Mode.RAIL, None, None, "KZ"), Unit.TEU, None),
        (Case(HUB, Mode.RAIL, Mode.SEA, None, "KZ"), Unit.FEU, "sea-rail"),
    ],
)
def test_the_most_specific_rate_of_the_unit_is_found(cards, case, unit, rate_id):
    for _ in range(2):
        found = cards.find_rate(case, unit)
        assert (found and found.rate_id) == rate_id


def test_only_a_transshipment_can_be_turned():
    move = Case(MOVE, Mode.RAIL, None, None, "KZ")
    hub = Case(HUB, Mode.RAIL, Mode.SEA, None, "KZ")
    assert move.turned() == move
    assert hub.turned() == Case(HUB, Mode.SEA, Mode.RAIL, None, "KZ")
    assert hub.turned().turned() == hub
