"""An explanation for people: sentences, the totals, and both ways side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from routeplan.analysis.explain import Verdict
from routeplan.render.cells import plain
from routeplan.render.console import console_text, make_console, ruled_table
from routeplan.render.explain import notes, side_lines, side_titles, total_rows
from routeplan.render.explain_hours import is_timed
from routeplan.render.explain_words import heading, sentences
from routeplan.render.way import way_text
from routeplan.render.words import request_texts

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from routeplan.analysis.explain import Explanation
    from routeplan.render.output import Look

_KG_WIDTH = 110
_USD_WIDTH = 70
_AT_WIDTH = 50
_ARRIVES = 13
"""Columns that an arrival takes."""
_STYLE = {"same": "dim", "difference": "bold", "step": ""}


def print_explanation(explanation: Explanation, look: Look) -> str:
    """Draw an explanation; its console's width decides how many columns there are."""
    console = make_console(look)
    head = Text(heading(explanation), style="bold")
    head.append(f"  {' | '.join(request_texts(explanation.plan))}", style="not bold")
    console.print(head)
    console.print()
    for sentence in sentences(explanation):
        console.print(Text(sentence))
    console.print()
    titles = side_titles(explanation)
    console.print(Text(f"{titles[0]}: {way_text(explanation.best)}"))
    if explanation.other is not None and explanation.verdict is not Verdict.BEST:
        console.print(Text(f"{plain(titles[1])}: {way_text(explanation.other)}"))
        console.print()
        console.print(_totals(explanation, console))
        console.print()
        console.print(_sides(explanation, console))
    console.print()
    for note in notes(explanation):
        console.print(Text(note, style="dim"))
    return console_text(console)


def _totals(explanation: Explanation, console: Console) -> Table:
    table = ruled_table(console)
    table.add_column("")
    for title in (*side_titles(explanation), "Difference"):
        table.add_column(Text(plain(title)), justify="right")
    for row in total_rows(explanation):
        table.add_row(*row)
    return table


def _sides(explanation: Explanation, console: Console) -> Table:
    """Draw both ways; the columns hold averages, waits included, by the clock arrivals too."""
    table = ruled_table(console)
    table.title, table.title_justify, table.title_style = "Side by side", "left", "bold"
    timed = is_timed(explanation)
    room = console.width - (2 * _ARRIVES if timed else 0)
    at, usd, kg = timed and room >= _AT_WIDTH, room >= _USD_WIDTH, room >= _KG_WIDTH
    for title in side_titles(explanation):
        table.add_column(Text(plain(title)), overflow="fold", ratio=1)
        if at:
            table.add_column("Arrives", justify="right", no_wrap=True)
        table.add_column("Time", justify="right", no_wrap=True)
        if usd:
            table.add_column("USD", justify="right", no_wrap=True)
        if kg:
            table.add_column("kg CO2e", justify="right", no_wrap=True)
    for line in side_lines(explanation):
        cells = []
        for where, arrival, time, money, carbon in (
            (line.best, line.best_at, line.best_time, line.best_usd, line.best_kg),
            (line.other, line.other_at, line.other_time, line.other_usd, line.other_kg),
        ):
            shown = ((arrival, at), (time, True), (money, usd), (carbon, kg))
            cells += [where, *(cell for cell, is_shown in shown if is_shown)]
        table.add_row(*(Text(plain(cell)) for cell in cells), style=_STYLE[line.kind])
    return table
