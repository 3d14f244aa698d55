"""K: from door to door off the network, from gate to gate, and from terminal to terminal."""

from __future__ import annotations

import pytest
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import ask, best, line, tiny_network

from routeplan.errors import NoRouteError, RequestError
from routeplan.itinerary.gaps import estimated_km
from routeplan.network.records import Node
from routeplan.network.vocabulary import Confidence, EdgeKind, NodeKind
from routeplan.places.access import OwnAccess
from routeplan.render.way import terminals, way_text
from routeplan.scenario.door import AccessLink, is_estimate

NODES = """
    node_id,  name, country, kind,          city_id, lat,   lon
    kz-alma,  Alma, KZ,      city,          ,        50.0,  73.5
    kz-yard,  Yard, KZ,      rail_terminal, kz-alma, 50.05, 73.4
    kz-bora,  Bora, KZ,      city,          ,        47.0,  73.5
    kz-dock,  Dock, KZ,      rail_terminal, kz-bora, 47.05, 73.5
"""
EDGES = """
    edge_id, from_node, to_node, kind,      mode, to_mode, distance_km
    in,      kz-alma,   kz-yard, access,    road, ,        10
    out,     kz-bora,   kz-dock, access,    road, ,        10
    line,    kz-yard,   kz-dock, move,      rail, ,        240
    hub-1,   kz-yard,   kz-yard, transship, road, rail,
    hub-2,   kz-dock,   kz-dock, transship, road, rail,
    road,    kz-alma,   kz-bora, move,      road, ,        480
"""
NETWORK = tiny_network(EDGES, nodes=NODES)
FARM = "49.8,73.2"
FARM_NODE = Node("place:49.8000,73.2000", FARM, "KZ", NodeKind.CITY, lat=49.8, lon=73.2)


def own(terminal: str, km: float, **more) -> OwnAccess:
    return OwnAccess(FARM_NODE, AccessLink(terminal, km, **more))


# gate and train: access 0.5 h, 120 USD, 10 kg; 10 h, 100 USD, 20 kg; 24 h, 240 USD, 48 kg; again
RAIL = "Alma ~ rail ~ Bora [45 h, 680 USD, 108 kg]"
BARE = "Yard ~ rail ~ Dock [44 h, 440 USD, 88 kg]"


def test_k1_a_city_of_the_network_is_left_by_its_gate_as_ever():
    assert line(best(NETWORK, "Alma", "Bora", modes="rail")) == RAIL
    assert line(best(NETWORK, "Alma", "Bora", modes="rail", handover="door")) == RAIL


def test_k2_from_terminal_to_terminal_the_first_and_the_last_truck_are_left_out():
    way = best(NETWORK, "Alma", "Bora", modes="rail", handover="terminal")
    assert line(way) == BARE
    assert [node.node_id for node in terminals(way)] == ["kz-yard", "kz-dock"]
    assert line(best(NETWORK, "Alma", "Bora", modes="road", handover="terminal")) == (
        "Alma ~ truck ~ Bora [24 h, 960 USD, 480 kg]"
    )


def test_k3_a_terminal_that_is_named_is_its_city_from_door_to_door():
    assert line(best(NETWORK, "Yard", "Dock", modes="rail")) == BARE
    assert line(best(NETWORK, "Yard", "Dock", modes="rail", handover="door")) == RAIL


def test_k4_a_users_own_truck_counts_as_it_stands():
    way = best(NETWORK, FARM, "Dock", access=(own("kz-yard", 40, hours=2, usd=500),))
    # 40 km x 50 g x 20 t = 40 kg
    assert line(way) == f"{FARM} ~ truck ~ Yard ~ rail ~ Dock [46 h, 940 USD, 128 kg]"
    assert estimated_km(way) == 0
    assert way.legs[0].edge.edge_id == "own:49.8000,73.2000>kz-yard"


def test_k5_what_a_user_leaves_out_comes_from_the_cards():
    way = best(NETWORK, FARM, "Dock", access=(own("kz-yard", 48),))
    # 48 km at 480 km a day are 2.4 h; the access card has 100 + 2 x 48, the road card 2 x 48
    assert line(way) == f"{FARM} ~ truck ~ Yard ~ rail ~ Dock [46.4 h, 636 USD, 136 kg]"


