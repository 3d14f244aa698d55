"""N-rules: places."""

# ruff: noqa: D401 - a rule's docstring is its explanation to the user

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from routeplan.network.findings import Severity
from routeplan.network.rules.common import LAND, Suggester, lacks_column, nodes_by_id, rows
from routeplan.network.rules.registry import Fault, rule
from routeplan.network.vocabulary import EdgeKind, Mode, NodeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.network.dataset import DataSet
    from routeplan.network.records import Node

_SAME_PLACE_DEG = 0.01
_SWAP_DEG = 5.0


@rule("N001", Severity.ERROR, "a terminal's city exists")
def unknown_city(dataset: DataSet) -> Iterator[Fault]:
    """The column city_id names the city node a terminal belongs to.

    A search that starts in the city may start at any of its terminals, so a city_id that leads
    nowhere would hide the terminal. Correct the id, or add the city to nodes.csv.
    """
    known = nodes_by_id(dataset)
    suggester = Suggester(known)
    if not dataset.nodes.complete:
        return
    for node, line in rows(dataset.nodes):
        value = node.city_id
        if value and value not in known and value not in dataset.nodes.unread:
            remedy = suggester.remedy(value, "Add the city to nodes.csv.")
            yield Fault(dataset.nodes, line, "city_id", value, "no such node", remedy)


@rule("N002", Severity.WARNING, "a terminal belongs to a city")
def city_is_no_city(dataset: DataSet) -> Iterator[Fault]:
    """The node named by city_id should be of kind city, and a city belongs to no other city.

    Otherwise the terminal is not found under the name of its city. Name the city node, or leave
    city_id empty for a place that stands alone.
    """
    known = nodes_by_id(dataset)
    for node, line in rows(dataset.nodes):
        city = known.get(node.city_id)
        if city is None:
            continue
        if city.kind is not NodeKind.CITY:
            message = f"this node is a {city.kind}, not a city"
        elif node.kind is NodeKind.CITY:
            message = "a city belongs to no other city"
        else:
            continue
        remedy = "Name the city node, or leave the cell empty."
        yield Fault(dataset.nodes, line, "city_id", node.city_id, message, remedy)


@rule("N003", Severity.WARNING, "coordinates are plausible")
def odd_coordinates(dataset: DataSet) -> Iterator[Fault]:
    """Coordinates come in pairs, are not 0,0, and lie near other places of the country.

    A place that would lie beside one of them with latitude and longitude exchanged surely has them
    exchanged. Wrong coordinates spoil maps, distance checks and the search for the nearest
    terminal. Correct them, or leave both empty where they are unknown.
    """
    peers = _cells_by_country(dataset)
    for node, line in rows(dataset.nodes):
        lat, lon = node.lat, node.lon
        if lat is None and lon is None:
            continue
        if lat is None or lon is None:
            column = "lat" if lat is None else "lon"
            message = "empty, while the other coordinate is given"
            yield Fault(dataset.nodes, line, column, "", message, "Give both or none.")
        elif lat == 0 and lon == 0:
            message = "0, 0 lies in the Gulf of Guinea and mostly means unknown"
            yield Fault(dataset.nodes, line, "lat", "0", message, "Leave both cells empty.")
        elif _looks_swapped(lat, lon, peers[node.country]):
            message = "latitude and longitude seem to be exchanged"
            value = f"{lat:g}, {lon:g}"
            yield Fault(dataset.nodes, line, "lat", value, message, "Exchange the two.")


@rule("N004", Severity.WARNING, "places on land edges name their country")
def missing_country(dataset: DataSet) -> Iterator[Fault]:
    """Without its country a place takes part in no border check and in no country's rates.

    A request to avoid the country would not avoid it either. Looked at are the places that rail or
    road edges touch. Give the ISO 3166-1 code, such as KZ.
    """
    remedy = "Add it, with ISO 3166-1 codes such as KZ."
    yield from lacks_column(dataset.nodes, "country", "there is no column country", remedy)
    if "country" not in dataset.nodes.positions:
        return
    touched = {
        node_id
        for edge in dataset.edges.records
        if edge.mode in LAND
        for node_id in (edge.from_node, edge.to_node)
    }
    for node, line in rows(dataset.nodes):
        if not node.country and node.node_id in touched:
            message = f"{node.node_id} has land edges and no country"
            remedy = "Give the ISO 3166-1 code, such as KZ."
            yield Fault(dataset.nodes, line, "country", "", message, remedy)


@rule("N005", Severity.WARNING, "two nodes at one place have two names")
def same_place_same_name(dataset: DataSet) -> Iterator[Fault]:
    """Two nodes within about a kilometre and with the same name cannot be told apart by name.

    Twins on two gauges or two sides of a border are welcome, but answers name them too. Write
    what differs into the name, or merge the nodes if they are one.
    """
    seen: dict[str, list[tuple[Node, int]]] = {}
    for node, line in rows(dataset.nodes):
        namesakes = seen.setdefault(_folded(node.name), [])
        for other, first in namesakes:
            if _is_same_place(node, other):
                message = f"{other.node_id} in line {first} lies at the same place under this name"
                remedy = "Write what differs into the name, or merge the two."
                yield Fault(dataset.nodes, line, "name", node.name, message, remedy)
                break
        namesakes.append((node, line))


