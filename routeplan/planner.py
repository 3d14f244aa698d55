"""The recipe: a network and a request -> a plan. Read this first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from routeplan.errors import NoRouteError
from routeplan.graph.build import build_graph
from routeplan.itinerary.build import build_itinerary, prices_of, rank_reliability
from routeplan.itinerary.model import Plan
from routeplan.itinerary.notes import plan_warnings
from routeplan.itinerary.shelf_life import rank_shelf_life
from routeplan.places.question import Question, read_question
from routeplan.search.candidates import find_candidates, read_limits
from routeplan.search.front import find_front
from routeplan.search.shortlist import Way, choose_ways

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routeplan.graph.model import SearchGraph
    from routeplan.itinerary.duty import DutyAnswer
    from routeplan.itinerary.model import Itinerary
    from routeplan.network.model import Network
    from routeplan.scenario.kept_out import KeptOut
    from routeplan.scenario.request import RouteRequest
    from routeplan.search.candidates import Pool


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
    graph = build_graph(network, request)
    limits = read_limits(request.limits)
    pool = find_candidates(graph, request.criterion, limits)
    if not pool.front:
        from routeplan.search.noroute import no_route_text

        raise NoRouteError(no_route_text(network, request))
    ways = choose_ways(pool, request.criterion, request.alternatives)
    itineraries = rank_reliability(
        request,
        [
            build_itinerary(network, way.path, way.tags, request, on_front=way.on_front)
            for way in ways
        ],
    )
    itineraries = rank_shelf_life(request, itineraries, _spares(network, pool, request))
    return Plan(
        request=request,
        origin=network.nodes[request.origin],
        destination=network.nodes[request.destination],
        network_version=network.version,
        network_as_of=network.as_of,
        itineraries=itineraries,
        front=_front(network, graph, request) if request.front else (),
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


def _front(network: Network, graph: SearchGraph, request: RouteRequest) -> tuple[Itinerary, ...]:
    """Build every way of the front over the measures asked for, within the limits."""
    limits = read_limits(request.limits)
    measures = (*request.front, *(measure for measure in limits if measure not in request.front))
    return tuple(
        build_itinerary(network, way.path, request=request, on_front=True)
        for way in find_front(graph, measures, limits)
    )


def _spares(network: Network, pool: Pool, request: RouteRequest) -> Iterator[Itinerary]:
    """Build the ways of the front, the best by the criterion first, as they are asked for."""
    for way in sorted(
        (Way(way.path, on_front=True) for way in pool.front),
        key=lambda way: way.rank_key(request.criterion),
    ):
        yield build_itinerary(network, way.path, request=request, on_front=True)


def _duty(network: Network, request: RouteRequest, itineraries: Sequence[Itinerary]) -> DutyAnswer:
    from routeplan.itinerary.duty import build_duty

    return build_duty(network, request, itineraries)


def _kept_out(network: Network, request: RouteRequest) -> tuple[KeptOut, ...]:
    from routeplan.scenario.kept_out import find_kept_out

    return find_kept_out(network, request)
