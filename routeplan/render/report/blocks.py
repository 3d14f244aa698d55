"""What a report consists of, before it is known in which format it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from routeplan.language import Language

if TYPE_CHECKING:
    from collections.abc import Callable


class Link(NamedTuple):
    """A text that leads to an address; only http and https ones become links."""

    text: str
    url: str


Cell = str | Link


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `style` is `answer`, `soft`, or empty."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; on paper only the first `most`, if that is given."""

    items: tuple[Cell, ...]
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers stand right."""

    title: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Parameters
    ----------
    caption
        Read out by screen readers, and shown above it.
    columns, rows
        As many cells in each row as columns.
    most
        Rows that paper has room for; None for all. The page on a screen has every row.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture.

    Parameters
    ----------
    name
        Of its file, where it is one.
    title
        Its caption.
    draw
        Draws it as an SVG element of a page if given True, else as an SVG file.
    is_half
        Whether two of its kind stand side by side.
    """

    name: str
    title: str
    draw: Callable[[bool], str]
    is_half: bool = False


Block = Text | Items | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it; `name` is its id in a page."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    Parameters
    ----------
    title, subtitle
        What it is about, and the question in one line.
    sections
        In order.
    footer
        Which data and which program, in one line.
    language
        Of its words.
    """

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    footer: str
    language: Language = Language.EN
