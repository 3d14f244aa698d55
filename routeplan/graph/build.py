"""A network and a request -> the graph a search walks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.graph.bars import usable_edges
from routeplan.graph.doors import gates_of, open_doors
from routeplan.graph.model import JOIN, SearchGraph, gate_states
from routeplan.graph.pricing import directions, edge_ends, price_arcs, relay_hubs
from routeplan.network.vocabulary import EdgeKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from routeplan.graph.model import Arc, State
    from routeplan.network.model import Network
    from routeplan.scenario.request import RouteRequest


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
    return join_request(
        network, request, tuple(arc for arc in priced if arc.edge.edge_id in usable)
    )


def join_request(network: Network, request: RouteRequest, arcs: tuple[Arc, ...]) -> SearchGraph:
    """Join arcs into a search graph from a request's origin by its via places to its destination.

    Parameters
    ----------
    network
        Whose places and terminals they are, the doors of the request among them.
    request
        The question; only its places matter here.
    arcs
        In order of edge id.
    """
    begun = gates_of(network, request, request.origin)
    ended = gates_of(network, request, request.destination)
    gates = find_gates(network, {*begun, *ended})
    starts = {state for node_id in begun for state in gates[node_id][0]}
    ends = {state for node_id in ended for state in gates[node_id][1]}
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


def find_gates(
    network: Network, node_ids: Collection[str]
) -> dict[str, tuple[set[State], set[State]]]:
    """Find the states a way may begin and end in at each of some places; see `gate_states`.

    All edges of a place count, open or not: loading that is shut is not free.
    """
    relays = relay_hubs(network)
    states: dict[str, set[State]] = {node_id: set() for node_id in node_ids}
    loading: dict[str, list[tuple[State, State]]] = {node_id: [] for node_id in node_ids}
    for edge in network.edges.values():
        if edge.from_node not in states and edge.to_node not in states:
            continue
        for backward in directions(edge):
            ends = edge_ends(edge, relays, backward=backward)
            for state in ends:
                if state.node_id in states:
                    states[state.node_id].add(state)
            if edge.kind is EdgeKind.TRANSSHIP:
                loading[edge.from_node].append(ends)
    return {node_id: gate_states(states[node_id], loading[node_id]) for node_id in states}
