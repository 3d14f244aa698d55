"""The map of a page: the whole world once, in units a browser can zoom into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.render.draw.geometry import Frame, fit
from routeplan.render.draw.labels import place_labels
from routeplan.render.draw.map_svg import by_weight, land_layer, line_group, mark_figure
from routeplan.render.draw.markup import Markup, number, tag

if TYPE_CHECKING:
    from routeplan.render.draw.scene import MapLine, Mark, Scene

UNITS = 100.0
"""Paper units per degree of the projection."""
WORLD = Frame(left=-30.0, top=-110.0, scale=UNITS, width=22000.0, height=16500.0)
"""Europe, Asia and Africa with the oceans around: 30 W to 190 E, 72 N to 48 S."""
_NOMINAL = 900
"""Pixels across the first view is laid out for, before a browser knows its own."""


def world_map(scene: Scene, *, chosen: int = 1) -> Markup:
    """Draw a scene for a page.

    Every way is a group with its box; the page shows one in full and the others faint. Lines that
    can be chosen are buttons. Marks and labels keep their size: the page scales them as it zooms.
    """
    ways = sorted({line.way for line in scene.lines} | {mark.way for mark in scene.marks})
    view = _view(scene, chosen)
    size = view.width / UNITS / view.scale
    unit = number(size * UNITS / _NOMINAL, 4)
    drawn = [_way(scene, way, chosen) for way in ways if way != chosen] + [
        _way(scene, way, chosen) for way in ways if way == chosen
    ]
    marks = [_marks(scene, way, chosen, view, unit) for way in ways]
    return tag(
        "svg",
        tag("g", land_layer(WORLD, 0), class_="ground"),
        tag("g", *drawn, id="ways-drawn"),
        tag("g", *marks, id="marks-drawn"),
        id="map",
        class_="picture",
        viewBox=_box(view),
        tabindex=0,
        role="group",
        aria_label=f"Map: {scene.title}. Arrows move it, plus and minus zoom, 0 shows all.",
        data_unit=unit,
    )


def _view(scene: Scene, way: int) -> Frame:
    """Return the frame that shows one way, or the network: as high as its content asks."""
    places = scene.frame_points(way) or [(45.0, 42.0)]
    return fit(places, _NOMINAL, margin=0.06)


def _box(view: Frame) -> str:
    left, top = (view.left - WORLD.left) * UNITS, (view.top - WORLD.top) * UNITS
    wide, high = view.width / view.scale * UNITS, view.height / view.scale * UNITS
    return " ".join(number(v, 0) for v in (left, top, wide, high))


def _way(scene: Scene, way: int, chosen: int) -> Markup:
    lines = [line for line in scene.lines if line.way == way]
    return tag(
        "g",
        *(_leg(line, button=way == chosen) for line in lines),
        class_="way" if way in (0, chosen) else "way other",
        data_way=way,
        data_box=_box(_view(scene, way)),
    )


def _leg(line: MapLine, *, button: bool) -> Markup:
    if not line.way:
        return line_group(line, WORLD, "" if line.route else "thin", casing=False)
    return line_group(
        line,
        WORLD,
        "leg",
        casing=False,
        data_step=line.step,
        role="button",
        tabindex=0 if button else -1,
        aria_label=line.title,
    )


def _marks(scene: Scene, way: int, chosen: int, view: Frame, unit: str) -> Markup:
    mine = [mark for mark in scene.marks if mark.way == way]
    figures: list[Markup] = []
    crosses: list[Markup] = []  # over the names: what closed must be seen
    for mark in reversed(by_weight(mine)):
        x, y = WORLD.at(mark.at)
        (crosses if mark.kind == "shut" else figures).append(
            tag(
                "g",
                mark_figure(mark),
                class_="spot",
                transform=f"translate({number(x)} {number(y)}) scale({unit})",
                data_x=number(x),
                data_y=number(y),
                data_name=mark.name,
            )
        )
    names = _names(mine, view, float(unit)) if way == chosen else []
    return tag(
        "g",
        *figures,
        tag("g", *names, class_="names"),
        *crosses,
        data_way=way,
        class_=None if way in (0, chosen) else "away",
    )


def _names(marks: list[Mark], view: Frame, unit: float) -> list[Markup]:
    """Place labels for the first view; the page does it anew whenever it zooms."""
    wanted = [(view.at(mark.at), mark.name) for mark in by_weight(marks) if mark.name]
    left, top = (view.left - WORLD.left) * UNITS, (view.top - WORLD.top) * UNITS
    found = []
    for label in place_labels(wanted, view, 12.5):
        x, y = left + label.x * unit, top + label.y * unit
        place = f"translate({number(x)} {number(y)}) scale({number(unit, 4)})"
        found.append(
            tag("text", label.text, class_="name", transform=place, text_anchor=label.anchor)
        )
    return found
