"""The columns of batch results, and result rows as bytes and back.

The bytes are those of a CSV file of results: a text that a spreadsheet would take for a formula has
an apostrophe before it, which is taken off when the bytes are read back.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Row = dict[str, Any]


class Kind(StrEnum):
    """What a cell of a column holds; an empty cell is None in each."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """One column of the results.

    Parameters
    ----------
    name
        With its unit.
    kind
        What its cells hold.
    meaning
        One line for users.
    """

    name: str
    kind: Kind
    meaning: str


class RowStatus(StrEnum):
    """How a scenario ended."""

    OK = "ok"
    NO_ROUTE = "no_route"
    BAD_ROW = "bad_row"
    ERROR = "error"


class Verdict(StrEnum):
    """Whether the first answer of a scenario is what its row expects."""

    OK = "ok"
    FAILED = "failed"
    NONE = "none"


_TEXT, _INTEGER, _NUMBER = Kind.TEXT, Kind.INTEGER, Kind.NUMBER

RESULT_COLUMNS: tuple[ResultColumn, ...] = tuple(
    ResultColumn(*column)
    for column in (
        ("scenario_id", _TEXT, "the scenario's name in the input"),
        ("row", _INTEGER, "line of the input file where the scenario starts, from 1"),
        ("rank", _INTEGER, "1 for the best answer; empty without an answer"),
        ("status", _TEXT, "ok, no_route, bad_row or error"),
        ("error", _TEXT, "why there is no answer"),
        ("origin", _TEXT, "node id"),
        ("destination", _TEXT, "node id"),
        ("distance_km", _NUMBER, "length of the way"),
        ("time_h", _NUMBER, "average time door to door"),
        ("time_h_p10", _NUMBER, "1 in 10 is as quick"),
        ("time_h_p50", _NUMBER, "half are as quick"),
        ("time_h_p90", _NUMBER, "9 in 10 are as quick"),
        ("cost_usd", _NUMBER, "cost of the shipment"),
        ("co2e_kg", _NUMBER, "emissions of the shipment, well-to-wheel"),
        ("generalised_cost_usd", _NUMBER, "cost with time and emissions priced"),
        ("transshipments", _INTEGER, "changes of mode"),
        ("borders", _INTEGER, "land borders crossed"),
        ("countries", _TEXT, "ISO codes in the order entered, joined by |"),
        ("way", _TEXT, "the way in one line"),
        ("edges", _TEXT, "edge ids in order, joined by |"),
        ("delta_time_h", _NUMBER, "average time, less that of the question without changes"),
        ("delta_cost_usd", _NUMBER, "cost, less that of the question without changes"),
        ("delta_co2e_kg", _NUMBER, "emissions, less those of the question without changes"),
        ("expectations", _TEXT, "ok, failed or none; on the first answer of a scenario"),
        ("failed", _TEXT, "the expectations that failed, joined by ;"),
        ("on_time_share", _NUMBER, "chance to keep the row's deadline, 0 to 1"),
        ("expected_lateness_h", _NUMBER, "average hours beyond it, a punctual journey counting 0"),
    )
)
"""All columns in the order in which they are written; new ones are only ever added at the end."""

_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_SUSPECT = frozenset("'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_SIGNED = re.compile(r"[+-]?[\d.,\s]*%?\Z", re.ASCII)
_LONGEST_CELL = 1 << 30
COLUMN_NAMES = tuple(column.name for column in RESULT_COLUMNS)


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    As `render.cells.spreadsheet_text`, and also before one that already has apostrophes there, so
    that `as_it_was` can tell what to take off.
    """
    return f"'{text}" if _is_formula(text) else text


def as_it_was(cell: str) -> str:
    """Take off the apostrophe that `harmless` has put before a text."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def _is_formula(text: str) -> bool:
    return bool(_FORMULA.match(text)) and not _SIGNED.match(text)


_OF_KIND: Mapping[Kind, Callable[[str], Any]] = {
    Kind.TEXT: as_it_was,
    Kind.INTEGER: int,
    Kind.NUMBER: float,
}
_READERS = {column.name: _OF_KIND[column.kind] for column in RESULT_COLUMNS}


def encode_rows(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Write result rows as lines of CSV without a header: UTF-8, LF, quotes where needed.

    Parameters
    ----------
    rows
        Cells by column name; a column left out is empty. A whole number has no `.0`. NUL is written
        as U+FFFD, so that every reader of CSV takes the file.
    """
    return "".join([encode_cells(COLUMN_NAMES, row) + "\n" for row in rows]).encode()


def encode_cells(names: Sequence[str], row: Mapping[str, Any]) -> str:
    """Write some cells of a row as a piece of its line.

    Joining and looking for marks is much quicker than the csv module is here.
    """
    cells = [
        ""
        if v is None
        else (harmless(v) if v[:1] in _SUSPECT else v)
        if type(v) is str
        else text_of(v)
        for v in map(row.get, names)
    ]
    line = ",".join(cells)
    if line.count(",") >= len(cells) or _needs_quotes(line):
        line = ",".join([_quoted(cell) for cell in cells])
    if "\0" in line:
        line = line.replace("\0", "\ufffd")
    return line if line.isascii() else line.encode("utf-8", "replace").decode()


def decode_rows(payload: bytes) -> Iterator[Row]:
    """Read what `encode_rows` wrote, with every column in each row."""
    return read_rows(COLUMN_NAMES, _cells(payload))


def read_rows(names: Sequence[str], cells: Iterable[Sequence[str]]) -> Iterator[Row]:
    """Give cells their names and types; an empty cell becomes None.

    Raises
    ------
    ValueError
        If a cell of a number's column holds none.
    """
    readers = [_READERS.get(name, as_it_was) for name in names]
    for line in cells:
        yield {
            name: read(cell) if cell else None
            for name, read, cell in zip(names, readers, line, strict=True)
        }


def text_of(value: object) -> str:
    """Write a cell that needs no quotes: a number, or nothing."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _quoted(cell: str) -> str:
    if "," in cell or _needs_quotes(cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _needs_quotes(text: str) -> bool:
    return '"' in text or "\n" in text or "\r" in text


def _cells(payload: bytes) -> list[list[str]]:
    """Split lines of CSV; a cell may be longer than the csv module takes unasked."""
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        # a cell may hold a lone \r or line separators: only the csv module may split lines
        return list(csv.reader(io.StringIO(payload.decode("utf-8"), newline="")))
    finally:
        csv.field_size_limit(before)  # it is one for the whole process
