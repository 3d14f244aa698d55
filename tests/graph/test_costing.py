"""What an edge means for a shipment, by hand; prices, factors and times are round."""

from __future__ import annotations

from datetime import date

import pytest
from tiny import tiny_network

from routeplan.graph.costing import Costing, CostVector
from routeplan.graph.seasons import covers
from routeplan.graph.weights import Prices
from routeplan.network.records import Season
from routeplan.network.spread import ZERO, Spread
from routeplan.network.vocabulary import Metric
from routeplan.scenario.shipment import read_shipment

RAIL = "from_node, to_node, mode, distance_km\nkz-alma, kz-bora, rail, 100"


def costs(edges, load="1xFEU", cargo="general", *, backward=False, depart=None, **cards):
    """Cost the first edge of a network."""
    network = tiny_network(edges, **cards)
    shipment = read_shipment(network, load, cargo)
    edge = next(iter(network.edges.values()))
    return Costing(network, shipment, depart).cost(edge, backward=backward)


def priced(columns, values, load="1xFEU", mode="rail", **cards):
    """Return what 100 km cost with a price of the row's own."""
    text = f"from_node,to_node,mode,distance_km,{columns}\nkz-alma,kz-bora,{mode},100,{values}"
    return costs(text, load, **cards)


def test_an_edge_is_costed_in_whole_minutes_cents_and_grams():
    network = tiny_network(RAIL)
    found = costs(RAIL)
    (vector, _) = Costing(network, read_shipment(network)).vectors(*network.edges.values())
    # 10 h; 1 USD/km; 20 t x 100 km x 10 g; 100 + 10 x 10 + 20 x 0.1 USD
    prices = Prices(nanousd_per_min=166_666_667, nanousd_per_g=100_000)
    generalised = prices.generalised(600, 10_000, 20_000)
    assert vector == CostVector(600, 10_000, 20_000, 600, generalised)
    assert generalised == pytest.approx(202e9)
    assert (found.cost_usd, found.co2e_kg, found.distance_km) == (100, 20, 100)
    assert (found.time_h, found.wait_h, found.lots) == (Spread(10, 10, 10), ZERO, 1)


POWER = "cargo_id,payload_t_per_feu,reefer,plug_usd_per_h\nice,20,yes,2\noff,20,yes,"


def powered(values, load="1xFEU", cargo="ice"):
    """Cost what takes 5 hours and a wait of 10, for a box that draws 2 USD of power an hour."""
    text = f"from_node,to_node,kind,mode,to_mode,time_h,wait_h\n{values},5,10"
    network = tiny_network(text, cargo=POWER)
    edge = next(iter(network.edges.values()))
    return Costing(network, read_shipment(network, load, cargo)).cost(edge)


@pytest.mark.parametrize(
    ("values", "load", "usd"),
    [
        ("kz-alma,kz-alma,transship,road,rail", "1xFEU", 2 * 15),
        ("kz-alma,kz-alma,transship,road,rail", "3xTEU", 3 * 2 * 15),
        ("kz-alma,kz-alma,transship,road,rail", "2t", 0.2 * 2 * (15 + 50)),  # waits for others too
        ("kz-alma,ge-bora,border,rail,", "1xFEU", 2 * 15),
        ("kz-alma,kz-bora,gauge_change,rail,", "1xFEU", 2 * 15),
        ("kz-alma,kz-bora,move,ferry,", "1xFEU", 2 * 10),
        ("kz-alma,kz-bora,move,rail,", "1xFEU", 2 * 10),
    ],
)
def test_a_cooled_box_pays_its_power_while_it_stands_and_not_while_it_is_moved(values, load, usd):
    cooled, off = powered(values, load), powered(values, load, "off")
    power = [part for part in cooled.parts if part.basis.place == "cargo.csv:ice"]
    assert sum(part.amount for part in power) == pytest.approx(usd)
    assert cooled.cost_usd - off.cost_usd == pytest.approx(usd)
    assert not [part for part in off.parts if part.basis.place.startswith("cargo.csv")]


def test_every_number_names_the_row_it_comes_from():
    bases = costs(RAIL).bases
    assert {metric: basis.place for metric, basis in bases.items()} == {
        Metric.DISTANCE: "edges.csv",
        Metric.TIME: "times.csv:rail",
        Metric.COST: "rates.csv:rail",
        Metric.CO2E: "emissions.csv:rail",
    }


def test_the_row_s_own_price_stands_before_the_rate_card():
    found = priced("cost_usd_per_feu", "7")
    assert found.cost_usd == 7
    assert found.bases[Metric.COST].place == "edges.csv"


def test_a_price_of_zero_is_free_and_a_blank_one_unknown():
    assert priced("cost_usd_per_feu", "0").cost_usd == 0
    assert priced("cost_usd_per_feu", "").cost_usd == 100


