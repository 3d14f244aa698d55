"""G: how much is carried, and in what; expected totals are computed by hand from the tiny cards."""

from __future__ import annotations

import pytest
from tiny import ask, best, line, tiny_network

from routeplan.errors import NoRouteError

RAIL = """
    from_node, to_node, mode, distance_km
    kz-alma,   kz-bora, rail, 100
"""
ROAD = RAIL.replace("rail", "road")
AIR = """
    from_node, to_node, mode, distance_km
    kz-alma,   rs-bora, air,  1200
"""


@pytest.mark.parametrize(
    ("load", "expected"),
    [
        ("1xFEU", "[10 h, 100 USD, 20 kg]"),
        ("3xFEU", "[10 h, 300 USD, 60 kg]"),
        ("1xTEU", "[10 h, 50 USD, 10 kg]"),  # half of the only price, a 40' box's
        ("2xTEU", "[10 h, 100 USD, 20 kg]"),
        ("1xtruck", "[10 h, 100 USD, 20 kg]"),
        ("20t", "[10 h, 100 USD, 20 kg]"),
        ("30t", "[10 h, 200 USD, 30 kg]"),  # one box and half of one, which costs twice its share
        ("25t", "[10 h, 150 USD, 25 kg]"),
        ("2t", "[10 h, 20 USD, 2 kg]"),  # a tenth of a box, at twice the price
        ("100kg", "[10 h, 5 USD, 0.1 kg]"),  # at least a twentieth of a box
    ],
)
def test_g01_a_load_by_rail_pays_its_boxes(load, expected):
    way = best(tiny_network(RAIL), "Alma", "Bora", load=load)
    assert line(way) == f"Alma ~ rail ~ Bora {expected}"


@pytest.mark.parametrize(
    ("load", "expected"),
    [
        ("1xFEU", "[5 h, 200 USD, 100 kg]"),
        ("1xTEU", "[5 h, 200 USD, 50 kg]"),  # one truck
        ("2xTEU", "[5 h, 200 USD, 100 kg]"),  # one truck
        ("3xTEU", "[5 h, 400 USD, 150 kg]"),  # two trucks
        ("2xtruck", "[5 h, 400 USD, 200 kg]"),
        ("5t", "[5 h, 100 USD, 25 kg]"),  # a quarter of a truck, at twice the price
        ("15t", "[5 h, 200 USD, 75 kg]"),  # dearer as groupage than a truck of its own
    ],
)
def test_g02_a_load_by_road_pays_its_trucks(load, expected):
    way = best(tiny_network(ROAD), "Alma", "Bora", load=load)
    assert line(way) == f"Alma ~ truck ~ Bora {expected}"


@pytest.mark.parametrize(
    ("load", "cargo", "expected"),
    [
        ("500kg", "general", "[2.4 h, 6000 USD, 300 kg]"),
        ("500kg", "feathers", "[2.4 h, 12000 USD, 300 kg]"),  # 100 kg/m3, charged as 200
        ("1xTEU", "general", "[2.4 h, 120000 USD, 6000 kg]"),
    ],
)
def test_g03_air_freight_pays_by_the_kilogram_and_light_cargo_for_its_volume(load, cargo, expected):
    way = best(tiny_network(AIR), "Alma", "Bora", load=load, cargo=cargo)
    assert line(way) == f"Alma ~ air ~ Bora {expected}"


LOADING = """
    from_node, to_node, mode, to_mode, distance_km
    kz-alma,   kz-alma, road, rail
    kz-alma,   kz-bora, rail, ,        100
"""


@pytest.mark.parametrize(("load", "hours"), [("10t", 70), ("11t", 20), ("1xTEU", 20)])
def test_g04_groupage_waits_for_its_box_to_fill(load, hours):
    assert best(tiny_network(LOADING), "Alma", "Bora", load=load).totals.time_h == hours


def test_g05_groupage_does_not_wait_again_when_it_leaves_the_train():
    assert best(tiny_network(LOADING), "Bora", "Alma", load="1t").totals.time_h == 20


