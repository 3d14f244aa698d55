"""A network and a request -> the graph a search walks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.graph.doors import gates_of, open_doors
from routeplan.graph.model import JOIN, SearchGraph, gate_states
from routeplan.graph.pricing import directions, edge_ends, price_arcs, relay_hubs
from routeplan.network.vocabulary import LINEHAUL, EdgeKind, Mode, Status, Vehicle

if TYPE_CHECKING:
    from collections.abc import Collection

    from routeplan.graph.model import Arc, State
    from routeplan.graph.pricing import Relay
    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.request import RouteRequest

_ROLLS_ON = {Vehicle.TRUCK: Mode.ROAD, Vehicle.WAGON: Mode.RAIL, None: Mode.ROAD}


def build_graph(network: Network, request: RouteRequest) -> SearchGraph:
    """Build the search graph of a request.

    Parameters
    ----------
    network
        The facts.
    request
        The question: shipment, day, modes, policy and what to avoid.

    Returns
    -------
    SearchGraph
        With every edge the request allows, priced for its shipment.
    """
    network = open_doors(network, request)
    usable = usable_edges(network, request)
    priced = price_arcs(network, request.shipment, request.depart)
    arcs = tuple(arc for arc in priced if arc.edge.edge_id in usable)
    relays = relay_hubs(network)
    begun = [_gates(network, relays, n) for n in gates_of(network, request, request.origin)]
    ended = [_gates(network, relays, n) for n in gates_of(network, request, request.destination)]
    starts = {state for leaving, _ in begun for state in leaving}
    ends = {state for _, arriving in ended for state in arriving}
    via = tuple(frozenset(network.terminals(node_id)) for node_id in request.via)
    return join_arcs(arcs, tuple(sorted(starts)), tuple(sorted(ends)), via)


def join_arcs(
    arcs: tuple[Arc, ...],
    starts: tuple[State, ...],
    ends: tuple[State, ...],
    via: tuple[frozenset[str], ...] = (),
) -> SearchGraph:
    """Join arcs into a search graph: one layer per via place, and the two ends."""
    number: dict[State, int] = {}
    for arc in arcs:
        number.setdefault(arc.tail, len(number))
        number.setdefault(arc.head, len(number))
    for state in (*starts, *ends):
        number.setdefault(state, len(number))
    pairs = [(number[arc.tail], number[arc.head]) for arc in arcs]
    steps: list[tuple[int, int, int]] = []
    for layer in range(len(via) + 1):
        base, following = layer * len(number), (layer + 1) * len(number)
        steps += [(base + tail, base + head, index) for index, (tail, head) in enumerate(pairs)]
        if layer < len(via):
            steps += [
                (base + vertex, following + vertex, JOIN)
                for state, vertex in number.items()
                if state.node_id in via[layer]
            ]
    start = len(number) * (len(via) + 1)
    last = len(number) * len(via)
    steps += [(start, number[state], JOIN) for state in starts]
    steps += [(last + number[state], start + 1, JOIN) for state in ends]
    return SearchGraph(arcs, tuple(number), starts, ends, via, tuple(steps))


def _gates(
    network: Network, relays: Collection[Relay], node_id: str
) -> tuple[set[State], set[State]]:
    """Find the gates of a place, by all its edges: loading that is shut is not free."""
    states: set[State] = set()
    loading: list[tuple[State, State]] = []
    for edge in network.edges.values():
        if node_id not in (edge.from_node, edge.to_node):
            continue
        for backward in directions(edge):
            ends = edge_ends(edge, relays, backward=backward)
            states.update(state for state in ends if state.node_id == node_id)
            if edge.kind is EdgeKind.TRANSSHIP:
                loading.append(ends)
    return gate_states(states, loading)


def usable_edges(network: Network, request: RouteRequest) -> frozenset[str]:
    """List the ids of the edges a request allows."""
    date = request.on or request.depart
    day = date.isoformat() if date else network.as_of
    passages = request.barred_passages
    modes = request.linehaul_modes
    avoid = request.avoid
    banned_nodes: set[str] = set()
    for node_id in avoid.nodes:
        banned_nodes.update(network.terminals(node_id))
    countries = request.avoided_countries
    banned_nodes.update(n.node_id for n in network.nodes.values() if n.country in countries)
    cargo_flags = set(request.shipment.cargo.flags)
    if request.shipment.cargo.reefer:
        cargo_flags.add("reefer")

    def opens(edge: Edge) -> bool:
        if edge.status is Status.PLANNED and request.on is None:
            return request.include_planned
        return is_open(edge, day) or (edge.status is Status.PLANNED and request.include_planned)

    return frozenset(
        edge.edge_id
        for edge in network.edges.values()
        if opens(edge)
        and (edge.kind not in LINEHAUL or travels_by(edge, modes))
        and edge.from_node not in banned_nodes
        and edge.to_node not in banned_nodes
        and (edge.kind not in LINEHAUL or edge.mode not in avoid.modes)
        and edge.edge_id not in avoid.edges
        and edge.corridor not in avoid.corridors
        and (not edge.passages or passages.isdisjoint(edge.passages))
        and (not edge.forbids or cargo_flags.isdisjoint(edge.forbids))
    )


def travels_by(edge: Edge, modes: Collection[Mode]) -> bool:
    """Whether an edge belongs to one of the modes.

    A ferry also belongs to what rolls onto it: a truck on a ferry still goes by road.
    """
    if edge.mode in modes:
        return True
    return edge.mode is Mode.FERRY and _ROLLS_ON[edge.vehicle] in modes


def is_open(edge: Edge, day: str) -> bool:
    """Whether an edge can be used on a day, written YYYY-MM-DD or shorter.

    A month or a year stands for any day of it, an empty text for any day at all. A planned edge
    stays shut until its `open_from` has surely come.
    """
    if edge.status is Status.CLOSED:
        return False
    if edge.status is Status.PLANNED and not (edge.open_from and edge.open_from <= day):
        return False
    return edge.open_from[: len(day)] <= day and (not edge.open_to or day <= edge.open_to)
