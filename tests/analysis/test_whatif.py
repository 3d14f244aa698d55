"""A question on a changed network beside the same question on the facts."""

from __future__ import annotations

import pytest
from tiny import tiny_network

from routeplan import Question
from routeplan.analysis.whatif import change_network, find_changed, first_way
from routeplan.errors import NoRouteError
from routeplan.places.question import read_question
from routeplan.planner import find_routes, plan
from routeplan.scenario.changes import ChangeError

EDGES = """
    edge_id, from_node, to_node, mode, distance_km
    rail-ab, kz-a,      kz-b,    rail, 100
    road-ab, kz-a,      kz-b,    road, 100
"""
NETWORK = tiny_network(EDGES)


def edges(way) -> list[str]:
    return [leg.edge.edge_id for leg in way.legs]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"by": "time", "front": "time,cost,p90"},
        {"by": "reliability"},
        {"by": "reliability", "k": 3, "deadline": "25d"},
        {"cargo": "frozen_food"},
        {"cargo": "frozen_food", "by": "cost"},
        {"depart": "2026-12-01T08:00", "by": "co2"},
        {"max_days": 30, "via": ("Constanta",)},
    ],
    ids=str,
)
def test_the_first_way_alone_is_the_first_of_the_whole_answer(real, options):
    request = read_question(real, Question("Astana", "Belgrade", **options))
    whole, alone = plan(real, request).itineraries[0], first_way(real, request)
    assert edges(alone) == edges(whole)
    assert alone.totals == whole.totals


def test_a_changed_network_says_what_each_change_named_and_which_links_differ():
    changed = change_network(NETWORK, ["mode:rail cost*=2; close edge:road-ab"])
    assert changed.changes == (("mode:rail cost*=2", 1), ("close edge:road-ab", 1))
    assert {(was.edge_id, str(was.status), str(now.status)) for was, now in changed.links} == {
        ("rail-ab", "open", "open"),
        ("road-ab", "open", "closed"),
    }
    assert NETWORK.edges["road-ab"].status != "closed"


def test_without_changes_it_is_the_network_itself_and_the_plain_answer():
    assert change_network(NETWORK, []).network is NETWORK
    question = Question("kz-a", "kz-b")
    answer = find_changed(NETWORK, question, [])
    assert answer.what_if is None
    assert list(map(edges, answer.itineraries)) == list(
        map(edges, find_routes(NETWORK, question).itineraries)
    )


def test_a_change_is_set_beside_the_first_way_of_the_facts():
    answer = find_changed(NETWORK, Question("kz-a", "kz-b", by="time"), ["close edge:road-ab"])
    assert edges(answer.itineraries[0]) == ["rail-ab"]
    assert edges(answer.what_if.unchanged) == ["road-ab"]


def test_a_way_that_is_lost_is_told_with_what_there_was():
    with pytest.raises(
        NoRouteError, match=r"Without the changes there is: 0\.2 d \(P50\), 200 USD"
    ):
        find_changed(
            NETWORK,
            Question("kz-a", "kz-b", by="time"),
            ["close edge:road-ab", "close edge:rail-ab"],
        )


def test_a_change_that_names_nothing_is_refused():
    with pytest.raises(ChangeError, match="edge:none"):
        change_network(NETWORK, ["close edge:none"])
