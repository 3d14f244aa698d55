"""Build data/land-50m.json: Natural Earth land, lakes and borders, finest in the corridor.

    npm install world-atlas@2.0.2
    python scripts/build_land.py node_modules/world-atlas/countries-50m.json ne_50m_lakes.json

The second file is Natural Earth's 1:50m lakes as GeoJSON. Natural Earth is in the public domain.
The arcs of the topology are simplified one by one, so that neighbours still share their border. The
result is TopoJSON: `land`, `borders`, `countries` (the areas of Europe and Asia by ISO code) and
`lakes`. A lake is also a ring of the land, which the even-odd rule turns into water.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lines import simplify

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = Path(__file__).parents[1] / "data" / "land-50m.json"
SCALE = 0.01
"""Degrees per step of the written coordinates, about a kilometre."""
ZONES = (
    ((17.0, 35.0, 82.0, 56.0), 0.012, 0.002),
    ((-12.0, 5.0, 130.0, 62.0), 0.05, 0.02),
    ((-181.0, -91.0, 181.0, 91.0), 0.2, 0.8),
)
"""(west, south, east, north), tolerance in degrees, least box of an island in square degrees."""
SOUTHMOST = -60.0
LAKES = (5.0, 28.0, 110.0, 62.0)
"""Where lakes are drawn, those of scale rank up to 4."""
ISO_CODES = {
    "004": "AF", "008": "AL", "031": "AZ", "040": "AT", "050": "BD", "051": "AM", "056": "BE",
    "064": "BT", "070": "BA", "100": "BG", "104": "MM", "112": "BY", "156": "CN", "191": "HR",
    "196": "CY", "203": "CZ", "208": "DK", "233": "EE", "246": "FI", "250": "FR", "268": "GE",
    "276": "DE", "300": "GR", "348": "HU", "356": "IN", "364": "IR", "368": "IQ", "372": "IE",
    "376": "IL", "380": "IT", "392": "JP", "398": "KZ", "400": "JO", "408": "KP", "410": "KR",
    "414": "KW", "417": "KG", "418": "LA", "422": "LB", "428": "LV", "440": "LT", "442": "LU",
    "470": "MT", "496": "MN", "498": "MD", "499": "ME", "512": "OM", "524": "NP", "528": "NL",
    "578": "NO", "586": "PK", "616": "PL", "620": "PT", "634": "QA", "642": "RO", "643": "RU",
    "682": "SA", "688": "RS", "703": "SK", "704": "VN", "705": "SI", "724": "ES", "752": "SE",
    "756": "CH", "760": "SY", "762": "TJ", "764": "TH", "784": "AE", "792": "TR", "795": "TM",
    "804": "UA", "807": "MK", "818": "EG", "826": "GB", "860": "UZ", "887": "YE",
}  # fmt: skip
"""ISO 3166-1 numeric code -> alpha-2, of the countries whose areas are kept."""
ISO_NAMES = {"Kosovo": "XK"}
"""What has no numeric code; XK is the user-assigned code GeoNames has."""

Point = tuple[float, float]


def main(countries: Path, lakes: Path) -> None:
    """Write the land file from a topology of countries and a collection of lakes."""
    atlas = json.loads(countries.read_text("utf-8"))
    arcs = _absolute(atlas)
    shores = _lakes(json.loads(lakes.read_text("utf-8")))
    kept = [_simplified(arc) for arc in arcs]
    land = [
        ring
        for polygon in _polygons(atlas["objects"]["land"])
        for ring in polygon
        if _is_kept(ring, arcs)
    ]
    borders = _borders(atlas["objects"]["countries"])
    land += [[len(arcs) + n] for n in range(len(shores))]
    kept += [_simplified(shore) for shore in shores]
    used = {_plain(arc) for ring in land for arc in ring} | set(borders)
    numbers = {arc: number for number, arc in enumerate(sorted(used))}
    renumbered = [[_renumber(arc, numbers) for arc in ring] for ring in land]
    topology = {
        "type": "Topology",
        "source": "Natural Earth 4.1, 1:50m, public domain, by world-atlas 2.0.2; simplified",
        "transform": {"scale": [SCALE, SCALE], "translate": [0, 0]},
        "objects": {
            # one polygon a ring: holes (inland seas) are drawn by the even-odd rule
            "land": {"type": "MultiPolygon", "arcs": [[ring] for ring in renumbered]},
            "borders": {"type": "MultiLineString", "arcs": [[numbers[arc]] for arc in borders]},
            "countries": {
                "type": "GeometryCollection",
                "geometries": list(_areas(atlas["objects"]["countries"], numbers)),
            },
            "lakes": {
                "type": "MultiPolygon",
                "arcs": [[[numbers[len(arcs) + n]]] for n in range(len(shores))],
            },
        },
        "arcs": [_deltas(kept[arc]) for arc in numbers],
    }
    TARGET.write_text(json.dumps(topology, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(numbers)} arcs, {TARGET.stat().st_size / 1024:.0f} KiB")


def _absolute(atlas: dict[str, Any]) -> list[list[Point]]:
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for deltas in atlas["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    return arcs


def _lakes(collection: dict[str, Any]) -> list[list[Point]]:
    west, south, east, north = LAKES
    shores = []
    for feature in collection["features"]:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"]
        for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
            x, y = polygon[0][0][:2]
            if feature["properties"]["scalerank"] <= 4 and west < x < east and south < y < north:
                shores.append([(point[0], point[1]) for point in polygon[0]])
    return shores


def _zone(points: list[Point]) -> tuple[float, float]:
    """Return tolerance and least island of the finest zone that the points touch."""
    return next(
        (tolerance, least)
        for (west, south, east, north), tolerance, least in ZONES
        if any(west <= x <= east and south <= y <= north for x, y in points)
    )


def _simplified(arc: list[Point]) -> list[Point]:
    points = simplify(arc, _zone(arc)[0])
    if arc[0] == arc[-1] and len(points) < 4:  # a closed arc must stay an area
        third = len(arc) // 3
        points = [arc[0], arc[third], arc[2 * third], arc[-1]]
    return points


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    if geometry["type"] == "GeometryCollection":
        return [p for part in geometry["geometries"] for p in _polygons(part)]
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]


def _is_kept(ring: list[int], arcs: list[list[Point]]) -> bool:
    points = [point for arc in ring for point in arcs[_plain(arc)]]
    xs, ys = zip(*points, strict=True)
    if max(ys) < SOUTHMOST:
        return False
    return (max(xs) - min(xs)) * (max(ys) - min(ys)) >= _zone(points)[1]


def _borders(countries: dict[str, Any]) -> list[int]:
    """List the arcs that two countries share."""
    used = Counter(
        _plain(arc) for polygon in _polygons(countries) for ring in polygon for arc in ring
    )
    return sorted(arc for arc, times in used.items() if times > 1)


def _areas(countries: dict[str, Any], numbers: dict[int, int]) -> Iterator[dict[str, Any]]:
    """Yield each country with a code as an area of the arcs kept; an island left out stays so."""
    named = []
    for country in countries["geometries"]:
        name = country.get("properties", {}).get("name", "")
        if code := ISO_CODES.get(country.get("id", "")) or ISO_NAMES.get(name):
            named.append((code, country))
    for code, country in sorted(named, key=lambda pair: pair[0]):
        areas = [
            [[_renumber(arc, numbers) for arc in ring] for ring in polygon]
            for polygon in _polygons(country)
            if all(_plain(arc) in numbers for ring in polygon for arc in ring)
        ]
        yield {"type": "MultiPolygon", "id": code, "arcs": areas}


def _plain(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _renumber(arc: int, numbers: dict[int, int]) -> int:
    return numbers[arc] if arc >= 0 else ~numbers[~arc]


def _deltas(arc: list[Point]) -> list[list[int]]:
    steps = [(round(x / SCALE), round(y / SCALE)) for x, y in arc]
    written = [list(steps[0])]
    for before, here in itertools.pairwise(steps):
        if here != before or len(arc) == 2:
            written.append([here[0] - before[0], here[1] - before[1]])
    return written


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
