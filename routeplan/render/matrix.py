"""A matrix as rows, tables and JSON: long, a row per pair, and wide, a column per destination.

The JSON contract is `routeplan/matrix/1`: additive only.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from routeplan.analysis.matrix import COLUMN, DIGITS, PERCENTILES, Quantity
from routeplan.errors import RequestError
from routeplan.render.listing import json_text, markdown_table
from routeplan.render.output import (
    PAGE,
    Format,
    choose_format,
    write_bytes,
    write_text,
)
from routeplan.render.records import request_dict
from routeplan.render.rows.writer import Field, Table
from routeplan.render.way import legs_text
from routeplan.render.words import data_sentence, policy_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routeplan.analysis.matrix import Cell, Matrix
    from routeplan.places.lists import ListedPlace
    from routeplan.render.output import Look
    from routeplan.scenario.request import Criterion

SCHEMA = "routeplan/matrix/1"
MATRIX_FORMATS = (
    Format.TABLE,
    Format.JSON,
    Format.JSONL,
    Format.CSV,
    Format.TSV,
    Format.MD,
    Format.XLSX,
    Format.PARQUET,
    Format.SQLITE,
)
ROWS = (Format.CSV, Format.TSV, Format.JSONL, Format.PARQUET)
"""Formats of one table, long or wide."""

_TERMS = (
    "via", "modes", "avoid", "allow", "policy", "policy_countries", "cargo", "load", "mass_t",
    "value_usd", "depart", "on", "include_planned",
)  # fmt: skip
_PLACES = (
    Field("origin", str, "as it was listed"),
    Field("destination", str, "as it was listed"),
    Field("origin_id", str, "node id"),
    Field("destination_id", str, "node id"),
    Field("by", str, "what the way is best at"),
    Field("status", str, "ok; no_route, same_place or kept_out, then without numbers"),
)
_MEANINGS = {
    Quantity.TIME: "hours door to door, average",
    Quantity.P10: "hours, one journey in ten is quicker",
    Quantity.P50: "hours, half of the journeys are quicker",
    Quantity.P90: "hours, nine journeys in ten are quicker",
    Quantity.COST: "dollars of the price year",
    Quantity.CO2: "kilograms of CO2e, well-to-wheel",
    Quantity.GENERALISED: "cost + value of time x time + CO2 price x CO2e, dollars",
    Quantity.DISTANCE: "kilometres",
}
_WAYS = (
    Field("way", str, "places and the mode between them"),
    Field("edge_ids", str, "links in order, with bars between"),
)
_MOST_COLUMNS = {Format.XLSX: 16_000, Format.SQLITE: 2_000}


def pair_fields(matrix: Matrix) -> list[Field]:
    """List the columns of the long form."""
    numbers = [Field(COLUMN[q], float, _MEANINGS[q]) for q in matrix.quantities]
    return [*_PLACES, *numbers, *(_WAYS if matrix.ways else ())]


def pair_rows(matrix: Matrix) -> Iterator[dict[str, Any]]:
    """Yield a row for every pair, by each criterion."""
    for criterion, origin, destination, cell in matrix.pairs():
        row: dict[str, Any] = {
            "origin": origin.text,
            "destination": destination.text,
            "origin_id": origin.node_id,
            "destination_id": destination.node_id,
            "by": str(criterion),
            "status": str(cell.status),
        }
        row |= {COLUMN[q]: rounded(cell, q) for q in matrix.quantities}
        if matrix.ways:
            row["way"] = legs_text(cell.legs) if cell.legs else None
            row["edge_ids"] = "|".join(leg.edge.edge_id for leg in cell.legs) or None
        yield row


def wide_fields(matrix: Matrix) -> list[Field]:
    """List the columns of the wide form: one for each destination."""
    return [
        Field("by", str, "what the ways are best at"),
        Field("quantity", str, "what the numbers are, with their unit"),
        Field("origin", str, "as it was listed"),
        *(Field(_heading(p), float, f"to {p.name} ({p.node_id})") for p in matrix.destinations),
    ]


def wide_rows(matrix: Matrix, quantities: Sequence[Quantity]) -> Iterator[dict[str, Any]]:
    """Yield a row for every origin, quantity by quantity, by each criterion."""
    names = [_heading(place) for place in matrix.destinations]
    for criterion in matrix.criteria:
        for quantity in quantities:
            for origin, cells in zip(matrix.origins, matrix.cells(criterion), strict=True):
                head = {"by": str(criterion), "quantity": COLUMN[quantity], "origin": origin.text}
                numbers = (rounded(cell, quantity) for cell in cells)
                yield head | dict(zip(names, numbers, strict=True))


def _heading(place: ListedPlace) -> str:
    """Name a column of the wide form; a place may be called as one of the others is."""
    taken = place.text.casefold() in ("by", "quantity", "origin")
    return place.node_id if taken else place.text


def rounded(cell: Cell, quantity: Quantity) -> float | None:
    """Return a number of a cell with the decimals files have."""
    value = cell.value(quantity)
    return None if value is None else round(value, DIGITS[quantity])


def matrix_dict(matrix: Matrix) -> dict[str, Any]:
    """Return a matrix as the JSON contract has it: tables with a row per origin."""
    request = request_dict(matrix.request)
    return {
        "schema": SCHEMA,
        "request": {
            **{key: request[key] for key in _TERMS},
            "by": [str(criterion) for criterion in matrix.criteria],
        },
        "prices": {"currency": "USD", "price_year": matrix.prices.year},
        "network": {"version": matrix.network_version, "as_of": matrix.network_as_of},
        "changes": [{"text": text, "edges": count} for text, count in matrix.changes],
        "origins": [_place_dict(place) for place in matrix.origins],
        "destinations": [_place_dict(place) for place in matrix.destinations],
        "tables": [_table_dict(matrix, criterion) for criterion in matrix.criteria],
        "warnings": list(matrix.warnings),
    }


def _place_dict(place: ListedPlace) -> dict[str, Any]:
    names = ("text", "node_id", "name", "country")
    return {name: getattr(place, name) for name in names}


def _table_dict(matrix: Matrix, criterion: Criterion) -> dict[str, Any]:
    cells = matrix.cells(criterion)
    told: dict[str, Any] = {
        "by": str(criterion),
        "status": [[str(cell.status) for cell in row] for row in cells],
    }
    for q in matrix.quantities:
        told[COLUMN[q]] = [[rounded(cell, q) for cell in row] for row in cells]
    if matrix.ways:
        told["ways"] = [[[leg.edge.edge_id for leg in c.legs] for c in row] for row in cells]
    return told


def matrix_notes(matrix: Matrix) -> list[str]:
    """List what a reader should know beside the numbers."""
    changed = [f"Changed: {text} (links: {count})." for text, count in matrix.changes]
    return [*changed, *matrix.warnings, policy_sentence(matrix), data_sentence(matrix)]


def matrix_markdown(matrix: Matrix, quantities: Sequence[Quantity]) -> str:
    """Write a heading and a table for each quantity by each criterion, then the notes."""
    from routeplan.render.heat import cell_text, heat_title

    texts = []
    for criterion in matrix.criteria:
        for quantity in quantities:
            rows = [
                {"": origin.text}
                | {
                    _heading(p): cell_text(c, quantity)
                    for p, c in zip(matrix.destinations, row, strict=True)
                }
                for origin, row in zip(matrix.origins, matrix.cells(criterion), strict=True)
            ]
            texts.append(f"## {heat_title(quantity, criterion)}\n\n{markdown_table(rows)}\n")
    return "".join(texts) + "".join(f"- {note}\n" for note in matrix_notes(matrix))


def matrix_tables(matrix: Matrix, quantities: Sequence[Quantity]) -> list[Table]:
    """Return the sheets of a workbook: wide tables, the pairs, and what it rests on."""
    from routeplan.render.rows.tables import about_table

    fields = wide_fields(matrix)[2:]
    alone = len(matrix.criteria) == 1
    sheets = []
    wide = list(wide_rows(matrix, quantities))
    for position in range(0, len(wide), len(matrix.origins)):
        rows = wide[position : position + len(matrix.origins)]
        quantity = quantities[position // len(matrix.origins) % len(quantities)]
        name = COLUMN[quantity] if alone else f"{quantity} by {rows[0]['by']}"
        kept = [{k: v for k, v in row.items() if k not in ("by", "quantity")} for row in rows]
        sheets.append(Table(name, fields, kept))
    notes = [(f"note {number}", note) for number, note in enumerate(matrix_notes(matrix), 1)]
    about = about_table([("best by", ", ".join(matrix.criteria)), *notes])
    return [*sheets, Table("pairs", pair_fields(matrix), list(pair_rows(matrix))), about]


def write_matrix(
    matrix: Matrix,
    output: Path | str | None,
    form: Format | str | None = None,
    *,
    quantities: Sequence[Quantity | str] = (),
    wide: bool = False,
    look: Look = PAGE,
) -> None:
    """Write a matrix to a file, in the format of its suffix: `write_matrix(matrix, "m.csv")`.

    Parameters
    ----------
    matrix
        The answer.
    output
        The file, a text packed if its name ends in `.gz`; None is standard output.
    form
        The format, if the suffix is not to say it.
    quantities
        What tables show: `time`, `cost`, `co2` and others; these three, and percentiles if there
        are any, if none is named. The long form has all.
    wide
        A column for each destination instead of a row for each pair, in CSV, TSV, JSON lines and
        Parquet.
    look
        How a table is drawn.

    Raises
    ------
    RequestError
        If there is no such format or quantity, or this installation cannot write it.
    OutputError
        If the file cannot be written; nothing is left behind.
    """
    file = None if output is None else Path(output)
    chosen = choose_format(form, file, MATRIX_FORMATS)
    shown = read_quantities(quantities, percentiles=matrix.percentiles)
    if len(matrix.destinations) > _MOST_COLUMNS.get(chosen, len(matrix.destinations)):
        raise RequestError(f"{chosen} has no room for {len(matrix.destinations):,} destinations.")
    if chosen in ROWS:
        _write_rows(matrix, file, chosen, shown if wide else ())
    elif chosen in (Format.XLSX, Format.SQLITE):
        write_bytes(_tables_bytes(matrix, chosen, shown), file)
    elif chosen is Format.JSON:
        write_text(json_text(matrix_dict(matrix)), file)
    elif chosen is Format.MD:
        write_text(matrix_markdown(matrix, shown), file)
    else:
        from routeplan.render.heat import heat_text

        write_text(heat_text(matrix, shown, look), file)


def read_quantities(names: Sequence[str], *, percentiles: bool) -> tuple[Quantity, ...]:
    """Read what tables are to show; the usual ones if nothing is named.

    Parameters
    ----------
    names
        Quantities, as users write them.
    percentiles
        Whether the matrix has percentiles.

    Raises
    ------
    RequestError
        If there is no such quantity, or the matrix does not have it.
    """
    if not names:
        unusual = {Quantity.GENERALISED, Quantity.DISTANCE, *([] if percentiles else PERCENTILES)}
        return tuple(q for q in Quantity if q not in unusual)
    for name in names:
        if name not in tuple(Quantity):
            raise RequestError(f'unknown quantity "{name}". Choose among {", ".join(Quantity)}.')
        if name in PERCENTILES and not percentiles:
            raise RequestError(f"{name} is drawn only with --percentiles.")
    return tuple(dict.fromkeys(Quantity(name) for name in names))


def _write_rows(matrix: Matrix, file: Path | None, form: Format, wide: Sequence[Quantity]) -> None:
    from routeplan.render.rows.files import open_rows

    fields = wide_fields(matrix) if wide else pair_fields(matrix)
    with open_rows(file, fields, form, name="matrix") as out:
        out.write_all(wide_rows(matrix, wide) if wide else pair_rows(matrix))


def _tables_bytes(matrix: Matrix, form: Format, quantities: Sequence[Quantity]) -> bytes:
    from routeplan.render.rows.excel import workbook_bytes
    from routeplan.render.rows.sqlite import sqlite_bytes
    from routeplan.render.rows.tables import stamp_of

    tables = matrix_tables(matrix, quantities)
    if form is Format.SQLITE:
        return sqlite_bytes(tables[-2:])
    return workbook_bytes(tables, stamp_of(matrix.network_as_of))
