"""How far it is from one place to another without leaving the land of one country.

The way is the straight line where that is land of the country. Where it leaves it, over water or a
neighbour, the outline is followed to where the line comes back: round a gulf or a lake, along a
border. Another island, another shore of a sea and an exclave are never reached. What the map cannot
show, the bridges and tunnels over straits, is listed here.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from routeplan.places.land import holds, load_land
from routeplan.places.outline import distance_km, outline_of

if TYPE_CHECKING:
    from routeplan.places.land import Point
    from routeplan.places.outline import Crossing

NEAR_SHORE_KM = 8.0
"""How far off its land a place may stand: harbour moles, border posts, and the map's own error."""
CUT_KM = 5.0
"""Water or a neighbour's land this narrow is a bay, a river mouth or the map's own error."""
FIXED_LINKS = (
    ((29.035, 41.047), "Bosporus bridges and tunnel"),
    ((26.636, 40.341), "1915 Canakkale bridge, Dardanelles"),
    ((23.589, 38.463), "Euripus bridges, Chalkida"),
)
"""Middles of roads over straits between two areas of a country, within a kilometre."""
CLOSED_OFF = (
    (
        "Abkhazia",
        ((40.00, 43.38), (40.20, 43.60), (41.40, 43.40), (42.10, 43.20), (42.45, 43.20),
         (42.10, 42.95), (41.85, 42.72), (41.65, 42.50), (41.55, 42.40), (41.00, 42.60),
         (40.00, 43.38)),
    ),
    (
        "South Ossetia",
        ((43.45, 42.60), (44.00, 42.68), (44.50, 42.70), (44.45, 42.35), (44.15, 42.18),
         (43.99, 42.20), (43.90, 42.17), (43.70, 42.20), (43.65, 42.40), (43.45, 42.60)),
    ),
)  # fmt: skip
"""Parts of a country behind a line no freight crosses; drawn by hand, good to some kilometres."""


class LandWay(NamedTuple):
    """A way over land.

    Parameters
    ----------
    line_km
        Its parts on the straight line.
    outline_km
        Its parts along a coast, a lake or a border.
    """

    line_km: float
    outline_km: float


@lru_cache(maxsize=4096)
def areas_at(place: Point, country: str = "") -> tuple[int, ...]:
    """List the areas a place may belong to: those it lies in, else those within 8 km.

    Parameters
    ----------
    place
        Longitude and latitude.
    country
        ISO code; areas of any country if empty.

    Returns
    -------
    tuple of int
        Their numbers in `load_land().areas`, the nearest first.
    """
    numbers = [
        number
        for number, area in enumerate(load_land().areas)
        if country in ("", area.country) and outline_of(number).is_near(place, NEAR_SHORE_KM)
    ]
    inside = [number for number in numbers if outline_of(number).covers(place)]
    if inside:
        return tuple(inside)
    off_km = {number: outline_of(number).shore(place)[0] for number in numbers}
    near = [number for number in numbers if off_km[number] <= NEAR_SHORE_KM]
    return tuple(sorted(near, key=off_km.__getitem__))


def closed_off(place: Point) -> str:
    """Name the part of a country a place lies in that no freight leaves by land, or nothing."""
    return next((name for name, ring in CLOSED_OFF if holds(ring, *place)), "")


def land_way(start: Point, end: Point, country: str, most_km: float) -> LandWay | None:
    """Find the way between two places over the land of a country; None if there is none.

    Parameters
    ----------
    start, end
        Longitude and latitude.
    country
        ISO code of both.
    most_km
        A longer one is not of use.
    """
    if closed_off(start) != closed_off(end):
        return None
    starts, ends = areas_at(start, country), areas_at(end, country)
    found = [way for area in starts if area in ends and (way := _way(area, start, end))]
    if not found:
        found = [
            LandWay(one.line_km + two.line_km, one.outline_km + two.outline_km)
            for middle, _ in FIXED_LINKS
            for here in starts
            for there in ends
            if here != there
            and distance_km(start, middle) + distance_km(middle, end) <= most_km
            and (one := _way(here, start, middle))
            and (two := _way(there, middle, end))
        ]
    shortest = min(found, key=sum, default=None)
    return shortest if shortest and sum(shortest) <= most_km else None


def _way(area: int, start: Point, end: Point) -> LandWay | None:
    """Find the way within one area; None if an end is not of it or water cuts the way."""
    outline = outline_of(area)
    first, last = outline.shore(start), outline.shore(end)
    for place, (off_km, _) in ((start, first), (end, last)):
        if off_km > NEAR_SHORE_KM and not outline.covers(place):
            return None
    crossings = outline.crossings(start, end)
    stops = [first[1]._replace(share=0.0), *crossings, last[1]._replace(share=1.0)]
    whole_km = distance_km(start, end)
    line_km = outline_km = 0.0
    for is_land, left, back in _pieces(outline.covering(start), stops):
        gap_km = (back.share - left.share) * whole_km
        if is_land or gap_km <= CUT_KM:
            line_km += gap_km
        elif left.ring != back.ring:
            return None
        else:
            outline_km += max(gap_km, outline.along_km(left, back))
    return LandWay(line_km, outline_km)


def _pieces(covering: list[bool], stops: list[Crossing]) -> list[tuple[bool, Crossing, Crossing]]:
    """Cut a line where it enters or leaves the land; each piece with whether it is land.

    `covering` says which rings hold the start: the outline must, holes and lakes must not.
    """
    pieces: list[tuple[bool, Crossing, Crossing]] = []
    for here, after in pairwise(stops):
        if here is not stops[0]:
            covering[here.ring] = not covering[here.ring]
        is_land = covering[0] and not any(covering[1:])
        if pieces and pieces[-1][0] == is_land:
            pieces[-1] = (is_land, pieces[-1][1], after)
        else:
            pieces.append((is_land, here, after))
    return pieces
