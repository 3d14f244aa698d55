"""How a link is drawn: along its track where one is known, else schematically."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from routeplan.network.files import packaged_data
from routeplan.render.draw.geometry import arc, distance_km

if TYPE_CHECKING:
    from pathlib import Path

    from routeplan.render.draw.geometry import Point

OSM_CREDIT = "Tracks and roads: © OpenStreetMap contributors (ODbL)"
_NEAR_KM = 30.0
"""A line is a link's only if it begins and ends this near to its places."""


class Form(StrEnum):
    """What a drawn line is worth."""

    TRACK = "track"
    LANE = "lane"
    SCHEMATIC = "schematic"


@dataclass(frozen=True, slots=True)
class Shape:
    """A piece of a link on the map: its points in degrees, and what they are worth."""

    points: tuple[Point, ...]
    form: Form


@dataclass(frozen=True, slots=True)
class _Known:
    """A line of a file; `gaps` are the pieces that show no track, by the number of their start."""

    points: tuple[Point, ...]
    form: Form
    gaps: frozenset[int]

    def reversed(self) -> _Known:
        last = len(self.points) - 2
        return _Known(self.points[::-1], self.form, frozenset(last - gap for gap in self.gaps))

    def pieces(self) -> tuple[Shape, ...]:
        found: list[Shape] = []
        run = [self.points[0]]
        for number, point in enumerate(self.points[1:]):
            if number in self.gaps:
                if len(run) > 1:
                    found.append(Shape(tuple(run), self.form))
                found.append(Shape((run[-1], point), Form.SCHEMATIC))
                run = [point]
            else:
                run.append(point)
        return (*found, Shape(tuple(run), self.form)) if len(run) > 1 else tuple(found)


class ShapeBook:
    """Finds the shape of a link by its id.

    Parameters
    ----------
    folder
        A data folder whose own geometry.geojson and sea_lines.geojson, if it has them, go before
        the packaged ones; None for those alone.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._known = dict(_read(packaged_data()))
        if folder is not None and folder.resolve() != packaged_data().resolve():
            self._known |= _read(folder)

    def shapes(self, edge_id: str, start: Point, end: Point, mode: str) -> tuple[Shape, ...]:
        """Return how a link runs from one place to the other, in pieces.

        A line that does not join the two places is not used: a network of the user's own may give
        an id of ours to another link. Flights are great circles.
        """
        known = self._known.get(edge_id)
        for line in (known, known.reversed()) if known else ():
            points = line.points
            if distance_km(points[0], start) + distance_km(points[-1], end) < _NEAR_KM:
                return _Known((start, *points[1:-1], end), line.form, line.gaps).pieces()
        points = tuple(arc(start, end))
        return (Shape(points, Form.LANE if mode == "air" else Form.SCHEMATIC),)


@cache
def _read(folder: Path) -> dict[str, _Known]:
    found: dict[str, _Known] = {}
    for name, form in (("geometry.geojson", Form.TRACK), ("sea_lines.geojson", Form.LANE)):
        path = folder / name
        if path.is_file():
            for feature in json.loads(path.read_text("utf-8"))["features"]:
                points = tuple((x, y) for x, y in feature["geometry"]["coordinates"])
                properties = feature["properties"]
                known = _Known(points, form, frozenset(properties.get("gaps", ())))
                found |= dict.fromkeys(properties["edge_ids"], known)
    return found
