"""Every edge in both directions, priced for a shipment; kept on disk, as most ask the same one."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, Any

from routeplan.graph.costing import Costing, CostVector
from routeplan.graph.model import Arc, State
from routeplan.graph.seasons import seasons_on
from routeplan.network.cache import read_value, write_value
from routeplan.network.vocabulary import EdgeKind, Mode, Vehicle

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.shipment import Shipment

    Relay = tuple[str, Mode | None]
    Row = tuple[str, bool, int, int, tuple[int, ...]]


_FORM = 3
"""Of what is kept on disk; another form is another number."""


def price_arcs(network: Network, shipment: Shipment, depart: date | None = None) -> tuple[Arc, ...]:
    """Price every edge that takes a shipment, in each direction it can be walked.

    Parameters
    ----------
    network
        The facts.
    shipment
        What is carried.
    depart
        Day whose season holds; None takes the yearly values.

    Returns
    -------
    tuple of Arc
        In order of edge id, an edge's own direction first.
    """
    costing = Costing(network, shipment, depart)
    key = _key(network, shipment, depart)
    kept = read_value(key) if key else None
    if kept is None:
        kept = _compile(network, costing)
        if key:
            write_value(key, kept)
    states = [_thawed(*state) for state in kept[0]]
    arcs = tuple(
        Arc(
            states[tail],
            states[head],
            edge := network.edges[edge_id],
            CostVector._make(vector),
            partial(costing.cost, edge, backward=backward),
        )
        for edge_id, backward, tail, head, vector in kept[1]
        if edge_id in network.edges
    )
    return arcs + _added_arcs(network, costing) if network.added else arcs


def _key(network: Network, shipment: Shipment, depart: date | None) -> str:
    """Name what the priced arcs depend on; empty for a network that is not on disk itself."""
    if not network.cache_key:
        return ""
    seasons = [(row.season_id, row.from_month_day) for row in seasons_on(network, depart)]
    asked = f"arcs {_FORM} {network.cache_key} {shipment!r} {seasons}"
    return hashlib.sha256(asked.encode()).hexdigest()


def _added_arcs(network: Network, costing: Costing) -> tuple[Arc, ...]:
    """Price what a question brings along, behind all other arcs."""
    relays = relay_hubs(network)
    return tuple(
        Arc(
            *edge_ends(edge, relays, backward=backward),
            edge,
            vector,
            partial(costing.cost, edge, backward=backward),
        )
        for edge in (network.edges[edge_id] for edge_id in sorted(network.added))
        if costing.lots(edge) is not None
        for backward, vector in zip(directions(edge), costing.vectors(edge), strict=True)
    )


def _compile(network: Network, costing: Costing) -> tuple[list[Any], list[Row]]:
    """Give numbers to the states and prices to the arcs, all in plain values."""
    relays = relay_hubs(network)
    numbers: dict[State, int] = {}
    rows: list[Row] = []
    for edge_id in sorted(network.edges.keys() - set(network.added)):
        edge = network.edges[edge_id]
        if costing.lots(edge) is None:
            continue
        for backward, vector in zip(directions(edge), costing.vectors(edge), strict=True):
            tail, head = (
                numbers.setdefault(state, len(numbers))
                for state in edge_ends(edge, relays, backward=backward)
            )
            rows.append((edge_id, backward, tail, head, tuple(vector)))
    return [_frozen(state) for state in numbers], rows


def _frozen(state: State) -> tuple[str, str, str, bool]:
    return state.node_id, str(state.mode), str(state.vehicle or ""), state.landed


def _thawed(node_id: str, mode: str, vehicle: str, landed: bool) -> State:
    return State(node_id, _MODES[mode], _VEHICLES[vehicle], landed)


_MODES = {str(mode): mode for mode in Mode}
_VEHICLES = {"": None} | {str(vehicle): vehicle for vehicle in Vehicle}


def directions(edge: Edge) -> tuple[bool, ...]:
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
