"""The commands, gathered; each is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from routeplan._version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMANDS = {
    "find": "Find ways: time as P10-P50-P90, cost, CO2e, steps.",
    "matrix": "Time, cost and CO2e between many places at once.",
    "explain": "Say why a way is first, and another is not.",
    "batch": "Answer a table of questions, and lose no work.",
    "check": "Check a data folder, every finding at once.",
    "show": "Show a place or link with its sources.",
    "places": "List places, or what TEXT may stand for and why.",
    "sources": "List sources and how many rows use each.",
    "verify": "Hold the network against published journeys.",
    "diff": "Compare two versions of the data.",
    "scenarios": "Write and check tables of scenarios.",
    "report": "Write a report: html that prints, or md.",
    "map": "Draw the network: html, svg, png, or characters.",
    "export": "Write the network for QGIS, Excel, SQL and others.",
}
"""Each command and the first line of its help; its function, or its group of further commands, is
the one of that name in its module of this package."""

_SETTINGS: Mapping[str, Any] = {
    "rich_markup_mode": None,  # plain help: quick, the same in a pipe and in CI
    "pretty_exceptions_enable": False,  # `main` reports errors
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


class _Commands(TyperGroup):
    """The commands by name, built when one is run or its help is wanted.

    Building all of them takes longer than answering a question does.
    """

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401 - typer's own type is private
        """List the names."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 - as above
        """Import and build a command; None for an unknown name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = _build(cmd_name)
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - as above
        """Find the command asked for; for a wrong name all are built, to suggest the nearest."""
        if args and args[0] not in COMMANDS:
            for name in COMMANDS:
                self.get_command(ctx, name)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Write the list of commands without building them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _build(name: str) -> Any:  # noqa: ANN401 - as above
    function = getattr(import_module(f"routeplan.cli.{name}"), name)
    if isinstance(function, typer.Typer):
        return get_command(function)
    alone = typer.Typer(add_completion=False, **_SETTINGS)
    alone.command(name)(function)
    return get_command(alone)


app = typer.Typer(
    name="routeplan",
    cls=_Commands,
    help="Freight routes on the Middle Corridor, every number sourced.\n\n"
    "Example: routeplan find Astana Belgrade",
    no_args_is_help=True,
    **_SETTINGS,
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
