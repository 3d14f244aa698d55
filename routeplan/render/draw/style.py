"""The style files, and a picture that stands on its own."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from routeplan.render.draw.markup import Markup, tag

_VARIABLE = re.compile(r"--([\w-]+):\s*([^;]+);")
_USE = re.compile(r"var\(--([\w-]+)\)")
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


@cache
def static_text(name: str) -> str:
    """Return a file of the package's style and page files."""
    return (files("routeplan.render.draw") / "static" / name).read_text("utf-8")


@cache
def colours() -> dict[str, str]:
    """Return the colours on white paper, by role."""
    light = static_text("palette.css").split("@media")[0]
    return dict(_VARIABLE.findall(light))


def standalone(body: Markup, width: float, height: float, title: str, about: str = "") -> str:
    """Wrap drawn content into an SVG file of its own, with the colours for white paper.

    Parameters
    ----------
    body
        The content.
    width, height
        Of the picture, in pixels.
    title, about
        Read out by screen readers, and shown as its title.
    """
    palette = colours()
    css = _USE.sub(lambda found: palette[found[1]], _COMMENT.sub("", static_text("picture.css")))
    return (
        tag(
            "svg",
            tag("title", title),
            tag("desc", about) if about else None,
            tag("style", Markup(css)),
            tag("rect", width="100%", height="100%", fill=palette["paper"]),
            body,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {width:g} {height:g}",
            width=f"{width:g}",
            height=f"{height:g}",
            class_="picture",
            role="img",
        )
        + "\n"
    )


def minified(css: str) -> str:
    """Return style rules without comments and needless blanks."""
    return re.sub(r"\s*\n\s*", "", _COMMENT.sub("", css))
