"""The search graph: states, arcs, and the steps between numbered vertices a search walks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from routeplan.network.vocabulary import Mode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import networkx as nx

    from routeplan.graph.costing import ArcCosts, CostVector
    from routeplan.network.records import Edge
    from routeplan.network.vocabulary import Vehicle


JOIN: Final = -1
"""Index in place of an arc's, for a step that only joins layers and ends."""


class State(NamedTuple):
    """A place and how the cargo is carried there; on a ferry also what it rolled on as.

    `landed` is true only at a hub with a relay row (sea to sea, air to air): there cargo that has
    arrived must be lifted over before it sails or flies on.
    """

    node_id: str
    mode: Mode
    vehicle: Vehicle | None = None
    landed: bool = False


class Arc:
    """An edge in one direction, priced for one shipment.

    Parameters
    ----------
    tail, head
        Where it leads from and to.
    edge
        The fact behind it.
    vector
        What the search adds up.
    work_out
        Gives all it means for the shipment, with evidence; called when `costs` is first asked for,
        since a search touches thousands of arcs and an answer has a few dozen.
    """

    __slots__ = ("_costs", "_work_out", "edge", "head", "tail", "vector")

    def __init__(
        self,
        tail: State,
        head: State,
        edge: Edge,
        vector: CostVector,
        work_out: Callable[[], ArcCosts],
    ) -> None:
        self.tail = tail
        self.head = head
        self.edge = edge
        self.vector = vector
        self._work_out = work_out
        self._costs: ArcCosts | None = None

    @property
    def costs(self) -> ArcCosts:
        """What it means for the shipment, each number with its evidence."""
        if self._costs is None:
            self._costs = self._work_out()
        return self._costs

    def with_vector(self, vector: CostVector) -> Arc:
        """Return the same arc with other values to add up."""
        return Arc(self.tail, self.head, self.edge, vector, lambda: self.costs)

    @property
    def backward(self) -> bool:
        """Whether it walks its edge from end to start."""
        return (self.tail.node_id, self.tail.mode) != (self.edge.from_node, self.edge.mode)

    @property
    def distance_km(self) -> float:
        """Length of the way; 0 where the edge has none."""
        return self.edge.distance_km or 0.0


@dataclass(frozen=True)
class SearchGraph:
    """What a search walks for one request.

    Vertices are numbered: state s on layer l is l * len(states) + s, where layer l is walked until
    via place l is reached; then come the start and the end.

    Parameters
    ----------
    arcs
        In order of edge id, so that the order of rows in a file changes nothing.
    states
        In order of their first arc.
    starts, ends
        States in which a way may begin and end.
    via
        For each via place, in order, the node ids that count as it.
    steps
        From vertex, to vertex, index of the arc or JOIN.
    """

    arcs: tuple[Arc, ...]
    states: tuple[State, ...]
    starts: tuple[State, ...]
    ends: tuple[State, ...]
    via: tuple[frozenset[str], ...]
    steps: tuple[tuple[int, int, int], ...]

    @property
    def size(self) -> int:
        """Number of vertices."""
        return self.end + 1

    @property
    def start(self) -> int:
        """The vertex all ways begin in."""
        return len(self.states) * (len(self.via) + 1)

    @property
    def end(self) -> int:
        """The vertex all ways end in."""
        return self.start + 1

    @cached_property
    def forward(self) -> nx.DiGraph[Any]:
        """The steps as a networkx graph; parallel arcs stand in the list `arcs` of one edge."""
        return _joined(self.size, self.steps)

    @cached_property
    def backward(self) -> nx.DiGraph[Any]:
        """The same, every step turned round."""
        return _joined(self.size, [(head, tail, index) for tail, head, index in self.steps])


def _joined(size: int, steps: Iterable[tuple[int, int, int]]) -> nx.DiGraph[Any]:
    import networkx as nx

    between: dict[tuple[int, int], list[int]] = {}
    for tail, head, index in steps:
        between.setdefault((tail, head), []).append(index)
    graph: nx.DiGraph[Any] = nx.DiGraph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from((tail, head, {"arcs": arcs}) for (tail, head), arcs in between.items())
    return graph


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
