"""A report as Markdown for a repository: tables in the text, figures as SVG files beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.language import speaking
from routeplan.render.cells import markdown_text
from routeplan.render.draw.evidence import safe_url
from routeplan.render.report.blocks import Figure, Items, Link, Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.render.report.blocks import Block, Cell, Report


def report_markdown(report: Report, stem: str = "") -> str:
    """Write a report as Markdown.

    Parameters
    ----------
    report
        What it says.
    stem
        Name of the file without its suffix: figures are linked as `stem-map.svg` and so on. Without
        one, as on standard output, there are none.
    """
    with speaking(report.language):
        parts = [f"# {markdown_text(report.title)}", markdown_text(report.subtitle)]
        for section in report.sections:
            written = [text for block in section.blocks if (text := _block(block, stem))]
            if written:
                parts += [f"## {markdown_text(section.title)}", *written]
        parts.append(f"*{markdown_text(report.footer)}*")
    return "\n\n".join(parts) + "\n"


def report_figures(report: Report, stem: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of every SVG file the Markdown of a report links to."""
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Figure):
                yield _name(stem, block), block.draw(False)


def _name(stem: str, figure: Figure) -> str:
    return f"{stem}-{figure.name}.svg"


def _block(block: Block, stem: str) -> str:
    if isinstance(block, Text):
        return markdown_text(block.text)
    if isinstance(block, Items):
        return "\n".join(f"- {_cell(item)}" for item in block.items)
    if isinstance(block, Table):
        return _table(block)
    if not stem:
        return ""
    address = _name(stem, block).replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    return f"![{markdown_text(block.title)}]({address})"


def _table(table: Table) -> str:
    """Write a table below its caption; numbers stand right."""
    head = [markdown_text(column.title) for column in table.columns]
    rule = ["---:" if column.is_number else "---" for column in table.columns]
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    lines = [f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)]
    return f"{markdown_text(table.caption)}:\n\n" + "\n".join(lines)


def _cell(cell: Cell) -> str:
    if not isinstance(cell, Link):
        return markdown_text(cell)
    address = safe_url(cell.url)
    if not address or any(char in address for char in " ()<>\n\r\t"):
        return markdown_text(f"{cell.text} {cell.url}" if address else cell.text)
    return f"[{markdown_text(cell.text)}]({address})"
