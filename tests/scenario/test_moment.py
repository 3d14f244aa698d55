"""Days, moments and ranges as users write them."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from routeplan.errors import RequestError
from routeplan.scenario.moment import Days, find_zone, has_hour, is_range, read_days, read_moment

ASTANA = ZoneInfo("Asia/Almaty")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-01T08:00", "2026-12-01T08:00"),
        ("2026-12-01 08:00:59", "2026-12-01T08:00"),
        (" 2026-12-01T08:00 ", "2026-12-01T08:00"),
        ("2026-12-01T08:00+05:00", "2026-12-01T08:00"),
        ("2026-12-01T08:00Z", "2026-12-01T13:00"),
        ("2026-12-01T23:00Z", "2026-12-02T04:00"),
    ],
)
def test_a_moment_is_local_unless_it_says_its_offset(text, expected):
    assert read_moment(text, ASTANA, "--depart") == datetime.fromisoformat(expected)
    assert has_hour(text)


def test_a_day_takes_the_hour_that_is_meant():
    assert read_moment("2026-12-25", ASTANA, "--arrive-by", time(23, 59)) == datetime(
        2026, 12, 25, 23, 59
    )
    assert not has_hour("2026-12-25")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Friday 8:00", '--depart: cannot read "Friday 8:00". Write it as 2026-12-01T08:00.'),
        ("2026-12-01T25:00", 'cannot read "2026-12-01T25:00"'),
        ("1969-12-01T08:00", "is out of range. Name a day from 1990 to 2199"),
        ("9999-12-31T23:00", "is out of range"),
    ],
)
def test_what_is_no_moment_is_told(text, message):
    with pytest.raises(RequestError) as error:
        read_moment(text, ASTANA, "--depart")
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("text", "first", "last", "hour"),
    [
        ("2026-12-01..2026-12-20", date(2026, 12, 1), date(2026, 12, 20), time(8)),
        ("2026-12..2027-02", date(2026, 12, 1), date(2027, 2, 28), time(8)),
        ("2026-12 .. 2026-12", date(2026, 12, 1), date(2026, 12, 31), time(8)),
        ("2028-02..2028-02-29", date(2028, 2, 1), date(2028, 2, 29), time(8)),
        ("2026-12-01T14:30..2026-12-02", date(2026, 12, 1), date(2026, 12, 2), time(14, 30)),
    ],
)
def test_a_range_is_of_days_or_whole_months(text, first, last, hour):
    assert is_range(text)
    assert read_days(text) == Days(first, last, hour)
    moments = read_days(text).moments()
    assert (moments[0].date(), moments[-1].date(), len(moments)) == (
        first,
        last,
        (last - first).days + 1,
    )
    assert {moment.time() for moment in moments} == {hour}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2027-02..2026-12", "the range ends before it begins. Turn it round."),
        ("2026-12..2026-13", 'cannot read "2026-13" in "2026-12..2026-13"'),
        ("..2026-12", 'cannot read "" in'),
        ("2026-12..", 'cannot read "" in'),
        ("2026-12-01..soon", 'cannot read "soon"'),
        ("2026-01..2027-12", "has 730 days. Ask for at most 400 at once."),
        ("1800-01..1800-02", "is out of range"),
    ],
)
def test_what_is_no_range_is_told(text, message):
    with pytest.raises(RequestError) as error:
        read_days(text)
    assert message in str(error.value)


def test_a_place_without_a_zone_goes_by_utc_and_a_zone_nobody_knows_is_told():
    assert find_zone("").key == "UTC"
    with pytest.raises(RequestError, match='does not know the time zone "Asia/Astanaaa"'):
        find_zone("Asia/Astanaaa")
