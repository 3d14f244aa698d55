"""Lists of records in any plain format: JSON, JSON lines, CSV, TSV, Markdown or a table."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from routeplan.render.output import Format

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Row = Mapping[str, Any]

LISTING_FORMATS = (
    Format.TABLE,
    Format.JSON,
    Format.JSONL,
    Format.CSV,
    Format.TSV,
    Format.MD,
)


def json_text(value: object) -> str:
    """Write a value as JSON: UTF-8, stable order, a number or null where a number is meant."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def jsonl_text(rows: Sequence[object]) -> str:
    """Write one JSON value per line."""
    return "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)


def delimited_text(rows: Sequence[Row], delimiter: str) -> str:
    """Write rows as CSV or TSV with a header; the first row's keys are the columns."""
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


def markdown_table(rows: Sequence[Row]) -> str:
    """Write rows as a Markdown table."""
    if not rows:
        return ""
    lines = [list(rows[0]), ["---"] * len(rows[0])]
    lines += [[_escaped(_cell(value)) for value in row.values()] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def listing_text(rows: Sequence[Row], form: Format, title: str, width: int | None = None) -> str:
    """Write a list of records.

    Parameters
    ----------
    rows
        Records with the same keys.
    form
        One of LISTING_FORMATS.
    title
        Heading of a table.
    width
        Columns of a table; the terminal's if None.
    """
    if form is Format.JSON:
        return json_text(list(rows))
    if form is Format.JSONL:
        return jsonl_text(rows)
    if form in (Format.CSV, Format.TSV):
        return delimited_text(rows, "," if form is Format.CSV else "\t")
    if form is Format.MD:
        return markdown_table(rows)
    return _rich_table(rows, title, width)


def _rich_table(rows: Sequence[Row], title: str, width: int | None) -> str:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from routeplan.render.console import table_text

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, show_edge=False)
    for name in rows[0] if rows else ():
        numeric = all(isinstance(row[name], int | float | None) for row in rows)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row.values()))
    return table_text(table, width)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return "|".join(str(part) for part in value)
    return str(value)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
