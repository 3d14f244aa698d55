"""Results held against earlier ones: what became worse, better, went missing or is new."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import IO, TYPE_CHECKING, Any

from routeplan.batch.columns import COLUMN_NAMES, RowStatus, read_rows
from routeplan.errors import RequestError
from routeplan.scenario.table_rows import form_of_results, table_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from routeplan.batch.columns import Row

    Key = tuple[str, int]

_NEEDED = ("scenario_id", "rank", "status")
_GRAIN = 1e-9

METRICS = {"time": "time_h_p50", "cost": "cost_usd", "co2e": "co2e_kg"}
"""Name in `--tolerance` -> result column."""

_TOLERANCE = re.compile(r"(\w+)\s*=\s*(\d+(?:\.\d*)?|\.\d+)\s*(%?)")


class Change(StrEnum):
    """How a result differs from the earlier one."""

    WORSE = "worse"
    BETTER = "better"
    MISSING = "missing"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much more a number may be before it counts as worse; so much less counts as better.

    Parameters
    ----------
    name
        A name of METRICS.
    amount
        A share, or an amount in the column's unit.
    relative
        Whether it is a share.
    """

    name: str
    amount: float
    relative: bool

    @property
    def column(self) -> str:
        """The result column it is about."""
        return METRICS[self.name]

    def allowed(self, before: float) -> float:
        """Return the difference that is accepted."""
        return abs(before) * self.amount if self.relative else self.amount

    def __str__(self) -> str:
        return f"{self.amount * 100:g} %" if self.relative else f"{self.amount:g}"


EXACT = tuple(Tolerance(name, 0.0, relative=True) for name in METRICS)
"""What holds if nothing is asked for: no difference at all."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A result beside the earlier one.

    Parameters
    ----------
    scenario_id, rank
        Which result; rank 0 where there was no answer.
    row
        Line of the input; 0 where the scenario is no longer there.
    change
        None if it is the same within the tolerance.
    text
        What differs, for people; empty if nothing does.
    share
        By what share the worst number rose; for sorting.
    """

    scenario_id: str
    rank: int
    row: int
    change: Change | None
    text: str = ""
    share: float = 0.0

    @property
    def title(self) -> str:
        """The scenario, and which answer if it is not the first."""
        return f"{self.scenario_id} (answer {self.rank})" if self.rank > 1 else self.scenario_id

    @property
    def is_regression(self) -> bool:
        """Whether a build should fail: worse, or a scenario that is gone."""
        first = self.rank <= 1
        return self.change is Change.WORSE or (self.change is Change.MISSING and first)


def read_tolerances(text: str) -> tuple[Tolerance, ...]:
    """Read tolerances such as `cost=2%,time=5%` or `time=12`.

    Only what is named is compared. A number without % is in the column's unit: hours, dollars, kg.

    Raises
    ------
    RequestError
        If it is not of that form.
    """
    found: dict[str, Tolerance] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        read = _TOLERANCE.fullmatch(part)
        if not read or read[1].lower() not in METRICS or read[1].lower() in found:
            raise RequestError(
                f'--tolerance "{part}" is not understood. Write {", ".join(METRICS)}, each at most '
                "once, as in cost=2%,time=5%."
            )
        name, relative = read[1].lower(), bool(read[3])
        amount = float(read[2]) / 100 if relative else float(read[2])
        found[name] = Tolerance(name, amount, relative)
    return tuple(found.values()) or EXACT


def compare(
    before: Iterable[Mapping[str, Any]],
    now: Iterable[Mapping[str, Any]],
    tolerances: Iterable[Tolerance] = EXACT,
) -> Iterator[Difference]:
    """Match results by scenario and rank, and say how each differs.

    Both are read side by side. Where they stand in one order, memory does not grow with their
    number; otherwise with how far apart two that belong together stand.

    Parameters
    ----------
    before, now
        Result rows.
    tolerances
        What is compared, and what is accepted.

    Yields
    ------
    Difference
        For every result now, and at the end for those that are missing.
    """
    limits = tuple(tolerances)
    old: dict[Key, deque[Mapping[str, Any]]] = {}
    new: dict[Key, deque[Mapping[str, Any]]] = {}
    for was, is_now in zip_longest(before, now):
        for row, mine, others in ((was, old, new), (is_now, new, old)):
            if row is None:
                continue
            key = _key(row)
            if key in others:
                other = others[key].popleft()
                if not others[key]:
                    del others[key]
                earlier, later = (row, other) if mine is old else (other, row)
                yield _difference(earlier, later, limits)
            else:
                mine.setdefault(key, deque()).append(row)
    for change, left in ((Change.NEW, new), (Change.MISSING, old)):
        for (scenario_id, rank), rows in left.items():
            for row in rows:
                line = row["row"] or 0 if change is Change.NEW else 0
                yield Difference(scenario_id, rank, line, change, _alone(row, change))


