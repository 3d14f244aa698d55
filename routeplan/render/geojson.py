"""A plan as GeoJSON: a straight line per leg, longitude first; for orientation, not length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.render.records import itinerary_dict

if TYPE_CHECKING:
    from routeplan.itinerary.model import Itinerary, Plan


def plan_geojson(plan: Plan) -> dict[str, Any]:
    """Return a plan as a FeatureCollection; legs whose ends have no coordinates are left out."""
    features = [
        feature
        for rank, itinerary in enumerate(plan.itineraries, 1)
        for feature in _features(itinerary, rank)
    ]
    return {"type": "FeatureCollection", "features": features}


def _features(itinerary: Itinerary, rank: int) -> list[dict[str, Any]]:
    described = itinerary_dict(itinerary, rank)
    found = []
    for number, (leg, values) in enumerate(
        zip(itinerary.legs, described["legs"], strict=True), start=1
    ):
        ends = [[node.lon, node.lat] for node in (leg.start, leg.end)]
        if None in (*ends[0], *ends[1]):
            continue
        point = ends[0] == ends[1]
        geometry = {
            "type": "Point" if point else "LineString",
            "coordinates": ends[0] if point else ends,
        }
        properties = {
            "rank": rank,
            "leg": number,
            "from_name": leg.start.name,
            "to_name": leg.end.name,
            "shape": "schematic",
            **{key: value for key, value in values.items() if key != "evidence"},
        }
        found.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return found
