"""Doors: which terminals a place off the network is joined to, and why there may be none."""

from __future__ import annotations

import re

import pytest
from geopy.distance import geodesic
from tiny import tiny_network

from routeplan.errors import OffNetworkError, RequestError
from routeplan.network.vocabulary import NodeKind
from routeplan.places.doors import CIRCUITY, place_node
from routeplan.places.ends import unjoined_terminals
from routeplan.places.index import PlaceIndex
from routeplan.places.match import How, Place, PlaceMatch
from routeplan.places.points import great_circle_km

NODES = """
    node_id,   name,   country, kind,          city_id,   lat,   lon
    kz-east,   East,   KZ,      city,          ,          50.0,  73.5
    kz-west,   West,   KZ,      city,          ,          50.0,  72.5
    kz-south,  South,  KZ,      city,          ,          49.0,  73.0
    kz-far,    Far,    KZ,      city,          ,          50.0,  80.0
    kz-yard,   Yard,   KZ,      rail_terminal, kz-east,   50.1,  73.4
    kz-halt,   Halt,   KZ,      junction,      ,          50.0,  73.1
    kz-lost,   Lost,   KZ,      city,          ,          ,
    uz-over,   Over,   UZ,      city,          ,          41.3,  69.3
"""
EDGES = """
    edge_id, from_node, to_node,  kind,      mode, to_mode, distance_km
    r1,      kz-west,   kz-east,  move,      road, ,        100
    r2,      kz-south,  kz-east,  move,      road, ,        150
    r3,      kz-far,    kz-east,  move,      road, ,        600
    r4,      kz-lost,   kz-east,  move,      road, ,        60
    t1,      kz-yard,   kz-halt,  move,      rail, ,        40
    t2,      kz-halt,   kz-west,  move,      rail, ,        60
    hub,     kz-yard,   kz-yard,  transship, road, rail,
"""


@pytest.fixture(scope="module")
def network():
    return tiny_network(EDGES, nodes=NODES)


@pytest.fixture(scope="module")
def index(network):
    return PlaceIndex(network)


def point(lat: float, lon: float) -> Place:
    return Place(f"{lat:g},{lon:g}", "", lat, lon, How.COORDINATES)


def door_of(index: PlaceIndex, text: str):
    found = index.resolve(text)
    assert not isinstance(found, PlaceMatch)
    return index.doors.door(found)


def test_a_place_is_joined_to_where_a_truck_can_hand_over(index):
    links = {link.to_node for link in index.doors.door(point(49.8, 73.1)).links}
    assert links == {"kz-east", "kz-west", "kz-south", "kz-yard"}


def test_a_junction_without_handling_a_place_without_position_and_another_country_are_not_joined(
    index,
):
    links = {link.to_node for link in index.doors.door(point(49.8, 73.1)).links}
    assert links.isdisjoint({"kz-halt", "kz-lost", "uz-over", "kz-far"})


def test_a_link_is_the_straight_line_times_circuity_and_says_so(index):
    door = index.doors.door(point(49.8, 73.1))
    yard = next(link for link in door.links if link.to_node == "kz-yard")
    straight_km = geodesic((49.8, 73.1), (50.1, 73.4)).km
    assert yard.straight_km == pytest.approx(straight_km, abs=0.06)
    assert yard.km == pytest.approx(straight_km * CIRCUITY, abs=0.06)
    assert yard.is_estimate
    assert yard.confidence == ("assumed",)
    assert yard.note == f"Straight line {straight_km:.1f} km x 1.3. No road was looked up."
    assert door.edge_id(yard) == "estimate:49.8000,73.1000>kz-yard"


def test_the_nearest_terminal_of_each_mode_is_kept_for_questions_from_terminal_to_terminal(index):
    assert index.doors.door(point(50.05, 73.4)).nearest == ("kz-east", "kz-yard")


def test_a_place_node_has_an_id_no_data_file_can_have(index):
    node = place_node(point(49.8, 73.1))
    assert (node.node_id, node.kind, node.name) == (
        "place:49.8000,73.1000",
        NodeKind.CITY,
        "49.8,73.1",
    )
    assert index.doors.door(point(49.8, 73.1)).node.country == "KZ"


def test_parameters_set_circuity_cap_catchment_and_number():
    text = (
        "parameter_id,value,source_ids\ncircuity_kz,2,s\naccess_catchment_km,1\n"
        "access_per_mode,1\naccess_max_km,500\n"
    )
    doors = PlaceIndex(tiny_network(EDGES, nodes=NODES, parameters=text)).doors
    door = doors.door(point(49.95, 73.4))
    assert {link.to_node for link in door.links} == {"kz-east", "kz-yard", "kz-west", "kz-south"}
    assert all(link.km == pytest.approx(2 * link.straight_km, abs=0.2) for link in door.links)
    assert {link.source_ids for link in door.links} == {("s",)}
    few = doors.door(point(50.0, 74.0)).links  # West and South lie behind East
    assert {link.to_node for link in few} == {"kz-east", "kz-yard"}


