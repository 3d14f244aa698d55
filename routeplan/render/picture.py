"""Which picture of an answer is asked for."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from routeplan.errors import RequestError
from routeplan.render.output import Format

if TYPE_CHECKING:
    from pathlib import Path


class Picture(StrEnum):
    """What a picture shows of a plan."""

    MAP = "map"
    FRONT = "front"
    TIME = "time"
    COST = "cost"
    PARTS = "parts"
    SPREAD = "spread"


class ColorBy(StrEnum):
    """What the colour of a link stands for."""

    MODE = "mode"
    STATUS = "status"
    CONFIDENCE = "confidence"
    CAPACITY = "capacity"
    CHANGE = "change"


def check_picture(
    picture: Picture | None, chosen: Format, output: Path | None, *, asked: bool
) -> Format:
    """Make sure that what was asked for can be drawn, before anything is computed.

    Parameters
    ----------
    picture
        What is to be drawn; None for a page or a map.
    chosen
        The format; that of a pipe stands for a drawing with characters if none was asked for.
    output
        The file, if one is named.
    asked
        Whether a format was asked for by name.

    Returns
    -------
    Format
        HTML, SVG, PNG, or a table, which stands for characters.

    Raises
    ------
    RequestError
        If the format draws no pictures, a page is to hold one only, or a PNG cannot be made.
    """
    if chosen is Format.PNG:
        _check_png(output)
    if picture is None or chosen in (Format.SVG, Format.PNG, Format.TABLE):
        return chosen
    if chosen is Format.TSV and output is None and not asked:
        return Format.TABLE
    if chosen is Format.HTML:
        raise RequestError(
            f"a page holds every picture: leave --picture {picture} off, or write an svg or png."
        )
    raise RequestError(f"--picture {picture} is drawn as svg, png or table, not as {chosen}.")


def _check_png(output: Path | None) -> None:
    from importlib.util import find_spec

    if output is None:
        raise RequestError("a PNG is no text. Name a file: -o FILE.png.")
    if find_spec("resvg_py") is None:
        raise RequestError(
            "png needs the package resvg-py: pip install 'routeplan[png]' brings it. "
            "An svg needs nothing."
        )
