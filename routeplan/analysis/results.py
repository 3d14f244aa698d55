"""Results of a batch, read back for a report: first answers, and what became of them.

Codes of findings: B001 the file cannot be read; B002 a column is missing; B003 a value its column
cannot hold.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from routeplan.errors import DataError, RequestError
from routeplan.network.findings import Finding, Told
from routeplan.scenario.table_rows import form_of_results, table_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_NEEDED = ("scenario_id", "status", "time_h_p50", "cost_usd")
_TEXTS = (
    "scenario_id",
    "status",
    "origin",
    "destination",
    "expectations",
    "failed",
    "error",
    "way",
)
_NUMBERS = ("rank", "time_h_p50", "cost_usd", "co2e_kg")
_DELTAS = {
    "time_h": ("delta_time_h_p50", "delta_time_h"),
    "cost_usd": ("delta_cost_usd",),
    "co2e_kg": ("delta_co2e_kg",),
}
"""Number -> columns that hold its difference, the first one present is read."""
_LISTED = 1000
_LONGEST_CELL = 1 << 30


class Result(NamedTuple):
    """The first answer of one scenario, or why there is none.

    Parameters
    ----------
    scenario_id, status, origin, destination
        As in the file; the status is `ok`, `no_route`, `bad_row` or `error`.
    time_h, cost_usd, co2e_kg
        Median time, cost and emissions; None without an answer.
    delta_time_h, delta_cost_usd, delta_co2e_kg
        Less those of the same question without changes; None where the file has none.
    expectations, failed
        `ok`, `failed` or empty, and which failed.
    error
        Why there is no answer.
    way
        In one line.
    """

    scenario_id: str
    status: str
    origin: str = ""
    destination: str = ""
    time_h: float | None = None
    cost_usd: float | None = None
    co2e_kg: float | None = None
    delta_time_h: float | None = None
    delta_cost_usd: float | None = None
    delta_co2e_kg: float | None = None
    expectations: str = ""
    failed: str = ""
    error: str = ""
    way: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether there is a way with a time and a price."""
        return self.status == "ok" and self.time_h is not None and self.cost_usd is not None

    @property
    def effect(self) -> float:
        """How much its time and its cost differ from the unchanged question, as shares added."""
        return _share(self.delta_time_h, self.time_h) + _share(self.delta_cost_usd, self.cost_usd)


class Moved(NamedTuple):
    """A scenario whose answer differs from an earlier one; `before` or `now` None if it lacks."""

    before: Result | None
    now: Result | None

    @property
    def effect(self) -> float:
        """How much time and cost differ, as shares added; infinite if an answer came or went."""
        before, now = self.before, self.now
        if before is None or now is None or before.is_answered != now.is_answered:
            return math.inf
        if not before.is_answered:
            return 0.0
        return _rise(before.time_h, now.time_h) + _rise(before.cost_usd, now.cost_usd)


