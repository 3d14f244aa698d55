"""The recipe: a network and a request -> a plan. Read this first."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from routeplan.errors import NoRouteError
from routeplan.graph.doors import open_doors
from routeplan.itinerary.build import build_itinerary, prices_of, rank_reliability
from routeplan.itinerary.model import Plan
from routeplan.itinerary.notes import plan_warnings
from routeplan.itinerary.shelf_life import rank_shelf_life
from routeplan.places.question import Question, read_question
from routeplan.scenario.request import Measure
from routeplan.search.candidates import find_candidates, read_limits
from routeplan.search.shortlist import Way, choose_ways
from routeplan.search.timed import open_search, search_front

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routeplan.graph.model import Arc
    from routeplan.itinerary.duty import DutyAnswer
    from routeplan.itinerary.model import Itinerary
    from routeplan.network.model import Network
    from routeplan.scenario.kept_out import KeptOut
    from routeplan.scenario.request import RouteRequest
    from routeplan.search.candidates import Pool
    from routeplan.search.timed import Search


def plan(network: Network, request: RouteRequest) -> Plan:
    """Answer a request.

    Parameters
    ----------
    network
        The facts.
    request
        The question, with places resolved.

    Returns
    -------
    Plan
        Itineraries, the best by the request's criterion first.

    Raises
    ------
    NoRouteError
        If no way fulfils the request; it names the fewest limits whose lifting would give one.
    """
    network = open_doors(network, request)
    search = open_search(network, request)
    request, limits = search.request, read_limits(request.limits)
    pool = find_candidates(search.graph, request.criterion, limits, search.timing)
    if not pool.front:
        raise NoRouteError(_no_route_text(network, request))
    ways = choose_ways(pool, request.criterion, request.alternatives)
    itineraries = rank_reliability(
        request,
        [_built(network, search, way.path, way.tags, on_front=way.on_front) for way in ways],
    )
    itineraries = rank_shelf_life(request, itineraries, _spares(network, search, pool))
    return Plan(
        request=request,
        origin=network.nodes[request.origin],
        destination=network.nodes[request.destination],
        network_version=network.version,
        network_as_of=network.as_of,
        itineraries=itineraries,
        front=_front(network, search) if request.front else (),
        prices=prices_of(network),
        warnings=plan_warnings(request, itineraries),
        duty=_duty(network, request, itineraries) if request.duty else None,
        list_kept_out=partial(_kept_out, network, request),
    )


def find_routes(network: Network, question: Question) -> Plan:
    """Answer a question written as text: `find_routes(network, Question("Astana", "Belgrade"))`.

    Raises
    ------
    RequestError
        If the question cannot be understood.
    NoRouteError
        If no way fulfils it.
    """
    return plan(network, read_question(network, question))


def _front(network: Network, search: Search) -> tuple[Itinerary, ...]:
    """Build every way of the front over the measures asked for, within the limits."""
    request = search.request
    limits = read_limits(request.limits)
    measures = tuple(dict.fromkeys((*request.front, *limits)))
    return tuple(
        _built(network, search, way.path, on_front=True)
        for way in search_front(search, measures, limits)
    )


def _no_route_text(network: Network, request: RouteRequest) -> str:
    from routeplan.search.noroute import no_route_text

    if not request.is_timed:
        return no_route_text(network, request)
    untimed = replace(request, depart=None, leave=None, arrive_by=None)
    limits = read_limits(request.limits)
    measures = tuple(dict.fromkeys((Measure.TIME, *limits)))
    if not search_front(open_search(network, untimed), measures, limits):
        return no_route_text(network, untimed)
    start, end = network.nodes[request.origin].name, network.nodes[request.destination].name
    option = "--arrive-by" if request.arrive_by else "--depart"
    return f"no route from {start} to {end} by these hours. There is one without {option}."


def _spares(network: Network, search: Search, pool: Pool) -> Iterator[Itinerary]:
    """Build the ways of the front, the best by the criterion first, as they are asked for."""
    for way in sorted(
        (Way(way.path, on_front=True, timing=search.timing) for way in pool.front),
        key=lambda way: way.rank_key(search.request.criterion),
    ):
        yield _built(network, search, way.path, on_front=True)


def _built(
    network: Network,
    search: Search,
    path: Sequence[Arc],
    tags: Sequence[str] = (),
    *,
    on_front: bool,
) -> Itinerary:
    if search.timing is None:
        return build_itinerary(network, path, tags, search.request, on_front=on_front)
    from routeplan.itinerary.timed import build_timed

    timing, request = search.timing, search.request
    return build_timed(network, timing, path, tags, request, on_front=on_front)


def _duty(network: Network, request: RouteRequest, itineraries: Sequence[Itinerary]) -> DutyAnswer:
    from routeplan.itinerary.duty import build_duty

    return build_duty(network, request, itineraries)


def _kept_out(network: Network, request: RouteRequest) -> tuple[KeptOut, ...]:
    from routeplan.scenario.kept_out import find_kept_out

    return find_kept_out(network, request)
