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

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from routeplan.graph.gate import MINUTES_PER_DAY, local_time, moment_of
from routeplan.graph.opening import LONGEST_WAIT_DAYS
from routeplan.graph.seasons import day_of
from routeplan.network.records import Season
from routeplan.network.spread import ZERO, Spread
from routeplan.network.vocabulary import Metric
from routeplan.units import HOURS_PER_WEEK, minutes

if TYPE_CHECKING:
    from routeplan.graph.costing import ArcCosts
    from routeplan.graph.gate import Gate
    from routeplan.graph.model import Arc
    from routeplan.graph.timing import Clock
    from routeplan.network.records import Edge

LONGEST_WAIT_MIN = LONGEST_WAIT_DAYS * MINUTES_PER_DAY


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


class Rule:
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
        self._last_day = "" if gate is None else clock.open_days(arc.edge)[1]
        self._waits: dict[int, tuple[Spread, Spread, int, int, int]] = {}
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

    def shut_min(self, moment: int, *, backward: bool) -> int:
        """Return how long before a moment the arc shut for good, or after it opens at all."""
        gate = self._gate
        if gate is None:
            return 0
        if not backward:
            return max(0, gate.opens - moment)
        if not self._last_day:
            return 0
        end = datetime.fromisoformat(self._last_day) + timedelta(days=1)
        return max(0, moment - moment_of(end, self._zone))

    def _find_latest(self, due: int) -> int | None:
        late = due - self.least_min
        passage = self.passage(late)
        if passage is not None and passage.arrive_min <= due:
            return late
        early = late - (passage.arrive_min - due if passage else MINUTES_PER_DAY)
        if self._is_through(early, due) and not self._is_through(early + 1, due):
            return early
        step = MINUTES_PER_DAY
        while not self._is_through(early, due):
            if step > LONGEST_WAIT_MIN:
                return None
            late, early, step = early, early - step, 2 * step
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
        days = [day_of(y, *change) for y in (year, year + 1) for change in self._changes]
        return sorted(m for m in (moment_of(day, self._zone) for day in days) if m > moment)

    def _pass(self, moment: int) -> Passage | None:
        """Pass in the season of the day on which one may enter."""
        gate, opened = self._gate, self._opened(moment)
        if opened is None or gate is None:
            return None
        costs = self._clock.costs_on(self._arc, self._local(opened).date())
        before, after, before_min, after_min, moving_min = self._divided(costs)
        leaves = gate.enter(opened + before_min)
        if leaves is None or self._opened(leaves) is None:
            return None
        arrives = gate.pass_through(leaves + after_min, moving_min)
        if arrives is None:
            return None
        by_clock = gate if gate.holds or gate.pauses or moment < gate.opens else None
        return Passage(leaves, arrives, before, after, costs, by_clock)

    def _divided(self, costs: ArcCosts) -> tuple[Spread, Spread, int, int, int]:
        """Return the waits before and after boarding, and the minutes of these and of moving."""
        found = self._waits.get(id(costs))
        if found is None:
            before, after = waits(self._arc.edge, costs)
            found = (
                *(before, after, minutes(before.mean), minutes(after.mean)),
                minutes(costs.time_h.mean),
            )
            self._waits[id(costs)] = found  # the clock keeps them, so that no other has the id
        return found

    def _opened(self, moment: int) -> int | None:
        """Return the moment from which the edge is open; None if that is past or far away."""
        if self._last_day and f"{self._local(moment):%Y-%m-%d}" > self._last_day:
            return None
        opens = self._gate.opens if self._gate else 0
        return max(moment, opens) if opens - moment < LONGEST_WAIT_MIN else None

    def _local(self, moment: int) -> datetime:
        return local_time(moment, self._zone)


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
