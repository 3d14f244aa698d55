"""Build data/geometry.geojson: how rail and road links run, after OpenStreetMap, for pictures.

    pip install "scgraph_data==2.0.0" "scgraph<3"
    python scripts/build_geometry.py

scgraph_data holds the world's railways and highways after OpenStreetMap, thinned: bends are cut and
some pieces are missing. A link gets a line if the shortest way between its two places on that
network passes the tests below, and if its line looked right when all were reviewed on maps of their
regions (REJECTED lists those that did not). The planner takes no length from it.
"""

from __future__ import annotations

import csv
import heapq
import importlib
import itertools
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from lines import Point, distance_km, length_km, simplify

DATA = Path(__file__).parents[1] / "data"
TARGET = DATA / "geometry.geojson"

SHORTEST, LONGEST = 0.80, 1.12
"""Length of the line over the link's distance; thinning cuts bends, so it may be shorter."""
SLACK_KM = 6.0
"""A line may miss the distance by this much whatever the ratio; short links need it."""
SNAP_KM = 8.0
"""How far a place may be from the network."""
STRAIGHT_KM = 40.0
"""A longer straight piece shows no track any more: `gaps` names it, and maps draw it dashed."""
CONNECTION_KM = 2.5
"""So is the piece from a place to the network, if it is longer."""
STEP_KM = 2.5
"""Straight pieces are cut into steps of this length, so that a place can join them anywhere."""
GAP_KM = 2.0
"""Loose ends this near are taken as joined, at twice the distance."""
TOLERANCE = 0.004
"""Douglas-Peucker, degrees: about 450 m."""
WINDOW = (0.0, 20.0, 130.0, 62.0)

REJECTED = {
    "road-kz-karaganda-almaty": "crosses Lake Balkhash, which the road rounds in the west",
}
"""Link -> what was wrong with its line on the map."""


