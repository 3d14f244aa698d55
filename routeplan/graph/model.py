"""The search graph: states, arcs, and the networkx graph that joins them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from routeplan.network.vocabulary import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import networkx as nx

    from routeplan.graph.costing import ArcCosts
    from routeplan.network.records import Edge
    from routeplan.network.vocabulary import Vehicle


START: Final = "start"
END: Final = "end"
JOIN: Final = -1
"""Key of an edge that only joins layers and ends."""


class State(NamedTuple):
    """A place and how the cargo is carried there; on a ferry also what it rolled on as.

    `landed` is true only at a hub with a relay row (sea to sea, air to air): there cargo that has
    arrived must be lifted over before it sails or flies on.
    """

    node_id: str
    mode: Mode
    vehicle: Vehicle | None = None
    landed: bool = False


@dataclass(frozen=True, slots=True)
class Arc:
    """An edge in one direction, costed for one shipment.

    Parameters
    ----------
    tail, head
        Where it leads from and to.
    edge
        The fact behind it.
    costs
        What it means for the shipment.
    """

    tail: State
    head: State
    edge: Edge
    costs: ArcCosts


@dataclass(frozen=True)
class SearchGraph:
    """What a search walks for one request.

    Parameters
    ----------
    arcs
        In order of edge id, so that the order of rows in a file changes nothing.
    starts, ends
        States in which a way may begin and end.
    via
        For each via place, in order, the node ids that count as it.
    graph
        A networkx MultiDiGraph from START to END over pairs of state and layer: layer i is walked
        until via place i is reached, then layer i + 1. The key of each of its edges is the arc's
        index, or JOIN where the edge only joins layers and ends.
    """

    arcs: tuple[Arc, ...]
    starts: tuple[State, ...]
    ends: tuple[State, ...]
    via: tuple[frozenset[str], ...]
    graph: nx.MultiDiGraph[Any]


def gate_states(
    states: Iterable[State], loading: Sequence[tuple[State, State]]
) -> tuple[set[State], set[State]]:
    """Find the states a way may begin and end in at one place.

    Cargo is handed over at the gate, by truck: a way begins on the road and is loaded by a
    transshipment. A state that no transshipment joins with the road is open by itself, as at a
    junction that trains only pass. At a relay hub nothing begins landed or ends about to sail.

    Parameters
    ----------
    states
        The states of the place.
    loading
        The transshipments of the place, from state to state, open or not.

    Returns
    -------
    set, set
        States to begin in and states to end in.
    """
    everywhere = set(states)
    leaving = {state for state in everywhere if not state.landed}
    arriving = everywhere - {state._replace(landed=False) for state in everywhere if state.landed}
    road = {state for state in everywhere if state.mode is Mode.ROAD}
    if not road:
        return leaving, arriving
    loaded = _reached(road, loading)
    unloaded = _reached(road, [(head, tail) for tail, head in loading])
    return road | (leaving - loaded), road | (arriving - unloaded)


def _reached(starts: set[State], pairs: Sequence[tuple[State, State]]) -> set[State]:
    found, fresh = set(starts), set(starts)
    while fresh:
        fresh = {head for tail, head in pairs if tail in fresh} - found
        found |= fresh
    return found
