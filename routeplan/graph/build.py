"""A network and a request -> the graph a search walks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.graph.costing import Costing
from routeplan.graph.model import END, JOIN, START, Arc, SearchGraph, State, gate_states
from routeplan.network.vocabulary import LINEHAUL, EdgeKind, Mode, Status, Vehicle

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.request import RouteRequest

    Relay = tuple[str, Mode | None]

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
        With every edge the request allows, costed for its shipment.
    """
    costing = Costing(network, request.shipment, request.depart)
    usable = _usable(network, request, costing)
    relays = relay_hubs(network)
    arcs: list[Arc] = []
    for edge_id in sorted(network.edges):
        edge = network.edges[edge_id]
        if not usable(edge):
            continue
        there, back = costing.cost_both_ways(edge)
        arcs.append(Arc(*edge_ends(edge, relays, backward=False), edge, there))
        if not edge.directed:
            arcs.append(Arc(*edge_ends(edge, relays, backward=True), edge, back))
    starts, _ = _gates(network, relays, request.origin)
    _, ends = _gates(network, relays, request.destination)
    via = tuple(frozenset(network.terminals(node_id)) for node_id in request.via)
    return join_arcs(tuple(arcs), tuple(sorted(starts)), tuple(sorted(ends)), via)


def join_arcs(
    arcs: tuple[Arc, ...],
    starts: tuple[State, ...],
    ends: tuple[State, ...],
    via: tuple[frozenset[str], ...] = (),
) -> SearchGraph:
    """Join arcs into a search graph: one copy per via place, and the two ends."""
    import networkx as nx

    states = {state for arc in arcs for state in (arc.tail, arc.head)}
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    graph.add_nodes_from((START, END))
    last = len(via)
    for layer in range(last + 1):
        for index, arc in enumerate(arcs):
            graph.add_edge((arc.tail, layer), (arc.head, layer), key=index)
        if layer < last:
            for state in sorted(state for state in states if state.node_id in via[layer]):
                graph.add_edge((state, layer), (state, layer + 1), key=JOIN)
    for state in starts:
        graph.add_edge(START, (state, 0), key=JOIN)
    for state in ends:
        graph.add_edge((state, last), END, key=JOIN)
    return SearchGraph(arcs, starts, ends, via, graph)


def _directions(edge: Edge) -> tuple[bool, ...]:
    """List whether an edge is walked backward, for each way it can be walked."""
    return (False,) if edge.directed else (False, True)


def relay_hubs(network: Network) -> frozenset[Relay]:
    """List the places where cargo is relayed from one vessel or flight to the next."""
    return frozenset(
        (edge.from_node, edge.mode)
        for edge in network.edges.values()
        if edge.kind is EdgeKind.TRANSSHIP and edge.mode is edge.to_mode
    )


def edge_ends(edge: Edge, relays: Collection[Relay], *, backward: bool) -> tuple[State, State]:
    """Return the states an edge leads from and to, in one direction.

    At a relay hub a move ends in the landed state, and every transshipment begins there.
    """
    assert edge.mode is not None  # noqa: S101 - a network's edges are complete
    start, end = (edge.from_node, edge.mode), (edge.to_node, edge.to_mode or edge.mode)
    tail, head = (end, start) if backward else (start, end)
    turning = edge.kind is EdgeKind.TRANSSHIP
    return (
        _state(edge, *tail, landed=turning and tail in relays),
        _state(edge, *head, landed=not turning and head in relays),
    )


def _state(edge: Edge, node_id: str, mode: Mode, *, landed: bool) -> State:
    return State(node_id, mode, edge.vehicle if mode is Mode.FERRY else None, landed)


def _gates(
    network: Network, relays: Collection[Relay], node_id: str
) -> tuple[set[State], set[State]]:
    """Find the gates of a place, by all its edges: loading that is shut is not free."""
    states: set[State] = set()
    loading: list[tuple[State, State]] = []
    for edge in network.edges.values():
        if node_id not in (edge.from_node, edge.to_node):
            continue
        for backward in _directions(edge):
            ends = edge_ends(edge, relays, backward=backward)
            states.update(state for state in ends if state.node_id == node_id)
            if edge.kind is EdgeKind.TRANSSHIP:
                loading.append(ends)
    return gate_states(states, loading)


def _usable(network: Network, request: RouteRequest, costing: Costing) -> Callable[[Edge], bool]:
    """Make the test whether a request allows an edge."""
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

    def usable(edge: Edge) -> bool:
        return (
            opens(edge)
            and (edge.kind not in LINEHAUL or travels_by(edge, modes))
            and edge.from_node not in banned_nodes
            and edge.to_node not in banned_nodes
            and (edge.kind not in LINEHAUL or edge.mode not in avoid.modes)
            and edge.edge_id not in avoid.edges
            and edge.corridor not in avoid.corridors
            and passages.isdisjoint(edge.passages)
            and cargo_flags.isdisjoint(edge.forbids)
            and costing.lots(edge) is not None
        )

    return usable


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
