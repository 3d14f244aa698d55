"""Options several commands share.

DataOption    --data       all commands
FormatOption  --format     all commands that print records
OutputOption  -o           all commands that print records
QuietOption   -q           find, check
"""

# typer reads these annotations while the program runs, so their imports stay at run time
from pathlib import Path
from typing import Annotated

import typer

from routeplan.render.output import Format

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="Folder with nodes.csv and edges.csv instead of the data that comes with routeplan "
        "($ROUTEPLAN_DATA).",
        show_default=False,
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help="How to write the answer; a terminal gets a table, a pipe tsv.",
        show_default=False,
        case_sensitive=False,
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file, format by its suffix; - is standard output.",
        show_default=False,
    ),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Only the answer, no notes.")]
