"""`routeplan map`."""

from typing import Annotated

from routeplan.cli.options import (
    DataOption,
    FormatOption,
    NoColorOption,
    OutputOption,
    choice_option,
)
from routeplan.render.picture import ColorBy


def map(  # noqa: A001 - commands bear their names
    color_by: Annotated[
        ColorBy, choice_option("--color-by", ColorBy, help="What the colour of a link stands for.")
    ] = ColorBy.MODE,
    form: FormatOption = None,
    output: OutputOption = None,
    data: DataOption = None,
    no_color: NoColorOption = False,
) -> None:
    """Draw the network: html, svg, png, or characters.

    Example: routeplan map --color-by status -o network.html
    """
    from routeplan.network.read import load_network
    from routeplan.render.draw.answer import network_text, write_svg
    from routeplan.render.output import (
        PICTURE_FORMATS,
        Format,
        choose_format,
        choose_look,
        write_text,
    )
    from routeplan.render.picture import check_picture

    asked = form if form is not None or output is not None else Format.TABLE
    chosen = choose_format(asked, output, (*PICTURE_FORMATS, Format.TABLE))
    check_picture(None, chosen, output, asked=True)
    text = network_text(
        load_network(data), chosen, color_by, choose_look(output, color=not no_color), data
    )
    if chosen in (Format.SVG, Format.PNG):
        write_svg(text, chosen, output)
    else:
        write_text(text, output)
