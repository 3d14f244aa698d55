"""Where a way goes from one country into another."""

from __future__ import annotations

from itertools import pairwise

from tiny import best, tiny_network

from routeplan import Question, find_routes
from routeplan.itinerary.crossings import crossings
from routeplan.render.crossings import crossing_dicts, crossings_sentence

EDGES = """
    edge_id, from_node, to_node, kind,      mode,  to_mode, vehicle, distance_km, time_h, wait_h, passages
    roll,    kz-alma,   kz-alma, transship, road,  ferry,   truck,   ,            1
    boat,    kz-alma,   tr-port, ,          ferry, ,        truck,   100,         10,     ,       bosporus
    land,    tr-port,   tr-port, transship, ferry, road,    truck,   ,            1
    post,    tr-port,   bg-bora, border,    road,  ,        ,        ,            5,      3
"""  # noqa: E501 - a table


def test_ports_and_posts_are_told_apart_and_named_by_both_sides():
    way = best(tiny_network(EDGES), "Alma", "Bora")
    found = crossings(way.legs)
    assert [(c.number, c.leg.edge.edge_id, c.is_land) for c in found] == [
        (2, "boat", False),
        (4, "post", True),
    ]
    assert crossings_sentence(way) == (
        "Countries: Kazakhstan, Türkiye, Bulgaria. Borders: KZ-TR Alma - Port (ferry); "
        "TR-BG Port - Bora (road, 8 h). Straits and canals: bosporus."
    )
    first, second = crossing_dicts(way)
    assert (first["land"], first["from_country"], first["to_country"]) == (False, "KZ", "TR")
    assert (second["name"], second["wait_h_mean"], second["time_h_mean"]) == ("Port - Bora", 3, 5)


def test_the_crossings_of_real_ways_chain_their_countries(real):
    for way in find_routes(real, Question("Astana", "Belgrade")).itineraries:
        pairs = [(c.leg.start.country, c.leg.end.country) for c in crossings(way.legs)]
        assert pairs[0][0] == "KZ"
        assert pairs[-1][1] == "RS"
        assert all(a[1] == b[0] for a, b in pairwise(pairs))
        assert {code for pair in pairs for code in pair} == set(way.countries)
        assert sum(c.is_land for c in crossings(way.legs)) == way.totals.borders
