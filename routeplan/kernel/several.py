"""Questions with changes -> several ways of each, or the front, the same as the planner's.

The network is compiled once, changes are laid over it, and compiled loops choose the ways. Numbers
too large for 64 bits, and shares that rounding might decide, are left to the planner.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from routeplan.graph.build import edge_filter
from routeplan.graph.costing import CostVector
from routeplan.kernel.compiled_front import Ends
from routeplan.kernel.compiled_ground import Ground
from routeplan.kernel.compiled_trees import (
    COLUMNS,
    GENERALISED,
    NONE,
    OPEN,
    P90,
    TRANSSHIPMENTS,
    Lanes,
)
from routeplan.kernel.compiled_ways import FAR, Wanted, choose, front_of
from routeplan.kernel.kernel import rules_of
from routeplan.network.vocabulary import EdgeKind, Mode
from routeplan.scenario.door import Handover
from routeplan.scenario.request import TRADE_OFFS, Criterion, Difference, Measure
from routeplan.search.candidates import FAMILIES, read_limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from routeplan.graph.model import Arc
    from routeplan.kernel.kernel import Kernel
    from routeplan.kernel.versions import Patch, Version
    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.changes import Change
    from routeplan.scenario.request import RouteRequest

    Ints = NDArray[np.int64]

_MOST_MEASURED = (1 << 47) - 1
"""A way may add up to so much of a measure, as in `search.front`."""

_MOST_GENERALISED = 1 << 60
"""And to so much of generalised cost, as in `search.shortest`."""

_MOST_GROUNDS = 64
"""Some 200 kB each."""

_MOST_PATCHES = 20_000

_BY_CRITERION = {
    Criterion.TIME: CostVector._fields.index("time_min"),
    Criterion.COST: CostVector._fields.index("cost_cents"),
    Criterion.CO2: CostVector._fields.index("co2e_g"),
    Criterion.RELIABILITY: P90,
    Criterion.BALANCED: GENERALISED,
}
_BY_MEASURE = {
    Measure.TIME: _BY_CRITERION[Criterion.TIME],
    Measure.COST: _BY_CRITERION[Criterion.COST],
    Measure.CO2: _BY_CRITERION[Criterion.CO2],
    Measure.P90: P90,
    Measure.TRANSSHIPMENTS: TRANSSHIPMENTS,
}
_ALLOWS, _MAKES = 2, 16
"""Bits of the first family: on edges it may use, and on those of its own mode."""

_JOINT_FLAGS = OPEN | sum(_ALLOWS << number for number in range(len(FAMILIES)))


class FrontRow(NamedTuple):
    """A way of a front: what it adds up to, in the order of the measures, and its arcs."""

    values: tuple[int, ...]
    path: tuple[Arc, ...]


class _Rows(NamedTuple):
    """What some arcs are like, a row each; `largest` is what they add at most, by column."""

    arcs: Ints
    values: Ints
    flags: Ints
    km: NDArray[np.float64]
    largest: tuple[int, ...]


class Several:
    """Finds several ways, and fronts, on one network with changes.

    Parameters
    ----------
    network
        The facts, without changes.
    kernel
        Finds the best ways, and knows prices and changes.
    """

    def __init__(self, network: Network, kernel: Kernel) -> None:
        self._network = network
        self._kernel = kernel
        self._shape = _Shape(network, kernel)
        self._base = lru_cache(_MOST_GROUNDS)(self._make_base)
        self._patches: dict[tuple[RouteRequest, int], _Rows] = {}
        self._generation = kernel.generation

    @staticmethod
    def takes(request: RouteRequest) -> bool:
        """Whether a request asks for a number of ways, by averages, between nodes."""
        asked = request.alternatives
        return (
            asked.k is not None
            and asked.max_stretch is None
            and asked.differ is Difference.KM
            and not request.is_timed
            and not request.doors
            and request.handover is not Handover.TERMINAL
        )

    def ways(
        self, request: RouteRequest, changes: Sequence[Change] = ()
    ) -> list[tuple[Arc, ...]] | None:
        """Find the ways that `planner.plan` answers, before it simulates them.

        Parameters
        ----------
        request
            One that `takes`.
        changes
            What is different in the network.

        Returns
        -------
        list of tuple of Arc, or None
            The arcs of each way, the first by the criterion first; empty if there is no way. None
            if the planner is to be asked.

        Raises
        ------
        ChangeError
            If the changes cannot be applied.
        """
        best = self._kernel.best(request, changes)
        if best is None:
            return []
        laid = self._lay(request, changes)
        if laid is None:
            return None
        ground, versions = laid
        ends = self._shape.ends(request.origin, request.destination, request.via)
        wanted = _wanted(request)
        count, pile = choose(ground, ends, wanted, np.array(best.numbers, np.int64))
        if count < 0:
            return None
        return [
            self._arcs(request, pile.arcs[way, : pile.length[way]], versions)
            for way in range(count)
        ]

    def front(
        self, request: RouteRequest, measures: Sequence[Measure], changes: Sequence[Change] = ()
    ) -> list[FrontRow] | None:
        """Find the front as `search.front.find_front`, within the limits of the request.

        Parameters
        ----------
        request
            One that `takes`; how many ways it asks for does not matter.
        measures
            What to trade off, each once; what is limited must be among them.
        changes
            What is different in the network.

        Returns
        -------
        list of FrontRow, or None
            In rising order; None if its numbers are too large.
        """
        laid = self._lay(request, changes)
        if laid is None:
            return None
        ground, versions = laid
        ends = self._shape.ends(request.origin, request.destination, request.via)
        columns = np.array([_BY_MEASURE[measure] for measure in measures], np.int64)
        pile = front_of(ground, ends, columns, _most(request))
        values = pile.sums[:, columns].tolist()
        return [
            FrontRow(tuple(row), self._arcs(request, pile.arcs[way, : pile.length[way]], versions))
            for way, row in enumerate(values)
        ]

    def _arcs(
        self, request: RouteRequest, numbers: Ints, versions: Mapping[int, Version]
    ) -> tuple[Arc, ...]:
        arc = self._kernel.priced(request).arc
        return tuple([arc(number, versions.get(number)) for number in numbers.tolist()])

    def _lay(
        self, request: RouteRequest, changes: Sequence[Change]
    ) -> tuple[Ground, Mapping[int, Version]] | None:
        """Lay changes over the network; None if its numbers are too large."""
        patches = self._kernel.versions.find(changes) if changes else ()
        rules = rules_of(request)
        base = self._base(rules)
        rows = [self._patch(rules, patch) for patch in patches]
        out, into = self._shape.lanes(request.via)
        if not _fit([base, *rows], len(out.first)):
            return None
        values, flags, km = base.values, base.flags, base.km
        versions: dict[int, Version] = {}
        if rows:
            values, flags, km = values.copy(), flags.copy(), km.copy()
        for patch, laid in zip(patches, rows, strict=True):
            values[laid.arcs], flags[laid.arcs], km[laid.arcs] = laid.values, laid.flags, laid.km
            for edge_id, version in patch.versions.items():
                versions.update(dict.fromkeys(self._kernel.topology.arcs_of[edge_id], version))
        return self._shape.ground(out, into, values, flags, km), versions

    def _make_base(self, rules: RouteRequest) -> _Rows:
        network, topology = self._network, self._kernel.topology
        allows = edge_filter(network, rules)
        vectors = self._kernel.priced(rules).vectors
        edges = [network.edges[edge_id] for edge_id, _ in topology.walks]
        usable = {edge_id: allows(network.edges[edge_id]) for edge_id in topology.arcs_of}
        rows = _rows(
            range(len(edges)),
            edges,
            [vector if usable[edge.edge_id] else None
             for edge, vector in zip(edges, vectors, strict=True)],
        )
        return _Rows(
            rows.arcs,
            np.vstack((rows.values, np.zeros((1, COLUMNS), np.int64))),
            np.append(rows.flags, _JOINT_FLAGS),
            np.append(rows.km, 0.0),
            rows.largest,
        )

    def _patch(self, rules: RouteRequest, patch: Patch) -> _Rows:
        if self._generation != self._kernel.generation or len(self._patches) > _MOST_PATCHES:
            self._patches.clear()
            self._generation = self._kernel.generation
        found = self._patches.get((rules, patch.number))
        if found is None:
            found = self._patches[rules, patch.number] = self._make_patch(rules, patch)
        return found

    def _make_patch(self, rules: RouteRequest, patch: Patch) -> _Rows:
        allows, prices = edge_filter(self._network, rules), self._kernel.priced(rules)
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
            if len(self._lanes) > _MOST_GROUNDS:
                self._lanes.clear()
            steps = np.array(self._steps(via), np.int64)
            size = len(self._topology.states) * (len(via) + 1)
            turned = steps[:, [1, 0, 2]]
            found = self._lanes[via] = _lanes(steps, size), _lanes(turned, size)
        return found

    def ends(self, origin: str, destination: str, via: tuple[str, ...]) -> Ends:
        """Return where ways begin and end."""
        key = (origin, destination, len(via))
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _MOST_PATCHES:
                self._known.clear()
            states = len(self._topology.states)
            size = states * (len(via) + 1)
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
) -> _Rows:
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
    return _Rows(
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
            bits |= _ALLOWS << number
        if family.is_made_by(edge):
            bits |= _MAKES << number
    return bits


def _turn(edge: Edge, number: int) -> int:
    """Number what `search.shortlist.Way.turns` tells apart; NONE for what it leaves out."""
    if edge.kind is EdgeKind.ACCESS:
        return NONE
    if edge.kind is EdgeKind.MOVE:
        return list(Mode).index(edge.mode) if edge.mode else len(Mode)
    return len(Mode) + 1 + number


def _fit(rows: Iterable[_Rows], vertices: int) -> bool:
    """Whether no way that passes each vertex once adds up to too much."""
    for some in rows:
        for column, largest in enumerate(some.largest):
            most = _MOST_GENERALISED if column == GENERALISED else _MOST_MEASURED
            if largest * vertices > most:
                return False
    return True


def _most(request: RouteRequest) -> Ints:
    """Return the most a way may add up to, by column."""
    most = np.full(COLUMNS, FAR, np.int64)
    for measure, limit in read_limits(request.limits).items():
        most[_BY_MEASURE[measure]] = min(limit, FAR)
    return most


def _wanted(request: RouteRequest) -> Wanted:
    """Say what `search.candidates.find_candidates` and `search.shortlist.choose_ways` look for."""
    limits, criterion = read_limits(request.limits), request.criterion
    measures = list(dict.fromkeys((*TRADE_OFFS, *limits)))
    if criterion is Criterion.RELIABILITY and limits:
        measures.append(Measure.P90)
    column = _BY_CRITERION[criterion]
    columns = [_BY_MEASURE[measure] for measure in measures]
    if criterion is Criterion.BALANCED:
        columns.append(column)
    asked = request.alternatives
    return Wanted(
        column,
        np.array(columns, np.int64),
        len(measures),
        columns.index(column) if column in columns else NONE,
        _most(request),
        asked.k or 1,
        np.array([asked.max_overlap, asked.max_overlap**2]),
        criterion is not Criterion.RELIABILITY,
        np.array(
            [
                (_ALLOWS << number, _MAKES << number, _BY_CRITERION[family.criterion])
                for number, family in enumerate(FAMILIES)
            ],
            np.int64,
        ),
    )
