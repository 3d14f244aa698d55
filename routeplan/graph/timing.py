"""When an arc that is reached at some moment is left and passed: calendars, windows, seasons.

What happens by the clock is exact: published departures, hours of a window, closures, the days an
edge is open. What is known as a distribution goes at its average, that of the season of the day.
Whoever is ready later never comes through earlier: where a season ahead is better, one may wait.

A published departure takes the place of the row's wait, and a daily window of the whole of it. What
a wait with a published departure has beyond half the time from one departure to the next is a queue
and comes before boarding. Storms of a season and the departures that following lots need come after
the departure. Moments are whole minutes since 1970 in UTC.
"""

from __future__ import annotations

from calendar import isleap
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from routeplan.errors import RequestError
from routeplan.graph.costing import Costing, season_changes, seasons_on
from routeplan.graph.gate import MINUTES_PER_DAY, Gate, local_time, moment_of
from routeplan.network.records import Season
from routeplan.network.spread import ZERO, Spread
from routeplan.network.vocabulary import Metric, Status
from routeplan.scenario.closures import find_closures
from routeplan.units import HOURS_PER_WEEK, minutes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.graph.costing import ArcCosts
    from routeplan.graph.model import Arc
    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.request import RouteRequest

_LEAP_YEAR = 2000
LONGEST_WAIT_MIN = 400 * MINUTES_PER_DAY
"""Nobody waits longer for a link to open."""


class Passage(NamedTuple):
    """How an arc is passed by one who reaches it at a moment.

    Parameters
    ----------
    depart_min, arrive_min
        Moments: when it is left, and when its end is reached.
    before_h, after_h
        Waits before one is ready to board, and between boarding and moving off.
    costs
        What it means in the season of the day.
    gate
        The clock of the edge; None where it has none.
    """

    depart_min: int
    arrive_min: int
    before_h: Spread
    after_h: Spread
    costs: ArcCosts
    gate: Gate | None


class Stop(NamedTuple):
    """An arc of a way, in time: when it is reached, and how it is passed."""

    arc: Arc
    ready_min: int
    passage: Passage


class Timing(Protocol):
    """What a search by the clock asks for; time is counted from its fixed end on."""

    clock: Clock
    backward: bool

    def delay_min(self, index: int, elapsed_min: int) -> int | None:
        """Return what an arc takes at a time; None for never."""

    def start_of(self, path: Sequence[Arc]) -> int | None:
        """Return the moment at which a way is begun; None if an arc of it never opens."""

    def elapsed_min(self, path: Sequence[Arc]) -> int | None:
        """Return how long a way takes; None if an arc of it never opens."""


class Departure:
    """A moment to leave at."""

    backward = False

    def __init__(self, clock: Clock, moment: int) -> None:
        self.clock = clock
        self.moment = moment

    def delay_min(self, index: int, elapsed_min: int) -> int | None:
        """Return what an arc takes if reached so long after leaving; None for never."""
        return self.clock.minutes(index, self.moment + elapsed_min)

    def start_of(self, path: Sequence[Arc]) -> int | None:  # noqa: ARG002 - all ways begin at once
        """Return the moment to leave at."""
        return self.moment

    def elapsed_min(self, path: Sequence[Arc]) -> int | None:
        """Return how long a way takes; None if an arc of it never opens."""
        stops = self.clock.follow(path, self.moment)
        if stops is None:
            return None
        return stops[-1].passage.arrive_min - self.moment if stops else 0


class Arrival:
    """A moment to be there by. A way is begun as late as it can be, and time is counted back.

    The latest moment to be ready for an arc never rises when its end must be reached earlier, so
    what holds for searching forward holds for searching backward.
    """

    backward = True

    def __init__(self, clock: Clock, moment: int) -> None:
        self.clock = clock
        self.moment = moment

    def delay_min(self, index: int, elapsed_min: int) -> int | None:
        """Return how long before its end must be reached one must be ready for an arc."""
        due = self.moment - elapsed_min
        ready = self.clock.latest(index, due)
        return None if ready is None else due - ready

    def start_of(self, path: Sequence[Arc]) -> int | None:
        """Return the latest moment to begin a way; None if that cannot be in time."""
        due: int | None = self.moment
        for arc in reversed(path):
            due = self.clock.latest(self.clock.number(arc), due)
            if due is None:
                return None
        return due

    def elapsed_min(self, path: Sequence[Arc]) -> int | None:
        """Return the time from the latest start of a way until it is due; None for never."""
        start = self.start_of(path)
        return None if start is None else self.moment - start