@rule("N006", Severity.WARNING, "a code belongs to one city")
def shared_code(dataset: DataSet) -> Iterator[Fault]:
    """A UN/LOCODE or IATA code names one city; its terminals may share it.

    Where nodes of different cities carry the same code, a request by code is ambiguous and one of
    the two is wrong. Correct it, or set city_id if the nodes belong together.
    """
    for column in ("unlocode", "iata"):
        first: dict[str, tuple[Node, int]] = {}
        for node, line in rows(dataset.nodes):
            code = getattr(node, column)
            if not code:
                continue
            other, other_line = first.setdefault(code, (node, line))
            if _city(other) != _city(node):
                message = f"{other.node_id} of another city has this code in line {other_line}"
                remedy = "Correct one of them, or set city_id where they belong together."
                yield Fault(dataset.nodes, line, column, code, message, remedy)


@rule("N007", Severity.WARNING, "a name or alias belongs to one city of a country")
def ambiguous_name(dataset: DataSet) -> Iterator[Fault]:
    """A name that answers for several cities of one country cannot be used in a request.

    Across countries a question tells them apart: `Dimitrovgrad, RS`. Names and aliases are compared
    without regard to case; terminals may share a name with their city. Drop the alias where it is
    less usual, or set city_id if the nodes belong together.
    """
    first: dict[tuple[str, str], tuple[Node, int]] = {}
    for node, line in rows(dataset.nodes):
        for column, name in (("name", node.name), *(("aliases", a) for a in node.aliases)):
            key = (node.country, _folded(name))
            other, other_line = first.setdefault(key, (node, line))
            if _city(other) != _city(node) and not _is_same_place(other, node):
                message = f"{other.node_id} in line {other_line} answers to this name too"
                remedy = "Drop it from one of them, or set city_id where they belong together."
                yield Fault(dataset.nodes, line, column, name, message, remedy)


@rule("N008", Severity.WARNING, "a place has coordinates")
def missing_coordinates(dataset: DataSet) -> Iterator[Fault]:
    """A place without coordinates is on no map and its edges' distances are not checked.

    Give latitude and longitude of the actual terminal, station or port in degrees.
    """
    remedy = "Add it, in degrees."
    for column in ("lat", "lon"):
        message = f"there is no column {column}"
        yield from lacks_column(dataset.nodes, column, message, remedy)
    if not {"lat", "lon"} <= dataset.nodes.positions.keys():
        return
    for node, line in rows(dataset.nodes):
        if node.lat is None and node.lon is None:
            message = f"{node.node_id} has no coordinates"
            yield Fault(dataset.nodes, line, "lat", "", message, "Give latitude and longitude.")


@rule("N009", Severity.WARNING, "a place on a railway gives its gauge")
def missing_gauge(dataset: DataSet) -> Iterator[Fault]:
    """Without the gauge of a rail node a train could run through a break of gauge for free.

    Looked at only where nodes.csv has the column gauge_mm. Give 1520 or 1435, and twin nodes with
    a gauge_change edge between them where both gauges meet.
    """
    if "gauge_mm" not in dataset.nodes.positions:
        return
    on_rail = {
        node_id
        for edge in dataset.edges.records
        if edge.mode is Mode.RAIL and edge.kind is not EdgeKind.TRANSSHIP
        for node_id in (edge.from_node, edge.to_node)
    }
    for node, line in rows(dataset.nodes):
        if node.gauge_mm is None and node.node_id in on_rail:
            message = f"{node.node_id} has rail edges and no gauge"
            yield Fault(dataset.nodes, line, "gauge_mm", "", message, "Give 1520 or 1435.")


@rule("N010", Severity.WARNING, "a time zone exists")
def unknown_timezone(dataset: DataSet) -> Iterator[Fault]:
    """The column timezone holds a name of the IANA time zone database, such as Asia/Almaty.

    Hours of departure and of closing are local, so a name nobody knows leaves them unread. Correct
    it. Nothing is said where this computer has no such database.
    """
    if not any(node.timezone for node in dataset.nodes.records):
        return
    from zoneinfo import available_timezones

    known = available_timezones()
    suggester = Suggester(known)
    for node, line in rows(dataset.nodes):
        value = node.timezone
        if value and known and value not in known:
            remedy = suggester.remedy(value, "Write a name such as Asia/Almaty.")
            yield Fault(dataset.nodes, line, "timezone", value, "no such time zone", remedy)


def _city(node: Node) -> str:
    return node.city_id or node.node_id


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _is_same_place(a: Node, b: Node) -> bool:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    return abs(a.lat - b.lat) < _SAME_PLACE_DEG and abs(a.lon - b.lon) < _SAME_PLACE_DEG


def _cells_by_country(dataset: DataSet) -> dict[str, Counter[tuple[int, int]]]:
    """Count the places in each degree of latitude and longitude."""
    cells: dict[str, Counter[tuple[int, int]]] = {}
    for node in dataset.nodes.records:
        if node.lat is not None and node.lon is not None:
            counted = cells.setdefault(node.country, Counter())
            counted[round(node.lat), round(node.lon)] += 1
    return cells


def _looks_swapped(lat: float, lon: float, peers: Counter[tuple[int, int]]) -> bool:
    """Whether a point lies far from all of its country, and near to some when exchanged."""
    own = (round(lat), round(lon))
    others = [cell for cell, count in peers.items() if cell != own or count > 1]
    as_is = min((abs(lat - a) + abs(lon - b) for a, b in others), default=0.0)
    exchanged = min((abs(lon - a) + abs(lat - b) for a, b in others), default=0.0)
    return as_is > _SWAP_DEG and exchanged < as_is / 4
