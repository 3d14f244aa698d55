"""Rich output as text: colours for a terminal that wants them, none for a file or a pipe."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from rich.console import RenderableType

_FILE_WIDTH = 120


def make_console(width: int | None = None, *, color: bool | None = None) -> Console:
    """Make a console that records into text.

    Parameters
    ----------
    width
        Columns; the terminal's if None, 120 where there is none.
    color
        Whether to colour; None asks the terminal and NO_COLOR.
    """
    terminal = Console(file=sys.stdout)
    if width is None:
        width = terminal.width if terminal.is_terminal or "COLUMNS" in terminal._environ else None
    colored = terminal.is_terminal and not terminal.no_color if color is None else color
    return Console(
        file=io.StringIO(),
        width=width or _FILE_WIDTH,
        force_terminal=colored,
        no_color=not colored,
        color_system="standard" if colored else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def console_text(console: Console) -> str:
    """Return what was printed on a recording console, without trailing blanks."""
    recorded = console.file
    assert isinstance(recorded, io.StringIO)  # noqa: S101 - made by make_console
    return "".join(f"{line.rstrip()}\n" for line in recorded.getvalue().splitlines())


def table_text(renderable: RenderableType, width: int | None = None) -> str:
    """Return one renderable as text."""
    console = make_console(width)
    console.print(renderable)
    return console_text(console)
