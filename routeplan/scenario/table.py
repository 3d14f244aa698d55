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
from typing import TYPE_CHECKING, Any, NamedTuple

from routeplan.errors import DataError
from routeplan.network.findings import Finding, Severity, shortened
from routeplan.scenario.changes import read_changes
from routeplan.scenario.columns import COLUMNS, EXPECTATION_COLUMNS, QUESTION_COLUMNS, split_list
from routeplan.scenario.origin import raw_rows, source_name, unreadable
from routeplan.scenario.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from routeplan.scenario.changes import Change
    from routeplan.scenario.edits import Edits
    from routeplan.scenario.text import RawRow

_BY_NAME = {name: c for c in COLUMNS.values() for name in (c.name, *c.synonyms)}
_ASKED = tuple(c.name for c in (*QUESTION_COLUMNS, *EXPECTATION_COLUMNS))
_QUESTION = frozenset(c.name for c in QUESTION_COLUMNS)
_REMEMBERED = 4096


class Expectations(NamedTuple):
    """What a row expects of its first way; None and empty where it expects nothing.

    Parameters
    ----------
    max_days, max_cost_usd, max_co2e_kg
        At most so much: median days, cost, emissions.
    must_via, must_avoid
        Texts of what it must and must not touch, as in `avoid`.
    expect_mode
        Line-haul modes the way must use.
    expect_status
        `ok` or `no_route`.
    """

    max_days: float | None = None
    max_cost_usd: float | None = None
    max_co2e_kg: float | None = None
    must_via: tuple[str, ...] = ()
    must_avoid: tuple[str, ...] = ()
    expect_mode: tuple[str, ...] = ()
    expect_status: str | None = None


NOTHING_EXPECTED = Expectations()