class Clock:
    """Tells how long each arc takes from a moment on.

    Parameters
    ----------
    network
        The facts.
    request
        Its shipment; the day its network holds, if one is named, opens links for good.
    arcs
        Those of its search graph.
    """

    def __init__(self, network: Network, request: RouteRequest, arcs: Sequence[Arc]) -> None:
        self._network = network
        self._request = request
        self._costings: dict[tuple[tuple[str, str], ...], Costing] = {}
        self._seasonal = {season.season_id for season in network.seasons}
        abroad = network.nodes[request.origin].country != network.nodes[request.destination].country
        self._exemptions = {
            *request.shipment.cargo.flags,
            *(["reefer"] if request.shipment.cargo.reefer else []),
            *(["international"] if abroad else []),
        }
        self._rules = [self._rule(arc) for arc in arcs]
        self._number = {id(arc): index for index, arc in enumerate(arcs)}

    def number(self, arc: Arc) -> int:
        """Return the index of an arc."""
        return self._number[id(arc)]

    def least_minutes(self, index: int) -> int:
        """Return what an arc takes at least, whenever it is reached: a bound for a search."""
        return self._rules[index].least_min

    def minutes(self, index: int, moment: int) -> int | None:
        """Return what an arc takes, its wait included, if reached at a moment; None for never."""
        rule = self._rules[index]
        if rule.constant_min is not None:
            return rule.constant_min
        passage = rule.passage(moment)
        return None if passage is None else passage.arrive_min - moment

    def latest(self, index: int, due: int) -> int | None:
        """Return the last moment to be ready for an arc whose end is to be reached by a moment."""
        return self._rules[index].latest(due)

    def follow(self, path: Sequence[Arc], moment: int) -> list[Stop] | None:
        """Follow a way from a moment on; None if an arc of it never opens."""
        stops = []
        for arc in path:
            passage = self._rules[self.number(arc)].passage(moment)
            if passage is None:
                return None
            stops.append(Stop(arc, moment, passage))
            moment = passage.arrive_min
        return stops

    def open_days(self, edge: Edge) -> tuple[str, str]:
        """Return the first and the last day an edge is open; empty for no such day.

        A planned link is there only where the question opens it, and so is the network of a day
        that the question names: neither waits for a date.
        """
        if self._request.on is not None or edge.status is Status.PLANNED:
            return "", ""
        return edge.open_from, edge.open_to

    def _rule(self, arc: Arc) -> _Rule:
        edge = arc.edge
        closures = find_closures(self._network, edge, self._exemptions)
        if not (
            edge.season_id in self._seasonal
            or edge.departs
            or edge.window
            or closures
            or any(self.open_days(edge))
        ):
            return _Rule(arc, self, None, arc.vector.time_min, arc.vector.time_min)
        zone = self.zone(arc.tail.node_id)
        gate = Gate(edge.departs, edge.window, closures, zone)
        return _Rule(arc, self, gate, None, self._least(arc))

    def _least(self, arc: Arc) -> int:
        """Return the shortest time an arc takes in any season, without a wait that may be 0."""
        edge = arc.edge
        found = []
        for month, day in season_changes(self._network, edge) or [(1, 1)]:
            costs = self.costs_on(arc, date(_LEAP_YEAR, month, day))
            before, after = waits(edge, costs)
            found.append(sum(minutes(h.mean) for h in (before, after, costs.time_h)))
        return min(found)

    def costs_on(self, arc: Arc, day: date) -> ArcCosts:
        """Return what an arc means on a day."""
        seasons = seasons_on(self._network, day)
        key = tuple((season.season_id, season.from_month_day) for season in seasons)
        if key not in self._costings:
            self._costings[key] = Costing(self._network, self._request.shipment, day)
        return self._costings[key].cost(arc.edge, backward=arc.backward)

    def zone(self, node_id: str) -> ZoneInfo:
        """Return the time zone of a place; UTC where the data name none."""
        return find_zone(self._network.nodes[node_id].timezone)

    def season_changes(self, arc: Arc) -> list[tuple[int, int]]:
        """List month and day of each day on which the season of an arc begins or has ended."""
        return season_changes(self._network, arc.edge)


