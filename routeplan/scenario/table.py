"""A table of scenarios -> one row of meaning for each of its rows, however it was written.

A row that cannot be asked does not stop the others: it comes with its findings. Only a table whose
columns cannot be told is refused as a whole.

Codes of findings: S001 the source cannot be read; S002 bytes that are no text; S003 quotation
marks; S004 cells that do not fit the header; S005 unknown column; S006 a column twice; S007 a value
its column cannot hold; S008 a formula; S009 a place is missing; S010 an id that came before; S011
changes that cannot be read; S012 changes that cannot be applied; S013 a question that cannot be
asked; S014 an edit of no scenario.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from routeplan.errors import DataError
from routeplan.network.findings import Finding, Severity, Told, shortened
from routeplan.scenario.columns import COLUMNS
from routeplan.scenario.form import RowForm, RowText, ScenarioRow
from routeplan.scenario.origin import raw_rows, source_name, unreadable
from routeplan.scenario.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from routeplan.scenario.edits import Edits
    from routeplan.scenario.text import RawRow

_BY_NAME = {name: c for c in COLUMNS.values() for name in (c.name, *c.synonyms)}


class ScenarioTable:
    """The rows of a table, to be read once from first to last; memory does not grow with them.

    Parameters
    ----------
    source
        A path, `-` for standard input, a binary stream, mappings, or a data frame.
    defaults
        Texts by column for rows that leave it empty: origin and destination of all rows, say.
    edits
        Further changes by scenario id, from a second table.

    Attributes
    ----------
    name
        What findings call the table.
    columns
        Names of the columns present, in order.
    findings
        Warnings about the header.
    form
        Reads the cells of its rows.

    Raises
    ------
    DataError
        If there is no header, or it has a column twice or one that looks like a slip of the pen:
        a limit that is not read would give wrong answers in every row.
    """

    def __init__(
        self,
        source: Any,  # noqa: ANN401 - see `origin.raw_rows`
        *,
        defaults: Mapping[str, str] | None = None,
        edits: Edits | None = None,
    ) -> None:
        self.name = source_name(source)
        self._raw = raw_rows(source)
        self._edits = edits
        header = next(self._raw, None)
        if header is None:
            remedy = "Start it with `routeplan scenarios new`."
            raise unreadable(self.name, "the file is empty", remedy)
        places, findings = _read_header(self.name, header)
        filled = {k: v for k, v in (defaults or {}).items() if v}
        self.form = RowForm(self.name, places, filled)
        self._width = len(header.cells)
        self.columns = tuple(places)
        self.findings = tuple(findings)
        self._seen = Seen()

    def __iter__(self) -> Iterator[ScenarioRow]:
        """Yield the scenarios in the order of the table."""
        for raw in self._raw:
            row = self._row(raw)
            assert isinstance(row, ScenarioRow)  # noqa: S101 - only `texts` leaves them unread
            yield row

    def unused_edits(self) -> list[Finding]:
        """List the edits of scenarios that were not among the rows read so far."""
        return self._edits.unused() if self._edits is not None else []

    def texts(self) -> Iterator[ScenarioRow | RowText]:
        """Yield the scenarios unread where they can be, to be read where they are answered."""
        for raw in self._raw:
            yield self._row(raw, unread=self._edits is None)

    def _row(self, raw: RawRow, *, unread: bool = False) -> ScenarioRow | RowText:
        cells = raw.cells
        if raw.code or len(cells) != self._width:
            return self._spoilt(raw)
        scenario_id = self.form.cell(cells, "scenario_id")
        findings: list[Finding] = []
        if not scenario_id:
            scenario_id = f"row-{raw.line}"
        elif not self._seen.add(scenario_id):
            findings.append(self._again(raw.line, scenario_id))
        elif scenario_id.startswith("="):
            findings.append(self.form.formula(raw.line, "scenario_id", scenario_id))
        if unread and not findings:
            return RowText(raw.line, scenario_id, cells, self.form)
        further = self._edits.take(scenario_id) if self._edits is not None else None
        return self.form.read(raw.line, scenario_id, cells, findings, further)

    def _spoilt(self, raw: RawRow) -> ScenarioRow:
        """Make the row of one that cannot be cut into cells; its id is told if it can be."""
        place = self.form.places.get("scenario_id", len(raw.cells))
        told = raw.cells[place].strip() if place < len(raw.cells) else ""
        scenario_id = told.replace("\0", "") or f"row-{raw.line}"
        scenario_id = scenario_id.encode("utf-8", "replace").decode()
        if raw.code:
            code, fault = raw.code, Told(message=raw.reason, remedy=raw.remedy)
        else:
            reason = f"{len(raw.cells)} cells where the header has {self._width}"
            remedy = "Look for a missing or a surplus separator, or put the cell in quotes."
            code, fault = "S004", Told(message=reason, remedy=remedy)
        finding = fault.at(self.name, raw.line, code)
        return ScenarioRow(raw.line, scenario_id, {}, findings=(finding,), file=self.name)

    def _again(self, line: int, scenario_id: str) -> Finding:
        return Finding(
            "S010", Severity.WARNING, self.name, line, 0, "scenario_id", shortened(scenario_id),
            "an earlier row has this id", "Give every row an id of its own.",
        )  # fmt: skip


def _read_header(name: str, header: RawRow) -> tuple[dict[str, int], list[Finding]]:
    """Match the header with the columns; refuse it where that cannot be done safely."""
    if header.code:
        raise unreadable(name, header.reason, header.remedy)
    places: dict[str, int] = {}
    findings: list[Finding] = []
    for place, raw in enumerate(header.cells):
        text = raw.strip().lstrip("\ufeff")
        column = _BY_NAME.get(text.lower())
        if column is None:
            if text:
                findings.append(_unknown_column(name, header.line, text))
        elif column.name in places:
            reason = "this column stands twice, perhaps under two of its names"
            findings.append(
                Finding("S006", Severity.ERROR, name, header.line, 0, column.name,
                        shortened(text), reason, "Remove one of them.")
            )  # fmt: skip
        else:
            places[column.name] = place
    if not places:
        known = ", ".join(COLUMNS)
        raise unreadable(name, "its first line names no known column", f"Known are {known}.")
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise DataError(findings)
    return places, findings


def _unknown_column(name: str, line: int, text: str) -> Finding:
    close = get_close_matches(text.lower()[:80], list(_BY_NAME), 1, cutoff=0.75)
    harmless = not close or _BY_NAME[close[0]].name == "note"
    severity = Severity.WARNING if harmless else Severity.ERROR
    remedy = "It is not read." if harmless else f"Did you mean {close[0]}?"
    shown = shortened(text)
    return Finding("S005", severity, name, line, 0, shown, "", "unknown column", remedy)
