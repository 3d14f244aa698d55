"""A plan or a network as map layers: what KML, GPX, GeoPackage and GeoJSON of a network draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from routeplan.network.column import columns_of
from routeplan.network.records import Edge, Node
from routeplan.render.geo.line import line_of, point_of
from routeplan.render.records import itinerary_dict, itinerary_rows
from routeplan.render.rows.plan import PLAN_FIELDS, leg_row
from routeplan.render.rows.tables import field_of, record_row, table_of
from routeplan.render.rows.writer import Field
from routeplan.render.way import Step, label
from routeplan.render.words import best_at_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from routeplan.itinerary.model import Itinerary, Plan
    from routeplan.network.model import Network
    from routeplan.render.geo.line import Point

POINT, LINE, LINES = "Point", "LineString", "MultiLineString"
PLACES = "Places"
_END_FIELDS = (
    Field("from_name", str, "name of the start"),
    Field("to_name", str, "name of the end"),
    PLAN_FIELDS["shape"],
)


class Feature(NamedTuple):
    """One thing on a map.

    Parameters
    ----------
    parts
        Lines of points, longitude first; one for all geometries but MultiLineString.
    row
        Its values by column.
    title
        What it is called, in one line.
    folder
        The heading it stands under where a format has headings.
    style
        A mode, or empty for a place.
    """

    parts: tuple[tuple[Point, ...], ...]
    row: Mapping[str, Any]
    title: str
    folder: str
    style: str = ""


class Layer(NamedTuple):
    """Features of one geometry with the same columns.

    Parameters
    ----------
    name
        `ways`, `legs`, `handling`, `places`, `links`, `transfers`.
    geometry
        POINT, LINE or LINES.
    fields
        The columns.
    features
        In order.
    """

    name: str
    geometry: str
    fields: Sequence[Field]
    features: Sequence[Feature]


def plan_layers(plan: Plan) -> list[Layer]:
    """Return a plan as layers: whole ways, legs, handling at one place, places called at.

    A leg whose ends have no coordinates is left out.
    """
    legs = [
        feature
        for rank, itinerary in enumerate(plan.itineraries, 1)
        for feature in _leg_features(itinerary, rank)
    ]
    ways = [
        Feature(_joined(itinerary), row, way_title(itinerary, row["rank"]), "Ways")
        for itinerary, row in zip(plan.itineraries, itinerary_rows(plan), strict=True)
    ]
    lines, points = _by_geometry(legs)
    places = [feature for feature in _places_of(plan) if feature.parts]
    return [
        _layer("ways", LINES, [way for way in ways if way.parts], itinerary_rows(plan)),
        _layer("legs", LINE, lines, [feature.row for feature in legs]),
        _layer("handling", POINT, points, [feature.row for feature in legs]),
        _layer("places", POINT, places, [feature.row for feature in places]),
    ]


def network_layers(network: Network) -> list[Layer]:
    """Return a network as layers: links, what happens at one place, places.

    What has no coordinates is left out.
    """
    columns = columns_of(Edge)
    edges = []
    for edge in network.edges.values():
        start, end = network.nodes[edge.from_node], network.nodes[edge.to_node]
        line = line_of(edge, start, end)
        if line is not None:
            names = {"from_name": label(start), "to_name": label(end), "shape": line.shape}
            row = record_row(columns, edge) | names
            title = f"{label(start)} - {label(end)}" if start is not end else label(start)
            folder = f"{edge.kind or 'link'}, {edge.mode}"
            edges.append(Feature((line.points,), row, title, folder, str(edge.mode)))
    lines, points = _by_geometry(edges)
    fields = [*map(field_of, columns), *_END_FIELDS]
    places = [_place(node, {}) for node in network.nodes.values()]
    return [
        Layer("links", LINE, fields, lines),
        Layer("transfers", POINT, fields, points),
        Layer("places", POINT, _node_fields(), [place for place in places if place.parts]),
    ]


def way_title(itinerary: Itinerary, rank: int) -> str:
    """Name a way by its rank and what it is best at."""
    return f"Way {rank}: {best_at_text(itinerary)}"


def _leg_features(itinerary: Itinerary, rank: int) -> list[Feature]:
    found = []
    described = itinerary_dict(itinerary, rank)["legs"]
    for number, (leg, values) in enumerate(zip(itinerary.legs, described, strict=True), 1):
        line = line_of(leg.edge, leg.start, leg.end)
        if line is None:
            continue
        step = Step((leg,))
        row = leg_row(leg, values, rank, number) | {"shape": line.shape}
        title = f"{number} {step.action}: {step.places}"
        folder = way_title(itinerary, rank)
        found.append(Feature((line.points,), row, title, folder, str(leg.mode)))
    return found


def _joined(itinerary: Itinerary) -> tuple[tuple[Point, ...], ...]:
    """Join the lines of the legs end to end; a leg without coordinates leaves a gap."""
    parts: list[list[Point]] = []
    for leg in itinerary.legs:
        line = line_of(leg.edge, leg.start, leg.end)
        if line is None:
            continue
        if parts and parts[-1][-1] == line.points[0]:
            parts[-1].extend(line.points[1:])
        else:
            parts.append(list(line.points))
    return tuple(tuple(part) for part in parts if len(part) > 1)


def _places_of(plan: Plan) -> list[Feature]:
    """List the places of all ways, each once, with the ways that call there."""
    ranks: dict[str, list[int]] = {}
    nodes: dict[str, Node] = {}
    for rank, itinerary in enumerate(plan.itineraries, 1):
        for leg in itinerary.legs:
            for node in (leg.start, leg.end):
                nodes[node.node_id] = node
                called = ranks.setdefault(node.node_id, [])
                if rank not in called:
                    called.append(rank)
    return [
        _place(node, {"ways": "|".join(map(str, ranks[node_id]))})
        for node_id, node in nodes.items()
    ]


def _place(node: Node, more: Mapping[str, Any]) -> Feature:
    point = point_of(node)
    row = {**record_row(columns_of(Node), node), **more}
    return Feature(((point,),) if point else (), row, label(node), PLACES)


def _node_fields() -> list[Field]:
    return [field_of(column) for column in columns_of(Node)]


def _layer(
    name: str, geometry: str, features: Sequence[Feature], rows: Sequence[Mapping[str, Any]]
) -> Layer:
    known = {field.name: field for field in _node_fields()} if name == "places" else PLAN_FIELDS
    more = {"ways": Field("ways", str, "numbers of the ways that call there")}
    return Layer(name, geometry, table_of(name, rows, {**known, **more}).fields, features)


def _by_geometry(features: Iterable[Feature]) -> tuple[list[Feature], list[Feature]]:
    lines: list[Feature] = []
    points: list[Feature] = []
    for feature in features:
        (points if len(feature.parts[0]) == 1 else lines).append(feature)
    return lines, points
