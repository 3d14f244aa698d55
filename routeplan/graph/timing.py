"""The clock of a search: how long each arc takes from a moment on, or up to one."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from routeplan.graph.costing import Costing
from routeplan.graph.gate import Gate, local_time, moment_of
from routeplan.graph.passing import Rule, waits
from routeplan.graph.seasons import LEAP_YEAR, season_changes, seasons_on
from routeplan.network.vocabulary import Status
from routeplan.scenario.closures import find_closures
from routeplan.scenario.moment import find_zone
from routeplan.units import minutes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from routeplan.graph.costing import ArcCosts
    from routeplan.graph.model import Arc
    from routeplan.graph.passing import Passage
    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.request import RouteRequest

    _Seasons = tuple[tuple[str, str], ...]


class Stop(NamedTuple):
    """An arc of a way, in time: when it is reached, and how it is passed."""

    arc: Arc
    ready_min: int
    passage: Passage


class Timing(Protocol):
    """What a search by the clock asks for; time is counted from its fixed end on."""

    clock: Clock
    moment: int
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
        elapsed = 0
        for arc in path:
            delay = self.delay_min(self.clock.number(arc), elapsed)
            if delay is None:
                return None
            elapsed += delay
        return elapsed


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
        due = self.moment
        for arc in reversed(path):
            ready = self.clock.latest(self.clock.number(arc), due)
            if ready is None:
                return None
            due = ready
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
        self.prices = Costing(network, request.shipment).prices
        self._seasons_on: dict[date, _Seasons] = {}
        self._costings: dict[_Seasons, Costing] = {}
        self._costs: dict[tuple[int, _Seasons], ArcCosts] = {}
        self._seasonal = {season.season_id for season in network.seasons}
        abroad = network.nodes[request.origin].country != network.nodes[request.destination].country
        self._exemptions = {
            *request.shipment.flags,
            *(["international"] if abroad else []),
        }
        self._number = {id(arc): index for index, arc in enumerate(arcs)}
        self._rules = [self._rule(arc) for arc in arcs]

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

    def shut_min(self, index: int, moment: int, *, backward: bool) -> int:
        """Return how long after a moment an arc opens at all, or before it shut for good."""
        return self._rules[index].shut_min(moment, backward=backward)

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

    def _rule(self, arc: Arc) -> Rule:
        edge = arc.edge
        closures = find_closures(self._network, edge, self._exemptions)
        if not (
            edge.season_id in self._seasonal
            or edge.departs
            or edge.window
            or closures
            or any(self.open_days(edge))
        ):
            return Rule(arc, self, None, arc.vector.time_min, arc.vector.time_min)
        zone = self.zone(arc.tail.node_id)
        first = self.open_days(edge)[0]
        opens = moment_of(datetime.fromisoformat(first), zone) if first else 0
        gate = Gate(edge.departs, edge.window, closures, zone, opens)
        return Rule(arc, self, gate, None, self._least(arc))

    def _least(self, arc: Arc) -> int:
        """Return the shortest time an arc takes in any season, without a wait that may be 0."""
        edge = arc.edge
        found = []
        for month, day in season_changes(self._network, edge) or [(1, 1)]:
            costs = self.costs_on(arc, date(LEAP_YEAR, month, day))
            before, after = waits(edge, costs)
            found.append(sum(minutes(h.mean) for h in (before, after, costs.time_h)))
        return min(found)

    def costs_on(self, arc: Arc, day: date) -> ArcCosts:
        """Return what an arc means on a day."""
        seasons = self._seasons_on.get(day)
        if seasons is None:
            seasons = tuple((s.season_id, s.from_month_day) for s in seasons_on(self._network, day))
            self._seasons_on[day] = seasons
        key = self.number(arc), seasons
        if key not in self._costs:
            if seasons not in self._costings:
                self._costings[seasons] = Costing(self._network, self._request.shipment, day)
            costing = self._costings[seasons]
            self._costs[key] = costing.cost(arc.edge, backward=arc.backward)
        return self._costs[key]

    def zone(self, node_id: str) -> ZoneInfo:
        """Return the time zone of a place; UTC where the data name none."""
        return find_zone(self._network.nodes[node_id].timezone)

    def day_at(self, node_id: str, moment: int) -> date:
        """Return the local day of a place at a moment."""
        return local_time(moment, self.zone(node_id)).date()

    def season_changes(self, arc: Arc) -> list[tuple[int, int]]:
        """List month and day of each day on which the season of an arc begins or has ended."""
        return season_changes(self._network, arc.edge)