class ScenarioRow(NamedTuple):
    """One scenario.

    Parameters
    ----------
    row
        Line of the file where it starts, from 1; of rows given from Python the header counts as 1.
    scenario_id
        Its name; `row-N` where it has none.
    cells
        Texts of the question by column name, empty ones left out; to be read, not changed.
    changes
        What is different in the network.
    expectations
        What the first way must be.
    findings
        What is wrong with it.
    file
        What findings call the table.
    title
        What a report calls it: its title, else its note, else its id.
    """

    row: int
    scenario_id: str
    cells: Mapping[str, str]
    changes: tuple[Change, ...] = ()
    expectations: Expectations = NOTHING_EXPECTED
    findings: tuple[Finding, ...] = ()
    file: str = ""
    title: str = ""

    @property
    def problems(self) -> tuple[Finding, ...]:
        """The findings that keep it from being asked."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)


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
        self._defaults = {k: v for k, v in (defaults or {}).items() if v}
        header = next(self._raw, None)
        if header is None:
            remedy = "Start it with `routeplan scenarios new`."
            raise unreadable(self.name, "the file is empty", remedy)
        self._places, findings = _read_header(self.name, header)
        self._width = len(header.cells)
        self.columns = tuple(self._places)
        self.findings = tuple(findings)
        self._asked = [(n, self._places[n]) for n in _ASKED if n in self._places]
        self._known: dict[tuple[str, ...], _Asked] = {}
        self._seen = Seen()

    def __iter__(self) -> Iterator[ScenarioRow]:
        """Yield the scenarios in the order of the table."""
        for raw in self._raw:
            yield self._row(raw)

    def unused_edits(self) -> list[Finding]:
        """List the edits of scenarios that were not among the rows read so far."""
        return self._edits.unused() if self._edits is not None else []

    def _row(self, raw: RawRow) -> ScenarioRow:
        cells = raw.cells
        if raw.code or len(cells) != self._width:
            return self._spoilt(raw)
        scenario_id = self._cell(cells, "scenario_id")
        findings: list[Finding] = []
        if not scenario_id:
            scenario_id = f"row-{raw.line}"
        elif not self._seen.add(scenario_id):
            findings.append(self._again(raw.line, scenario_id))
        elif scenario_id.startswith("="):
            findings.append(self._formula(raw.line, "scenario_id", scenario_id))
        key = tuple([cells[place] for _, place in self._asked])
        asked = self._known.get(key)
        if asked is None:
            asked = self._remember(key)
        findings += [self._finding(raw.line, *fault) for fault in asked.faults]
        changes = self._changes(raw.line, scenario_id, self._cell(cells, "changes"), findings)
        return ScenarioRow(
            raw.line,
            scenario_id,
            asked.cells,
            changes,
            asked.expectations,
            tuple(findings),
            self.name,
            self._cell(cells, "title") or self._cell(cells, "note") or scenario_id,
        )

    def _cell(self, cells: Sequence[str], name: str) -> str:
        place = self._places.get(name)
        text = cells[place].strip() if place is not None else ""
        return text or self._defaults.get(name, "")

    def _remember(self, key: tuple[str, ...]) -> _Asked:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        texts = {name: t for (name, _), cell in zip(self._asked, key, strict=True)
                 if (t := cell.strip())}  # fmt: skip
        for name in _ASKED:
            if name in self._defaults:
                texts.setdefault(name, self._defaults[name])
        asked = self._known[key] = _read_asked(texts)
        return asked

    def _changes(
        self, line: int, scenario_id: str, text: str, findings: list[Finding]
    ) -> tuple[Change, ...]:
        reading = read_changes(text) if text and not text.startswith("=") else None
        changes = reading.changes if reading else ()
        if reading is None and text:
            findings.append(self._formula(line, "changes", text))
        for fault in reading.faults if reading else ():
            message = f"{fault.reason} (character {fault.offset} of the cell)"
            findings.append(
                self._finding(line, "S011", "changes", fault.piece, message, fault.remedy)
            )
        if self._edits is not None:
            further = self._edits.take(scenario_id)
            if further:
                changes += further.changes
                findings += further.findings
        return changes

    def _spoilt(self, raw: RawRow) -> ScenarioRow:
        """Make the row of one that cannot be cut into cells; its id is told if it can be."""
        place = self._places.get("scenario_id", len(raw.cells))
        told = raw.cells[place].strip() if place < len(raw.cells) else ""
        scenario_id = told.replace("\0", "") or f"row-{raw.line}"
        scenario_id = scenario_id.encode("utf-8", "replace").decode()
        if raw.code:
            finding = self._finding(raw.line, raw.code, "", "", raw.reason, raw.remedy)
        else:
            reason = f"{len(raw.cells)} cells where the header has {self._width}"
            remedy = "Look for a missing or a surplus separator, or put the cell in quotes."
            finding = self._finding(raw.line, "S004", "", "", reason, remedy)
        return ScenarioRow(raw.line, scenario_id, {}, findings=(finding,), file=self.name)

    def _finding(
        self, line: int, code: str, name: str, value: str, reason: str, remedy: str
    ) -> Finding:
        return Finding(
            code, Severity.ERROR, self.name, line, 0, name, shortened(value), reason, remedy
        )

    def _formula(self, line: int, name: str, value: str) -> Finding:
        return self._finding(line, "S008", name, value, *_FORMULA)

    def _again(self, line: int, scenario_id: str) -> Finding:
        return Finding(
            "S010", Severity.WARNING, self.name, line, 0, "scenario_id", shortened(scenario_id),
            "an earlier row has this id", "Give every row an id of its own.",
        )  # fmt: skip


_FORMULA = ("a formula, not a value", "Save the table with values instead of formulas.")


class _Asked(NamedTuple):
    """Question and expectations of rows with the same cells; faults without file and line."""

    cells: dict[str, str]
    expectations: Expectations
    faults: tuple[tuple[str, str, str, str, str], ...]


def _read_asked(texts: Mapping[str, str]) -> _Asked:
    faults = []
    values: dict[str, Any] = {}
    for name, text in texts.items():
        check = COLUMNS[name].check
        if text.startswith("="):
            faults.append(("S008", name, text, *_FORMULA))
            continue
        try:
            values[name] = check(text) if check else text
        except ValueError as error:
            faults.append(("S007", name, text, str(error), ""))
    for name in ("origin", "destination"):
        if name not in texts:
            remedy = f"Fill the column, or give --{'from' if name == 'origin' else 'to'}."
            faults.append(("S009", name, "", "no place is given", remedy))
    cells = {name: text for name, text in texts.items() if name in _QUESTION}
    return _Asked(cells, _read_expectations(texts, values), tuple(faults))


def _read_expectations(texts: Mapping[str, str], values: Mapping[str, Any]) -> Expectations:
    found = {c.name: values[c.name] for c in EXPECTATION_COLUMNS if c.name in values}
    for name in ("must_via", "must_avoid", "expect_mode"):
        if name in found:
            found[name] = split_list(texts[name].lower() if name == "expect_mode" else texts[name])
    return Expectations(**found) if found else NOTHING_EXPECTED


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
