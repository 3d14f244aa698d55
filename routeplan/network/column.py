"""What a data column is: its type, unit, range and meaning, and how a cell becomes a value.

A record's fields are its columns: the record says each thing once, and reading, checking and
documentation take it from there. Records are tuples underneath: a network is thousands of them, and
tuples are made many times quicker than instances of a dataclass.
"""

from __future__ import annotations

import builtins
import math
import re
import sys
import typing
from collections import namedtuple
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, TypeVar

_Record = TypeVar("_Record")

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")
_TRUE = {"yes", "true", "1"}
_FALSE = {"no", "false", "0"}


class Column(NamedTuple):
    """One column of a data file.

    Parameters
    ----------
    meaning
        One sentence for the user.
    required
        Whether a row without a value is an error.
    default
        The value of an empty or missing cell.
    minimum, maximum
        Inclusive range of a number.
    pattern
        What a text must match in full, with `pattern_name` its name in a message.
    synonyms
        Other headers taken for this column (GMNS names among them).
    name
        As in the header; a unit, if any, is its ending.
    base
        Type of the value: str, float, int, bool, tuple or a StrEnum.
    """

    meaning: str
    required: bool
    default: Any
    minimum: float | None
    maximum: float | None
    pattern: str | None
    pattern_name: str
    synonyms: tuple[str, ...]
    name: str = ""
    base: type = str

    @property
    def choices(self) -> tuple[str, ...]:
        """The values a choice column takes; empty for other types."""
        return tuple(self.base) if issubclass(self.base, StrEnum) else ()

    def parse(self, cell: str) -> Any:  # noqa: ANN401 - the column decides the type
        """Turn a stripped, non-empty cell into a value.

        Raises
        ------
        ValueError
            If the cell is not of the column's type, range or pattern; the text says what is
            expected, to be put behind the value.
        """
        if issubclass(self.base, StrEnum):
            return self._choice(cell)
        if self.base in (float, int):
            return self._number(cell)
        if self.base is bool:
            return self._yes_no(cell)
        if self.base is tuple:
            return tuple(part for part in (piece.strip() for piece in cell.split("|")) if part)
        if self.pattern and not re.fullmatch(self.pattern, cell):
            raise ValueError(f"expected {self.pattern_name}")
        return cell

    def _choice(self, cell: str) -> StrEnum:
        try:
            return typing.cast("StrEnum", self.base(cell.lower()))
        except ValueError:
            raise ValueError(f"expected one of {', '.join(self.choices)}") from None

    def _yes_no(self, cell: str) -> bool:
        if cell.lower() in _TRUE | _FALSE:
            return cell.lower() in _TRUE
        raise ValueError("expected yes or no")

    def _number(self, cell: str) -> float | int:
        try:
            value = _plain_number(cell, self.base)
        except ValueError:
            hint = "a decimal point, not a comma" if "," in cell else "a number"
            whole = " without a fraction" if self.base is int else ""
            raise ValueError(f"expected {hint}{whole}") from None
        if not -math.inf < value < math.inf:
            raise ValueError("expected a finite number; leave the cell empty for unknown")
        if self.minimum is not None and value < self.minimum:
            raise ValueError(f"expected {self.minimum:g} or more")
        if self.maximum is not None and value > self.maximum:
            raise ValueError(f"expected {self.maximum:g} or less")
        return value


def column(
    meaning: str,
    *,
    default: Any = None,  # noqa: ANN401 - any column type
    required: bool = False,
    within: tuple[float | None, float | None] = (None, None),
    pattern: tuple[str, str] | None = None,
    synonyms: tuple[str, ...] = (),
) -> Any:  # noqa: ANN401 - stands for the field's value, as dataclasses.field does
    """Declare a record's field as a data column.

    Parameters
    ----------
    meaning
        One sentence for the user; starts lower case.
    default
        Value of an empty cell; never a stand-in for an unknown number (that is None).
    required
        Whether an empty cell is an error.
    within
        Inclusive range of a number.
    pattern
        Regular expression and what to call it in a message.
    synonyms
        Other headers taken for this column.
    """
    minimum, maximum = within
    expression, expected = pattern or (None, "")
    return Column(meaning, required, default, minimum, maximum, expression, expected, synonyms)


@typing.dataclass_transform(frozen_default=True)
def record(declared: type[_Record]) -> type[_Record]:
    """Make a class of columns an immutable record: a named tuple with the class's own methods.

    Parameters
    ----------
    declared
        A class whose annotated attributes are all set by `column`.
    """
    body = dict(vars(declared))
    names = tuple(body["__annotations__"])
    specs = [body.pop(name) for name in names]
    for own in ("__dict__", "__weakref__"):
        body.pop(own, None)
    fields: Any = namedtuple(declared.__name__, names, defaults=[spec.default for spec in specs])  # type: ignore[misc]
    body |= {"__slots__": (), "_specs": specs}
    made: type[_Record] = type(declared.__name__, (fields,), body)
    return made


def changed(row: _Record, **values: Any) -> _Record:  # noqa: ANN401 - any column's type
    """Return a record with some of its columns changed."""
    new: _Record = typing.cast("Any", row)._replace(**values)
    return new


@cache
def columns_of(record_class: type) -> tuple[Column, ...]:
    """List the columns of a record class, in field order."""
    hints = record_class.__annotations__
    specs: list[Column] = record_class._specs  # type: ignore[attr-defined]  # made by `record`
    known = vars(builtins) | vars(sys.modules[record_class.__module__])
    return tuple(
        spec._replace(name=name, base=known[_base_name(hint)])
        for spec, (name, hint) in zip(specs, hints.items(), strict=True)
    )


def _plain_number(cell: str, base: type) -> float | int:
    """Read ASCII digits; Python's own reading also takes 1_000 and the digits of other scripts."""
    if not cell.isascii() or "_" in cell:
        raise ValueError(cell)
    return int(cell) if base is int else float(cell)


def is_date(text: str) -> bool:
    """Whether the text is YYYY, YYYY-MM or YYYY-MM-DD."""
    return bool(_DATE.match(text))


def _base_name(hint: str) -> str:
    """Reduce `float | None` and `tuple[str, ...]` to float and tuple."""
    return hint.partition(" ")[0].partition("[")[0]
