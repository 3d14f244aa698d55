"""The slow and certain clock: an edge hour by hour, a way by trying, all in whole hours of UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from hypothesis import strategies as st
from tiny import request, tiny_network

from routeplan.network.vocabulary import WEEKDAYS

PLACES = ("kz-p0", "kz-p1", "kz-p2", "kz-p3")
START = datetime(2026, 6, 1)
DAYS = 40
HOURS = 24 * DAYS
LIMIT_H = 24 * 12
"""Ways that take longer are left aside: the slow clock stops one day."""

STARTS = st.integers(0, 24 * 8)
SEASONS = """
    season_id, from_month_day, to_month_day, time_factor, wait_add_h_p10, wait_add_h, wait_add_h_p90
    storm,     06-05,          06-07,        2,           5,              5,          5
"""
EDGE_HEADER = (
    "edge_id,from_node,to_node,mode,to_mode,directed,time_h_p10,time_h,time_h_p90,"
    "wait_h_p10,wait_h,wait_h_p90,departs,window,season_id,open_from,open_to,"
    "cost_usd_per_feu,distance_km"
)
CLOSURE_HEADER = "closure_id,effect,edges,weekdays,from_hour,to_hour"


@dataclass(frozen=True)
class Row:
    """A random edge, in whole hours."""

    edge_id: str
    ends: tuple[str, str]
    modes: tuple[str, str]
    time_h: int
    wait_h: int | None
    departs: tuple[tuple[int, int], ...]
    window: tuple[int, int] | None
    stormy: bool
    opens: tuple[int | None, int | None]
    shut: tuple[tuple[str, tuple[int, ...], int, int], ...]
    usd: int
    km: int

    @property
    def csv(self) -> str:
        time, wait = f"{self.time_h}", "" if self.wait_h is None else f"{self.wait_h}"
        departs = "|".join(f"{WEEKDAYS[day]} {hour:02}:00" for day, hour in self.departs)
        window = f"{self.window[0]:02}:00-{self.window[1]:02}:00" if self.window else ""
        first, last = ("" if d is None else f"2026-06-{d:02}" for d in self.opens)
        mode, to_mode = self.modes
        cells = (
            *(self.edge_id, *self.ends, mode, to_mode if self.ends[0] == self.ends[1] else ""),
            *("yes", time, time, time, wait, wait, wait, departs, window),
            *("storm" if self.stormy else "", first, last, str(self.usd), str(self.km)),
        )
        return ",".join(cells)

    @property
    def closures(self) -> list[str]:
        return [
            f"{self.edge_id}-{n},{effect},{self.edge_id},{'|'.join(WEEKDAYS[d] for d in days)},"
            f"{first:02}:00,{last:02}:00"
            for n, (effect, days, first, last) in enumerate(self.shut)
        ]

    def _open(self, hour: int) -> bool:
        day = (START + timedelta(hours=hour)).day + 30 * (hour >= 24 * 30)
        first, last = self.opens
        return (first is None or day >= first) and (last is None or day <= last)

    def _is_shut(self, hour: int, effect: str) -> bool:
        at = START + timedelta(hours=hour)
        return any(
            kind == effect and at.weekday() in days and first <= at.hour < last
            for kind, days, first, last in self.shut
        )

    def _leaves(self, hour: int) -> bool:
        at = START + timedelta(hours=hour)
        if self.departs:
            if (at.weekday(), at.hour) not in self.departs:
                return False
        elif self.window and self.window[0] != self.window[1]:
            first, last = self.window
            inside = first <= at.hour < last if first < last else at.hour >= first or at.hour < last
            if not inside:
                return False
        return not self._is_shut(hour, "shut")

    def _passed(self, ready: int) -> int | None:
        """Pass at once, in the season of the day, hour by hour."""
        at = START + timedelta(hours=ready)
        storm = self.stormy and at.month == 6 and 5 <= at.day <= 7
        added, factor = (5, 2) if storm else (0, 1)
        wait = self.wait_h or 0
        after = added
        if self.departs:
            wait = max(0, wait - 84 // len(self.departs))
        elif self.window:
            wait = 0
        else:
            wait, after = wait + added, 0
        if ready + wait >= HOURS:
            return None
        hour = self.leaving[ready + wait]
        if hour is None or not self._is_open_until(hour):
            return None
        hour, needed = hour + after, self.time_h * factor
        while needed:
            if hour >= HOURS:
                return None
            needed -= not self.paused[hour]
            hour += 1
        return hour

    def _is_open_until(self, hour: int) -> bool:
        last = self.opens[1]
        return last is None or START + timedelta(hours=hour) < datetime(2026, 6, last) + timedelta(
            1
        )

    @cached_property
    def leaving(self) -> list[int | None]:
        """The first hour from each on at which one may leave."""
        found: list[int | None] = []
        for hour in reversed(range(HOURS)):
            found.append(hour if self._leaves(hour) else found[-1] if found else None)
        return found[::-1]

    @cached_property
    def paused(self) -> list[bool]:
        """Whether who is under way stands in each hour."""
        return [self._is_shut(hour, "pause") for hour in range(HOURS)]

    @cached_property
    def arrivals(self) -> list[int | None]:
        """When one who is ready at each hour is through, waiting for a better day if that pays."""
        best: int | None = None
        found: list[int | None] = []
        for ready in reversed(range(HOURS)):
            passed = self._passed(ready) if self._open(ready) else None
            if passed is not None and (best is None or passed < best):
                best = passed
            found.append(best)
        return found[::-1]


@dataclass(frozen=True)
class Clockwork:
    """A random small network with a clock, a moment and the slow answer."""

    rows: tuple[Row, ...]
    start_h: int

    @cached_property
    def network(self):
        closures = [line for row in self.rows for line in row.closures]
        return tiny_network(
            "\n".join((EDGE_HEADER, *(row.csv for row in self.rows))),
            "\n".join(("node_id,name,country", *(f"{p},{p[3:].upper()},KZ" for p in PLACES))),
            seasons=SEASONS,
            closures="\n".join((CLOSURE_HEADER, *closures)),
        )

    def request(self, **options):
        when = START + timedelta(hours=self.start_h)
        options = {"depart": when.isoformat()} | options
        return request(self.network, "kz-p0", "kz-p1", **options)

    def arrival(self, edge_id: str, ready: int) -> int | None:
        row = next(row for row in self.rows if row.edge_id == edge_id)
        return row.arrivals[ready] if ready < HOURS else None


_DEPARTS = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from((0, 6, 13, 23))), max_size=3, unique=True
)
_WINDOW = st.none() | st.tuples(st.sampled_from((0, 6, 22)), st.sampled_from((5, 12, 24 - 1)))
_SHUT = st.lists(
    st.tuples(
        st.sampled_from(("shut", "pause")),
        st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True).map(tuple),
        st.sampled_from((0, 8)),
        st.sampled_from((12, 20, 24)),
    ),
    max_size=2,
).map(tuple)


@st.composite
def clockworks(draw: st.DrawFn) -> Clockwork:
    """Draw a network of up to seven links between four places."""
    count = draw(st.integers(2, 7))
    rows = []
    for number in range(count):
        first = draw(st.sampled_from(PLACES))
        last = draw(st.sampled_from(PLACES))
        turning = first == last
        mode = draw(st.sampled_from(("rail", "road")))
        departs = () if turning else tuple(draw(_DEPARTS))
        usual = len(departs) in (0, 1, 2)
        rows.append(
            Row(
                edge_id=f"e{number}",
                ends=(first, last),
                modes=(mode, "road" if mode == "rail" else "rail"),
                time_h=draw(st.integers(1, 30)),
                wait_h=draw(st.none() | st.sampled_from((0, 3, 90))) if usual else None,
                departs=departs,
                window=None if departs or turning else draw(_WINDOW),
                stormy=draw(st.booleans()),
                opens=draw(
                    st.sampled_from(((None, None), (None, None), (4, None), (None, 6), (3, 9)))
                ),
                shut=draw(_SHUT),
                usd=draw(st.integers(0, 3)),
                km=draw(st.integers(1, 3)),
            )
        )
    return Clockwork(tuple(rows), draw(STARTS))


def hours_of(moment: int) -> float:
    """Return a moment in hours of the slow clock."""
    return (moment - int(START.replace(tzinfo=UTC).timestamp()) // 60) / 60
