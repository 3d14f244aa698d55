"""What is said of how sure a way is."""

from __future__ import annotations

import re

import pytest
from tiny import ask, best, tiny_network

from routeplan.render.certainty import (
    certainty_dict,
    deadline_sentence,
    deadline_text,
    percent_text,
    uncertainty_sentence,
)
from routeplan.render.output import Format, Look
from routeplan.render.plan import plan_text

LOOK = Look(width=100, color=False, encoding="utf-8")
FERRY = """
    edge_id, from_node, to_node, kind,     mode,  to_mode, vehicle, cause, distance_km, time_h_p10, time_h, time_h_p90, wait_h_p10, wait_h, wait_h_p90
    train,   kz-alma,   kz-port, ,         rail,  ,        ,        ,      100,         9,          10,     12,         ,           ,
    roll,    kz-port,   kz-port, transship,rail,  ferry,   wagon,   ,      ,            2,          2,      2,          1,          4,      9
    boat,    kz-port,   az-port, ,         ferry, ,        wagon,   ,      200,         10,         10,     10,         8,          20,     90
    off,     az-port,   az-port, transship,ferry, rail,    wagon,   quay,  ,            1,          3,      9,          ,           ,
    cross,   az-port,   ge-a,    border,   rail,  ,        ,        quay,  ,            2,          6,      20,         ,           ,
    last,    ge-a,      ge-bora, ,         rail,  ,        ,        ,      10,          1,          1,      1,          ,           ,
"""  # noqa: E501 - a table


@pytest.fixture(scope="module")
def way():
    return best(tiny_network(FERRY), "Alma", "Bora")


def labels(itinerary):
    return [driver["label"] for driver in certainty_dict(itinerary)["drivers"]]


def test_drivers_are_named_as_the_steps_are(way):
    assert labels(way) == [
        "wait for ferry Port - Port",
        "rail border Port - A and 1 step that moves with it",
        "wait at Port (rail to ferry)",
        "rail Alma - Port",
    ]


def test_the_sentence_names_three_and_the_rest(way):
    said = uncertainty_sentence(way)
    assert said.startswith("What makes it uncertain: wait for ferry Port - Port ")
    assert "; all else <1%" not in said
    shares = [int(share) for share in re.findall(r"(\d+)%", said)]
    assert sum(shares) == pytest.approx(100, abs=2)
    assert shares[:3] == sorted(shares[:3], reverse=True)


def test_where_nothing_varies_nothing_is_said():
    network = tiny_network("""
        from_node, to_node, mode, time_h
        kz-alma,   kz-bora, rail, 5
    """)
    plan = ask(network, "Alma", "Bora")
    assert uncertainty_sentence(plan.itineraries[0]) == ""
    assert "uncertain" not in plan_text(plan, Format.TABLE, LOOK)


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "<1%"), (0.0049, "<1%"), (0.0051, "1%"), (0.5, "50%"), (0.994, "99%"), (1, ">99%")],
)
def test_no_chance_is_told_as_certain_or_impossible(share, text):
    assert percent_text(share) == text


@pytest.mark.parametrize(
    ("hours", "text"),
    [(600, "25 d"), (300, "12.5 d"), (620, "620 h"), (7, "7 h"), (7.25, "7.25 h")],
)
def test_a_deadline_is_told_as_asked(hours, text):
    assert deadline_text(hours) == text


def test_the_lateness_is_told_over_all_and_of_the_late(way):
    totals = way.totals._replace(on_time_share=0.75, expected_lateness_h=12.0)
    assert deadline_sentence(totals, 600) == (
        "Within 25 d: 75%. Expected lateness 12 h; when late, 2.0 d on average."
    )
    assert deadline_sentence(totals._replace(on_time_share=1.0), 600) == "Within 25 d: >99%."
    assert deadline_sentence(way.totals, None) == ""


@pytest.mark.parametrize("form", [Format.TABLE, Format.MD])
def test_people_are_told_the_chance_of_every_way_if_they_asked(form):
    network = tiny_network(FERRY)
    asked = plan_text(ask(network, "Alma", "Bora", deadline="3d"), form, LOOK)
    assert "On time" in asked
    assert "due within 3 d" in asked
    assert re.search(r"Within 3 d: \d+%. Expected lateness", asked)
    unasked = plan_text(ask(network, "Alma", "Bora"), form, LOOK)
    assert "On time" not in unasked
    assert "Within" not in unasked
    assert "What makes it uncertain: wait for ferry" in unasked


def test_a_pipe_has_columns_for_the_chance():
    network = tiny_network(FERRY)
    header, row = plan_text(ask(network, "Alma", "Bora", deadline="3d"), Format.TSV).splitlines()
    cells = dict(zip(header.split("\t"), row.split("\t"), strict=True))
    assert 0 < float(cells["on_time_share"]) < 1
    assert float(cells["expected_lateness_h"]) > 0
