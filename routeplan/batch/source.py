"""Files of scenarios that can be read again from the start, and what is odd about their rows."""

from __future__ import annotations

import hashlib
import io
from functools import partial
from typing import IO, TYPE_CHECKING

from routeplan.batch.run import Source
from routeplan.network.findings import Severity
from routeplan.scenario.edits import read_edits
from routeplan.scenario.form import RowText
from routeplan.scenario.origin import unreadable
from routeplan.scenario.table import ScenarioTable
from routeplan.scenario.text import GZIP, PARQUET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from routeplan.network.findings import Finding
    from routeplan.scenario.edits import Edits
    from routeplan.scenario.form import ScenarioRow

_BLOCK = 1 << 20


class Oddities:
    """What is odd about the rows read so far but keeps none from being asked.

    Parameters
    ----------
    kept
        How many are kept; all are counted.

    Attributes
    ----------
    count
        How many there were in the latest pass.
    first
        The first of them.
    errors
        Those that change results for all the user knows: an edit of no scenario.
    """

    def __init__(self, kept: int = 20) -> None:
        self._kept = kept
        self.count = 0
        self.first: list[Finding] = []
        self.errors: list[Finding] = []

    def begin(self) -> None:
        """Forget those of an earlier pass over the same rows."""
        self.count = 0
        self.first.clear()
        self.errors.clear()

    def add(self, finding: Finding) -> None:
        """Take one."""
        self.count += 1
        if finding.severity is Severity.ERROR:
            self.errors.append(finding)
        if self.count <= self._kept:
            self.first.append(finding)


def open_source(
    path: Path,
    name: str,
    defaults: Mapping[str, str],
    edits: Path | None = None,
    oddities: Oddities | None = None,
) -> Source:
    """Open a table of scenarios: CSV, gzip or Parquet, whatever it was saved as.

    Parameters
    ----------
    path
        The file.
    name
        What the user calls it.
    defaults
        Cells of rows that leave them empty.
    edits
        A table of further changes by scenario id, or None.
    oddities
        Takes the warnings of each pass over the rows.

    Raises
    ------
    DataError
        If a file cannot be read, or its columns cannot be told.
    RequestError
        If it is Parquet and pyarrow is not there.
    """
    digest, total = hashlib.sha256(), None
    try:
        with path.open("rb") as file:
            head = file.read(4)
            total = _count_lines(file, head, digest)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise unreadable(name, f"cannot be read, {reason}") from None
    if edits is not None:
        digest.update(b"\nedits\n" + _content(edits))
        _read_edits(edits)
    with _Named(path, name) as file:
        ScenarioTable(file)  # refuses columns that cannot be told
    read = partial(_read_rows, path, name, defaults, edits, oddities or Oddities())
    return Source(name, digest.hexdigest(), total, read)


def _count_lines(file: IO[bytes], head: bytes, digest: hashlib._Hash) -> int | None:
    """Hash a file and count its rows by its line ends; None where they do not tell."""
    lines, block, last = 0, head, b""
    while block:
        digest.update(block)
        lines += block.count(b"\n")
        last = block[-1:]
        block = file.read(_BLOCK)
    if head.startswith((GZIP, PARQUET)):
        return None
    return max(lines - 1 + (last not in (b"\n", b"")), 0)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise unreadable(str(path), f"cannot be read, {reason}") from None


class _Named(io.BufferedReader):
    """A file under the name its user knows it by."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(io.FileIO(path))
        self._name = name

    @property
    def name(self) -> str:
        """The name."""
        return self._name


def _read_edits(path: Path) -> Edits:
    with _Named(path, str(path)) as file:
        return read_edits(file)


def _read_rows(
    path: Path,
    name: str,
    defaults: Mapping[str, str],
    edits: Path | None,
    oddities: Oddities,
) -> Iterator[ScenarioRow | RowText]:
    further = None if edits is None else _read_edits(edits)
    oddities.begin()
    with _Named(path, name) as file:
        table = ScenarioTable(file, defaults=defaults, edits=further)
        for finding in table.findings:
            oddities.add(finding)
        for row in table.texts():
            for finding in () if isinstance(row, RowText) else row.findings:
                if finding.severity is Severity.WARNING:
                    oddities.add(finding)
            yield row
        for finding in table.unused_edits():
            oddities.add(finding)
