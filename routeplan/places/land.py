"""Land, countries and lakes: data/land-50m.json, Natural Earth, public domain.

It is simplified to a kilometre or two, and its borders are schematic: enough for a picture, and to
tell whether two places can lie on one road.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from routeplan.network.files import packaged_data

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Point = tuple[float, float]
"""Longitude and latitude in degrees."""
Ring = tuple[Point, ...]


class Area(NamedTuple):
    """One piece of land of one country: its mainland, an island or an exclave.

    Parameters
    ----------
    country
        ISO 3166-1 code; XK is Kosovo.
    rings
        Its outline, then its holes; all closed.
    """

    country: str
    rings: tuple[Ring, ...]

    def covers(self, x: float, y: float) -> bool:
        """Say whether a place lies in it."""
        return holds(self.rings[0], x, y) and not any(holds(hole, x, y) for hole in self.rings[1:])


@dataclass(frozen=True, slots=True)
class Land:
    """Lines in degrees.

    Parameters
    ----------
    rings
        Coasts, closed; lakes and inland seas among them. Inside an odd number of rings is land.
    borders
        Where countries meet on land, for orientation only.
    areas
        The countries of Europe and Asia, piece by piece; small islands are left out.
    lakes
        The larger lakes of the same region.
    """

    rings: tuple[Ring, ...]
    borders: tuple[Ring, ...]
    areas: tuple[Area, ...] = ()
    lakes: tuple[Ring, ...] = ()

    def covers(self, x: float, y: float) -> bool:
        """Say whether a place is on land."""
        return sum(holds(ring, x, y) for ring in self.rings) % 2 == 1


def holds(ring: Sequence[Point], x: float, y: float) -> bool:
    """Say whether a place is inside a closed ring."""
    inside = False
    for (x0, y0), (x1, y1) in pairwise(ring):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


@cache
def load_land() -> Land:
    """Read the land that comes with routeplan."""
    topology = json.loads((packaged_data() / "land-50m.json").read_text("utf-8"))
    objects = topology["objects"]
    joined = _joiner(topology)
    return Land(
        rings=tuple(joined(ring) for polygon in objects["land"]["arcs"] for ring in polygon),
        borders=tuple(joined(line) for line in objects["borders"]["arcs"]),
        areas=tuple(
            Area(country["id"], tuple(map(joined, polygon)))
            for country in objects["countries"]["geometries"]
            for polygon in country["arcs"]
        ),
        lakes=tuple(joined(ring) for polygon in objects["lakes"]["arcs"] for ring in polygon),
    )


def _joiner(topology: dict[str, Any]) -> Callable[[list[int]], Ring]:
    """Return what makes a line of the numbers of its arcs."""
    sx, sy = topology["transform"]["scale"]
    arcs = [
        [(x * sx, y * sy) for x, y in accumulate(arc, lambda a, b: [a[0] + b[0], a[1] + b[1]])]
        for arc in topology["arcs"]
    ]

    def joined(numbers: list[int]) -> Ring:
        line: list[Point] = []
        for arc in numbers:
            piece = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
            line += piece[1:] if line else piece
        return _unbroken(line)

    return joined


def _unbroken(line: list[Point]) -> Ring:
    """Let a line that crosses 180 degrees go on beyond instead of jumping round the globe."""
    whole = line[:1]
    turn = 0.0
    for before, (x, y) in pairwise(line):
        turn += 360.0 * ((x - before[0] < -180) - (x - before[0] > 180))
        whole.append((x + turn, y))
    return tuple(whole)
