"""Files of many rows: CSV, TSV and JSON lines (packed or not), Parquet, SQLite and Excel.

>>> fields = [Field("scenario_id"), Field("time_h", float), Field("cost_usd", float)]
>>> with open_rows(Path("answers.parquet"), fields, Format.PARQUET) as out:
...     out.write({"scenario_id": "base", "time_h": 651.2, "cost_usd": 7242.0})
...     out.write_all(rows)  # any iterable; only a chunk of it is held

The file is there once the block has ended well, and not before. Equal rows give equal bytes.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TextIO

from routeplan.errors import EXIT_OK, RequestError
from routeplan.render.cells import cell_text, plain
from routeplan.render.listing import csv_cell
from routeplan.render.output import (
    BINARY_FORMATS,
    ROW_FORMATS,
    Format,
    is_packed,
    silence_stdout,
    told_stdout,
    whole_file,
)
from routeplan.render.rows.writer import Field, RowFile, RowWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from routeplan.render.rows.writer import Values

__all__ = ["ROW_FORMATS", "Field", "RowWriter", "check_size", "open_rows"]

_STDOUT = Path("standard output")


@contextlib.contextmanager
def open_rows(
    output: Path | None,
    fields: Sequence[Field],
    form: Format,
    *,
    name: str = "rows",
    expected: int = 0,
) -> Iterator[RowWriter]:
    """Open a file of rows; it takes its place when the block ends well, else nothing is left.

    Parameters
    ----------
    output
        The file, packed by gzip if a text's name ends in `.gz`; None is standard output, where a
        text comes out as it is written. `output.choose_format` finds the format by its name.
    fields
        The columns, fixed beforehand.
    form
        One of ROW_FORMATS.
    name
        What the table of a database or the sheet is called.
    expected
        How many rows will come at least, if known: too many are refused before the work is done.

    Raises
    ------
    RequestError
        If the format is none of a file of rows.
    OutputError
        If the file cannot be written, or cannot take so many rows.
    SystemExit
        With code 0, if the reader of standard output went away.
    """
    if form not in ROW_FORMATS:
        raise RequestError(f"rows are not written as {form}, but as {', '.join(ROW_FORMATS)}.")
    if output is None and form not in BINARY_FORMATS:
        made = _StdoutCsvRows if form is Format.CSV else _StdoutRows
        yield from _filled(made(RowFile(_STDOUT, _STDOUT, fields, name), form))
        return
    if output is None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rows"
            yield from _filled(_writer(form, RowFile(path, _STDOUT, fields, name)), expected)
            with told_stdout(), path.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
                sys.stdout.buffer.flush()
        return
    with whole_file(output) as path:
        yield from _filled(_writer(form, RowFile(path, output, fields, name)), expected)


def check_size(output: Path | None, form: Format, rows: int) -> None:
    """Refuse more rows than a format can take, before there are any.

    Raises
    ------
    OutputError
        If it cannot take so many.
    """
    if form is Format.XLSX:
        from routeplan.render.rows.excel import ExcelRows

        ExcelRows.refuse(output or _STDOUT, rows)


def _filled(writer: RowWriter, expected: int = 0) -> Iterator[RowWriter]:
    """Hand a writer out, and close it or let it go."""
    try:
        writer.check_room(expected)
        yield writer
        writer.close()
    except BaseException:
        writer.discard()
        raise


def _writer(form: Format, file: RowFile) -> RowWriter:
    if form is Format.PARQUET:
        from routeplan.render.rows.parquet import ParquetRows

        return ParquetRows(file)
    if form is Format.SQLITE:
        from routeplan.render.rows.sqlite import SqliteRows

        return SqliteRows(file)
    if form is Format.XLSX:
        from routeplan.render.rows.excel import ExcelRows

        return ExcelRows(file)
    return (_CsvRows if form is Format.CSV else _TextRows)(file, form)


class _TextRows(RowWriter):
    """CSV, TSV or JSON lines, packed if the name says so."""

    def __init__(self, file: RowFile, form: Format) -> None:
        self._form = form
        self._packed: IO[bytes] | None = None
        self._out: TextIO | None = None
        super().__init__(file)

    def _begin(self) -> None:
        self._out = self._open()
        if self._form is Format.JSONL:
            return
        comma = self._form is Format.CSV
        self._written = csv_cell if comma else _tsv_cell
        self._rows = csv.writer(self._out, delimiter="," if comma else "\t", lineterminator="\n")
        self._rows.writerow(map(self._written, self._names))

    def _open(self) -> TextIO:
        if not is_packed(self.file.shown):
            return self.file.path.open("w", encoding="utf-8", newline="")
        import gzip

        self._packed = self.file.path.open("wb")
        packer = gzip.GzipFile("", "wb", compresslevel=6, fileobj=self._packed, mtime=0)
        return io.TextIOWrapper(packer, encoding="utf-8", newline="")

    def _put(self, chunk: list[Values]) -> None:
        assert self._out is not None  # noqa: S101 - opened in _begin
        if self._form is Format.JSONL:
            self._out.writelines(_json_lines(self._names, chunk))
            return
        columns = [
            _column(values, field.kind, self._written)
            for field, values in zip(self.file.fields, zip(*chunk, strict=True), strict=True)
        ]
        self._rows.writerows(zip(*columns, strict=True))

    def _end(self) -> None:
        for stream in (self._out, self._packed):
            if stream is not None:
                stream.close()

    def discard(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._end()


class _StdoutRows(_TextRows):
    """Text to standard output, as it comes."""

    def _open(self) -> TextIO:
        return sys.stdout  # `told_stdout` has seen that it is there

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        with told_stdout():
            try:
                yield
            except BrokenPipeError:
                silence_stdout()
                raise SystemExit(EXIT_OK) from None  # nobody reads what else would be computed

    def _end(self) -> None:
        sys.stdout.flush()


class _CsvRows(_TextRows):
    """CSV, which also takes rows that are CSV already."""

    def write_csv(self, lines: bytes) -> None:
        """Write rows that were written as CSV before, with the same columns.

        Parameters
        ----------
        lines
            UTF-8, each row ended by a line feed, formulas made harmless.

        Raises
        ------
        OutputError
            If the file cannot be written.
        """
        assert self._out is not None  # noqa: S101 - opened in _begin
        self._flush()
        with self._told():
            self._out.write(lines.decode("utf-8"))


class _StdoutCsvRows(_StdoutRows, _CsvRows):
    """CSV to standard output, as it comes."""

    def write_csv(self, lines: bytes) -> None:
        super().write_csv(lines)
        with self._told():
            sys.stdout.flush()


def _json_lines(names: Sequence[str], chunk: Iterable[Values]) -> Iterator[str]:
    for values in chunk:
        row = dict(zip(names, values, strict=True))
        yield json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n"


def _tsv_cell(value: object) -> str:
    return plain(cell_text(value))


def _column(values: Sequence[Any], kind: type, written: Callable[[object], str]) -> list[Any]:
    """Write a column as `written` does, only quicker: a million rows have many cells.

    Numbers need nothing but the fraction of whole ones cut off, and of the texts of a column many
    are the same.
    """
    if kind in (int, float):
        return ["" if value is None else value if value % 1 else int(value) for value in values]
    known = {value: written(value) for value in set(values)}
    return [known[value] for value in values]
