"""`routeplan places [TEXT]`."""

from typing import Annotated

import typer

from routeplan.cli.options import DataOption, ListFormatOption, NoColorOption, OutputOption

_LEAST_WIDTH = {
    "unlocode": 100,
    "iata": 110,
    "aliases": 110,
    "matched": 90,
    "nearest": 90,
    "nearest_km": 90,
}


def places(
    text: Annotated[
        str,
        typer.Argument(
            metavar="[TEXT]",
            help="A name in any script or part of one, a code, a country, or lat,lon; all places "
            "if not given.",
        ),
    ] = "",
    form: ListFormatOption = None,
    output: OutputOption = None,
    data: DataOption = None,
    no_color: NoColorOption = False,
) -> None:
    """List places, or what TEXT may stand for and why.

    Example: routeplan places Баку
    """
    from routeplan.network.read import load_network
    from routeplan.places.index import PlaceIndex
    from routeplan.render.listing import LISTING_FORMATS, listing_text
    from routeplan.render.output import Format, choose_format, choose_look, write_text
    from routeplan.render.places import place_rows

    chosen = choose_format(form, output, LISTING_FORMATS)
    network = load_network(data)
    rows = place_rows(network, PlaceIndex(network), text)
    if chosen is Format.TABLE:
        rows = _for_people(rows)
    look = choose_look(output, color=not no_color)
    write_text(listing_text(rows, chosen, "Places", look=look, least_width=_LEAST_WIDTH), output)


def _for_people(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Leave out what no row says, and what does not help to choose."""
    said = [name for name in rows[0] if any(row[name] not in ("", None, False) for row in rows)]
    needless = {"aliases"} if "match" in said else set()
    if "nearest" not in said:
        needless |= {"lat", "lon"}
    return [{name: row[name] for name in said if name not in needless} for row in rows]