def test_k6_an_own_truck_of_a_city_stands_in_place_of_the_networks():
    city = NETWORK.nodes["kz-alma"]
    access = (OwnAccess(city, AccessLink("kz-yard", 10, hours=5, usd=50)),)
    way = best(NETWORK, "Alma", "Dock", modes="rail", access=access)
    assert line(way) == "Alma ~ rail ~ Dock [49 h, 490 USD, 98 kg]"
    assert NETWORK.edges["in"].kind is EdgeKind.ACCESS


def test_k7_an_estimate_is_a_leg_of_its_own_kind_with_its_evidence():
    plan = ask(NETWORK, FARM, "Bora", modes="rail")
    first = plan.itineraries[0].legs[0]
    straight_km = geodesic((49.8, 73.2), (50.05, 73.4)).km
    assert way_text(plan.itineraries[0]) == f"{FARM} ~ truck ~ Yard ~ rail ~ Bora"
    assert (first.kind, is_estimate(first.edge.edge_id)) == (EdgeKind.ACCESS, True)
    assert first.distance_km == pytest.approx(1.3 * straight_km, abs=0.06)
    assert {e.confidence for m, e in first.evidence.items() if m != "co2e"} == {Confidence.ASSUMED}
    assert {e.basis for m, e in first.evidence.items() if m != "co2e"} == {"estimate"}
    assert estimated_km(plan.itineraries[0]) == first.distance_km
    note = f"{FARM} - Yard: {first.distance_km:.0f} km by truck are estimated from a straight line"
    assert plan.warnings[0].startswith(note)


def test_k8_off_the_network_from_terminal_to_terminal_begins_at_the_nearest():
    way = best(NETWORK, FARM, "Bora", modes="rail", handover="terminal")
    assert line(way) == BARE
    assert estimated_km(way) == 0


def test_k8b_a_city_whose_terminals_no_edge_joins_is_joined_by_an_estimate():
    bare = "\n".join(row for row in EDGES.split("\n") if "access" not in row)
    network = tiny_network(bare, nodes=NODES)
    way = best(network, "Alma", "Bora", modes="rail")
    assert [leg.edge.edge_id for leg in (way.legs[0], way.legs[-1])] == [
        "estimate:kz-alma>kz-yard",
        "estimate:kz-bora>kz-dock",
    ]
    assert way_text(way) == "Alma ~ rail ~ Bora"


def test_k9_two_places_off_the_network_are_also_joined_to_each_other():
    way = best(NETWORK, FARM, "49.7,73.2")
    assert way_text(way) == f"{FARM} ~ truck ~ 49.7,73.2"
    assert len(way.legs) == 1


def test_k10_one_place_twice_is_refused_however_it_is_written():
    with pytest.raises(RequestError, match=r"both 49\.8,73\.2\. Name two places"):
        ask(NETWORK, FARM, "49.8000, 73.2000")


def test_k11_a_place_off_the_network_can_be_passed():
    way = best(NETWORK, "Alma", "Bora", via=(FARM,), modes="rail")
    assert FARM in [leg.end.name for leg in way.legs]


def test_k12_a_door_in_a_country_kept_out_is_refused():
    with pytest.raises(RequestError, match=r"55\.03,82\.92 lies in Russia, which is kept out"):
        ask(
            tiny_network(
                EDGES + "    omsk, kz-alma, ru-omsk, move, road, , 500\n",
                nodes=NODES + "    ru-omsk, Omsk, RU, city, , 54.99, 82.9\n",
            ),
            "55.03,82.92",
            "Bora",
        )


def test_k13_limits_on_modes_do_not_bind_the_truck_to_the_door():
    assert way_text(best(NETWORK, FARM, "Bora", modes="rail")).startswith(f"{FARM} ~ truck")
    with pytest.raises(NoRouteError):
        ask(NETWORK, "50.5,73.2", "Bora", modes="sea")
    # from one door straight to another is no pick-up, but a way by road
    assert len(best(NETWORK, FARM, "49.7,73.2", modes="rail").legs) > 1


@settings(max_examples=25)
@given(st.floats(49.95, 51.0), st.floats(72.5, 74.5))
def test_k14_door_to_door_never_costs_less_than_terminal_to_terminal(lat, lon):
    place = f"{lat:.3f},{lon:.3f}"
    for by in ("time", "cost", "co2"):
        door = best(NETWORK, place, "Bora", by=by).totals
        bare = best(NETWORK, place, "Bora", by=by, handover="terminal").totals
        worse = {
            "time": door.time_h >= bare.time_h,
            "cost": door.cost_usd >= bare.cost_usd,
            "co2": door.co2e_kg >= bare.co2e_kg,
        }
        assert worse[by]
