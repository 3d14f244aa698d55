"""What every file of rows has in common: fixed columns, rows that come one by one or many at once.

A writer keeps a chunk of rows and no more, so that a million rows need no more memory than
thousands. `rows.files.open_rows` opens one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from routeplan.render.output import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    Values = tuple[Any, ...]


class Field(NamedTuple):
    """A column of a table.

    Parameters
    ----------
    name
        As in the header; a unit, if any, stands in it: `time_h`.
    kind
        str, int, float or bool. Any value may be None: unknown.
    meaning
        What it is, for the reader of the file.
    """

    name: str
    kind: type = str
    meaning: str = ""


class Table(NamedTuple):
    """A table that is held as a whole.

    Parameters
    ----------
    name
        What a sheet or a table of a database is called.
    fields
        The columns.
    rows
        Records; a missing or None value is blank.
    """

    name: str
    fields: Sequence[Field]
    rows: Sequence[Mapping[str, Any]]


class RowFile(NamedTuple):
    """Where and what to write.

    Parameters
    ----------
    path
        The file to write, which may be a temporary one.
    shown
        The file as the user named it, for messages and for its suffix.
    fields
        The columns.
    name
        What the table or sheet is called.
    """

    path: Path
    shown: Path
    fields: Sequence[Field]
    name: str


class RowWriter(ABC):
    """Writes rows to one file as they come.

    Parameters
    ----------
    file
        Where and what to write.
    """

    CHUNK: ClassVar[int] = 5000
    """Rows written at once."""

    MOST_ROWS: ClassVar[int | None] = None
    """Rows the format can take; None if there is no limit."""

    def __init__(self, file: RowFile) -> None:
        self.file = file
        self.count = 0
        self._names = tuple(field.name for field in file.fields)
        self._known = frozenset(self._names)
        self._chunk: list[Values] = []
        with self._told():
            self._begin()

    def write(self, row: Mapping[str, Any]) -> None:
        """Write one row; a column it lacks is blank.

        Raises
        ------
        ValueError
            If it has a key that is no column.
        OutputError
            If the file cannot be written, or takes no more rows.
        """
        if not self._known.issuperset(row):
            strange = ", ".join(sorted(set(row) - self._known))
            raise ValueError(f"no such column: {strange}")
        self.check_room(self.count + 1)
        self.count += 1
        self._chunk.append(tuple(map(row.get, self._names)))
        if len(self._chunk) >= self.CHUNK:
            self._flush()

    def write_all(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write many rows; see `write`."""
        for row in rows:
            self.write(row)

    def check_room(self, rows: int) -> None:
        """Refuse more rows than the format can take.

        Raises
        ------
        OutputError
            If it cannot take so many.
        """
        self.refuse(self.file.shown, rows)

    @classmethod
    def refuse(cls, shown: Path, rows: int) -> None:
        """Refuse more rows than the format can take; see `check_room`."""
        if cls.MOST_ROWS is not None and rows > cls.MOST_ROWS:
            from routeplan.errors import OutputError

            raise OutputError(
                f"cannot write {shown}: a sheet ends at {cls.MOST_ROWS + 1:,} rows with its "
                "header. Write .parquet, .sqlite or .csv.gz instead."
            )

    def close(self) -> None:
        """Write what is left and end the file.

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        self._flush()
        with self._told():
            self._end()

    def discard(self) -> None:  # noqa: B027 - most writers hold nothing that needs it
        """Let go of what is open, without caring for the file."""

    def _told(self) -> AbstractContextManager[None]:
        """Turn an error of writing into one line that names the file."""
        return told(self.file.shown)

    def _flush(self) -> None:
        chunk, self._chunk = self._chunk, []
        if chunk:
            with self._told():
                self._put(chunk)

    @abstractmethod
    def _begin(self) -> None:
        """Open the file and write its head."""

    @abstractmethod
    def _put(self, chunk: list[Values]) -> None:
        """Write rows, each with its values in the order of the columns."""

    @abstractmethod
    def _end(self) -> None:
        """Write the foot and close the file."""
