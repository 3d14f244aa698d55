"""Where scenario tables come from: a file, standard input, records, a data frame."""

from __future__ import annotations

import contextlib
import sys
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from routeplan.errors import DataError, RequestError
from routeplan.network.findings import Finding, Severity
from routeplan.scenario.text import PARQUET, RawRow, UnreadableError, peek, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

STDIN = "-"
_BATCH = 16384
_LOOKED_AT = 1000
_ABSENT = ("NAType", "NaTType")


def source_name(source: object) -> str:
    """Return what findings call a source."""
    if isinstance(source, str | Path):
        return "standard input" if str(source) == STDIN else Path(source).name
    return str(getattr(source, "name", "")) or ("rows" if not hasattr(source, "read") else "stream")


def raw_rows(source: Any) -> Iterator[RawRow]:  # noqa: ANN401 - a path, a stream, rows or a frame
    """Read the rows of any source as text; the first one yielded is the header.

    Parameters
    ----------
    source
        A path, `-` for standard input, a binary stream, an iterable of mappings, or a data frame
        with `columns` and `itertuples`. What a file is, CSV, gzip or
        Parquet, is told by its first bytes.

    Raises
    ------
    DataError
        If it cannot be opened or read.
    RequestError
        If it is Parquet and pyarrow is not there.
    """
    if hasattr(source, "itertuples"):
        return _frame_rows(source)
    if not isinstance(source, str | Path) and not hasattr(source, "read"):
        return _record_rows(source)
    return _file_rows(source)


def _file_rows(source: str | Path | IO[bytes]) -> Iterator[RawRow]:
    name = source_name(source)
    try:
        with _opened(source) as stream:
            head, buffered = peek(stream)
            rows = (
                _parquet_rows(buffered, name) if head.startswith(PARQUET) else read_rows(buffered)
            )
            yield from rows
    except UnreadableError as error:
        raise unreadable(name, error.reason, error.remedy) from None
    except OSError as error:
        reason = f"cannot be read, {(error.strerror or str(error)).lower()}"
        missing = isinstance(error, FileNotFoundError)
        remedy = "Name a file, or - for standard input." if missing else ""
        raise unreadable(name, reason, remedy) from None


def _opened(source: str | Path | IO[bytes]) -> contextlib.AbstractContextManager[IO[bytes]]:
    if not isinstance(source, str | Path):
        return contextlib.nullcontext(source)
    if str(source) == STDIN:
        return contextlib.nullcontext(sys.stdin.buffer)
    return Path(source).open("rb")


def unreadable(name: str, reason: str, remedy: str = "") -> DataError:
    """Make the error of a whole table."""
    return DataError([Finding("S001", Severity.ERROR, name, 0, 0, "", "", reason, remedy)])


def _parquet_rows(stream: IO[bytes], name: str) -> Iterator[RawRow]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise RequestError(
            f"{name} is a Parquet file. Install pyarrow to read it, or save it as CSV."
        ) from None
    if not stream.seekable():
        import io

        stream = io.BytesIO(stream.read())
    try:
        table = parquet.ParquetFile(stream)
        names = list(table.schema_arrow.names)
        yield RawRow(1, names)
        batches = table.iter_batches(batch_size=_BATCH)
        number = 1
        for batch in batches:
            columns = [[cell_text(v) for v in column.to_pylist()] for column in batch.columns]
            for cells in zip(*columns, strict=True):
                number += 1
                yield RawRow(number, list(cells))
    except pa.ArrowException as error:
        raise UnreadableError(f"the Parquet data are damaged, {str(error)[:80]}") from None


def _frame_rows(frame: Any) -> Iterator[RawRow]:  # noqa: ANN401 - pandas stays unimported
    yield RawRow(1, [str(name) for name in frame.columns])
    for number, values in enumerate(frame.itertuples(index=False, name=None), start=2):
        yield RawRow(number, [cell_text(value) for value in values])


def _record_rows(records: Iterable[Mapping[str, object]]) -> Iterator[RawRow]:
    """Read mappings; their header is every key of the first thousand, in order of appearance."""
    given = iter(records)
    first = list(islice(given, _LOOKED_AT))
    header = list(dict.fromkeys(key for record in first for key in record))
    yield RawRow(1, [str(key) for key in header])
    known = set(header)
    for number, record in enumerate(chain(first, given), start=2):
        row = RawRow(number, [cell_text(record.get(key)) for key in header])
        if late := [str(key) for key in record if key not in known]:
            reason = f'its key "{late[0][:40]}" is in none of the first {len(first):,} records'
            row = row._replace(code="S004", reason=reason, remedy="Give the first one every key.")
        yield row


def cell_text(value: object) -> str:
    """Write a value of Python as the cell of a table would have it; what is absent is empty.

    A whole float loses its point: columns with gaps turn whole numbers into floats.
    """
    if isinstance(value, str):
        return value
    if value is None or type(value).__name__ in _ABSENT or value != value:  # noqa: PLR0124 - NaN
        return ""
    if isinstance(value, list | tuple | set | frozenset):
        parts = [cell_text(part) for part in value]
        return ",".join(sorted(parts) if isinstance(value, set | frozenset) else parts)
    for kind, write in _WRITTEN:
        if isinstance(value, kind):
            return write(value)
    return str(value)


_WRITTEN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: "yes" if value else "no"),
    (float, lambda value: repr(float(value)).removesuffix(".0")),
    (datetime, lambda value: value.isoformat().removesuffix("T00:00:00")),
    (date, lambda value: value.isoformat()),
)
