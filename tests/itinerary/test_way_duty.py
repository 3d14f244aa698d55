"""The duty of each way: what counts as freight to the border, and who lies between."""

from __future__ import annotations

import pytest
from tiny import ask, tiny_network

from routeplan import Question, find_routes

EDGES = """
    edge_id, from_node, to_node, kind,      mode, to_mode, distance_km, time_h, cost_usd_per_feu
    start,   kz-alma,   kz-edge, ,          rail, ,        100,         10,     100
    over,    kz-edge,   ge-edge, border,    rail, ,        ,            1,      10
    far,     ge-edge,   ge-port, ,          rail, ,        100,         10,     200
    lift,    ge-port,   ge-port, transship, rail, sea,     ,            1,      5
    ship,    ge-port,   rs-port, ,          sea,  ,        100,         10,     400
    off,     rs-port,   rs-port, transship, sea,  rail,    ,            1,      7
    end,     rs-port,   rs-bora, ,          rail, ,        100,         10,     800
"""
DUTY = """
    duty_id, destinations, origins, mfn_rate, mfn_usd_per_t, preferential_rate, regime, condition,     direct_transport
    rs-any,  RS,           ,        0.1,      5,             ,                  MFN,
    rs-kz,   RS,           KZ,      ,         ,              0.02,              pact,   direct delivery, yes
    rs-ge,   RS,           GE,      ,         ,              ,                  none,   not yet agreed
"""  # noqa: E501 - a table


def duty(origin: str, destination: str, cards: str = DUTY, **options):
    network = tiny_network(EDGES, duty=cards)
    return ask(network, origin, destination, duty=True, k=1, **options).duty


def test_the_freight_counts_to_where_the_country_of_import_is_entered():
    found = duty("Alma", "Bora", value_usd=10_000)
    (way,) = found.ways
    assert way.freight_usd == 100 + 10 + 200 + 5 + 400
    assert way.customs_value_usd == 10_715
    assert way.general_usd == pytest.approx(0.1 * 10_715 + 5 * 20)
    assert way.preferential_usd == pytest.approx(0.02 * 10_715)


def test_who_lies_between_and_where_the_goods_are_reloaded_there_is_told():
    found = duty("Alma", "Bora")
    (way,) = found.ways
    assert found.preference.direct_transport
    assert not way.is_direct
    assert way.third_countries == ("GE",)
    assert [node.node_id for node in way.reloaded_at] == ["ge-port"]


def test_a_way_between_the_parties_alone_is_direct():
    member = DUTY.replace("RS,           KZ,", "RS|GE,        KZ,")
    (way,) = duty("Alma", "Bora", member).ways
    assert way.is_direct
    assert way.reloaded_at == ()


def test_a_row_may_say_that_there_is_no_preference():
    found = duty("ge-edge", "Bora")
    assert not found.has_preference
    assert found.ways[0].preferential_usd is None
    assert found.ways[0].general_usd > 0


def test_without_a_rate_nothing_is_made_up():
    found = duty("Alma", "Bora", "duty_id,destinations,mfn_rate\nge,GE,0.1")
    assert (found.general, found.preference) == (None, None)
    assert (found.ways[0].general_usd, found.ways[0].preferential_usd) == (None, None)


def test_within_a_country_no_way_pays():
    assert duty("Alma", "kz-edge").ways == ()


def test_no_duty_is_looked_up_unless_asked_for():
    assert ask(tiny_network(EDGES, duty=DUTY), "Alma", "Bora").duty is None


@pytest.mark.parametrize(
    ("pair", "into"), [(("Astana", "Belgrade"), "RS"), (("Belgrade", "Astana"), "KZ")]
)
def test_both_ways_between_serbia_and_kazakhstan_have_a_preference_on_conditions(real, pair, into):
    found = find_routes(real, Question(*pair, cargo="machinery", duty=True)).duty
    assert (found.import_country, found.has_preference) == (into, True)
    assert found.preference.direct_transport
    for way in found.ways:
        assert way.preferential_usd == 0 < way.general_usd
        assert not way.is_direct
