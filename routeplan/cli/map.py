"""`routeplan map`."""

from typing import Annotated

import typer

from routeplan.cli.completion import complete_place
from routeplan.cli.options import (
    DataOption,
    NoColorOption,
    OutputOption,
    choice_option,
)
from routeplan.cli.question_options import (
    ChangeOption,
)
from routeplan.render.output import PICTURE_FORMATS, Format
from routeplan.render.picture import ColorBy

_FORMATS = (*PICTURE_FORMATS, Format.TABLE)


def map(  # noqa: A001 - commands bear their names
    origin: Annotated[
        str,
        typer.Argument(
            metavar="[ORIGIN]",
            help="With DESTINATION and a change: the way before it and after it.",
            autocompletion=complete_place,
            show_default=False,
        ),
    ] = "",
    destination: Annotated[
        str,
        typer.Argument(metavar="[DESTINATION]", autocompletion=complete_place, show_default=False),
    ] = "",
    color_by: Annotated[
        ColorBy | None,
        choice_option(
            "--color-by",
            ColorBy,
            help="What the colour of a link stands for; mode, or with a change that.",
            show_default=False,
        ),
    ] = None,
    change: ChangeOption = None,
    scenarios: Annotated[
        str | None,
        typer.Option(
            "--scenarios",
            metavar="FILE",
            help="A table of scenarios: the changes, and the question, of its row --scenario.",
            show_default=False,
        ),
    ] = None,
    scenario: Annotated[
        str,
        typer.Option("--scenario", metavar="ID", help="Which row of it.", show_default=False),
    ] = "",
    form: Annotated[
        Format | None,
        choice_option(
            "--format",
            Format,
            offered=_FORMATS,
            short=["-f"],
            help="How to draw it; as characters if neither this nor a file is named.",
            show_default=False,
        ),
    ] = None,
    output: OutputOption = None,
    data: DataOption = None,
    no_color: NoColorOption = False,
) -> None:
    """Draw the network: html, svg, png, or characters.

    Example: routeplan map --color-by status -o network.html
    """
    from routeplan.cli.map_change import Asked, shown_network
    from routeplan.render.draw.answer import network_text, write_svg
    from routeplan.render.output import (
        choose_format,
        choose_look,
        write_text,
    )
    from routeplan.render.picture import check_picture

    wanted = form if form is not None or output is not None else Format.TABLE
    chosen = choose_format(wanted, output, _FORMATS)
    check_picture(None, chosen, output, asked=True)
    asked = Asked(origin, destination, tuple(change or ()), scenarios, scenario)
    shown = shown_network(data, asked, color_by)
    look = choose_look(output, color=not no_color)
    text = network_text(shown.network, chosen, shown.color_by, look, data, shown.change)
    for line in shown.told:
        typer.echo(line, err=True)
    if chosen in (Format.SVG, Format.PNG):
        write_svg(text, chosen, output)
    else:
        write_text(text, output)
