"""D: waits, published or made of a frequency, and what they do to the percentiles."""

from __future__ import annotations

import pytest
from tiny import best, line, tiny_network

from routeplan.network.spread import Spread
from routeplan.network.vocabulary import Confidence, Metric


def test_d01_a_published_wait_is_added():
    network = tiny_network("""
        from_node, to_node, mode, distance_km, wait_h
        kz-alma,   az-bora, sea,  200,         24
    """)
    assert line(best(network, "Alma", "Bora")) == "Alma ~ sea ~ Bora [34 h, 100 USD, 80 kg]"


@pytest.mark.parametrize("mode", ["sea", "barge", "air"])
def test_d02_a_sailing_a_day_is_waited_for_half_a_day(mode):
    network = tiny_network(f"""
        from_node, to_node, mode,   distance_km, per_week
        kz-alma,   az-bora, {mode}, 200,         7
    """)
    leg = best(network, "Alma", "Bora").legs[0]
    assert leg.wait_h == pytest.approx(Spread(2.4, 12, 21.6))
    assert leg.evidence[Metric.WAIT].basis == "edges.csv:per_week"


def test_d03_a_published_wait_stands_before_the_frequency():
    network = tiny_network("""
        from_node, to_node, mode, distance_km, wait_h, per_week
        kz-alma,   az-bora, sea,  200,         3,      7
    """)
    assert best(network, "Alma", "Bora").totals.time_h == 13


def test_d04_a_wait_made_of_a_frequency_is_derived_at_best():
    network = tiny_network("""
        from_node, to_node, mode, distance_km, per_week, confidence
        kz-alma,   az-bora, sea,  200,         7,        published
    """)
    evidence = best(network, "Alma", "Bora").legs[0].evidence
    assert evidence[Metric.WAIT].confidence is Confidence.DERIVED
    assert evidence[Metric.DISTANCE].confidence is Confidence.PUBLISHED


def test_d05_a_frequent_ship_beats_a_fast_one():
    network = tiny_network("""
        edge_id, from_node, to_node, mode, distance_km, time_h, per_week
        rare,    kz-alma,   az-bora, sea,  200,         5,      0.5
        daily,   kz-alma,   az-bora, sea,  200,         20,     7
    """)
    assert best(network, "Alma", "Bora", by="time").legs[0].edge.edge_id == "daily"


def test_d06_a_wait_of_the_card_is_taken_where_the_row_leaves_all_to_it():
    network = tiny_network(
        """
        from_node, to_node, mode, to_mode, distance_km
        kz-alma,   kz-alma, road, rail
        kz-alma,   kz-bora, rail, ,        100
        """,
        times="""
        time_id, kind,      mode, to_mode, km_per_day, time_h, wait_h
        rail,    move,      rail, ,        240
        load,    transship, road, rail,    ,           5,      30
        """,
    )
    way = best(network, "Alma", "Bora")
    assert way.legs[0].wait_h == Spread(30, 30, 30)
    assert way.totals.time_h == 5 + 30 + 10


def test_d07_a_certain_way_has_one_time_for_all_percentiles():
    network = tiny_network("""
        from_node, to_node, mode, distance_km, wait_h
        kz-alma,   az-bora, sea,  200,         24
    """)
    totals = best(network, "Alma", "Bora").totals
    assert (totals.time_h_p10, totals.time_h_p50, totals.time_h_p90) == (34, 34, 34)


def test_d08_the_most_reliable_way_may_be_a_slower_one():
    network = tiny_network("""
        edge_id, from_node, to_node, mode, distance_km, time_h_p10, time_h, time_h_p90
        express, kz-alma,   kz-bora, rail, 100,         9,          10,     20
        steady,  kz-alma,   kz-bora, rail, 100,         13,         13,     13
    """)
    assert best(network, "Alma", "Bora", by="time").legs[0].edge.edge_id == "express"
    assert best(network, "Alma", "Bora", by="reliability").legs[0].edge.edge_id == "steady"


def test_d09_a_single_leg_has_its_own_percentiles():
    network = tiny_network("""
        from_node, to_node, mode, distance_km, time_h_p10, time_h, time_h_p90
        kz-alma,   kz-bora, rail, 100,         8,          10,     20
    """)
    totals = best(network, "Alma", "Bora").totals
    assert totals.time_h_p10 == pytest.approx(8, rel=0.02)
    assert totals.time_h_p50 == pytest.approx(10, rel=0.02)
    assert totals.time_h_p90 == pytest.approx(20, rel=0.03)
