"""Legs, totals, countries, evidence and the causes that move legs together."""

from __future__ import annotations

import pytest
from tiny import best, tiny_network

from routeplan.itinerary.build import leg_elements
from routeplan.network.vocabulary import Confidence, EdgeKind, Metric, Mode, Vehicle

JOURNEY = """
    edge_id, from_node, to_node, kind,   mode,  to_mode, vehicle, distance_km, time_h, wait_h, cost_usd_per_feu, source_ids,        confidence
    train,   kz-alma,   kz-port, ,       rail,  ,        ,        100,         30,     ,       100,              a|time:b,          published|time:measured
    roll,    kz-port,   kz-port, ,       rail,  ferry,   wagon,   ,            2,      ,       0,                ,                  derived
    boat,    kz-port,   az-port, ,       ferry, ,        wagon,   200,         10,     8,      300,              ,
    off,     az-port,   az-port, ,       ferry, rail,    wagon,   ,            ,       ,       ,                 ,
    cross,   az-port,   ge-bora, border, rail,  ,        ,        ,            6,      ,       ,                 ,
"""  # noqa: E501 - a table


@pytest.fixture(scope="module")
def way():
    return best(tiny_network(JOURNEY), "Alma", "Bora")


def test_every_edge_is_a_leg_in_the_direction_it_is_travelled(way):
    back = best(tiny_network(JOURNEY), "Bora", "Alma")
    assert [leg.edge.edge_id for leg in way.legs] == ["train", "roll", "boat", "off", "cross"]
    assert [leg.edge.edge_id for leg in back.legs] == ["cross", "off", "boat", "roll", "train"]
    assert [(leg.start.node_id, leg.end.node_id) for leg in back.legs[:3]] == [
        ("ge-bora", "az-port"),
        ("az-port", "az-port"),
        ("az-port", "kz-port"),
    ]
    assert [(leg.mode, leg.to_mode) for leg in back.legs[1:4]] == [
        (Mode.RAIL, Mode.FERRY),
        (Mode.FERRY, None),
        (Mode.FERRY, Mode.RAIL),
    ]


def test_a_leg_says_what_happens(way):
    assert [leg.kind for leg in way.legs] == [
        EdgeKind.MOVE,
        EdgeKind.TRANSSHIP,
        EdgeKind.MOVE,
        EdgeKind.TRANSSHIP,
        EdgeKind.BORDER,
    ]
    assert {leg.vehicle for leg in way.legs} == {None, Vehicle.WAGON}


def test_totals_are_the_sums_of_the_legs(way):
    totals = way.totals
    assert totals.distance_km == 300
    assert totals.time_h == 30 + 2 + (10 + 8) + 4 + 6
    assert totals.cost_usd == 100 + 0 + 300 + 50 + 60
    assert totals.co2e_kg == 20 + 20 + 160 + 20 + 20
    assert totals.generalised_cost_usd == pytest.approx(510 + 60 * 10 + 240 * 0.1)
    assert (totals.transshipments, totals.borders) == (2, 1)


def test_countries_stand_in_the_order_they_are_entered(way):
    assert way.countries == ("KZ", "AZ", "GE")


def test_a_country_entered_twice_stands_once():
    network = tiny_network("""
        from_node, to_node, kind,   mode
        kz-alma,   uz-a,    border, rail
        uz-a,      kz-b,    border, rail
        kz-b,      uz-bora, border, rail
    """)
    assert best(network, "Alma", "Bora").countries == ("KZ", "UZ")


def test_time_and_cost_are_shared_out_by_how_they_are_known(way):
    assert way.time_shares == pytest.approx(
        {
            Confidence.MEASURED: 30 / 60,
            Confidence.PUBLISHED: 0,
            Confidence.DERIVED: 2 / 60,
            Confidence.ASSUMED: 28 / 60,
        }
    )
    assert way.cost_shares == pytest.approx(
        {
            Confidence.MEASURED: 0,
            Confidence.PUBLISHED: 100 / 510,
            Confidence.DERIVED: 0,
            Confidence.ASSUMED: 410 / 510,
        }
    )


def test_nothing_is_shared_out_where_there_is_nothing():
    network = tiny_network("""
        from_node, to_node, mode, time_h, cost_usd_per_feu
        kz-alma,   kz-bora, rail, 0,      0
    """)
    way = best(network, "Alma", "Bora")
    assert set(way.time_shares.values()) == set(way.cost_shares.values()) == {0}


def test_each_number_names_its_sources_and_its_row(way):
    evidence = way.legs[0].evidence
    assert evidence[Metric.TIME].source_ids == ("b",)
    assert evidence[Metric.COST].source_ids == ("a",)
    assert evidence[Metric.COST].basis == "edges.csv"
    assert evidence[Metric.CO2E].basis == "emissions.csv:rail"
    assert evidence[Metric.CO2E].source_ids == ()
    assert Metric.WAIT not in evidence


def causes(columns, values, mode="rail"):
    """Return the causes of the elements of 100 km with a wait."""
    network = tiny_network(f"""
        edge_id, from_node, to_node, mode, distance_km, time_h, wait_h, {columns}
        e,       kz-alma,   kz-bora, {mode}, 100,       5,      3,      {values}
    """)
    return [element.cause for element in leg_elements(best(network, "Alma", "Bora").legs[0])]


@pytest.mark.parametrize(
    ("mode", "cause", "expected"),
    [
        ("rail", "", ["rail-KZ", "e wait"]),
        ("road", "", ["road-KZ", "e wait"]),
        ("sea", "", ["e time", "e wait"]),
        ("sea", "storm", ["storm", "storm"]),
        ("rail", "strike", ["strike", "strike"]),
    ],
)
def test_one_country_s_railway_moves_together_and_named_causes_stand_before_it(
    mode, cause, expected
):
    assert causes("cause", cause, mode) == expected


def test_what_takes_no_time_is_no_element(way):
    assert [len(leg_elements(leg)) for leg in way.legs] == [1, 1, 2, 1, 1]


def test_cutting_a_line_into_rows_makes_it_no_surer():
    whole = """
        from_node, to_node, mode, distance_km, time_h_p10, time_h, time_h_p90
        kz-alma,   kz-bora, rail, 400,         40,         80,     200
    """
    cut = """
        from_node, to_node, mode, distance_km, time_h_p10, time_h, time_h_p90
        kz-alma,   kz-c,    rail, 100,         10,         20,     50
        kz-c,      kz-d,    rail, 100,         10,         20,     50
        kz-d,      kz-bora, rail, 200,         20,         40,     100
    """
    one, three = (best(tiny_network(edges), "Alma", "Bora").totals for edges in (whole, cut))
    assert three.time_h_p90 == pytest.approx(one.time_h_p90)
    assert three.time_h_p10 == pytest.approx(one.time_h_p10)
