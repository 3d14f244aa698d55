"""Values as text for a cell: one line, nothing that could steer a terminal or a Markdown reader."""

from __future__ import annotations

import re

_CONTROL = re.compile(
    " *[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]+ *"
)
_FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?[\d.,\s]*%?\Z", re.ASCII)
_MARKDOWN = re.compile(r"([\\|`*\[\]])")


def plain(text: str) -> str:
    """Make one line of a text; control characters and marks that turn its direction become blanks.

    So does what is no character at all, which XML and Excel cannot hold.

    Brackets stay what they are: rich is never asked to read markup from data.
    """
    return _CONTROL.sub(" ", text).strip() if _CONTROL.search(text) else text


def cell_text(value: object) -> str:
    """Write a value: blank for None, yes or no, a list with bars between."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, tuple | list):
        return "|".join(str(part) for part in value)
    return str(value)


def spreadsheet_text(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    So says OWASP (CSV injection) of a cell that begins with = + - @, a tab or a line end, or with
    the wide form of a sign. A signed number such as `-5` or `+10%` does no harm and stays.
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def markdown_text(text: str) -> str:
    """Write a text so that Markdown shows it as it is."""
    return _MARKDOWN.sub(r"\\\1", plain(text)).replace("<", "&lt;")
