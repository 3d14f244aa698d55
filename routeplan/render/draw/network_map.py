"""The whole network as a map: every link between two places, coloured by one of its properties."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from routeplan.network.provenance import confidence_for
from routeplan.network.vocabulary import Confidence, EdgeKind, Metric, Status
from routeplan.render.draw.changed import SAME, SHUT, WORDS, changed_links
from routeplan.render.draw.evidence import cleaned, script_json
from routeplan.render.draw.map_svg import credit_lines
from routeplan.render.draw.markup import Markup, join, tag
from routeplan.render.draw.page import filled_page, legend
from routeplan.render.draw.record import place_dict
from routeplan.render.draw.routes import ROUTE_NAMES, middle, route_legend
from routeplan.render.draw.scene import MODE_NAMES, MapLine, Mark, Scene, position, route_lines
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
_AT_PLACES = (EdgeKind.TRANSSHIP, EdgeKind.GAUGE_CHANGE)
_NAMED = ("city", "seaport", "rail_terminal", "river_port")
_COUNTED = {"shut": "links closed", "opened": "opened", "altered": "changed"}
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
    ColorBy.CHANGE: WORDS,
}
"""Property -> its classes with the words for them. A TEU counts as 10 t in the capacities."""


def network_record(network: Network, base: Network | None = None) -> dict[str, Any]:
    """Return what a map of the network shows.

    Links that differ in direction, vehicle or date only are drawn once and listed together.

    Parameters
    ----------
    network
        The facts, or what a scenario made of them.
    base
        The facts it made that of; None for a network as it is.

    Returns
    -------
    dict
        `title`, `version`, `as_of`, `places` by id, and `links`: each with `edge_ids`, `from`,
        `to`, `mode`, `kind`, and its values as the data rows have them; None where a row leaves it
        blank. Of a scenario `change` says what became of the link, and `differences` which values
        were what; `shut_places` are those where handling closed, `told` is what a page says of it,
        line by line, and `routes` are the ways to draw over it, `route_places` theirs.
    """
    changed = {} if base is None else changed_links(base, network)
    links: dict[tuple[Any, ...], dict[str, Any]] = {}
    for edge in network.edges.values():
        if edge.kind not in _DRAWN or edge.mode is None:
            continue
        link = _link(edge)
        known = changed.get(edge.edge_id)
        if known:
            link["change"] = known.state
            link["differences"] = [list(difference) for difference in known.differences]
        ends = frozenset((edge.from_node, edge.to_node))
        key = (ends, edge.mode, edge.status, edge.passages, link["distance_km"], known)
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
        "is_changed": base is not None,
        "shut_places": sorted(
            {
                network.edges[edge_id].from_node
                for edge_id, known in changed.items()
                if known.state == SHUT and network.edges[edge_id].kind in _AT_PLACES
            }
        ),
        "routes": [],
        "route_places": {},
        "told": [],
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
        "change": SAME,
        "differences": [],
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
    if record["is_changed"]:
        _add_changes(scene, record, book)
    return scene


def _add_changes(scene: Scene, record: dict[str, Any], book: ShapeBook) -> None:
    """Cross out what closed, and draw which way was taken before and which after."""
    places = record["places"]
    scene.marks += [
        Mark(middle(line.points), "shut", "", line.title)
        for line, link in zip(scene.lines, _drawn_links(record), strict=True)
        if link["change"] == SHUT
    ]
    scene.marks += [
        Mark(at, "shut", "", f"{places[node_id]['name']}: handling or gauge change closed")
        for node_id in record["shut_places"]
        if node_id in places and (at := position(places[node_id]))
    ]
    routes = route_lines(record["routes"], record["route_places"], book)
    scene.lines += routes
    if routes:
        scene.focus = [point for line in routes for point in line.points]
    scene.legend += route_legend(routes)


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
    drawn = _drawn_links(record)
    slots = {
        "title": join(record["title"]),
        "about": join(
            f"{len(record['places'])} places, {len(record['links'])} links · data of "
            f"{record['as_of']}, version {record['version']}{_told(record)}",
            *(join(tag("br"), line) for line in record["told"]),
        ),
        "map": world_map(scene),
        "legend": legend(scene),
        "credits": join(" · ".join(credit_lines(scene))),
        "colors": join(
            *(_choice(choice, checked=choice is color_by) for choice in _choices(record))
        ),
        "modes": join(*(_filter(record, mode) for mode in MODE_NAMES)),
        "data": Markup(script_json(cleaned(_page_data(record, drawn)))),
    }
    return filled_page(
        "network.html", slots, ("page.css", "network.css"), ("view.js", "network.js")
    )


def _told(record: dict[str, Any]) -> str:
    """Count what a scenario closed, opened and changed."""
    if not record["is_changed"]:
        return ""
    counts = Counter(link["change"] for link in record["links"])
    texts = [f"{counts[state]} {word}" for state, word in _COUNTED.items() if counts[state]]
    places = len(record["shut_places"])
    if places:
        texts.append(f"handling or gauge change closed at {places} place{'s' * (places > 1)}")
    return f" · by the change: {', '.join(texts) or 'nothing on the map'}"


def _choices(record: dict[str, Any]) -> list[ColorBy]:
    return [choice for choice in ColorBy if record["is_changed"] or choice is not ColorBy.CHANGE]


def _drawn_links(record: dict[str, Any]) -> list[dict[str, Any]]:
    return [link for link in record["links"] if _is_drawn(link, record["places"])]


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
        "routes": [[route["style"], ROUTE_NAMES[route["style"]]] for route in record["routes"]],
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
    changes = [[name, f"{old} \u2192 {new}"] for name, old, new in link["differences"]]
    return [*changes, *([name, value] for name, value in values.items() if value)]


def _amount(value: float | None) -> str | None:
    return None if value is None else km_text(value)
