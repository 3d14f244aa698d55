"""Changes in long form: a table with one change a row, beside the table of scenarios.

scenario_id,target,attribute,op,value,note,author
poti-shut,node:ge-poti-port,close,,,storm week,AB
alat-slow,node:az-alat-port&mode:sea-rail,wait_h,*=,2,,AB
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from routeplan.errors import DataError
from routeplan.network.findings import Finding, Severity, Told, shortened
from routeplan.scenario.changes import VERBS, Change, read_piece
from routeplan.scenario.origin import raw_rows, source_name, unreadable

if TYPE_CHECKING:
    from routeplan.scenario.text import RawRow

EDIT_COLUMNS = {
    "scenario_id": "the scenario it belongs to",
    "target": "a selector, such as edge:sea-aktau-alat",
    "attribute": "a column of edges.csv, cost, co2e, capacity; or close, open",
    "op": "=, +=, -=, *= or /=; = if empty",
    "value": "empty for close and open",
    "note": "for readers; not used",
    "author": "for readers; not used",
}
"""Column -> meaning."""

_NEEDED = ("scenario_id", "target", "attribute")
_OPS = {"": "=", "set": "=", "+": "+=", "-": "-=", "*": "*=", "/": "/="}


class Further(NamedTuple):
    """The edits of one scenario, and what is wrong with them."""

    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()


class Edits:
    """The edits of a table by scenario id.

    Parameters
    ----------
    name
        What findings call the table.
    by_id
        What each scenario has, in the table's order.
    lines
        The line of each scenario's first edit.
    """

    def __init__(self, name: str, by_id: dict[str, Further], lines: dict[str, int]) -> None:
        self.name = name
        self._by_id = by_id
        self._lines = lines
        self._taken: set[str] = set()

    def take(self, scenario_id: str) -> Further | None:
        """Return what a scenario has, if it has any."""
        found = self._by_id.get(scenario_id)
        if found is not None:
            self._taken.add(scenario_id)
        return found

    def unused(self) -> list[Finding]:
        """List the edits whose scenario was not among the rows read so far."""
        return [
            Finding("S014", Severity.ERROR, self.name, self._lines[scenario_id], 0, "scenario_id",
                    shortened(scenario_id), "no scenario has this id", "Look for a slip.")
            for scenario_id in self._by_id
            if scenario_id not in self._taken
        ]  # fmt: skip


def read_edits(source: Any) -> Edits:  # noqa: ANN401 - see `origin.raw_rows`
    """Read a table of edits; a faulty one becomes a finding of its scenario.

    Parameters
    ----------
    source
        As for a table of scenarios.

    Raises
    ------
    DataError
        If it cannot be read, a column is missing, or a row cannot be cut into cells or has no id.
    """
    name = source_name(source)
    rows = raw_rows(source)
    header = next(rows, None)
    if header is None:
        raise unreadable(name, "the file is empty", f"It needs {', '.join(_NEEDED)}, op, value.")
    places = _read_header(name, header)
    changes: dict[str, list[Change]] = {}
    findings: dict[str, list[Finding]] = {}
    lines: dict[str, int] = {}
    spoilt: list[Finding] = []
    for raw in rows:
        if fault := _spoilt(name, raw, len(header.cells), places):
            spoilt.append(fault)
            continue
        cells = {column: raw.cells[place].strip() for column, place in places.items()}
        scenario_id = cells["scenario_id"]
        lines.setdefault(scenario_id, raw.line)
        read = _read_edit(name, raw.line, cells)
        if isinstance(read, Change):
            changes.setdefault(scenario_id, []).append(read)
        else:
            findings.setdefault(scenario_id, []).append(read)
    if spoilt:
        raise DataError(spoilt)
    by_id = {i: Further(tuple(changes.get(i, ())), tuple(findings.get(i, ()))) for i in lines}
    return Edits(name, by_id, lines)


def _read_header(name: str, header: RawRow) -> dict[str, int]:
    places: dict[str, int] = {}
    faults = []
    for place, raw in enumerate(header.cells):
        text = raw.strip().lstrip("\ufeff").lower()
        if text in EDIT_COLUMNS and text not in places:
            places[text] = place
        elif text:
            close = get_close_matches(text, [c for c in EDIT_COLUMNS if c not in places], 1)
            remedy = f"Did you mean {close[0]}?" if close else "Remove it."
            reason = "this column stands twice" if text in places else "unknown column"
            faults.append(Told(shortened(text), "", reason, remedy).at(name, header.line, "S005"))
    faults += [
        Told(column, "", "this column is missing", "Add it.").at(name, header.line, "S005")
        for column in _NEEDED
        if column not in places
    ]
    if faults:
        raise DataError(faults)
    return places


def _spoilt(name: str, raw: RawRow, width: int, places: dict[str, int]) -> Finding | None:
    if raw.code:
        return Told(message=raw.reason, remedy=raw.remedy).at(name, raw.line, raw.code)
    if len(raw.cells) != width:
        reason = f"{len(raw.cells)} cells where the header has {width}"
        remedy = "Look for a missing separator."
        return Told(message=reason, remedy=remedy).at(name, raw.line, "S004")
    if not raw.cells[places["scenario_id"]].strip():
        told = Told("scenario_id", "", "empty", "Name the scenario.")
        return told.at(name, raw.line, "S009")
    return None


def _read_edit(name: str, line: int, cells: dict[str, str]) -> Change | Finding:
    """Write the row as a piece of the changes language and read that."""
    target, attribute = cells["target"], cells["attribute"]
    op, value = cells.get("op", ""), cells.get("value", "")
    verb = next((v for v in (attribute.lower(), op.lower()) if v in VERBS), None)
    if ";" in target:
        told = Told("target", target, "a ; stands in it", "One row holds one change.")
        return told.at(name, line, "S011")
    op = _OPS.get(op.lower(), op)
    if verb:
        piece = f"{verb} {target}"
    elif op not in ("=", "+=", "-=", "*=", "/="):
        remedy = "Write =, +=, -=, *= or /=."
        return Told("op", op, "unknown operation", remedy).at(name, line, "S011")
    else:
        piece = f"{target} {attribute}{op}{value}"
    read = read_piece(piece)
    if isinstance(read, Change):
        return read
    return Told("", read.piece, read.reason, read.remedy).at(name, line, "S011")
