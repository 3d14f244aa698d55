"""C: borders and changes of gauge."""

from __future__ import annotations

import pytest
from tiny import best, line, tiny_network

RAIL_BORDER = """
    from_node, to_node, kind,   mode, distance_km
    kz-alma,   kz-east, ,       rail, 100
    kz-east,   uz-west, border, rail
    uz-west,   uz-bora, ,       rail, 100
"""


def test_c01_a_rail_border_adds_its_formalities():
    way = best(tiny_network(RAIL_BORDER), "Alma", "Bora")
    assert line(way) == "Alma ~ rail ~ Bora [26 h, 260 USD, 60 kg]"
    assert (way.totals.borders, way.countries) == (1, ("KZ", "UZ"))


def test_c02_a_truck_is_paid_while_it_queues_at_a_border():
    network = tiny_network("""
        from_node, to_node, kind,   mode, distance_km
        kz-alma,   kz-east, ,       road, 100
        kz-east,   uz-west, border, road
        uz-west,   uz-bora, ,       road, 100
    """)
    # 5 + 8 + 5 h; 200 + 80 + 8 h x 10 USD + 200 USD; 100 + 20 + 100 kg
    way = best(network, "Alma", "Bora")
    assert line(way) == "Alma ~ truck ~ Bora [18 h, 560 USD, 220 kg]"


GAUGE_CHANGE = """
    from_node,    to_node,      kind,         mode, distance_km
    kz-alma,      kz-east,      ,             rail, 100
    kz-east,      kz-east-1435, gauge_change, rail
    kz-east-1435, cn-west,      border,       rail
    cn-west,      cn-bora,      ,             rail, 100
"""


def test_c03_a_change_of_gauge_takes_its_time_and_is_named_on_the_way():
    way = best(tiny_network(GAUGE_CHANGE), "Alma", "Bora")
    assert line(way) == "Alma ~ rail ~ East 1435 ~ rail ~ Bora [38 h, 380 USD, 80 kg]"


def test_c04_a_change_of_gauge_within_a_country_is_no_border():
    assert best(tiny_network(GAUGE_CHANGE), "Alma", "Bora").totals.borders == 1


def test_c05_a_change_of_gauge_between_countries_is_a_border():
    network = tiny_network("""
        from_node, to_node, kind,         mode, distance_km
        kz-alma,   kz-east, ,             rail, 100
        kz-east,   cn-west, gauge_change, rail
        cn-west,   cn-bora, ,             rail, 100
    """)
    way = best(network, "Alma", "Bora")
    assert line(way) == "Alma ~ rail ~ West ~ rail ~ Bora [32 h, 320 USD, 60 kg]"
    assert way.totals.borders == 1


def test_c06_a_crossing_by_sea_is_no_land_border():
    network = tiny_network("""
        from_node, to_node, mode, distance_km
        kz-alma,   az-bora, sea,  200
    """)
    assert best(network, "Alma", "Bora").totals.borders == 0


@pytest.mark.parametrize(
    ("origin", "destination", "hours"), [("Alma", "Bora", 22), ("Bora", "Alma", 40)]
)
def test_c07_a_border_takes_the_time_of_the_country_that_is_left(origin, destination, hours):
    network = tiny_network(
        RAIL_BORDER,
        times="""
        time_id,  kind,   mode, country, km_per_day, time_h
        rail,     move,   rail, ,        240,
        border,   border, rail, ,        ,           6
        leave-kz, border, rail, KZ,      ,           2
        leave-uz, border, rail, UZ,      ,           20
        """,
    )
    assert best(network, origin, destination).totals.time_h == hours


def test_c08_the_shorter_way_through_two_borders_may_be_the_longer_one():
    network = tiny_network("""
        from_node, to_node, kind,   mode, distance_km
        kz-alma,   kz-bora, ,       rail, 120
        kz-alma,   uz-west, border, rail
        uz-west,   uz-east, ,       rail, 10
        uz-east,   kz-bora, border, rail
    """)
    way = best(network, "Alma", "Bora")
    # 12 h and 120 USD at home; 1 + 2 x 6 h and 10 + 2 x 60 USD through the neighbour
    assert line(way) == "Alma ~ rail ~ Bora [12 h, 120 USD, 24 kg]"
    assert way.countries == ("KZ",)
