"""What a search by the clock needs: its graph, its clock, and the links worth waiting for."""

from __future__ import annotations

from dataclasses import replace
from heapq import heappop, heappush
from operator import le
from typing import TYPE_CHECKING, NamedTuple

from routeplan.graph.build import build_graph
from routeplan.graph.model import JOIN
from routeplan.scenario.request import Measure
from routeplan.search.front import FrontWay, find_front

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from routeplan.graph.model import Arc, SearchGraph
    from routeplan.graph.timing import Timing
    from routeplan.network.model import Network
    from routeplan.scenario.request import RouteRequest

LONG_WAIT_MIN = 14 * 24 * 60
"""For a link that opens later than that after the quickest could be there nobody waits."""


class Search(NamedTuple):
    """What is searched: the request with the day its prices hold, the graph, and the clock.

    `timing` is None where time is a sum of averages; `whole` is the graph with the links that were
    left out because they open too late.
    """

    request: RouteRequest
    graph: SearchGraph
    timing: Timing | None = None
    whole: SearchGraph | None = None


def open_search(network: Network, request: RouteRequest) -> Search:
    """Prepare the search a request asks for.

    Parameters
    ----------
    network
        The facts.
    request
        The question. Where it names an arrival, money and CO2e are of the day on which the fastest
        way must leave, and of the day of arrival if there is none.
    """
    graph = build_graph(network, request)
    if not request.is_timed:
        return Search(request, graph)
    timing = timing_of(network, request, graph.arcs)
    if timing.backward:
        fastest = find_front(graph, (Measure.TIME,), timing=timing)
        if fastest:
            start = timing.moment - fastest[0].values[0]
            request = replace(request, depart=timing.clock.day_at(request.origin, start))
            graph = build_graph(network, request)
            timing = timing_of(network, request, graph.arcs)
    return within_reach(Search(request, graph, timing))


def timing_of(network: Network, request: RouteRequest, arcs: Sequence[Arc]) -> Timing:
    """Make what counts the time of a request that goes by the clock.

    Parameters
    ----------
    network
        The facts.
    request
        The question; it names an hour to leave at or to be there by.
    arcs
        Those that ways are made of; the clock knows no others.
    """
    from routeplan.graph.gate import moment_of
    from routeplan.graph.timing import Arrival, Clock, Departure

    clock = Clock(network, request, arcs)
    if request.leave is not None:
        return Departure(clock, moment_of(request.leave, clock.zone(request.origin)))
    assert request.arrive_by is not None  # noqa: S101 - a timed request has one of the two
    return Arrival(clock, moment_of(request.arrive_by, clock.zone(request.destination)))


def search_front(
    search: Search, measures: Sequence[Measure], limits: Mapping[Measure, int]
) -> list[FrontWay]:
    """Find the front of a search over measures in any order; see `search.front.find_front`.

    By the clock time is measured in any case, since it decides what is in time for what; where it
    was not asked for, ways that differ in it alone are one.
    """
    if search.timing is None:
        return find_front(search.graph, measures, limits)
    first = (Measure.TIME, *(measure for measure in measures if measure is not Measure.TIME))
    places = [first.index(measure) for measure in measures]
    found: dict[tuple[int, ...], FrontWay] = {}
    for way in find_front(search.graph, first, limits, search.timing):
        values = tuple(way.values[place] for place in places)
        found.setdefault(values, FrontWay(values, way.path))
    return [found[values] for values in sorted(found) if not _beaten(values, found)]


def _beaten(values: tuple[int, ...], others: Iterable[tuple[int, ...]]) -> bool:
    return any(other != values and all(map(le, other, values)) for other in others)


def within_reach(search: Search) -> Search:
    """Leave out links that open weeks after the quickest is there.

    Else the cleanest way of a winter may be to wait for the line that opens in summer. Searching
    backward it is links that shut for good weeks before the last could pass them.
    """
    graph, timing = search.graph, search.timing
    assert timing is not None  # noqa: S101 - of searches by the clock
    out: list[list[tuple[int, int]]] = [[] for _ in range(graph.size)]
    for place, (tail, head, _) in enumerate(graph.steps):
        first, then = (head, tail) if timing.backward else (tail, head)
        out[first].append((place, then))
    kept: list[int] = []
    reached: set[int] = set()
    queue = [(0, graph.end if timing.backward else graph.start)]
    while queue:
        elapsed, vertex = heappop(queue)
        if vertex in reached:
            continue
        reached.add(vertex)
        for place, then in out[vertex]:
            delay = _delay(timing, graph.steps[place][2], elapsed)
            if delay is not None:
                kept.append(place)
                heappush(queue, (elapsed + delay, then))
    steps = tuple(graph.steps[place] for place in sorted(kept))
    return search._replace(graph=replace(graph, steps=steps), whole=graph)


def _delay(timing: Timing, index: int, elapsed: int) -> int | None:
    """Return what a step takes at the earliest; None for never, or for too long a wait."""
    if index == JOIN:
        return 0
    moment = timing.moment + (-elapsed if timing.backward else elapsed)
    if timing.clock.shut_min(index, moment, backward=timing.backward) > LONG_WAIT_MIN:
        return None
    return timing.delay_min(index, elapsed)
