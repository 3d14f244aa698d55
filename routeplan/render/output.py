"""Where an answer goes: standard output, or a file that is whole or not there at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from routeplan.errors import OutputError, RequestError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    MD = "md"
    GEOJSON = "geojson"
    KML = "kml"
    GPX = "gpx"
    GPKG = "gpkg"
    XLSX = "xlsx"
    PARQUET = "parquet"
    SQLITE = "sqlite"
    HTML = "html"
    SVG = "svg"
    PNG = "png"


PICTURE_FORMATS = (Format.HTML, Format.SVG, Format.PNG)
"""Formats that draw; the others write values."""

ROW_FORMATS = (
    Format.CSV,
    Format.TSV,
    Format.JSONL,
    Format.PARQUET,
    Format.SQLITE,
    Format.XLSX,
)
"""Formats that rows are written in as they come."""

BINARY_FORMATS = (Format.GPKG, Format.XLSX, Format.PARQUET, Format.SQLITE)
WITHOUT_NOTES = (Format.CSV, Format.TSV, Format.JSONL, Format.GEOJSON, Format.PARQUET)
"""Formats with no room for a sentence beside the rows: notes go to standard error."""
_EXTRAS = {Format.XLSX: ("xlsxwriter", "excel"), Format.PARQUET: ("pyarrow", "parquet")}
"""Format -> the package that writes it, and the extra of routeplan that brings it."""


class Look(NamedTuple):
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
    ".kml": Format.KML,
    ".gpx": Format.GPX,
    ".gpkg": Format.GPKG,
    ".xlsx": Format.XLSX,
    ".parquet": Format.PARQUET,
    ".sqlite": Format.SQLITE,
    ".db": Format.SQLITE,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".svg": Format.SVG,
    ".png": Format.PNG,
}
_PACKED = ".gz"


def choose_format(
    asked: Format | str | None, output: Path | None, offered: Collection[Format] = tuple(Format)
) -> Format:
    """Choose the format: the one asked for, else the file's suffix, else table or TSV.

    A terminal gets a table; a pipe gets tab-separated values without colour or wrapping. The name
    of a file of text may end in `.gz`: it is packed.

    Raises
    ------
    RequestError
        If there is no such format, the suffix is none of a known one, the command does not offer
        it, this installation cannot write it, or it is binary and would go to a terminal.
    OutputError
        If the file is a folder.
    """
    if output is not None and output.is_dir():
        raise OutputError(f"cannot write {output}: it is a folder. Name a file in it.")
    if asked is not None and asked not in tuple(Format):
        raise RequestError(f'no such format: "{asked}". Choose one of {", ".join(offered)}.')
    chosen = None if asked is None else Format(asked)
    if chosen is None and output is not None:
        name = Path(output.stem) if is_packed(output) else output
        chosen = _BY_SUFFIX.get(name.suffix.lower())
        if chosen is None:
            raise RequestError(
                f'cannot tell a format from "{output.name}". '
                f"End it in one of {', '.join(_BY_SUFFIX)}, or name one with --format."
            )
    if chosen is None:
        chosen = Format.TABLE if _is_terminal() else Format.TSV
    if chosen not in offered:
        raise RequestError(f"this command does not write {chosen}. It writes {', '.join(offered)}.")
    _check_possible(chosen, output)
    return chosen


def is_packed(output: Path | None) -> bool:
    """Whether a file's name asks for it to be packed by gzip."""
    return output is not None and output.suffix.lower() == _PACKED


def _check_possible(form: Format, output: Path | None) -> None:
    """Refuse, before any work is done, what could not be written in the end."""
    from importlib.util import find_spec

    package, extra = _EXTRAS.get(form, ("", ""))
    if package and find_spec(package) is None:
        raise RequestError(
            f"{form} needs the package {package}: pip install routeplan[{extra}] brings it."
        )
    if form not in BINARY_FORMATS:
        return
    if is_packed(output):
        raise RequestError(f"{form} is packed already: leave {_PACKED} off the name.")
    if output is None and _is_terminal():
        raise RequestError(f"{form} is no text for a terminal. Name a file with -o FILE.{form}.")


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


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
        with told_stdout():
            sys.stdout.write(text)
            sys.stdout.flush()
        return
    content = text.encode("utf-8")
    write_bytes(pack(content) if is_packed(output) else content, output)


def write_bytes(content: bytes, output: Path | None) -> None:
    """Write a binary answer as `write_text` writes a text; nothing is packed.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    if output is None:
        with told_stdout():
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        return
    with whole_file(output) as path, told(output):
        path.write_bytes(content)


def pack(content: bytes) -> bytes:
    """Pack by gzip: without name and time, so that equal content gives equal bytes."""
    import gzip
    import io

    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as file:
        file.write(content)
    return out.getvalue()


@contextlib.contextmanager
def whole_file(output: Path) -> Iterator[Path]:
    """Yield a path to write to; it takes the file's place once the block has ended well.

    If it does not, the old file stays and nothing else. A device or a pipe is yielded itself, and a
    link stays a link.

    Raises
    ------
    OutputError
        If the file cannot be made or replaced. What the block raises is raised unchanged.
    """
    if output.exists() and not output.is_file():
        yield output
        return
    with told(output):
        target = output.resolve()
        mode = _mode_of(target)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".routeplan-")
        os.close(handle)
    path = Path(name)
    try:
        yield path
        with told(output):
            path.chmod(mode)
            path.replace(target)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def told(output: Path) -> Iterator[None]:
    """Turn an error of writing a file into one line that names it.

    Raises
    ------
    OutputError
        If the block raises an OSError.
    """
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"cannot write {output}: {_reason(error)}. Choose another place with -o."
        ) from None


@contextlib.contextmanager
def told_stdout() -> Iterator[None]:
    """Turn an error of writing to standard output into one line.

    Where the reader went away the block ends there, without a word, and later writing goes nowhere.

    Raises
    ------
    OutputError
        If it is closed, or the block raises another OSError.
    """
    if sys.stdout is None:
        raise OutputError("cannot write to standard output: it is closed.")
    try:
        yield
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
    return (os.strerror(error.errno) if error.errno else str(error)).lower()


def _mode_of(output: Path) -> int:
    """Return the permissions of a file that is there, or those a new one gets."""
    if output.exists():
        if not os.access(output, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return stat.S_IMODE(output.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
