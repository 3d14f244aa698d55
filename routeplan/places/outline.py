"""The outline of an area, its holes and lakes: where a line crosses it, how far along it is."""

from __future__ import annotations

import math
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from routeplan.places.land import holds, load_land
from routeplan.places.points import great_circle_km

if TYPE_CHECKING:
    from routeplan.places.land import Point, Ring

_KM_PER_DEGREE = 111.2


class Crossing(NamedTuple):
    """A point of an outline.

    Parameters
    ----------
    share
        Of a line that crosses it, the share before the crossing.
    ring
        Number of the ring.
    at_km
        Distance along the ring from its first point.
    """

    share: float
    ring: int
    at_km: float


class Outline:
    """The rings of one area: its outline, its holes, and the lakes about it.

    Parameters
    ----------
    rings
        Closed; the outline first.
    """

    def __init__(self, rings: tuple[Ring, ...]) -> None:
        self._rings = rings
        self._at_km = [
            [0.0, *accumulate(distance_km(a, b) for a, b in pairwise(ring))] for ring in rings
        ]
        self._boxes = [_box(ring) for ring in rings]

    def is_near(self, place: Point, km: float) -> bool:
        """Whether a place lies within the box of the area, or some km from it."""
        margin = km / _KM_PER_DEGREE
        wide = margin / max(0.1, math.cos(math.radians(place[1])))
        west, south, east, north = self._boxes[0]
        return west - wide <= place[0] <= east + wide and (
            south - margin <= place[1] <= north + margin
        )

    def covering(self, place: Point) -> list[bool]:
        """Say of each ring whether a place is inside it."""
        return [holds(ring, *place) for ring in self._rings]

    def covers(self, place: Point) -> bool:
        """Whether a place is on the land of the area."""
        outer, *holes = self.covering(place)
        return outer and not any(holes)

    def shore(self, place: Point) -> tuple[float, Crossing]:
        """Find the point of the outline nearest to a place, and its distance in km."""
        found = (math.inf, Crossing(0.0, 0, 0.0))
        for number, ring in enumerate(self._rings):
            for at_km, (a, b) in zip(self._at_km[number], pairwise(ring), strict=False):
                off_km, along_km = _off_segment(place, a, b)
                if off_km < found[0]:
                    found = (off_km, Crossing(0.0, number, at_km + along_km))
        return found

    def crossings(self, start: Point, end: Point) -> list[Crossing]:
        """List where a line meets the rings, in its order."""
        line_box = _box((start, end))
        found = []
        for number, ring in enumerate(self._rings):
            if _apart(self._boxes[number], line_box):
                continue
            for at_km, (a, b) in zip(self._at_km[number], pairwise(ring), strict=False):
                share = _met(start, end, a, b)
                if share is not None:
                    here = _between(start, end, share)
                    found.append(Crossing(share, number, at_km + distance_km(a, here)))
        return sorted(found)

    def along_km(self, one: Crossing, other: Crossing) -> float:
        """Return the shorter way along a ring between two of its points."""
        there = abs(one.at_km - other.at_km)
        return min(there, self._at_km[one.ring][-1] - there)


@cache
def outline_of(number: int) -> Outline:
    """Return the outline of an area, by its number in `load_land().areas`."""
    land = load_land()
    rings = land.areas[number].rings
    box = _box(rings[0])
    return Outline((*rings, *(lake for lake in land.lakes if not _apart(_box(lake), box))))


def distance_km(a: Point, b: Point) -> float:
    """Return the great-circle distance of two places given as longitude and latitude."""
    return great_circle_km((a[1], a[0]), (b[1], b[0]))


def _met(start: Point, end: Point, a: Point, b: Point) -> float | None:
    """Return the share of a line at which it crosses a segment; None if it does not."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    side_a = dx * (a[1] - start[1]) - dy * (a[0] - start[0])
    side_b = dx * (b[1] - start[1]) - dy * (b[0] - start[0])
    if (side_a >= 0) == (side_b >= 0):
        return None
    here = _between(a, b, side_a / (side_a - side_b))
    share = ((here[0] - start[0]) * dx + (here[1] - start[1]) * dy) / (dx * dx + dy * dy)
    return share if 0 <= share <= 1 else None


def _off_segment(place: Point, a: Point, b: Point) -> tuple[float, float]:
    """Return how far a place is off a segment, and how far along it its foot is, in km."""
    wide = _KM_PER_DEGREE * math.cos(math.radians(place[1]))
    ax, ay = (a[0] - place[0]) * wide, (a[1] - place[1]) * _KM_PER_DEGREE
    dx, dy = (b[0] - a[0]) * wide, (b[1] - a[1]) * _KM_PER_DEGREE
    length = dx * dx + dy * dy
    share = max(0.0, min(1.0, -(ax * dx + ay * dy) / length)) if length else 0.0
    return math.hypot(ax + share * dx, ay + share * dy), share * math.sqrt(length)


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _box(ring: tuple[Point, ...]) -> tuple[float, float, float, float]:
    xs, ys = zip(*ring, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _apart(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return one[0] > other[2] or other[0] > one[2] or one[1] > other[3] or other[1] > one[3]
