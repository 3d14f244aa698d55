"""Texts for XML: names from data cannot break it, steer a reader, or hold what XML forbids."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from routeplan.render.cells import plain


def xml_text(text: str) -> str:
    """Write a text as the content of an element, in one line."""
    return escape(plain(text))


def xml_attribute(text: str) -> str:
    """Write a text as the value of an attribute, with its quotes."""
    return quoteattr(plain(text))
