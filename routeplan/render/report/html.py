"""A report as one HTML file: opens anywhere, asks nobody, prints on A4."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from routeplan.language import say, speaking
from routeplan.render.draw.evidence import safe_url
from routeplan.render.draw.markup import Markup, join, tag
from routeplan.render.draw.page import filled_page
from routeplan.render.report.blocks import Figure, Items, Link, Table, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.render.report.blocks import Block, Cell, Report, Section


def report_page(report: Report) -> str:
    """Write a report as a page.

    Every text is escaped, no request leaves the page, and its content security policy allows none;
    there is no script in it.
    """
    with speaking(report.language):
        sheets = [
            tag("div", *map(_section, sheet), class_="sheet") for sheet in _sheets(report.sections)
        ]
    slots = {
        "lang": join(str(report.language)),
        "title": join(report.title),
        "subtitle": join(report.subtitle),
        "sheets": join(*sheets),
        "footer": join(report.footer),
    }
    return filled_page("report.html", slots, ("report.css",), ())


_SHORT = 12
"""A heading of so many letters stays in one line."""
_GAP = re.compile(r"(?<=\d) (?=\d{3}\b)|(?<=\d) (?=(?:USD|EUR|kg|t|d|h)\b)")


def _kept(text: str) -> str:
    """Keep a number and its unit in one line."""
    return _GAP.sub("\u00a0", text)


def _sheets(sections: Sequence[Section]) -> list[list[Section]]:
    """Gather the sections that begin on one sheet of paper."""
    sheets: list[list[Section]] = [[]]
    for section in sections:
        if section.starts_page and sheets[-1]:
            sheets.append([])
        sheets[-1].append(section)
    return sheets


def _section(section: Section) -> Markup:
    blocks = [
        tag("div", *map(_figure, run), class_="halves") if half else join(*map(_block, run))
        for half, run in _runs(section.blocks)
    ]
    heading = f"{section.name}-title"
    return tag(
        "section",
        tag("h2", section.title, id=heading),
        *blocks,
        id=section.name,
        aria_labelledby=heading,
    )


def _runs(blocks: Sequence[Block]) -> list[tuple[bool, list[Block]]]:
    """Gather half figures that follow each other."""
    runs = groupby(blocks, key=lambda block: isinstance(block, Figure) and block.is_half)
    return [(half, list(run)) for half, run in runs]


def _block(block: Block) -> Markup:
    if isinstance(block, Text):
        return tag("p", _kept(block.text), class_=block.style or None)
    if isinstance(block, Items):
        return _items(block)
    return _table(block) if isinstance(block, Table) else _figure(block)


def _figure(block: Block) -> Markup:
    assert isinstance(block, Figure)  # noqa: S101 - its callers hand over nothing else
    return tag(
        "figure",
        tag("figcaption", block.title),
        tag(
            "div",
            Markup(block.draw(True)),
            class_=None if block.is_half else "wide",
            tabindex=None if block.is_half else 0,
            role=None if block.is_half else "group",
            aria_label=None if block.is_half else block.title,
        ),
    )


def _table(table: Table) -> Markup:
    head = tag("tr", *(_head(column.title, column.is_number) for column in table.columns))
    styles = ["number" if column.is_number else None for column in table.columns]
    rows = [
        tag(
            "tr",
            *(tag("td", _cell(c), class_=s) for c, s in zip(row, styles, strict=True)),
            class_="beyond" if table.most is not None and number >= table.most else None,
        )
        for number, row in enumerate(table.rows)
    ]
    drawn = tag(
        "table",
        tag("caption", table.caption, _more(len(table.rows), table.most)),
        tag("thead", head),
        tag("tbody", *rows),
    )
    return tag("div", drawn, class_="table", tabindex=0, role="group", aria_label=table.caption)


def _head(title: str, is_number: bool) -> Markup:
    if not title:
        return tag("td")
    style = "number" if is_number else None
    short = len(title) <= _SHORT
    text = title.replace(" ", "\u00a0") if is_number and short else title
    return tag("th", text, scope="col", class_=style)


def _items(block: Items) -> Markup:
    most = block.most
    items = [
        tag("li", _cell(cell), class_="beyond" if most is not None and n >= most else None)
        for n, cell in enumerate(block.items)
    ]
    return join(tag("ol", *items), _more(len(block.items), most))


def _more(count: int, most: int | None) -> Markup | None:
    """Say on paper how much only the file shows."""
    if most is None or count <= most:
        return None
    text = say("{shown} of {count}, all in the file", shown=most, count=count)
    return tag("span", f" ({text})", class_="more")


def _cell(cell: Cell) -> Markup:
    if not isinstance(cell, Link):
        return join(_kept(cell))
    address = safe_url(cell.url)
    if not address:
        return join(cell.text)
    return tag("a", cell.text, href=address, rel="noopener noreferrer")
