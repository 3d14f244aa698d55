"""Published departures and daily windows, in local time."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from routeplan.network.vocabulary import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

UNKNOWN_HOUR = time(12)
"""Stands for the hour of a departure of which only the weekday is published."""


def departures_on(departs: tuple[str, ...], day: date) -> Iterator[datetime]:
    """Yield the published departures of a day in local time, the earliest first.

    Parameters
    ----------
    departs
        Weekdays with or without an hour: `mon`, `fri 23:00`.
    day
        The day.
    """
    for hour in _week(departs)[day.weekday()]:
        yield datetime.combine(day, hour)


def hours_outside(window: str, day: date) -> Iterator[tuple[datetime, datetime]]:
    """Yield from when to when a daily window is shut on a day, in local time.

    Parameters
    ----------
    window
        Hours such as `00:00-05:00`; `22:00-05:00` runs over midnight. Equal hours are always open.
    day
        The day.
    """
    first, last = (_since_midnight(part) for part in window.split("-"))
    midnight = datetime.combine(day, time())
    if first < last:
        yield midnight, midnight + first
        yield midnight + last, midnight + timedelta(days=1)
    elif last < first:
        yield midnight + last, midnight + first


def _since_midnight(hour: str) -> timedelta:
    hours, minutes = hour.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


@cache
def _week(departs: tuple[str, ...]) -> tuple[tuple[time, ...], ...]:
    """Sort departures by weekday, Monday first."""
    week: list[list[time]] = [[] for _ in WEEKDAYS]
    for token in departs:
        day, _, hour = token.partition(" ")
        week[WEEKDAYS.index(day)].append(time.fromisoformat(hour) if hour else UNKNOWN_HOUR)
    return tuple(tuple(sorted(hours)) for hours in week)
