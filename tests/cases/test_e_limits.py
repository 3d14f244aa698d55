"""E: what a request keeps out and insists on: policy, avoid, via, modes."""

from __future__ import annotations

import re

import pytest
from tiny import ask, best, line, tiny_network

from routeplan.errors import NoRouteError, RequestError

NORTH_SOUTH = """
    edge_id, from_node, to_node, kind,   mode, distance_km, corridor
    north1,  kz-alma,   kz-oral, ,       rail, 100,         north
    north2,  kz-oral,   ru-don,  border, rail, ,            north
    north3,  ru-don,    ge-bora, border, rail, ,            north
    south1,  kz-alma,   kz-port, ,       rail, 300,         South
    south2,  kz-port,   az-port, border, rail, ,            South
    south3,  az-port,   ge-bora, border, rail, ,            South
"""
NORTH = "Alma ~ rail ~ Bora [22 h, 220 USD, 60 kg]"
SOUTH = "Alma ~ rail ~ Bora [42 h, 420 USD, 100 kg]"


def test_e01_sanctioned_countries_are_kept_out_unless_the_policy_says_otherwise():
    network = tiny_network(NORTH_SOUTH)
    assert line(best(network, "Alma", "Bora")) == SOUTH
    assert line(best(network, "Alma", "Bora", policy="none")) == NORTH


@pytest.mark.parametrize(
    "avoid",
    [
        "RU",
        "Russia",
        "country:ru",
        "Don",
        "node:ru-don",
        "north2",
        "edge:north1",
        "north",
        "corridor:north",
    ],
)
def test_e02_what_is_avoided_is_not_touched(avoid):
    network = tiny_network(NORTH_SOUTH)
    assert line(best(network, "Alma", "Bora", policy="none", avoid=(avoid,))) == SOUTH


@pytest.mark.parametrize("avoid", ["South", "south", "corridor:SOUTH"])
def test_e03_a_corridor_is_known_whatever_its_capitals(avoid):
    network = tiny_network(NORTH_SOUTH)
    assert line(best(network, "Alma", "Bora", policy="none", avoid=(avoid,))) == NORTH


def test_e04_several_things_are_avoided_at_once():
    network = tiny_network(NORTH_SOUTH)
    with pytest.raises(NoRouteError):
        ask(network, "Alma", "Bora", policy="none", avoid=("AZ, Don",))
    with pytest.raises(NoRouteError):
        ask(network, "Alma", "Bora", policy="none", avoid=("AZ", "north1"))


def test_e05_a_via_place_is_passed():
    network = tiny_network(NORTH_SOUTH)
    way = best(network, "Alma", "Bora", policy="none", via=("kz-port",))
    assert line(way) == SOUTH


def test_e06_a_via_place_on_a_branch_is_visited_there_and_back():
    network = tiny_network("""
        from_node, to_node, mode, distance_km
        kz-alma,   kz-bora, rail, 100
        kz-bora,   kz-caro, rail, 100
        kz-bora,   kz-dora, rail, 50
    """)
    way = best(network, "Alma", "Caro", via=("Dora",))
    assert line(way) == "Alma ~ rail ~ Caro [30 h, 300 USD, 60 kg]"
    assert [leg.end.name for leg in way.legs] == ["Bora", "Dora", "Bora", "Caro"]


def test_e07_via_places_are_passed_in_the_order_given():
    network = tiny_network("""
        from_node, to_node, mode, distance_km
        kz-alma,   kz-bora, rail, 10
        kz-bora,   kz-caro, rail, 10
        kz-caro,   kz-dora, rail, 10
    """)
    forth = best(network, "Alma", "Dora", via=("Bora", "Caro"))
    assert forth.totals.distance_km == 30
    back = best(network, "Alma", "Dora", via=("Caro", "Bora"))
    assert [leg.end.name for leg in back.legs] == ["Bora", "Caro", "Bora", "Caro", "Dora"]


