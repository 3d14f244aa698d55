"""The files maps are drawn from: land, tracks after OpenStreetMap, sailings of our own."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise

import pytest

from routeplan.network.files import packaged_data
from routeplan.render.draw.geometry import distance_km
from routeplan.render.draw.land import load_land

SNAP_KM = 8.0
SHORTEST, LONGEST, SLACK_KM = 0.78, 1.13, 6.5
"""As scripts/build_geometry.py has them, with room for what simplifying takes off."""
NARROW = {
    "Bosporus": ((29.0, 40.95), (29.2, 41.3)),
    "Suez Canal": ((32.3, 29.8), (32.6, 31.5)),
    "Elbe": ((8.9, 53.4), (10.0, 54.0)),
    "Volga, Don": ((37.9, 45.4), (48.1, 48.6)),
}
"""Waters too narrow for the land file: where a sailing may seem to cross land."""
PORT_KM = 42.0
"""Nor is the land file sharp enough for what lies within a bay's length of a port."""


def features(name):
    return json.loads((packaged_data() / name).read_text("utf-8"))["features"]


def length_km(line):
    return sum(distance_km(a, b) for a, b in pairwise(line))


@pytest.fixture(scope="module")
def tracks():
    return features("geometry.geojson")


@pytest.mark.parametrize("name", ["geometry.geojson", "sea_lines.geojson"])
def test_every_line_belongs_to_links_and_no_link_has_two(name, real):
    used = Counter(e for f in features(name) for e in f["properties"]["edge_ids"])
    assert used
    assert set(used) <= set(real.edges)
    assert max(used.values()) == 1


@pytest.mark.parametrize("name", ["geometry.geojson", "sea_lines.geojson"])
def test_every_line_runs_from_place_to_place(name, real):
    for feature in features(name):
        line = feature["geometry"]["coordinates"]
        for edge_id in feature["properties"]["edge_ids"]:
            edge = real.edges[edge_id]
            ends = [real.nodes[n] for n in (edge.from_node, edge.to_node)]
            places = [(node.lon, node.lat) for node in ends]
            gaps = [
                distance_km(tuple(line[0]), a) + distance_km(tuple(line[-1]), b)
                for a, b in (places, places[::-1])
            ]
            assert min(gaps) < 0.5, edge_id


def test_tracks_are_about_as_long_as_their_links(tracks, real):
    for feature in tracks:
        drawn = length_km([tuple(p) for p in feature["geometry"]["coordinates"]])
        for edge_id in feature["properties"]["edge_ids"]:
            km = real.edges[edge_id].distance_km
            fits = SHORTEST <= drawn / km <= LONGEST or abs(drawn - km) <= SLACK_KM
            assert fits, (edge_id, drawn, km)


def test_long_straight_pieces_are_named_as_gaps(tracks):
    for feature in tracks:
        line = [tuple(p) for p in feature["geometry"]["coordinates"]]
        gaps = set(feature["properties"]["gaps"])
        assert gaps <= set(range(len(line) - 1))
        for number, (a, b) in enumerate(pairwise(line)):
            assert number in gaps or distance_km(a, b) <= 41.0, feature["properties"]


def test_the_corridor_has_tracks_and_every_sailing_its_way(tracks, real):
    drawn = {e for f in tracks for e in f["properties"]["edge_ids"]}
    assert {"rail-az-alat-yevlakh", "rail-rs-nis-belgrade", "rail-tr-kars-erzurum"} <= drawn
    sailings = {e for f in features("sea_lines.geojson") for e in f["properties"]["edge_ids"]}
    modes = ("sea", "ferry", "barge")
    assert sailings == {
        e.edge_id for e in real.edges.values() if e.kind == "move" and e.mode in modes
    }


def test_the_file_of_tracks_names_its_licence():
    whole = json.loads((packaged_data() / "geometry.geojson").read_text("utf-8"))
    assert (whole["license"], whole["attribution"]) == ("ODbL 1.0", "© OpenStreetMap contributors")


def test_sailings_stay_off_the_land(real):
    land = load_land()
    ports = {(n.lon, n.lat) for n in real.nodes.values() if n.kind in ("seaport", "river_port")}
    pieces = {
        (tuple(a), tuple(b))
        for f in features("sea_lines.geojson")
        if not f["properties"]["edge_ids"][0].startswith(("barge", "ferry-tatvan", "ferry-van"))
        for a, b in pairwise(f["geometry"]["coordinates"])
    }
    assert len(pieces) > 150
    rings = [(min(x for x, _ in r), max(x for x, _ in r), r) for r in land.rings]
    for a, b in pieces:
        near = [r for low, high, r in rings if high >= min(a[0], b[0]) and low <= max(a[0], b[0])]
        part = type(land)(tuple(near), ())
        steps = max(2, int(distance_km(a, b) / 6))
        for n in range(steps + 1):
            here = tuple(p + (q - p) * n / steps for p, q in zip(a, b, strict=True))
            if part.covers(*here) and not excused(here, ports):
                pytest.fail(f"{a} - {b} crosses land at {here}")


def excused(here, ports):
    inside = (
        low[0] <= here[0] <= high[0] and low[1] <= here[1] <= high[1]
        for low, high in NARROW.values()
    )
    return any(inside) or any(distance_km(here, port) < PORT_KM for port in ports)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ((71.4, 51.2), True),  # Astana
        ((20.5, 44.8), True),  # Belgrade
        ((50.5, 42.0), False),  # Caspian Sea
        ((34.0, 43.0), False),  # Black Sea
        ((74.0, 46.3), False),  # Lake Balkhash
        ((175.0, 66.0), True),  # Chukotka, whose coast crosses 180 degrees
    ],
)
def test_land_is_land_and_water_is_water(place, expected):
    assert load_land().covers(*place) is expected
