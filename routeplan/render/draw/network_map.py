"""The whole network as a map: every link between two places, coloured by one of its properties."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from routeplan.network.provenance import confidence_for
from routeplan.network.vocabulary import Confidence, EdgeKind, Metric, Status
from routeplan.render.draw.evidence import cleaned, script_json
from routeplan.render.draw.map_svg import credit_lines
from routeplan.render.draw.markup import Markup, join, tag
from routeplan.render.draw.page import filled_page, legend
from routeplan.render.draw.record import place_dict
from routeplan.render.draw.scene import MODE_NAMES, MapLine, Mark, Scene, position
from routeplan.render.draw.world import world_map
from routeplan.render.picture import ColorBy
from routeplan.units import duration_text, km_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.render.draw.geometry import Point
    from routeplan.render.draw.shapes import ShapeBook

SCHEMA = "routeplan/network-map/1"
_DRAWN = (EdgeKind.MOVE, EdgeKind.BORDER)
_NAMED = ("city", "seaport", "rail_terminal", "river_port")
_MOST_NAMES = 90
_T_PER_TEU = 10.0
"""Tonnes a TEU stands for where capacities are compared by colour."""
_CAPACITY = (("cap-1", 1e5), ("cap-2", 1e6), ("cap-3", 1e7), ("cap-4", float("inf")))
"""Class and the tonnes a year it ends below."""


LEGENDS: dict[ColorBy, dict[str, str]] = {
    ColorBy.MODE: MODE_NAMES,
    ColorBy.STATUS: {str(status): str(status) for status in Status},
    ColorBy.CONFIDENCE: {str(level): f"time {level}" for level in Confidence},
    ColorBy.CAPACITY: {
        "cap-1": "under 0.1 Mt a year",
        "cap-2": "0.1 to 1 Mt",
        "cap-3": "1 to 10 Mt",
        "cap-4": "10 Mt and more",
        "cap-0": "capacity not known",
    },
}
"""Property -> its classes with the words for them. A TEU counts as 10 t in the capacities."""


def network_record(network: Network) -> dict[str, Any]:
    """Return what a map of the network shows.

    Links that differ in direction, vehicle or date only are drawn once and listed together.

    Returns
    -------
    dict
        `title`, `version`, `as_of`, `places` by id, and `links`: each with `edge_ids`, `from`,
        `to`, `mode`, `kind`, and its values as the data rows have them; None where a row leaves it
        blank.
    """
    links: dict[tuple[Any, ...], dict[str, Any]] = {}
    for edge in network.edges.values():
        if edge.kind not in _DRAWN or edge.mode is None:
            continue
        link = _link(edge)
        ends = frozenset((edge.from_node, edge.to_node))
        key = (ends, edge.mode, edge.status, edge.passages, link["distance_km"])
        links.setdefault(key, link)["edge_ids"].append(edge.edge_id)
    used = {node_id for link in links.values() for node_id in (link["from"], link["to"])}
    return {
        "schema": SCHEMA,
        "title": "The network",
        "version": network.version,
        "as_of": network.as_of,
        "places": {
            node.node_id: place_dict(node)
            for node in network.nodes.values()
            if node.node_id in used
        },
        "links": list(links.values()),
    }


def _link(edge: Edge) -> dict[str, Any]:
    time, wait = edge.time, edge.wait
    return {
        "edge_ids": [],
        "from": edge.from_node,
        "to": edge.to_node,
        "mode": str(edge.mode),
        "kind": str(edge.kind),
        "distance_km": edge.distance_km,
        "time_h": time.p50 if time else None,
        "time_h_p10": time.p10 if time else None,
        "time_h_p90": time.p90 if time else None,
        "wait_h": wait.p50 if wait else None,
        "per_week": edge.per_week,
        "capacity_teu_yr": edge.capacity_teu_yr,
        "capacity_t_yr": edge.capacity_t_yr,
        "operator": edge.operator,
        "corridor": edge.corridor,
        "passages": list(edge.passages),
        "status": str(edge.status),
        "open_from": edge.open_from,
        "open_to": edge.open_to,
        "confidence": str(confidence_for(edge, Metric.TIME)),
        "as_of": edge.as_of,
        "note": edge.note,
    }


def link_class(link: dict[str, Any], color_by: ColorBy) -> str:
    """Return the class that colours a link."""
    if color_by is not ColorBy.CAPACITY:
        return str(link[color_by.value])
    tonnes = link["capacity_t_yr"]
    if tonnes is None and link["capacity_teu_yr"] is not None:
        tonnes = link["capacity_teu_yr"] * _T_PER_TEU
    if tonnes is None:
        return "cap-0"
    return next(name for name, end in _CAPACITY if tonnes < end)


def network_scene(record: dict[str, Any], book: ShapeBook, color_by: ColorBy) -> Scene:
    """Return the links of a network record as a scene; those without coordinates are left out."""
    scene = Scene(f"{record['title']} by {color_by}")
    places = record["places"]
    for link in record["links"]:
        start, end = position(places[link["from"]]), position(places[link["to"]])
        if start and end and start != end:
            pieces = book.shapes(link["edge_ids"][0], start, end, link["mode"])
            scene.lines.append(
                MapLine(
                    pieces, link_class(link, color_by), link_title(link, places), mode=link["mode"]
                )
            )
    scene.focus = _mainland(record)
    scene.marks = _cities(record)
    used = {line.style for line in scene.lines}
    scene.legend = [(name, words) for name, words in LEGENDS[color_by].items() if name in used]
    return scene


def _mainland(record: dict[str, Any]) -> list[Point]:
    """Return where the network's places are: ocean ways lead far around them."""
    found = [position(place) for place in record["places"].values()]
    return [at for at in found if at]


