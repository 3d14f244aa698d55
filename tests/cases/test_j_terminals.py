"""J: a city is all its terminals; the answer names the one it uses."""

from __future__ import annotations

import pytest
from tiny import ask, best, tiny_network

from routeplan.network.files import packaged_data
from routeplan.network.read import load_network
from routeplan.places.index import PlaceIndex
from routeplan.render.output import PAGE, Format
from routeplan.render.plan import plan_text
from routeplan.render.way import terminal_names, terminals

NODES = """
    node_id,    name,       country, kind,          city_id
    tr-city,    City,       TR,      city,
    tr-yard,    Yard,       TR,      rail_terminal, tr-city
    tr-port,    Port,       TR,      seaport,       tr-city
    tr-airport, Airport,    TR,      airport,       tr-city
    ge-far,     Far,        GE,      city
"""
EDGES = """
    from_node, to_node,    kind,      mode, to_mode, distance_km
    tr-city,   tr-yard,    access,    road, ,        10
    tr-city,   tr-port,    access,    road, ,        20
    tr-city,   tr-airport, access,    road, ,        30
    tr-yard,   tr-yard,    transship, road, rail
    tr-port,   tr-port,    transship, road, sea
    tr-airport, tr-airport, transship, road, air
    ge-far,    tr-yard,    move,      rail, ,        1000
    ge-far,    tr-port,    move,      sea,  ,        1000
    ge-far,    tr-airport, move,      air,  ,        1000
    ge-far,    tr-city,    move,      road, ,        1000
"""


@pytest.fixture(scope="module")
def network():
    return tiny_network(EDGES, nodes=NODES)


@pytest.fixture(scope="module")
def own_network():
    return load_network(packaged_data())


def ends(itinerary) -> tuple[str, str]:
    start, end = terminals(itinerary)
    return start.node_id, end.node_id


@pytest.mark.parametrize(
    ("options", "used"),
    [
        ({"by": "cost"}, "tr-port"),
        ({"by": "time"}, "tr-airport"),
        ({"modes": "rail"}, "tr-yard"),
        ({"modes": "road"}, "tr-city"),
        ({"by": "cost", "avoid": ("Port",)}, "tr-yard"),
        ({"by": "cost", "avoid": ("Port", "Yard")}, "tr-city"),
    ],
)
def test_every_terminal_of_a_city_is_considered_and_the_best_is_named(network, options, used):
    assert ends(best(network, "Far", "City", **options)) == ("ge-far", used)
    assert ends(best(network, "City", "Far", **options)) == (used, "ge-far")


@pytest.mark.parametrize(("name", "mode"), [("Yard", "rail"), ("Port", "sea"), ("Airport", "air")])
def test_a_terminal_that_is_asked_for_is_the_one_that_is_used(network, name, mode):
    way = best(network, "Far", name, modes=mode)
    assert ends(way) == ("ge-far", PlaceIndex(network).get(name))
    assert terminal_names(way) == []


def test_the_short_list_names_the_terminals_of_each_way(network):
    plan = ask(network, "Far", "City")
    assert {name for way in plan.itineraries for name in terminal_names(way)} >= {"Port", "Airport"}
    page = plan_text(plan, Format.TABLE, PAGE)
    assert "Far ~ sea ~ City (terminals: Port)" in page
    assert "Far ~ truck ~ City (borders: City)\n" in page
    assert "Far ~ sea ~ City (terminals: Port) |" in plan_text(plan, Format.MD)
    header, *rows = (line.split("\t") for line in plan_text(plan, Format.TSV).splitlines())
    column = header.index("destination_terminal")
    assert {row[column] for row in rows} >= {"tr-port", "tr-airport", "tr-city"}


def test_every_terminal_in_the_data_is_joined_to_its_city(own_network):
    joined = {frozenset((edge.from_node, edge.to_node)) for edge in own_network.edges.values()}
    for node in own_network.nodes.values():
        if node.city_id:
            assert frozenset((node.node_id, node.city_id)) in joined, node.node_id


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Стамбул", {"tr-ambarli-port", "tr-halkali", "tr-istanbul-airport", "tr-pendik-port"}),
        ("Baki", {"az-alat-port", "az-baku-absheron", "az-baku-airport"}),
        ("Београд", {"rs-belgrade-airport", "rs-belgrade-port", "rs-belgrade-rail"}),
    ],
)
def test_the_great_cities_have_the_terminals_they_should(own_network, name, expected):
    city = PlaceIndex(own_network).get(name)
    assert set(own_network.terminals(city)) == {city, *expected}


def test_the_terminal_differs_by_mode_in_the_data_too(own_network):
    used = {
        mode: ends(best(own_network, "Baku", "Belgrade", modes=mode))
        for mode in ("rail", "air", "road")
    }
    assert used["rail"] == ("az-baku-absheron", "rs-belgrade-rail")
    assert used["air"] == ("az-baku-airport", "rs-belgrade-airport")
    assert used["road"] == ("az-baku", "rs-belgrade")
