"""The clock of one edge: when it may be entered, and what stops one who is under way.

Departures, daily windows and closures are read in local time and turned into moments, whole minutes
since 1970 in UTC, year by year as they are asked for. Arithmetic on moments knows no summer time:
an hour that the clock repeats has its departure once, one that it skips has it an hour later.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from routeplan.network.vocabulary import Effect
from routeplan.scenario.closures import shut_hours
from routeplan.scenario.departures import departures_on, hours_outside

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from routeplan.network.records import Closure

MINUTES_PER_DAY = 1440
_YEARS_AHEAD = 10
_TABLES = 512
_LAST_YEAR = 9000


class Hours(NamedTuple):
    """Spans of time that do not touch, in order: moments they begin and moments they end."""

    begins: tuple[int, ...]
    ends: tuple[int, ...]


class Gate:
    """Tells when an edge is entered and passed by the clock.

    Parameters
    ----------
    departs, window
        As in edges.csv; empty for none.
    closures
        Those of the edge.
    zone
        In which they are read.
    opens
        The moment before which nobody enters.
    """

    def __init__(
        self,
        departs: tuple[str, ...],
        window: str,
        closures: tuple[Closure, ...],
        zone: ZoneInfo,
        opens: int = 0,
    ) -> None:
        self._departs = departs
        self._window = window
        self._shut = tuple(c for c in closures if c.effect is Effect.SHUT)
        self._pauses = tuple(c for c in closures if c.effect is Effect.PAUSE)
        self._zone = zone
        self.closures = closures
        self.opens = opens
        self.holds = bool(departs or window or self._shut)
        self.pauses = bool(self._pauses)

    def enter(self, ready: int) -> int | None:
        """Return the first moment from one on at which the edge may be entered.

        That is a departure, if some are published, at which it is not shut. None if there is no
        such moment in ten years.
        """
        ready = max(ready, self.opens)
        if not self.holds:
            return ready
        moment, limit = ready, ready + _YEARS_AHEAD * 366 * MINUTES_PER_DAY
        while moment <= limit:
            leaving = self._departure(moment) if self._departs else moment
            opening = self._opening(leaving)
            if opening == leaving:
                return leaving
            moment = opening
        return None

    def pass_through(self, start: int, needed_min: int) -> int | None:
        """Return when one who sets out at a moment and moves so long has come through."""
        if not self._pauses:
            return start + needed_min
        now, year = start, _year(start)
        for _ in range(_YEARS_AHEAD):
            hours, limit = _closed(self._pauses, "", self._zone, year), _year_end(year)
            for place in range(bisect_right(hours.ends, now), len(hours.begins)):
                begin = hours.begins[place]
                if begin >= limit:
                    break
                if begin > now:
                    if needed_min <= begin - now:
                        return now + needed_min
                    needed_min -= begin - now
                now = hours.ends[place]
            if now < limit:
                if needed_min <= limit - now:
                    return now + needed_min
                needed_min -= limit - now
                now = limit
            year += 1
        return None

    def _departure(self, moment: int) -> int:
        for year in range(_year(moment), _LAST_YEAR):
            table = _departures(self._departs, self._zone, year)
            place = bisect_left(table, moment)
            if place < len(table):
                return table[place]
        raise AssertionError("a week without a departure")  # `departs` names a weekday

    def _opening(self, moment: int) -> int:
        """Return the moment itself if the edge is open, else when the present closure ends."""
        if not self._shut and not self._window:
            return moment
        hours = _closed(self._shut, self._window, self._zone, _year(moment))
        place = bisect_right(hours.ends, moment)
        if place < len(hours.begins) and hours.begins[place] <= moment:
            return hours.ends[place]
        return moment


def moment_of(local: datetime, zone: ZoneInfo) -> int:
    """Return the moment of a local time without a zone."""
    return int(local.replace(tzinfo=zone).astimezone(UTC).timestamp()) // 60


def local_time(moment: int, zone: ZoneInfo) -> datetime:
    """Return a moment in the local time of a zone, with its offset."""
    return datetime.fromtimestamp(moment * 60, zone)


@lru_cache(_TABLES)
def _departures(departs: tuple[str, ...], zone: ZoneInfo, year: int) -> tuple[int, ...]:
    """List the departures of a year; those of the days next to it too, for the sake of zones."""
    days = _days(year)
    found = {moment_of(local, zone) for day in days for local in departures_on(departs, day)}
    return tuple(sorted(found))


@lru_cache(_TABLES)
def _closed(closures: tuple[Closure, ...], window: str, zone: ZoneInfo, year: int) -> Hours:
    """List when closures and a window shut an edge in a year, and on the days next to it."""
    spans = [
        (moment_of(begin, zone), moment_of(end, zone))
        for day in _days(year)
        for begin, end in (
            *shut_hours(closures, day),
            *(hours_outside(window, day) if window else ()),
        )
    ]
    return _joined(spans)


def _joined(spans: Iterable[tuple[int, int]]) -> Hours:
    begins: list[int] = []
    ends: list[int] = []
    for begin, end in sorted(spans):
        if end <= begin:
            continue
        if ends and begin <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            begins.append(begin)
            ends.append(end)
    return Hours(tuple(begins), tuple(ends))


def _days(year: int) -> list[date]:
    first = date(year, 1, 1) - timedelta(days=2)
    return [first + timedelta(days=ahead) for ahead in range(366 + 4)]


@lru_cache(_TABLES)
def _year_start(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) // 60


def _year_end(year: int) -> int:
    return _year_start(year + 1)


def _year(moment: int) -> int:
    return _year_of(moment // MINUTES_PER_DAY)


@lru_cache(4096)
def _year_of(day: int) -> int:
    return datetime.fromtimestamp(day * MINUTES_PER_DAY * 60, UTC).year
