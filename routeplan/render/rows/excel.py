"""Rows and tables as an Excel workbook, by xlsxwriter (extra `excel`).

The header stays in sight and filters the rows; numbers are numbers with a format by the unit in
their column's name; a text is always a text, never a formula. Excel takes 32 767 characters in a
cell: a longer text is cut and ends in [cut].
"""

from __future__ import annotations

import io
import tempfile
from typing import TYPE_CHECKING, Any, BinaryIO

from routeplan.errors import OutputError
from routeplan.render.cells import plain
from routeplan.render.rows.writer import RowWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from routeplan.render.rows.writer import Field, Table, Values

    Link = Callable[[str], str | None]

_MOST_CHARACTERS = 32_767
_MOST_BYTES = 2_000_000_000
"""Unpacked size of a sheet up to which the zip file is of the plain kind, which Excel expects."""

_CUT = " [cut]"
_MOST_LINKS = 65_000
_MOST_ADDRESS = 2_000
_WIDEST = 60
_MEASURED = 200
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORMATS = (
    (("share",), "0.0%"),
    (("usd", "eur"), "#,##0.00"),
    (("km", "h", "t", "kg"), "#,##0.0"),
)


class ExcelRows(RowWriter):
    """Writes rows into the one sheet of a workbook, with little memory."""

    MOST_ROWS = 1_048_575
    _workbook: Any = None

    def _begin(self) -> None:
        import xlsxwriter

        self._folder = (
            tempfile.TemporaryDirectory()
        )  # rows wait here until the file is put together
        options = {**_OPTIONS, "constant_memory": True, "tmpdir": self._folder.name}
        self._out = _OnceBroken(self.file.path.open("wb"))
        self._workbook = xlsxwriter.Workbook(self._out, options)
        _set_stamp(self._workbook, None)
        self._sheet = _Sheet(self._workbook, self.file.name, self.file.fields, {})

    def _put(self, chunk: list[Values]) -> None:
        for values in chunk:
            self._sheet.write(values)
        if self._sheet.written_bytes() > _MOST_BYTES:
            raise OutputError(
                f"cannot write {self.file.shown}: its sheet has grown beyond 2 GB. "
                "Write .parquet, .sqlite or .csv.gz instead."
            )

    def _end(self) -> None:
        self._sheet.end()
        _close(self._workbook)
        self._out.close()
        self._folder.cleanup()

    def discard(self) -> None:
        """Throw away the rows that wait, without putting a file together."""
        if self._workbook is not None and not self._workbook.fileclosed:
            for sheet in self._workbook.worksheets():
                sheet.row_data_fh.close()
            self._workbook.fileclosed = True  # or it would be put together when it is collected
        self._out.broken = True
        self._out.close()
        self._folder.cleanup()


