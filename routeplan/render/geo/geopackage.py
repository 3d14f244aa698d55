"""Map layers and tables as a GeoPackage 1.3 (OGC 12-128r17), styled for QGIS.

It is an SQLite database, written with the standard library. A layer is a table of features in
WGS 84, longitude first; other tables are attributes. `layer_styles` holds what QGIS shows a layer
with when it is opened.
"""

from __future__ import annotations

import sqlite3
import struct
from typing import TYPE_CHECKING

from routeplan.render.geo.layers import LINES, POINT
from routeplan.render.geo.qgis import qml_text
from routeplan.render.rows.sqlite import columns, fill, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from routeplan.render.geo.layers import Feature, Layer
    from routeplan.render.geo.line import Point
    from routeplan.render.rows.writer import Table

_APPLICATION_ID = 0x47504B47  # "GPKG"
_VERSION = 10300
_WGS84 = 4326
_WGS84_WKT = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AUTHORITY["EPSG","4326"]]'
)
_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL
  DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE,
  max_y DOUBLE, srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id)
  REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT CURRENT_TIMESTAMP);
"""
_SYSTEMS = (
    ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", "undefined cartesian coordinates"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinates"),
    ("WGS 84 geodetic", _WGS84, "EPSG", _WGS84, _WGS84_WKT, "longitude/latitude in degrees"),
)
_LITTLE_ENDIAN = 1
_WKB_POINT, _WKB_LINE, _WKB_LINES = 1, 2, 5


def geopackage_bytes(layers: Sequence[Layer], tables: Iterable[Table], stamp: datetime) -> bytes:
    """Return layers and tables as a GeoPackage.

    Parameters
    ----------
    layers
        Maps.
    tables
        Written beside them, without a place on the map.
    stamp
        What the file says of the time of its last change: the date of the data, so that equal
        answers give equal bytes.
    """
    changed = stamp.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    database = sqlite3.connect(":memory:")
    try:
        database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {_VERSION}")
        database.executescript(_TABLES)
        database.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", _SYSTEMS)
        for layer in layers:
            _add_layer(database, layer, changed)
        for table in tables:
            _add_table(database, table, changed)
        _register(database, "layer_styles", "attributes", changed, None)
        database.commit()
        return database.serialize()
    finally:
        database.close()


def _add_layer(database: sqlite3.Connection, layer: Layer, changed: str) -> None:
    parts = [
        "fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL",
        f"geom {layer.geometry.upper()}",
        *([columns(layer.fields)] if layer.fields else []),
    ]
    database.execute(f"CREATE TABLE {quoted(layer.name)} ({', '.join(parts)})")
    points = [point for f in layer.features for part in f.parts for point in part]
    _register(database, layer.name, "features", changed, _box(points))
    database.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?,'geom',?,?,0,0)",
        (layer.name, layer.geometry.upper(), _WGS84),
    )
    names = ["geom", *(field.name for field in layer.fields)]
    inserted = (
        f"INSERT INTO {quoted(layer.name)} ({', '.join(map(quoted, names))}) "  # noqa: S608 - quoted
        f"VALUES ({', '.join('?' * len(names))})"
    )
    database.executemany(
        inserted,
        (
            [_geometry(feature, layer.geometry), *(feature.row.get(name) for name in names[1:])]
            for feature in layer.features
        ),
    )
    database.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
        "f_geometry_column, styleName, styleQML, useAsDefault, description, owner, update_time) "
        "VALUES ('', '', ?, 'geom', ?, ?, 1, '', '', ?)",
        (layer.name, layer.name, qml_text(layer), changed),
    )


def _add_table(database: sqlite3.Connection, table: Table, changed: str) -> None:
    more = f", {columns(table.fields)}" if table.fields else ""
    key = "fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"
    database.execute(f"CREATE TABLE {quoted(table.name)} ({key}{more})")
    _register(database, table.name, "attributes", changed, None)
    if table.fields:
        fill(database, table)


def _register(
    database: sqlite3.Connection,
    name: str,
    kind: str,
    changed: str,
    box: tuple[float, ...] | None,
) -> None:
    database.execute(
        "INSERT INTO gpkg_contents VALUES (?,?,?,'',?,?,?,?,?,?)",
        (name, kind, name, changed, *(box or (None,) * 4), _WGS84 if kind == "features" else None),
    )


def _box(points: Sequence[Point]) -> tuple[float, ...] | None:
    """Return least longitude and latitude, then the greatest; None without points."""
    if not points:
        return None
    lons, lats = zip(*points, strict=True)
    return (min(lons), min(lats), max(lons), max(lats))


def _geometry(feature: Feature, geometry: str) -> bytes:
    """Write a geometry as the standard has it: a header with its box, then well-known binary."""
    if geometry == POINT:
        ((lon, lat),) = feature.parts[0]
        body = struct.pack("<BIdd", _LITTLE_ENDIAN, _WKB_POINT, lon, lat)
        return struct.pack("<2sBBi", b"GP", 0, 1, _WGS84) + body
    lines = [_wkb_line(part) for part in feature.parts]
    body = lines[0]
    if geometry == LINES:
        body = struct.pack("<BII", _LITTLE_ENDIAN, _WKB_LINES, len(lines)) + b"".join(lines)
    west, south, east, north = _box([point for part in feature.parts for point in part]) or ()
    envelope = struct.pack("<4d", west, east, south, north)
    return struct.pack("<2sBBi", b"GP", 0, 0b011, _WGS84) + envelope + body


def _wkb_line(points: Sequence[Point]) -> bytes:
    numbers = [number for point in points for number in point]
    head = struct.pack("<BII", _LITTLE_ENDIAN, _WKB_LINE, len(points))
    return head + struct.pack(f"<{len(numbers)}d", *numbers)
