"""Drawing with characters: eight braille dots a cell, or ASCII where braille cannot be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from routeplan.render.cells import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from routeplan.render.draw.geometry import Point

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bit of each dot, by row and column within a cell (Unicode braille patterns, from U+2800)."""
_BRAILLE = 0x2800


class Canvas:
    """A sheet of characters; a point of it is a dot, two across and four down in each character.

    Parameters
    ----------
    columns, rows
        In characters.
    ascii_only
        Draw dots as `.` and keep every character within ASCII.
    """

    def __init__(self, columns: int, rows: int, *, ascii_only: bool = False) -> None:
        self.columns, self.rows = columns, rows
        self._ascii = ascii_only
        self._bits = [[0] * columns for _ in range(rows)]
        self._chars: list[list[str]] = [[""] * columns for _ in range(rows)]
        self._styles = [[""] * columns for _ in range(rows)]
        self._taken = [[False] * columns for _ in range(rows)]

    @property
    def is_ascii(self) -> bool:
        """Whether the sheet keeps to ASCII."""
        return self._ascii

    @property
    def width(self) -> int:
        """Dots across."""
        return 2 * self.columns

    @property
    def height(self) -> int:
        """Dots down."""
        return 4 * self.rows

    def dot(self, x: float, y: float, style: str = "") -> None:
        """Set a dot; a cell takes the style that is drawn last, and keeps its dots."""
        column, row = int(x) // 2, int(y) // 4
        if x < 0 or y < 0 or column >= self.columns or row >= self.rows:
            return
        self._bits[row][column] |= _DOTS[int(y) % 4][int(x) % 2]
        if style:
            self._styles[row][column] = style

    def line(self, points: Iterable[Point], style: str = "", *, char: str = "") -> None:
        """Draw a line from point to point, of dots or, if a character is given, of that."""
        before: Point | None = None
        for x, y in points:
            if before is not None:
                self._piece(before, (x, y), style, char)
            before = x, y

    def _piece(self, a: Point, b: Point, style: str, char: str) -> None:
        if (
            max(a[0], b[0]) < 0
            or min(a[0], b[0]) > self.width
            or max(a[1], b[1]) < 0
            or min(a[1], b[1]) > self.height
        ):
            return
        steps = max(1, int(max(abs(b[0] - a[0]), abs(b[1] - a[1])) * 1.2))
        for n in range(steps + 1):
            x, y = a[0] + (b[0] - a[0]) * n / steps, a[1] + (b[1] - a[1]) * n / steps
            if char:
                self._char(int(x) // 2, int(y) // 4, char, style)
            else:
                self.dot(x, y, style)

    def put(self, column: int, row: int, text: str, style: str = "") -> None:
        """Write a text over whatever is there; what leaves the sheet is cut off."""
        for offset, char in enumerate(self._shown(text)):
            if self._char(column + offset, row, char, style):
                self._taken[row][column + offset] = True

    def _char(self, column: int, row: int, char: str, style: str) -> bool:
        inside = 0 <= column < self.columns and 0 <= row < self.rows
        if inside:
            self._chars[row][column] = char
            self._styles[row][column] = style
        return inside

    def is_free(self, column: int, row: int, length: int, *, of_lines: bool = False) -> bool:
        """Say whether a text fits on the sheet over no other, and over no line if asked."""
        if column < 0 or column + length > self.columns or not 0 <= row < self.rows:
            return False
        if of_lines and any(self._chars[row][column : column + length]):
            return False
        return not any(self._taken[row][column : column + length])

    def text(self) -> Text:
        """Return the sheet, a line per row, without blanks at the ends."""
        sheet = Text()
        for row in range(self.rows):
            line = Text()
            for column in range(self.columns):
                char = self._chars[row][column] or self._cell(self._bits[row][column])
                line.append(char, style=self._styles[row][column] if char != " " else "")
            line.rstrip()
            sheet.append_text(line)
            sheet.append("\n")
        return sheet

    def _cell(self, bits: int) -> str:
        if not bits:
            return " "
        return "." if self._ascii else chr(_BRAILLE + bits)

    def _shown(self, text: str) -> str:
        if not self._ascii:
            return plain(text)
        from anyascii import anyascii

        return anyascii(plain(text))
