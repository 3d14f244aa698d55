"""A network in any format that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from routeplan.errors import RequestError
from routeplan.render.exports import NETWORK_FORMATS, TableName
from routeplan.render.output import BINARY_FORMATS, Format, choose_format, write_bytes, write_text
from routeplan.render.rows.network import (
    network_dict,
    network_records,
    network_table,
    network_tables,
)

if TYPE_CHECKING:
    from routeplan.network.model import Network
    from routeplan.render.geo.layers import Feature, Layer


def network_text(network: Network, form: Format, table: TableName = TableName.EDGES) -> str:
    """Write a network.

    Parameters
    ----------
    network
        The facts.
    form
        A text of NETWORK_FORMATS; `network_bytes` writes the others.
    table
        Which table ONE_TABLE_FORMATS hold.
    """
    from routeplan.render.listing import csv_text, json_text, jsonl_text, tsv_text

    if form is Format.JSON:
        return json_text(network_dict(network))
    if form is Format.JSONL:
        return jsonl_text(network_records(network, table))
    if form in (Format.CSV, Format.TSV):
        return (csv_text if form is Format.CSV else tsv_text)(network_table(network, table).rows)
    from routeplan.render.geo.layers import network_layers

    layers = network_layers(network)
    if form is Format.GEOJSON:
        return json_text(_geojson(layers))
    title = f"Network of {network.as_of}, version {network.version}"
    if form is Format.KML:
        from routeplan.render.geo.kml import kml_text

        return kml_text(title, (), layers)
    from routeplan.render.geo.gpx import gpx_text

    drawn = [layer for layer in layers if layer.name != "transfers"]
    return gpx_text(title, (), drawn, _described)


def network_bytes(network: Network, form: Format, table: TableName = TableName.EDGES) -> bytes:
    """Write a network in one of BINARY_FORMATS; see `network_text`."""
    from routeplan.render.rows.tables import stamp_of

    if form is Format.PARQUET:
        from routeplan.render.rows.parquet import parquet_bytes

        return parquet_bytes(network_table(network, table))
    tables = network_tables(network)
    stamp = stamp_of(network.as_of)
    if form is Format.XLSX:
        from routeplan.render.rows.excel import workbook_bytes

        return workbook_bytes(tables, stamp)
    if form is Format.SQLITE:
        from routeplan.render.rows.sqlite import sqlite_bytes

        return sqlite_bytes(tables)
    from routeplan.render.geo.geopackage import geopackage_bytes
    from routeplan.render.geo.layers import network_layers

    drawn = (TableName.NODES, TableName.EDGES)
    beside = [table for table in tables if table.name not in drawn]
    return geopackage_bytes(network_layers(network), beside, stamp)


def write_network(
    network: Network,
    output: Path | str,
    form: Format | str | None = None,
    table: TableName | str = TableName.EDGES,
) -> None:
    """Write a network to a file, in the format of its suffix: `write_network(network, "n.gpkg")`.

    Parameters
    ----------
    network
        The facts.
    output
        The file. A text is packed if its name ends in `.gz`.
    form
        The format, if the suffix is not to say it.
    table
        Which table CSV, TSV, JSON lines and Parquet hold; the others hold the whole network.

    Raises
    ------
    RequestError
        If there is no such format or table, or this installation cannot write it.
    OutputError
        If the file cannot be written; nothing is left behind.
    """
    if table not in tuple(TableName):
        raise RequestError(f'no such table: "{table}". Choose one of {", ".join(TableName)}.')
    file, name = Path(output), TableName(table)
    chosen = choose_format(form, file, NETWORK_FORMATS)
    if chosen in BINARY_FORMATS:
        write_bytes(network_bytes(network, chosen, name), file)
    else:
        write_text(network_text(network, chosen, name), file)


def _geojson(layers: list[Layer]) -> dict[str, Any]:
    """Return layers as a FeatureCollection; `layer` says which one a feature is of."""
    features = [
        {
            "type": "Feature",
            "geometry": {
                "type": layer.geometry,
                "coordinates": [list(point) for point in feature.parts[0]]
                if len(feature.parts[0]) > 1
                else list(feature.parts[0][0]),
            },
            "properties": {"layer": layer.name, **feature.row},
        }
        for layer in layers
        for feature in layer.features
    ]
    return {"type": "FeatureCollection", "features": features}


def _described(feature: Feature) -> str:
    """Name a link by its id, and a place by its country and kind."""
    row = feature.row
    return row["edge_id"] if "edge_id" in row else f"{row['country']}, {row['kind']}"
