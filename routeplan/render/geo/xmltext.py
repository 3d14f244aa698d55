"""Texts and degrees for XML: names cannot break it, steer a reader, or hold what it forbids."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from routeplan.render.cells import plain


def xml_text(text: str) -> str:
    """Write a text as the content of an element, in one line."""
    return escape(plain(text))


def xml_attribute(text: str) -> str:
    """Write a text as the value of an attribute, with its quotes."""
    return quoteattr(plain(text))


def degrees_text(degrees: float) -> str:
    """Write degrees to a centimetre, without the exponent that GPX does not know: `0.00001`."""
    return f"{degrees:.7f}".rstrip("0").rstrip(".")
