"""The recipe: a network and a request -> a plan. Read this first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from routeplan.errors import NoRouteError
from routeplan.graph.build import build_graph
from routeplan.graph.doors import open_doors
from routeplan.itinerary.build import build_itinerary, prices_of, rank_reliability
from routeplan.itinerary.model import Plan
from routeplan.itinerary.notes import plan_warnings
from routeplan.network.column import changed
from routeplan.places.question import Question, read_question
from routeplan.scenario.request import Avoidance, Limits, Measure, Policy
from routeplan.search.candidates import find_candidates, read_limits
from routeplan.search.front import find_front
from routeplan.search.shortlist import choose_ways

if TYPE_CHECKING:
    from routeplan.graph.model import SearchGraph
    from routeplan.itinerary.model import Itinerary
    from routeplan.network.model import Network
    from routeplan.scenario.request import RouteRequest
    from routeplan.scenario.shipment import Shipment


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
        If no way fulfils the request; it names the limits whose lifting would give one.
    """
    network = open_doors(network, request)
    graph = build_graph(network, request)
    limits = read_limits(request.limits)
    pool = find_candidates(graph, request.criterion, limits)
    if not pool.front:
        raise NoRouteError(_no_route_text(network, request))
    ways = choose_ways(pool, request.criterion, request.alternatives)
    itineraries = rank_reliability(
        request,
        [
            build_itinerary(network, way.path, way.tags, request, on_front=way.on_front)
            for way in ways
        ],
    )
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


def _no_route_text(network: Network, request: RouteRequest) -> str:
    """Say that there is no way, and which limits, lifted one at a time, would give one."""
    start, end = network.nodes[request.origin].name, network.nodes[request.destination].name
    looser = {
        "without --mode": replace(request, modes=frozenset()),
        "without --avoid": replace(request, avoid=Avoidance()),
        "without --via": replace(request, via=()),
        "with --policy none": replace(request, policy=Policy.NONE),
        "without --cargo": replace(request, shipment=_plain(request.shipment)),
        "with --include-planned": replace(request, include_planned=True),
        "with less --load": replace(request, shipment=_light(request.shipment)),
        "without --depart": replace(request, depart=None),
        "without --max limits": replace(request, limits=Limits()),
    }
    helpful = [
        option
        for option, relaxed in looser.items()
        if relaxed != request and _has_way(network, relaxed)
    ]
    text = f"no route from {start} to {end} under these limits."
    if helpful:
        return f"{text} There is one {' or '.join(helpful)}."
    if _has_way(network, _unlimited(request)):
        return f"{text} Lifting a single one is not enough; without all of them there is a route."
    return f"no route joins {start} and {end} in this network."


def _has_way(network: Network, request: RouteRequest) -> bool:
    graph = build_graph(network, request)
    limits = read_limits(request.limits)
    return bool(find_front(graph, tuple(limits) or (Measure.TIME,), limits))


def _unlimited(request: RouteRequest) -> RouteRequest:
    return replace(
        request,
        modes=frozenset(),
        avoid=Avoidance(),
        via=(),
        policy=Policy.NONE,
        depart=None,
        limits=Limits(),
        shipment=_light(_plain(request.shipment)),
    )


def _plain(shipment: Shipment) -> Shipment:
    """Return the shipment without what makes edges refuse its cargo."""
    return replace(shipment, cargo=changed(shipment.cargo, flags=(), reefer=False))


def _light(shipment: Shipment) -> Shipment:
    """Return the shipment without the mass that goes on no single departure."""
    return replace(shipment, mass_t=0.0)
