"""KML, GPX and GeoPackage: read back by GDAL, lxml and SQLite, with the names and places intact."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyogrio
import pytest
import tiny
from fastkml import KML
from fastkml.validator import validate
from lxml import etree

from routeplan import write_network, write_plan
from routeplan.network.column import changed
from routeplan.network.vocabulary import Mode
from routeplan.render.cells import plain
from routeplan.render.geo.colors import MODE_COLORS, WAY_COLORS
from routeplan.render.geo.layers import Feature, Layer
from routeplan.render.geo.line import Line
from routeplan.render.geo.qgis import qml_text
from routeplan.render.geo.xmltext import degrees_text
from routeplan.render.way import label, way_text
from routeplan.render.words import best_at_text

if TYPE_CHECKING:
    from pathlib import Path

KML_NS = {"k": "http://www.opengis.net/kml/2.2"}
GPX_NS = {"g": "http://www.topografix.com/GPX/1/1"}
PLAN_LAYERS = {
    "ways": "MultiLineString",
    "legs": "LineString",
    "handling": "Point",
    "places": "Point",
}
NETWORK_LAYERS = {"links": "LineString", "transfers": "Point", "places": "Point"}


def parse(path: Path) -> etree._ElementTree:
    return etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True))


def table(path: Path, layer: str) -> list[dict]:
    """Read the values of a layer by GDAL, with the box of each feature as `box`."""
    meta, _, _, columns = pyogrio.raw.read(path, layer=layer)
    _, boxes = pyogrio.read_bounds(path, layer=layer)
    rows = [dict(zip(meta["fields"], row, strict=True)) for row in zip(*columns, strict=True)]
    return [{**row, "box": tuple(box)} for row, box in zip(rows, boxes.T, strict=True)]


def box(*nodes) -> tuple[float, ...]:
    lons, lats = [node.lon for node in nodes], [node.lat for node in nodes]
    return (min(lons), min(lats), max(lons), max(lats))


def legs_of(plan) -> list:
    return [leg for itinerary in plan.itineraries for leg in itinerary.legs]


@pytest.fixture
def gpkg(tiny_plan, tiny_network, tmp_path) -> Path:
    write_plan(tiny_plan, tmp_path / "plan.gpkg", tiny_network)
    return tmp_path / "plan.gpkg"


@pytest.fixture
def kml(tiny_plan, tiny_network, tmp_path) -> Path:
    write_plan(tiny_plan, tmp_path / "plan.kml", tiny_network)
    return tmp_path / "plan.kml"


@pytest.fixture
def gpx(tiny_plan, tiny_network, tmp_path) -> Path:
    write_plan(tiny_plan, tmp_path / "plan.gpx", tiny_network)
    return tmp_path / "plan.gpx"


def test_gdal_finds_the_layers_of_a_geopackage_in_wgs84(gpkg):
    layers = dict(pyogrio.list_layers(gpkg).tolist())
    assert {name: layers[name] for name in PLAN_LAYERS} == PLAN_LAYERS
    assert {"numbers", "sources", "about", "columns", "layer_styles"} <= set(layers)
    for name in PLAN_LAYERS:
        info = pyogrio.read_info(gpkg, layer=name, force_total_bounds=True)
        assert (info["crs"], info["driver"], info["encoding"]) == ("EPSG:4326", "GPKG", "UTF-8")
        boxes = np.array([row["box"] for row in table(gpkg, name)])
        assert info["total_bounds"] == (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0))


def test_a_geopackage_has_every_leg_where_it_runs_longitude_first(gpkg, tiny_plan):
    moving = [leg for leg in legs_of(tiny_plan) if box(leg.start) != box(leg.end)]
    still = [leg for leg in legs_of(tiny_plan) if box(leg.start) == box(leg.end)]
    for layer, legs in (("legs", moving), ("handling", still)):
        rows = table(gpkg, layer)
        assert [row["edge_id"] for row in rows] == [leg.edge.edge_id for leg in legs]
        assert [row["box"] for row in rows] == [box(leg.start, leg.end) for leg in legs]
        assert [row["mode"] for row in rows] == [leg.mode for leg in legs]
        assert [row["cost_usd"] for row in rows] == [round(leg.cost_usd, 2) for leg in legs]
    assert all(row["shape"] == "schematic" for row in table(gpkg, "legs"))


def test_a_geopackage_has_ways_and_the_places_they_call_at(gpkg, tiny_plan):
    ways = table(gpkg, "ways")
    for row, itinerary in zip(ways, tiny_plan.itineraries, strict=True):
        nodes = [node for leg in itinerary.legs for node in (leg.start, leg.end)]
        assert row["box"] == box(*nodes)
        assert row["way"] == way_text(itinerary)
    places = table(gpkg, "places")
    nodes = {node.node_id: node for leg in legs_of(tiny_plan) for node in (leg.start, leg.end)}
    assert {row["node_id"]: row["box"] for row in places} == {
        node_id: box(node) for node_id, node in nodes.items()
    }
    assert next(row for row in places if row["node_id"] == "kz-astana")["aliases"] == (
        "Астана|Nur-Sultan"
    )
    (origin,) = (row for row in places if row["node_id"] == tiny_plan.origin.node_id)
    assert origin["ways"] == "|".join(str(n + 1) for n in range(len(tiny_plan.itineraries)))


def test_a_geopackage_is_a_sound_database(gpkg):
    with closing(sqlite3.connect(gpkg)) as database:
        assert database.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert database.execute("PRAGMA user_version").fetchone() == (10300,)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        dates = {row[0] for row in database.execute("SELECT last_change FROM gpkg_contents")}
        assert len(dates) == 1
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00\.000Z", dates.pop())


def test_every_layer_has_a_style_that_qgis_takes_as_its_default(gpkg):
    with closing(sqlite3.connect(gpkg)) as database:
        query = (
            "SELECT f_table_name, styleQML FROM layer_styles WHERE f_table_catalog = '' AND "
            "f_table_schema = '' AND f_geometry_column = 'geom' AND useAsDefault"
        )
        styles = {name: etree.fromstring(qml.encode()) for name, qml in database.execute(query)}
    assert set(styles) == set(PLAN_LAYERS)
    by_mode = styles["legs"].find("renderer-v2")
    assert (by_mode.get("type"), by_mode.get("attr")) == ("categorizedSymbol", "mode")
    drawn = {
        category.get("value"): by_mode.find(
            f"symbols/symbol[@name='{category.get('symbol')}']/layer/prop[@k='line_color']"
        ).get("v")
        for category in by_mode.iter("category")
    }
    assert drawn == {
        mode: ",".join(str(int(color[i : i + 2], 16)) for i in (1, 3, 5)) + ",255"
        for mode, color in MODE_COLORS.items()
    }
    assert set(drawn) == set(Mode)
    assert styles["places"].find("labeling/settings/text-style").get("fieldName") == "name"


def test_more_ways_than_colours_are_drawn():
    features = [
        Feature((((0.0, 0.0), (1.0, 1.0)),), {"rank": n}, f"<{n}>", "")
        for n in range(len(WAY_COLORS) + 2)
    ]
    style = etree.fromstring(qml_text(Layer("ways", "MultiLineString", (), features)).encode())
    symbols = {symbol.get("name") for symbol in style.iter("symbol")}
    categories = list(style.iter("category"))
    assert [category.get("symbol") for category in categories] == [*map(str, range(len(features)))]
    assert {category.get("symbol") for category in categories} == symbols
    assert categories[0].get("label") == "<0>"


def test_kml_is_valid_by_the_schema(kml):
    assert validate(file_to_validate=kml)


def test_kml_has_a_folder_per_way_with_its_legs_in_order(kml, tiny_plan):
    (document,) = KML.parse(kml, strict=True).features
    assert document.name == "Astana to Baku"
    *ways, places = document.features
    for rank, (folder, itinerary) in enumerate(zip(ways, tiny_plan.itineraries, strict=True), 1):
        assert folder.name == f"Way {rank}: {best_at_text(itinerary)}"
        moving = [leg for leg in itinerary.legs if box(leg.start) != box(leg.end)]
        drawn = [mark for mark in folder.features if mark.geometry.geom_type == "LineString"]
        assert [mark.geometry.coords for mark in drawn] == [
            ((leg.start.lon, leg.start.lat), (leg.end.lon, leg.end.lat)) for leg in moving
        ]
        assert [mark.style_url.url for mark in drawn] == [f"#{leg.mode}" for leg in moving]
        assert len(folder.features) == len(itinerary.legs)
    assert places.name == "Places"
    assert {mark.name for mark in places.features} >= {"Astana", "Baku"}
    for warning in tiny_plan.warnings:
        assert warning in document.description


def test_gdal_reads_kml_with_numbers_as_numbers(kml, tiny_plan):
    folder = pyogrio.list_layers(kml)[0][0]
    meta, _, _, columns = pyogrio.raw.read(kml, layer=folder)
    values = dict(zip(meta["fields"], columns, strict=True))
    costs = sorted(round(leg.cost_usd, 2) for leg in tiny_plan.itineraries[0].legs)
    assert sorted(values["cost_usd"]) == costs
    assert values["cost_usd"].dtype == np.float64


def test_a_map_asks_for_nothing_from_elsewhere(kml, gpx):
    for path in (kml, gpx):
        addresses = set(re.findall(r"https?://[^\s\"<]+", path.read_text("utf-8")))
        assert addresses <= {KML_NS["k"], GPX_NS["g"]}


def test_colours_of_kml_are_turned_round(kml):
    root = parse(kml)
    for mode, color in MODE_COLORS.items():
        told = root.findtext(f".//k:Style[@id='{mode}']/k:LineStyle/k:color", namespaces=KML_NS)
        assert told == "ff" + color[5:7] + color[3:5] + color[1:3]


def test_gpx_has_a_track_per_way_and_a_waypoint_per_place(gpx, tiny_plan):
    tracks, places = table(gpx, "tracks"), table(gpx, "waypoints")
    for rank, (track, itinerary) in enumerate(zip(tracks, tiny_plan.itineraries, strict=True), 1):
        assert track["name"] == f"Way {rank}: {best_at_text(itinerary)}"
        assert track["desc"].startswith(f"{way_text(itinerary)}. P50 ")
        assert track["box"] == box(*(n for leg in itinerary.legs for n in (leg.start, leg.end)))
    nodes = {node.node_id: node for leg in legs_of(tiny_plan) for node in (leg.start, leg.end)}
    assert sorted((row["name"], row["box"]) for row in places) == sorted(
        (label(node), box(node)) for node in nodes.values()
    )


def test_the_points_of_a_track_are_those_of_the_way_in_order(gpx, tiny_plan):
    for track, itinerary in zip(
        parse(gpx).iterfind("g:trk", GPX_NS), tiny_plan.itineraries, strict=True
    ):
        assert len(track.findall("g:trkseg", GPX_NS)) == 1
        found = [(float(p.get("lon")), float(p.get("lat"))) for p in track.iter("{*}trkpt")]
        nodes = [itinerary.legs[0].start, *(leg.end for leg in itinerary.legs)]
        passed = [(node.lon, node.lat) for node in nodes]
        assert found == [passed[0], *(b for a, b in pairwise(passed) if a != b)]


def test_elements_of_gpx_stand_in_the_order_of_its_schema(gpx):
    order = {
        "gpx": ["metadata", "wpt", "rte", "trk"],
        "metadata": ["name", "desc"],
        "wpt": ["name", "cmt", "desc", "type"],
        "trk": ["name", "desc", "type", "trkseg"],
    }
    for element in parse(gpx).iter():
        places = [
            order[tag].index(etree.QName(child).localname)
            for child in element
            if (tag := etree.QName(element).localname) in order
        ]
        assert places == sorted(places)


@pytest.mark.parametrize("suffix", ["kml", "gpx", "gpkg"])
def test_gdal_reads_a_network(tiny_network, tmp_path, suffix):
    path = tmp_path / f"network.{suffix}"
    write_network(tiny_network, path)
    layers = dict(pyogrio.list_layers(path).tolist())
    counts = {
        name: pyogrio.read_info(path, layer=name, force_feature_count=True)["features"]
        for name in layers
    }
    ends = [
        (tiny_network.nodes[edge.from_node], tiny_network.nodes[edge.to_node])
        for edge in tiny_network.edges.values()
    ]
    lines = sum(box(start) != box(end) for start, end in ends)
    if suffix == "gpkg":
        assert {name: layers[name] for name in NETWORK_LAYERS} == NETWORK_LAYERS
        assert counts["links"] == lines
        assert counts["transfers"] == len(ends) - lines
        assert counts["places"] == len(tiny_network.nodes)
        sea = next(row for row in table(path, "links") if row["edge_id"] == "sea-aktau-alat")
        assert (sea["from_name"], sea["to_name"], sea["directed"]) == (
            "Aktau port",
            "Alat port",
            False,
        )
    elif suffix == "gpx":
        assert (counts["tracks"], counts["waypoints"]) == (lines, len(tiny_network.nodes))
    else:
        assert sum(counts.values()) == len(ends) + len(tiny_network.nodes)
        assert validate(file_to_validate=path)


def test_a_hostile_name_is_only_a_name_on_maps(hostile, tmp_path):
    name, network, plan = hostile
    for suffix in ("kml", "gpx", "gpkg"):
        write_plan(plan, tmp_path / f"plan.{suffix}", network)
        write_network(network, tmp_path / f"network.{suffix}")
    for kml in ("plan.kml", "network.kml"):
        assert validate(file_to_validate=tmp_path / kml)
        names = [e.text for e in parse(tmp_path / kml).iterfind(".//k:Placemark/k:name", KML_NS)]
        assert plain(name) in names
    for gpx in ("plan.gpx", "network.gpx"):
        assert plain(name) in [row["name"] for row in table(tmp_path / gpx, "waypoints")]
    for gpkg in ("plan.gpkg", "network.gpkg"):
        places = {row["node_id"]: row["name"] for row in table(tmp_path / gpkg, "places")}
        assert places["kz-astana"] == name


@pytest.mark.parametrize("suffix", ["kml", "gpx", "gpkg", "geojson"])
def test_lines_come_from_one_place_and_may_bend(
    tiny_plan, tiny_network, tmp_path, monkeypatch, suffix
):
    def bent(_edge, start, end):
        middle = (start.lon + 1.0, start.lat + 1.0)
        return Line(((start.lon, start.lat), middle, (end.lon, end.lat)), "surveyed")

    for module in ("routeplan.render.geo.layers", "routeplan.render.geojson"):
        monkeypatch.setattr(f"{module}.line_of", bent)
    path = tmp_path / f"plan.{suffix}"
    write_plan(tiny_plan, path, tiny_network)
    first = tiny_plan.itineraries[0].legs[0]
    middle = f"{first.start.lon + 1.0:.2f},{first.start.lat + 1.0:.2f}"
    if suffix == "gpkg":
        assert {row["shape"] for row in table(path, "legs")} == {"surveyed"}
        assert pyogrio.read_info(path, layer="handling")["features"] == 0
    elif suffix == "kml":
        assert f" {middle} " in path.read_text("utf-8")
    elif suffix == "gpx":
        lon, lat = middle.split(",")
        assert f'lat="{lat}" lon="{lon}"' in path.read_text("utf-8")
    else:
        assert '"shape": "surveyed"' in path.read_text("utf-8")


def test_what_has_no_coordinates_is_left_out_and_leaves_a_gap(tiny_plan, tiny_network, tmp_path):
    itinerary = tiny_plan.itineraries[0]
    lost = itinerary.legs[2].start.node_id

    def without(node):
        return changed(node, lat=None, lon=None) if node.node_id == lost else node

    legs = tuple(replace(g, start=without(g.start), end=without(g.end)) for g in itinerary.legs)
    plan = replace(tiny_plan, itineraries=(replace(itinerary, legs=legs),))
    for suffix in ("kml", "gpx", "gpkg"):
        write_plan(plan, tmp_path / f"plan.{suffix}", tiny_network)
    assert lost not in {row["node_id"] for row in table(tmp_path / "plan.gpkg", "places")}
    drawn = pyogrio.read_info(tmp_path / "plan.gpkg", layer="legs")["features"]
    still = pyogrio.read_info(tmp_path / "plan.gpkg", layer="handling")["features"]
    assert drawn + still == sum(lost not in (g.start.node_id, g.end.node_id) for g in legs)
    assert validate(file_to_validate=tmp_path / "plan.kml")
    assert len(table(tmp_path / "plan.gpx", "tracks")) == 1


def test_a_network_without_any_coordinates_is_still_a_file(tmp_path):
    network = tiny.tiny_network("from_node,to_node,mode,distance_km\nkz-a,kz-b,rail,10")
    for suffix in ("kml", "gpx", "gpkg"):
        write_network(network, tmp_path / f"network.{suffix}")
    assert pyogrio.read_info(tmp_path / "network.gpkg", layer="links")["features"] == 0
    assert validate(file_to_validate=tmp_path / "network.kml")


@pytest.mark.parametrize(
    ("degrees", "told"),
    [(71.43, "71.43"), (50.0, "50"), (-0.5, "-0.5"), (1e-5, "0.00001"), (180.0, "180"), (0, "0")],
)
def test_degrees_are_written_without_an_exponent(degrees, told):
    assert degrees_text(degrees) == told
