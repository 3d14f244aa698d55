"""What a data column is: its type, unit, range and meaning, and how a cell becomes a value.

A record's fields are its columns: the record says each thing once, and reading, checking and
documentation take it from there.
"""

from __future__ import annotations

import dataclasses
import math
import re
import types
import typing
from enum import StrEnum
from functools import cache
from typing import Any

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")
_TRUE = {"yes", "true", "1"}
_FALSE = {"no", "false", "0"}


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """One column of a data file.

    Parameters
    ----------
    name
        As in the header; a unit, if any, is its ending.
    base
        Type of the value: str, float, int, bool, tuple or a StrEnum.
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
    """

    name: str
    base: type
    meaning: str
    required: bool
    default: Any
    minimum: float | None
    maximum: float | None
    pattern: str | None
    pattern_name: str
    synonyms: tuple[str, ...]

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
    metadata = {
        "meaning": meaning,
        "required": required,
        "within": within,
        "pattern": pattern or (None, ""),
        "synonyms": synonyms,
    }
    return dataclasses.field(default=default, metadata=metadata)


@cache
def columns_of(record: type) -> tuple[Column, ...]:
    """List the columns of a record class, in field order."""
    hints = typing.get_type_hints(record)
    found = []
    for field in dataclasses.fields(record):
        meta = field.metadata
        (minimum, maximum), (pattern, pattern_name) = meta["within"], meta["pattern"]
        found.append(
            Column(
                name=field.name,
                base=_base_type(hints[field.name]),
                meaning=meta["meaning"],
                required=meta["required"],
                default=field.default,
                minimum=minimum,
                maximum=maximum,
                pattern=pattern,
                pattern_name=pattern_name,
                synonyms=meta["synonyms"],
            )
        )
    return tuple(found)


def _plain_number(cell: str, base: type) -> float | int:
    """Read ASCII digits; Python's own reading also takes 1_000 and the digits of other scripts."""
    if not cell.isascii() or "_" in cell:
        raise ValueError(cell)
    return int(cell) if base is int else float(cell)


def is_date(text: str) -> bool:
    """Whether the text is YYYY, YYYY-MM or YYYY-MM-DD."""
    return bool(_DATE.match(text))


def _base_type(hint: Any) -> type:  # noqa: ANN401 - a type hint has no narrower type
    """Reduce `float | None` and `tuple[str, ...]` to float and tuple."""
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    base: type = typing.get_origin(hint) or hint
    return base