def _cities(record: dict[str, Any]) -> list[Mark]:
    """Return the places with most links as marks, those first that more links meet at."""
    links = Counter(link[end] for link in record["links"] for end in ("from", "to"))
    marks: list[Mark] = []
    for node_id, _ in sorted(links.items(), key=lambda item: (-item[1], item[0])):
        place = record["places"][node_id]
        at = position(place)
        if at and place["kind"] in _NAMED and len(marks) < _MOST_NAMES:
            marks.append(Mark(at, "place", place["name"], place["name"]))
    return marks


def link_title(link: dict[str, Any], places: dict[str, Any]) -> str:
    """Name a link: its places, mode, length, status."""
    ends = f"{places[link['from']]['name']} - {places[link['to']]['name']}"
    mode = "border" if link["kind"] == "border" else MODE_NAMES[link["mode"]]
    km = "" if link["distance_km"] is None else f", {km_text(link['distance_km'])} km"
    return f"{ends}, {mode}{km}, {link['status']}"


def network_page(record: dict[str, Any], book: ShapeBook, color_by: ColorBy) -> str:
    """Write the page of a network: colour by any property, choose a link, find one by name."""
    scene = network_scene(record, book, color_by)
    drawn = [link for link in record["links"] if _is_drawn(link, record["places"])]
    slots = {
        "title": join(record["title"]),
        "about": join(
            f"{len(record['places'])} places, {len(record['links'])} links · data of "
            f"{record['as_of']}, version {record['version']}"
        ),
        "map": world_map(scene),
        "legend": legend(scene),
        "credits": join(" · ".join(credit_lines(scene))),
        "colors": join(*(_choice(choice, checked=choice is color_by) for choice in ColorBy)),
        "modes": join(*(_filter(record, mode) for mode in MODE_NAMES)),
        "data": Markup(script_json(cleaned(_page_data(record, drawn)))),
    }
    return filled_page(
        "network.html", slots, ("page.css", "network.css"), ("view.js", "network.js")
    )


def _is_drawn(link: dict[str, Any], places: dict[str, Any]) -> bool:
    start, end = position(places[link["from"]]), position(places[link["to"]])
    return bool(start and end and start != end)


def _choice(choice: ColorBy, *, checked: bool) -> Markup:
    box = tag(
        "input", type="radio", name="color", value=choice.value, checked="" if checked else None
    )
    return tag("label", box, f" {choice.value}")


def _filter(record: dict[str, Any], mode: str) -> Markup | None:
    count = sum(link["mode"] == mode for link in record["links"])
    if not count:
        return None
    box = tag("input", type="checkbox", name="mode", value=mode, checked="")
    return tag("label", box, f" {MODE_NAMES[mode]} ({count})")


def _page_data(record: dict[str, Any], drawn: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Pack what the page shows of each link, in the order they are drawn."""
    return {
        "legends": {str(key): list(words.items()) for key, words in LEGENDS.items()},
        "links": [
            [
                link_title(link, record["places"]),
                link["mode"],
                [link_class(link, color_by) for color_by in ColorBy],
                _facts(link),
                link["note"],
            ]
            for link in drawn
        ],
    }


def _facts(link: dict[str, Any]) -> list[list[str]]:
    """Write a link's values, the known ones only."""
    spread = ""
    if link["time_h"] is not None and link["time_h_p10"] is not None:
        spread = (
            f" (P10 {duration_text(link['time_h_p10'])}, P90 {duration_text(link['time_h_p90'])})"
        )
    values = {
        "time": None if link["time_h"] is None else duration_text(link["time_h"]) + spread,
        "wait": duration_text(link["wait_h"]) if link["wait_h"] else None,
        "departures a week": None if link["per_week"] is None else f"{link['per_week']:g}",
        "capacity, TEU a year": _amount(link["capacity_teu_yr"]),
        "capacity, t a year": _amount(link["capacity_t_yr"]),
        "operator": link["operator"],
        "corridor": link["corridor"],
        "passages": ", ".join(link["passages"]),
        "open from": link["open_from"],
        "open to": link["open_to"],
        "time is": f"{link['confidence']}, {link['as_of']}",
        "links": ", ".join(link["edge_ids"]),
    }
    return [[name, value] for name, value in values.items() if value]


def _amount(value: float | None) -> str | None:
    return None if value is None else km_text(value)
