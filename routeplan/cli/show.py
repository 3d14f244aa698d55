"""`routeplan show PLACE|EDGE`."""

from typing import Annotated

import typer

from routeplan.cli.options import DataOption, FormatOption, OutputOption


def show(
    what: Annotated[
        str,
        typer.Argument(
            metavar="PLACE|EDGE",
            help="A place by name, code or id, or the id of an edge.",
            show_default=False,
        ),
    ],
    form: FormatOption = None,
    output: OutputOption = None,
    data: DataOption = None,
) -> None:
    """Show a place or link with its sources.

    Example: routeplan show "Aktau port"; routeplan show sea-aktau-alat
    """
    from routeplan.network.read import load_network
    from routeplan.places.index import PlaceIndex
    from routeplan.render.facts import edge_facts, facts_text, node_facts
    from routeplan.render.output import Format, choose_format, write_text

    chosen = choose_format(form, output, (Format.TABLE, Format.JSON, Format.TSV))
    network = load_network(data)
    if what in network.edges:
        facts = edge_facts(network, what)
    else:
        facts = node_facts(network, PlaceIndex(network).get(what))
    write_text(facts_text(facts, chosen), output)
