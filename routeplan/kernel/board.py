"""What a search walks, without weights: one per network and via places, shared by all questions."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from routeplan.graph.build import find_gates
from routeplan.graph.pricing import directions, edge_ends, relay_hubs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.graph.model import State
    from routeplan.network.model import Network


class Walk(NamedTuple):
    """An edge in one direction."""

    edge_id: str
    backward: bool


class Topology:
    """The states of a network and every arc between them, usable or not.

    No change of a scenario adds a state or an arc, so that this holds for all of them.

    Parameters
    ----------
    network
        The facts.

    Attributes
    ----------
    walks, tails, heads
        Of each arc: the edge it walks, and the numbers of the states it joins. In order of edge
        id, an edge's own direction first, as `graph.pricing.price_arcs` has them.
    states
        By number.
    arcs_of
        Numbers of the arcs of each edge.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._relays = relay_hubs(network)
        numbers: dict[State, int] = {}
        self.walks: list[Walk] = []
        self.tails: list[int] = []
        self.heads: list[int] = []
        self.arcs_of: dict[str, tuple[int, ...]] = {}
        for edge_id in sorted(network.edges):
            edge = network.edges[edge_id]
            first = len(self.walks)
            for backward in directions(edge):
                ends = edge_ends(edge, self._relays, backward=backward)
                tail, head = (numbers.setdefault(state, len(numbers)) for state in ends)
                self.walks.append(Walk(edge_id, backward))
                self.tails.append(tail)
                self.heads.append(head)
            self.arcs_of[edge_id] = tuple(range(first, len(self.walks)))
        self.states = tuple(numbers)
        self._numbers = numbers
        self._gates: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {}

    def gates(self, node_id: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the numbers of the states a way may begin in and end in at a place."""
        found = self._gates.get(node_id)
        if found is None:
            starts, ends = find_gates(self._network, (node_id,))[node_id]
            found = self._gates[node_id] = (self._sorted(starts), self._sorted(ends))
        return found

    def board(self, via: Sequence[str]) -> Board:
        """Return the board of ways through places, in their order."""
        stops = tuple(frozenset(self._network.terminals(node_id)) for node_id in via)
        return Board(self, stops)

    def _sorted(self, states: set[State]) -> tuple[int, ...]:
        return tuple(sorted(self._numbers[state] for state in states))


class Board:
    """Vertices and arcs to walk: state s on layer l is l * len(states) + s.

    Layer l is walked until via place l is reached.

    Parameters
    ----------
    topology
        States and arcs.
    stops
        For each via place the node ids that count as it.

    Attributes
    ----------
    out, into
        For each vertex, the arcs from it and to it: the other vertex and the number of the arc.
        `joint`, one past the last arc, stands for a step to the next layer, which weighs nothing.
    """

    def __init__(self, topology: Topology, stops: tuple[frozenset[str], ...]) -> None:
        self.topology = topology
        self.layers = len(stops) + 1
        self.size = self.layers * len(topology.states)
        self.joint = len(topology.walks)
        self.out: list[list[tuple[int, int]]] = [[] for _ in range(self.size)]
        self.into: list[list[tuple[int, int]]] = [[] for _ in range(self.size)]
        for arc in range(self.joint):
            for tail, head in self.places(arc):
                self._join(tail, head, arc)
        states = len(topology.states)
        for layer, nodes in enumerate(stops):
            for number, state in enumerate(topology.states):
                if state.node_id in nodes:
                    vertex = layer * states + number
                    self._join(vertex, vertex + states, self.joint)

    def places(self, arc: int) -> list[tuple[int, int]]:
        """List the vertices an arc joins, layer by layer."""
        tail, head = self.topology.tails[arc], self.topology.heads[arc]
        states = len(self.topology.states)
        return [(tail + base, head + base) for base in range(0, self.size, states)]

    def starts(self, node_id: str) -> tuple[int, ...]:
        """List the vertices a way may begin in."""
        return self.topology.gates(node_id)[0]

    def ends(self, node_id: str) -> tuple[int, ...]:
        """List the vertices a way may end in."""
        last = self.size - len(self.topology.states)
        return tuple(last + state for state in self.topology.gates(node_id)[1])

    @cached_property
    def bits(self) -> int:
        """How many bits hold the number of arcs of a way that passes no vertex twice."""
        return self.size.bit_length()

    def _join(self, tail: int, head: int, arc: int) -> None:
        self.out[tail].append((head, arc))
        self.into[head].append((tail, arc))
