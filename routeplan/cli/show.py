"""`routeplan show PLACE|EDGE`."""

from typing import Annotated

import typer

from routeplan.cli.completion import complete_place_or_edge
from routeplan.cli.options import DataOption, FactsFormatOption, NoColorOption, OutputOption


def show(
    what: Annotated[
        str,
        typer.Argument(
            metavar="PLACE|EDGE",
            help="A place by name, code or id, or the id of an edge.",
            autocompletion=complete_place_or_edge,
            show_default=False,
        ),
    ],
    form: FactsFormatOption = None,
    output: OutputOption = None,
    data: DataOption = None,
    no_color: NoColorOption = False,
) -> None:
    """Show a place or link with its sources.

    Example: routeplan show "Aktau port"; routeplan show sea-aktau-alat
    """
    from routeplan.network.read import load_network
    from routeplan.render.facts import FACTS_FORMATS, facts_about, facts_text
    from routeplan.render.output import choose_format, choose_look, write_text

    chosen = choose_format(form, output, FACTS_FORMATS)
    facts = facts_about(load_network(data), what)
    write_text(facts_text(facts, chosen, choose_look(output, color=not no_color)), output)
