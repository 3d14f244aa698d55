"""E-rules on how an edge is put together: its ends, kind, modes and direction."""

# ruff: noqa: D401 - a rule's docstring is its explanation to the user

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.network.findings import Severity
from routeplan.network.rules.common import (
    LAND,
    Suggester,
    joined_rows,
    nodes_by_id,
    rows,
    ways,
)
from routeplan.network.rules.registry import Fault, rule
from routeplan.network.vocabulary import EdgeKind, Mode, Vehicle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.network.dataset import DataSet
    from routeplan.network.records import Edge
    from routeplan.network.rules.common import State

_ROLLS_ON = {Mode.ROAD: Vehicle.TRUCK, Mode.RAIL: Vehicle.WAGON}
_RELAYED = (Mode.SEA, Mode.BARGE, Mode.AIR)
_TELLS_APART = (
    "operator",
    "corridor",
    "note",
    "traction",
    "window",
    "departs",
    "status",
    "open_from",
    "open_to",
    "season_id",
)


@rule("E001", Severity.ERROR, "an edge joins places that exist")
def unknown_node(dataset: DataSet) -> Iterator[Fault]:
    """The columns from_node and to_node hold ids of nodes.csv, spelled exactly as there.

    An edge to nowhere is a typing error, or a row is missing. Correct the id or add the node.
    """
    known = nodes_by_id(dataset)
    suggester = Suggester(known)
    if not dataset.nodes.complete:
        return
    for edge, line in rows(dataset.edges):
        for column in ("from_node", "to_node"):
            value = getattr(edge, column)
            if value not in known and value not in dataset.nodes.unread:
                remedy = suggester.remedy(value, "Add it to nodes.csv.")
                yield Fault(dataset.edges, line, column, value, "no such node", remedy)


@rule("E002", Severity.ERROR, "kind, ends and modes fit together")
def kind_and_modes(dataset: DataSet) -> Iterator[Fault]:
    """A transshipment changes the mode within one node; every other kind joins two nodes.

    So transship needs from_node = to_node and a to_mode other than mode (the same only to relay
    from ship to ship, barge to barge or flight to flight); move, access, border and
    gauge_change need two different nodes and no to_mode; only rail has a gauge to change. Where
    kind is empty it is transship if both ends are one node, else move.
    """
    for edge, line in rows(dataset.edges):
        for column, message, remedy in _kind_faults(edge):
            value = str(getattr(edge, column) or "")
            yield Fault(dataset.edges, line, column, value, message, remedy)


@rule("E003", Severity.ERROR, "only a ferry has a vehicle")
def vehicle_without_ferry(dataset: DataSet) -> Iterator[Fault]:
    """The column vehicle says what rolls onto a ferry: truck or wagon.

    On other modes it would split the places in two halves that no transshipment joins. Leave it
    empty there.
    """
    for edge, line in rows(dataset.edges):
        if edge.vehicle is not None and Mode.FERRY not in (edge.mode, edge.to_mode):
            message = f"a {edge.mode} edge has no vehicle"
            remedy = "Leave it empty, or make the mode ferry."
            yield Fault(dataset.edges, line, "vehicle", edge.vehicle, message, remedy)


@rule("E004", Severity.WARNING, "trucks come by road, wagons by rail")
def vehicle_of_other_mode(dataset: DataSet) -> Iterator[Fault]:
    """At a ferry port trucks roll on and off by road, and wagons by rail.

    A transshipment from rail to a truck ferry would turn a wagon into a truck for free. Correct the
    vehicle, or pass through road with a row of its own.
    """
    for edge, line in rows(dataset.edges):
        if Mode.FERRY not in (edge.mode, edge.to_mode) or edge.kind is not EdgeKind.TRANSSHIP:
            continue
        land = edge.mode if edge.to_mode is Mode.FERRY else edge.to_mode
        expected = _ROLLS_ON.get(land) if land else None
        if expected is not None and edge.vehicle is not expected:
            message = f"between {land} and ferry a {expected} is what rolls"
            value = str(edge.vehicle or "")
            remedy = f"Write {expected}, or correct the mode."
            yield Fault(dataset.edges, line, "vehicle", value, message, remedy)


@rule("E005", Severity.WARNING, "an edge stands once")
def duplicate_edge(dataset: DataSet) -> Iterator[Fault]:
    """Two rows for the same ends, kind, mode, vehicle and direction are surely one too many.

    They are welcome where operator, corridor, traction, window, departures, status, dates, season
    or note tell them apart. Otherwise remove one, or write into the note what differs.
    """
    first: dict[tuple[Any, ...], tuple[str, int]] = {}
    for edge, line in rows(dataset.edges):
        apart = tuple(getattr(edge, name) for name in _TELLS_APART)
        for start, end in ways(edge):
            other, other_line = first.setdefault(
                (start, end, edge.kind, apart), (edge.edge_id, line)
            )
            if other_line != line:
                message = f"leads the same way as {other} in line {other_line}"
                remedy = "Remove one, or tell them apart by operator, corridor or note."
                yield Fault(dataset.edges, line, "edge_id", edge.edge_id, message, remedy)
                break


