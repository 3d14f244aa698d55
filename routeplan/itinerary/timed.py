"""A path and a clock -> an itinerary whose legs have local times, and draws that keep calendars."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from routeplan.graph.basis import Basis
from routeplan.graph.gate import MINUTES_PER_DAY, local_time
from routeplan.graph.passing import LONGEST_WAIT_MIN
from routeplan.itinerary.build import assemble, build_leg, causes_of
from routeplan.itinerary.evidence import AddedPart, evidence_of
from routeplan.itinerary.model import DrawnPart, DrawnSpread, LegTimes
from routeplan.network.records import Season
from routeplan.network.spread import Spread
from routeplan.network.vocabulary import Metric
from routeplan.risk.certainty import certainty_from
from routeplan.risk.chain import Link, draw_chain, shares_of, standard_deviation
from routeplan.risk.simulate import Element, percentiles_of
from routeplan.scenario.request import Criterion
from routeplan.units import MINUTES_PER_HOUR, minutes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from routeplan.graph.model import Arc
    from routeplan.graph.timing import Clock, Stop, Timing
    from routeplan.itinerary.model import Itinerary, Leg
    from routeplan.network.model import Network
    from routeplan.risk.chain import Drawn
    from routeplan.scenario.request import RouteRequest


def build_timed(
    network: Network,
    timing: Timing,
    path: Sequence[Arc],
    tags: Sequence[str],
    request: RouteRequest,
    *,
    on_front: bool = False,
) -> Itinerary:
    """Build the itinerary of a path that goes by the clock.

    Parameters
    ----------
    network, path, tags, request, on_front
        As for `itinerary.build.build_itinerary`.
    timing
        By which it was found; it comes through.

    Returns
    -------
    Itinerary
        Its time is that of the average journey, door to door. To be there by a moment it starts as
        late as is in time on average or, where reliability is asked for, nine times in ten. Money
        and CO2e are of the day the search took them from, whatever the day of a leg.
    """
    share = network.parameter("journey_common_share", 0.0)

    def journey(start: int) -> _Journey:
        stops = timing.clock.follow(path, start)
        assert stops is not None  # noqa: S101 - who starts in time comes through
        legs = tuple(_leg(network, timing.clock, stop) for stop in stops)
        links = [_link(leg, stop) for leg, stop in zip(legs, stops, strict=True)]
        return _Journey(start, stops, legs, draw_chain(links, start, share, request.draws))

    latest = timing.start_of(path)
    assert latest is not None  # noqa: S101 - only ways that come through are built
    found = journey(latest)
    if request.arrive_by is not None and request.criterion is Criterion.RELIABILITY:
        found = _surely_there(found, timing.moment, journey)
    start, stops, legs, drawn = found
    deadline_h = request.deadline_h
    if request.arrive_by is not None:
        deadline_h = (timing.moment - start) / MINUTES_PER_HOUR
    certainty = certainty_from(sorted(drawn.total_h), deadline_h)
    built = assemble(network, path, legs, certainty, request)
    elapsed = (timing.elapsed_min(path) or 0) + latest - start
    money = timing.clock.prices.generalised(
        elapsed, sum(a.vector.cost_cents for a in path), sum(a.vector.co2e_g for a in path)
    )
    arrive = stops[-1].passage.arrive_min if stops else start
    totals = built.totals._replace(
        time_h=(arrive - start) / MINUTES_PER_HOUR,
        generalised_cost_usd=money / 1e9,
    )
    spread = _spread(legs, drawn)
    return replace(built, totals=totals, spread=spread, tags=tuple(tags), on_front=on_front)


def _spread(legs: Sequence[Leg], drawn: Drawn) -> DrawnSpread:
    """Say what the draws spread by, and how much of it moves with each wait and duration."""
    parts = [
        (number, metric, cause, hours)
        for number, (leg, wait_h, moving_h) in enumerate(
            zip(legs, drawn.wait_h, drawn.moving_h, strict=True)
        )
        for metric, cause, hours in zip(
            (Metric.TIME, Metric.WAIT), causes_of(leg), (moving_h, wait_h), strict=True
        )
    ]
    shares = shares_of(drawn.total_h, [hours for *_, hours in parts])
    return DrawnSpread(
        standard_deviation(drawn.total_h),
        tuple(DrawnPart(*part[:3], share) for part, share in zip(parts, shares, strict=True)),
    )


class _Journey(NamedTuple):
    start: int
    stops: list[Stop]
    legs: tuple[Leg, ...]
    drawn: Drawn

    def is_in_time(self, due: int) -> bool:
        """Whether nine of ten draws are there by a moment."""
        p90_h = percentiles_of(sorted(self.drawn.total_h)).p90
        return self.start + p90_h * MINUTES_PER_HOUR <= due


def _surely_there(found: _Journey, due: int, journey: Callable[[int], _Journey]) -> _Journey:
    """Start a journey as late as it can be with nine of ten draws in time.

    A draw that starts earlier arrives no later, so halving finds the moment; where a season begins
    on the way it finds one of several.
    """
    late, step = found.start, MINUTES_PER_DAY
    early = found
    while not early.is_in_time(due):
        if step > LONGEST_WAIT_MIN:
            return found
        late, step = early.start, 2 * step
        early = journey(early.start - step)
    while late - early.start > 1:
        middle = journey((early.start + late) // 2)
        if middle.is_in_time(due):
            early = middle
        else:
            late = middle.start
    return early


def _leg(network: Network, clock: Clock, stop: Stop) -> Leg:
    """Build a leg: time and wait of the day it is travelled on, the rest as it was priced."""
    arc, passage = stop.arc, stop.passage
    costs, leg = passage.costs, build_leg(network, arc)
    start, end = clock.zone(arc.tail.node_id), clock.zone(arc.head.node_id)
    evidence = dict(leg.evidence)
    for metric in (Metric.TIME, Metric.WAIT):
        if metric in costs.bases:
            evidence[metric] = evidence_of(costs.bases[metric])
    parts = [part for part in leg.parts if part.metric is not Metric.WAIT]
    wait_h = passage.before_h
    if passage.gate is None:
        parts += [
            AddedPart(part.metric, part.amount, evidence_of(part.basis))
            for part in costs.parts
            if part.metric is Metric.WAIT
        ]
    else:
        waited = passage.arrive_min - stop.ready_min - minutes(costs.time_h.mean)
        wait_h = Spread(*[max(0, waited) / MINUTES_PER_HOUR] * 3)
        parts += _gate_parts(stop)
        if arc.edge.departs or arc.edge.window:
            column = "departs" if arc.edge.departs else "window"
            basis = Basis(arc.edge, f"edges.csv:{column}", Metric.FREQUENCY)
            evidence[Metric.WAIT] = evidence_of(basis)
    return replace(
        leg,
        time_h=costs.time_h,
        wait_h=wait_h,
        lots=costs.lots,
        evidence=evidence,
        parts=tuple(parts),
        times=LegTimes(
            local_time(stop.ready_min, start),
            local_time(passage.depart_min, start),
            local_time(passage.arrive_min, end),
        ),
    )


def _gate_parts(stop: Stop) -> Iterator[AddedPart]:
    """Yield what storms and pauses add to the wait of an edge that goes by the clock."""
    passage = stop.passage
    for part in passage.costs.parts:
        row = part.basis.row
        if part.metric is Metric.WAIT and isinstance(row, Season) and row.wait_add:
            yield AddedPart(Metric.WAIT, row.wait_add.mean, evidence_of(part.basis))
    paused = passage.arrive_min - passage.depart_min
    paused -= minutes(passage.after_h.mean) + minutes(passage.costs.time_h.mean)
    if passage.gate is not None and paused > 0:
        closure = passage.gate.closures[0]
        basis = Basis(closure, f"closures.csv:{closure.closure_id}", Metric.WAIT)
        yield AddedPart(Metric.WAIT, paused / MINUTES_PER_HOUR, evidence_of(basis))


def _link(leg: Leg, stop: Stop) -> Link:
    moving, waiting = causes_of(leg)
    passage = stop.passage
    return Link(
        Element(passage.before_h, waiting),
        Element(passage.after_h, waiting),
        Element(passage.costs.time_h, moving),
        passage.gate,
    )
