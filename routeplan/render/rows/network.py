"""A network as tables: the columns of its data files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.network.column import columns_of
from routeplan.network.records import (
    Cargo,
    Closure,
    DefaultTime,
    Duty,
    Edge,
    EmissionFactor,
    Node,
    Parameter,
    Rate,
    Season,
    Source,
)
from routeplan.render.exports import TableName
from routeplan.render.rows.tables import about_table, columns_table, record_table
from routeplan.render.rows.writer import Field, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from routeplan.network.model import Network

SCHEMA = "routeplan/network/1"


def network_table(network: Network, name: TableName) -> Table:
    """Return one table of a network; it can be read back as the data file of its name."""
    if name is TableName.PRICE_INDEX:
        fields = [Field("year", int, "calendar year"), Field("index", float, "price level")]
        rows = [{"year": year, "index": index} for year, index in network.price_index.items()]
        return Table(name, fields, rows)
    return record_table(str(name), *_records(network, name))


def network_tables(network: Network) -> list[Table]:
    """Return a network as tables: its data files, about, columns."""
    tables = [network_table(network, name) for name in TableName]
    tables.append(about_table(_about(network)))
    return [*tables, columns_table(tables)]


def network_dict(network: Network) -> dict[str, Any]:
    """Return a network as JSON has it: the columns of the data files as keys, lists as lists.

    Additive only, as the JSON of a plan.
    """
    return {
        "schema": SCHEMA,
        "network": {"version": network.version, "as_of": network.as_of},
        **{str(name): network_records(network, name) for name in TableName},
    }


def network_records(network: Network, name: TableName) -> list[dict[str, Any]]:
    """Return the rows of one table as JSON has them."""
    if name is TableName.PRICE_INDEX:
        return [dict(row) for row in network_table(network, name).rows]
    record, records = _records(network, name)
    names = [column.name for column in columns_of(record)]
    return [{key: getattr(one, key) for key in names} for one in records]


def _records(network: Network, name: TableName) -> tuple[type, Iterable[Any]]:
    """Return the class of a table's records, and the records."""
    tables: dict[TableName, tuple[type, Iterable[Any]]] = {
        TableName.NODES: (Node, network.nodes.values()),
        TableName.EDGES: (Edge, network.edges.values()),
        TableName.SOURCES: (Source, network.sources.values()),
        TableName.TIMES: (DefaultTime, network.times),
        TableName.RATES: (Rate, network.rates),
        TableName.EMISSIONS: (EmissionFactor, network.emissions),
        TableName.CARGO: (Cargo, network.cargoes.values()),
        TableName.SEASONS: (Season, network.seasons),
        TableName.PARAMETERS: (Parameter, network.parameters.values()),
        TableName.CLOSURES: (Closure, network.closures),
        TableName.DUTY: (Duty, network.duties),
    }
    return tables[name]


def _about(network: Network) -> list[tuple[str, str]]:
    return [
        ("network.version", network.version),
        ("network.as_of", network.as_of),
        ("places", str(len(network.nodes))),
        ("links", str(len(network.edges))),
        ("sources", str(len(network.sources))),
    ]
