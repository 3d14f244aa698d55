"""Sweeps: a few factors -> the table of scenarios that tries them all, or a sample of them.

A factor varies a column (`load`), a change (`mode:rail cost*=`) or a verb (`close`) over values. A
full factorial sweep tries every combination. A Latin hypercube sample cuts each factor into as many
equal slices as there are samples and takes one point of each slice, in an order shuffled for each
factor by itself (McKay, Beckman, Conover 1979).
"""

from __future__ import annotations

import csv
import io
import itertools
import math
import random
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from routeplan.errors import RequestError
from routeplan.scenario.changes import VERBS, Fault, read_changes, read_piece
from routeplan.scenario.columns import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MOST_ROWS = 1_000_000
_VARIED = frozenset(COLUMNS) - {"scenario_id", "note"}
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Factor:
    """Something to vary.

    Parameters
    ----------
    name
        A column, or a change without its value.
    values
        What it takes, as text; empty for a range.
    low, high
        Ends of a range, of which a sample takes any point.
    steps
        Points of the range that a full sweep takes, ends included; 0 if not given.
    """

    name: str
    values: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0
    steps: int = 0

    @property
    def levels(self) -> tuple[str, ...]:
        """The values a full sweep tries.

        Raises
        ------
        RequestError
            If it is a range without a number of steps.
        """
        if self.values:
            return self.values
        if self.steps < 2:
            raise RequestError(
                f"{self.name} is a range. Say in how many steps, such as {self.low:g}.."
                f"{self.high:g}/5, or take a sample with --latin N."
            )
        width = (self.high - self.low) / (self.steps - 1)
        return tuple(_number_text(self.low + i * width) for i in range(self.steps))

    def at(self, share: float) -> str:
        """Return the value at a share of the way through, from 0 up to but without 1."""
        if self.values:
            return self.values[math.floor(share * len(self.values))]
        return _number_text(self.low + share * (self.high - self.low))


def read_factor(text: str) -> Factor:
    """Read `load=1xFEU,2xTEU`, `mode:rail cost*=0.8..1.2/5` or `close=node:a|node:b|`.

    Values are separated by `|` if there is one, else by commas; an empty one leaves the factor out.

    Raises
    ------
    RequestError
        If it names no column and no change, or a value cannot be used.
    """
    name, equals, values = text.partition("=")
    if not equals:
        raise RequestError(f'--vary "{text[:60]}" has no =. Write NAME=VALUE,VALUE or NAME=A..B/N.')
    name = name.strip()
    if name not in _VARIED and name not in VERBS:
        close = get_close_matches(name, [*_VARIED, *VERBS], 1)
        if close and ":" not in name:
            raise RequestError(f'no column is called "{name[:40]}". Did you mean {close[0]}?')
        name += "="
    if ".." in values and "|" not in values and "," not in values:
        return make_factor(name, _read_range(name, values))
    parts = values.split("|" if "|" in values else ",")
    return make_factor(name, [part.strip() for part in parts])


def make_factor(name: str, values: Any) -> Factor:  # noqa: ANN401 - what a TOML file may hold
    """Make a factor of a list of values, or of a range `{from, to, steps}`.

    Raises
    ------
    RequestError
        As `read_factor`.
    """
    if isinstance(values, dict):
        factor = _range_factor(name, values)
    elif isinstance(values, list) and values:
        factor = Factor(name, tuple(_value_text(value) for value in values))
    else:
        raise RequestError(f'"{name}" needs a list of values, or {{from = 1, to = 2}}.')
    _check(factor)
    return factor


def sweep_columns(fixed: Mapping[str, str], factors: Sequence[Factor]) -> tuple[str, ...]:
    """List the columns of a sweep, in the order of a template.

    Raises
    ------
    RequestError
        If a fixed text names no column, one that is varied as well, or cannot stand in it.
    """
    varied = {factor.name for factor in factors if factor.name in _VARIED}
    for name, text in fixed.items():
        column = COLUMNS.get(name)
        if column is None or name == "scenario_id":
            close = get_close_matches(name, list(_VARIED), 1)
            hint = f"Did you mean {close[0]}?" if close else f"Columns are {', '.join(COLUMNS)}."
            raise RequestError(f'no column is called "{name[:40]}". {hint}')
        if name in varied:
            raise RequestError(f"{name} is fixed and varied at once. Choose one.")
        _check_cell(name, text)
    if not factors:
        raise RequestError("nothing varies. Name a factor, such as --vary 'load=1xFEU,2xFEU'.")
    used = {"scenario_id", *varied, *fixed}
    if len(varied) < len(factors):
        used.add("changes")
    return tuple(name for name in COLUMNS if name in used)


