"""A network and a request -> the graph a search walks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.graph.doors import gates_of, open_doors
from routeplan.graph.model import JOIN, SearchGraph, gate_states
from routeplan.graph.pricing import directions, edge_ends, price_arcs, relay_hubs
from routeplan.network.vocabulary import LINEHAUL, EdgeKind, Mode, Status, Vehicle
from routeplan.scenario.request import Policy

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from routeplan.graph.model import Arc, State
    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.policy import PolicyProfile
    from routeplan.scenario.request import RouteRequest

LONGEST_WAIT_DAYS = 400
"""Nobody waits longer for a link to open."""

ROLLS_ON = {Vehicle.TRUCK: Mode.ROAD, Vehicle.WAGON: Mode.RAIL, None: Mode.ROAD}


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


def usable_edges(network: Network, request: RouteRequest) -> frozenset[str]:
    """List the ids of the edges a request allows."""
    allows = edge_filter(network, request)
    return frozenset(edge.edge_id for edge in network.edges.values() if allows(edge))


def edge_filter(network: Network, request: RouteRequest) -> Callable[[Edge], bool]:
    """Return what tells whether a request allows an edge, of the network or a changed one."""
    date = request.on or request.depart
    day = date.isoformat() if date else network.as_of
    span = _span(request) if request.is_timed else ("", "")
    passages = request.barred_passages
    modes = request.linehaul_modes
    avoid = request.avoid
    avoided_modes = avoid.modes | request.kept_by_policy("modes")
    profiles = list(_profiles(request))
    banned_nodes: set[str] = set()
    for node_id in avoid.nodes | request.kept_by_policy("nodes"):
        banned_nodes.update(network.terminals(node_id))
    countries = request.avoided_countries
    banned_nodes.update(n.node_id for n in network.nodes.values() if n.country in countries)
    cargo_flags = frozenset(request.shipment.flags)

    def opens(edge: Edge) -> bool:
        if edge.status is Status.PLANNED and request.on is None:
            return request.include_planned
        if request.is_timed and request.on is None:
            return edge.status is not Status.CLOSED and opens_within(edge, *span)
        return is_open(edge, day) or (edge.status is Status.PLANNED and request.include_planned)

    def allows(edge: Edge) -> bool:
        return (
            opens(edge)
            and (edge.kind not in LINEHAUL or travels_by(edge, modes))
            and edge.from_node not in banned_nodes
            and edge.to_node not in banned_nodes
            and (edge.kind not in LINEHAUL or edge.mode not in avoided_modes)
            and edge.edge_id not in avoid.edges
            and edge.corridor not in avoid.corridors
            and (not edge.passages or passages.isdisjoint(edge.passages))
            and (not edge.forbids or cargo_flags.isdisjoint(edge.forbids))
            and all(profile.bars(edge) is None for profile in profiles)
        )

    return allows


def _profiles(request: RouteRequest) -> Iterator[PolicyProfile]:
    """Yield what must be asked link by link: a policy file, and the operators to avoid."""
    if not isinstance(request.policy, Policy):
        yield request.policy
    if request.avoid.operators:
        from routeplan.scenario.policy import without_operators

        yield without_operators(request.avoid.operators)


def _span(request: RouteRequest) -> tuple[str, str]:
    """Return the first and the last day on which a way by the clock may use a link."""
    from datetime import timedelta

    long = timedelta(days=LONGEST_WAIT_DAYS)
    if request.leave is not None:
        return f"{request.leave:%Y-%m-%d}", f"{request.leave + long:%Y-%m-%d}"
    assert request.arrive_by is not None  # noqa: S101 - one of the two is given
    return f"{request.arrive_by - long:%Y-%m-%d}", f"{request.arrive_by:%Y-%m-%d}"


def opens_within(edge: Edge, first: str, last: str) -> bool:
    """Whether an edge is open on some of the days from one to another, written YYYY-MM-DD."""
    return edge.open_from <= last and (not edge.open_to or first <= edge.open_to)


def travels_by(edge: Edge, modes: Collection[Mode]) -> bool:
    """Whether an edge belongs to one of the modes.

    A ferry also belongs to what rolls onto it: a truck on a ferry still goes by road.
    """
    if edge.mode in modes:
        return True
    return edge.mode is Mode.FERRY and ROLLS_ON[edge.vehicle] in modes


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
