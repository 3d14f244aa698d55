"""Lists of records in any plain format: JSON, JSON lines, CSV, TSV, Markdown or a table."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from routeplan.render.cells import cell_text, markdown_text, plain, spreadsheet_text
from routeplan.render.output import Format, Look

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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


def csv_text(rows: Sequence[Row]) -> str:
    """Write rows as CSV with a header; the first row's keys are the columns.

    A text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers.
    """
    return _delimited(rows, ",", csv_cell)


def csv_cell(value: object) -> str:
    """Write a value for a CSV file, which a spreadsheet may open; a line end within is LF."""
    text = cell_text(value)
    if isinstance(value, int | float):
        return text
    # csv leaves a lone CR without quotes, and readers take it for the end of the row
    return spreadsheet_text(text).replace("\r\n", "\n").replace("\r", "\n")


def tsv_text(rows: Sequence[Row]) -> str:
    """Write rows as TSV with a header; a record is always one line, whatever its texts hold."""
    return _delimited(rows, "\t", lambda value: plain(cell_text(value)))


def markdown_table(rows: Sequence[Row]) -> str:
    """Write rows as a Markdown table."""
    if not rows:
        return ""
    lines = [list(rows[0]), ["---"] * len(rows[0])]
    lines += [[markdown_text(cell_text(value)) for value in row.values()] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def listing_text(
    rows: Sequence[Row],
    form: Format,
    title: str,
    *,
    look: Look | None = None,
    least_width: Mapping[str, int] | None = None,
) -> str:
    """Write a list of records.

    Parameters
    ----------
    rows
        Records with the same keys.
    form
        One of LISTING_FORMATS.
    title
        Heading of a table.
    look
        How a table is drawn; as the terminal has it if None.
    least_width
        Columns a table shows only where it has this much room.
    """
    if form is Format.JSON:
        return json_text(list(rows))
    if form is Format.JSONL:
        return jsonl_text(rows)
    if form is Format.CSV:
        return csv_text(rows)
    if form is Format.TSV:
        return tsv_text(rows)
    if form is Format.MD:
        return markdown_table(rows)
    return _table_text(rows, title, look or Look(), least_width or {})


def _delimited(rows: Sequence[Row], delimiter: str, written: Callable[[object], str]) -> str:
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows([written(value) for value in row.values()] for row in rows)
    return out.getvalue()


def _table_text(rows: Sequence[Row], title: str, look: Look, least_width: Mapping[str, int]) -> str:
    from rich.text import Text

    from routeplan.render.console import console_text, make_console, ruled_table

    console = make_console(look)
    table = ruled_table(console)
    table.title, table.title_justify, table.title_style = title, "left", "bold"
    shown = [
        name for name in (rows[0] if rows else ()) if console.width >= least_width.get(name, 0)
    ]
    for index, name in enumerate(shown):
        numeric = all(isinstance(row[name], int | float | None) for row in rows)
        table.add_column(
            name, justify="right" if numeric else "left", overflow="fold", no_wrap=index == 0
        )
    for row in rows:
        table.add_row(*(Text(plain(cell_text(row[name]))) for name in shown))
    console.print(table)
    return console_text(console)
