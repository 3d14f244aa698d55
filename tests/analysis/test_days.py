"""The best days of a range."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tiny import best, tiny_network

from routeplan.analysis.days import find_days
from routeplan.errors import NoRouteError, RequestError
from routeplan.places.question import Question
from routeplan.render.days import day_rows, days_dict, days_text
from routeplan.render.output import PAGE, Format

WEEKLY = tiny_network("""
    edge_id, from_node, to_node, mode, distance_km, departs
    ferry,   kz-alma,   kz-bora, rail, 100,         fri 23:00
""")
ASKED = Question("Alma", "Bora", depart="2026-12-01..2026-12-14")


def ranks(answer):
    return {f"{day.leave:%d}": day.rank for day in answer.answers}


def test_the_best_day_is_the_one_before_the_ferry_sails():
    found = find_days(WEEKLY, ASKED)
    assert [f"{day.leave:%a %d}" for day in found.ranked()[:4]] == [
        "Fri 04",
        "Fri 11",
        "Thu 03",
        "Thu 10",
    ]
    assert sorted(ranks(found).values()) == list(range(1, 15))


def test_each_day_is_answered_as_if_asked_alone():
    for by in ("balanced", "time", "cost", "co2", "reliability"):
        asked = replace(ASKED, by=by, deadline="5d")
        for day in find_days(WEEKLY, asked).answers:
            alone = best(WEEKLY, "Alma", "Bora", depart=day.leave.isoformat(), by=by, deadline="5d")
            assert replace(alone, tags=(), on_front=False) == day.itinerary


def test_a_season_between_two_days_counts():
    stormy = tiny_network(
        """
        edge_id, from_node, to_node, mode, distance_km, season_id
        strait,  kz-alma,   kz-bora, sea,  480,         storm
        """,
        seasons="""
            season_id, from_month_day, to_month_day, time_factor
            storm,     01-10,          01-12,        4
        """,
    )
    found = find_days(stormy, Question("Alma", "Bora", depart="2027-01-08..2027-01-14"))
    assert [round(day.itinerary.totals.time_h) for day in found.answers] == [
        24, 24, 88, 64, 40, 24, 24,
    ]  # fmt: skip


def test_a_line_that_opens_within_the_range_is_used_when_it_does():
    works = tiny_network("""
        edge_id, from_node, to_node, mode, distance_km, open_from
        old,     kz-alma,   kz-bora, rail, 480
        new,     kz-alma,   kz-bora, rail, 240,         2027-06-01
    """)
    asked = Question("Alma", "Bora", depart="2027-05-01..2027-06-03", by="co2")
    found = find_days(works, asked)
    used = [day.itinerary.legs[0].edge.edge_id for day in found.answers]
    # a wait of up to two weeks is one the cleanest way may take
    assert used == ["old"] * 17 + ["new"] * 17


def test_a_day_after_which_the_deadline_is_past_has_no_answer():
    asked = replace(ASKED, deadline="2026-12-06")
    found = find_days(WEEKLY, asked)
    assert [day.rank is None for day in found.answers] == [False] * 5 + [True] * 9
    rows = day_rows(found)
    assert (rows[0]["on_time_share"], rows[5]["way"], rows[5]["rank"]) == (1.0, None, None)
    assert "Days without a way: 9." in days_text(found, Format.MD)
    with pytest.raises(RequestError, match="is not after the departure"):
        find_days(WEEKLY, replace(ASKED, deadline="2026-12-01"))


def test_no_way_on_any_day_is_told():
    with pytest.raises(NoRouteError, match="on any day from 2026-12-01 to 2026-12-14"):
        find_days(WEEKLY, replace(ASKED, modes="air"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"depart": "2026-12..soon"}, 'cannot read "soon"'),
        ({"front": "time,cost"}, "--pareto is of one departure"),
        ({"by": "speed"}, 'unknown criterion "speed"'),
        ({"arrive_by": "2026-12-25"}, "exclude each other"),
    ],
)
def test_what_cannot_be_meant_is_told(options, message):
    with pytest.raises(RequestError) as error:
        find_days(WEEKLY, replace(ASKED, **options))
    assert message in str(error.value)


def test_days_that_are_alike_stand_in_one_line():
    text = days_text(find_days(WEEKLY, ASKED), Format.TABLE, PAGE)
    assert text.splitlines()[0] == "Alma to Bora, 2026-12-01 - 2026-12-14: best overall first"
    assert "Best day: leave 2026-12-04 08:00, there 2026-12-05 09:00 on average." in text
    steady = tiny_network("from_node,to_node,mode,distance_km\nkz-alma,kz-bora,rail,100")
    told = days_text(find_days(steady, ASKED), Format.TABLE, PAGE)
    assert "2026-12-01 - 2026-12-14    14" in told
    assert "Worst day" not in told


def test_json_holds_every_day_in_order():
    told = days_dict(find_days(WEEKLY, ASKED))
    assert told["schema"] == "routeplan/days/1"
    assert told["best"][:2] == ["2026-12-04", "2026-12-11"]
    assert told["range"] == {"first": "2026-12-01", "last": "2026-12-14", "hour": "08:00"}
    assert [day["leave"] for day in told["days"]][:2] == [
        "2026-12-01T08:00+00:00",
        "2026-12-02T08:00+00:00",
    ]
    assert told["days"][0]["arrive"] == "2026-12-05T09:00+00:00"
    assert told["days"][0]["edges"] == ["ferry"]
