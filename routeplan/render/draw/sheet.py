"""The paper a chart is drawn on: a file of its own, or a piece of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from routeplan.render.draw.markup import number, tag
from routeplan.render.draw.style import standalone

if TYPE_CHECKING:
    from routeplan.render.draw.markup import Markup


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper of a chart.

    Parameters
    ----------
    width, height
        In pixels.
    inner
        The chart stands in a page that has palette.css and picture.css: it comes without its own
        style, and what can be chosen in it is a button that carries `data-way`.
    """

    width: float
    height: float
    inner: bool = False


def drawn_on(sheet: Sheet, body: Markup, title: str, about: str, *, role: str = "img") -> str:
    """Write a chart: an SVG file, or an SVG element of a page."""
    if not sheet.inner:
        return standalone(body, sheet.width, sheet.height, title, about)
    return tag(
        "svg",
        tag("title", title),
        tag("desc", about),
        body,
        viewBox=f"0 0 {sheet.width:g} {sheet.height:g}",
        class_="picture",
        role=role,
        aria_label=f"{title}. {about}",
    )


def plain_number(value: float) -> str:
    """Write a value of a scale without needless zeros."""
    return number(value, 1)
