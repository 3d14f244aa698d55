"""Closures: what holds for an edge, and when one comes through."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.network.read import load_network
from routeplan.network.records import Closure, Edge
from routeplan.network.vocabulary import WEEKDAYS, Effect, Mode
from routeplan.scenario.closures import find_closures, pass_edge

SUNDAY = Closure("sun", weekdays=("sun",), from_hour="00:00", to_hour="22:00", effect=Effect.PAUSE)
NIGHT = Closure("night", from_hour="20:00", to_hour="24:00", effect=Effect.SHUT)
MORNING = Closure("morning", from_hour="00:00", to_hour="06:00", effect=Effect.SHUT)
NEW_YEAR = Closure("new-year", from_month_day="12-31", to_month_day="01-02", effect=Effect.SHUT)
ONE_DAY = Closure("day", from_day="2026-06-06", to_day="2026-06-06", effect=Effect.SHUT)

HOURS = st.integers(0, 23).map("{:02}:00".format)
CLOSURES = st.lists(
    st.builds(
        lambda days, hours, effect, months: Closure(
            "any", weekdays=tuple(days), from_hour=hours[0], to_hour=hours[1], effect=effect,
            from_month_day=months[0], to_month_day=months[1],
        ),
        st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=4, unique=True),
        st.tuples(HOURS, HOURS | st.just("24:00")).filter(lambda pair: pair[0] < pair[1]),
        st.sampled_from(Effect),
        st.sampled_from([("", ""), ("06-01", "08-31"), ("11-01", "03-31")]),
    ),
    max_size=4,
)  # fmt: skip
STARTS = st.datetimes(datetime(2026, 5, 20), datetime(2026, 6, 20)).map(
    lambda moment: moment.replace(minute=0, second=0, microsecond=0)
)


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("closures", "start", "hours", "end"),
    [
        ([], "2026-06-06 12:00", 5, "2026-06-06 17:00"),
        ([SUNDAY], "2026-06-06 12:00", 12, "2026-06-07 00:00"),
        ([SUNDAY], "2026-06-06 12:00", 13, "2026-06-07 23:00"),
        ([SUNDAY], "2026-06-07 03:00", 1, "2026-06-07 23:00"),
        ([SUNDAY], "2026-06-06 12:00", 24 * 8, "2026-06-16 08:00"),
        ([NIGHT, MORNING], "2026-06-06 21:00", 3, "2026-06-07 09:00"),
        ([NIGHT, MORNING], "2026-06-06 19:00", 3, "2026-06-06 22:00"),
        ([NEW_YEAR], "2026-12-31 05:00", 0, "2027-01-03 00:00"),
        ([NEW_YEAR], "2027-01-01 05:00", 2, "2027-01-03 02:00"),
        ([ONE_DAY], "2026-06-06 05:00", 2, "2026-06-07 02:00"),
        ([ONE_DAY], "2027-06-06 05:00", 2, "2027-06-06 07:00"),
    ],
)
def test_by_hand(closures, start, hours, end):
    assert pass_edge(closures, at(start), hours) == at(end)


@given(CLOSURES, STARTS, st.integers(0, 90), st.integers(0, 40))
def test_who_sets_out_later_never_comes_through_earlier(closures, start, hours, later):
    first = pass_edge(closures, start, hours)
    second = pass_edge(closures, start + timedelta(hours=later), hours)
    assert start + timedelta(hours=hours) <= first <= second


@given(CLOSURES, STARTS, st.integers(0, 90))
def test_the_same_as_by_going_hour_by_hour(closures, start, hours):
    now = start
    while any(_holds(c, now) for c in closures if c.effect is Effect.SHUT):
        now += timedelta(hours=1)
    pauses = [c for c in closures if c.effect is Effect.PAUSE]
    left, end = hours, now
    while left or (hours == 0 and any(_holds(c, now) for c in pauses)):
        moving = not any(_holds(c, now) for c in pauses)
        now += timedelta(hours=1)
        left -= moving and left > 0
        end = now
    assert pass_edge(closures, start, hours) == end


def test_an_edge_that_never_opens_is_said_to_be_so():
    always = Closure("always", effect=Effect.SHUT)
    with pytest.raises(ValueError, match="no opening"):
        pass_edge([always], at("2026-06-06 12:00"), 1)


@pytest.mark.parametrize(
    ("edge_id", "exemptions", "closures"),
    [
        ("road-ro-constanta-bucharest", (), {"ro-a2-fri", "ro-a2-sat", "ro-a2-sun"}),
        ("road-ro-constanta-bucharest", ("reefer",), set()),
        ("border-cn-kg-torugart-east", (), {"cn-kg-torugart"}),
        ("sea-kz-az-aktau-alat", (), set()),
    ],
)
def test_what_holds_for_our_edges(edge_id, exemptions, closures):
    network = load_network()
    edge = network.edges.get(edge_id) or Edge(edge_id, "kz-aktau", "az-alat-port", Mode.SEA)
    found = {closure.closure_id for closure in find_closures(network, edge, exemptions)}
    assert all(any(name.startswith(start) for name in found) for start in closures)
    assert bool(found) is bool(closures)


def test_a_ban_of_a_country_is_for_its_roads_alone():
    network = load_network()
    barred = [e for e in network.edges.values() if find_closures(network, e)]
    for edge in barred:
        ends = {network.nodes[end].country for end in (edge.from_node, edge.to_node)}
        for closure in find_closures(network, edge):
            assert closure.mode in (None, edge.mode)
            assert closure.edges or ends == {closure.country}
    assert {c.closure_id for e in barred for c in find_closures(network, e)} == {
        closure.closure_id for closure in network.closures
    }


def _holds(closure: Closure, moment: datetime) -> bool:
    if WEEKDAYS[moment.weekday()] not in closure.weekdays:
        return False
    first, last, today = closure.from_month_day, closure.to_month_day, f"{moment:%m-%d}"
    if first and not (first <= today <= last if first <= last else not last < today < first):
        return False
    return closure.from_hour <= f"{moment:%H:%M}" < closure.to_hour
