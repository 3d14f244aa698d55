"""A matrix for people: heat maps in blocks that fit the terminal, or a summary of a large one.

The shade of a cell is the fifth of its table it belongs to: a colour where there are colours, and
a character in front of the number where there are none.
"""

from __future__ import annotations

from bisect import bisect_left
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from routeplan.analysis.matrix import Quantity, Status
from routeplan.render.cells import plain
from routeplan.render.console import console_text, make_console, ruled_table
from routeplan.render.figures import kg_text, km_text, money_text
from routeplan.render.matrix import matrix_notes
from routeplan.scenario.request import BEST_AT
from routeplan.units import HOURS_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from routeplan.analysis.matrix import Cell, Matrix
    from routeplan.render.output import Look
    from routeplan.scenario.request import Criterion

MOST_CELLS = 2000
"""Of a heat map; a larger matrix is summed up."""

_MOST_ROWS = 60
_FIFTHS = 5
_LABEL = 18
_HEAD = 13
_GAP = 2
"""Blanks between two columns of a ruled table."""

_TITLES = {
    Quantity.TIME: "Days on average",
    Quantity.P10: "Days, P10",
    Quantity.P50: "Days, P50",
    Quantity.P90: "Days, P90",
    Quantity.COST: "USD",
    Quantity.CO2: "kg CO2e",
    Quantity.GENERALISED: "Generalised cost, USD",
    Quantity.DISTANCE: "km",
}
_MARKS = {Status.NO_ROUTE: "-", Status.KEPT_OUT: "x", Status.SAME_PLACE: ""}
_SAID = {Status.NO_ROUTE: "- no route", Status.KEPT_OUT: "x kept out"}
_SHADES = ("·░▒▓█", ".:=+#")
_STYLES = (
    "black on color(230)",
    "black on color(222)",
    "black on color(215)",
    "bright_white on color(166)",
    "bright_white on color(88)",
)
"""From light to dark, so that they can be told apart by who sees no red."""

_FEW_COLORS = (
    "black on bright_white",
    "black on bright_yellow",
    "black on yellow",
    "bright_white on red",
    "bright_white on magenta",
)
"""Where there are 16, which every terminal has its own shades of: the marks stand beside them."""


def heat_text(matrix: Matrix, quantities: Sequence[Quantity], look: Look) -> str:
    """Draw a matrix as text.

    Parameters
    ----------
    matrix
        The answer.
    quantities
        What is drawn, each a map of its own.
    look
        How wide and whether with colours.
    """
    console = make_console(look, shades=True)
    console.print(Text(_heading(matrix), style="bold"))
    console.print()
    if len(matrix.origins) * len(matrix.destinations) > MOST_CELLS:
        _print_summary(matrix, console)
    else:
        for criterion in matrix.criteria:
            for quantity in quantities:
                _print_map(matrix, quantity, criterion, console)
    for note in matrix_notes(matrix):
        console.print(Text(plain(note), style="dim"))
    return console_text(console)


def heat_title(quantity: Quantity, criterion: Criterion) -> str:
    """Name a table: what its numbers are, and of which ways."""
    return f"{_TITLES[quantity]}, {BEST_AT[criterion]}"


def _heading(matrix: Matrix) -> str:
    request = matrix.request
    shipment = request.shipment
    cargo = plain(shipment.cargo.name or shipment.cargo.cargo_id).lower()
    texts = [f"{shipment.text} {cargo}, {shipment.mass_t:g} t"]
    if request.via:
        texts.append(f"via {', '.join(request.via)}")
    if request.modes:
        texts.append(f"only by {', '.join(sorted(request.modes))}")
    if request.depart:
        texts.append(f"departing {request.depart:%Y-%m-%d}")
    if request.on:
        texts.append(f"network of {request.on:%Y-%m-%d}")
    if request.include_planned:
        texts.append("planned links taken as open")
    size = f"{len(matrix.origins):,} x {len(matrix.destinations):,} places"
    return f"{size}  {' | '.join(texts)}"


