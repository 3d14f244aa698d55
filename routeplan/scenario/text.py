"""Bytes of a scenario table -> the text of its rows, whatever they were saved as.

One spoilt row spoils no other: a quotation mark that is never closed costs its own line, bytes that
are no text cost theirs.
"""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import re
import zlib
from collections import deque
from functools import partial
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

GZIP, PARQUET, ZIP = b"\x1f\x8b", b"PAR1", b"PK\x03\x04"
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LONGEST_LINE = 1 << 26
_MOST_LINES = 1000
"""Lines one row may run over; a quotation mark open for longer was never closed."""

_SEPARATORS = (",", ";", "\t")
_SAID_SEPARATOR = re.compile(r"sep=(.)\s*\Z", re.IGNORECASE)


_REMARK = "# "
"""What a line starts with that is no row; a spreadsheet may have put it in quotes."""


class RawRow(NamedTuple):
    """One row as it stands in the file.

    Parameters
    ----------
    line
        The line it starts on, from 1.
    cells
        Its cells, as many as were read.
    code, reason, remedy
        What is wrong with the whole of it; empty if nothing is.
    """

    line: int
    cells: list[str]
    code: str = ""
    reason: str = ""
    remedy: str = ""


class UnreadableError(ValueError):
    """A source that is no table of text, or ends too early; its text is reason and remedy."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason}. {remedy}".rstrip())
        self.reason, self.remedy = reason, remedy


def peek(stream: IO[bytes], size: int = 4096) -> tuple[bytes, IO[bytes]]:
    """Return the first bytes and a stream that still holds them."""
    buffered = stream if hasattr(stream, "peek") else io.BufferedReader(stream)  # type: ignore[type-var]
    head: bytes = buffered.peek(size)
    return head[:size], buffered


def read_rows(stream: IO[bytes]) -> Iterator[RawRow]:
    """Read the rows of a CSV file; the first one yielded is the header.

    Parameters
    ----------
    stream
        CSV with commas, semicolons or tabs, in UTF-8 or UTF-16, perhaps compressed with gzip.

    Raises
    ------
    UnreadableError
        If it is another kind of file, or compressed data that are damaged.
    """
    head, stream = peek(stream)
    if head.startswith(GZIP):
        head, stream = _unpacked(stream)
    if head.startswith(ZIP):
        raise UnreadableError("it is a spreadsheet or a zip archive", "Save it as CSV UTF-8.")
    encoding, errors = _encoding(head)
    text = io.TextIOWrapper(stream, encoding, errors, newline="")
    try:
        yield from _rows(Lines(iter(partial(text.readline, _LONGEST_LINE), "")))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        reason = str(error)[:1].lower() + str(error)[1:].rstrip(".")
        raise UnreadableError(f"the compressed data are damaged, {reason}") from None
    finally:
        with contextlib.suppress(ValueError):
            text.detach()  # or it would close a stream that is not its own


def _unpacked(stream: IO[bytes]) -> tuple[bytes, IO[bytes]]:
    unpacked = io.BufferedReader(gzip.GzipFile(fileobj=stream))
    try:
        return peek(unpacked)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise UnreadableError("the compressed data are damaged", "Compress it again.") from None


def _encoding(head: bytes) -> tuple[str, str]:
    """Tell the encoding by the mark at the start, or by where the zero bytes are."""
    for mark, name in _BOMS.items():
        if head.startswith(mark):
            return name, "surrogateescape" if name.startswith("utf-8") else "replace"
    letters = len(head) // 2
    for first, name in ((0, "utf-16-be"), (1, "utf-16-le")):
        if letters and head[first : 2 * letters : 2].count(0) > 0.7 * letters:
            return name, "replace"
    return "utf-8", "surrogateescape"


class Lines:
    """Rows as text: lines, joined where a quoted cell runs over several.

    Parameters
    ----------
    lines
        The lines of a file with their ends.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._waiting: deque[str] = deque()
        self._last: list[str] = []
        self.number = 0
        """The line the last row starts on."""

    def next(self) -> tuple[str, bool] | None:
        """Return the next row and whether its quotation marks are closed; None at the end."""
        self.number += len(self._last) or 1
        line = self._waiting.popleft() if self._waiting else next(self._lines, None)
        if line is None:
            return None
        self._last = [line]
        if '"' not in line or line.count('"') % 2 == 0:
            return line, True
        return self._joined(line)

    def reject(self) -> bool:
        """Take back all but the first line of the last row: they are rows of their own."""
        taken = self._last[1:]
        self._waiting.extendleft(reversed(taken))
        del self._last[1:]
        return bool(taken)

    def _joined(self, first: str) -> tuple[str, bool]:
        is_open = True
        while is_open and len(self._last) < _MOST_LINES:
            line = self._next_line()
            if line is None:
                break
            self._last.append(line)
            is_open ^= line.count('"') % 2 == 1
        if not is_open:
            return "".join(self._last), True
        self.reject()
        return first, False

    def _next_line(self) -> str | None:
        return self._waiting.popleft() if self._waiting else next(self._lines, None)


def _rows(lines: Lines) -> Iterator[RawRow]:
    """Yield the rows that are not blank; the header decides the separator."""
    separator = ""
    while (found := lines.next()) is not None:
        text, closed = found
        if not text.strip() or (_REMARK in text[:3] and text.lstrip('"').startswith(_REMARK)):
            continue
        if not separator:
            said = _SAID_SEPARATOR.match(text)
            separator = said[1] if said else _sniff(text)
            if said:
                continue
        if '"' not in text and "\0" not in text and text.isascii():  # as almost every row is
            row = RawRow(lines.number, text.rstrip("\r\n").split(separator))
        else:
            row = _row(lines, text, separator, closed=closed)
        if any(row.cells) or row.code:
            yield row


def _row(lines: Lines, text: str, separator: str, *, closed: bool) -> RawRow:
    line = lines.number
    if not closed:
        reason = "a quotation mark opens here and is never closed"
        return RawRow(line, [], "S003", reason, 'Write a quotation mark inside a cell as "".')
    if '"' not in text:
        cells = text.rstrip("\r\n").split(separator)
    else:
        try:
            cells = _quoted(text, separator)
        except csv.Error as error:
            if lines.reject():
                reason = "a quotation mark opens here and is not closed on this line"
            else:
                behind = "expected after" in str(error)
                reason = "text stands behind a closing quotation mark" if behind else str(error)
            return RawRow(line, [], "S003", reason, 'Write a quotation mark inside a cell as "".')
    if "\0" in text:
        return RawRow(line, cells, "S002", "it holds NUL characters", "Export the file again.")
    if not text.isascii() and _is_broken(text):
        remedy = "Save the file as CSV UTF-8 (it may be cp1251 or cp1254)."
        return RawRow(line, cells, "S002", "it holds bytes that are not UTF-8 text", remedy)
    return RawRow(line, cells)


def _quoted(text: str, separator: str) -> list[str]:
    """Cut a row with quotation marks; a cell may be as long as its row."""
    limit = csv.field_size_limit()
    try:
        if len(text) > limit:
            csv.field_size_limit(len(text))
        return next(csv.reader([text], delimiter=separator, strict=True))
    finally:
        csv.field_size_limit(limit)


def _is_broken(text: str) -> bool:
    """Whether bytes were carried over because they are no text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return "\ufffd" in text


def _sniff(header: str) -> str:
    """Choose the separator that cuts the header into most pieces; a comma where none does."""
    outside = re.sub(r'"[^"]*"', "", header)
    return max(_SEPARATORS, key=outside.count)
