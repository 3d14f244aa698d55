"""The way somebody has in mind, found and added up by the clock.

It is the best of its kind for the hour of the question, exact as the answer itself: the places or
links it is to pass are layers of the graph, as via places are. Where most of its kilometres are to
be of one kind, as by air, the first few in the order of averages are compared instead.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from routeplan.analysis.by_clock import best_by_clock
from routeplan.analysis.explain_average import suiting
from routeplan.analysis.reasons import Found, Reason, nearest_lifting, reasons_of, whole_bars
from routeplan.analysis.sections import at_hours
from routeplan.analysis.wanted import arcs_of
from routeplan.graph.bars import Bar, BarKind
from routeplan.graph.gate import MINUTES_PER_DAY
from routeplan.itinerary.timed import build_timed
from routeplan.scenario.request import TRADE_OFFS, Limits
from routeplan.search.candidates import keeps, read_limits
from routeplan.search.lifting import Lifting
from routeplan.search.relaxed import relax
from routeplan.search.shortlist import Way
from routeplan.search.timed import LONG_WAIT_MIN, Search, timing_of, within_reach
from routeplan.search.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routeplan.analysis.wanted import Wanted
    from routeplan.graph.model import Arc
    from routeplan.graph.timing import Timing
    from routeplan.network.model import Network
    from routeplan.scenario.request import RouteRequest

_COMPARED = 12
"""So many ways of one kind are compared by the clock, in the order of averages."""


def look_by_hours(network: Network, request: RouteRequest, wanted: Wanted) -> Found:
    """Find the best way by the clock that is as wanted, and what stands in its way.

    Parameters
    ----------
    network
        The facts.
    request
        The question, with an hour to leave at or to be there by.
    wanted
        The way in mind.

    Raises
    ------
    RequestError
        If a saved way is not one of this network.
    """
    relaxed = relax(network, request, wanted.passes)
    timing = timing_of(network, request, relaxed.arcs)
    if wanted.edges:
        return _found(network, request, timing, arcs_of(wanted, relaxed.arcs))
    unlimited = replace(request, limits=Limits())
    nearest = nearest_lifting(network, unlimited, relaxed)
    if not isinstance(nearest, Lifting):
        return Found(reasons=nearest)
    search = Search(request, relaxed.graph(relaxed.mask(nearest.bars)), timing)
    path = _best_path(network, search) or nearest.path
    if len(wanted.passes) == 1 and not wanted.suits(path):
        timing, path = _as_meant(network, request, wanted, nearest) or (timing, path)
    return _found(network, request, timing, path)


def _best_path(network: Network, search: Search) -> tuple[Arc, ...] | None:
    """Find the best way within the limits, else without; links that open late come last."""
    limits = read_limits(search.request.limits)
    soon = within_reach(search)
    for each, kept in ((soon, limits), (soon, {}), (search, {})):
        found = best_by_clock(network, each, kept, TRADE_OFFS)
        if found is not None:
            return found.path
    return None


def _as_meant(
    network: Network, request: RouteRequest, wanted: Wanted, nearest: Lifting
) -> tuple[Timing, tuple[Arc, ...]] | None:
    """Find the way that is what was meant, where the best only touches it."""
    plain = relax(network, request)
    timing, limits = timing_of(network, request, plain.arcs), read_limits(request.limits)
    masks = [plain.mask(nearest.bars), *([] if wanted.of_place else [plain.all_rules])]
    for mask in masks:
        ways = [
            Way(path, timing=timing)
            for path in islice(suiting(plain, request, wanted, mask), _COMPARED)
            if timing.elapsed_min(path) is not None
        ]
        if ways:
            best = min(
                ways,
                key=lambda way: (
                    not keeps(way.path, limits, timing),
                    way.rank_key(request.criterion),
                ),
            )
            return timing, tuple(best.path)
    return None


def _found(network: Network, request: RouteRequest, timing: Timing, path: tuple[Arc, ...]) -> Found:
    """Build a way and say what stands in its way; impossible where it never comes through."""
    if timing.elapsed_min(path) is None:
        reasons = reasons_of(network, request, Lifting((), path))
        return Found(reasons=reasons or (_never(network, request, timing, path),))
    itinerary = build_timed(network, timing, path, (), request)
    told = at_hours(network, request, path, itinerary)
    lifting = Lifting(whole_bars(network, request, path, timing), told)
    reasons = (*reasons_of(network, request, lifting), *_late(network, request, timing, path))
    return Found(told, itinerary, reasons)


def _late(
    network: Network, request: RouteRequest, timing: Timing, path: Sequence[Arc]
) -> Iterator[Reason]:
    """Name links that open, or shut for good, so far from when they are reached that none waits."""
    clock = timing.clock
    wording = Wording(network, request, path)
    start = timing.start_of(path)
    stops = clock.follow(path, start) if start is not None else None
    for leg, stop in enumerate(stops or ()):
        moment = stop.passage.arrive_min if timing.backward else stop.ready_min
        shut_min = clock.shut_min(clock.number(stop.arc), moment, backward=timing.backward)
        if shut_min > LONG_WAIT_MIN:
            bar = Bar(BarKind.DAY, stop.arc.edge.edge_id)
            text = (
                f"not open in time: {wording.link_on_day(stop.arc.edge, bar)} (nobody waits over "
                f"{LONG_WAIT_MIN // MINUTES_PER_DAY} days for a link)"
            )
            yield Reason(bar, text, leg)


def _never(network: Network, request: RouteRequest, timing: Timing, path: Sequence[Arc]) -> Reason:
    """Name the first link of a way that lets nobody through at the hours of the question."""
    order = range(len(path), 0, -1) if timing.backward else range(len(path))
    for place in order:
        part = path[place - 1 :] if timing.backward else path[: place + 1]
        if timing.elapsed_min(part) is None:
            arc, leg = (part[0], place - 1) if timing.backward else (part[-1], place)
            link = Wording(network, request, path).link(arc.edge)
            bar = Bar(BarKind.DAY, arc.edge.edge_id)
            return Reason(bar, f"{link} lets nobody through at these hours", leg)
    raise AssertionError("a way that never comes through has a link that does not")