class _Scale(NamedTuple):
    """Where the shades of a table end: fifths of its different values, fewer if they are few."""

    ends: tuple[float, ...]

    @classmethod
    def of(cls, values: Sequence[float]) -> _Scale:
        ordered = sorted(set(values))
        count = min(_FIFTHS, len(ordered))
        return cls(tuple(ordered[len(ordered) * i // count - 1] for i in range(1, count)))

    def shade(self, value: float) -> int | None:
        """Return the shade of a value, from 0 to _FIFTHS - 1; None where all are the same."""
        return self.nth(bisect_left(self.ends, value)) if self.ends else None

    def nth(self, position: int) -> int:
        """Return the shade of a step: the first is the lightest, the last the darkest."""
        return position * (_FIFTHS - 1) // len(self.ends)


def _print_map(matrix: Matrix, quantity: Quantity, criterion: Criterion, console: Console) -> None:
    """Print one quantity in blocks of as many destinations as a line has room for."""
    cells = matrix.cells(criterion)
    values = [value for row in cells for cell in row if (value := cell.value(quantity)) is not None]
    pen = _Pen(quantity, _Scale.of(values), console)
    names = [plain(place.text) for place in matrix.destinations]
    label = min(_LABEL, max(len(plain(place.text)) for place in matrix.origins))
    widths = [
        pen.width(column, name)
        for column, name in zip(zip(*cells, strict=True), names, strict=True)
    ]
    for number, (first, last) in enumerate(_blocks(widths, console.width - label)):
        more = "" if number == 0 else ", continued"
        console.print(Text(f"{heat_title(quantity, criterion)}{more}", style="bold"))
        table = ruled_table(console)
        table.add_column("", width=label, no_wrap=True, overflow="ellipsis")
        for name, width in zip(names[first:last], widths[first:last], strict=True):
            table.add_column(Text(name), justify="right", width=width, overflow="fold")
        for origin, row in zip(matrix.origins, cells, strict=True):
            drawn = (
                pen.draw(cell, w)
                for cell, w in zip(row[first:last], widths[first:last], strict=True)
            )
            table.add_row(Text(plain(origin.text)), *drawn)
        console.print(table)
        console.print()
    console.print(pen.legend({cell.status for row in cells for cell in row}))
    console.print()


def _blocks(widths: Sequence[int], room: int) -> Iterator[tuple[int, int]]:
    """Cut columns into runs that fit; a run has at least one."""
    first, used = 0, 0
    for position, width in enumerate(widths):
        if position > first and used + width + _GAP > room:
            yield first, position
            first, used = position, 0
        used += width + _GAP
    yield first, len(widths)


class _Pen:
    """Draws the cells of one table."""

    def __init__(self, quantity: Quantity, scale: _Scale, console: Console) -> None:
        self._quantity = quantity
        self._scale = scale
        self._colored = console.color_system is not None
        few = console.color_system == "standard"
        self._marked = few or not self._colored
        self._styles = _FEW_COLORS if few else _STYLES
        self._shades = _SHADES[0 if console.encoding.startswith("utf") else 1]

    def width(self, column: Sequence[Cell], name: str) -> int:
        """Return how wide a column is: its numbers, and the longest word of its name."""
        words = max((len(word) for word in name.split()), default=1)
        numbers = max(len(cell_text(cell, self._quantity)) for cell in column)
        return max(numbers + self._marked, min(words, _HEAD), 1)

    def draw(self, cell: Cell, width: int) -> Text:
        """Draw a cell: its number on a colour, or behind a shade."""
        text, shade = cell_text(cell, self._quantity), self._shade(cell)
        if shade is None:
            return Text(text)
        marked = f"{self._shades[shade]}{text}" if self._marked else text
        return Text(marked.rjust(width), style=self._styles[shade] if self._colored else "")

    def legend(self, statuses: set[Status]) -> Text:
        """Say what the shades and marks mean."""
        text = Text(style="dim" if self._colored else "")
        ends = self._scale.ends
        for position, end in enumerate((*ends, None) if ends else ()):
            shade = self._scale.nth(position)
            limit = figure_text(self._quantity, ends[-1] if end is None else end)
            said = f"over {limit}" if end is None else f"to {limit}"
            mark = f"{self._shades[shade]} " if self._marked else ""
            if self._colored:
                text.append(f" {mark}{said} ", style=f"not dim {self._styles[shade]}")
            else:
                text.append(f"{mark}{said}  ")
        for status, said in _SAID.items():
            if status in statuses:
                text.append(f"  {said}" if self._colored else f"{said}  ")
        return text

    def _shade(self, cell: Cell) -> int | None:
        value = cell.value(self._quantity)
        return None if value is None else self._scale.shade(value)


def cell_text(cell: Cell, quantity: Quantity) -> str:
    """Write a cell: its number, or a mark that says why there is none."""
    value = cell.value(quantity)
    return _MARKS[cell.status] if value is None else figure_text(quantity, value)


def figure_text(quantity: Quantity, value: float) -> str:
    """Write a number as tables for people have it; hours as days."""
    if quantity in (Quantity.TIME, Quantity.P10, Quantity.P50, Quantity.P90):
        return f"{value / HOURS_PER_DAY:.1f}"
    if quantity is Quantity.CO2:
        return kg_text(value)
    return km_text(value) if quantity is Quantity.DISTANCE else money_text(value)


def _print_summary(matrix: Matrix, console: Console) -> None:
    """Print a line per origin for a matrix too large to draw."""
    criterion = matrix.criteria[0]
    console.print(Text(f"From each origin, {BEST_AT[criterion]}", style="bold"))
    table = ruled_table(console)
    table.add_column("Origin", no_wrap=True, overflow="ellipsis", max_width=24)
    for name in ("Ways", "Days least", "median", "most", "USD median", "kg CO2e median"):
        table.add_column(name, justify="right")
    for origin, row in list(zip(matrix.origins, matrix.cells(criterion), strict=True))[:_MOST_ROWS]:
        table.add_row(Text(plain(origin.text)), *_summed(row))
    console.print(table)
    more = len(matrix.origins) - _MOST_ROWS
    if more > 0:
        console.print(Text(f"... and {more:,} more origins."))
    console.print(Text("Too many pairs to draw: -o FILE.csv, .xlsx or .parquet holds all of them."))
    console.print()


def _summed(row: Sequence[Cell]) -> list[str]:
    found = [cell for cell in row if cell.status is Status.OK]
    counted = f"{len(found):,}"
    if not found:
        return [counted, *[""] * 5]
    hours = [cell.time_h or 0.0 for cell in found]
    return [
        counted,
        *(figure_text(Quantity.TIME, value) for value in (min(hours), median(hours), max(hours))),
        money_text(median(cell.cost_usd or 0.0 for cell in found)),
        kg_text(median(cell.co2e_kg or 0.0 for cell in found)),
    ]
