"""Build data/sea_lines.geojson: how sailings are drawn, from way points we set ourselves.

    python scripts/build_sea_lines.py

A sailing follows the shortest chain of lanes between its two ports: sea_lanes.txt has a chain of
ports and way points a line, sea_points.csv where the way points are. They are judged by eye on
Natural Earth's coast, to stay off the land; they are pictures, no sailing directions, and the
planner takes no length from them. The file is part of our own data (CC BY 4.0).
"""

from __future__ import annotations

import csv
import heapq
import json
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

from lines import Point, distance_km, length_km

HERE = Path(__file__).parent
DATA = HERE.parent / "data"
TARGET = DATA / "sea_lines.geojson"

AVOID = {"suez": ("suez",), "volga-don": ("volgograd",)}
"""Passage -> way points only edges with that passage may use."""


def main() -> None:
    """Write the file and say how the drawn lengths compare with the edges' distances."""
    nodes = {row["node_id"]: row for row in _rows(DATA / "nodes.csv")}
    way_points = {
        row["name"]: (float(row["lon"]), float(row["lat"]))
        for row in _rows(HERE / "sea_points.csv")
    }
    lines: dict[tuple[Point, ...], list[str]] = defaultdict(list)
    for edge in _rows(DATA / "edges.csv"):
        if edge["kind"] != "move" or edge["mode"] not in ("sea", "ferry", "barge"):
            continue
        ports = {
            n: (float(nodes[n]["lon"]), float(nodes[n]["lat"]))
            for n in (edge["from_node"], edge["to_node"])
        }
        banned = {p for name, ps in AVOID.items() if name not in edge["passages"] for p in ps}
        line = _lane(edge, {**way_points, **ports}, banned)
        if tuple(reversed(line)) in lines:
            line.reverse()
        lines[tuple(line)].append(edge["edge_id"])
        ratio = length_km(line) / float(edge["distance_km"])
        flag = "" if 0.85 < ratio < 1.15 else "  <-- look"
        print(f"{edge['edge_id']:45} {len(line):3} points, drawn / distance {ratio:.2f}{flag}")
    features = [
        _feature(line, edges) for line, edges in sorted(lines.items(), key=lambda kv: kv[1])
    ]
    text = ",\n".join(json.dumps(f, separators=(",", ":")) for f in features)
    TARGET.write_text(f'{{"type":"FeatureCollection","features":[\n{text}\n]}}\n', encoding="utf-8")
    print(f"{TARGET.name}: {len(features)} lines, {TARGET.stat().st_size / 1024:.0f} KiB")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _lane(edge: dict[str, str], points: dict[str, Point], banned: set[str]) -> list[Point]:
    """Find the shortest chain of lanes between an edge's ports."""
    near = defaultdict(set)
    for lane in (HERE / "sea_lanes.txt").read_text("utf-8").splitlines():
        for a, b in pairwise(lane.split()):
            near[a].add(b)
            near[b].add(a)
    start, end = edge["from_node"], edge["to_node"]
    heap: list[tuple[float, str, tuple[str, ...]]] = [(0.0, start, ())]
    seen: set[str] = set()
    while heap:
        cost, here, before = heapq.heappop(heap)
        if here == end:
            return [points[name] for name in (*before, here)]
        if here in seen:
            continue
        seen.add(here)
        for there in near[here] - banned:
            if there in points:  # another port is no way point
                step = distance_km(points[here], points[there])
                heapq.heappush(heap, (cost + step, there, (*before, here)))
    message = f"no lane for {edge['edge_id']}: add way points between {start} and {end}"
    raise SystemExit(message)


def _feature(line: tuple[Point, ...], edges: list[str]) -> dict[str, Any]:
    coordinates = [[round(x, 3), round(y, 3)] for x, y in line]
    return {
        "type": "Feature",
        "properties": {"edge_ids": edges},
        "geometry": {"type": "LineString", "coordinates": coordinates},
    }


if __name__ == "__main__":
    main()
