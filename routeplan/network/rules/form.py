"""T-rules: the form of a file. Those below the two functions are found while it is read."""

# ruff: noqa: D401 - a rule's docstring is its explanation to the user

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.network.column import columns_of
from routeplan.network.files import FILES, NETWORK_FILES
from routeplan.network.findings import Severity
from routeplan.network.rules.common import rows
from routeplan.network.rules.registry import Fault, explain_reading, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.network.dataset import DataSet

_SHARED_KEYS = ("seasons.csv",)


@rule("T011", Severity.ERROR, "a key stands once in its file")
def duplicate_key(dataset: DataSet) -> Iterator[Fault]:
    """Two rows with one key would silently hide each other.

    Looked at is the first column of every file but seasons.csv, where rows may share a season.
    Give each row a key of its own, or remove the row that is there twice.
    """
    for table in dataset.tables():
        if table.file in _SHARED_KEYS:
            continue
        key = columns_of(FILES[table.file])[0].name
        first: dict[str, int] = {}
        for record, line in rows(table):
            value = str(getattr(record, key))
            if value in first:
                message = f"already used in line {first[value]}"
                yield Fault(table, line, key, value, message, "Give each row a key of its own.")
            first.setdefault(value, line)


@rule("T012", Severity.ERROR, "a network has places and edges")
def no_rows(dataset: DataSet) -> Iterator[Fault]:
    """A network file with a header and nothing below it leaves nothing to plan on.

    It is usually a file saved from the wrong sheet, or a filter left on. Add the rows.
    """
    for table in dataset.tables():
        empty = table.complete and not table.records and not table.unread
        if empty and table.file in NETWORK_FILES:
            yield Fault(table, 0, "", "", "the file has a header and no rows", "Add the rows.")


explain_reading(
    "T000",
    Severity.ERROR,
    "the data folder and its files can be read",
    """A network is a folder with nodes.csv and edges.csv; other files are taken from the data that
    comes with routeplan where the folder has none. Name the folder, not a file in it, and see that
    you may read the files.""",
)
explain_reading(
    "T001",
    Severity.ERROR,
    "a file is not empty",
    """A file without even a header tells nothing, so it is taken for an accident. Write at least
    the header, or remove the file if it is one of those a folder may do without.""",
)
explain_reading(
    "T002",
    Severity.ERROR,
    "a file is UTF-8 text",
    """Names in Cyrillic, Georgian or Turkish come out wrong if the encoding is guessed, so only
    UTF-8 is read, with or without a byte order mark. In a spreadsheet choose "CSV UTF-8" when
    saving.""",
)
explain_reading(
    "T003",
    Severity.ERROR,
    "quotation marks are closed",
    """A quoted cell ends at its second quotation mark. One left open swallows the rows behind it,
    and text behind a closing one belongs to no cell. Write a mark inside a quoted cell twice.""",
)
explain_reading(
    "T004",
    Severity.ERROR,
    "columns are separated by commas",
    """Spreadsheets of many countries write semicolons, and decimal commas with them, which would be
    misread. Save the file with commas and decimal points. A header of hundreds of columns is no
    table of a network at all.""",
)
explain_reading(
    "T005",
    Severity.WARNING,
    "a column has a known name",
    """An unknown column is not read, so a typing error in a header loses all its values without a
    word. Correct the name, or ignore the warning if the column is your own.""",
)
explain_reading(
    "T006",
    Severity.ERROR,
    "a column stands once",
    """Two columns of one name, or of two names for the same thing such as lat and y_coord, leave
    open which one counts. Remove one of them.""",
)
explain_reading(
    "T007",
    Severity.ERROR,
    "the columns every file needs are there",
    """A place needs node_id, an edge needs from_node, to_node and mode; the cards need their keys.
    Without them no row can be understood. Add the column, or correct its name in the header.""",
)
explain_reading(
    "T008",
    Severity.ERROR,
    "a row has as many cells as the header",
    """A missing or a surplus comma shifts every value behind it into the wrong column, so the row
    is not read at all. Quote a cell that holds a comma.""",
)
explain_reading(
    "T009",
    Severity.ERROR,
    "a required cell is filled",
    """Some values have no sensible default, such as the ends and the mode of an edge. Fill the
    cell, or remove the row.""",
)
explain_reading(
    "T010",
    Severity.ERROR,
    "a cell holds what its column takes",
    """Numbers are plain digits with a decimal point, within the range that makes sense; words are
    of the list the message names; dates are written 2026-03-31. Leave a cell empty where the
    value is unknown: empty is never taken for zero.""",
)
