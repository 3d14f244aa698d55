"""What a map shows, before it is known how: lines, marks and labels in degrees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from routeplan.render.draw.routes import ROUTE_NAMES, WAS, middle, route_legend
from routeplan.units import duration_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routeplan.render.draw.geometry import Point
    from routeplan.render.draw.shapes import Form, Shape, ShapeBook

_MARK_RANK = ("shut", "end", "stop", "gauge", "border", "wait", "place")
"""Kinds of mark, the most important first; a place has one."""


@dataclass(frozen=True, slots=True)
class MapLine:
    """One step of a way, or one link of a network.

    Parameters
    ----------
    pieces
        Its links, in order.
    style
        Class that gives the colour: a mode, or a class of whatever the map is coloured by.
    title
        What it is, in words.
    way, step
        Rank of its way and number of its step; 0 for links of a network.
    mode
        How it is carried.
    route
        Whether it is a piece of a way before or after a change, drawn beside the links.
    """

    pieces: tuple[Shape, ...]
    style: str
    title: str
    way: int = 0
    step: int = 0
    mode: str = ""
    route: bool = False

    @property
    def points(self) -> list[Point]:
        """All points of its pieces."""
        return [point for piece in self.pieces for point in piece.points]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place with what happens there.

    Parameters
    ----------
    at
        Longitude and latitude.
    kind
        `end`, `stop`, `gauge`, `border`, `wait`, `place`, or `shut` for what a change closed.
    name
        Its label; empty for none.
    title
        What happens there, in words.
    way
        Rank of its way.
    """

    at: Point
    kind: str
    name: str
    title: str
    way: int = 0


@dataclass(slots=True)
class Scene:
    """A map's content.

    Parameters
    ----------
    title
        Of the map.
    lines, marks
        In the order they are drawn.
    focus
        Points a picture is framed by; those of its lines and marks if empty.
    legend
        Class and words for each kind of line.
    """

    title: str
    lines: list[MapLine] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    legend: list[tuple[str, str]] = field(default_factory=list)
    focus: list[Point] = field(default_factory=list)

    def forms(self) -> set[Form]:
        """Say what the drawn lines are worth; tracks owe a credit to OpenStreetMap."""
        return {piece.form for line in self.lines for piece in line.pieces}

    def frame_points(self, way: int) -> list[Point]:
        """Return the points to choose a frame by, so that one way, or a network, is seen whole."""
        if self.focus:
            return self.focus
        lines = [line for line in self.lines if line.way in (0, way)]
        marks = [mark.at for mark in self.marks if mark.way in (0, way)]
        return [point for line in lines for point in line.points] + marks


def plan_scene(record: dict[str, Any], book: ShapeBook) -> Scene:
    """Return all ways of a page record as one scene; places without coordinates are left out."""
    scene = Scene(record["title"])
    for way, itinerary in zip(record["ways"], record["plan"]["itineraries"], strict=True):
        scene.lines += _lines(way, itinerary, record["places"], book)
        scene.marks += _marks(way, record["places"])
    styles = {line.style for line in scene.lines}
    scene.legend = [(style, name) for style, name in MODE_NAMES.items() if style in styles]
    _add_changes(scene, record, book)
    return scene


def _add_changes(scene: Scene, record: dict[str, Any], book: ShapeBook) -> None:
    """Draw the way before a change below the others, and cross out what closed on it."""
    places = record["places"]
    routes = route_lines(record["routes"], places, book)
    scene.lines = routes + scene.lines
    scene.legend += route_legend(routes)
    for shut in route_lines([{"style": WAS, "links": record["shut"]}], places, book):
        scene.marks.append(Mark(middle(shut.points), "shut", "", f"closed: {shut.title}"))
    for link in record["shut"]:
        at = position(places[link["from"]])
        if link["from"] == link["to"] and at:
            name = places[link["from"]]["name"]
            scene.marks.append(Mark(at, "shut", "", f"closed: handling at {name}"))


def route_lines(
    routes: Sequence[dict[str, Any]], places: dict[str, Any], book: ShapeBook
) -> list[MapLine]:
    """Draw routes, a line for each link; links without coordinates are left out."""
    found = []
    for route in routes:
        for link in route["links"]:
            start, end = position(places[link["from"]]), position(places[link["to"]])
            if start and end and start != end:
                pieces: tuple[Shape, ...] = book.shapes(link["edge_id"], start, end, link["mode"])
                ends = f"{places[link['from']]['name']} - {places[link['to']]['name']}"
                title = f"{ROUTE_NAMES[route['style']]}: {ends}, {MODE_NAMES[link['mode']]}"
                found.append(MapLine(pieces, route["style"], title, mode=link["mode"], route=True))
    return found


MODE_NAMES = {
    "rail": "rail",
    "road": "truck",
    "sea": "sea",
    "ferry": "ferry",
    "barge": "barge",
    "air": "air",
}


def _lines(
    way: dict[str, Any], itinerary: dict[str, Any], places: dict[str, Any], book: ShapeBook
) -> Iterator[MapLine]:
    for number, step in enumerate(way["steps"], 1):
        pieces: list[Shape] = []
        for leg in itinerary["legs"][slice(*step["legs"])]:
            start, end = position(places[leg["from"]]), position(places[leg["to"]])
            if start and end and start != end:
                pieces += book.shapes(leg["edge_id"], start, end, leg["mode"])
        if pieces:
            title = f"{step['action']}, {step['where']}"
            yield MapLine(tuple(pieces), step["mode"], title, way["rank"], number, step["mode"])


def _marks(way: dict[str, Any], places: dict[str, Any]) -> list[Mark]:
    """Gather what happens at each place of a way into one mark."""
    here: dict[str, list[tuple[str, str]]] = {}
    first, last = way["steps"][0], way["steps"][-1]
    here.setdefault(first["from"], []).append(("end", "start"))
    for step in way["steps"]:
        happening = here.setdefault(step["from"], [])
        if step["wait_h"]:
            happening.append(("wait", f"wait {duration_text(step['wait_h'])} for {step['action']}"))
        if step["kind"] == "transship":
            happening.append(("stop", f"{step['action']}, {duration_text(step['time_h'])}"))
        elif step["kind"] == "gauge_change":
            happening.append(("gauge", f"gauge change, {duration_text(step['time_h'])}"))
        elif step["kind"] == "border":
            name = places[step["to"]]["name"]
            text = f"{step['action']} to {name}, {duration_text(step['time_h'])}"
            happening.append(("border", text))
    here.setdefault(last["to"], []).append(("end", "destination"))
    marks = []
    for node_id, happening in here.items():
        at = position(places[node_id])
        if happening and at:
            kind = min((kind for kind, _ in happening), key=_MARK_RANK.index)
            name = places[node_id]["name"]
            title = f"{name}: {'; '.join(text for _, text in happening)}"
            marks.append(Mark(at, kind, name, title, way["rank"]))
    return marks


def position(place: dict[str, Any]) -> Point | None:
    """Return longitude and latitude of a place; None where they are not known."""
    if place["lat"] is None or place["lon"] is None:
        return None
    return place["lon"], place["lat"]
