"""The clock of an edge: departures, windows and closures in local time, summer time included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.graph.gate import Gate, local_time, moment_of
from routeplan.network.records import Closure
from routeplan.network.vocabulary import WEEKDAYS, Effect
from routeplan.scenario.closures import pass_edge

SOFIA, ISTANBUL, UTC_ZONE = ZoneInfo("Europe/Sofia"), ZoneInfo("Europe/Istanbul"), ZoneInfo("UTC")
# summer time in Sofia: from 2026-03-29 03:00 (then 04:00) to 2026-10-25 04:00 (then 03:00)
SUNDAY = Closure("sun", weekdays=("sun",), from_hour="00:00", to_hour="22:00", effect=Effect.PAUSE)
SHUT = Closure("shut", from_day="2026-12-25", to_day="2026-12-26", effect=Effect.SHUT)
EVER = Closure("ever", effect=Effect.SHUT)


def gate(departs=(), window="", closures=(), zone=SOFIA):
    return Gate(tuple(departs), window, tuple(closures), zone)


def at(text, zone=SOFIA, fold=0):
    moment = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=zone, fold=fold)
    return int(moment.timestamp()) // 60


def entered(one, text, zone=SOFIA, fold=0):
    moment = one.enter(at(text, zone, fold))
    return f"{local_time(moment, zone):%a %Y-%m-%d %H:%M %z}"


@pytest.mark.parametrize(
    ("departs", "ready", "leaves"),
    [
        (("fri 23:00",), "2026-12-01 08:00", "Fri 2026-12-04 23:00 +0200"),
        (("fri 23:00",), "2026-12-04 23:00", "Fri 2026-12-04 23:00 +0200"),
        (("fri 23:00",), "2026-12-04 23:01", "Fri 2026-12-11 23:00 +0200"),
        (("mon", "thu"), "2026-12-31 12:01", "Mon 2027-01-04 12:00 +0200"),
        (("fri 00:00",), "2026-12-31 23:59", "Fri 2027-01-01 00:00 +0200"),
        (("sun 03:30",), "2026-03-27 08:00", "Sun 2026-03-29 04:30 +0300"),
        (("sun 03:30",), "2026-10-23 08:00", "Sun 2026-10-25 03:30 +0300"),
    ],
)
def test_the_next_published_departure_is_taken(departs, ready, leaves):
    assert entered(gate(departs), ready) == leaves


def test_the_hour_that_summer_time_repeats_has_its_departure_once():
    one = gate(("sun 03:30", "mon 12:00"))
    assert entered(one, "2026-10-25 03:10", fold=1) == "Mon 2026-10-26 12:00 +0200"


@pytest.mark.parametrize(
    ("window", "ready", "leaves"),
    [
        ("00:00-05:00", "2026-12-01 04:59", "Tue 2026-12-01 04:59 +0300"),
        ("00:00-05:00", "2026-12-01 05:00", "Wed 2026-12-02 00:00 +0300"),
        ("22:00-05:00", "2026-12-01 23:10", "Tue 2026-12-01 23:10 +0300"),
        ("22:00-05:00", "2026-12-01 12:00", "Tue 2026-12-01 22:00 +0300"),
        ("06:00-06:00", "2026-12-01 12:00", "Tue 2026-12-01 12:00 +0300"),
    ],
)
def test_a_window_lets_in_by_night(window, ready, leaves):
    assert entered(gate(window=window, zone=ISTANBUL), ready, ISTANBUL) == leaves


def test_a_departure_on_a_day_that_is_shut_does_not_go():
    one = gate(("fri 23:00",), closures=[SHUT])
    assert entered(one, "2026-12-24 08:00") == "Fri 2027-01-01 23:00 +0200"


def test_an_edge_that_never_opens_is_never_entered():
    assert gate(closures=[EVER]).enter(at("2026-12-24 08:00")) is None


def test_a_truck_stands_through_a_pause_and_an_hour_is_an_hour_when_clocks_change():
    one = gate(closures=[SUNDAY])
    start = at("2026-10-24 20:00")
    assert one.pass_through(start, 4 * 60) == at("2026-10-25 00:00")
    # 22 hours on the wall, 23 in truth: the pause holds until 22:00 on the wall
    assert one.pass_through(start, 5 * 60) == at("2026-10-25 23:00")
    assert gate().pass_through(start, 20 * 60) == at("2026-10-25 15:00")


def test_the_turn_of_the_year_stops_nobody():
    one = gate(closures=[SUNDAY])
    start = at("2026-12-31 20:00")
    assert one.pass_through(start, 24 * 60) == at("2027-01-01 20:00")


HOURS = st.integers(0, 23).map("{:02}:00".format)
CLOSURES = st.lists(
    st.builds(
        lambda days, hours, effect: Closure(
            "any", weekdays=tuple(days), from_hour=hours[0], to_hour=hours[1], effect=effect
        ),
        st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=4, unique=True),
        st.tuples(HOURS, HOURS | st.just("24:00")).filter(lambda pair: pair[0] < pair[1]),
        st.sampled_from(Effect),
    ),
    max_size=3,
)
MOMENTS = st.datetimes(datetime(2026, 3, 20), datetime(2026, 11, 5)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


@given(CLOSURES, MOMENTS, st.integers(0, 60))
def test_without_summer_time_closures_are_those_of_local_time(closures, start, hours):
    one = gate(closures=closures, zone=UTC_ZONE)
    entry = one.enter(moment_of(start, UTC_ZONE))
    through = None if entry is None else one.pass_through(entry, hours * 60)
    try:
        expected = pass_edge(closures, start, hours)
    except ValueError:  # shut for the whole week
        expected = None
    found = None if through is None else local_time(through, UTC_ZONE).replace(tzinfo=None)
    assert found == expected


@given(
    CLOSURES,
    st.lists(st.sampled_from(["mon", "thu 08:00", "sun 03:30", "sat 23:00"]), unique=True),
    st.sampled_from(["", "00:00-05:00", "22:00-05:00", "03:00-03:30"]),
    MOMENTS,
    st.integers(1, 2000),
    st.integers(0, 3000),
)
def test_who_is_ready_later_is_never_through_earlier(
    closures, departs, window, start, later, needed
):
    one = gate(departs, "" if departs else window, closures)
    moment = moment_of(start, SOFIA)
    through = []
    for ready in (moment, moment + later):
        entry = one.enter(ready)
        through.append(None if entry is None else one.pass_through(entry, needed))
        assert entry is None or entry >= ready
    assert through[1] is None or (through[0] is not None and through[0] <= through[1])


@given(MOMENTS)
def test_a_moment_read_and_written_is_the_same_unless_the_clock_skips_it(local):
    back = local_time(moment_of(local, SOFIA), SOFIA).replace(tzinfo=None)
    skipped = local.replace(tzinfo=SOFIA).astimezone(UTC).astimezone(SOFIA).replace(tzinfo=None)
    assert back == skipped
    assert back - local in (timedelta(), timedelta(hours=-1 if local.fold else 1))
