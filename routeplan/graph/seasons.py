"""Which seasons a day lies in, and on which days those of an edge change."""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from routeplan.network.model import Network
    from routeplan.network.records import Edge, Season

LEAP_YEAR = 2000


def seasons_on(network: Network, day: date | None) -> list[Season]:
    """List the seasons a day lies in; none for no day."""
    return [season for season in network.seasons if day and covers(season, day)]


def season_changes(network: Network, edge: Edge) -> list[tuple[int, int]]:
    """List month and day of each day on which a season of an edge begins or has just ended.

    They are those of a leap year; 29 February is 1 March in any other.
    """
    found = set()
    for season in network.seasons:
        if season.season_id == edge.season_id:
            found.add(_first_day_from(season.from_month_day, 0))
            found.add(_first_day_from(season.to_month_day, 1))
    return sorted(found)


def _first_day_from(month_day: str, ahead: int) -> tuple[int, int]:
    """Return so many days after a month and day; a 31st of a shorter month is its end."""
    month, day = map(int, month_day.split("-"))
    last = monthrange(LEAP_YEAR, month)[1]
    found = date(LEAP_YEAR, month, min(day, last)) + timedelta(days=max(ahead, day > last))
    return found.month, found.day


def covers(season: Season, day: date) -> bool:
    """Whether a day lies in a season, which may run over the turn of the year."""
    month_day = f"{day.month:02d}-{day.day:02d}"
    first, last = season.from_month_day, season.to_month_day
    if first <= last:
        return first <= month_day <= last
    return month_day >= first or month_day <= last


def day_of(year: int, month: int, day: int) -> datetime:
    """Return the beginning of a day; of 1 March for the 29 February of a common year."""
    if (month, day) == (2, 29) and not isleap(year):
        return datetime(year, 3, 1)
    return datetime(year, month, day)
