"""Published figures against plans on networks a reader can add up; see `tiny` for the cards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tiny import tiny_network

from routeplan.analysis.published import Published, PublishedStatus, Quantity, Scope
from routeplan.analysis.verify import Comparison, Summary, summarise, verify
from routeplan.network.spread import Spread

CHAIN = tiny_network("""
    edge_id, from_node, to_node, mode, to_mode, distance_km, wait_h
    lift,    kz-alma,   kz-alma, road, rail
    train,   kz-alma,   kz-bora, rail, ,        240,         6
    hub,     kz-bora,   kz-bora, rail, sea
    ship,    kz-bora,   az-caro, sea,  ,        480,         20
    dock,    az-caro,   az-caro, road, sea
""")
TIME, KM, USD = Quantity.TIME_H, Quantity.DISTANCE_KM, Quantity.COST_USD


def _row(origin="kz-alma", destination="az-caro", quantity=TIME, value=100.0, **cells) -> Published:
    return Published(
        published_id="row",
        origin=origin,
        destination=destination,
        quantity=quantity,
        value=value,
        **{"status": PublishedStatus.ACTUAL, **cells},
    )


def _planned(network, **cells) -> float | None:
    (comparison,) = verify(network, [_row(**cells)])
    return comparison.planned


def test_from_gate_to_gate_loading_every_wait_and_unloading_are_in_the_time():
    # lift 10, wait 6, train 24, hub 10, wait 20, ship 24, dock 10
    assert _planned(CHAIN) == pytest.approx(104)


def test_on_board_the_time_runs_from_departure_to_arrival_and_only_the_first_wait_is_dropped():
    # train 24, hub 10, wait 20, ship 24
    assert _planned(CHAIN, scope=Scope.TRAIN) == pytest.approx(78)


def test_on_board_the_other_way_the_ship_s_wait_is_the_one_dropped():
    # ship 24, hub 10, wait 6, train 24
    way_back = {"origin": "az-caro", "destination": "kz-alma", "scope": Scope.TRAIN}
    assert _planned(CHAIN, **way_back) == pytest.approx(64)


def test_on_board_is_on_the_train_unless_only_the_road_is_asked_for():
    network = tiny_network("""
        from_node, to_node, mode, to_mode, distance_km, wait_h
        kz-alma,   kz-bora, road, ,        100,         7
        kz-alma,   kz-alma, road, rail
        kz-alma,   kz-bora, rail, ,        240,         6
        kz-bora,   kz-bora, road, rail
    """)
    on_board = {"destination": "kz-bora", "scope": Scope.TRAIN}
    assert _planned(network, modes="road", **on_board) == pytest.approx(5)
    assert _planned(network, modes="rail", **on_board) == pytest.approx(24)
    assert _planned(network, **on_board) == pytest.approx(24)


def test_of_two_departures_the_faster_on_board_is_taken_though_its_first_wait_is_longer():
    network = tiny_network("""
        edge_id, from_node, to_node, mode, distance_km, time_h, wait_h
        often,   kz-alma,   kz-bora, sea,  100,         20,     2
        rare,    kz-alma,   kz-bora, sea,  100,         10,     84
    """)
    assert _planned(network, destination="kz-bora") == pytest.approx(22)
    assert _planned(network, destination="kz-bora", scope=Scope.TRAIN) == pytest.approx(10)


def test_kilometres_and_dollars_are_those_of_the_whole_chain():
    assert _planned(CHAIN, quantity=KM) == 720
    # lift 100, train 240, hub 100, ship 240, dock 100
    assert _planned(CHAIN, quantity=USD) == 780


FORK = tiny_network("""
    edge_id, from_node, to_node, mode, to_mode, distance_km, passages
    short,   kz-alma,   az-caro, rail, ,        100
    out,     kz-alma,   kz-bora, rail, ,        200
    on,      kz-bora,   az-caro, rail, ,        300
    truck,   kz-alma,   az-caro, road, ,        150
    canal,   cn-dora,   az-caro, sea,  ,        400,         suez
    cape,    cn-dora,   az-caro, sea,  ,        900,         cape