def test_g06_cooled_cargo_costs_and_emits_more():
    way = best(tiny_network(LOADING), "Alma", "Bora", cargo="fish")
    # train 2 x 100 USD and 1.5 x 20 kg; handling 3 x 100 USD and 20 kg
    assert line(way) == "Alma ~ rail ~ Bora [20 h, 500 USD, 50 kg]"


def test_g07_a_way_longer_than_the_cargo_keeps_is_warned_of():
    network = tiny_network("""
        from_node, to_node, mode, distance_km
        kz-alma,   kz-bora, rail, 600
    """)
    assert ask(network, "Alma", "Bora", cargo="fish").warnings == (
        (
            "Way 1: Fish keeps 2 days; half the time this way takes more than 2.5 d: it comes "
            "after any that holds."
        ),
    )
    assert ask(network, "Alma", "Bora").warnings == ()


def lots(max_lot_t, per_week="7"):
    return tiny_network(f"""
        from_node, to_node, mode, distance_km, wait_h, max_lot_t,   per_week
        kz-alma,   az-bora, sea,  200,         2,      {max_lot_t}, {per_week}
    """)


@pytest.mark.parametrize(
    ("load", "max_lot_t", "hours", "number"),
    [
        ("20t", 20, 12, 1),
        ("40t", 20, 12 + 24, 2),
        ("41t", 20, 12 + 48, 3),
        ("2.1t", 0.7, 12 + 48, 3),  # 2.1 / 0.7 is a little more than 3 in binary
    ],
)
def test_g08_a_load_beyond_a_ship_goes_on_several_and_the_last_one_counts(
    load, max_lot_t, hours, number
):
    way = best(lots(max_lot_t), "Alma", "Bora", load=load)
    assert (way.totals.time_h, way.legs[0].lots) == (hours, number)


def test_g09_several_sailings_are_told():
    assert ask(lots(20), "Alma", "Bora", load="3xFEU").warnings == (
        (
            "Way 1: 60 t go from Alma to Bora on 3 sailings, at most 20 t each; "
            "the time is until the last arrives."
        ),
    )


def test_g10_a_load_that_cannot_be_split_finds_no_way():
    network = lots(20, per_week="")
    assert best(network, "Alma", "Bora", load="20t").totals.time_h == 12
    with pytest.raises(NoRouteError, match="There is one with --load 20t"):
        ask(network, "Alma", "Bora", load="21t")


def test_g11_what_an_edge_forbids_does_not_go_there():
    network = tiny_network("""
        edge_id, from_node, to_node, mode, distance_km, forbids
        short,   kz-alma,   kz-bora, rail, 100,         dangerous|reefer
        long,    kz-alma,   kz-bora, rail, 300
    """)
    used = {
        cargo: best(network, "Alma", "Bora", cargo=cargo).legs[0].edge.edge_id
        for cargo in ("general", "fireworks", "fish")
    }
    assert used == {"general": "short", "fireworks": "long", "fish": "long"}


def test_g12_forbidden_cargo_without_another_way_is_told():
    network = tiny_network("""
        from_node, to_node, mode, distance_km, forbids
        kz-alma,   kz-bora, rail, 100,         dangerous
    """)
    with pytest.raises(NoRouteError, match="There is one with --cargo that is not dangerous"):
        ask(network, "Alma", "Bora", cargo="fireworks")


def test_g13_time_costs_what_the_goods_are_worth():
    network = tiny_network(RAIL)
    usual = best(network, "Alma", "Bora").totals.generalised_cost_usd
    dear = best(network, "Alma", "Bora", value_usd=300_000.0).totals.generalised_cost_usd
    free = best(network, "Alma", "Bora", value_usd=0.0).totals.generalised_cost_usd
    # 20 t at 5,000 USD/t are worth 100,000 USD, and an hour of them 10 USD
    assert (usual, dear, free) == pytest.approx((100 + 100 + 2, 100 + 300 + 2, 100 + 2))
