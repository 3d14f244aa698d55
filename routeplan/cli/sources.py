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
    broken: Annotated[
        bool,
        typer.Option(
            "--broken",
            help="List the numbers without a source or on a single weak one instead.",
            show_default=False,
        ),
    ] = False,
    older_than: Annotated[
        str | None,
        typer.Option(
            "--older-than",
            metavar="DATE",
            help="With --broken: also the numbers of before this date, such as 2020.",
            show_default=False,
        ),
    ] = None,
    form: FormatOption = None,
    output: OutputOption = None,
    data: DataOption = None,
    no_color: NoColorOption = False,
) -> None:
    """List sources and how many rows use each."""
    from dataclasses import asdict

    from routeplan.analysis.broken import find_broken
    from routeplan.errors import RequestError
    from routeplan.network.read import load_network
    from routeplan.network.usage import count_uses
    from routeplan.render.listing import LISTING_FORMATS, listing_text
    from routeplan.render.output import choose_format, choose_look, write_text
    from routeplan.render.sources import sources_text

    chosen = choose_format(form, output, LISTING_FORMATS)
    network = load_network(data)
    look = choose_look(output, color=not no_color)
    if broken or older_than:
        listed = [asdict(number) for number in find_broken(network, older_than)]
        write_text(listing_text(listed, chosen, f"{len(listed)} numbers", look=look), output)
        return
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
    write_text(sources_text(rows, chosen, look), output)
