"""Files of batch results: CSV and JSON lines, plain or packed by gzip, or standard output."""

from __future__ import annotations

import gzip
import json
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from routeplan.batch.columns import COLUMN_NAMES, encode_rows, header_line
from routeplan.errors import EXIT_OK, OutputError, RequestError
from routeplan.render.output import Format, _mode_of, _reason, silence_stdout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

RESULT_FORMATS = (Format.CSV, Format.JSONL)
_PACKED = ".gz"


class _Bytes(Protocol):
    def write(self, data: bytes, /) -> int:
        """Take bytes."""


class CsvResults:
    """Writes CSV; takes what the journal holds as it is."""

    def __init__(self, file: _Bytes) -> None:
        self._file = file
        file.write(header_line())

    def write_all(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows."""
        self.write_encoded(encode_rows(rows))

    def write_encoded(self, payload: bytes) -> None:
        """Write rows as `columns.encode_rows` has written them."""
        self._file.write(payload)


class JsonLinesResults:
    """Writes one JSON object a line, every column in each."""

    def __init__(self, file: _Bytes) -> None:
        self._file = file

    def write_all(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows."""
        for row in rows:
            named = {name: row.get(name) for name in COLUMN_NAMES}
            self._file.write(json.dumps(named, ensure_ascii=False).encode() + b"\n")


def choose_results_format(asked: Format | None, output: Path | None) -> Format:
    """Choose the format: the one asked for, else by the file's suffix, else CSV.

    Raises
    ------
    RequestError
        If the suffix is none of a format that results are written in.
    """
    chosen = asked
    if chosen is None:
        suffix = "" if output is None else Path(output.name.lower().removesuffix(_PACKED)).suffix
        chosen = {"": Format.CSV, ".csv": Format.CSV, ".jsonl": Format.JSONL}.get(suffix)
    if chosen not in RESULT_FORMATS:
        shown = f'"{output.name}"' if asked is None and output else f"--format {asked}"
        raise RequestError(
            f"{shown}: results are written as {', '.join(RESULT_FORMATS)}. End the file in .csv or "
            ".jsonl, each also with .gz."
        )
    return chosen


@contextmanager
def open_results(output: Path | None, form: Format) -> Iterator[CsvResults | JsonLinesResults]:
    """Open a file of results; it takes its place when the block ends well, else nothing is left.

    Parameters
    ----------
    output
        The file, packed if its name ends in `.gz`; None is standard output.
    form
        One of RESULT_FORMATS.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    made = CsvResults if form is Format.CSV else JsonLinesResults
    if output is None:
        with _stdout() as file:
            yield made(file)
        return
    with whole_file(output) as path, path.open("wb") as raw:
        if output.name.lower().endswith(_PACKED):
            # no name and no time inside: equal results are equal bytes
            with gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
                yield made(packed)
        else:
            yield made(raw)


@contextmanager
def whole_file(output: Path) -> Iterator[Path]:
    """Offer a temporary file beside an output, which takes its place when the block ends well.

    A device or a pipe is offered itself, and a link stays a link.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    if output.exists() and not output.is_file():
        yield output
        return
    target = output.resolve()
    try:
        mode = _mode_of(target)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".routeplan-")
        os.close(handle)
        try:
            yield Path(name)
            with Path(name).open("rb") as file:
                os.fsync(file.fileno())
            Path(name).chmod(mode)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(f"cannot write {output}: {_reason(error)}.") from None


@contextmanager
def _stdout() -> Iterator[_Bytes]:
    if sys.stdout is None:
        raise OutputError("cannot write to standard output: it is closed.")
    try:
        yield _Flushed()
    except BrokenPipeError:
        silence_stdout()
        raise SystemExit(EXIT_OK) from None
    except OSError as error:
        silence_stdout()
        raise OutputError(f"cannot write to standard output: {_reason(error)}.") from None


class _Flushed:
    """Standard output as a file of bytes that holds nothing back."""

    def write(self, data: bytes) -> int:
        sys.stdout.write(data.decode("utf-8"))
        sys.stdout.flush()
        return len(data)
