"""What a network lacks for a way that no rule of the question bars: the fewest links to add.

A shortest path over all edges, open or not, in which every link that is not there counts one: a
closed edge, an edge that leads the other way only, a change of mode that no row offers. Where even
these leave a gap, it is named by the nearest places on its two sides.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from routeplan.graph.bars import Bar, BarKind
from routeplan.graph.model import JOIN
from routeplan.places.points import great_circle_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from routeplan.graph.model import Arc, State
    from routeplan.network.model import Network
    from routeplan.network.records import Node
    from routeplan.search.relaxed import Relaxed

_CLOSED = 10**9
_ABSENT = 10**9 + 10**6
"""One link each; one that can be opened again counts a little less than one that is not there."""


class Missing(NamedTuple):
    """What the network lacks.

    Parameters
    ----------
    bars
        The fewest links that are closed or not there, in the order of travel.
    path
        The arcs of the way that has all but these; with closed ones alone it is whole.
    """

    bars: tuple[Bar, ...]
    path: tuple[Arc, ...]


class _Move(NamedTuple):
    weight: int
    bar: Bar | None
    arc: int


def find_missing(network: Network, relaxed: Relaxed) -> Missing:
    """Find the fewest links a network lacks for a way, whatever the rules of the question.

    Parameters
    ----------
    network
        The facts.
    relaxed
        All edges, with nothing that its rules could lift for a way.
    """
    out: dict[int, list[tuple[int, _Move]]] = {}
    for tail, head, move in _moves(relaxed):
        out.setdefault(tail, []).append((head, move))
    start, end = relaxed.start, relaxed.start + 1
    came = _reach(out, start)
    if end in came:
        return _along(relaxed, came)
    back: dict[int, list[tuple[int, _Move]]] = {}
    for tail, ways in out.items():
        for head, move in ways:
            back.setdefault(head, []).append((tail, move))
    return Missing((_gap(network, relaxed, came.keys(), _reach(back, end).keys()),), ())


def _moves(relaxed: Relaxed) -> Iterator[tuple[int, int, _Move]]:
    """Yield every step there is, and those there might be."""
    there = {(step.tail, step.head) for step in relaxed.steps}
    for tail, head, index, mask in relaxed.steps:
        shut = relaxed.named(mask & relaxed.shut)
        own = (mask & relaxed.all_rules).bit_count()
        yield tail, head, _Move(own + _CLOSED * len(shut), shut[0] if shut else None, index)
        if index != JOIN and (head, tail) not in there:
            arc = relaxed.arcs[index]
            yield head, tail, _Move(_ABSENT, Bar(BarKind.ONE_WAY, arc.edge.edge_id), JOIN)
    at: dict[str, list[tuple[int, State]]] = {}
    for number, state in enumerate(relaxed.states):
        at.setdefault(state.node_id, []).append((number, state))
    for layer in range(relaxed.layers):
        base = layer * len(relaxed.states)
        for node_id, states in at.items():
            for tail, before in states:
                for head, after in states:
                    if tail != head:
                        name = f"{node_id} {before.mode} {after.mode}"
                        bar = Bar(BarKind.NO_TRANSSHIPMENT, name)
                        yield base + tail, base + head, _Move(_ABSENT, bar, JOIN)


def _reach(
    out: Mapping[int, list[tuple[int, _Move]]], start: int
) -> dict[int, tuple[int, _Move | None]]:
    """Return for every vertex within reach the one before it and the move from there."""
    came: dict[int, tuple[int, _Move | None]] = {}
    queue: list[tuple[int, int, int, int, _Move | None]] = [(0, 0, start, -1, None)]
    pushed = 0
    while queue:
        total, _, vertex, before, by = heappop(queue)
        if vertex in came:
            continue
        came[vertex] = (before, by)
        for head, move in out.get(vertex, ()):
            if head not in came:
                pushed += 1
                heappush(queue, (total + move.weight, pushed, head, vertex, move))
    return came


def _along(relaxed: Relaxed, came: Mapping[int, tuple[int, _Move | None]]) -> Missing:
    bars: list[Bar] = []
    path = []
    vertex, move = came[relaxed.start + 1]
    while move is not None:
        if move.bar is not None:
            bars.append(move.bar)
        if move.arc != JOIN:
            path.append(relaxed.arcs[move.arc])
        vertex, move = came[vertex]
    return Missing(tuple(dict.fromkeys(reversed(bars))), tuple(reversed(path)))


def _gap(network: Network, relaxed: Relaxed, left: Iterable[int], right: Iterable[int]) -> Bar:
    """Name the nearest places on the two sides of a gap, and whether their gauges differ."""
    count = len(relaxed.states)

    def by_layer(vertices: Iterable[int]) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        for vertex in vertices:
            if vertex < count * relaxed.layers:
                layer, number = divmod(vertex, count)
                found.setdefault(layer, set()).add(relaxed.states[number].node_id)
        return found

    sides, others = by_layer(left), by_layer(right)
    pairs = sorted(
        (km, a, b)
        for layer, places in sides.items()
        for a in places
        for b in others.get(layer, ())
        if (km := _km(network.nodes[a], network.nodes[b])) is not None
    )
    if not pairs:
        return Bar(BarKind.NO_LINK)
    _, a, b = pairs[0]
    gauges = network.nodes[a].gauge_mm, network.nodes[b].gauge_mm
    parted = None not in gauges and gauges[0] != gauges[1]
    return Bar(BarKind.NO_GAUGE_CHANGE if parted else BarKind.NO_LINK, f"{a} {b}")


def _km(a: Node, b: Node) -> float | None:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return great_circle_km((a.lat, a.lon), (b.lat, b.lon))
