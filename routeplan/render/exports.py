"""What a network can be written as. Imports little: the command line needs it at start."""

from __future__ import annotations

from enum import StrEnum

from routeplan.render.output import Format

NETWORK_FORMATS = (
    Format.GPKG,
    Format.GEOJSON,
    Format.KML,
    Format.GPX,
    Format.XLSX,
    Format.SQLITE,
    Format.JSON,
    Format.CSV,
    Format.TSV,
    Format.JSONL,
    Format.PARQUET,
)
ONE_TABLE_FORMATS = (Format.CSV, Format.TSV, Format.JSONL, Format.PARQUET)
"""Formats of one table; the others hold the whole network."""


class TableName(StrEnum):
    """A table of a network: a data file without `.csv`."""

    NODES = "nodes"
    EDGES = "edges"
    SOURCES = "sources"
    TIMES = "times"
    RATES = "rates"
    EMISSIONS = "emissions"
    CARGO = "cargo"
    SEASONS = "seasons"
    PRICE_INDEX = "price_index"
    PARAMETERS = "parameters"
    CLOSURES = "closures"
    DUTY = "duty"
