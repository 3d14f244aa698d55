"""Bytes of a CSV file -> records and findings; the one place that knows how the files are written.

Nothing here stops at the first fault: every cell that cannot be read is reported, and the rows
around it are still read.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from routeplan.network.column import Column, columns_of
from routeplan.network.findings import Finding, Severity, Told, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Record = TypeVar("Record")

MAX_COLUMNS = 200
_BOMS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


@dataclass
class Table(Generic[Record]):
    """One data file as read.

    Parameters
    ----------
    file
        Name of the file, as findings show it.
    records
        The rows that could be read, in file order.
    lines
        The line each record starts on.
    positions
        For findings: columns present -> index of the cell in its row.
    text
        The decoded file.
    findings
        What was wrong with it.
    unread
        Keys of rows that stand in the file and could not be read.
    complete
        Whether the file could be read to its end; if not, nothing can be said of what it lacks.
    """

    file: str
    records: list[Record] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    positions: dict[str, int] = field(default_factory=dict)
    text: str = ""
    findings: list[Finding] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    complete: bool = True

    def finding(
        self, code: str, line: int, told: Told, severity: Severity = Severity.ERROR
    ) -> Finding:
        """Make a finding about one cell of this file; `line` 0 means the whole file."""
        known = line and told.field in self.positions
        position = self.position(line, self.positions[told.field]) if known else 0
        return told.at(self.file, line, code, severity)._replace(position=position)

    def position(self, line: int, index: int) -> int:
        """Find the character a cell starts at; 0 where quoting puts it on a later line."""
        position, quoted, cell = 1, False, 0
        for offset, character in enumerate(self._physical_lines[line - 1]):
            if cell == index:
                return position
            if character == '"':
                quoted = not quoted
            elif character == "," and not quoted:
                cell += 1
                position = offset + 2
        return position if cell == index and not quoted else 0

    @cached_property
    def _physical_lines(self) -> list[str]:
        return self.text.split("\n")


def read_table(content: bytes, file: str, record: type[Record]) -> Table[Record]:
    """Read one CSV file.

    Parameters
    ----------
    content
        The file's bytes: UTF-8, with or without a byte order mark, any line end.
    file
        Its name, for findings.
    record
        The record class whose fields are the columns.

    Returns
    -------
    Table
        The readable rows and everything that was wrong.
    """
    table: Table[Record] = Table(file)
    text = _decode(content, table)
    if text is None or _is_foreign(text, table):
        table.complete = False
        return table
    table.text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows = _rows(table)
    header = next(rows, None)
    present = None
    if header is not None:
        present = _read_header(*header, table, record)
    elif not table.findings:
        table.findings.append(_whole(table, "T001", "the file is empty", _header_hint(record)))
    if header is None or present is None:
        table.complete = False
        return table
    _read_rows(rows, present, table, record, width=len(header[1]))
    return table


def _decode(content: bytes, table: Table[Any]) -> str | None:
    for bom, name in _BOMS:
        if content.startswith(bom):
            table.findings.append(
                _whole(table, "T002", f"the file is {name}, not UTF-8", "Save it as CSV UTF-8.")
            )
            return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        bad = error.object[error.start : error.start + 1].hex()
        remedy = "Save the file as CSV UTF-8 (it may be cp1251 or cp1254)."
        table.findings.append(
            table.finding("T002", line, Told("", f"byte {bad}", "not UTF-8 text", remedy))
        )
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        remedy = "It is not a CSV file, or it was damaged: export it again."
        told = Told(message="the file holds NUL characters", remedy=remedy)
        table.findings.append(table.finding("T002", line, told))
        return None
    return text


def _is_foreign(text: str, table: Table[Any]) -> bool:
    """Report a header without a comma that other separators cut into columns."""
    header = text.lstrip().partition("\n")[0]
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if separator in header and "," not in header:
            message = f"the columns are separated by {name}"
            remedy = "Save it with commas and decimal points."
            table.findings.append(_whole(table, "T004", message, remedy))
            return True
    return False


def _rows(table: Table[Any]) -> Iterator[tuple[int, list[str]]]:
    """Yield each non-empty row with the line it starts on.

    Text behind a closing quotation mark spoils its row only; a mark never closed ends the file.
    """
    reader = csv.reader(io.StringIO(table.text, newline=""), strict=True)
    start = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            table.findings.append(_broken_row(table, start, str(error)))
            if "expected after" not in str(error):
                table.complete = False
                return
            start = reader.line_num + 1
            continue
        if any(cell.strip() for cell in row):
            yield start, row
        start = reader.line_num + 1


def _broken_row(table: Table[Any], line: int, reason: str) -> Finding:
    remedy = 'Write a quotation mark inside a quoted cell as "".'
    if "field larger" in reason:
        message = f"a cell is longer than {csv.field_size_limit():,} characters"
        remedy = "A quotation mark may be missing, or this is not the right file."
    elif "expected after" in reason:
        message = "text stands behind a closing quotation mark"
    else:
        message = "a quotation mark opens here and is never closed"
    return table.finding("T003", line, Told(message=message, remedy=remedy))


def _read_header(
    line: int, header: Sequence[str], table: Table[Any], record: type
) -> list[tuple[int, Column]] | None:
    """Match the header's names with the columns; None where the file cannot be read on."""
    if len(header) > MAX_COLUMNS:
        message = f"the header has {len(header):,} columns"
        told = Told(message=message, remedy="Is it the right file?")
        table.findings.append(table.finding("T004", line, told))
        return None
    columns = columns_of(record)
    by_name = {name: c for c in columns for name in (c.name, *c.synonyms)}
    present: list[tuple[int, Column]] = []
    for index, raw in enumerate(header):
        found = by_name.get(raw.strip().lower())
        if found is None:
            table.findings.append(_unknown_column(table, line, index, raw, list(by_name)))
        elif found.name in table.positions:
            table.findings.append(_second_column(table, line, index, raw))
        else:
            table.positions[found.name] = index
            present.append((index, found))
    missing = [c.name for c in columns if c.required and c.name not in table.positions]
    for name in missing:
        table.findings.append(_whole(table, "T007", f"column {name} is missing", "Add it."))
    return None if missing else present


