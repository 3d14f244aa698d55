"""The doors of a question -> a network with them; the facts are left as they are.

A truck between a door and a terminal costs what the cards say. It stands at a gate for as long as
the card of kind access says, and drives as far a day as the road card of the country. Its price is
that of the road card by the km, but at least that of the access card, which has a minimum.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from routeplan.graph.cards import Cards, Case
from routeplan.graph.costing import card_time
from routeplan.network.records import Edge
from routeplan.network.spread import Spread
from routeplan.network.vocabulary import EdgeKind, Mode, Unit
from routeplan.scenario.door import Handover, is_off_network

if TYPE_CHECKING:
    from routeplan.network.model import Network
    from routeplan.network.records import Rate
    from routeplan.scenario.door import AccessLink, Door
    from routeplan.scenario.request import RouteRequest

LOCAL = "local"
"""Corridor of the links, as that of the access edges of the data."""


def open_doors(network: Network, request: RouteRequest) -> Network:
    """Return the network with the places and trucks of a question's doors.

    Whoever builds a graph or an itinerary for a request does so on this network. It is the network
    itself where a question has no doors, and where they are in it already.

    Parameters
    ----------
    network
        The facts.
    request
        The question.
    """
    fresh = [door for door in request.doors if _is_fresh(network, request, door)]
    if not fresh:
        return network
    cards = Cards(network)
    edges = {
        edge.edge_id: edge
        for door in fresh
        for link in _driven(request, door)
        for edge in [_edge(network, cards, door, link)]
    }
    replaced = {frozenset((edge.from_node, edge.to_node)) for edge in edges.values()}
    kept = {
        edge_id: edge
        for edge_id, edge in network.edges.items()
        if edge.kind is not EdgeKind.ACCESS
        or frozenset((edge.from_node, edge.to_node)) not in replaced
    }
    nodes = {door.node.node_id: door.node for door in fresh}
    opened = replace(
        network,
        nodes=MappingProxyType({**network.nodes, **nodes}),
        edges=MappingProxyType({**kept, **edges}),
        added=(*network.added, *edges),
    )
    # the compiled form of the facts still holds: it is read without what was added
    object.__setattr__(opened, "cache_key", network.cache_key)
    return opened


def gates_of(network: Network, request: RouteRequest, node_id: str) -> tuple[str, ...]:
    """List the nodes at whose gates a question may begin or end: most often the one it names.

    From terminal to terminal, they are a city and its terminals, or the nearest terminals of a
    place off the network.
    """
    if request.handover is not Handover.TERMINAL:
        return (node_id,)
    for door in request.doors:
        if door.node.node_id == node_id:
            return door.nearest
    return network.terminals(node_id)


def _is_fresh(network: Network, request: RouteRequest, door: Door) -> bool:
    links = _driven(request, door)
    return door.node.node_id not in network.nodes or any(
        door.edge_id(link) not in network.edges for link in links
    )


def _driven(request: RouteRequest, door: Door) -> tuple[AccessLink, ...]:
    """Return the trucks that may be used: from terminal to terminal those of via places only."""
    bare = request.handover is Handover.TERMINAL and door.node.node_id not in request.via
    return () if bare else door.links


def _edge(network: Network, cards: Cards, door: Door, link: AccessLink) -> Edge:
    country = door.node.country
    spread, time_sources = _time(cards, country, link)
    usd, year, cost_sources = _price(network, cards, country, link)
    if link.is_estimate:
        backed = {"distance": link.source_ids, "time": time_sources, "cost": cost_sources}
        sources = tuple(f"{metric}:{source}" for metric, ids in backed.items() for source in ids)
    else:
        sources = link.source_ids
    return Edge(
        edge_id=door.edge_id(link),
        from_node=door.node.node_id,
        to_node=link.to_node,
        # from one door to another is no way to a terminal: limits on modes bind it
        kind=EdgeKind.MOVE if is_off_network(link.to_node) else EdgeKind.ACCESS,
        mode=Mode.ROAD,
        corridor=LOCAL,
        distance_km=link.km,
        cost_usd_per_truck=usd,
        price_year=year,
        source_ids=tuple(dict.fromkeys(sources)),
        as_of=link.as_of,
        confidence=link.confidence,
        note=f"{link.note} Time and price by the cards." if link.is_estimate else link.note,
        **_time_cells(spread),
    )


def _time_cells(spread: Spread | None) -> dict[str, Any]:
    if spread is None:
        return {}
    return {"time_h_p10": spread.p10, "time_h": spread.p50, "time_h_p90": spread.p90}


def _time(cards: Cards, country: str, link: AccessLink) -> tuple[Spread | None, tuple[str, ...]]:
    """Return hours at the gate and on the road, and their sources; None leaves it to the card."""
    if link.hours is not None:
        return Spread(link.hours, link.hours, link.hours), ()
    gate = cards.find_time(Case(EdgeKind.ACCESS, Mode.ROAD, None, None, country))
    road = cards.find_time(Case(EdgeKind.MOVE, Mode.ROAD, None, None, country))
    if road is None or road.km_per_day is None:
        return None, ()
    spread = card_time(road, link.km)
    if gate is None or gate.time is None:
        return spread, road.source_ids
    at = gate.time
    whole = Spread(spread.p10 + at.p10, spread.p50 + at.p50, spread.p90 + at.p90)
    return whole, (*road.source_ids, *gate.source_ids)


def _price(
    network: Network, cards: Cards, country: str, link: AccessLink
) -> tuple[float | None, int | None, tuple[str, ...]]:
    """Return the price of a truck, its year and its sources; None leaves it to the card."""
    if link.usd is not None:
        return link.usd, network.price_year, ()
    kinds = (EdgeKind.MOVE, EdgeKind.ACCESS)
    cases = (Case(kind, Mode.ROAD, None, None, country) for kind in kinds)
    rates = [rate for case in cases if (rate := cards.find_rate(case, Unit.TRUCK))]
    if not rates:
        return None, None, ()
    prices = [(_usd(rate, link.km) * network.inflation(rate.price_year), rate) for rate in rates]
    usd, rate = max(prices, key=lambda pair: pair[0])
    return usd, network.price_year, rate.source_ids


def _usd(rate: Rate, km: float) -> float:
    return (rate.usd_fixed or 0.0) + (rate.usd_per_km or 0.0) * km
