"""The commands, gathered."""

from typing import Annotated

import typer

from routeplan._version import __version__
from routeplan.cli.batch import batch
from routeplan.cli.check import check
from routeplan.cli.diff import diff
from routeplan.cli.find import find
from routeplan.cli.places import places
from routeplan.cli.show import show
from routeplan.cli.sources import sources
from routeplan.cli.verify import verify

app = typer.Typer(
    name="routeplan",
    help="Freight routes on the Middle Corridor, every number sourced.\n\n"
    "Example: routeplan find Astana Belgrade",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: quick, the same in a pipe and in CI
    pretty_exceptions_enable=False,  # `main` reports errors
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"routeplan {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    del version


for _command in (find, batch, check, show, places, sources, verify, diff):
    app.command()(_command)