def full_rows(fixed: Mapping[str, str], factors: Sequence[Factor]) -> Iterator[dict[str, str]]:
    """Yield a row for every combination of levels; the last factor varies first.

    Raises
    ------
    RequestError
        If there are over a million, or a range has no steps.
    """
    levels = [factor.levels for factor in factors]
    count = math.prod(len(values) for values in levels)
    _refuse_many(count)
    for number, values in enumerate(itertools.product(*levels), 1):
        yield _row(f"{number:0{len(str(count))}d}", fixed, factors, values)


def latin_rows(
    fixed: Mapping[str, str], factors: Sequence[Factor], samples: int, seed: int
) -> Iterator[dict[str, str]]:
    """Yield a Latin hypercube sample; the same seed gives the same rows.

    Raises
    ------
    RequestError
        If the number of samples is not from 1 to a million.
    """
    if samples < 1:
        raise RequestError(f"--latin {samples} makes no sample. Give a number from 1.")
    _refuse_many(samples)
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    orders = [chance.sample(range(samples), samples) for _ in factors]
    for number in range(samples):
        values = [
            factor.at((order[number] + chance.random()) / samples)
            for factor, order in zip(factors, orders, strict=True)
        ]
        yield _row(f"{number + 1:0{len(str(samples))}d}", fixed, factors, values)


def rows_text(columns: Sequence[str], rows: Iterator[dict[str, str]]) -> str:
    """Write a sweep as CSV."""
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def _row(
    number: str, fixed: Mapping[str, str], factors: Sequence[Factor], values: Sequence[str]
) -> dict[str, str]:
    row = {"scenario_id": f"s{number}", **fixed}
    pieces = [fixed["changes"]] if fixed.get("changes") else []
    for factor, value in zip(factors, values, strict=True):
        if factor.name == "changes":
            pieces.append(value)
        elif factor.name in _VARIED:
            row[factor.name] = value
        else:
            pieces.append(_piece(factor.name, value))
    if pieces:
        row["changes"] = "; ".join(piece for piece in pieces if piece)
    return row


def _piece(name: str, value: str) -> str:
    """Complete a change with a value; nothing without one."""
    if not value:
        return ""
    return f"{name} {value}" if name in VERBS else f"{name}{value}"


def _check(factor: Factor) -> None:
    """Read one piece or cell for every value of a factor, and for both ends of a range."""
    ends = (_number_text(factor.low), _number_text(factor.high))
    for value in factor.values or ends:
        if factor.name in _VARIED:
            _check_cell(factor.name, value)
        elif value:
            read = read_piece(_piece(factor.name, value))
            if isinstance(read, Fault):
                raise RequestError(f"cannot vary {read.one_line()}")


def _check_cell(name: str, text: str) -> None:
    if name == "changes":
        faults = read_changes(text).faults
        if faults:
            raise RequestError(f"cannot use {faults[0].one_line()}")
    check = COLUMNS[name].check
    if check and text:
        try:
            check(text)
        except ValueError as error:
            raise RequestError(f'{name} cannot be "{text[:40]}": {error}.') from None


def _read_range(name: str, text: str) -> dict[str, object]:
    ends, _, steps = text.partition("/")
    low, _, high = ends.partition("..")
    try:
        found: dict[str, object] = {"from": float(low), "to": float(high)}
        if steps:
            found["steps"] = int(steps)
    except ValueError:
        raise RequestError(
            f'cannot read the range "{text[:40]}" of {name}. Write it as 0.8..1.2 or 0.8..1.2/5.'
        ) from None
    return found


def _range_factor(name: str, values: Mapping[str, Any]) -> Factor:
    unknown = [key for key in values if key not in ("from", "to", "steps")]
    low, high, steps = values.get("from"), values.get("to"), values.get("steps", 0)
    plain = all(
        isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        for value in (low, high, steps)
    )
    if unknown or not plain or not isinstance(steps, int):
        raise RequestError(f'the range of "{name}" needs numbers as from and to, perhaps steps.')
    assert low is not None  # noqa: S101 - a number, as checked
    assert high is not None  # noqa: S101
    if not low < high:
        raise RequestError(f'the range of "{name}" runs from {low:g} to {high:g}. Turn it round.')
    if steps and not 2 <= steps <= MOST_ROWS:
        raise RequestError(f'"{name}" cannot have {steps} steps. Give 2 or more.')
    return Factor(name, (), float(low), float(high), steps)


def _refuse_many(count: int) -> None:
    if count > MOST_ROWS:
        raise RequestError(
            f"{count:,} scenarios are more than {MOST_ROWS:,}. Take fewer values, or --latin N."
        )


def _value_text(value: object) -> str:
    return str(value) if isinstance(value, str) else _number_text(value)


def _number_text(value: Any) -> str:  # noqa: ANN401 - a number of a TOML file
    """Write a number with six digits; a truth value as yes or no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise RequestError(f'a value "{value}" is neither a text nor a number.')
    return f"{value:.{_DIGITS}g}" if isinstance(value, float) else str(value)