def read_results(path: Path) -> Iterator[Row]:
    """Read a file of results in any format `routeplan batch` writes, a few rows at a time.

    Parameters
    ----------
    path
        CSV, TSV or JSON lines, each plain or with `.gz`; Parquet, SQLite or Excel.

    Yields
    ------
    dict
        Cells by column name; an empty cell is None.

    Raises
    ------
    RequestError
        If it cannot be read, is of another form, or lacks a column.
    """
    try:
        for number, row in enumerate(_rows(path), 1):
            _refuse_incomplete(path, row, number)
            yield row
    except (OSError, EOFError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise RequestError(f"--baseline {path}: cannot be read: {reason}.") from None
    except (ValueError, csv.Error) as error:
        raise RequestError(f"--baseline {path}: these are no results: {error}.") from None


def _key(row: Mapping[str, Any]) -> Key:
    return str(row["scenario_id"]), int(row["rank"] or 0) or 1


def _difference(
    before: Mapping[str, Any], now: Mapping[str, Any], limits: tuple[Tolerance, ...]
) -> Difference:
    scenario_id, rank = _key(now)
    place = (scenario_id, rank, now["row"] or 0)
    was, is_now = before["status"], now["status"]
    if was != is_now:
        change = Change.BETTER if is_now == RowStatus.OK else Change.WORSE
        return Difference(*place, change, f"{is_now}, was {was}", float("inf"))
    if is_now != RowStatus.OK:
        return Difference(*place, None)
    worse: list[str] = []
    better: list[str] = []
    share = 0.0
    for limit in limits:
        old, new = before.get(limit.column), now.get(limit.column)
        if old is None or new is None:
            continue
        rise = new - old
        if abs(rise) <= limit.allowed(old) + _GRAIN * abs(old):
            continue
        (worse if rise > 0 else better).append(_rise_text(limit, old, new))
        share = max(share, rise / abs(old) if old else float("inf"))
    if worse:
        return Difference(*place, Change.WORSE, "; ".join(worse + better), share)
    if better:
        return Difference(*place, Change.BETTER, "; ".join(better))
    return Difference(*place, None)


def _rise_text(limit: Tolerance, old: float, new: float) -> str:
    share = f" ({(new / old - 1) * 100:+.1f} %, tolerance {limit})" if old else ""
    return f"{limit.column}: {new:g}, was {old:g}{share}"


def _alone(row: Mapping[str, Any], change: Change) -> str:
    word = "was" if change is Change.MISSING else "is"
    return f"{word} {row['status']}" if row["rank"] in (None, 1) else f"{word} answer {row['rank']}"


def _rows(path: Path) -> Iterator[Row]:
    """Read the rows of a file, whatever they hold."""
    form = form_of_results(path, "--baseline")
    if form == "table":
        yield from table_rows(path)
        return
    with _open_text(path) as file:
        if form == "jsonl":
            yield from map(json.loads, file)
        else:
            yield from _csv_rows(file, "," if form == "csv" else "\t")


def _open_text(path: Path) -> IO[str]:
    if path.name.lower().endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _csv_rows(file: IO[str], delimiter: str) -> Iterator[Row]:
    lines = csv.reader(file, delimiter=delimiter)
    yield from read_rows(next(lines, list(COLUMN_NAMES)), lines)


def _refuse_incomplete(path: Path, row: object, number: int) -> None:
    remedy = "Name a file that `routeplan batch` has written."
    lacking = [name for name in _NEEDED if not isinstance(row, dict) or name not in row]
    if lacking or not isinstance(row, dict):
        raise RequestError(
            f"--baseline {path}: result {number} has no {' or '.join(lacking)}. {remedy}"
        )
    for name in ("rank", "row", *METRICS.values()):
        if not isinstance(row.setdefault(name, None), int | float | None):
            raise RequestError(
                f'--baseline {path}: result {number}: {name} "{row[name]}" is no number. {remedy}'
            )
