"""Land and borders to draw on: data/land-50m.json, Natural Earth, public domain."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from routeplan.network.files import packaged_data

if TYPE_CHECKING:
    from routeplan.render.draw.geometry import Point

CREDIT = "Land and borders: Natural Earth (borders schematic)"


@dataclass(frozen=True, slots=True)
class Land:
    """Lines in degrees.

    Parameters
    ----------
    rings
        Coasts, closed; lakes and inland seas among them. Inside an odd number of rings is land.
    borders
        Where countries meet on land, for orientation only.
    """

    rings: tuple[tuple[Point, ...], ...]
    borders: tuple[tuple[Point, ...], ...]

    def covers(self, x: float, y: float) -> bool:
        """Say whether a place is on land."""
        inside = False
        for ring in self.rings:
            for (x0, y0), (x1, y1) in pairwise(ring):
                if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                    inside = not inside
        return inside


def _unbroken(line: list[Point]) -> tuple[Point, ...]:
    """Let a line that crosses 180 degrees go on beyond instead of jumping round the globe."""
    whole = line[:1]
    turn = 0.0
    for before, (x, y) in pairwise(line):
        turn += 360.0 * ((x - before[0] < -180) - (x - before[0] > 180))
        whole.append((x + turn, y))
    return tuple(whole)


@cache
def load_land() -> Land:
    """Read the land that comes with routeplan."""
    topology = json.loads((packaged_data() / "land-50m.json").read_text("utf-8"))
    sx, sy = topology["transform"]["scale"]
    arcs = [
        [(x * sx, y * sy) for x, y in accumulate(arc, lambda a, b: [a[0] + b[0], a[1] + b[1]])]
        for arc in topology["arcs"]
    ]

    def joined(numbers: list[int]) -> tuple[Point, ...]:
        line: list[Point] = []
        for arc in numbers:
            piece = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
            line += piece[1:] if line else piece
        return _unbroken(line)

    objects = topology["objects"]
    return Land(
        rings=tuple(joined(ring) for polygon in objects["land"]["arcs"] for ring in polygon),
        borders=tuple(joined(line) for line in objects["borders"]["arcs"]),
    )