def read_results(path: Path) -> list[Result]:
    """Read the first answer of every scenario.

    Parameters
    ----------
    path
        As `routeplan batch` writes them: CSV, TSV or JSON lines, each plain or with `.gz`, or
        Parquet, SQLite or Excel.

    Raises
    ------
    RequestError
        If the file's name is of another form.
    DataError
        If it cannot be read, lacks a column or has a value that is no number; with every finding.
    """
    findings: list[Finding] = []
    found: list[Result] = []
    try:
        for line, row in _rows(path):
            result = _result(path, line, row, findings)
            if result is not None:
                found.append(result)
    except (OSError, EOFError, UnicodeDecodeError, csv.Error, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        findings.append(Told(message=f"cannot be read: {reason}").at(str(path), 0, "B001"))
    if findings:
        raise DataError(findings[:_LISTED])
    if not found:
        raise RequestError(f"{path} holds no result. Run `routeplan batch` again.")
    return found


def compare_results(before: Iterable[Result], now: Iterable[Result]) -> list[Moved]:
    """Match results by scenario; the largest difference first, what is the same is left out."""
    old = {result.scenario_id: result for result in before}
    moved = [Moved(old.pop(result.scenario_id, None), result) for result in now]
    moved += [Moved(result, None) for result in old.values()]
    return sorted((m for m in moved if m.effect > 0), key=lambda m: -m.effect)


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Read the rows of a file with their lines; of a table that is no text, the row's number."""
    form = form_of_results(path, "--results")
    if form == "table":
        for number, row in enumerate(table_rows(path), 2):
            if number == 2:
                _check_columns(path, list(row))
            yield number, row
        return
    with _opened(path) as file:
        if form == "jsonl":
            yield from _json_rows(file)
        else:
            yield from _csv_rows(path, file, "," if form == "csv" else "\t")


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    packed = path.name.lower().endswith(".gz")
    with gzip.open(path, "rb") if packed else path.open("rb") as raw:
        yield io.TextIOWrapper(raw, "utf-8-sig", newline="")


def _csv_rows(path: Path, file: IO[str], delimiter: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        reader = csv.DictReader(file, strict=True, delimiter=delimiter)
        _check_columns(path, reader.fieldnames or ())
        start = reader.line_num + 1
        for row in reader:
            yield start, row
            start = reader.line_num + 1
    finally:
        csv.field_size_limit(before)  # it is one for the whole process


def _json_rows(file: IO[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for line, text in enumerate(file, 1):
        row = json.loads(text)
        if not isinstance(row, dict):
            message = f"line {line} is no object"
            raise ValueError(message)  # noqa: TRY004 - as for any text that is not JSON lines
        yield line, row


def _check_columns(path: Path, names: Sequence[str]) -> None:
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        remedy = "Results of `routeplan batch` have it."
        raise DataError(
            [
                Told(name, "", "this column is missing", remedy).at(str(path), 1, "B002")
                for name in missing
            ]
        )


def _result(
    path: Path, line: int, row: Mapping[str, Any], findings: list[Finding]
) -> Result | None:
    """Read one row; None for a second answer of a scenario, or a row with findings."""
    values: dict[str, float | None] = {}
    for name in (*_NUMBERS, *(name for names in _DELTAS.values() for name in names)):
        try:
            values[name] = _number(row.get(name))
        except ValueError:
            told = Told(name, str(row.get(name)), "no number")
            findings.append(told.at(str(path), line, "B003"))
            return None
    if (values["rank"] or 1) != 1:
        return None
    texts = {name: str(row.get(name) or "") for name in _TEXTS}
    return Result(
        scenario_id=texts["scenario_id"],
        status=texts["status"],
        origin=texts["origin"],
        destination=texts["destination"],
        time_h=values["time_h_p50"],
        cost_usd=values["cost_usd"],
        co2e_kg=values["co2e_kg"],
        delta_time_h=_delta(values, "time_h"),
        delta_cost_usd=_delta(values, "cost_usd"),
        delta_co2e_kg=_delta(values, "co2e_kg"),
        expectations=texts["expectations"],
        failed=texts["failed"],
        error=texts["error"],
        way=texts["way"],
    )


def _delta(values: Mapping[str, float | None], name: str) -> float | None:
    return next((values[n] for n in _DELTAS[name] if values[n] is not None), None)


def _number(value: object) -> float | None:
    if value is None or value == "":
        return None
    number = float(str(value))
    if not math.isfinite(number):
        message = "not finite"
        raise ValueError(message)
    return number


def _share(delta: float | None, now: float | None) -> float:
    """Return a difference as a share of what it was."""
    if delta is None or now is None:
        return 0.0
    return abs(delta) / (now - delta) if now > delta else math.inf


def _rise(before: float | None, now: float | None) -> float:
    if before is None or now is None or before == now:
        return 0.0
    return abs(now - before) / before if before else math.inf
