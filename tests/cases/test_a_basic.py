"""A: one line, two lines, two directions, a choice."""

from __future__ import annotations

import pytest
from tiny import ask, best, line, lines, tiny_network

from routeplan.errors import NoRouteError

PARALLEL = """
    edge_id, from_node, to_node, mode,  distance_km
    train,   kz-alma,   kz-bora, rail,  100
    truck,   kz-alma,   kz-bora, road,  100
    barge,   kz-alma,   kz-bora, barge, 100
"""


def test_a01_a_single_line_is_the_way():
    network = tiny_network("""
        from_node, to_node, mode, distance_km
        kz-alma,   kz-bora, rail, 100
    """)
    assert lines(ask(network, "Alma", "Bora")) == ["Alma ~ rail ~ Bora [10 h, 100 USD, 20 kg]"]


def test_a02_a_train_runs_through_a_place_without_a_stop():
    network = tiny_network("""
        from_node, to_node, mode, distance_km
        kz-alma,   kz-bora, rail, 100
        kz-bora,   kz-caro, rail, 150
    """)
    assert line(best(network, "Alma", "Caro")) == "Alma ~ rail ~ Caro [25 h, 250 USD, 50 kg]"


def test_a03_an_edge_is_walked_both_ways_unless_it_is_directed():
    network = tiny_network("""
        from_node, to_node, mode, directed, distance_km
        kz-alma,   kz-bora, rail, no,       100
        kz-bora,   kz-caro, rail, yes,      100
    """)
    assert line(best(network, "Bora", "Alma")) == "Bora ~ rail ~ Alma [10 h, 100 USD, 20 kg]"
    assert line(best(network, "Alma", "Caro")) == "Alma ~ rail ~ Caro [20 h, 200 USD, 40 kg]"
    with pytest.raises(NoRouteError, match="no route joins Caro and Alma in this network"):
        ask(network, "Caro", "Alma")


def test_a04_two_short_legs_beat_a_long_one():
    network = tiny_network("""
        from_node, to_node, mode, distance_km
        kz-alma,   kz-caro, rail, 500
        kz-alma,   kz-bora, rail, 100
        kz-bora,   kz-caro, rail, 100
    """)
    assert line(best(network, "Alma", "Caro")) == "Alma ~ rail ~ Caro [20 h, 200 USD, 40 kg]"


def test_a05_a_row_s_own_time_and_price_stand_before_the_cards():
    network = tiny_network("""
        from_node, to_node, mode, distance_km, time_h, cost_usd_per_feu
        kz-alma,   kz-bora, rail, 100,         7,      70
    """)
    assert line(best(network, "Alma", "Bora")) == "Alma ~ rail ~ Bora [7 h, 70 USD, 20 kg]"


@pytest.mark.parametrize(
    ("by", "first"),
    [
        ("time", "Alma ~ truck ~ Bora [5 h, 200 USD, 100 kg]"),
        ("cost", "Alma ~ barge ~ Bora [20 h, 25 USD, 60 kg]"),
        ("co2", "Alma ~ rail ~ Bora [10 h, 100 USD, 20 kg]"),
        ("balanced", "Alma ~ rail ~ Bora [10 h, 100 USD, 20 kg]"),
        ("reliability", "Alma ~ truck ~ Bora [5 h, 200 USD, 100 kg]"),
    ],
)
def test_a06_the_first_answer_is_the_best_by_the_criterion(by, first):
    answers = lines(ask(tiny_network(PARALLEL), "Alma", "Bora", by=by))
    assert answers[0] == first
    assert len(answers) == 3


def test_a07_each_answer_says_what_it_is_best_at():
    answer = ask(tiny_network(PARALLEL), "Alma", "Bora")
    assert {i.legs[0].edge.edge_id: i.tags for i in answer.itineraries} == {
        "train": ("best overall", "cleanest", "by rail and ship"),
        "barge": ("cheapest",),
        "truck": ("fastest", "most reliable", "by truck"),
    }


def test_a08_generalised_cost_is_money_time_and_emissions():
    totals = best(tiny_network(PARALLEL), "Alma", "Bora").totals
    assert totals.generalised_cost_usd == pytest.approx(100 + 10 * 20 * 0.5 + 20 * 0.1)
    assert totals.distance_km == 100


def test_a09_k_is_how_many_answers_there_are():
    network = tiny_network(PARALLEL)
    assert [len(ask(network, "Alma", "Bora", k=k).itineraries) for k in (1, 2, 3, 4)] == [
        1,
        2,
        3,
        3,
    ]


def test_a10_equal_times_are_decided_by_generalised_cost():
    network = tiny_network("""
        from_node, to_node, mode, distance_km, time_h, cost_usd_per_feu
        kz-alma,   kz-bora, rail, 100,         10,     900
        kz-alma,   kz-bora, rail, 100,         10,     80
    """)
    assert best(network, "Alma", "Bora", by="time").totals.cost_usd == 80
