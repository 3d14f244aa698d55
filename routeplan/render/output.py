"""Where an answer goes: standard output, or a file that is whole or not there at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import tempfile
from dataclasses import dataclass
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
    HTML = "html"
    SVG = "svg"
    PNG = "png"


PICTURE_FORMATS = (Format.HTML, Format.SVG, Format.PNG)
"""Formats that draw; the others write values."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a table is drawn; None leaves it to the terminal, its NO_COLOR and its COLUMNS.

    Parameters
    ----------
    width
        Columns.
    color
        Whether to colour.
    encoding
        What the characters must fit; lines become ASCII where it is none of Unicode's.
    """

    width: int | None = None
    color: bool | None = None
    encoding: str | None = None


PAGE = Look(width=120, color=False, encoding="utf-8")
"""How a table in a file looks: the same whatever the terminal."""

_BY_SUFFIX = {
    ".txt": Format.TABLE,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".md": Format.MD,
    ".geojson": Format.GEOJSON,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".svg": Format.SVG,
    ".png": Format.PNG,
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
    OutputError
        If the file is a folder.
    """
    if output is not None and output.is_dir():
        raise OutputError(f"cannot write {output}: it is a folder. Name a file in it.")
    chosen = asked
    if chosen is None and output is not None:
        chosen = _BY_SUFFIX.get(output.suffix.lower())
        if chosen is None:
            raise RequestError(
                f'cannot tell a format from "{output.name}". '
                f"End it in one of {', '.join(_BY_SUFFIX)}, or name one with --format."
            )
    if chosen is None:
        terminal = sys.stdout is not None and sys.stdout.isatty()
        chosen = Format.TABLE if terminal else Format.TSV
    if chosen not in offered:
        raise RequestError(f"this command does not write {chosen}. It writes {', '.join(offered)}.")
    return chosen


def choose_look(output: Path | None, *, color: bool = True) -> Look:
    """Choose how a table looks: as a page in a file, as the terminal has it elsewhere."""
    return Look(color=None if color else False) if output is None else PAGE


def write_text(text: str, output: Path | None) -> None:
    """Write an answer to a file, or to standard output for None.

    A file is written beside its place and renamed, so that it is never half there. A reader that
    closes the pipe early is not an error.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    if output is None:
        _write_stdout(text)
    else:
        write_bytes(text.encode("utf-8"), output)


def write_bytes(content: bytes, output: Path) -> None:
    """Write a file beside its place and rename it, so that it is never half there.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    try:
        _write_file(output, content)
    except OSError as error:
        raise OutputError(
            f"cannot write {output}: {_reason(error)}. Choose another place with -o."
        ) from None


def _write_stdout(text: str) -> None:
    if sys.stdout is None:
        raise OutputError("cannot write to standard output: it is closed.")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        silence_stdout()
    except OSError as error:
        silence_stdout()
        raise OutputError(f"cannot write to standard output: {_reason(error)}.") from None


def silence_stdout() -> None:
    """Point standard output at nothing, so that Python does not complain when it closes it."""
    with contextlib.suppress(OSError, AttributeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _write_file(output: Path, content: bytes) -> None:
    if output.exists() and not output.is_file():
        output.write_bytes(content)  # a device or a pipe stays what it is
    else:
        _replace_file(output.resolve(), content)  # a link stays a link


def _replace_file(output: Path, content: bytes) -> None:
    mode = _mode_of(output)
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=".routeplan-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(mode)
        Path(name).replace(output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode_of(output: Path) -> int:
    """Return the permissions of a file that is there, or those a new one gets."""
    if output.exists():
        if not os.access(output, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return stat.S_IMODE(output.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
