"""Where an answer goes: standard output, or a file that is whole or not there at all."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from routeplan.errors import OutputError, RequestError

if TYPE_CHECKING:
    from collections.abc import Collection


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    MD = "md"
    GEOJSON = "geojson"


_BY_SUFFIX = {
    ".txt": Format.TABLE,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".md": Format.MD,
    ".geojson": Format.GEOJSON,
}


def choose_format(
    asked: Format | None, output: Path | None, offered: Collection[Format] = tuple(Format)
) -> Format:
    """Choose the format: the one asked for, else the file's suffix, else table or TSV.

    A terminal gets a table; a pipe gets tab-separated values without colour or wrapping.

    Raises
    ------
    RequestError
        If the suffix is none of a known format, or the command does not offer the format.
    """
    chosen = asked
    if chosen is None and output is not None and str(output) != "-":
        chosen = _BY_SUFFIX.get(output.suffix.lower())
        if chosen is None:
            raise RequestError(
                f'cannot tell a format from "{output.name}". '
                f"End it in one of {', '.join(_BY_SUFFIX)}, or name one with --format."
            )
    if chosen is None:
        chosen = Format.TABLE if sys.stdout.isatty() else Format.TSV
    if chosen not in offered:
        raise RequestError(f"this command does not write {chosen}. It writes {', '.join(offered)}.")
    return chosen


def write_text(text: str, output: Path | None) -> None:
    """Write an answer to a file, or to standard output for None and `-`.

    A file is written beside its place and renamed, so that it is never half there. A reader that
    closes the pipe early is not an error.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    if output is None or str(output) == "-":
        _write_stdout(text)
        return
    try:
        _replace_file(output, text)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(
            f"cannot write {output}: {reason}. Nothing was written; choose another place with -o."
        ) from None


def _write_stdout(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"cannot write to standard output: {reason}.") from None


def _replace_file(output: Path, text: str) -> None:
    if output.is_dir():
        raise IsADirectoryError(None, "it is a folder")
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
