"""A row of a scenario table and a network -> a request, or what keeps the row from being asked."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from routeplan.errors import DataError, RequestError
from routeplan.network.findings import Finding, Severity, shortened
from routeplan.places.avoidance import read_avoidance
from routeplan.places.index import PlaceIndex
from routeplan.places.match import Place
from routeplan.places.question import Question, read_policy_name, read_question
from routeplan.scenario.apply import Editor
from routeplan.scenario.columns import is_yes, read_count, split_list
from routeplan.scenario.request import Avoidance
from routeplan.scenario.shipment import read_shipment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from routeplan.network.model import Network
    from routeplan.scenario.form import ScenarioRow
    from routeplan.scenario.request import RouteRequest
    from routeplan.scenario.table import ScenarioTable

_REMEMBERED = 4096
_LISTED = 10_000


class Must(NamedTuple):
    """What the first way of a row must touch, each of it, and must touch nothing of.

    Both are in the order of the row's texts; of a city any terminal counts.
    """

    via: tuple[Avoidance, ...] = ()
    avoid: tuple[Avoidance, ...] = ()


class RowFaultsError(RequestError):
    """A row that cannot be asked; carries every finding."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(finding.one_line() for finding in findings))
        self.findings = findings


class RowReader:
    """Resolves the rows of a scenario table against one network.

    What was read once is remembered: rows that ask the same share a request.

    Parameters
    ----------
    network
        The facts without any scenario's changes.

    Attributes
    ----------
    editor
        Applies changes to that network.
    """

    def __init__(self, network: Network) -> None:
        self.editor = Editor(network)
        self._network = network
        self._index = PlaceIndex(network)
        self._request = lru_cache(maxsize=_REMEMBERED)(self._read_request)
        self._must = lru_cache(maxsize=_REMEMBERED)(self._read_must)

    def request(self, row: ScenarioRow) -> RouteRequest:
        """Return the request of a row, its changes apart.

        Raises
        ------
        RowFaultsError
            If the row has problems of its own or names what this network does not have.
        """
        if row.problems:
            raise RowFaultsError(row.problems)
        found = self._request(tuple(row.cells.items()))
        if isinstance(found, tuple):
            raise RowFaultsError(_findings(row, "S013", found))
        return found

    def must(self, row: ScenarioRow) -> Must:
        """Return what the row expects its first way to touch and to avoid.

        Raises
        ------
        RowFaultsError
            If a place or an edge it names is not in this network.
        """
        if not row.expectations.must_via and not row.expectations.must_avoid:
            return _NOTHING
        found = self._must(row.expectations.must_via, row.expectations.must_avoid)
        if not isinstance(found, Must):
            raise RowFaultsError(_findings(row, "S013", found))
        return found

    def check(self, row: ScenarioRow) -> tuple[Finding, ...]:
        """List all that is wrong with a row: its own findings, its question, its changes."""
        found = list(row.findings)
        if row.problems:
            wrong = {finding.field for finding in row.problems}
            told = tuple(t for t in self._diagnosis(dict(row.cells)) if t.column not in wrong)
            found += _findings(row, "S013", told)
        else:
            found += self._unresolved(row)
        faults = self.editor.find_faults(row.changes)
        found += _findings(
            row,
            "S012",
            tuple(
                _Told("changes", f.piece, f"{f.reason} (character {f.offset})", f.remedy)
                for f in faults
            ),
        )
        return tuple(found)

    def _unresolved(self, row: ScenarioRow) -> Iterator[Finding]:
        for read in (self.request, self.must):
            try:
                read(row)
            except RowFaultsError as error:
                yield from error.findings

    def _read_request(self, cells: tuple[tuple[str, str], ...]) -> RouteRequest | tuple[_Told, ...]:
        texts = dict(cells)
        try:
            return read_question(self._network, self._question(texts), self._index)
        except (RequestError, DataError) as error:
            single = tuple(self._diagnosis(texts))
            return single or (_Told("", "", _reason(error)),)

    def _question(self, texts: dict[str, str]) -> Question:
        values: dict[str, Any] = dict(texts)
        if "via" in texts:
            values["via"] = self._places(texts["via"])
        for name, read in _READ.items():
            if name in texts:
                values[name] = read(texts[name])
        return Question(**values)

    def _places(self, text: str) -> tuple[str, ...]:
        """Split at commas, unless the whole is one place such as `Khorgos, KZ`."""
        try:
            self._index.resolve(text)
        except RequestError:
            return split_list(text)
        return (text,)

    def _diagnosis(self, texts: dict[str, str]) -> Iterator[_Told]:
        """Read each cell by itself and tell which ones cannot be."""
        network, index = self._network, self._index
        readers: dict[str, Callable[[str], object]] = {
            "origin": self._end,
            "destination": self._end,
            "via": lambda text: [self._end(place) for place in self._places(text)],
            "avoid": lambda text: read_avoidance(network, index, (text,)),
            "cargo": lambda text: read_shipment(network, cargo=text),
            "load": lambda text: read_shipment(network, load=text),
            "policy": lambda text: read_policy_name(network, text),
        }
        for name, read in readers.items():
            if name in texts:
                try:
                    read(texts[name])
                except (RequestError, DataError) as error:
                    yield _Told(name, texts[name], _reason(error))

    def _end(self, text: str) -> object:
        """Refuse a place that cannot be told, or that no truck joins to the network."""
        found = self._index.resolve(text)
        return self._index.doors.door(found) if isinstance(found, Place) else found

    def _read_must(self, via: tuple[str, ...], avoid: tuple[str, ...]) -> Must | tuple[_Told, ...]:
        told: list[_Told] = []
        found: dict[str, list[Avoidance]] = {"must_via": [], "must_avoid": []}
        for column, texts in (("must_via", via), ("must_avoid", avoid)):
            for text in texts:
                try:
                    what = read_avoidance(self._network, self._index, (text,))
                except RequestError as error:
                    told.append(_Told(column, text, _reason(error)))
                else:
                    found[column].append(what)
        return tuple(told) or Must(tuple(found["must_via"]), tuple(found["must_avoid"]))


