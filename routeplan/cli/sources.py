"""`routeplan sources [TEXT]`."""

from typing import Annotated

import typer

from routeplan.cli.options import DataOption, FormatOption, NoColorOption, OutputOption


def sources(
    text: Annotated[
        str,
        typer.Argument(
            metavar="[TEXT]",
            help="Part of a source id, publisher, title or address; all sources if not given.",
        ),
    ] = "",
    form: FormatOption = None,
    output: OutputOption = None,
    data: DataOption = None,
    no_color: NoColorOption = False,
) -> None:
    """List sources and how many rows use each."""
    from routeplan.errors import RequestError
    from routeplan.network.read import load_network
    from routeplan.network.usage import count_uses
    from routeplan.render.listing import LISTING_FORMATS
    from routeplan.render.output import choose_format, choose_look, write_text
    from routeplan.render.sources import sources_text

    chosen = choose_format(form, output, LISTING_FORMATS)
    network = load_network(data)
    uses = count_uses(network)
    rows = [
        {
            "source_id": source.source_id,
            "publisher": source.publisher,
            "title": source.title,
            "as_of": source.as_of,
            "rows": uses.get(source.source_id, 0),
            "url": source.url,
        }
        for source in network.sources.values()
        if text.casefold()
        in f"{source.source_id} {source.publisher} {source.title} {source.url}".casefold()
    ]
    if not rows:
        raise RequestError(f'no source matches "{text}". `routeplan sources` lists all.')
    write_text(sources_text(rows, chosen, choose_look(output, color=not no_color)), output)