CITY = """
    node_id, name,       country, kind,    city_id
    kz-port, Port,       KZ,      city
    kz-east, East docks, KZ,      seaport, kz-port
    kz-west, West docks, KZ,      seaport, kz-port
"""
DOCKS = """
    edge_id, from_node, to_node, kind,   mode, distance_km
    far,     kz-alma,   kz-east, ,       road, 500
    farther, kz-east,   kz-bora, ,       road, 500
    short,   kz-alma,   kz-bora, ,       road, 100
    in,      kz-port,   kz-east, access, road, 10
    out,     kz-port,   kz-west, access, road, 10
"""


def test_e08_a_city_is_passed_at_any_of_its_terminals():
    network = tiny_network(DOCKS, nodes=CITY)
    way = best(network, "Alma", "Bora", via=("Port",))
    assert [leg.edge.edge_id for leg in way.legs] == ["far", "farther"]


def test_e09_an_avoided_city_is_avoided_with_its_terminals():
    network = tiny_network(DOCKS, nodes=CITY)
    with pytest.raises(NoRouteError):
        ask(network, "Alma", "Bora", avoid=("Port", "short"))


TWO_MODES = """
    from_node, to_node, kind, mode, to_mode, distance_km
    kz-alma,   kz-yard, access, road, ,      10
    kz-yard,   kz-yard, ,     road, rail
    kz-yard,   kz-bora, ,     rail, ,        100
    kz-alma,   kz-bora, ,     road, ,        100
"""
BY_RAIL = "Alma ~ rail ~ Bora [20.5 h, 320 USD, 50 kg]"
BY_TRUCK = "Alma ~ truck ~ Bora [5 h, 200 USD, 100 kg]"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, BY_TRUCK),
        ({"modes": "rail"}, BY_RAIL),
        ({"modes": "rail, sea"}, BY_RAIL),
        ({"modes": "road"}, BY_TRUCK),
        ({"avoid": ("road",)}, BY_RAIL),
        ({"avoid": ("mode:road",)}, BY_RAIL),
        ({"avoid": ("rail",)}, BY_TRUCK),
    ],
)
def test_e10_modes_limit_the_line_haul_and_leave_the_short_truck_access(options, expected):
    assert line(best(tiny_network(TWO_MODES), "Alma", "Bora", **options)) == expected


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"modes": "sea"}, "There is one with rail in --mode (1.8 d, 420 USD)."),
        (
            {"avoid": ("Don", "AZ"), "policy": "none"},
            (
                "There is one without --avoid Don (0.9 d, 220 USD) "
                "or without --avoid Azerbaijan (1.8 d, 420 USD)."
            ),
        ),
        (
            {"avoid": ("AZ",)},
            (
                "There is one with --policy none, letting in Russia (0.9 d, 220 USD) "
                "or without --avoid Azerbaijan (1.8 d, 420 USD)."
            ),
        ),
        ({"via": ("Far",)}, "There is one without --via Far (1.8 d, 420 USD)."),
        ({"load": "3xFEU"}, "There is one with --load 40t (1.8 d, 840 USD)."),
        ({"load": "3xFEU", "avoid": ("north",)}, "There is one with --load 40t"),
        (
            {"modes": "sea", "via": ("Far",)},
            (
                "Lifting one is not enough. "
                "There is one with rail in --mode and without --via Far (1.8 d, 420 USD)."
            ),
        ),
        (
            {"max_days": 1},
            (
                "There is one with --policy none, letting in Russia (0.9 d, 220 USD) "
                "or with --max-days 1.8 (1.8 d, 420 USD)."
            ),
        ),
        (
            {"max_days": 0.5, "max_cost_usd": 210},
            "with --max-days 1.8 and with --max-cost 420 (1.8 d, 420 USD).",
        ),
    ],
)
def test_e11_no_route_names_the_limits_whose_lifting_would_give_one(options, said):
    edges = re.sub(r"(north|South)$", r"\1, 40", NORTH_SOUTH, flags=re.MULTILINE)
    network = tiny_network(
        edges.replace("corridor", "corridor, max_lot_t"),
        nodes="node_id, name, country\nkz-far, Far, KZ",
    )
    with pytest.raises(NoRouteError) as error:
        ask(network, "Alma", "Bora", **options)
    assert str(error.value).startswith("no route from Alma to Bora under these limits.")
    assert said in str(error.value)


