"""A bar on standard error for a long run: how far, how fast, how long still."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress_bar(total: int | None, done: int, *, shown: bool) -> Iterator[Callable[[int], None]]:
    """Show a bar while the block runs; nothing where standard error is no terminal.

    Parameters
    ----------
    total
        How many scenarios there are, if known.
    done
        How many an earlier run has done.
    shown
        False shows nothing.

    Yields
    ------
    callable
        To be called with how many have been done so far.
    """
    if not shown or sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """Scenarios a second."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.0f}/s" if speed and speed >= 10 else _slow(speed))

    columns = (
        TextColumn("scenarios"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("scenarios", total=total, completed=done)
        yield lambda count: bar.update(task, completed=count)


def _slow(speed: float | None) -> str:
    return f"{speed:.1f}/s" if speed else ""