def test_two_places_a_truck_can_join_are_joined(index):
    here, there = (place_node(point(49.8, lon)) for lon in (73.1, 73.4))
    here, there = (node._replace(country="KZ") for node in (here, there))
    link = index.doors.between(here, there)
    assert link.to_node == there.node_id
    assert index.doors.between(here, there._replace(country="UZ")) is None


@pytest.mark.parametrize(
    ("place", "reason", "nearest"),
    [
        ("Rhodes", "Water or a border lies between it and every terminal in Greece.", "Izmir"),
        ("Heraklion", "Water or a border lies between it and every terminal in Greece.", "Athens"),
        ("Corfu", "Water or a border lies between", "Tirana"),
        ("Kos", "Water or a border lies between", "Izmir"),
        ("42,51", "No truck gets there: it lies in the water.", "Kuryk port"),
        ("10,-150", "No truck gets there: it lies in the water.", "Shanghai"),
        ("25,10", "No place of the network lies in that country.", "Athens"),
        ("Sukhumi", "Abkhazia lies behind a line that no freight crosses.", "Anaklia port"),
        ("Odesa", "The network has no terminal in Ukraine, and a pick-up", "Chisinau"),
        ("Zaysan", "the nearest terminal in Kazakhstan by road, 736 km; a pick-up goes", "Urumqi"),
    ],
)
def test_where_no_truck_gets_the_reason_and_the_nearest_places_are_told(
    own_index, place, reason, nearest
):
    with pytest.raises(OffNetworkError) as caught:
        door_of(own_index, place)
    text = str(caught.value)
    assert reason in text
    assert re.search(rf"Nearest: {nearest} \([a-z-]+, [\w ]+\), \d+ km;", text)
    assert text.endswith("Ask for one of them, or give your own trucks with --access.")
    assert "\n" not in text


def test_links_on_our_own_network_stay_within_country_and_cap(own_network, own_index):
    most_km = own_network.parameter("access_max_km", 0)
    for place in ("Kragujevac", "Zhanaozen", "Novi Pazar, RS", "41.3,69.2", "Uskudar", "Kutaisi"):
        door = door_of(own_index, place)
        assert door.links
        for link in door.links:
            end = own_network.nodes[link.to_node]
            straight_km = great_circle_km((door.node.lat, door.node.lon), (end.lat, end.lon))
            assert end.country == door.node.country
            assert straight_km * 0.99 <= link.straight_km + 0.1 <= link.km + 0.2
            assert link.km <= most_km
            assert link.source_ids


def test_a_town_and_its_point_have_the_same_terminals(own_index):
    town = door_of(own_index, "Kragujevac")
    same = door_of(own_index, f"{town.node.lat},{town.node.lon}")
    assert [link.to_node for link in town.links] == [link.to_node for link in same.links]
    assert same.node.country == "RS"


UNJOINED = """
    node_id,  name, country, kind,          city_id, lat,  lon
    kz-alma,  Alma, KZ,      city,          ,        50.0, 73.5
    kz-yard,  Yard, KZ,      rail_terminal, kz-alma, 50.1, 73.4
    kz-bora,  Bora, KZ,      city,          ,        51.0, 73.5
"""
RAILS = """
    edge_id, from_node, to_node, kind,      mode, to_mode, distance_km
    t1,      kz-yard,   kz-bora, move,      rail, ,        200
    hub,     kz-yard,   kz-yard, transship, road, rail,
"""


def test_a_city_without_access_edges_is_joined_to_its_terminals():
    network = tiny_network(RAILS, nodes=UNJOINED)
    doors = PlaceIndex(network).doors
    apart = unjoined_terminals(network, "kz-alma")
    assert apart == ["kz-yard"]
    door = doors.own_city("kz-alma", apart)
    assert [(link.to_node, link.is_estimate) for link in door.links] == [("kz-yard", True)]
    assert unjoined_terminals(network, "kz-bora") == []


@pytest.mark.parametrize("kind", ["access", "move"])
def test_a_terminal_that_a_road_or_access_edge_joins_is_left_to_it(kind):
    joined = RAILS + f"    a1, kz-alma, kz-yard, {kind}, road, , 12\n"
    assert unjoined_terminals(tiny_network(joined, nodes=UNJOINED), "kz-alma") == []


def test_no_terminal_of_our_own_network_needs_an_estimate(own_network):
    for node in own_network.nodes.values():
        apart = unjoined_terminals(own_network, node.node_id)
        assert apart == [] or PlaceIndex(own_network).doors.own_city(node.node_id, apart) is None


def test_a_city_that_cannot_be_joined_says_what_is_missing():
    nowhere = UNJOINED.replace("50.1, 73.4", ",")
    network = tiny_network(RAILS, nodes=nowhere)
    doors = PlaceIndex(network).doors
    with pytest.raises(RequestError, match=r"no truck joins Alma \(kz-alma\) to its terminals"):
        doors.own_city("kz-alma", ["kz-yard"])
