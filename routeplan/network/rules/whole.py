"""G-rules: the network as a whole."""

# ruff: noqa: D401 - a rule's docstring is its explanation to the user

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.network.findings import Severity
from routeplan.network.rules.common import joined_rows, nodes_by_id, rows, ways
from routeplan.network.rules.registry import Fault, rule
from routeplan.network.vocabulary import EdgeKind, Mode, NodeKind, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.network.dataset import DataSet
    from routeplan.network.rules.common import State

_ACCESS = (EdgeKind.ACCESS, EdgeKind.MOVE, EdgeKind.GAUGE_CHANGE)
_OPEN = (Status.OPEN, Status.RESTRICTED)


@rule("G001", Severity.WARNING, "a place has an edge", needs_all_rows=True)
def node_without_edge(dataset: DataSet) -> Iterator[Fault]:
    """A place that no edge touches can be neither reached nor left.

    Add an edge, or remove the place.
    """
    touched = {n for edge in dataset.edges.records for n in (edge.from_node, edge.to_node)}
    for node, line in rows(dataset.nodes):
        if node.node_id not in touched:
            message = "no edge touches it"
            remedy = "Add an edge, or remove the place."
            yield Fault(dataset.nodes, line, "node_id", node.node_id, message, remedy)


@rule("G002", Severity.WARNING, "a place can be reached and left", needs_all_rows=True)
def unreachable(dataset: DataSet) -> Iterator[Fault]:
    """From the largest part of the network every place can be reached, and the part from it again.

    Counted are open and restricted edges, and each mode of a place on its own: a train that arrives
    where nothing loads from rail and no train goes on is at a dead end. Usually a transshipment, an
    access edge or a direction is missing. Add it, or set status to planned or closed.
    """
    core, states = _core(dataset)
    if len(states) > 1 and len(core) <= 1:
        message = "no two places can be reached from each other: every edge leads one way"
        yield Fault(dataset.edges, 0, "", "", message, "Add ways back, or set directed to no.")
        return
    outside: dict[str, set[str]] = {}
    for state in states - core:
        outside.setdefault(state.node_id, set()).add(_by(state))
    reachable = {state.node_id for state in core}
    for node, line in rows(dataset.nodes):
        lost = ", ".join(sorted(outside.get(node.node_id, ())))
        if lost:
            message = f"cut off by {lost} from the rest, one way or both"
            if node.node_id not in reachable:
                message = f"cut off from the largest part of the network, reached by {lost} only"
            remedy = "Add the transshipment, access edge or direction that is missing."
            yield Fault(dataset.nodes, line, "node_id", node.node_id, message, remedy)


@rule("G003", Severity.WARNING, "modes are joined by transshipments", needs_all_rows=True)
def no_transshipment(dataset: DataSet) -> Iterator[Fault]:
    """Several modes without a single transship row are several networks, not one.

    A transship row has from_node = to_node and says from which mode to which. Add one wherever
    cargo changes the mode, one for each direction or with directed set to no.
    """
    modes = {str(edge.mode) for edge in dataset.edges.records}
    kinds = {edge.kind for edge in dataset.edges.records}
    if len(modes) > 1 and EdgeKind.TRANSSHIP not in kinds:
        message = f"{', '.join(sorted(modes))}, and no transship row joins them"
        yield Fault(dataset.edges, 0, "", "", message, "Add transship rows where the mode changes.")


@rule("G004", Severity.WARNING, "a transshipment joins modes that call there", needs_all_rows=True)
def idle_transshipment(dataset: DataSet) -> Iterator[Fault]:
    """A transshipment is of use only where its first mode arrives and its second one leaves.

    Looked at are edges of any status. Either an edge of that mode is missing at the place, or the
    row stands at the wrong node, such as the city in place of its terminal. Correct it.
    """
    arriving, leaving = set(), set()
    for edge in dataset.edges.records:
        if edge.kind is not EdgeKind.TRANSSHIP:
            for start, end in ways(edge):
                leaving.add(start)
                arriving.add(end)
    for edge, line in rows(dataset.edges):
        if edge.kind is not EdgeKind.TRANSSHIP:
            continue
        for start, end in ways(edge):
            idle = _idle(start, end, arriving, leaving)
            if idle:
                column, state, what = idle
                message = f"nothing {what} {_by(state)} at {state.node_id}"
                remedy = "Add the edge that is missing, or remove the row."
                yield Fault(dataset.edges, line, column, str(state.mode), message, remedy)
                break


@rule("G005", Severity.WARNING, "a terminal is joined to its city", needs_all_rows=True)
def terminal_without_access(dataset: DataSet) -> Iterator[Fault]:
    """A terminal with a city_id has a road edge to the city or to another of its terminals.

    Without one a truck cannot bring cargo from the city to the terminal. Add a row of kind access.
    Twins joined by a gauge_change share what access the other one has.
    """
    joined = {
        node.node_id
        for edge, _, start, end in joined_rows(dataset, *_ACCESS)
        if (edge.mode is Mode.ROAD or edge.kind is EdgeKind.GAUGE_CHANGE)
        and (start.city_id or start.node_id) == (end.city_id or end.node_id)
        for node in (start, end)
    }
    nodes = nodes_by_id(dataset)
    for node, line in rows(dataset.nodes):
        city = nodes.get(node.city_id)
        apart = node.kind is NodeKind.CITY or node.node_id in joined
        if city is not None and not apart:
            message = f"no road edge joins {node.node_id} to its city"
            remedy = "Add a row of kind access to edges.csv."
            yield Fault(dataset.nodes, line, "city_id", node.city_id, message, remedy)


def _core(dataset: DataSet) -> tuple[set[State], set[State]]:
    """Return the largest part within which all can be reached, and all states."""
    import networkx as nx

    nodes = nodes_by_id(dataset)
    graph: nx.DiGraph[Any] = nx.DiGraph()
    for edge in dataset.edges.records:
        if edge.status in _OPEN and edge.from_node in nodes and edge.to_node in nodes:
            graph.add_edges_from(ways(edge))
    parts = nx.strongly_connected_components(graph)
    largest = min(parts, key=lambda part: (-len(part), min(map(str, part))), default=set())
    return largest, set(graph)


def _by(state: State) -> str:
    vehicle = f" ({state.vehicle})" if state.vehicle else ""
    return f"{state.mode}{vehicle}"


def _idle(
    start: State, end: State, arriving: set[State], leaving: set[State]
) -> tuple[str, State, str] | None:
    if start not in arriving:
        return "mode", start, "arrives by"
    if end not in leaving:
        return "to_mode", end, "leaves by"
    return None