class _OnceBroken:
    """A file that once it could not be written takes everything and keeps nothing.

    The error is raised once; zipfile, which tries again when it is collected, would report it on
    standard error a second time.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._place = 0
        self.broken = False

    def write(self, content: bytes) -> int:
        self._try(lambda: self._file.write(content))
        self._place += len(content)
        return len(content)

    def flush(self) -> None:
        self._try(self._file.flush)

    def seek(self, offset: int) -> int:
        self._try(lambda: self._file.seek(offset))
        self._place = offset
        return offset

    def tell(self) -> int:
        return self._place

    def close(self) -> None:
        """Close it; an error is raised unless it has been before."""
        try:
            self._file.close()
        except OSError:
            if not self.broken:
                raise

    def _try(self, action: Callable[[], object]) -> None:
        if self.broken:
            return
        try:
            action()
        except OSError:
            self.broken = True
            raise


def workbook_bytes(tables: Iterable[Table], stamp: datetime) -> bytes:
    """Return tables as a workbook, a sheet each.

    In a column `sources` or `source_ids` the first source links to its row of the sheet `sources`,
    and in a column `url` an address of the web links to its page.

    Parameters
    ----------
    tables
        In the order of the sheets.
    stamp
        What the file says of the time it was made: the date of the data, so that equal answers give
        equal bytes.

    Raises
    ------
    OutputError
        If a table has more rows than a sheet.
    """
    import xlsxwriter

    held = list(tables)
    for table in held:
        if len(table.rows) > ExcelRows.MOST_ROWS:
            raise OutputError(
                f"{table.name} has {len(table.rows):,} rows, and a sheet ends at "
                f"{ExcelRows.MOST_ROWS + 1:,} with its header. Write .sqlite, .gpkg or .parquet."
            )
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {**_OPTIONS, "in_memory": True})
    workbook.use_zip64()  # changes nothing below 2 GB
    _set_stamp(workbook, stamp)
    links = _links(held)
    for table in held:
        sheet = _Sheet(workbook, table.name, table.fields, links)
        names = [field.name for field in table.fields]
        for row in table.rows:
            sheet.write(tuple(row.get(name) for name in names))
        sheet.end()
    _close(workbook)
    return out.getvalue()


def number_format(field: Field) -> str:
    """Choose how Excel shows a number, by the unit in the name of its column."""
    parts = field.name.split("_")
    if field.kind is float:
        for units, form in _FORMATS:
            if any(unit in parts for unit in units):
                return form
    return "General"


class _Sheet:
    """One sheet: its header, and its rows as they come."""

    def __init__(
        self, workbook: Workbook, name: str, fields: Sequence[Field], links: Mapping[str, Link]
    ) -> None:
        self._sheet = workbook.add_worksheet(name)
        self._fields = fields
        self._row = 0
        self._links_made = 0
        self._widths = [len(field.name) + 4 for field in fields]  # room for the filter's button
        self._columns = [
            (
                _writing(self._sheet, field.kind),
                workbook.add_format({"num_format": number_format(field)})
                if field.kind in (int, float)
                else None,
                links.get(field.name),
            )
            for field in fields
        ]
        bold = workbook.add_format({"bold": True})
        for index, field in enumerate(fields):
            self._sheet.write_string(0, index, field.name, bold)
        self._sheet.freeze_panes(1, 0)

    def write(self, values: Values) -> None:
        """Write a row."""
        self._row += 1
        for index, (value, column) in enumerate(zip(values, self._columns, strict=True)):
            if value is None or value == "":
                continue
            writing, form, link = column
            shown = _text(value) if isinstance(value, str) else value
            address = link(shown) if link else None
            if address and self._links_made < _MOST_LINKS:
                self._links_made += 1
                self._sheet.write_url(self._row, index, address, None, shown)
            else:
                writing(self._row, index, shown, form)
            if self._row <= _MEASURED:
                self._widths[index] = max(self._widths[index], len(str(shown)) + 1)

    def written_bytes(self) -> int:
        """Return how large the rows are that wait for the end, as they will be unpacked."""
        return self._sheet.row_data_fh.tell()  # type: ignore[no-any-return]

    def end(self) -> None:
        """Set what depends on the rows."""
        for index, width in enumerate(self._widths):
            self._sheet.set_column(index, index, min(width, _WIDEST))
        if self._fields:
            self._sheet.autofilter(0, 0, self._row, len(self._fields) - 1)


def _writing(sheet: Worksheet, kind: type) -> Callable[..., Any]:
    """Choose the cell's own kind of writing, so that none is guessed from what a text holds."""
    number, boolean, string = sheet.write_number, sheet.write_boolean, sheet.write_string
    writing: Callable[..., Any] = {int: number, float: number, bool: boolean}.get(kind, string)
    return writing


def _text(value: str) -> str:
    """Write a text in one line, as tables have it; cut what Excel would refuse."""
    text = plain(value)
    if len(text) > _MOST_CHARACTERS:
        return text[: _MOST_CHARACTERS - len(_CUT)] + _CUT
    return text


def _links(tables: Iterable[Table]) -> dict[str, Link]:
    """Say where the texts of a column lead, by the column's name."""
    rows = {
        row["source_id"]: number
        for table in tables
        if table.name == "sources"
        for number, row in enumerate(table.rows, start=2)
    }

    def source(text: str) -> str | None:
        first = text.replace("|", " ").split(" ", 1)[0].rpartition(":")[2]
        return f"internal:'sources'!A{rows[first]}" if first in rows else None

    return {"sources": source, "source_ids": source, "url": _web_address}


def _web_address(text: str) -> str | None:
    """Return an address of the web that a reader may click; None for anything else."""
    fits = len(text) <= _MOST_ADDRESS and not any(c.isspace() for c in text)
    return text if fits and text.startswith(("https://", "http://")) else None


def _set_stamp(workbook: Workbook, stamp: datetime | None) -> None:
    from datetime import datetime as moment

    workbook.set_properties({"created": stamp or moment(2000, 1, 1)})


def _close(workbook: Workbook) -> None:
    """Write the workbook out; its own error hides that of the file system."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        workbook.close()
    except FileCreateError as error:
        raise OSError(*error.args[0].args) from None
