"""A map as an SVG picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.language import say
from routeplan.render.draw.geometry import fit
from routeplan.render.draw.labels import place_labels, text_width
from routeplan.render.draw.land import CREDIT, load_land
from routeplan.render.draw.markup import Markup, join, number, tag
from routeplan.render.draw.paths import centre_latitude_scale, land_paths, line_data
from routeplan.render.draw.scene import Mark
from routeplan.render.draw.shapes import OSM_CREDIT, Form
from routeplan.render.draw.sheet import Sheet, drawn_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.render.draw.geometry import Frame
    from routeplan.render.draw.markup import Child
    from routeplan.render.draw.scene import MapLine, Scene

MARK_RADIUS = {
    "shut": 4.5,
    "end": 6.0,
    "stop": 4.6,
    "gauge": 4.2,
    "border": 3.8,
    "wait": 3.2,
    "place": 2.2,
}
MARK_NAMES = {
    "shut": "closed by the change",
    "end": "start, destination",
    "stop": "transshipment",
    "gauge": "gauge change",
    "border": "border",
    "wait": "wait",
}
_FONT = 12.5


def map_svg(
    scene: Scene,
    *,
    chosen: int = 1,
    width: int = 1000,
    height: int | None = None,
    inner: bool = False,
) -> str:
    """Draw a map.

    Parameters
    ----------
    scene
        What to draw.
    chosen
        Rank of the way drawn in full; the others are drawn faint below it. Links of a network,
        which have no way, are drawn alike.
    width, height
        In pixels; a height of None is chosen by the shape of the way.
    inner
        For use within a page, which has the style.

    Returns
    -------
    str
        A whole SVG file, or an SVG element of a page.

    Raises
    ------
    ValueError
        If nothing in the scene has coordinates.
    """
    marks = [mark for mark in scene.marks if mark.way in (0, chosen)]
    places = scene.frame_points(chosen)
    if not places:
        message = "nothing to draw: no place has coordinates"
        raise ValueError(message)
    frame = fit(places, width, height, margin=0.03 if scene.focus else 0.07)
    body = join(
        land_layer(frame),
        *_lines(scene, chosen, frame),
        *(mark_shape(mark, frame) for mark in reversed(marks)),
        _labels(marks, frame),
        _scale_bar(frame),
    )
    strip, below = _strip(scene, marks, frame)
    # what leaves the frame must not show in the strip below
    clipped = tag(
        "svg", body, width=number(frame.width), height=number(frame.height), overflow="hidden"
    )
    kinds = ", ".join(name for _, name in scene.legend)
    about = f"Map. Lines: {kinds}."
    sheet = Sheet(frame.width, frame.height + below, inner=inner)
    return drawn_on(sheet, join(clipped, strip), scene.title, about)


def _lines(scene: Scene, chosen: int, frame: Frame) -> Iterator[Markup]:
    """Draw the other ways faint, then the chosen one; links of a network thin."""
    for line in scene.lines:
        if line.way not in (0, chosen):
            yield line_group(line, frame, "other", casing=False)
    for line in scene.lines:
        if line.way in (0, chosen):
            style = "thin" if not line.way and not line.route else ""
            yield line_group(line, frame, style, casing=bool(line.way))


def land_layer(frame: Frame, digits: int = 1) -> Markup:
    """Draw water, land and borders."""
    coasts, borders = land_paths(load_land(), frame, digits)
    return join(
        tag("rect", class_="water", width=number(frame.width), height=number(frame.height)),
        tag("path", class_="land", d=coasts),
        tag("path", class_="borders", d=borders),
    )


def line_group(
    line: MapLine, frame: Frame, style: str = "", *, casing: bool = True, **attributes: Child
) -> Markup:
    """Draw one line: a casing for contrast, then its pieces, each kind as one path."""
    kinds: dict[Form, list[str]] = {}
    for piece in line.pieces:
        kinds.setdefault(piece.form, []).append(line_data(piece.points, frame))
    data = {form: "".join(parts) for form, parts in kinds.items()}
    return tag(
        "g",
        tag("title", line.title),
        tag("path", class_="casing", d="".join(data.values())) if casing else None,
        *(tag("path", class_=f"line {form}", d=drawn) for form, drawn in data.items()),
        class_=" ".join(filter(None, (line.style, style))),
        **attributes,
    )


def mark_shape(mark: Mark, frame: Frame) -> Markup:
    """Draw a mark: a diamond for a border, a square for a gauge change, else a circle."""
    x, y = frame.at(mark.at)
    return tag("g", mark_figure(mark), transform=f"translate({number(x)} {number(y)})")


def mark_figure(mark: Mark) -> Markup:
    """Draw a mark around the origin."""
    radius = MARK_RADIUS[mark.kind]
    style = f"mark {mark.kind}"
    title = tag("title", mark.title)
    if mark.kind == "border":
        r = number(radius + 1.2)
        return tag("path", title, class_=style, d=f"M0-{r}L{r} 0 0 {r}-{r} 0z")
    if mark.kind == "shut":
        r = number(radius)
        return tag(
            "g",
            title,
            *(
                tag("path", class_=layer, d=f"M-{r}-{r}L{r} {r}M{r}-{r}L-{r} {r}")
                for layer in ("cross-back", "cross")
            ),
        )
    if mark.kind == "gauge":
        r = number(radius)
        side = number(2 * radius)
        return tag("rect", title, class_=style, x=f"-{r}", y=f"-{r}", width=side, height=side)
    return tag("circle", title, class_=style, r=number(radius))


def _labels(marks: list[Mark], frame: Frame) -> Markup:
    wanted = [(frame.at(mark.at), mark.name) for mark in by_weight(marks) if mark.name]
    return join(
        *(
            tag(
                "text",
                label.text,
                class_="name",
                x=number(label.x),
                y=number(label.y),
                text_anchor=label.anchor,
            )
            for label in place_labels(wanted, frame, _FONT)
        )
    )


def by_weight(marks: list[Mark]) -> list[Mark]:
    """Order marks: ends, transshipments, gauge changes, borders, waits."""
    return sorted(marks, key=lambda mark: list(MARK_RADIUS).index(mark.kind))


def legend_rows(scene: Scene, marks: list[Mark]) -> list[tuple[Markup, str, str]]:
    """List what the lines and marks mean: figure, class that colours it, words."""
    rows = [
        (tag("path", class_=f"line {_dash(style)}", d="M0 0h26"), style, say(name))
        for style, name in scene.legend
    ]
    if Form.SCHEMATIC in scene.forms():
        rows.append(
            (tag("path", class_="line schematic", d="M0 0h26"), "handling", say("schematic"))
        )
    for kind, name in MARK_NAMES.items():
        if any(mark.kind == kind for mark in marks):
            figure = mark_figure(Mark((0, 0), kind, "", ""))
            rows.append((tag("g", figure, transform="translate(13 0)"), "", say(name)))
    return rows


def _strip(scene: Scene, marks: list[Mark], frame: Frame) -> tuple[Markup, float]:
    """Draw legend and credits below the map; return them with their height."""
    x, y = 12.0, 20.0
    items = []
    for figure, style, name in legend_rows(scene, marks):
        wide = 40 + text_width(name, 12) + 14
        if x + wide > frame.width and x > 12:
            x, y = 12.0, y + 20
        content = (tag("g", figure, class_=style or None), tag("text", name, x=34, y=4))
        items.append(tag("g", *content, transform=f"translate({number(x)} {number(y)})"))
        x += wide
    y += 24
    owed = tag("text", " · ".join(credit_lines(scene)), class_="soft", x=12, y=number(y))
    return tag("g", *items, owed, transform=f"translate(0 {number(frame.height)})"), y + 10


def _dash(style: str) -> str:
    return "lane" if style in ("sea", "ferry", "barge", "air") else ""


def credit_lines(scene: Scene) -> list[str]:
    """List whom the drawn lines are owed to."""
    return [CREDIT] + ([OSM_CREDIT] if Form.TRACK in scene.forms() else [])


def _scale_bar(frame: Frame) -> Markup:
    per_km = centre_latitude_scale(frame)
    km = next((k for k in (2000, 1000, 500, 300, 200, 100, 50, 20, 10) if k * per_km < 160), 5)
    return tag(
        "g",
        tag("path", class_="axis", fill="none", d=f"M0-5V0H{number(km * per_km)}V-5"),
        tag("text", f"{km} km", x=4, y=-6),
        transform=f"translate(12 {number(frame.height - 10)})",
    )