def test_e12_no_route_at_all_is_said_plainly():
    network = tiny_network("""
        from_node, to_node, mode, distance_km
        kz-alma,   kz-bora, rail, 100
        kz-caro,   kz-dora, rail, 100
    """)
    with pytest.raises(NoRouteError) as error:
        ask(network, "Alma", "Dora", modes="rail", avoid=("Bora",))
    assert str(error.value) == (
        "no route joins Alma and Dora in this network: no chain of links, even with those closed, "
        "planned or the wrong way."
    )


TERMINAL = """
    edge_id, from_node, to_node, mode, to_mode, directed, distance_km
    load,    kz-alma,   kz-alma, road, rail,    yes
    unload,  kz-alma,   kz-alma, rail, road,    yes
    train,   kz-alma,   kz-bora, rail, ,        no,       100
    truck,   kz-alma,   kz-bora, road, ,        no,       100
"""


def test_e13_avoiding_the_loading_does_not_make_it_free():
    network = tiny_network(TERMINAL)
    assert best(network, "Alma", "Bora", modes="rail").totals.time_h == 20
    with pytest.raises(NoRouteError):
        ask(network, "Alma", "Bora", modes="rail", avoid=("edge:load",))
    with pytest.raises(NoRouteError):
        ask(network, "Bora", "Alma", modes="rail", avoid=("edge:unload",))


@pytest.mark.parametrize("status", ["closed", "planned"])
def test_e14_loading_that_is_shut_is_not_free(status):
    network = tiny_network(f"""
        edge_id, from_node, to_node, mode, to_mode, status,   distance_km
        load,    kz-alma,   kz-alma, road, rail,    {status}
        train,   kz-alma,   kz-bora, rail, ,        open,     100
        truck,   kz-alma,   kz-bora, road, ,        open,     100
    """)
    assert line(best(network, "Alma", "Bora")) == BY_TRUCK
    with pytest.raises(NoRouteError):
        ask(network, "Alma", "Bora", modes="rail")


def test_e15_a_flight_does_not_touch_what_it_crosses_but_what_it_calls_at():
    network = tiny_network("""
        from_node, to_node, mode, distance_km
        kz-alma,   tr-hub,  air,  1200
        tr-hub,    rs-bora, air,  1200
        kz-alma,   rs-bora, air,  4800
    """)
    assert best(network, "Alma", "Bora").countries == ("KZ", "TR", "RS")
    assert best(network, "Alma", "Bora", avoid=("TR",)).countries == ("KZ", "RS")


PASSAGES = """
    edge_id, from_node, to_node, mode, distance_km, passages
    canal,   kz-alma,   ru-dock, sea,  100,         volga-don
    coast,   ru-dock,   ge-bora, sea,  100
    river,   kz-alma,   ge-bora, sea,  250,         volga-don
    strait,  kz-alma,   ge-bora, sea,  300,         bosporus
    round,   kz-alma,   ge-bora, sea,  400
"""


@pytest.mark.parametrize(
    ("options", "first"),
    [
        ({}, "strait"),
        ({"avoid": ("bosporus",)}, "round"),
        ({"avoid": ("passage:Bosporus",)}, "round"),
        ({"policy": "none"}, "strait"),
        ({"allow": ("volga-don",)}, "strait"),
        ({"policy": "none", "allow": ("volga-don",)}, "canal"),
        ({"policy": "none", "allow": ("volga-don",), "avoid": ("RU",)}, "strait"),
    ],
)
def test_e16_a_passage_can_be_avoided_and_some_are_shut_unless_allowed(options, first):
    way = best(tiny_network(PASSAGES), "Alma", "Bora", **options)
    assert way.legs[0].edge.edge_id == first


def test_e30_a_place_with_its_country_is_avoided_as_one():
    network = tiny_network(NORTH_SOUTH)
    place = network.nodes["kz-alma"]
    with pytest.raises(RequestError, match="asked for and avoided"):
        ask(network, "Alma", "Bora", policy="none", avoid=(f"{place.name}, {place.country}",))


def test_e31_only_a_closed_passage_can_be_allowed():
    with pytest.raises(RequestError, match="Closed are suez, volga-don"):
        ask(tiny_network(NORTH_SOUTH), "Alma", "Bora", allow=("bosporus",))