@rule("E006", Severity.WARNING, "a land edge between two countries is a border")
def land_edge_abroad(dataset: DataSet) -> Iterator[Fault]:
    """A rail or road edge from one country to another hides the border it crosses.

    Its formalities and queue would cost no time, and no scenario could shut or slow that border.
    Cut the edge at twin nodes on the two sides and join them by a row of kind border or
    gauge_change.
    """
    for edge, line, start, end in joined_rows(dataset, EdgeKind.MOVE, EdgeKind.ACCESS):
        abroad = start.country and end.country and start.country != end.country
        if edge.mode in LAND and abroad:
            message = f"crosses from {start.country} to {end.country} without a border"
            remedy = "Put twin nodes at the border and a row of kind border between them."
            yield Fault(dataset.edges, line, "kind", str(edge.kind), message, remedy)


@rule("E007", Severity.WARNING, "a border has two sides")
def border_within_country(dataset: DataSet) -> Iterator[Fault]:
    """The ends of a border edge lie in two countries.

    Otherwise a country is wrong, or an end is not the twin on the other side. A gauge_change may
    lie within one country.
    """
    for _, line, start, end in joined_rows(dataset, EdgeKind.BORDER):
        if start.country and start.country == end.country:
            message = f"both ends lie in {start.country}"
            remedy = "Correct an end or its country, or make it a move."
            yield Fault(dataset.edges, line, "kind", "border", message, remedy)


@rule("E008", Severity.WARNING, "rails of one gauge join")
def gauge_break(dataset: DataSet) -> Iterator[Fault]:
    """A train runs through between two nodes of one gauge only; a gauge_change joins two gauges.

    Between 1520 and 1435 mm containers are reloaded or bogies changed, which takes hours and costs
    money. Put a twin node and a row of kind gauge_change where the gauges meet.
    """
    kinds = (EdgeKind.MOVE, EdgeKind.BORDER, EdgeKind.ACCESS, EdgeKind.GAUGE_CHANGE)
    for edge, line, start, end in joined_rows(dataset, *kinds):
        if edge.mode is not Mode.RAIL or start.gauge_mm is None or end.gauge_mm is None:
            continue
        changes = edge.kind is EdgeKind.GAUGE_CHANGE
        if changes == (start.gauge_mm == end.gauge_mm):
            message = f"joins {start.gauge_mm} and {end.gauge_mm} mm"
            remedy = (
                "Make it a move or a border, or correct a gauge."
                if changes
                else "Put a twin node and a gauge_change row where the gauges meet."
            )
            yield Fault(dataset.edges, line, "kind", str(edge.kind), message, remedy)


@rule("E009", Severity.WARNING, "every way has a way back", needs_all_rows=True)
def one_way(dataset: DataSet) -> Iterator[Fault]:
    """A directed edge without an edge of the same kind, mode and vehicle back is often forgotten.

    Return cargo would find no route, or a strange one. Add the way back, set directed to no, or
    write "one way" into the note where it is meant.
    """
    known = {(*way, edge.kind) for edge in dataset.edges.records for way in ways(edge)}
    for edge, line in rows(dataset.edges):
        start, end = next(ways(edge))
        meant = "one way" in edge.note.lower().replace("-", " ")
        if edge.directed and not meant and (end, start, edge.kind) not in known:
            message = f"nothing leads back {_reverse(start, end)}"
            remedy = 'Add the way back, or write "one way" into the note.'
            yield Fault(dataset.edges, line, "directed", "yes", message, remedy)


def _kind_faults(edge: Edge) -> Iterator[tuple[str, str, str]]:
    one_node = edge.from_node == edge.to_node
    if edge.kind is EdgeKind.TRANSSHIP:
        if not one_node:
            yield "to_node", "a transshipment happens within one node", "Repeat from_node here."
        if edge.to_mode is None:
            yield "to_mode", "a transshipment without a mode of departure", "Say onto which mode."
        elif edge.to_mode is edge.mode and edge.mode not in _RELAYED:
            yield "to_mode", "a transshipment to the mode it comes from", "Name the other mode."
        return
    if one_node:
        remedy = "Name the other end, or make it a transship with a to_mode."
        yield "to_node", f"a row of kind {edge.kind} leads from a node to itself", remedy
    if edge.to_mode is not None:
        yield "to_mode", f"a row of kind {edge.kind} keeps its mode", "Leave it empty."
    if edge.kind is EdgeKind.GAUGE_CHANGE and edge.mode is not Mode.RAIL:
        yield "mode", "only rail has a gauge to change", "Write rail."


def _reverse(start: State, end: State) -> str:
    if start.node_id == end.node_id:
        return f"from {end.mode} to {start.mode} at {start.node_id}"
    return f"from {end.node_id} to {start.node_id} by {start.mode}"
