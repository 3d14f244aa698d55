"""The cells of a scenario's row -> what they mean.

Rows travel as text and are read where they are answered: a table is then not read by one process
while the others wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from routeplan.network.findings import Finding, Severity, Told
from routeplan.scenario.changes import read_changes
from routeplan.scenario.columns import COLUMNS, EXPECTATION_COLUMNS, QUESTION_COLUMNS, split_list

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from routeplan.scenario.changes import Change
    from routeplan.scenario.edits import Further

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


class RowText(NamedTuple):
    """A row before its cells were read; nothing was odd about it so far.

    Parameters
    ----------
    row, scenario_id
        As of the scenario.
    cells
        Texts, as many as the table has columns.
    form
        Reads them.
    """

    row: int
    scenario_id: str
    cells: Sequence[str]
    form: RowForm


class RowForm:
    """Reads the cells of a table's rows. Equal forms read equally, in whichever process.

    Parameters
    ----------
    name
        What findings call the table.
    places
        Column -> place among the cells.
    defaults
        Texts by column for rows that leave it empty.
    """

    def __init__(self, name: str, places: Mapping[str, int], defaults: Mapping[str, str]) -> None:
        self.name = name
        self.places = dict(places)
        self.defaults = dict(defaults)
        self._asked = [(n, places[n]) for n in _ASKED if n in places]
        self._known: dict[tuple[str, ...], _Asked] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle without what is remembered."""
        return RowForm, (self.name, self.places, self.defaults)

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for equal forms."""
        return self.name, tuple(self.places.items()), tuple(self.defaults.items())

    def asked_cells(self, cells: Sequence[str]) -> tuple[str, ...]:
        """Return the cells of the question and the expectations: equal ones ask the same."""
        return tuple([cells[place] for _, place in self._asked])

    def cell(self, cells: Sequence[str], name: str) -> str:
        """Return the text of a column."""
        place = self.places.get(name)
        text = cells[place].strip() if place is not None else ""
        return text or self.defaults.get(name, "")

    def read(
        self,
        line: int,
        scenario_id: str,
        cells: Sequence[str],
        findings: Sequence[Finding] = (),
        further: Further | None = None,
    ) -> ScenarioRow:
        """Read a row.

        Parameters
        ----------
        line, scenario_id, cells
            As of `RowText`.
        findings
            What is wrong with it already.
        further
            Edits that belong to it.
        """
        asked = self._read_asked(self.asked_cells(cells))
        found = [*findings, *(told.at(self.name, line, code) for code, told in asked.faults)]
        changes = self._read_changes(line, self.cell(cells, "changes"), found)
        if further:
            changes += further.changes
            found += further.findings
        return ScenarioRow(
            line,
            scenario_id,
            asked.cells,
            changes,
            asked.expectations,
            tuple(found),
            self.name,
            self.cell(cells, "title") or self.cell(cells, "note") or scenario_id,
        )

    def formula(self, line: int, name: str, value: str) -> Finding:
        """Say that a cell holds a formula."""
        return Told(name, value, *_FORMULA).at(self.name, line, "S008")

    def _read_asked(self, key: tuple[str, ...]) -> _Asked:
        known = self._known.get(key)
        if known is not None:
            return known
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        texts = {name: t for (name, _), cell in zip(self._asked, key, strict=True)
                 if (t := cell.strip())}  # fmt: skip
        for name in _ASKED:
            if name in self.defaults:
                texts.setdefault(name, self.defaults[name])
        asked = self._known[key] = _read_asked(texts)
        return asked

    def _read_changes(self, line: int, text: str, findings: list[Finding]) -> tuple[Change, ...]:
        if text.startswith("="):
            findings.append(self.formula(line, "changes", text))
            return ()
        reading = read_changes(text) if text else None
        for fault in reading.faults if reading else ():
            message = f"{fault.reason} (character {fault.offset} of the cell)"
            told = Told("changes", fault.piece, message, fault.remedy)
            findings.append(told.at(self.name, line, "S011"))
        return reading.changes if reading else ()


_FORMULA = ("a formula, not a value", "Save the table with values instead of formulas.")


def read_row(row: ScenarioRow | RowText) -> ScenarioRow:
    """Read a row if it is still text."""
    if isinstance(row, RowText):
        return row.form.read(row.row, row.scenario_id, row.cells)
    return row


class _Asked(NamedTuple):
    """Question and expectations of rows with the same cells, and the code and text of faults."""

    cells: dict[str, str]
    expectations: Expectations
    faults: tuple[tuple[str, Told], ...]


def _read_asked(texts: Mapping[str, str]) -> _Asked:
    faults: list[tuple[str, Told]] = []
    values: dict[str, Any] = {}
    for name, text in texts.items():
        check = COLUMNS[name].check
        if text.startswith("="):
            faults.append(("S008", Told(name, text, *_FORMULA)))
            continue
        try:
            values[name] = check(text) if check else text
        except ValueError as error:
            faults.append(("S007", Told(name, text, str(error))))
    for name in ("origin", "destination"):
        if name not in texts:
            remedy = f"Fill the column, or give --{'from' if name == 'origin' else 'to'}."
            faults.append(("S009", Told(name, "", "no place is given", remedy)))
    cells = {name: text for name, text in texts.items() if name in _QUESTION}
    return _Asked(cells, _read_expectations(texts, values), tuple(faults))


def _read_expectations(texts: Mapping[str, str], values: Mapping[str, Any]) -> Expectations:
    found = {c.name: values[c.name] for c in EXPECTATION_COLUMNS if c.name in values}
    for name in ("must_via", "must_avoid", "expect_mode"):
        if name in found:
            found[name] = split_list(texts[name].lower() if name == "expect_mode" else texts[name])
    return Expectations(**found) if found else NOTHING_EXPECTED
