"""F: seasons, openings, closures, planned links."""

from __future__ import annotations

import pytest
from tiny import ask, best, line, request, tiny_network

from routeplan.errors import NoRouteError

OLD = "Alma ~ rail ~ Bora [30 h, 300 USD, 60 kg]"
NEW = "Alma ~ rail ~ Bora [10 h, 100 USD, 20 kg]"


def two_lines(columns, values, as_of="2026-06-15"):
    """A long line that is always open, and a short one with something to say about dates."""
    return tiny_network(f"""
        edge_id, from_node, to_node, mode, distance_km, as_of, {columns}
        old,     kz-alma,   kz-bora, rail, 300,         {as_of}
        new,     kz-alma,   kz-bora, rail, 100,         {as_of}, {values}
    """)


def test_f01_a_closed_link_is_never_used():
    assert line(best(two_lines("status", "closed"), "Alma", "Bora")) == OLD


def test_f02_a_restricted_link_is_used_with_a_warning():
    answer = ask(two_lines("status", "restricted"), "Alma", "Bora")
    assert line(answer.itineraries[0]) == NEW
    assert answer.warnings == ("Way 1: Alma - Bora by rail is restricted.",)


def test_f03_a_planned_link_without_a_day_stays_shut():
    network = two_lines("status", "planned")
    assert line(best(network, "Alma", "Bora", on="2099-01-01")) == OLD


@pytest.mark.parametrize(
    ("depart", "expected"),
    [("2027-02-28", OLD), ("2027-03-01", NEW), ("2027-03-02T08:00", NEW), (None, OLD)],
)
def test_f04_a_link_is_used_from_its_first_day(depart, expected):
    network = two_lines("status, open_from", "open, 2027-03-01")
    assert line(best(network, "Alma", "Bora", depart=depart)) == expected


@pytest.mark.parametrize("depart", [None, "2027-02-28", "2099-01-01"])
def test_f04_a_planned_link_is_used_only_if_the_question_says_so(depart):
    network = two_lines("status, open_from", "planned, 2027-03-01")
    assert line(best(network, "Alma", "Bora", depart=depart)) == OLD
    assert line(best(network, "Alma", "Bora", depart=depart, on="2027-02-28")) == OLD
    assert line(best(network, "Alma", "Bora", depart=depart, on="2027-03-01")) == NEW
    assert line(best(network, "Alma", "Bora", depart=depart, include_planned=True)) == NEW


@pytest.mark.parametrize(
    ("depart", "expected"), [("2027-03-01", NEW), ("2027-03-02", OLD), (None, NEW)]
)
def test_f05_a_link_is_used_until_its_last_day(depart, expected):
    network = two_lines("open_to", "2027-03-01")
    assert line(best(network, "Alma", "Bora", depart=depart)) == expected


@pytest.mark.parametrize(
    ("as_of", "open_from", "expected"),
    [
        ("2026-06-15", "2026-06-15", NEW),
        ("2026-06-15", "2026-06-16", OLD),
        ("2026-06", "2026-05-31", NEW),
        ("2026-06", "2026-06-10", NEW),
        ("2026-06", "2026-07-01", OLD),
        ("2026", "2026-12-01", NEW),
        ("2026", "2027-01-01", OLD),
        ("", "2020-01-01", NEW),
    ],
)
def test_f06_without_a_date_the_day_is_that_of_the_newest_fact(as_of, open_from, expected):
    network = two_lines("open_from", open_from, as_of)
    assert line(best(network, "Alma", "Bora")) == expected


@pytest.mark.parametrize("as_of", ["", "2026", "2026-12"])
def test_f07_a_planned_link_is_not_used_before_its_day_is_surely_there(as_of):
    network = two_lines("status, open_from", "planned, 2026-12-20", as_of)
    assert line(best(network, "Alma", "Bora")) == OLD


SEASONS = """
    season_id, from_month_day, to_month_day, time_factor, wait_factor, wait_add_h
    winter,    11-01,          02-28,        2,           3,           5
    summer,    06-01,          08-31,        0.5
"""


@pytest.mark.parametrize(
    ("depart", "hours"),
    [
        (None, 10 + 4),
        ("2026-10-31", 10 + 4),
        ("2026-11-01", 20 + 12 + 5),
        ("2027-01-15", 20 + 12 + 5),
        ("2027-02-28", 20 + 12 + 5),
        ("2027-03-01", 10 + 4),
    ],
)
def test_f08_a_season_slows_the_links_that_name_it_over_the_turn_of_the_year(depart, hours):
    network = tiny_network(
        """
        from_node, to_node, mode, distance_km, wait_h, season_id
        kz-alma,   az-bora, sea,  200,         4,      winter
        """,
        seasons=SEASONS,
    )
    totals = best(network, "Alma", "Bora", depart=depart).totals
    assert (totals.time_h, totals.time_h_p10, totals.time_h_p90) == (hours, hours, hours)


def test_f09_a_season_may_also_speed_up():
    network = tiny_network(
        """
        from_node, to_node, mode, distance_km, season_id
        kz-alma,   az-bora, sea,  200,         summer
        kz-alma,   az-bora, sea,  200
        """,
        seasons=SEASONS,
    )
    assert best(network, "Alma", "Bora", depart="2026-07-01").totals.time_h == 5


def test_f10_a_closure_that_leaves_no_way_is_told_from_no_way_at_all():
    network = tiny_network("""
        from_node, to_node, mode, distance_km, open_to,    as_of
        kz-alma,   kz-bora, rail, 100,         2026-12-31, 2026-06-15
    """)
    with pytest.raises(NoRouteError) as error:
        ask(network, "Alma", "Bora", depart="2027-01-01")
    assert str(error.value) == (
        "no route from Alma to Bora under these limits. There is one on another day "
        "for rail Alma - Bora open until 2026-12-31 (0.4 d, 100 USD)."
    )


def test_f11_the_answer_keeps_the_day_of_the_question():
    assert str(request(two_lines("note", ""), "Alma", "Bora", depart="2026-12-01").depart) == (
        "2026-12-01"
    )
