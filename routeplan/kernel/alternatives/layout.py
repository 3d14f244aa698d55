"""The arrays that compiled loops walk: a network laid out once, and what questions make of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from routeplan.graph.bars import edge_filter
from routeplan.kernel.alternatives.front import Ends
from routeplan.kernel.alternatives.pile import Ground
from routeplan.kernel.alternatives.trees import COLUMNS, GENERALISED, NONE, OPEN, Lanes
from routeplan.kernel.kernel import rules_of
from routeplan.network.vocabulary import EdgeKind, Mode
from routeplan.search.candidates import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from routeplan.graph.costing import CostVector
    from routeplan.kernel.kernel import Kernel
    from routeplan.kernel.versions import Patch, Version
    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.changes import Change
    from routeplan.scenario.request import RouteRequest

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

_MOST_MEASURED = (1 << 47) - 1
"""A way may add up to so much of a measure, as in `search.front`."""

_MOST_GENERALISED = 1 << 60
"""And to so much of generalised cost, as in `search.shortest`."""

_MOST_BASES = 64
"""Some 200 kB each."""

_REMEMBERED = 20_000

ALLOWS, MAKES = 2, 16
"""Bits of the first family: on edges it may use, and on those of its own mode."""

_JOINT_FLAGS = OPEN | sum(ALLOWS << number for number in range(len(FAMILIES)))


class Rows(NamedTuple):
    """What some arcs are like, a row each; `largest` is what they add at most, by column."""

    arcs: Ints
    values: Ints
    flags: Ints
    km: Floats
    largest: tuple[int, ...]


class Laid(NamedTuple):
    """A network with changes: the ground, and the patches that lie over it, the last on top."""

    ground: Ground
    patches: Sequence[Patch]

    def version(self, edge_id: str) -> Version | None:
        """Return what changes make of an edge; None if they do not touch it."""
        for patch in reversed(self.patches):
            found = patch.versions.get(edge_id)
            if found is not None:
                return found
        return None


class Grounds:
    """Lays questions out.

    Parameters
    ----------
    network
        The facts, without changes.
    kernel
        Knows prices and changes.
    """

    def __init__(self, network: Network, kernel: Kernel) -> None:
        self._network = network
        self._kernel = kernel
        self._shape = _Shape(network, kernel)
        self._base = lru_cache(_MOST_BASES)(self._make_base)
        self._allows = lru_cache(_MOST_BASES)(lambda rules: edge_filter(network, rules))
        self._rules: dict[RouteRequest, int] = {}
        self._patches: dict[tuple[int, int], Rows] = {}
        self._generation = kernel.generation

    def ends(self, request: RouteRequest) -> Ends:
        """Return where the ways of a request begin and end."""
        return self._shape.ends(request.origin, request.destination, len(request.via))

    def lay(self, request: RouteRequest, changes: Sequence[Change]) -> Laid | None:
        """Lay changes over the network; None if its numbers are too large."""
        patches = self._kernel.versions.find(changes) if changes else ()
        rules = rules_of(request)
        base = self._base(rules)
        rows = [*self._patched(rules, patches)] if patches else []
        out, into = self._shape.lanes(request.via)
        if not _fit([base, *rows], len(out.first)):
            return None
        values, flags, km = base.values, base.flags, base.km
        if rows:
            values, flags, km = values.copy(), flags.copy(), km.copy()
        for laid in rows:
            values[laid.arcs], flags[laid.arcs], km[laid.arcs] = laid.values, laid.flags, laid.km
        return Laid(self._shape.ground(out, into, values, flags, km), patches)

    def _make_base(self, rules: RouteRequest) -> Rows:
        network, topology = self._network, self._kernel.topology
        allows = self._allows(rules)
        vectors = self._kernel.priced(rules).vectors
        edges = [network.edges[edge_id] for edge_id, _ in topology.walks]
        usable = {edge_id: allows(network.edges[edge_id]) for edge_id in topology.arcs_of}
        rows = _rows(
            range(len(edges)),
            edges,
            [
                vector if usable[edge.edge_id] else None
                for edge, vector in zip(edges, vectors, strict=True)
            ],
        )
        return Rows(
            rows.arcs,
            np.vstack((rows.values, np.zeros((1, COLUMNS), np.int64))),
            np.append(rows.flags, _JOINT_FLAGS),
            np.append(rows.km, 0.0),
            rows.largest,
        )

    def _patched(self, rules: RouteRequest, patches: Iterable[Patch]) -> Iterator[Rows]:
        """Yield what patches make of the arcs they touch."""
        if self._generation != self._kernel.generation or len(self._patches) > _REMEMBERED:
            self._patches.clear()
            self._rules.clear()
            self._generation = self._kernel.generation
        number = self._rules.setdefault(rules, len(self._rules))
        for patch in patches:
            found = self._patches.get((number, patch.number))
            if found is None:
                found = self._patches[number, patch.number] = self._make_patch(rules, patch)
            yield found

    def _make_patch(self, rules: RouteRequest, patch: Patch) -> Rows:
        allows, prices = self._allows(rules), self._kernel.priced(rules)
        numbers: list[int] = []
        edges: list[Edge] = []
        vectors: list[CostVector | None] = []
        for edge_id, version in patch.versions.items():
            of_edge = self._kernel.topology.arcs_of[edge_id]
            numbers += of_edge
            edges += [version.edge] * len(of_edge)
            if allows(version.edge):
                vectors += prices.changed(version)
            else:
                vectors += [None] * len(of_edge)
        return _rows(numbers, edges, vectors)


class _Shape:
    """What of the ground no question and no change alters: vertices, steps, edges and turns."""

    def __init__(self, network: Network, kernel: Kernel) -> None:
        self._network = network
        self._topology = kernel.topology
        self._lanes: dict[tuple[str, ...], tuple[Lanes, Lanes]] = {}
        self._known: dict[tuple[str, str, int], Ends] = {}
        topology = kernel.topology
        numbers = {edge_id: number for number, edge_id in enumerate(topology.arcs_of)}
        edges = [network.edges[edge_id] for edge_id, _ in topology.walks]
        self._edge = np.array([numbers[edge.edge_id] for edge in edges], np.int64)
        self._turn = np.array([_turn(edge, numbers[edge.edge_id]) for edge in edges], np.int64)
        self._tails = np.array(topology.tails, np.int64)
        self._heads = np.array(topology.heads, np.int64)

    def ground(
        self, out: Lanes, into: Lanes, values: Ints, flags: Ints, km: NDArray[np.float64]
    ) -> Ground:
        """Join what is fixed with what a question and its changes make of the arcs."""
        states = len(self._topology.states)
        return Ground(
            out, into, values, flags, km,
            self._edge, self._turn, self._tails, self._heads, states,
        )  # fmt: skip

    def lanes(self, via: tuple[str, ...]) -> tuple[Lanes, Lanes]:
        """Return the steps through via places, along the arcs and against them.

        They stand in the order of `graph.build.join_arcs`, which decides between equal ways.
        """
        found = self._lanes.get(via)
        if found is None:
            if len(self._lanes) > _MOST_BASES:
                self._lanes.clear()
            steps = np.array(self._steps(via), np.int64)
            size = len(self._topology.states) * (len(via) + 1)
            turned = steps[:, [1, 0, 2]]
            found = self._lanes[via] = _lanes(steps, size), _lanes(turned, size)
        return found

    def ends(self, origin: str, destination: str, stops: int) -> Ends:
        """Return where ways between two places begin and end that pass so many via places."""
        key = (origin, destination, stops)
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            states = len(self._topology.states)
            size = states * (stops + 1)
            starts = self._in_order(self._topology.gates(origin)[0])
            goals = self._in_order(self._topology.gates(destination)[1]) + size - states
            marks = np.zeros((2, size), np.int64)
            marks[0, starts] = 1
            marks[1, goals] = 1
            found = self._known[key] = Ends(starts, goals, marks[0], marks[1])
        return found

    def _in_order(self, numbers: Iterable[int]) -> Ints:
        """Put states in the order of the search graph, which is their own."""
        states = self._topology.states
        return np.array(sorted(numbers, key=lambda number: states[number]), np.int64)

    def _steps(self, via: tuple[str, ...]) -> list[tuple[int, int, int]]:
        topology = self._topology
        states, joint = len(topology.states), len(topology.walks)
        pairs = list(zip(topology.tails, topology.heads, strict=True))
        steps: list[tuple[int, int, int]] = []
        for layer in range(len(via) + 1):
            base = layer * states
            steps += [(base + tail, base + head, arc) for arc, (tail, head) in enumerate(pairs)]
            if layer < len(via):
                nodes = self._network.terminals(via[layer])
                steps += [
                    (base + number, base + number + states, joint)
                    for number, state in enumerate(topology.states)
                    if state.node_id in nodes
                ]
        return steps


def _lanes(steps: Ints, size: int) -> Lanes:
    """Sort steps by where they lead from, otherwise as they are, and find the parallel ones."""
    steps = steps[np.argsort(steps[:, 0], kind="stable")]
    earlier, later = np.full((2, len(steps)), NONE, np.int64)
    met: dict[tuple[int, int], int] = {}
    for place, (tail, head, _) in enumerate(steps.tolist()):
        before = met.get((tail, head))
        if before is not None:
            earlier[place], later[before] = before, place
        met[tail, head] = place
    first = np.searchsorted(steps[:, 0], np.arange(size + 1))
    return Lanes(
        first.astype(np.int64),
        np.ascontiguousarray(steps[:, 1]),
        np.ascontiguousarray(steps[:, 2]),
        earlier,
        later,
    )


def _rows(
    numbers: Iterable[int], edges: Sequence[Edge], vectors: Iterable[CostVector | None]
) -> Rows:
    """Write arcs as rows; those without a vector are not to be walked."""
    table: list[tuple[int, ...]] = []
    flags: list[int] = []
    largest = [0] * COLUMNS
    for edge, vector in zip(edges, vectors, strict=True):
        bits = _family_bits(edge)
        if vector is None:
            table.append((0,) * COLUMNS)
        else:
            bits |= OPEN
            row = (*vector, int(edge.kind is EdgeKind.TRANSSHIP))
            largest = list(map(max, largest, row))
            table.append(row)
        flags.append(bits)
    if max(largest) > _MOST_GENERALISED:
        table = [(0,) * COLUMNS] * len(table)  # nobody looks at them
    return Rows(
        np.array(list(numbers), np.int64),
        np.array(table, np.int64).reshape(-1, COLUMNS),
        np.array(flags, np.int64),
        np.array([edge.distance_km or 0.0 for edge in edges]),
        tuple(largest),
    )


def _family_bits(edge: Edge) -> int:
    bits = 0
    for number, family in enumerate(FAMILIES):
        if family.takes(edge):
            bits |= ALLOWS << number
        if family.is_made_by(edge):
            bits |= MAKES << number
    return bits


def _turn(edge: Edge, number: int) -> int:
    """Give a number to what `search.shortlist.Way.turns` tells apart, NONE to what it leaves."""
    if edge.kind is EdgeKind.ACCESS:
        return NONE
    if edge.kind is EdgeKind.MOVE:
        return list(Mode).index(edge.mode) if edge.mode else len(Mode)
    return len(Mode) + 1 + number


def _fit(rows: Iterable[Rows], vertices: int) -> bool:
    """Whether no way that passes each vertex once adds up to too much."""
    for some in rows:
        for column, largest in enumerate(some.largest):
            most = _MOST_GENERALISED if column == GENERALISED else _MOST_MEASURED
            if largest * vertices > most:
                return False
    return True
