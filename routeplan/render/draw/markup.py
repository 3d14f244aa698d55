"""HTML and SVG elements as text; whatever is not markup already is escaped."""

from __future__ import annotations

from html import escape

from routeplan.render.cells import plain

_EMPTY = frozenset({"br", "circle", "input", "line", "meta", "path", "polyline", "rect", "use"})


class Markup(str):
    """Text that is markup and is not escaped again."""

    __slots__ = ()


Child = str | int | float | None
"""What an element may hold: markup, text, a number, nothing."""


def tag(name: str, /, *children: Child, **attributes: Child) -> Markup:
    """Write an element.

    Parameters
    ----------
    name
        Of the element.
    children
        Its content; text is escaped, None is left out.
    attributes
        Trailing underscores are cut and others become hyphens (`class_`, `aria_label`); None leaves
        the attribute out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_text(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _EMPTY and not children:
        return Markup(f"<{name}{written}/>")
    return Markup(f"<{name}{written}>{join(*children)}</{name}>")


def join(*children: Child) -> Markup:
    """Write content one after the other, text escaped."""
    return Markup(
        "".join(
            child if isinstance(child, Markup) else escape(_text(child), quote=False)
            for child in children
            if child is not None
        )
    )


def number(value: float, digits: int = 1) -> str:
    """Write a coordinate without needless zeros."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _text(value: Child) -> str:
    return number(value, 2) if isinstance(value, float) else plain(str(value))