class _Rule:
    """How one arc is passed; `constant_min` if that is the same whenever it is reached."""

    def __init__(
        self, arc: Arc, clock: Clock, gate: Gate | None, constant_min: int | None, least_min: int
    ) -> None:
        self.constant_min = constant_min
        self.least_min = least_min
        self._arc = arc
        self._clock = clock
        self._gate = gate
        self._zone = clock.zone(arc.tail.node_id)
        self._changes = [] if gate is None else clock.season_changes(arc)
        self._open = ("", "") if gate is None else clock.open_days(arc.edge)
        self._passed: dict[int, Passage | None] = {}
        self._latest: dict[int, int | None] = {}

    def passage(self, moment: int) -> Passage | None:
        """Pass the arc from a moment on; None if it never opens again."""
        if self.constant_min is not None:
            costs = self._arc.costs
            wait_min = min(minutes(costs.wait_h.mean), self.constant_min)
            ends = moment + wait_min, moment + self.constant_min
            return Passage(*ends, costs.wait_h, ZERO, costs, None)
        if moment not in self._passed:
            self._passed[moment] = self._best_from(moment)
        return self._passed[moment]

    def latest(self, due: int) -> int | None:
        """Return the last moment to be ready at to be through by another."""
        if self.constant_min is not None:
            return due - self.constant_min
        if due not in self._latest:
            self._latest[due] = self._find_latest(due)
        return self._latest[due]

    def _find_latest(self, due: int) -> int | None:
        late = due - self.least_min
        if self._is_through(late, due):
            return late
        step = 60
        early = late - step
        while not self._is_through(early, due):
            if step > LONGEST_WAIT_MIN:
                return None
            late, step = early, 2 * step
            early = late - step
        while late - early > 1:
            middle = (early + late) // 2
            if self._is_through(middle, due):
                early = middle
            else:
                late = middle
        return early

    def _is_through(self, ready: int, due: int) -> bool:
        passage = self.passage(ready)
        return passage is not None and passage.arrive_min <= due

    def _best_from(self, moment: int) -> Passage | None:
        """Pass at once, or wait for a better season if that brings one through earlier."""
        best = self._pass(moment)
        for change in self._changes_after(moment):
            if best is None or change >= best.arrive_min:
                break
            later = self._pass(change)
            if later is not None and later.arrive_min < best.arrive_min:
                best = later
        return best

    def _changes_after(self, moment: int) -> list[int]:
        year = self._local(moment).year
        days = [_day(y, *change) for y in (year, year + 1) for change in self._changes]
        return sorted(m for m in (moment_of(day, self._zone) for day in days) if m > moment)

    def _pass(self, moment: int) -> Passage | None:
        """Pass in the season of the day on which one may enter."""
        gate, opened = self._gate, self._opened(moment)
        if opened is None or gate is None:
            return None
        costs = self._clock.costs_on(self._arc, self._local(opened).date())
        before, after = waits(self._arc.edge, costs)
        leaves = gate.enter(opened + minutes(before.mean))
        if leaves is None or (self._open[1] and f"{self._local(leaves):%Y-%m-%d}" > self._open[1]):
            return None
        start = leaves + minutes(after.mean)
        arrives = gate.pass_through(start, minutes(costs.time_h.mean))
        if arrives is None:
            return None
        by_clock = gate if gate.holds or gate.pauses else None
        return Passage(leaves, arrives, before, after, costs, by_clock)

    def _opened(self, moment: int) -> int | None:
        """Return the moment from which the edge is open; None if that is past or far away."""
        first, last = self._open
        today = f"{self._local(moment):%Y-%m-%d}"
        if last and today > last:
            return None
        if first and today < first:
            opening = moment_of(datetime.fromisoformat(first), self._zone)
            return opening if opening - moment < LONGEST_WAIT_MIN else None
        return moment

    def _local(self, moment: int) -> datetime:
        return local_time(moment, self._zone)


def _day(year: int, month: int, day: int) -> datetime:
    """Return the beginning of a day; of 1 March for the 29 February of a common year."""
    if (month, day) == (2, 29) and not isleap(year):
        return datetime(year, 3, 1)
    return datetime(year, month, day)


def waits(edge: Edge, costs: ArcCosts) -> tuple[Spread, Spread]:
    """Divide the wait of an edge into that before boarding, and that between it and moving off.

    Parameters
    ----------
    edge
        Whose calendar or window is kept apart: what it makes one wait is in neither.
    costs
        What the edge means on the day.
    """
    if not edge.departs and not edge.window:
        return costs.wait_h, ZERO
    queue_h = late_h = 0.0
    if edge.departs and edge.wait is not None:
        a_week = len(edge.departs)
        queue_h = max(0.0, edge.wait.mean - HOURS_PER_WEEK / a_week / 2)
    storm = ZERO
    for part in costs.parts:
        if part.metric is not Metric.WAIT:
            continue
        if isinstance(part.basis.row, Season):
            storm = part.basis.row.wait_add or ZERO
        elif part.basis.metric is Metric.FREQUENCY:
            late_h += part.amount
        else:
            queue_h += part.amount
    return Spread(queue_h, queue_h, queue_h), storm.shifted(late_h)


@cache
def find_zone(name: str) -> ZoneInfo:
    """Return a time zone by its name, UTC for none.

    Raises
    ------
    RequestError
        If this computer does not know it.
    """
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise RequestError(
            f'this computer does not know the time zone "{name}". '
            "Correct timezone in nodes.csv, or install the package tzdata."
        ) from None


