"""A plan as GeoJSON: a straight line per leg, longitude first; for orientation, not length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.render.geo.line import line_of
from routeplan.render.records import itinerary_dict

if TYPE_CHECKING:
    from routeplan.itinerary.model import Itinerary, Plan
    from routeplan.render.geo.line import Line


def plan_geojson(plan: Plan) -> dict[str, Any]:
    """Return a plan as a FeatureCollection; legs whose ends have no coordinates are left out."""
    features = [
        feature
        for rank, itinerary in enumerate(plan.itineraries, 1)
        for feature in _features(itinerary, rank)
    ]
    return {"type": "FeatureCollection", "features": features}


def geometry_of(line: Line) -> dict[str, Any]:
    """Return a line as a GeoJSON geometry."""
    if len(line.points) == 1:
        return {"type": "Point", "coordinates": list(line.points[0])}
    return {"type": "LineString", "coordinates": [list(point) for point in line.points]}


def _features(itinerary: Itinerary, rank: int) -> list[dict[str, Any]]:
    described = itinerary_dict(itinerary, rank)
    found = []
    for number, (leg, values) in enumerate(
        zip(itinerary.legs, described["legs"], strict=True), start=1
    ):
        line = line_of(leg.edge, leg.start, leg.end)
        if line is None:
            continue
        properties = {
            "rank": rank,
            "leg": number,
            "from_name": leg.start.name,
            "to_name": leg.end.name,
            "shape": line.shape,
            **{key: value for key, value in values.items() if key != "evidence"},
        }
        found.append({"type": "Feature", "geometry": geometry_of(line), "properties": properties})
    return found
