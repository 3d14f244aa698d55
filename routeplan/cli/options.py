"""Options several commands share, and how an option with a few choices is read.

DataOption     --data       find, show, places, sources
FormatOption   --format     find; ListFormatOption: commands that print lists;
                            MixedFormatOption: diff, explain; FactsFormatOption: show
OutputOption   -o           all commands
NoColorOption  --no-color   all commands
QuietOption    -q           find, check
"""

from collections.abc import Callable
from difflib import get_close_matches
from enum import StrEnum

# typer reads the annotations while the program runs, so their imports stay at run time
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from routeplan.errors import RequestError
from routeplan.render.output import Format

Choice = TypeVar("Choice", bound=StrEnum)


def choice_option(option: str, choices: type[Choice], **details: Any) -> Any:  # noqa: ANN401 - typer's own
    """Describe an option that takes one of a few words, in upper or lower case.

    A wrong word is answered in one line with the nearest right one. `offered` are the words that
    help and completion show, if not all.
    """
    names = [str(choice) for choice in details.pop("offered", choices)]
    return typer.Option(
        option,
        *details.pop("short", ()),
        parser=_reader(option, choices),
        metavar=f"[{'|'.join(names)}]",
        autocompletion=lambda incomplete: [n for n in names if n.startswith(incomplete.lower())],
        **details,
    )


def _reader(option: str, choices: type[Choice]) -> Callable[[str], Choice]:
    def read(text: str) -> Choice:
        try:
            return choices(str(text).lower())
        except ValueError:
            close = get_close_matches(text.lower(), list(choices), 1)
            hint = f"Did you mean {close[0]}? " if close else ""
            raise RequestError(
                f'{option} "{text}" is none of the choices. {hint}'
                f"Choose one of {', '.join(choices)}."
            ) from None

    return read


def _file_or_stdout(output: Path | None) -> Path | None:
    """Read - as standard output."""
    return None if output is not None and str(output) == "-" else output


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
_FORMAT_HELP = "How to write the answer; a terminal gets a table, a pipe tsv."
LISTED = (Format.TABLE, Format.JSON, Format.JSONL, Format.CSV, Format.TSV, Format.MD)
FormatOption = Annotated[
    Format | None,
    choice_option("--format", Format, short=["-f"], help=_FORMAT_HELP, show_default=False),
]


def _format_option(*offered: Format) -> Any:  # noqa: ANN401 - typer's own
    return choice_option(
        "--format", Format, offered=offered, short=["-f"], help=_FORMAT_HELP, show_default=False
    )


ListFormatOption = Annotated[Format | None, _format_option(*LISTED)]
MixedFormatOption = Annotated[
    Format | None, _format_option(*(form for form in LISTED if form is not Format.JSONL))
]
FactsFormatOption = Annotated[Format | None, _format_option(Format.TABLE, Format.JSON, Format.TSV)]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        callback=_file_or_stdout,
        help="Write to a file, format by its suffix; - is standard output.",
        show_default=False,
    ),
]
NoColorOption = Annotated[
    bool, typer.Option("--no-color", help="No colours, as with $NO_COLOR.", show_default=False)
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Only the answer, no notes.")]
