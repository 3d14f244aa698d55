"""Points and lines on the globe and on paper: great circles, Mercator, thinning, clipping."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""
_POLE = 84.0
_ARC_STEP_KM = 150.0

Point = tuple[float, float]
"""Longitude and latitude in degrees, or x and y on paper."""


def distance_km(a: Point, b: Point) -> float:
    """Return the great-circle distance of two places (haversine), good enough for a picture."""
    x0, y0, x1, y1 = map(math.radians, (*a, *b))
    h = math.sin((y1 - y0) / 2) ** 2 + math.cos(y0) * math.cos(y1) * math.sin((x1 - x0) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def arc(a: Point, b: Point) -> list[Point]:
    """Return a great circle from one place to another, a point every 150 km."""
    steps = int(distance_km(a, b) // _ARC_STEP_KM) + 1
    if steps == 1:
        return [a, b]
    start, end = _vector(a), _vector(b)
    angle = math.acos(max(-1.0, min(1.0, sum(p * q for p, q in zip(start, end, strict=True)))))
    if math.sin(angle) < 1e-9:
        return [a, b]
    middle = []
    for n in range(1, steps):
        share = n / steps
        u, v = math.sin((1 - share) * angle), math.sin(share * angle)
        x, y, z = ((u * p + v * q) / math.sin(angle) for p, q in zip(start, end, strict=True))
        middle.append((math.degrees(math.atan2(y, x)), math.degrees(math.asin(z))))
    return [a, *middle, b]


def mercator(place: Point) -> Point:
    """Project a place; x is its longitude, y grows to the south, both in degrees."""
    lat = max(-_POLE, min(_POLE, place[1]))
    return place[0], -math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


@dataclass(frozen=True, slots=True)
class Frame:
    """A piece of the projected world on paper.

    Parameters
    ----------
    left, top
        Its corner, in degrees of the projection.
    scale
        Paper units per degree.
    width, height
        Of the paper.
    """

    left: float
    top: float
    scale: float
    width: float
    height: float

    def at(self, place: Point) -> Point:
        """Return where a place is on paper."""
        x, y = mercator(place)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Say whether a point of the paper is inside, or at most a margin outside."""
        return -margin <= x <= self.width + margin and -margin <= y <= self.height + margin


def fit(
    places: Iterable[Point], width: float, height: float | None = None, *, margin: float
) -> Frame:
    """Choose the frame that shows the places.

    Parameters
    ----------
    places
        Longitudes and latitudes; at least one.
    width, height
        Of the paper; a height of None is chosen, between a third of the width and all of it.
    margin
        Share of the paper left free on each side, 0 to 0.4.
    """
    xs, ys = zip(*(mercator(place) for place in places), strict=True)
    wide, high = max(max(xs) - min(xs), 1.5), max(max(ys) - min(ys), 1.0)
    inner = width * (1 - 2 * margin)
    if height is None:
        ideal = inner * high / wide + 2 * margin * width
        height = round(max(0.38 * width, min(width, ideal)))
    scale = min(inner / wide, height * (1 - 2 * margin) / high)
    centre = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return Frame(
        centre[0] - width / 2 / scale, centre[1] - height / 2 / scale, scale, width, height
    )


def thin(line: Iterable[Point], least: float) -> list[Point]:
    """Leave out points nearer than `least` to the one before; the ends stay."""
    kept: list[Point] = []
    last: Point | None = None
    for point in line:
        last = point
        if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= least:
            kept.append(point)
    if last is not None and len(kept) > 1:
        kept[-1] = last
    return kept


def clip_ring(ring: Sequence[Point], frame: Frame, margin: float) -> list[Point]:
    """Cut an area to a frame on paper (Sutherland-Hodgman); empty if nothing is left."""
    points = list(ring)
    low, right, bottom = -margin, frame.width + margin, frame.height + margin
    for axis, bound, sign in ((0, low, 1), (0, right, -1), (1, low, 1), (1, bottom, -1)):
        points = list(_clip_side(points, axis, bound, sign))
    return points


def _clip_side(points: list[Point], axis: int, bound: float, sign: int) -> Iterator[Point]:
    for before, here in pairwise([*points[-1:], *points]):
        inside, was = sign * (here[axis] - bound) >= 0, sign * (before[axis] - bound) >= 0
        if inside != was:
            share = (bound - before[axis]) / (here[axis] - before[axis])
            cut = before[1 - axis] + share * (here[1 - axis] - before[1 - axis])
            yield (bound, cut) if axis == 0 else (cut, bound)
        if inside:
            yield here


def _vector(place: Point) -> tuple[float, float, float]:
    x, y = math.radians(place[0]), math.radians(place[1])
    return math.cos(y) * math.cos(x), math.cos(y) * math.sin(x), math.sin(y)