class Checked(NamedTuple):
    """What checking a table came to.

    `findings` holds the first ten thousand; `errors` and `warnings` count all of them.
    """

    rows: int
    findings: list[Finding]
    errors: int
    warnings: int


def check_table(network: Network, table: ScenarioTable) -> Checked:
    """Check a table of scenarios to its end: its header, its rows and its edits."""
    reader = RowReader(network)
    kept: list[Finding] = []
    rows = errors = warnings = 0

    def found() -> Iterator[Finding]:
        nonlocal rows
        yield from table.findings
        for row in table:
            rows += 1
            yield from reader.check(row)
        yield from table.unused_edits()
        if not rows:
            reason, remedy = "it holds no scenario", "Write one below the header."
            yield Finding("S001", Severity.WARNING, table.name, 0, 0, "", "", reason, remedy)

    for finding in found():
        if finding.severity is Severity.ERROR:
            errors += 1
        else:
            warnings += 1
        if len(kept) < _LISTED:
            kept.append(finding)
    return Checked(rows, kept, errors, warnings)


class _Told(NamedTuple):
    """What is wrong with a cell, before it is known in which row it stands."""

    column: str
    value: str
    reason: str
    remedy: str = ""


_NOTHING = Must()
_READ: dict[str, Callable[[str], object]] = {
    "avoid": lambda text: (text,),
    "allow": split_list,
    "value_usd": float,
    "include_planned": is_yes,
    "k": read_count,
}


def _reason(error: RequestError | DataError) -> str:
    return "; ".join(str(error).split("\n")).removeprefix("--avoid: ").rstrip(".")


def _findings(row: ScenarioRow, code: str, told: tuple[_Told, ...]) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            code, Severity.ERROR, row.file, row.row, 0, t.column, shortened(t.value), t.reason,
            t.remedy,
        )
        for t in told
    )  # fmt: skip
