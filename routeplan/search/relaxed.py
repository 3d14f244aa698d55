"""All edges of a network with what bars each, and the least that has to be lifted for a way.

A label at a vertex is the set of rules broken on the way there, as the bits of a number. Labels are
taken in order of their size, and one is dropped where a subset of it has been at its vertex: so the
first labels at the end are all the smallest sets of rules that leave a way, and no path has to be
listed (a rule counts once however many edges it bars).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from routeplan.graph.bars import OF_NETWORK, Bar, BarKind, bars_of
from routeplan.graph.build import build_graph
from routeplan.graph.costing import Costing
from routeplan.graph.model import JOIN, Arc, SearchGraph
from routeplan.graph.pricing import directions, edge_ends, price_arcs, relay_hubs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from routeplan.graph.model import State
    from routeplan.network.model import Network
    from routeplan.scenario.request import RouteRequest


class Pass(NamedTuple):
    """What a way has to pass: one of some places, or an edge of some kind.

    Parameters
    ----------
    nodes
        Ids of places, one of which is to be touched; empty where an edge is meant.
    fits
        Tells the arcs one of which is to be used; None where places are meant.
    """

    nodes: frozenset[str] = frozenset()
    fits: Callable[[Arc], bool] | None = None

    def met_by(self, arc: Arc) -> bool:
        """Whether an arc touches a place or is an edge of the kind."""
        if self.fits is not None:
            return self.fits(arc)
        return arc.tail.node_id in self.nodes or arc.head.node_id in self.nodes


class Step(NamedTuple):
    """A step between two vertices.

    Parameters
    ----------
    tail, head
        Vertices.
    arc
        Its index, or JOIN.
    mask
        Bits of the rules it breaks.
    """

    tail: int
    head: int
    arc: int
    mask: int


@dataclass(frozen=True)
class Relaxed:
    """Every edge of a network as a search would walk it if all rules were lifted.

    Parameters
    ----------
    arcs
        Every edge in each direction, priced for the shipment.
    states
        Places and how the cargo is carried there.
    starts, ends
        States in which a way may begin and end.
    layers
        How many times the states are repeated: for the via places and for what is wanted.
    steps
        Between the numbered vertices of `SearchGraph`.
    bars
        The rule behind each bit, in order.
    shut
        Bits of the bars that lie in the network, and are to be lifted last.
    """

    arcs: tuple[Arc, ...]
    states: tuple[State, ...]
    starts: tuple[State, ...]
    ends: tuple[State, ...]
    layers: int
    steps: tuple[Step, ...]
    bars: tuple[Bar, ...]
    shut: int

    @property
    def all_rules(self) -> int:
        """Bits of all rules a question can lift."""
        return ((1 << len(self.bars)) - 1) & ~self.shut

    @property
    def start(self) -> int:
        """The vertex all ways begin in."""
        return len(self.states) * self.layers

    def graph(self, lifted: int) -> SearchGraph:
        """Return the search graph with some bars lifted."""
        return SearchGraph(
            arcs=self.arcs,
            states=self.states,
            starts=self.starts,
            ends=self.ends,
            via=(frozenset(),) * (self.layers - 1),
            steps=tuple((s.tail, s.head, s.arc) for s in self.steps if not s.mask & ~lifted),
        )

    def named(self, mask: int) -> tuple[Bar, ...]:
        """Name the bars of a set."""
        return tuple(bar for place, bar in enumerate(self.bars) if mask >> place & 1)

    def mask(self, bars: Iterable[Bar]) -> int:
        """Return the bits of some bars; one that bars no edge has none."""
        return sum(1 << self.bars.index(bar) for bar in set(bars) if bar in self.bars)


def relax(network: Network, request: RouteRequest, wanted: Sequence[Pass] = ()) -> Relaxed:
    """Build the relaxed graph of a request.

    Parameters
    ----------
    network
        The facts.
    request
        The question. Its limits on time, cost and CO2e bar no edge and are left to the caller.
    wanted
        What a way has to pass, in this order; passing it cannot be lifted.
    """
    arcs = all_arcs(network, request)
    gates = build_graph(network, request)  # which edges are open changes no gate
    starts, ends = gates.starts, gates.ends
    states = dict.fromkeys(state for arc in arcs for state in (arc.tail, arc.head))
    states |= dict.fromkeys((*starts, *ends))
    numbers = {state: number for number, state in enumerate(states)}
    bits: dict[Bar, int] = {}
    bars_on = bars_of(network, request)
    of_edge: dict[str, int] = {}
    for arc in arcs:
        if arc.edge.edge_id not in of_edge:
            found = bars_on(arc.edge)
            of_edge[arc.edge.edge_id] = sum(1 << bits.setdefault(b, len(bits)) for b in found)
    via = []
    for node_id in request.via:
        bit = bits.setdefault(Bar(BarKind.VIA, node_id), len(bits))
        via.append((frozenset(network.terminals(node_id)), bit))
    layers = (len(via) + 1) * (len(wanted) + 1)
    shape = _Shape(numbers, via, tuple(wanted))
    steps = [
        *shape.moves(arcs, [of_edge[arc.edge.edge_id] for arc in arcs]),
        *shape.passings(),
        *(Step(len(states) * layers, numbers[state], JOIN, 0) for state in starts),
        *shape.finishes(ends),
    ]
    return Relaxed(
        arcs=arcs,
        states=tuple(states),
        starts=starts,
        ends=ends,
        layers=layers,
        steps=tuple(steps),
        bars=tuple(bits),
        shut=sum(1 << place for place, bar in enumerate(bits) if bar.kind in OF_NETWORK),
    )


def all_arcs(network: Network, request: RouteRequest) -> tuple[Arc, ...]:
    """Price every edge in each direction; one too small for the load as if it took it at once."""
    priced = price_arcs(network, request.shipment, request.depart)
    known = {arc.edge.edge_id for arc in priced}
    left = [edge for edge_id, edge in network.edges.items() if edge_id not in known]
    if not left:
        return priced
    costing, relays = Costing(network, request.shipment, request.depart), relay_hubs(network)
    more = [
        Arc(
            *edge_ends(edge, relays, backward=backward),
            edge,
            vector,
            partial(costing.cost, edge, backward=backward),
        )
        for edge in sorted(left, key=lambda edge: edge.edge_id)
        for backward, vector in zip(directions(edge), costing.vectors(edge), strict=True)
    ]
    return (*priced, *more)


class _Shape:
    """Numbers the layers: one for each number of wanted things and of via places passed."""

    def __init__(
        self,
        numbers: dict[State, int],
        via: Sequence[tuple[frozenset[str], int]],
        wanted: tuple[Pass, ...],
    ) -> None:
        self.numbers, self.via, self.wanted = numbers, via, wanted

    def _base(self, passed: int, visited: int) -> int:
        return (passed * (len(self.via) + 1) + visited) * len(self.numbers)

    def _layers(self) -> Iterator[tuple[int, int]]:
        for passed in range(len(self.wanted) + 1):
            for visited in range(len(self.via) + 1):
                yield passed, visited

    def moves(self, arcs: Sequence[Arc], masks: Sequence[int]) -> Iterator[Step]:
        """Yield the steps along arcs; one that is wanted also leads to the next layer."""
        ends = [(self.numbers[arc.tail], self.numbers[arc.head]) for arc in arcs]
        for passed, visited in self._layers():
            base = self._base(passed, visited)
            fits = self.wanted[passed].fits if passed < len(self.wanted) else None
            for index, (tail, head) in enumerate(ends):
                yield Step(base + tail, base + head, index, masks[index])
                if fits is not None and fits(arcs[index]):
                    after = self._base(passed + 1, visited)
                    yield Step(base + tail, after + head, index, masks[index])

    def passings(self) -> Iterator[Step]:
        """Yield the steps that pass a wanted or a via place where they stand, or skip a via."""
        for passed, visited in self._layers():
            base = self._base(passed, visited)
            for state, number in self.numbers.items():
                if passed < len(self.wanted) and state.node_id in self.wanted[passed].nodes:
                    yield Step(base + number, self._base(passed + 1, visited) + number, JOIN, 0)
                if visited < len(self.via):
                    places, bit = self.via[visited]
                    skipped = 0 if state.node_id in places else 1 << bit
                    yield Step(
                        base + number, self._base(passed, visited + 1) + number, JOIN, skipped
                    )

    def finishes(self, ends: Sequence[State]) -> Iterator[Step]:
        """Yield the steps to the end."""
        count = len(self.numbers) * (len(self.via) + 1) * (len(self.wanted) + 1)
        last = self._base(len(self.wanted), len(self.via))
        for state in ends:
            yield Step(last + self.numbers[state], count + 1, JOIN, 0)


def least_sets(relaxed: Relaxed, allowed: int | None = None) -> list[int]:
    """Find the smallest sets of bars whose lifting leaves a way.

    Parameters
    ----------
    relaxed
        All edges and their bars.
    allowed
        Bits that may be lifted; all rules a question can lift if None.

    Returns
    -------
    list of int
        Every smallest set, as bits, in rising order; one empty set where a way is open as it is,
        none where lifting all of them leaves none.
    """
    allowed = relaxed.all_rules if allowed is None else allowed
    out: dict[int, list[tuple[int, int]]] = {}
    for tail, head, _, mask in relaxed.steps:
        if not mask & ~allowed:
            out.setdefault(tail, []).append((head, mask))
    start, end = relaxed.start, relaxed.start + 1
    closed: dict[int, list[int]] = {}
    queue: list[tuple[int, int, int]] = [(0, 0, start)]
    while queue:
        size, mask, vertex = heappop(queue)
        ends = closed.get(end)
        if ends and size > ends[0].bit_count():
            break
        if _holds(closed.get(vertex), mask):
            continue
        closed.setdefault(vertex, []).append(mask)
        for head, more in out.get(vertex, ()):
            reached = mask | more
            if not _holds(closed.get(head), reached):
                heappush(queue, (reached.bit_count(), reached, head))
    return sorted(closed.get(end, ()))


def _holds(members: list[int] | None, mask: int) -> bool:
    """Whether a subset of a set is among the members."""
    return members is not None and any(member & mask == member for member in members)


def find_least(relaxed: Relaxed, weights: Sequence[int], lifted: int) -> list[Arc] | None:
    """Find the way of least total weight with some bars lifted; None if there is none."""
    out: dict[int, list[tuple[int, int]]] = {}
    for tail, head, index, mask in relaxed.steps:
        if not mask & ~lifted:
            out.setdefault(tail, []).append((head, index))
    end = relaxed.start + 1
    came: dict[int, tuple[int, int]] = {}
    done: set[int] = set()
    queue: list[tuple[int, int, int, int]] = [(0, relaxed.start, -1, JOIN)]
    while queue:
        total, vertex, before, by = heappop(queue)
        if vertex in done:
            continue
        done.add(vertex)
        came[vertex] = (before, by)
        if vertex == end:
            return _followed(relaxed, came)
        for head, index in out.get(vertex, ()):
            if head not in done:
                more = 0 if index == JOIN else weights[index]
                heappush(queue, (total + more, head, vertex, index))
    return None


def _followed(relaxed: Relaxed, came: dict[int, tuple[int, int]]) -> list[Arc]:
    found = []
    vertex, by = came[relaxed.start + 1]
    while vertex >= 0:
        if by != JOIN:
            found.append(relaxed.arcs[by])
        vertex, by = came[vertex]
    return found[::-1]
