"""The columns of a scenario table: what each means and what its cells may hold.

What a cell holds is checked here as far as that goes without a network; whether there is such a
place, cargo or edge is for those who have one.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from routeplan.errors import RequestError
from routeplan.scenario.door import Handover
from routeplan.scenario.request import (
    CLOSED_PASSAGES,
    Criterion,
    Measure,
    Policy,
    read_day,
    read_modes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

STATUSES = ("ok", "no_route")
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")
_MAX_K = 50
_DURATION = re.compile(r"\d+(\.\d+)?\s*[dh]", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class ScenarioColumn:
    """One column.

    Parameters
    ----------
    name
        As in the header.
    meaning
        One line for users.
    example
        A cell.
    synonyms
        Other headers taken for it.
    check
        Raises ValueError, saying what is expected, if a cell cannot hold a text.
    """

    name: str
    meaning: str
    example: str
    synonyms: tuple[str, ...] = ()
    check: Callable[[str], object] | None = None


def _number(least: float, *, above: bool = False) -> Callable[[str], float]:
    def check(text: str) -> float:
        try:
            value = float(text if text.isascii() and "_" not in text else "")
        except ValueError:
            hint = "a decimal point, not a comma" if "," in text else "a number"
            raise ValueError(f"expected {hint}") from None
        if not math.isfinite(value):
            raise ValueError("expected a finite number")
        if value < least or (above and value == least):
            raise ValueError(f"expected a number {'above' if above else 'from'} {least:g}")
        return value

    return check


def read_count(text: str) -> int:
    """Read a number of ways; `2.0` is 2, as a column with gaps becomes in a data frame.

    Raises
    ------
    ValueError
        If it is none from 1 to 50.
    """
    text = text.removesuffix(".0")
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 2 and 1 <= int(text) <= _MAX_K):
        raise ValueError(f"expected a whole number from 1 to {_MAX_K}")
    return int(text)


def _one_of(choices: Iterable[str]) -> Callable[[str], str]:
    names = tuple(str(choice) for choice in choices)

    def check(text: str) -> str:
        if text.lower() not in names:
            raise ValueError(f"expected one of {', '.join(names)}")
        return text.lower()

    return check


def _policy(text: str) -> None:
    if text.lower() in tuple(Policy) or text.lower().endswith(".toml") or "/" in text:
        return
    from routeplan.scenario.policy_file import policy_names

    names = policy_names()
    if text.lower() not in names:
        raise ValueError(f"expected one of {', '.join(names)}, or a file such as ours.toml")


def _passages(text: str) -> None:
    for name in split_list(text):
        if name.lower() not in CLOSED_PASSAGES:
            raise ValueError(f"expected {' or '.join(sorted(CLOSED_PASSAGES))}")


def _measures(text: str) -> None:
    for name in split_list(text):
        if name.lower() not in tuple(Measure):
            raise ValueError(f"expected measures of {', '.join(Measure)}")


def _plainly(read: Callable[[str], object], expected: str) -> Callable[[str], object]:
    def check(text: str) -> object:
        try:
            return read(text)
        except RequestError:
            raise ValueError(f"expected {expected}") from None

    return check


def _deadline(text: str) -> None:
    if not _DURATION.fullmatch(text):
        try:
            read_day(text)
        except RequestError:
            raise ValueError("expected 25d, 600h, or a day such as 2026-12-24") from None


def is_yes(text: str) -> bool:
    """Read yes or no.

    Raises
    ------
    ValueError
        If it is neither.
    """
    if text.lower() not in _YES + _NO:
        raise ValueError("expected yes or no")
    return text.lower() in _YES


def split_list(text: str) -> tuple[str, ...]:
    """Split a cell at its commas; empty parts fall out."""
    return tuple(part for part in (piece.strip() for piece in text.split(",")) if part)


_MODES = _plainly(read_modes, "modes of rail, road, sea, ferry, barge, air")
_DAY = _plainly(read_day, "a day such as 2026-12-01")

QUESTION_COLUMNS = (
    ScenarioColumn("origin", "place the cargo starts from: name, code or node id", "Astana",
                   ("from",)),
    ScenarioColumn("destination", "place it goes to", "Belgrade", ("to",)),
    ScenarioColumn("via", "places to pass, in order, separated by commas", "ge-akhalkalaki"),
    ScenarioColumn("avoid", "countries, places, edges, corridors, modes kept out, by commas",
                   "country:TR"),
    ScenarioColumn("modes", "only these modes between cities, by commas", "rail,sea,ferry",
                   ("mode",), _MODES),
    ScenarioColumn("depart", "day of departure, for its season; 2026-12-01T08:00 by the clock",
                   "2026-12-01", ("departure",), _DAY),
    ScenarioColumn("cargo", "a cargo type of cargo.csv; general if empty", "frozen_food"),
    ScenarioColumn("load", "1xFEU, 2xTEU, 1xtruck, 20t, 500kg; 1xFEU if empty", "1xFEU"),
    ScenarioColumn("value_usd", "value of the whole load", "250000", ("value",), _number(0)),
    ScenarioColumn("policy", "sanctions (if empty), none, eu-strict and such, or a TOML file",
                   "sanctions", (), _policy),
    ScenarioColumn("allow", "closed passages to open, by commas: suez, volga-don", "suez", (),
                   _passages),
    ScenarioColumn("on", "day whose network holds, planned links included", "2030-06-01", (),
                   _DAY),
    ScenarioColumn("include_planned", "yes takes planned links as open", "no", (), is_yes),
    ScenarioColumn("deadline", "when the load must be there: 25d, 600h, or a day beside depart",
                   "25d", (), _deadline),
    ScenarioColumn("handover", "named, door or terminal; named if empty: terminal leaves out the "
                   "first and the last truck", "door", (), _one_of(Handover)),
    ScenarioColumn("by", "what the first way is best at: balanced, time, cost, co2, reliability",
                   "balanced", ("criterion",), _one_of(Criterion)),
    ScenarioColumn("k", "number of ways; 1 if empty", "1", (), read_count),
    ScenarioColumn("front", "measures to trade off, by commas: the answers are all ways that no "
                   "other beats in them, in rising order of the first", "time,cost,co2",
                   ("pareto", "over"), _measures),
)  # fmt: skip
"""The question: the options of `routeplan find` by the same names."""

EXPECTATION_COLUMNS = (
    ScenarioColumn("max_days", "P50 of the first way, days, at most", "45", (),
                   _number(0, above=True)),
    ScenarioColumn("max_cost_usd", "its cost at most", "9000", (), _number(0)),
    ScenarioColumn("max_co2e_kg", "its CO2e at most", "5000", (), _number(0)),
    ScenarioColumn("must_via", "what it must touch, each of it, as in avoid", "az-alat-port"),
    ScenarioColumn("must_avoid", "what it must not touch, as in avoid", "ge-poti-port"),
    ScenarioColumn("expect_mode", "a line-haul mode it must use; several by commas", "rail", (),
                   _MODES),
    ScenarioColumn("expect_status", "ok or no_route", "ok", (), _one_of(STATUSES)),
)  # fmt: skip
"""What the row expects of its first way; a batch fails where an expectation does."""

OTHER_COLUMNS = (
    ScenarioColumn("scenario_id", "name of the row in the results; row-N if empty", "poti-closed",
                   ("id", "scenario")),
    ScenarioColumn("changes", "what is different in the network", "close node:ge-poti-port"),
    ScenarioColumn("title", "what reports call the row; its note or id if empty", "Poti is shut"),
    ScenarioColumn("note", "for readers; not used", "storm week", ("comment",)),
)  # fmt: skip

COLUMNS = {
    column.name: column
    for column in (
        OTHER_COLUMNS[0],
        *QUESTION_COLUMNS,
        *OTHER_COLUMNS[1:2],
        *EXPECTATION_COLUMNS,
        *OTHER_COLUMNS[2:],
    )
}
"""Every column by name, in the order a template has them."""
