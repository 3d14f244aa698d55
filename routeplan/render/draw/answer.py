"""A plan or a network as page, picture or terminal drawing, by what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from routeplan.errors import OutputError, RequestError
from routeplan.render.draw.shapes import ShapeBook
from routeplan.render.draw.sheet import plain_number
from routeplan.render.output import Format, Look, write_bytes, write_text
from routeplan.render.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import Any

    from rich.text import Text

    from routeplan.itinerary.model import Itinerary, Plan
    from routeplan.network.model import Network
    from routeplan.network.records import Source
    from routeplan.render.picture import ColorBy

_Drawn = TypeVar("_Drawn")
_PNG_ZOOM = 2.0
"""Pixels of a PNG for each of the SVG."""


def plan_page_text(plan: Plan, sources: Mapping[str, Source], folder: Path | None = None) -> str:
    """Write a plan as one HTML file.

    Parameters
    ----------
    plan
        The answer.
    sources
        Those of its network.
    folder
        Its data folder, whose own geometry goes first; None for the packaged one.
    """
    from routeplan.render.draw.page import plan_page
    from routeplan.render.draw.record import page_record

    return plan_page(page_record(plan, sources), ShapeBook(folder))


def plan_svg(
    plan: Plan, picture: Picture = Picture.MAP, folder: Path | None = None, *, chosen: int = 1
) -> str:
    """Draw one picture of a plan as an SVG file.

    Parameters
    ----------
    plan
        The answer.
    picture
        What it shows.
    folder
        Its data folder; None for the packaged one.
    chosen
        Rank of the way to stress.

    Raises
    ------
    RequestError
        If a map is asked for and no place has coordinates.
    """
    from routeplan.render.draw.record import page_record

    record = page_record(plan, {})
    if picture is Picture.MAP:
        from routeplan.render.draw.map_svg import map_svg
        from routeplan.render.draw.scene import plan_scene

        return _drawn(lambda: map_svg(plan_scene(record, ShapeBook(folder)), chosen=chosen))
    return _chart_svg(record, picture, chosen)


def plan_drawing(
    plan: Plan, picture: Picture, look: Look, folder: Path | None = None, *, chosen: int = 1
) -> str:
    """Draw one picture of a plan with characters, for a terminal.

    Raises
    ------
    RequestError
        If a map is asked for and no place has coordinates.
    """
    from routeplan.render.console import console_text, make_console
    from routeplan.render.draw import series, terminal
    from routeplan.render.draw.record import page_record
    from routeplan.render.draw.scene import plan_scene
    from routeplan.units import money_text

    record, console = page_record(plan, {}), make_console(look)
    currency = record["money"]["currency"]

    def along(name: str, value: str, text: Callable[[float], str]) -> Text:
        lines = series.profiles(record, name)
        return terminal.distance_terminal(lines, console, value=value, text=text, chosen=chosen)

    drawings: dict[Picture, Callable[[], Text]] = {
        Picture.MAP: lambda: terminal.map_terminal(
            plan_scene(record, ShapeBook(folder)), console, chosen=chosen
        ),
        Picture.FRONT: lambda: terminal.front_terminal(
            series.front_points(record),
            console,
            currency=currency,
            front=[(way["days"], way["cost"]) for way in record["front"]],
        ),
        Picture.TIME: lambda: along("days", "days", plain_number),
        Picture.COST: lambda: along("cost", currency, money_text),
        Picture.PARTS: lambda: terminal.stack_terminal(
            series.cost_stacks(record), series.COST_STYLES, console, currency=currency
        ),
        Picture.SPREAD: lambda: terminal.ranges_terminal(series.range_bars(record), console),
    }
    console.print(_drawn(drawings[picture]), end="")
    return console_text(console)


class ShownChange(NamedTuple):
    """What a map of a changed network is held against.

    Parameters
    ----------
    base
        The network without the changes.
    routes
        `was` and `now` with the way taken then; none where no places are asked for.
    lines
        What was changed, and both ways, in words.
    """

    base: Network
    routes: tuple[tuple[str, Itinerary], ...] = ()
    lines: tuple[str, ...] = ()


def network_text(
    network: Network,
    form: Format,
    color_by: ColorBy,
    look: Look,
    folder: Path | None = None,
    change: ShownChange | None = None,
) -> str:
    """Draw a network: as a page, an SVG file, or with characters for any other format.

    Parameters
    ----------
    network
        The facts, or what a change made of them.
    form, color_by, look
        How it is drawn.
    folder
        The data folder; None for the packaged one.
    change
        What it is held against, None for a network as it is.

    Raises
    ------
    RequestError
        If no place has coordinates.
    """
    from routeplan.render.draw.network_map import network_page, network_record, network_scene
    from routeplan.render.draw.record import way_places
    from routeplan.render.draw.routes import route_record

    record = network_record(network, change.base if change else None)
    if change is not None:
        record["routes"] = [route_record(way, style) for style, way in change.routes]
        record["told"] = list(change.lines)
        record["route_places"] = way_places(way for _, way in change.routes)
    book = ShapeBook(folder)
    if form is Format.HTML:
        return network_page(record, book, color_by)
    scene = network_scene(record, book, color_by)
    if form in (Format.SVG, Format.PNG):
        from routeplan.render.draw.map_svg import map_svg

        return _drawn(lambda: map_svg(scene, width=1400))
    from routeplan.render.console import console_text, make_console
    from routeplan.render.draw.terminal import map_terminal

    console = make_console(look)
    console.print(_drawn(lambda: map_terminal(scene, console)), end="")
    return console_text(console)


def write_plan_picture(
    plan: Plan,
    network: Network,
    kind: tuple[Format, Picture | None, Look],
    output: Path | None,
    *,
    folder: Path | None = None,
) -> None:
    """Write a page or a picture of a plan.

    Parameters
    ----------
    plan, network
        The answer, and the facts it rests on.
    kind
        The format, what is drawn (None for the page, or the map), and the look of characters.
    output
        A file, or None for standard output.
    folder
        The data folder, None for the packaged one.

    Raises
    ------
    RequestError
        If a map is asked for and no place has coordinates.
    OutputError
        If it cannot be written.
    """
    form, picture, look = kind
    if form is Format.HTML:
        write_text(plan_page_text(plan, network.sources, folder), output)
    elif form in (Format.SVG, Format.PNG):
        write_svg(plan_svg(plan, picture or Picture.MAP, folder), form, output)
    else:
        write_text(plan_drawing(plan, picture or Picture.MAP, look, folder), output)


def write_svg(svg: str, form: Format, output: Path | None) -> None:
    """Write an SVG file, or its pixels as PNG, which needs a file.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    if form is Format.PNG and output is not None:
        write_bytes(png_bytes(svg), output)
    else:
        write_text(svg, output)