@pytest.mark.parametrize(
    ("load", "usd"),
    [
        ("1xFEU", 30),
        ("1xTEU", 20),
        ("3xTEU", 60),
        ("50t", 250),  # by rail a bulk load pays by the tonne
        ("2t", 6),  # groupage pays a fifth of a 40' box: a tenth, twice over
        ("1xtruck", 30),
    ],
)
def test_of_several_own_prices_the_one_that_suits_the_load_counts(load, usd):
    columns = "cost_usd_per_teu,cost_usd_per_feu,cost_usd_per_t"
    assert priced(columns, "20,30,5", load).cost_usd == pytest.approx(usd)


@pytest.mark.parametrize(
    ("columns", "value", "load", "usd"),
    [
        ("cost_usd_per_teu", 20, "1xFEU", 40),
        ("cost_usd_per_t", 3, "1xFEU", 60),
        ("cost_usd_per_feu", 30, "1xTEU", 15),
        ("cost_usd_per_teu", 20, "40t", 80),
    ],
)
def test_a_price_in_another_unit_is_taken_before_the_card(columns, value, load, usd):
    assert priced(columns, value, load).cost_usd == usd


def test_a_price_that_does_not_suit_the_mode_is_left_to_the_card():
    assert priced("cost_usd_per_kg,cost_usd_per_truck", "9,9").cost_usd == 100


@pytest.mark.parametrize(
    ("year", "usd"),
    [("2015", 60), ("2025", 30), ("", 30), ("2001", 30)],
)
def test_a_price_is_brought_to_the_price_year_by_the_index(year, usd):
    assert priced("cost_usd_per_feu,price_year", f"30,{year}").cost_usd == usd


def test_a_rate_is_brought_to_the_price_year_as_well():
    rates = """
        rate_id, kind, mode, unit, usd_fixed, usd_per_km, price_year
        rail,    move, rail, feu,  10,        1,          2015
    """
    assert costs(RAIL, rates=rates).cost_usd == 2 * (10 + 100)


def test_without_any_price_an_edge_is_free_and_names_no_row():
    rates = "rate_id, kind, mode, unit, usd_fixed, price_year\nsea, move, sea, feu, 1, 2025"
    found = costs(RAIL, rates=rates)
    assert found.cost_usd == 0
    assert Metric.COST not in found.bases


def test_cooled_cargo_pays_the_factor_of_its_mode_and_the_uplift_of_its_emissions():
    found = costs(RAIL, cargo="fish")
    assert (found.cost_usd, found.co2e_kg) == (200, 30)


def test_cooled_cargo_pays_the_factor_of_handling_at_a_hub():
    hub = "from_node, to_node, mode, to_mode\nkz-alma, kz-alma, road, rail"
    assert costs(hub, cargo="fish").cost_usd == 300


@pytest.mark.parametrize(
    ("edges", "usd"),
    [
        ("from_node,to_node,kind,mode\nkz-alma,uz-bora,border,road", 80 + 8 * 10),
        ("from_node,to_node,kind,mode\nkz-alma,uz-bora,border,rail", 60),
        ("from_node,to_node,mode,distance_km\nkz-alma,az-bora,ferry,200", 200 + 10 * 10),
        ("from_node,to_node,mode,distance_km,wait_h\nkz-alma,az-bora,ferry,200,5", 200 + 15 * 10),
        ("from_node,to_node,mode,vehicle,distance_km\nkz-alma,az-bora,ferry,wagon,200", 200),
        ("from_node,to_node,mode,to_mode\nkz-alma,kz-alma,road,ferry", 50 + 4 * 10),
        ("from_node,to_node,mode,distance_km,wait_h\nkz-alma,kz-bora,road,100,5", 200),
    ],
)
def test_a_truck_is_paid_by_the_hour_where_it_stands_or_rides(edges, usd):
    assert costs(edges).cost_usd == usd


def test_two_trucks_stand_twice_as_dear():
    border = "from_node,to_node,kind,mode\nkz-alma,uz-bora,border,road"
    assert costs(border, "2xtruck").cost_usd == 2 * 160


EMISSIONS = """
    factor_id, kind, mode, gco2e_per_tkm_wtw, kgco2e_per_t_wtw, distance_factor, distance_add_km, reefer_uplift
    rail,      move, rail, 10,                0.5,              1.2,             30,              0.1
"""  # noqa: E501 - a table


@pytest.mark.parametrize(
    ("cargo", "kg"), [("general", 20 * (1.5 + 0.5)), ("fish", 20 * (1.5 + 0.5) * 1.1)]
)
def test_emissions_are_tonnes_times_km_times_intensity_and_the_hub(cargo, kg):
    # 100 km x 1.2 + 30 km are 150 km, at 10 g/tkm 1.5 kg/t
    assert costs(RAIL, cargo=cargo, emissions=EMISSIONS).co2e_kg == pytest.approx(kg)


@pytest.mark.parametrize(("km", "kg"), [(99, 99 * 0.4), (100, 100 * 0.2), (500, 500 * 0.2)])
def test_the_factor_of_the_distance_is_taken(km, kg):
    emissions = """
        factor_id, kind, mode, from_km, to_km, gco2e_per_tkm_wtw
        short,     move, rail, ,        100,   20
        long,      move, rail, 100,     ,      10
    """
    edges = f"from_node,to_node,mode,distance_km\nkz-alma,kz-bora,rail,{km}"
    assert costs(edges, emissions=emissions).co2e_kg == pytest.approx(kg)


