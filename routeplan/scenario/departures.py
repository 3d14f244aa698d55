"""Published departures and daily windows, in local time."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import cache

from routeplan.network.vocabulary import WEEKDAYS

UNKNOWN_HOUR = time(12)
"""Stands for the hour of a departure of which only the weekday is published."""

_DAYS_AHEAD = 8


def next_departure(departs: tuple[str, ...], ready: datetime) -> datetime:
    """Return the first departure at or after a local time.

    Parameters
    ----------
    departs
        Weekdays with or without an hour: `mon`, `fri 23:00`.
    ready
        Local time without a zone.
    """
    week = _week(departs)
    midnight = datetime.combine(ready.date(), time())
    for ahead in range(_DAYS_AHEAD):
        day = midnight + timedelta(days=ahead)
        for hour in week[day.weekday()]:
            leaving = datetime.combine(day.date(), hour)
            if leaving >= ready:
                return leaving
    raise ValueError(f"no departure in {departs}")


def next_opening(window: str, ready: datetime) -> datetime:
    """Return the first moment at or after a local time that lies in a daily window.

    Parameters
    ----------
    window
        Hours such as `00:00-05:00`; `22:00-05:00` runs over midnight.
    ready
        Local time without a zone.
    """
    first, last = (time.fromisoformat(part) for part in window.split("-"))
    now = ready.time()
    inside = first <= now < last if first <= last else now >= first or now < last
    if inside or first == last:
        return ready
    opening = datetime.combine(ready.date(), first)
    return opening if opening >= ready else opening + timedelta(days=1)


@cache
def _week(departs: tuple[str, ...]) -> tuple[tuple[time, ...], ...]:
    """Sort departures by weekday, Monday first."""
    week: list[list[time]] = [[] for _ in WEEKDAYS]
    for token in departs:
        day, _, hour = token.partition(" ")
        week[WEEKDAYS.index(day)].append(time.fromisoformat(hour) if hour else UNKNOWN_HOUR)
    return tuple(tuple(sorted(hours)) for hours in week)
