"""C-rules on the cards of hours, of driving, of duties and of what waiting costs."""

# ruff: noqa: D401 - a rule's docstring is its explanation to the user

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from routeplan.network.findings import Severity
from routeplan.network.rules.common import CARGO_FLAGS, Suggester, rows
from routeplan.network.rules.registry import Fault, rule
from routeplan.network.vocabulary import WEEKDAYS, EdgeKind, Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.network.dataset import DataSet
    from routeplan.network.records import Closure, Duty

HOURS_PER_YEAR = 8760
EXEMPTIONS = ("international", *CARGO_FLAGS)
_COUNTRY = re.compile(r"[A-Z]{2}")
_SPEED_TOLERANCE = 0.02
_PAIRS = (
    ("from_hour", "to_hour"),
    ("from_month_day", "to_month_day"),
    ("from_day", "to_day"),
)


@rule("C010", Severity.ERROR, "a closure says what is shut, and when")
def unclear_closure(dataset: DataSet) -> Iterator[Fault]:
    """A row of closures.csv names edges, a country or a mode, and its hours and days come in pairs.

    Weekdays are written mon, tue, wed, thu, fri, sat and sun, and a closure over midnight is two
    rows. A row that cannot be understood would shut too much or nothing. Correct it.
    """
    for row, line in rows(dataset.closures):
        for column, value, message, remedy in _closure_faults(row):
            yield Fault(dataset.closures, line, column, value, message, remedy)


@rule("C011", Severity.WARNING, "a closure shuts edges there are", needs_all_rows=True)
def closure_of_nothing(dataset: DataSet) -> Iterator[Fault]:
    """The column edges of closures.csv holds ids of edges.csv, and exempts words that are known.

    A closure of an edge that does not exist shuts nothing, so a typing error goes unseen. Correct
    the word.
    """
    edges = {edge.edge_id for edge in dataset.edges.records}
    columns = (
        ("edges", edges, "no such edge", "Remove it."),
        ("exempts", set(EXEMPTIONS), "no such exemption", f"Known are {', '.join(EXEMPTIONS)}."),
    )
    for column, known, message, otherwise in columns:
        suggester = Suggester(known)
        for row, line in rows(dataset.closures):
            for value in getattr(row, column):
                if value not in known:
                    remedy = suggester.remedy(value, otherwise)
                    yield Fault(dataset.closures, line, column, value, message, remedy)


@rule("C012", Severity.WARNING, "a duty can be read as one")
def unclear_duty(dataset: DataSet) -> Iterator[Fault]:
    """A row of duty.csv has a rate, country codes and a known cargo, and a preference has origins.

    A preference also says what it takes, and lies at or below the rate it improves on. A row that
    fits nothing, or any origin, would promise what nobody gives. Correct it.
    """
    cargoes = {cargo.cargo_id for cargo in dataset.cargoes.records}
    for row, line in rows(dataset.duties):
        for column, value, message, remedy in _duty_faults(row, cargoes):
            yield Fault(dataset.duties, line, column, value, message, remedy)


@rule("C013", Severity.WARNING, "the value of time covers what stock costs")
def dear_stock(dataset: DataSet) -> Iterator[Fault]:
    """Goods under way cost value_usd_per_t x carrying_rate_per_year / 8760 an hour and tonne.

    That is part of the value of time, so vot_usd_per_t_h is at least as high. Correct one of the
    three.
    """
    for row, line in rows(dataset.cargoes):
        if None in (row.carrying_rate_per_year, row.value_usd_per_t, row.vot_usd_per_t_h):
            continue
        stock = (row.value_usd_per_t or 0) * (row.carrying_rate_per_year or 0) / HOURS_PER_YEAR
        if stock > (row.vot_usd_per_t_h or 0):
            message = f"below what the stock costs, {stock:.3g} USD an hour and tonne"
            value = f"{row.vot_usd_per_t_h:g}"
            remedy = "Correct value, rate or value of time."
            yield Fault(dataset.cargoes, line, "vot_usd_per_t_h", value, message, remedy)


@rule("C014", Severity.WARNING, "a truck's day is its speed and its hours")
def truck_day(dataset: DataSet) -> Iterator[Fault]:
    """For a move by road, km_per_day is speed_kmh times the parameter truck_driving_h_per_day.

    It may differ by 2 percent for rounding. Where the two drift apart one of them was changed
    alone. Correct it.
    """
    hours = {p.parameter_id: p.value for p in dataset.parameters.records}.get(
        "truck_driving_h_per_day"
    )
    for row, line in rows(dataset.times):
        if (row.kind, row.mode) != (EdgeKind.MOVE, Mode.ROAD) or not hours:
            continue
        if row.speed_kmh is None or row.km_per_day is None:
            continue
        expected = row.speed_kmh * hours
        if abs(row.km_per_day - expected) > _SPEED_TOLERANCE * expected:
            message = f"{row.speed_kmh:g} km/h for {hours:g} h make {expected:.0f} km"
            value = f"{row.km_per_day:g}"
            yield Fault(dataset.times, line, "km_per_day", value, message, "Correct one of them.")


def _closure_faults(row: Closure) -> Iterator[tuple[str, str, str, str]]:
    if not (row.edges or row.country or row.mode):
        message = f"{row.closure_id} names no edges, country or mode"
        yield "edges", "", message, "Say what is shut."
    for day in row.weekdays:
        if day not in WEEKDAYS:
            message = "not a weekday"
            yield "weekdays", day, message, f"Known are {', '.join(WEEKDAYS)}."
    for first, last in _PAIRS:
        start, end = getattr(row, first), getattr(row, last)
        if bool(start) != bool(end):
            column = last if start else first
            yield column, "", f"{first} and {last} come together", "Give both, or neither."
    if row.from_hour and row.to_hour and row.from_hour >= row.to_hour:
        message = f"lies at or behind to_hour, {row.to_hour}"
        yield "from_hour", row.from_hour, message, "Write two rows for hours over midnight."
    if row.from_day and row.to_day and row.from_day > row.to_day:
        yield "from_day", row.from_day, f"lies behind to_day, {row.to_day}", "Exchange the two."


def _duty_faults(row: Duty, cargoes: set[str]) -> Iterator[tuple[str, str, str, str]]:
    for column in ("destinations", "origins"):
        for code in getattr(row, column):
            if not _COUNTRY.fullmatch(code):
                yield column, code, "not a country code", "Write two capitals such as KZ."
    if row.cargo_id and row.cargo_id not in cargoes:
        remedy = Suggester(cargoes).remedy(row.cargo_id, "Add it to cargo.csv.")
        yield "cargo_id", row.cargo_id, "no such cargo", remedy
    preferred = (row.preferential_rate, row.preferential_usd_per_t) != (None, None)
    if preferred and not row.origins:
        yield "origins", "", "a preference without origins", "Say whose goods it is for."
    if preferred and not row.condition:
        yield "condition", "", "a preference without its condition", "Say what it takes."
    mfn, best = row.mfn_rate, row.preferential_rate
    if mfn is not None and best is not None and best > mfn:
        yield "preferential_rate", f"{best:g}", f"above the MFN rate, {mfn:g}", "Correct one."
    if not (preferred or row.origins) and (row.mfn_rate, row.mfn_usd_per_t) == (None, None):
        yield "mfn_rate", "", f"{row.duty_id} gives no rate", "Give one, or remove the row."
