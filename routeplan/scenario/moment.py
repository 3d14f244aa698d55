"""Days, moments and ranges of days as users write them: `2026-12-01T08:00`, `2026-12..2027-02`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from routeplan.errors import RequestError
from routeplan.scenario.request import read_day

if TYPE_CHECKING:
    from datetime import tzinfo
    from zoneinfo import ZoneInfo

FIRST_HOUR = time(8)
"""The hour at which a load is handed over on a day of a range."""

LAST_HOUR = time(23, 59)
"""A day to be there by is meant to its end."""

FIRST_YEAR, LAST_YEAR = 1990, 2199
MAX_DAYS = 400
RANGE = ".."

_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_HOUR = re.compile(r"\d[T ]\d", re.IGNORECASE)


class Days(NamedTuple):
    """A range of days, both ends in it, and the hour of each at which a load is handed over."""

    first: date
    last: date
    hour: time = FIRST_HOUR

    def moments(self) -> list[datetime]:
        """List the moments, in local time."""
        count = (self.last - self.first).days + 1
        return [
            datetime.combine(self.first + timedelta(days=ahead), self.hour)
            for ahead in range(count)
        ]


def has_hour(text: str) -> bool:
    """Whether a text names a time of day and not only a day."""
    return _HOUR.search(text) is not None


def read_moment(text: str, zone: tzinfo | None, option: str, hour: time | None = None) -> datetime:
    """Read a moment in the local time of a place.

    Parameters
    ----------
    text
        Such as 2026-12-01T08:00; with an offset (`+05:00`, `Z`) it is turned into local time.
    zone
        That of the place.
    option
        For what the text was given, to be named in errors.
    hour
        Stands for the hour where the text has only a day.

    Returns
    -------
    datetime
        Without a zone, in whole minutes.

    Raises
    ------
    RequestError
        If it is no moment, or in a year the calendars do not reach.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise RequestError(
            f'{option}: cannot read "{text[:40]}". Write it as 2026-12-01T08:00.'
        ) from None
    if not has_hour(text) and hour is not None:
        moment = datetime.combine(moment.date(), hour)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise RequestError(
            f'{option} "{text[:40]}" is out of range. Name a day from {FIRST_YEAR} to {LAST_YEAR}.'
        )
    if moment.tzinfo is not None:
        moment = moment.astimezone(zone).replace(tzinfo=None)
    return moment.replace(second=0, microsecond=0)


def is_range(text: str | None) -> bool:
    """Whether a text is meant as a range of days."""
    return text is not None and RANGE in text


def read_days(text: str) -> Days:
    """Read a range of days.

    Parameters
    ----------
    text
        Two days or months, such as `2026-12-01..2026-12-20` or `2026-12..2027-02`; a month is
        meant whole. A time of day behind the first is the hour of each day.

    Raises
    ------
    RequestError
        If it is none, runs backward or is too long.
    """
    first, _, last = (part.strip() for part in text.partition(RANGE))
    days = Days(_end_of(first, text, 0), _end_of(last, text, 1))
    if has_hour(first):
        days = days._replace(hour=read_moment(first, None, "--depart").time())
    if days.last < days.first:
        raise RequestError(
            f'--depart "{text[:40]}": the range ends before it begins. Turn it round.'
        )
    if not FIRST_YEAR <= days.first.year <= days.last.year <= LAST_YEAR:
        raise RequestError(
            f'--depart "{text[:40]}" is out of range. Name days from {FIRST_YEAR} to {LAST_YEAR}.'
        )
    count = (days.last - days.first).days + 1
    if count > MAX_DAYS:
        raise RequestError(
            f'--depart "{text[:40]}" has {count} days. Ask for at most {MAX_DAYS} at once.'
        )
    return days


def _end_of(part: str, whole: str, end: int) -> date:
    """Read one end of a range: a day, or the first (0) or last (1) day of a month."""
    month = _MONTH.match(part)
    try:
        if month:
            year, number = int(month[1]), int(month[2])
            return date(year, number, monthrange(year, number)[1] if end else 1)
        return read_day(part)
    except (ValueError, RequestError):
        raise RequestError(
            f'--depart: cannot read "{part[:40]}" in "{whole[:40]}". '
            "Write a range as 2026-12-01..2026-12-20 or 2026-12..2027-02."
        ) from None


@cache
def find_zone(name: str) -> ZoneInfo:
    """Return a time zone by its name, UTC for none.

    Raises
    ------
    RequestError
        If this computer does not know it.
    """
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise RequestError(
            f'this computer does not know the time zone "{name}". '
            "Correct timezone in nodes.csv, or install the package tzdata."
        ) from None
