"""`routeplan diff OLD NEW`."""

from pathlib import Path
from typing import Annotated

import typer

from routeplan.cli.options import MixedFormatOption, NoColorOption, OutputOption


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Data folder.", show_default=False)],
    new: Annotated[
        Path | None,
        typer.Argument(
            metavar="[NEW]", help="Data folder; the data that comes with routeplan if not given."
        ),
    ] = None,
    form: MixedFormatOption = None,
    output: OutputOption = None,
    no_color: NoColorOption = False,
) -> None:
    """Compare two versions of the data.

    Shows which rows changed, and what that does to a set of reference journeys.
    """
    from routeplan.analysis.diff import diff_journeys, diff_rows
    from routeplan.network.read import load_network
    from routeplan.render.difference import DIFF_FORMATS, difference_text
    from routeplan.render.output import choose_format, choose_look, write_text

    chosen = choose_format(form, output, DIFF_FORMATS)
    before, after = load_network(old), load_network(new)
    rows, journeys = diff_rows(before, after), diff_journeys(before, after)
    look = choose_look(output, color=not no_color)
    write_text(difference_text(rows, journeys, chosen, look), output)