class Network:
    """The points and pieces of one mode, with a grid to find points by place."""

    def __init__(self, mode: str) -> None:
        name = {"rail": "world_railways", "road": "world_highways"}[mode]
        module = importlib.import_module(f"scgraph_data.{name}")
        west, south, east, north = WINDOW
        self.points: list[Point] = []
        self.near: list[dict[int, float]] = []
        index = {
            i: self._add((lon, lat))
            for i, (lat, lon) in enumerate(module.nodes)
            if west < lon < east and south < lat < north
        }
        ends = len(self.points)
        for i, there in enumerate(module.graph):
            for j in there:
                if i < j and i in index and j in index:
                    self._piece(index[i], index[j])
        self.grid = defaultdict(list)
        for i, (x, y) in enumerate(self.points):
            self.grid[int(x * 10), int(y * 10)].append(i)
        self._close_gaps(ends)

    def _add(self, point: Point) -> int:
        self.points.append(point)
        self.near.append({})
        return len(self.points) - 1

    def _join(self, a: int, b: int, km: float) -> None:
        self.near[a][b] = self.near[b][a] = km

    def _piece(self, a: int, b: int) -> None:
        (x0, y0), (x1, y1) = self.points[a], self.points[b]
        steps = int(distance_km(self.points[a], self.points[b]) // STEP_KM) + 1
        last = a
        for n in range(1, steps + 1):
            share = n / steps
            here = b if n == steps else self._add((x0 + (x1 - x0) * share, y0 + (y1 - y0) * share))
            self._join(last, here, distance_km(self.points[last], self.points[here]))
            last = here

    def _close_gaps(self, ends: int) -> None:
        for i in range(ends):
            if len(self.near[i]) <= 1:
                for km, j in self.around(self.points[i], GAP_KM):
                    if j != i and j not in self.near[i]:
                        self._join(i, j, 2 * km + 0.1)

    def around(self, place: Point, radius_km: float) -> list[tuple[float, int]]:
        """List the points within a radius with their distance, nearest first."""
        column, row = int(place[0] * 10), int(place[1] * 10)
        cells = ((x, y) for x in range(column - 2, column + 3) for y in range(row - 1, row + 2))
        found = (
            (distance_km(place, self.points[i]), i)
            for cell in cells
            for i in self.grid.get(cell, ())
        )
        return sorted((km, i) for km, i in found if km <= radius_km)

    def way(self, start: Point, end: Point, limit_km: float) -> list[Point] | None:
        """Find the shortest way; joining the network costs three times the distance to it."""
        goal = {i: km for km, i in self.around(end, SNAP_KM)}
        heap = [(3 * km, i, -1) for km, i in self.around(start, SNAP_KM)]
        heapq.heapify(heap)
        before: dict[int, int] = {}
        while heap:
            km, here, origin = heapq.heappop(heap)
            if km > limit_km:
                return None
            if here == -2:
                return self._trace(origin, before)
            if here in before:
                continue
            before[here] = origin
            if here in goal:
                heapq.heappush(heap, (km + 3 * goal[here], -2, here))
            for there, step in self.near[here].items():
                if there not in before:
                    heapq.heappush(heap, (km + step, there, here))
        return None

    def _trace(self, last: int, before: dict[int, int]) -> list[Point]:
        line = []
        while last != -1:
            line.append(self.points[last])
            last = before[last]
        return line[::-1]


def main() -> None:
    """Write the file; say of each link without a line why."""
    nodes = {row["node_id"]: row for row in _rows("nodes.csv")}
    lines: dict[tuple[Point, ...], tuple[list[str], tuple[int, ...]]] = {}
    counts: dict[str, int] = defaultdict(int)
    for mode in ("rail", "road"):
        network = Network(mode)
        for edge in _rows("edges.csv"):
            if edge["mode"] != mode or edge["kind"] not in ("move", "border"):
                continue
            ends = [_place(nodes[edge[key]]) for key in ("from_node", "to_node")]
            line, fault = _line(network, edge, ends)
            counts[f"{mode} {'drawn' if line else 'not drawn'}"] += 1
            if line is None:
                print(f"{edge['edge_id']:45} {fault}")
                continue
            points, gaps = _drawn(line)
            if points[::-1] in lines:
                points = points[::-1]
            lines.setdefault(points, ([], gaps))[0].append(edge["edge_id"])
    features = [
        _feature(line, edges, gaps)
        for line, (edges, gaps) in sorted(lines.items(), key=lambda item: item[1])
    ]
    text = ",\n".join(json.dumps(f, separators=(",", ":")) for f in features)
    owed = '"license":"ODbL 1.0","attribution":"© OpenStreetMap contributors"'
    whole = f'{{"type":"FeatureCollection",{owed},"features":[\n{text}\n]}}\n'
    TARGET.write_text(whole, encoding="utf-8")
    print(dict(counts), f"{TARGET.name}: {TARGET.stat().st_size / 1024:.0f} KiB")


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _place(row: dict[str, str]) -> Point:
    return float(row["lon"]), float(row["lat"])


def _line(
    network: Network, edge: dict[str, str], ends: list[Point]
) -> tuple[list[Point] | None, str]:
    """Return a link's line from place to place, or None and what it fails at."""
    if edge["edge_id"] in REJECTED:
        return None, f"rejected: {REJECTED[edge['edge_id']]}"
    km = float(edge["distance_km"])
    way = network.way(ends[0], ends[1], 1.5 * max(km, distance_km(*ends)) + 30)
    if way is None:
        return None, "no way on the network"
    line = [ends[0], *way, ends[1]]
    drawn = length_km(line)
    if not SHORTEST <= drawn / km <= LONGEST and abs(drawn - km) > SLACK_KM:
        return None, f"{drawn:.0f} km drawn, {km:.0f} km in the data"
    return line, ""


def _is_gap(a: Point, b: Point, limit_km: float = STRAIGHT_KM) -> bool:
    return distance_km(a, b) > limit_km


def _drawn(line: list[Point]) -> tuple[tuple[Point, ...], tuple[int, ...]]:
    """Simplify a line between its gaps; return it with the numbers of the points gaps begin at."""
    corners = [line[0], *simplify(line[1:-1], 0.0002), line[-1]]
    last = len(corners) - 2
    runs = [corners[:1]]
    for number, (before, here) in enumerate(itertools.pairwise(corners)):
        if _is_gap(before, here, CONNECTION_KM if number in (0, last) else STRAIGHT_KM):
            runs.append([here])
        else:
            runs[-1].append(here)
    points: list[Point] = []
    gaps = []
    for run in runs:
        points += [(round(x, 3), round(y, 3)) for x, y in _cut(run)]
        gaps.append(len(points) - 1)
    return tuple(points), tuple(gaps[:-1])


def _cut(run: list[Point]) -> list[Point]:
    """Simplify a run, but never so much that it would look like a gap."""
    tolerance = TOLERANCE
    while True:
        points = simplify(run, tolerance)
        if tolerance < 0.0003 or not any(map(_is_gap, points, points[1:])):
            return points
        tolerance /= 2


def _feature(line: tuple[Point, ...], edges: list[str], gaps: tuple[int, ...]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"edge_ids": edges, "gaps": list(gaps)},
        "geometry": {"type": "LineString", "coordinates": [list(point) for point in line]},
    }


if __name__ == "__main__":
    main()
