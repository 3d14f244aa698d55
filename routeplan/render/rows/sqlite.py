"""Rows and tables as an SQLite database."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from routeplan.render.rows.writer import RowWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from routeplan.render.rows.writer import Field, Table, Values

_TYPES = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "BOOLEAN"}


class SqliteRows(RowWriter):
    """Writes rows into one table of a database."""

    _database: sqlite3.Connection | None = None

    def _begin(self) -> None:
        if not self.file.path.is_file() and self.file.path.exists():
            raise OSError("a database needs a plain file")
        self._database = sqlite3.connect(self.file.path)
        # the file is a temporary one: what a crash leaves of it is thrown away
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute(
            f"CREATE TABLE {quoted(self.file.name)} ({columns(self.file.fields)})"
        )
        self._insert = insertion(self.file.name, self.file.fields)

    def _put(self, chunk: list[Values]) -> None:
        assert self._database is not None  # noqa: S101 - opened in _begin
        try:
            self._database.executemany(self._insert, chunk)
        except sqlite3.OperationalError as error:
            raise OSError(str(error)) from None

    def _end(self) -> None:
        assert self._database is not None  # noqa: S101 - opened in _begin
        try:
            self._database.commit()
        except sqlite3.OperationalError as error:
            raise OSError(str(error)) from None
        self._database.close()

    def discard(self) -> None:
        """Close the database as it is."""
        if self._database is not None:
            self._database.close()


def sqlite_bytes(tables: Iterable[Table]) -> bytes:
    """Return tables as a database file."""
    database = sqlite3.connect(":memory:")
    try:
        for table in tables:
            database.execute(f"CREATE TABLE {quoted(table.name)} ({columns(table.fields)})")
            fill(database, table)
        database.commit()
        return database.serialize()
    finally:
        database.close()


def fill(database: sqlite3.Connection, table: Table) -> None:
    """Insert the rows of a table that is there."""
    names = [field.name for field in table.fields]
    rows: Iterable[list[Any]] = ([row.get(name) for name in names] for row in table.rows)
    database.executemany(insertion(table.name, table.fields), rows)


def columns(fields: Sequence[Field]) -> str:
    """Write the columns as CREATE TABLE has them."""
    return ", ".join(f"{quoted(field.name)} {_TYPES[field.kind]}" for field in fields)


def insertion(name: str, fields: Sequence[Field]) -> str:
    """Write the INSERT of one row."""
    named = ", ".join(quoted(field.name) for field in fields)
    marks = ", ".join("?" * len(fields))
    return f"INSERT INTO {quoted(name)} ({named}) VALUES ({marks})"  # noqa: S608 - quoted


def quoted(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'
