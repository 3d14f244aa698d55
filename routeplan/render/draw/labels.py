"""Labels on a map: the important ones first, none over another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from routeplan.render.draw.geometry import Frame, Point

_SIDES = (("middle", 0, -9), ("middle", 0, 19), ("start", 10, 4.5), ("end", -10, 4.5))
"""Anchor and offset from the mark of the four places a label may take, best first."""
_NEAR = 14.0
_EM = 0.58
"""Average width of a letter of the label's font, in its size."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text on paper: where, on which side of the point, and its box."""

    x: float
    y: float
    anchor: str
    text: str


def text_width(text: str, size: float) -> float:
    """Estimate how wide a text is; characters outside Latin and Cyrillic count double."""
    return size * _EM * sum(2 if ord(char) > 0x1100 else 1 for char in text)


def place_labels(wanted: Iterable[tuple[Point, str]], frame: Frame, size: float) -> list[Label]:
    """Place labels beside their points on paper.

    Parameters
    ----------
    wanted
        Point and text, the most important first. A text that fits nowhere, or whose point is next
        to one that has a label, is left out.
    frame
        The paper; labels stay inside.
    size
        Of the font.
    """
    wanted = [item for item in wanted if item[1]]
    taken = [(x - 5, y - 5, x + 5, y + 5) for (x, y), _ in wanted]
    placed: list[Label] = []
    named: list[Point] = []
    for (x, y), text in wanted:
        if any(abs(x - u) + abs(y - v) < _NEAR for u, v in named):
            continue  # the terminal of a city that bears its name already
        width = text_width(text, size)
        for anchor, dx, dy in _SIDES:
            left = x + dx - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
            box = (left - 2, y + dy - size, left + width + 2, y + dy + 0.3 * size)
            inside = (
                box[0] >= 0 and box[2] <= frame.width and box[1] >= 0 and box[3] <= frame.height
            )
            own = (x - 5, y - 5, x + 5, y + 5)
            if inside and not any(other != own and _meet(box, other) for other in taken):
                taken.append(box)
                named.append((x, y))
                placed.append(Label(x + dx, y + dy, anchor, text))
                break
    return placed


def _meet(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