@pytest.mark.parametrize(
    ("traction", "factor"),
    [("electric", "kz-electric"), ("diesel", "diesel"), ("", "kz")],
)
def test_the_factor_of_the_traction_is_taken(traction, factor):
    emissions = """
        factor_id,   kind, mode, traction, country, gco2e_per_tkm_wtw
        any,         move, rail, ,         ,        1
        kz,          move, rail, ,         KZ,      2
        electric,    move, rail, electric, ,        3
        kz-electric, move, rail, electric, KZ,      4
        diesel,      move, rail, diesel,   KZ,      5
    """
    edges = f"from_node,to_node,mode,distance_km,traction\nkz-alma,kz-bora,rail,100,{traction}"
    basis = costs(edges, emissions=emissions).bases[Metric.CO2E]
    assert basis.place == f"emissions.csv:{factor}"


TIMES = """
    time_id,   kind,      mode, to_mode, country, km_per_day_fast, km_per_day, km_per_day_slow, time_h_p10, time_h, time_h_p90, wait_h_p10, wait_h, wait_h_p90
    rail,      move,      rail, ,        ,        480,             240,        120,             1,          2,      4,          ,           ,
    load,      transship, road, rail,    ,        ,                ,           ,                ,           5,      ,           10,         20,     60
"""  # noqa: E501 - a table


def test_the_time_card_adds_its_hours_to_distance_over_speed():
    # 100 km at 480, 240 and 120 km/day take 5, 10 and 20 h
    assert costs(RAIL, times=TIMES).time_h == Spread(6, 12, 24)


def test_a_lone_median_of_the_time_card_has_no_spread():
    hub = "from_node, to_node, mode, to_mode\nkz-alma, kz-alma, road, rail"
    found = costs(hub, times=TIMES)
    assert (found.time_h, found.wait_h) == (Spread(5, 5, 5), Spread(10, 20, 60))


def test_without_a_card_a_process_takes_no_time_and_names_no_row():
    found = costs("from_node, to_node, mode, to_mode\nkz-alma, kz-alma, road, sea", times=TIMES)
    assert (found.time_h, found.wait_h) == (ZERO, ZERO)
    assert Metric.TIME not in found.bases


def test_the_90th_percentiles_of_time_and_wait_are_what_reliability_adds_up():
    hub = "from_node, to_node, mode, to_mode\nkz-alma, kz-alma, road, rail"
    found = costs(hub, times=TIMES)
    assert found.time_h.p90 + found.wait_h.p90 == 5 + 60


SEASONS = """
    season_id, from_month_day, to_month_day, time_factor, wait_factor, wait_add_h_p10, wait_add_h, wait_add_h_p90
    winter,    12-01,          02-28,        2,           3,           1,              4,          9
"""  # noqa: E501 - a table
SAILING = """
    from_node, to_node, mode, distance_km, wait_h_p10, wait_h, wait_h_p90, season_id
    kz-alma,   az-bora, sea,  200,         1,          2,      3,          winter
"""


def test_a_season_scales_time_and_wait_and_adds_to_the_wait():
    found = costs(SAILING, depart=date(2026, 12, 24), seasons=SEASONS)
    assert found.time_h == Spread(20, 20, 20)
    assert found.wait_h == Spread(3 + 1, 6 + 4, 9 + 9)


def test_without_a_date_no_season_holds():
    assert costs(SAILING, seasons=SEASONS).wait_h == Spread(1, 2, 3)


@pytest.mark.parametrize(
    ("first", "last", "day", "inside"),
    [
        ("06-01", "08-31", date(2026, 6, 1), True),
        ("06-01", "08-31", date(2026, 8, 31), True),
        ("06-01", "08-31", date(2026, 9, 1), False),
        ("11-01", "02-28", date(2026, 1, 1), True),
        ("11-01", "02-28", date(2026, 11, 1), True),
        ("11-01", "02-28", date(2028, 2, 29), False),
        ("11-01", "02-28", date(2026, 7, 1), False),
        ("05-05", "05-05", date(2026, 5, 5), True),
    ],
)
def test_a_season_may_run_over_the_turn_of_the_year(first, last, day, inside):
    season = Season(season_id="s", from_month_day=first, to_month_day=last)
    assert covers(season, day) is inside


@pytest.mark.parametrize(
    ("load", "max_lot_t", "per_week", "lots"),
    [
        ("20t", "", "", 1),
        ("20t", "20", "", 1),
        ("21t", "20", "", None),
        ("21t", "20", "2", 2),
        ("3.3t", "1.1", "2", 3),
    ],
)
def test_lots_are_the_departures_a_load_needs(load, max_lot_t, per_week, lots):
    network = tiny_network(f"""
        from_node, to_node, mode, distance_km, max_lot_t,   per_week
        kz-alma,   az-bora, air,  1000,        {max_lot_t}, {per_week}
    """)
    edge = next(iter(network.edges.values()))
    assert Costing(network, read_shipment(network, load)).lots(edge) == lots
