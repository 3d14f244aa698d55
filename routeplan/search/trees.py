"""Best ways from one place to many: one search of networkx gives a tree over all vertices.

All places share one graph, in which every place asked about has a vertex of its own to begin or to
end in. Where there are fewer destinations than origins the trees grow backward from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from routeplan.graph.bars import usable_edges
from routeplan.graph.build import find_gates, join_arcs
from routeplan.graph.model import JOIN
from routeplan.graph.pricing import price_arcs
from routeplan.search.shortest import arc_weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import networkx as nx

    from routeplan.graph.model import Arc, SearchGraph, State
    from routeplan.network.model import Network
    from routeplan.scenario.request import Criterion, RouteRequest

    Step = tuple[int, int]


@dataclass(frozen=True)
class Roads:
    """What all searches of one request walk, whatever their ends.

    Parameters
    ----------
    arcs
        In order of edge id.
    steps
        Between two vertices, the indices of the arcs; JOIN from an origin's vertex to the states a
        way may begin in, and from those it may end in to a destination's vertex.
    origins, destinations
        Vertex of each place, by node id.
    gates
        States a way may begin and end in, by node id.
    via
        For each via place, in order, the node ids that count as it.
    """

    arcs: tuple[Arc, ...]
    steps: Mapping[Step, Sequence[int]]
    origins: Mapping[str, int]
    destinations: Mapping[str, int]
    gates: Mapping[str, tuple[set[State], set[State]]]
    via: tuple[frozenset[str], ...] = ()

    def between(self, origin: str, destination: str) -> SearchGraph:
        """Return the search graph of one pair, the same as `find` walks."""
        starts, ends = self.gates[origin][0], self.gates[destination][1]
        return join_arcs(self.arcs, tuple(sorted(starts)), tuple(sorted(ends)), self.via)

    def lightest(self, criterion: Criterion, *, backward: bool = False) -> Lightest:
        """Weigh every step by the lightest of its arcs."""
        import networkx as nx

        weights = [*arc_weights(self.arcs, criterion), 0]  # JOIN is the index of the last
        best: dict[Step, tuple[int, ...]] = {}
        graph: nx.DiGraph[Any] = nx.DiGraph()
        graph.add_nodes_from((*self.origins.values(), *self.destinations.values()))
        for (tail, head), indices in self.steps.items():
            least = min(weights[index] for index in indices)
            step = (head, tail) if backward else (tail, head)
            best[step] = tuple(index for index in indices if weights[index] == least)
            graph.add_edge(*step, weight=least)
        return Lightest(graph, best)


@dataclass(frozen=True)
class Lightest:
    """A graph for one criterion.

    Parameters
    ----------
    graph
        Steps with their least `weight`.
    best
        The arcs of that weight of each step; more than one where they tie.
    """

    graph: nx.DiGraph[Any]
    best: Mapping[Step, tuple[int, ...]]

    def tree(self, root: int) -> Tree:
        """Search from one vertex to all."""
        import networkx as nx

        before, weights = nx.dijkstra_predecessor_and_distance(self.graph, root, weight="weight")
        return Tree(root, tuple(weights), before)


@dataclass(frozen=True)
class Tree:
    """Best ways from a root.

    Parameters
    ----------
    root
        A vertex.
    order
        Every vertex that is reached, nearest first, the root before all.
    before
        The vertices that come before each on a best way, the one to be taken first; others tie.
    """

    root: int
    order: tuple[int, ...]
    before: Mapping[int, Sequence[int]]

    def towards(self, leaves: Iterable[int]) -> Iterator[int]:
        """Yield the vertices of best ways to some leaves, nearest first, without the root."""
        wanted = [leaf for leaf in leaves if leaf in self.before]
        needed = set(wanted)
        while wanted:
            fresh = [tail for tail in self.before[wanted.pop()] if tail not in needed]
            needed.update(fresh)
            wanted += fresh
        return (vertex for vertex in self.order if vertex in needed and vertex != self.root)


def build_roads(
    network: Network,
    request: RouteRequest,
    origins: Sequence[str],
    destinations: Sequence[str],
) -> Roads:
    """Build what is walked between places.

    Parameters
    ----------
    network
        The facts.
    request
        What is carried, what is allowed, and what to pass; its own ends are not looked at. As in
        `SearchGraph` each via place adds a layer.
    origins, destinations
        Node ids.
    """
    usable = usable_edges(network, request)
    priced = price_arcs(network, request.shipment, request.depart)
    arcs = tuple(arc for arc in priced if arc.edge.edge_id in usable)
    via = tuple(frozenset(network.terminals(node_id)) for node_id in request.via)
    number = {s: n for n, s in enumerate(dict.fromkeys(s for a in arcs for s in (a.tail, a.head)))}
    steps = _layered(arcs, number, via)
    last, size = len(number) * len(via), len(number) * (len(via) + 1)
    starts = {node_id: size + place for place, node_id in enumerate(origins)}
    ends = {node_id: size + len(starts) + p for p, node_id in enumerate(destinations)}
    gates = find_gates(network, {*origins, *destinations})
    for node_id, vertex in starts.items():
        for state in sorted(gates[node_id][0] & number.keys()):
            steps[vertex, number[state]] = [JOIN]
    for node_id, vertex in ends.items():
        for state in sorted(gates[node_id][1] & number.keys()):
            steps[last + number[state], vertex] = [JOIN]
    return Roads(arcs, steps, starts, ends, gates, via)


def _layered(
    arcs: Sequence[Arc], number: Mapping[State, int], via: Sequence[frozenset[str]]
) -> dict[Step, list[int]]:
    """List the steps along arcs in every layer, and those that pass a via place to the next."""
    steps: dict[Step, list[int]] = {}
    for layer in range(len(via) + 1):
        base = layer * len(number)
        for index, arc in enumerate(arcs):
            step = base + number[arc.tail], base + number[arc.head]
            steps.setdefault(step, []).append(index)
        if layer < len(via):
            for state, vertex in number.items():
                if state.node_id in via[layer]:
                    steps[base + vertex, base + len(number) + vertex] = [JOIN]
    return steps
