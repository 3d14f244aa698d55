"""When an arc that is reached at some moment is left and passed: calendars, windows, seasons.

What happens by the clock is exact: published departures, hours of a window, closures, the days an
edge is open. What is known as a distribution goes at its average, that of the season of the day.
Whoever is ready later never comes through earlier: where a season ahead is better, one may wait.

Moments are whole minutes since 1970 in UTC; calendars are read in the local time of the place.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from routeplan.graph.costing import Costing, season_changes, seasons_on
from routeplan.network.vocabulary import Metric
from routeplan.scenario.closures import find_closures, pass_edge
from routeplan.scenario.departures import next_departure, next_opening
from routeplan.units import MINUTES_PER_HOUR, minutes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from routeplan.graph.costing import ArcCosts
    from routeplan.graph.model import Arc
    from routeplan.network.model import Network
    from routeplan.network.records import Closure
    from routeplan.scenario.request import RouteRequest

_LONGEST_MIN = 400 * 24 * MINUTES_PER_HOUR
_UTC = ZoneInfo("UTC")


class Passage(NamedTuple):
    """How an arc is passed by one who reaches it at a moment.

    Parameters
    ----------
    depart_min, arrive_min
        Moments: when it is left, and when its end is reached.
    costs
        What it means in the season of the day, the wait apart.
    hold
        For an arc that goes by the clock: moment of being ready -> moment of leaving. Else None.
    """

    depart_min: int
    arrive_min: int
    costs: ArcCosts
    hold: Callable[[int], int] | None


class Stop(NamedTuple):
    """An arc of a way, in time: when it is reached, and how it is passed."""

    arc: Arc
    ready_min: int
    passage: Passage


class Departure(NamedTuple):
    """A moment to leave at, and the clock of the arcs from then on."""

    clock: Clock
    moment: int

    def delay_min(self, index: int, elapsed_min: int) -> int | None:
        """Return what an arc takes if reached so long after leaving; None for never."""
        return self.clock.minutes(index, self.moment + elapsed_min)

    def follow(self, path: Sequence[Arc]) -> list[Stop] | None:
        """Follow a way; None if an arc of it never opens."""
        return self.clock.follow(path, self.moment)

    def elapsed_min(self, path: Sequence[Arc]) -> int | None:
        """Return how long a way takes; None if an arc of it never opens."""
        stops = self.follow(path)
        if stops is None:
            return None
        return stops[-1].passage.arrive_min - self.moment if stops else 0


class Clock:
    """Tells how long each arc takes from a moment on.

    Parameters
    ----------
    network
        The facts.
    request
        Its shipment, and its moment of departure.
    arcs
        Those of its search graph.
    """

    def __init__(self, network: Network, request: RouteRequest, arcs: Sequence[Arc]) -> None:
        self._network = network
        self._request = request
        self._arcs = arcs
        self.prices = Costing(network, request.shipment).prices
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

    def follow(self, path: Sequence[Arc], moment: int) -> list[Stop] | None:
        """Follow a way from a moment on; None if an arc of it never opens."""
        stops = []
        for arc in path:
            passage = self._rules[self._number[id(arc)]].passage(moment)
            if passage is None:
                return None
            stops.append(Stop(arc, moment, passage))
            moment = passage.arrive_min
        return stops

    def _rule(self, arc: Arc) -> _Rule:
        edge = arc.edge
        closures = find_closures(self._network, edge, self._exemptions)
        seasonal = edge.season_id in self._seasonal
        by_clock = bool(edge.departs or edge.window or closures or edge.open_from or edge.open_to)
        if not seasonal and not by_clock:
            return _Rule(arc, self, (), arc.vector.time_min, arc.vector.time_min)
        return _Rule(arc, self, closures, None, self._least(arc))

    def _least(self, arc: Arc) -> int:
        """Return the shortest time an arc takes in any season, without a wait that may be 0."""
        edge = arc.edge
        days = [date(2001, *month_day) for month_day in season_changes(self._network, edge)]
        found = []
        for day in days or [date(2001, 1, 1)]:
            costs = self.costs_on(arc, day)
            wait_h = 0.0 if edge.departs or edge.window else costs.wait_h.mean
            found.append(minutes(costs.time_h.mean) + minutes(wait_h))
        return min(found)

    def costs_on(self, arc: Arc, day: date) -> ArcCosts:
        """Return what an arc means on a day."""
        seasons = seasons_on(self._network, day)
        key = tuple((season.season_id, season.from_month_day) for season in seasons)
        if key not in self._costings:
            self._costings[key] = Costing(self._network, self._request.shipment, day)
        return _costs(self._costings[key], arc)

    def zone(self, node_id: str) -> ZoneInfo:
        """Return the time zone of a place; UTC where the data name none."""
        name = self._network.nodes[node_id].timezone
        return _zone(name) if name else _UTC

    def season_changes(self, arc: Arc) -> list[tuple[int, int]]:
        """List month and day of each day on which the season of an arc begins or has ended."""
        return season_changes(self._network, arc.edge)


class _Rule:
    """How one arc is passed."""

    def __init__(
        self,
        arc: Arc,
        clock: Clock,
        closures: tuple[Closure, ...],
        constant_min: int | None,
        least_min: int,
    ) -> None:
        self.constant_min = constant_min
        self.least_min = least_min
        self._arc = arc
        self._clock = clock
        self._closures = closures
        self._changes = [] if constant_min is not None else clock.season_changes(arc)
        self._zone = clock.zone(arc.tail.node_id)
        self._passed: dict[int, Passage | None] = {}

    def passage(self, moment: int) -> Passage | None:
        """Pass the arc from a moment on; None if it never opens again."""
        if self.constant_min is not None:
            costs = self._arc.costs
            wait_min = min(minutes(costs.wait_h.mean), self.constant_min)
            return Passage(moment + wait_min, moment + self.constant_min, costs, None)
        if moment not in self._passed:
            self._passed[moment] = self._best_from(moment)
        return self._passed[moment]

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
        days = [
            datetime(y, month, day, tzinfo=self._zone)
            for y in (year, year + 1)
            for month, day in self._changes
        ]
        return sorted(m for m in map(_moment, days) if m > moment)

    def _pass(self, moment: int) -> Passage | None:
        """Pass in the season of the day on which one may enter."""
        edge = self._arc.edge
        opened = self._opened(moment)
        if opened is None:
            return None
        costs = self._clock.costs_on(self._arc, self._local(opened).date())
        by_clock = bool(edge.departs or edge.window)
        if by_clock:
            leaves = self._held(opened)
            added_h = sum(part.amount for part in costs.parts if part.metric is Metric.WAIT)
            ready = leaves + minutes(max(0.0, added_h))
        else:
            ready = leaves = opened + minutes(costs.wait_h.mean)
        if edge.open_to and f"{self._local(leaves):%Y-%m-%d}" > edge.open_to:
            return None
        arrives = ready + minutes(costs.time_h.mean)
        if self._closures:
            local = self._local(ready)
            hours = minutes(costs.time_h.mean) / MINUTES_PER_HOUR
            leaves = max(leaves, self._utc(pass_edge(self._closures, local, 0.0)))
            arrives = max(arrives, self._utc(pass_edge(self._closures, local, hours)))
        return Passage(leaves, arrives, costs, self._held if by_clock else None)

    def _opened(self, moment: int) -> int | None:
        """Return the moment from which the edge is open; None if that is past or far away."""
        edge, today = self._arc.edge, f"{self._local(moment):%Y-%m-%d}"
        if edge.open_to and today > edge.open_to:
            return None
        if edge.open_from and today < edge.open_from:
            opening = self._utc(datetime.fromisoformat(edge.open_from))
            return opening if opening - moment < _LONGEST_MIN else None
        return moment

    def _held(self, moment: int) -> int:
        """Return when one who is ready leaves, by the edge's calendar or window."""
        edge = self._arc.edge
        local = self._local(moment)
        if not edge.departs:
            return max(moment, self._utc(next_opening(edge.window, local)))
        leaving = next_departure(edge.departs, local)
        while self._utc(leaving) < moment:  # the hour that summer time repeats has had its train
            leaving = next_departure(edge.departs, leaving + timedelta(minutes=1))
        return self._utc(leaving)

    def _local(self, moment: int) -> datetime:
        """Return the local time of a moment, without its zone."""
        return datetime.fromtimestamp(moment * 60, self._zone).replace(tzinfo=None)

    def _utc(self, local: datetime) -> int:
        return _moment(local.replace(tzinfo=self._zone))


def moment_of(local: datetime, zone: ZoneInfo) -> int:
    """Return the moment of a local time."""
    return _moment(local.replace(tzinfo=zone))


def local_time(moment: int, zone: ZoneInfo) -> datetime:
    """Return a moment in the local time of a zone, with its offset."""
    return datetime.fromtimestamp(moment * 60, zone)


def _moment(aware: datetime) -> int:
    return int(aware.astimezone(UTC).timestamp()) // 60


def _costs(costing: Costing, arc: Arc) -> ArcCosts:
    return costing.cost(arc.edge, backward=arc.backward)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
