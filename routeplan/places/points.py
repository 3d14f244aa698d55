"""Points on the globe: coordinates as users write them, and what lies near."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from routeplan.errors import RequestError
from routeplan.network.vocabulary import NodeKind
from routeplan.places.match import How, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from routeplan.network.records import Node

_EARTH_KM = 6371.0088  # mean radius of the WGS 84 ellipsoid (IUGG)
_NUMBER = r"([+-]?\d{1,3}(?:\.\d+)?)\s*°?"
_POINT = re.compile(
    rf"(?:geo:)?\s*{_NUMBER}\s*([NS]?)\s*[,;\s]\s*{_NUMBER}\s*([EW]?)", re.IGNORECASE
)
_PASSED = (NodeKind.BORDER, NodeKind.JUNCTION)


def read_coordinates(text: str) -> Place | None:
    """Read `43.65,51.17`, `43.65N 51.17E` or `geo:43.65,51.17`; None if it is none of these.

    Raises
    ------
    RequestError
        If the latitude is beyond 90 degrees or the longitude beyond 180.
    """
    found = _POINT.fullmatch(text.strip())
    if found is None:
        return None
    lat_text, north, lon_text, east = found.groups()
    lat = float(lat_text) * (-1 if north in ("S", "s") else 1)
    lon = float(lon_text) * (-1 if east in ("W", "w") else 1)
    if abs(lat) > 90 or abs(lon) > 180:
        raise RequestError(
            f'coordinates "{text.strip()}" are not on the globe. '
            "Write degrees north, then east: 43.65,51.17."
        )
    return Place(f"{lat:g},{lon:g}", "", lat, lon, How.COORDINATES)


def great_circle_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the distance of two (lat, lon) points on a sphere: within 0.6 % of the ellipsoid's.

    The haversine formula; good enough to say which place is near.
    """
    lat1, lon1, lat2, lon2 = map(math.radians, (*start, *end))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def nearest_nodes(nodes: Iterable[Node], place: Place, count: int) -> list[tuple[float, Node]]:
    """List the nodes nearest to a place with their distance in km, nearest first.

    Border posts and junctions count only where there is nothing else: cargo passes them. Nodes
    without coordinates do not count.
    """
    by_distance = sorted(
        (
            (great_circle_km((place.lat, place.lon), (node.lat, node.lon)), node)
            for node in nodes
            if node.lat is not None and node.lon is not None
        ),
        key=lambda pair: (pair[0], pair[1].node_id),
    )
    ends = [pair for pair in by_distance if pair[1].kind not in _PASSED]
    return (ends or by_distance)[:count]
