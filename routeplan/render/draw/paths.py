"""Lines on paper as SVG path data, short: whole steps from point to point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.render.draw.geometry import clip_ring, mercator, thin
from routeplan.render.draw.markup import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from routeplan.render.draw.geometry import Frame, Point
    from routeplan.render.draw.land import Land


def path_data(points: Iterable[Point], digits: int = 1, *, closed: bool = False) -> str:
    """Write a line as path data; steps that round to nothing are left out."""
    unit = 10**digits
    steps = [(round(x * unit), round(y * unit)) for x, y in points]
    if not steps:
        return ""
    before = steps[0]
    written = [f"M{number(before[0] / unit, digits)} {number(before[1] / unit, digits)}"]
    letter = "l"
    for here in steps[1:]:
        dx, dy = here[0] - before[0], here[1] - before[1]
        if dx or dy:
            text = f"{number(dx / unit, digits)} {number(dy / unit, digits)}"
            written.append(letter + text if letter or text[0] == "-" else f" {text}")
            letter = ""
            before = here
    if len(written) == 1 and not closed:
        written.append("h0")  # a point still shows its round cap
    return "".join(written).replace(" -", "-") + ("z" if closed else "")


def land_paths(land: Land, frame: Frame, digits: int = 1) -> tuple[str, str]:
    """Write coasts and borders inside a frame as two pieces of path data."""
    least = 0.6 if digits else 1.0
    coasts = []
    for ring in land.rings:
        drawn = [frame.at(place) for place in ring]
        xs, ys = [x for x, _ in drawn], [y for _, y in drawn]
        if max(xs) < 0 or min(xs) > frame.width or max(ys) < 0 or min(ys) > frame.height:
            continue
        kept = clip_ring(thin(drawn, least), frame, 3.0)
        if len(kept) > 3:
            coasts.append(path_data(kept, digits, closed=True))
    lines = []
    for border in land.borders:
        drawn = thin((frame.at(place) for place in border), least)
        if any(frame.holds(x, y, 3.0) for x, y in drawn):
            lines.append(path_data(drawn, digits))
    return "".join(coasts), "".join(lines)


def line_data(points: Iterable[Point], frame: Frame, digits: int = 1) -> str:
    """Write a line in degrees as path data on a frame's paper."""
    return path_data(thin((frame.at(place) for place in points), 0.4), digits)


def centre_latitude_scale(frame: Frame) -> float:
    """Return paper units per kilometre in the middle of the frame."""
    from math import atan, degrees, exp, pi, radians

    middle = -(frame.top + frame.height / 2 / frame.scale)
    latitude = degrees(2 * atan(exp(radians(middle))) - pi / 2)
    a, b = mercator((0.0, latitude)), mercator((0.0, latitude + 0.5))
    return abs(b[1] - a[1]) * frame.scale / 55.6
