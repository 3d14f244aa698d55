"""Tables that a plan and a network share: sources, about, columns; how a table is put together."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from routeplan._version import __version__
from routeplan.network.column import columns_of
from routeplan.network.records import Source
from routeplan.render.cells import cell_text
from routeplan.render.rows.writer import Field, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from routeplan.network.column import Column

TERMS = (
    "Data that come with routeplan: The routeplan authors, CC BY 4.0, with the notices of "
    "DATA-LICENSE.md."
)


def table_of(name: str, rows: Sequence[Mapping[str, Any]], known: Mapping[str, Field]) -> Table:
    """Make a table of rows with the same keys.

    Parameters
    ----------
    name
        Its name.
    rows
        The records; the first one's keys are the columns.
    known
        What is known of columns by name; another one's kind is taken from its values.
    """
    names = list(rows[0]) if rows else []
    return Table(name, [known.get(key) or Field(key, _kind(rows, key)) for key in names], rows)


def record_table(name: str, record: type, records: Iterable[Any]) -> Table:
    """Make a table of the records of a data file: its columns, their kinds and meanings."""
    columns = columns_of(record)
    fields = [field_of(column) for column in columns]
    return Table(name, fields, [record_row(columns, one) for one in records])


def field_of(column: Column) -> Field:
    """Return a data column as a column of a table; lists and choices are texts."""
    kind = column.base if column.base in (int, float, bool) else str
    return Field(column.name, kind, column.meaning)


def record_row(columns: Iterable[Column], record: object) -> dict[str, Any]:
    """Return a record as a flat row; a list is one text with bars between."""
    return {column.name: _flat(getattr(record, column.name)) for column in columns}


def source_table(sources: Iterable[Source]) -> Table:
    """Return sources with the columns of sources.csv."""
    return record_table("sources", Source, sources)


def about_table(entries: Iterable[tuple[str, str]]) -> Table:
    """Return what a file says of itself, with the program's version and the terms of the data."""
    told = [*entries, ("program", f"routeplan {__version__}"), ("terms", TERMS)]
    fields = [Field("key", str, "what is told"), Field("value", str, "what it is")]
    return Table("about", fields, [{"key": key, "value": value} for key, value in told])


def columns_table(tables: Iterable[Table]) -> Table:
    """Return what each column of the other tables means."""
    fields = [
        Field("table", str, "name of a table"),
        Field("column", str, "name of a column; a unit, if any, stands in it"),
        Field("meaning", str, "what it holds"),
    ]
    rows = [
        {"table": table.name, "column": field.name, "meaning": field.meaning}
        for table in tables
        for field in table.fields
    ]
    return Table("columns", fields, rows)


def stamp_of(as_of: str) -> datetime:
    """Return the moment a file says it was made: the date of its data, never that of the clock."""
    from datetime import datetime

    for whole in (as_of, f"{as_of}-01", f"{as_of}-01-01"):
        with suppress(ValueError):
            return datetime.strptime(whole, "%Y-%m-%d")
    return datetime(2000, 1, 1)


def _flat(value: object) -> object:
    return cell_text(value) if isinstance(value, tuple) else value


def _kind(rows: Iterable[Mapping[str, Any]], key: str) -> type:
    """Take a column's kind from its values: text, unless all are yes or no, or numbers."""
    kinds = {type(row[key]) for row in rows if row[key] is not None}
    if kinds and kinds <= {int, float}:
        return int if kinds == {int} else float
    return bool if kinds == {bool} else str
