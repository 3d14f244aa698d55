"""The neighbours of the corridor: they are reached, by the borders that are open, at sane speeds.

The data change, so no total is asserted, only what any sound version of them gives.
"""

from __future__ import annotations

import pytest

from routeplan.errors import NoRouteError, OffNetworkError
from routeplan.itinerary.gaps import estimated_km
from routeplan.network.vocabulary import EdgeKind, Mode, Status
from routeplan.places.question import Question
from routeplan.planner import find_routes

NEIGHBOURS = ("AL", "AM", "BA", "MD", "ME", "XK")
SHUT = [("AM", "TR"), ("AM", "AZ")]
PAIRS = [
    ("Astana", "Yerevan", {"KZ", "AZ", "GE", "AM"}),
    ("Yerevan", "Astana", {"KZ", "AZ", "GE", "AM"}),
    ("Astana", "Gyumri", {"GE", "AM"}),
    ("Poti", "Yerevan", {"GE", "AM"}),
    ("Baku", "Sarajevo", {"AZ", "BA"}),
    ("Tashkent", "Chisinau", {"UZ", "MD"}),
    ("Chisinau", "Almaty", {"KZ", "MD"}),
    ("Belgrade", "Bar", {"RS", "ME"}),
    ("Astana", "Tirana", {"KZ", "AL"}),
    ("Istanbul", "Pristina", {"TR", "XK"}),
    ("Aktau", "Durres", {"KZ", "AL"}),
    ("Baku", "Ploce", {"AZ", "HR"}),
]
DOORS = [
    ("Astana", "Dalarik"),
    ("Karaganda", "Zenica"),
    ("Almaty", "Prizren"),
    ("Baku", "Cahul"),
    ("Astana", "Kotor"),
    ("Tashkent", "Shkoder"),
]
RAILED = {"AM": "am-yerevan-rail", "ME": "me-bar-port", "BA": "ba-sarajevo", "MD": "md-chisinau"}


@pytest.fixture(scope="module")
def open_edges(real):
    return [edge for edge in real.edges.values() if edge.status in (Status.OPEN, Status.RESTRICTED)]


def countries(network, edge) -> tuple[str, str]:
    return network.nodes[edge.from_node].country, network.nodes[edge.to_node].country


@pytest.mark.parametrize(("origin", "destination", "crossed"), PAIRS)
def test_a_neighbour_is_reached_through_the_countries_between(real, origin, destination, crossed):
    ways = find_routes(real, Question(origin, destination)).itineraries
    assert ways
    assert crossed <= set(ways[0].countries)
    for way in ways:
        assert 0 < way.totals.time_h_p10 < way.totals.time_h_p50 < way.totals.time_h_p90
        assert way.totals.cost_usd > 0


@pytest.mark.parametrize("country", RAILED)
@pytest.mark.parametrize("outbound", [True, False])
def test_a_box_goes_by_rail_to_those_with_a_railway(real, country, outbound):
    ends = ("Nis" if country == "ME" else "Baku", RAILED[country])
    question = Question(*(ends if outbound else ends[::-1]), modes="rail,sea")
    way = find_routes(real, question).itineraries[0]
    moves = [leg.edge for leg in way.legs if leg.edge.kind is EdgeKind.MOVE]
    last = moves[-1 if outbound else 0]
    assert last.mode is Mode.RAIL
    assert set(countries(real, last)) == {country}


@pytest.mark.parametrize("country", NEIGHBOURS)
def test_a_truck_gets_there_and_back_by_road_alone(real, country):
    city = next(n.name for n in real.nodes.values() if n.country == country and n.kind == "city")
    for ends in (("Istanbul", city), (city, "Istanbul")):
        way = find_routes(real, Question(*ends, modes="road")).itineraries[0]
        assert {leg.edge.mode for leg in way.legs} == {Mode.ROAD}


@pytest.mark.parametrize(("origin", "destination"), DOORS)
def test_a_town_off_the_network_is_joined_by_a_truck(real, origin, destination):
    answer = find_routes(real, Question(origin, destination))
    assert answer.itineraries
    assert all(estimated_km(way) > 0 for way in answer.itineraries)


def test_ukraine_is_left_out_and_says_so(real):
    with pytest.raises(OffNetworkError, match="no terminal in Ukraine"):
        find_routes(real, Question("Astana", "Odesa"))


@pytest.mark.parametrize("pair", SHUT)
def test_no_border_is_open_that_is_shut(real, open_edges, pair):
    joined = [e.edge_id for e in open_edges if set(countries(real, e)) == set(pair)]
    assert joined == []


def test_armenia_is_left_by_georgia_only(real):
    question = Question("Yerevan", "Istanbul", avoid=("country:GE",))
    with pytest.raises(NoRouteError, match="There is one without --avoid Georgia"):
        find_routes(real, question)


def test_every_border_of_theirs_is_crossed_both_ways(real, open_edges):
    crossings = set()
    for edge in open_edges:
        theirs = set(countries(real, edge)) & set(NEIGHBOURS)
        if edge.kind in (EdgeKind.BORDER, EdgeKind.GAUGE_CHANGE) and theirs:
            crossings.add((edge.from_node, edge.to_node, edge.mode))
            if not edge.directed:
                crossings.add((edge.to_node, edge.from_node, edge.mode))
    assert len(crossings) >= 2 * 15
    assert {(b, a, mode) for a, b, mode in crossings} == crossings


def test_trains_run_at_the_speed_of_these_lines(real):
    for edge in real.edges.values():
        if edge.kind is not EdgeKind.MOVE or edge.mode is not Mode.RAIL:
            continue
        if set(countries(real, edge)) & set(NEIGHBOURS):
            assert 12 <= edge.distance_km / edge.time_h <= 30, edge.edge_id
            assert edge.time_h_p90 / edge.time_h_p10 >= 2, edge.edge_id


@pytest.mark.parametrize("country", NEIGHBOURS)
def test_a_neighbour_has_truck_cards_of_its_own(real, country):
    speeds = [t for t in real.times if (t.country, t.mode, t.kind) == (country, Mode.ROAD, "move")]
    rates = [r for r in real.rates if (r.country, r.mode, r.kind) == (country, Mode.ROAD, "move")]
    assert len(speeds) == len(rates) == 1
    assert all(row.source_ids and row.note for row in (*speeds, *rates))
