"""Rows out of the files that are no text: Parquet, SQLite and Excel, as `batch` writes them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from routeplan.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Row = dict[str, Any]

_CHUNK = 10_000


def table_rows(path: Path) -> Iterator[Row]:
    """Read the rows of a table, a few thousand at a time.

    Parameters
    ----------
    path
        `.parquet`, `.sqlite` or `.db` with one table, or `.xlsx`, whose first sheet is read.

    Yields
    ------
    dict
        Cells by column name, in the order of the file; an empty cell is None.

    Raises
    ------
    RequestError
        If the package that reads the format is not installed.
    OSError
        If the file cannot be opened.
    ValueError
        If it is not of the format its name says.
    """
    with path.open("rb") as file:  # the packages tell a file that is not there each in its own way
        file.peek(1)
    yield from _READERS[path.suffix.lower().lstrip(".")](path)


def form_of_results(path: Path, option: str) -> str:
    """Tell the format of a file of results by its name.

    Parameters
    ----------
    path
        The file.
    option
        What it was named by, for the message.

    Returns
    -------
    str
        `csv`, `tsv` or `jsonl`, packed or not; `table` for what `table_rows` reads.

    Raises
    ------
    RequestError
        If it is none of them.
    """
    if path.suffix.lower().lstrip(".") in _READERS:
        return "table"
    form = path.name.lower().removesuffix(".gz").rpartition(".")[2]
    if form in ("csv", "tsv", "jsonl"):
        return form
    raise RequestError(
        f"{option} {path}: not a file of results. Name one that ends in .csv, .tsv or .jsonl, also "
        "with .gz, or in .parquet, .sqlite or .xlsx."
    )


def _parquet_rows(path: Path) -> Iterator[Row]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise _lacking(path, "pyarrow", "parquet") from None
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(_CHUNK):
                yield from batch.to_pylist()
    except pa.ArrowException as error:
        raise ValueError(_first_line(error)) from None


def _sqlite_rows(path: Path) -> Iterator[Row]:
    address = f"{path.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            database.row_factory = sqlite3.Row
            named = "SELECT name FROM sqlite_master WHERE type = 'table'"
            names = [row["name"] for row in database.execute(named)]
            if len(names) != 1:
                raise ValueError(f"it has {len(names)} tables, not one")
            table = names[0].replace('"', '""')
            for row in database.execute(f'SELECT * FROM "{table}" ORDER BY rowid'):  # noqa: S608 - quoted
                yield dict(row)
    except sqlite3.Error as error:
        raise ValueError(_first_line(error)) from None


def _excel_rows(path: Path) -> Iterator[Row]:
    try:
        import openpyxl
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        raise _lacking(path, "openpyxl", "excel") from None
    from zipfile import BadZipFile

    try:
        with closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as book:
            rows = book.worksheets[0].iter_rows(values_only=True)
            names = [str(name) for name in next(rows, ())]
            for cells in rows:
                yield dict(zip(names, cells, strict=True))
    except (BadZipFile, InvalidFileException, KeyError, IndexError) as error:
        raise ValueError(_first_line(error)) from None


def _lacking(path: Path, package: str, extra: str) -> RequestError:
    return RequestError(
        f"{path}: reading it takes the package {package}. pip install 'routeplan[{extra}]' "
        "brings it."
    )


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__).rstrip(".")


_READERS = {
    "parquet": _parquet_rows,
    "sqlite": _sqlite_rows,
    "db": _sqlite_rows,
    "xlsx": _excel_rows,
}
