"""`routeplan sources [TEXT]`."""

from typing import Annotated

import typer

from routeplan.cli.options import DataOption, ListFormatOption, NoColorOption, OutputOption


def sources(
    text: Annotated[
        str,
        typer.Argument(
            metavar="[TEXT]",
            help="Part of a source id, publisher, title or address, or with --broken of a number; "
            "all if not given.",
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
    form: ListFormatOption = None,
    output: OutputOption = None,
    data: DataOption = None,
    no_color: NoColorOption = False,
) -> None:
    """List sources and how many rows use each."""
    from dataclasses import asdict

    from routeplan.analysis.broken import find_broken
    from routeplan.errors import RequestError
    from routeplan.network.read import load_network
    from routeplan.render.listing import LISTING_FORMATS, listing_text
    from routeplan.render.output import choose_format, choose_look, write_text
    from routeplan.render.sources import source_rows, sources_text

    chosen = choose_format(form, output, LISTING_FORMATS)
    network = load_network(data)
    look = choose_look(output, color=not no_color)
    if broken or older_than:
        listed = [asdict(number) for number in find_broken(network, older_than)]
        listed = [row for row in listed if text.casefold() in " ".join(row.values()).casefold()]
        write_text(listing_text(listed, chosen, f"{len(listed)} numbers", look=look), output)
        return
    rows = source_rows(network, text)
    if not rows:
        raise RequestError(f'no source matches "{text}". `routeplan sources` lists all.')
    write_text(sources_text(rows, chosen, look), output)
