"""`routeplan places [TEXT]`."""

from typing import Annotated

import typer

from routeplan.cli.options import DataOption, ListFormatOption, NoColorOption, OutputOption


def places(
    text: Annotated[
        str,
        typer.Argument(
            metavar="[TEXT]",
            help="Part of a name in any script, a code or a country; all places if not given.",
        ),
    ] = "",
    form: ListFormatOption = None,
    output: OutputOption = None,
    data: DataOption = None,
    no_color: NoColorOption = False,
) -> None:
    """List places, or those that match TEXT."""
    from routeplan.errors import UnknownPlaceError
    from routeplan.network.read import load_network
    from routeplan.places.index import PlaceIndex
    from routeplan.render.listing import LISTING_FORMATS, listing_text
    from routeplan.render.output import choose_format, choose_look, write_text

    chosen = choose_format(form, output, LISTING_FORMATS)
    network = load_network(data)
    index = PlaceIndex(network)
    found = index.search(text) if text.strip() else list(network.nodes)
    if not found:
        raise UnknownPlaceError(text, index.suggest(text))
    rows = [
        {
            "node_id": node.node_id,
            "name": node.name,
            "country": node.country,
            "kind": str(node.kind),
            "unlocode": node.unlocode,
            "iata": node.iata,
            "aliases": ", ".join(node.aliases[:4]),
        }
        for node in (network.nodes[node_id] for node_id in found)
    ]
    look = choose_look(output, color=not no_color)
    text = listing_text(
        rows, chosen, "Places", look=look, least_width={"aliases": 110, "iata": 100}
    )
    write_text(text, output)
