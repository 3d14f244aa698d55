"""Lines on a map, for the scripts that build the map files."""

from __future__ import annotations

import itertools
import math

EARTH_RADIUS_KM = 6371.0088
Point = tuple[float, float]
"""Longitude and latitude in degrees."""


def distance_km(a: Point, b: Point) -> float:
    """Return the great-circle distance of two points."""
    (x0, y0), (x1, y1) = (tuple(map(math.radians, p)) for p in (a, b))
    h = math.sin((y1 - y0) / 2) ** 2 + math.cos(y0) * math.cos(y1) * math.sin((x1 - x0) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(h))


def length_km(line: list[Point]) -> float:
    """Return the length of a line along great circles."""
    return sum(distance_km(a, b) for a, b in itertools.pairwise(line))


def simplify(line: list[Point], tolerance: float) -> list[Point]:
    """Leave out points that stray less than `tolerance` degrees of latitude (Douglas-Peucker)."""
    keep = {0, len(line) - 1}
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        strays = [(_stray(line[i], line[first], line[last]), i) for i in range(first + 1, last)]
        stray, index = max(strays, default=(0.0, first))
        if stray > tolerance:
            keep.add(index)
            stack += [(first, index), (index, last)]
    return [line[i] for i in sorted(keep)]


def _stray(p: Point, a: Point, b: Point) -> float:
    k = math.cos(math.radians(p[1]))
    x, y, dx, dy = (p[0] - a[0]) * k, p[1] - a[1], (b[0] - a[0]) * k, b[1] - a[1]
    whole = dx * dx + dy * dy
    t = max(0.0, min(1.0, (x * dx + y * dy) / whole)) if whole else 0.0
    return math.hypot(x - t * dx, y - t * dy)
