"""Which way was taken before a change, and which after, as lines of a map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.itinerary.model import Itinerary, Leg
    from routeplan.render.draw.geometry import Point
    from routeplan.render.draw.scene import MapLine

WAS, NOW = "was", "now"
ROUTE_NAMES = {WAS: "way before", NOW: "way after"}


def route_record(way: Itinerary, style: str) -> dict[str, Any]:
    """Return a way as its links, to be drawn as `was` or `now`."""
    return {
        "style": style,
        "links": [leg_ends(leg) for leg in way.legs if leg.start.node_id != leg.end.node_id],
    }


def leg_ends(leg: Leg) -> dict[str, str]:
    """Return what is needed to draw a leg."""
    return {
        "edge_id": leg.edge.edge_id,
        "from": leg.start.node_id,
        "to": leg.end.node_id,
        "mode": str(leg.mode),
    }


def route_legend(lines: Sequence[MapLine]) -> list[tuple[str, str]]:
    """Return class and words of the routes that are drawn."""
    used = {line.style for line in lines}
    return [(style, name) for style, name in ROUTE_NAMES.items() if style in used]


def middle(points: Sequence[Point]) -> Point:
    """Return the point half way through a line's points, between two if it has only those."""
    count = len(points)
    if count % 2:
        return points[count // 2]
    (x0, y0), (x1, y1) = points[count // 2 - 1], points[count // 2]
    return (x0 + x1) / 2, (y0 + y1) / 2
