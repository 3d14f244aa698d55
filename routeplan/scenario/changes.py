"""The language of changes: what a scenario does to the network, as text.

    changes = piece (";" piece)*
    piece   = selector attribute op value      edge:sea-aktau-alat wait_h*=0.5
            | "close" selector                 no way uses these edges
            | "open" selector                  from now on, whatever their dates say
    op      = "=" | "+=" | "-=" | "*=" | "/="  a percentage is a factor: cost+=20%

Pieces are taken in the order they are written. A new `time_h` or `wait_h` takes its 10th and 90th
percentile with it; a number the row leaves to a card is changed on the card's number, for these
edges only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from routeplan.errors import RequestError
from routeplan.network.adjustment import Op
from routeplan.network.findings import shortened
from routeplan.scenario.attributes import ValueRefusedError, get_attribute
from routeplan.scenario.selector import Selector, SelectorError, read_selector

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

VERBS = ("close", "open")
MAX_FAULTS = 50
"""Faults told of one cell; whoever has more of them has one mistake repeated."""

_LONG = 1000
"""Texts beyond this length are read again each time rather than kept."""

_FORM = "Write SELECTOR ATTRIBUTE OP VALUE, or close SELECTOR."


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Parameters
    ----------
    selector
        Which edges.
    attribute
        A column of edges.csv, `cost`, `co2e` or `capacity`, or one of the verbs.
    op, value
        What is done; for a verb `=` and nothing.
    text, offset
        As written, and at which character of the cell, from 1; they make no difference.
    """

    selector: Selector
    attribute: str
    op: Op = Op.SET
    value: Any = ""
    text: str = field(default="", compare=False)
    offset: int = field(default=1, compare=False)

    def __str__(self) -> str:
        """Write the change so that it reads back as the same."""
        if self.attribute in VERBS:
            return f"{self.attribute} {self.selector}"
        return f"{self.selector} {self.attribute}{self.op}{_value_text(self.value)}"


class Fault(NamedTuple):
    """A piece that cannot be read or applied.

    `piece` is the text, `offset` the character of the cell where it starts, from 1.
    """

    piece: str
    offset: int
    reason: str
    remedy: str = ""

    def one_line(self) -> str:
        """Write the piece, where it stands, what is wrong, and what to do."""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f'"{shortened(self.piece)}" (character {self.offset}): {self.reason}.{remedy}'


class ChangeError(RequestError):
    """Changes that cannot be read or applied; carries every fault.

    Parameters
    ----------
    faults
        In the order of the text; at least one.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"change {fault.one_line()}" for fault in faults))
        self.faults = tuple(faults)


class Reading(NamedTuple):
    """The pieces of a text that could be read, and what is wrong with the others."""

    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()


def parse_changes(text: str) -> tuple[Change, ...]:
    """Read changes: `close node:ge-poti-port; mode:rail&country:KZ cost*=1.2`.

    Parameters
    ----------
    text
        Pieces with semicolons between them; empty ones are passed over.

    Raises
    ------
    ChangeError
        If a piece cannot be read; it names all that cannot.
    """
    reading = read_changes(text)
    if reading.faults:
        raise ChangeError(reading.faults)
    return reading.changes


def read_changes(text: str) -> Reading:
    """Read changes and tell what is wrong instead of raising; empty pieces are passed over."""
    return _remembered(text) if len(text) <= _LONG else _read_changes(text)


def _read_changes(text: str) -> Reading:
    changes: list[Change] = []
    faults: list[Fault] = []
    start = 0
    for raw in text.split(";"):
        piece = raw.strip()
        if piece:
            offset = start + len(raw) - len(raw.lstrip()) + 1
            read = read_piece(piece, offset)
            if isinstance(read, Change):
                changes.append(read)
            else:
                faults.append(read)
        start += len(raw) + 1
    return Reading(tuple(changes), first_faults(faults))


_remembered = lru_cache(maxsize=4096)(_read_changes)


def write_changes(changes: Iterable[Change]) -> str:
    """Write changes so that `parse_changes` reads them back."""
    return "; ".join(str(change) for change in changes)


def first_faults(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Keep the first faults, and say how many more there are."""
    if len(faults) <= MAX_FAULTS:
        return tuple(faults)
    rest = len(faults) - MAX_FAULTS
    last = told_more(faults[MAX_FAULTS - 1], f"{rest:,} more pieces are wrong.")
    return (*faults[: MAX_FAULTS - 1], last)


def told_more(fault: Fault, sentence: str) -> Fault:
    """Add a sentence to what a fault says."""
    return fault._replace(remedy=f"{fault.remedy} {sentence}".strip())


def read_piece(piece: str, offset: int = 1) -> Change | Fault:
    """Read one piece, stripped of the space around it."""
    return _remembered_piece(piece, offset) if len(piece) <= _LONG else _read_piece(piece, offset)


def _read_piece(piece: str, offset: int) -> Change | Fault:
    verb, _, rest = piece.partition(" ")
    try:
        if verb.lower() in VERBS and "=" not in rest:
            return Change(read_selector(rest), verb.lower(), text=piece, offset=offset)
        selector, name, op, value = _parts(piece)
        attribute = get_attribute(name)
        op, value = attribute.read(op, value)
        return Change(read_selector(selector), name, op, value, piece, offset)
    except (SelectorError, ValueRefusedError) as error:
        return Fault(piece, offset, error.reason, error.remedy)


_remembered_piece = lru_cache(maxsize=4096)(_read_piece)


def _parts(piece: str) -> tuple[str, str, Op, str]:
    """Cut a piece into selector, attribute, operation and value; each step runs over it once."""
    left, equals, value = piece.partition("=")
    if not equals:
        raise _no_operation(piece)
    op = Op.SET
    if left and left[-1] in "+-*/":
        op, left = Op(f"{left[-1]}="), left[:-1]
    words = left.rsplit(None, 1)
    if not words:
        raise ValueRefusedError("selector and attribute are missing", _FORM)
    if len(words) == 1:
        if ":" in words[0]:
            raise ValueRefusedError("an attribute is missing", _FORM)
        raise ValueRefusedError("a selector is missing", _FORM)
    return words[0], words[1], op, value.strip()


def _no_operation(piece: str) -> ValueRefusedError:
    words = piece[:200].split()
    close = get_close_matches(words[0].lower(), VERBS, 1) if len(words) > 1 else []
    if close:
        return ValueRefusedError(f'unknown verb "{words[0]}"', f"Did you mean {close[0]}?")
    return ValueRefusedError("there is no = in it", _FORM)


def _value_text(value: Any) -> str:  # noqa: ANN401 - any attribute's value
    if isinstance(value, tuple):
        return "|".join(value)
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return str(value)