def _unknown_column(
    table: Table[Any], line: int, index: int, raw: str, names: Sequence[str]
) -> Finding:
    close = get_close_matches(raw.strip().lower(), names, 1)
    remedy = f"Did you mean {close[0]}? It is not read." if close else "It is not read."
    message = "unknown column" if raw.strip() else "a column without a name"
    told = Told(shortened(raw), raw, message, remedy)
    found = told.at(table.file, line, "T005", Severity.WARNING)
    return found._replace(position=table.position(line, index))


def _second_column(table: Table[Any], line: int, index: int, raw: str) -> Finding:
    message = "this column stands twice, perhaps under two of its names"
    told = Told(raw.strip(), raw, message, "Remove one of them.")
    found = told.at(table.file, line, "T006")
    return found._replace(position=table.position(line, index))


def _read_rows(
    rows: Iterator[tuple[int, list[str]]],
    present: Sequence[tuple[int, Column]],
    table: Table[Record],
    record: type[Record],
    *,
    width: int,
) -> None:
    for line, row in rows:
        if len(row) != width:
            message = f"{len(row)} cells where the header has {width}"
            told = Told(message=message, remedy="Look for a missing or a surplus comma.")
            table.findings.append(table.finding("T008", line, told))
            table.unread.add(_key_cell(row, table, record))
            continue
        values = _read_row(row, present, table, line)
        if values is None:
            table.unread.add(_key_cell(row, table, record))
        else:
            table.records.append(record(**values))
            table.lines.append(line)


def _key_cell(row: Sequence[str], table: Table[Any], record: type) -> str:
    """Return what a row that cannot be read holds where its key stands."""
    index = table.positions.get(columns_of(record)[0].name, len(row))
    return row[index].strip() if index < len(row) else ""


def _read_row(
    row: Sequence[str], present: Sequence[tuple[int, Column]], table: Table[Any], line: int
) -> dict[str, Any] | None:
    """Parse the cells of a row; None where one of them cannot be read."""
    values: dict[str, Any] = {}
    sound = True
    for index, column in present:
        cell = row[index].strip()
        if not cell:
            if column.required:
                sound = False
                told = Told(column.name, "", "empty", "A value is needed here.")
                table.findings.append(table.finding("T009", line, told))
            continue
        try:
            values[column.name] = column.parse(cell)
        except ValueError as error:
            sound = False
            told = Told(column.name, cell, str(error))
            table.findings.append(table.finding("T010", line, told))
    return values if sound else None


def _whole(table: Table[Any], code: str, message: str, remedy: str) -> Finding:
    return table.finding(code, 0, Told(message=message, remedy=remedy))


def _header_hint(record: type) -> str:
    needed = ",".join(c.name for c in columns_of(record) if c.required)
    return f"It needs a header with at least {needed}."
