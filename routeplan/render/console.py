"""Rich output as text: colours for a terminal that wants them, none for a file or a pipe."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Literal

from rich import box
from rich.console import Console
from rich.table import Table

from routeplan.render.output import PAGE, Look

if TYPE_CHECKING:
    from rich.console import RenderableType

_ASCII_LINES = box.Box("    \n    \n -- \n    \n    \n -- \n    \n    \n", ascii=True)


class _Recorder(io.StringIO):
    """Text that claims the encoding it will be written in."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self.claimed = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]  # io.StringIO has none of its own
        """The encoding rich chooses its lines for."""
        return self.claimed


def make_console(look: Look, *, shades: bool = False) -> Console:
    """Make a console that records into text; `shades` takes 256 colours where the terminal has."""
    terminal = Console(file=sys.stdout)
    width = look.width
    if width is None and (terminal.is_terminal or "COLUMNS" in terminal._environ):
        width = terminal.width
    colored = look.color
    if colored is None:
        plain = terminal.no_color or terminal.is_dumb_terminal
        colored = terminal.is_terminal and not plain
    return Console(
        file=_Recorder(look.encoding or terminal.encoding),
        width=width or PAGE.width,
        force_terminal=colored,
        no_color=not colored,
        color_system=_colors(terminal, shades=shades) if colored else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def _colors(terminal: Console, *, shades: bool) -> Literal["standard", "256"]:
    return "256" if shades and terminal.color_system in ("256", "truecolor") else "standard"


def console_text(console: Console) -> str:
    """Return what was printed on a recording console, without trailing blanks."""
    recorded = console.file
    assert isinstance(recorded, _Recorder)  # noqa: S101 - made by make_console
    return "".join(f"{line.rstrip()}\n" for line in recorded.getvalue().split("\n")[:-1])


def ruled_table(console: Console) -> Table:
    """Make a table with a line under its head and, if it has one, over its foot."""
    ascii_only = not console.encoding.startswith("utf")
    lines = _ASCII_LINES if ascii_only else box.SIMPLE
    return Table(box=lines, padding=(0, 1), collapse_padding=True, pad_edge=False, show_edge=False)


def table_text(renderable: RenderableType, look: Look) -> str:
    """Return one renderable as text."""
    console = make_console(look)
    console.print(renderable, crop=False)
    return console_text(console)