def png_bytes(svg: str) -> bytes:
    """Turn an SVG file into a PNG of twice its pixels; needs the extra `png`.

    Raises
    ------
    OutputError
        If it cannot be drawn.
    """
    import resvg_py

    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=_PNG_ZOOM))
    except ValueError as error:
        raise OutputError(f"cannot draw the PNG: {error}. Write an SVG instead.") from None


def _chart_svg(record: dict[str, Any], picture: Picture, chosen: int) -> str:
    from routeplan.render.draw import bars, distance, front, series
    from routeplan.units import money_text

    currency = record["money"]["currency"]
    if picture is Picture.FRONT:
        exact = [(way["days"], way["cost"]) for way in record["front"]]
        points = series.front_points(record)
        return front.front_svg(points, currency=currency, front=exact, chosen=chosen)
    if picture is Picture.PARTS:
        stacks = series.cost_stacks(record)
        return bars.stack_svg(stacks, series.COST_STYLES, title=currency, text=money_text)
    if picture is Picture.SPREAD:
        return bars.ranges_svg(series.range_bars(record))
    if picture is Picture.TIME:
        lines = series.profiles(record, "days")
        return distance.distance_svg(lines, value="days", text=plain_number, chosen=chosen)
    lines = series.profiles(record, "cost")
    return distance.distance_svg(lines, value=currency, text=money_text, chosen=chosen)


def _drawn(draw: Callable[[], _Drawn]) -> _Drawn:
    try:
        return draw()
    except ValueError as error:
        raise RequestError(f"{error}. Give lat and lon in nodes.csv.") from None