""")


@pytest.mark.parametrize(
    ("cells", "km"),
    [
        ({}, 150),
        ({"modes": "rail"}, 100),
        ({"modes": "rail", "via": ("kz-bora",)}, 500),
        ({"via": ("kz-bora",)}, 500),
        ({"origin": "cn-dora"}, 400),
        ({"origin": "cn-dora", "avoid": ("suez",)}, 900),
        ({"avoid": ("road", "edge:short")}, 500),
    ],
)
def test_via_places_modes_and_what_is_avoided_force_the_chain(cells, km):
    assert _planned(FORK, quantity=KM, **cells) == km


def test_a_length_is_that_of_the_fastest_way_and_a_price_that_of_the_cheapest():
    # truck 150 km, 7.5 h, 300 USD; train 100 km, 10 h, 100 USD
    assert _planned(FORK, quantity=KM) == 150
    assert _planned(FORK, quantity=USD) == 100


def test_countries_under_sanctions_and_closed_passages_are_used_where_a_chain_needs_them():
    network = tiny_network("""
        from_node, to_node, mode, distance_km, passages
        kz-alma,   ru-don,  sea,  100,         volga-don
        ru-don,    ge-bora, sea,  100
    """)
    assert _planned(network, destination="ge-bora", quantity=KM) == 200


STORM = tiny_network(
    """
    edge_id, from_node, to_node, mode, distance_km, season_id, as_of,   open_from
    ship,    kz-alma,   kz-bora, sea,  480,         storm,     2026-03, 2020-01-01
    """,
    seasons="""
    season_id, from_month_day, to_month_day, time_factor, wait_add_h
    storm,     11-01,          03-31,        2,           12
    """,
)


@pytest.mark.parametrize(
    ("depart", "hours"),
    [("", 24), ("2024-07-15", 24), ("2024-12-15", 60), ("2024-12", 60), ("2024", 24)],
)
def test_the_season_of_the_day_holds_where_a_day_or_a_month_is_known(depart, hours):
    # ship 24; in a storm 48 and a wait of 12
    assert _planned(STORM, destination="kz-bora", depart=depart) == pytest.approx(hours)


def test_the_network_is_that_of_today_whatever_the_day_of_the_old_journey():
    assert _planned(STORM, destination="kz-bora", depart="2015-07-15") == pytest.approx(24)


def test_the_load_and_the_cargo_are_those_the_figure_is_for():
    # 20 t fit one box, 40 t need two
    assert _planned(CHAIN, quantity=USD, load="2xFEU") == 1560
    assert _planned(CHAIN, quantity=USD, load="40t") == 1560
    assert _planned(CHAIN, quantity=USD, cargo="fish") > 780


def test_a_time_has_a_band_and_other_quantities_have_none():
    network = tiny_network("""
        from_node, to_node, mode, distance_km, time_h_p10, time_h, time_h_p90
        kz-alma,   kz-bora, rail, 100,         20,         24,     36
    """)
    rows = [_row(destination="kz-bora", quantity=quantity) for quantity in Quantity]
    time, length, price = verify(network, rows)
    assert (time.low, time.planned, time.high) == pytest.approx((20, 24, 36), rel=0.02)
    assert [(c.low, c.high, c.inside) for c in (length, price)] == [(None, None, None)] * 2


@pytest.mark.parametrize(
    ("as_of", "published", "error"),
    [("2015", 200, -0.5), ("2015-06", 200, -0.5), ("2025", 100, 0), ("2003", 100, 0), ("", 100, 0)],
)
def test_an_old_price_is_brought_to_the_price_year_of_the_plan(as_of, published, error):
    # the index is 50 in 2015 and 100 in 2025; of 2003 and of no year nothing is known
    (comparison,) = verify(FORK, [_row(quantity=USD, value=100.0, as_of=as_of)])
    assert (comparison.planned, comparison.published, comparison.error) == (100, published, error)


def test_an_old_time_is_not_inflated():
    (comparison,) = verify(CHAIN, [_row(as_of="2015", value=104.0)])
    assert comparison.published == 104
    assert comparison.error == pytest.approx(0)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"modes": "air"}, "no way follows the chain"),
        ({"cargo": "plutonium"}, "plutonium"),
        ({"load": "much"}, "much"),
        ({"avoid": ("panama",)}, "panama"),
        ({"destination": "kz-alma"}, "origin and destination are both Alma"),
        ({"depart": "2024-13-01"}, "2024-13-01"),
    ],
)
def test_a_row_with_no_way_says_why_and_stops_no_other(cells, reason):
    broken, sound = verify(CHAIN, [_row(**cells), _row()])
    assert (broken.planned, broken.low, broken.error, broken.inside) == (None, None, None, None)
    assert reason in broken.reason
    assert sound.planned == pytest.approx(104)


@pytest.mark.parametrize(
    ("planned", "cells", "error"),
    [
        (110, {"value": 100.0}, 0.1),
        (80, {"value": 100.0}, -0.2),
        (95, {"value": None, "value_low": 90.0, "value_high": 110.0}, 0),
        (90, {"value": None, "value_low": 90.0, "value_high": 110.0}, 0),
        (150, {"value": None, "value_low": 90.0, "value_high": 110.0}, 0.5),
        (2, {"value": None, "value_low": 0.0, "value_high": 10.0}, 0),
        (110, {"value": 100.0, "value_low": 80.0, "value_high": 120.0}, 0.1),
        (100, {"value": None, "value_low": 80.0}, 0.25),
        (100, {"value": None, "value_high": 80.0}, 0.25),
        (100, {"value": None}, None),
        (100, {"value": 0.0}, None),
        (None, {"value": 100.0}, None),
    ],
)
def test_the_error_is_planned_over_published_less_one_and_nothing_within_a_range(
    planned, cells, error
):
    found = Comparison(_row(**cells), planned).error
    assert found == (None if error is None else pytest.approx(error))


def test_a_range_of_prices_is_inflated_at_both_ends():
    row = _row(quantity=USD, value=None, value_low=90.0, value_high=110.0)
    assert Comparison(row, 200, inflation=2.0).published_range == (180, 220)
    assert Comparison(row, 185, inflation=2.0).error == 0
    assert Comparison(row, 100, inflation=2.0).error == pytest.approx(-0.5)


@pytest.mark.parametrize(
    ("value", "inside"), [(89.0, False), (90.0, True), (100.0, True), (120.0, True), (121.0, False)]
)
def test_a_published_time_is_inside_from_p10_to_p90(value, inside):
    assert Comparison(_row(value=value), 100, 90, 120).inside is inside


@pytest.mark.parametrize("status", PublishedStatus)
def test_what_happened_was_measured_or_holds_by_tariff_or_length_counts(status):
    firm = status in {"actual", "measured", "tariff", "length"}
    assert Comparison(_row(status=status), 1).counts is firm
    assert Comparison(_row(status=status, counts=False), 1).counts is False


def test_the_summary_takes_sizes_of_errors_and_the_share_inside_of_the_rows_that_count():
    def told(planned, **cells):
        return Comparison(_row(**cells), planned, 85, 125)

    hopeful = {"status": PublishedStatus.CLAIM}
    comparisons = [
        told(110),  # 10 % over
        told(80),  # 20 % under
        told(130, value=100.0),  # 30 % over
        told(52, value=130.0),  # 60 % under and outside the band
        Comparison(_row(), None, reason="no way follows the chain"),
        told(1000, **hopeful),
        told(1000, counts=False),
    ]
    time, length, price = summarise(comparisons)
    assert (time.quantity, time.compared, time.unplanned) == (TIME, 4, 1)
    assert time.median_error == pytest.approx((0.2 + 0.3) / 2)
    assert time.worst_error == pytest.approx(0.6)
    assert time.bias == pytest.approx((0.1 - 0.2) / 2)
    assert time.inside == 3 / 4
    assert length == Summary(KM, 0, 0, None, None, None, None)
    assert price == replace(length, quantity=USD)


def test_verifying_is_in_file_order_and_leaves_the_network_as_it_is():
    rows = [_row(quantity=quantity) for quantity in (USD, KM, TIME)]
    before = CHAIN.edges["train"].wait
    assert [c.row for c in verify(CHAIN, rows)] == rows
    assert verify(CHAIN, rows) == verify(CHAIN, rows)
    assert CHAIN.edges["train"].wait == before == Spread(6, 6, 6)
