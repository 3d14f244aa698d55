"""C-rules: the cards beside the network, and whether they cover what its edges leave empty."""

# ruff: noqa: D401 - a rule's docstring is its explanation to the user

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from routeplan.network.findings import Severity
from routeplan.network.rules.common import Suggester, nodes_by_id, rows
from routeplan.network.rules.measures import falling_percentiles, lone_percentiles
from routeplan.network.rules.registry import Fault, rule
from routeplan.network.vocabulary import EdgeKind, Mode, Unit, Vehicle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from routeplan.network.dataset import DataSet
    from routeplan.network.records import DefaultTime, Edge, EmissionFactor, Rate

    CardRow = DefaultTime | Rate | EmissionFactor

PARAMETERS = (
    "access_catchment_km",
    "access_max_km",
    "access_per_mode",
    "air_chargeable_kg_per_m3",
    "circuity",
    "co2_price_usd_per_t",
    "feu_per_teu_cost_ratio",
    "groupage_factor",
    "groupage_max_t",
    "groupage_min_share",
    "groupage_wait_h_p10",
    "groupage_wait_h_p50",
    "groupage_wait_h_p90",
    "journey_common_share",
    "price_year",
    "reliability_ratio",
    "truck_break_h",
    "truck_daily_rest_h",
    "truck_driving_h_before_break",
    "truck_driving_h_per_day",
    "truck_driving_h_per_fortnight",
    "truck_driving_h_per_week",
    "truck_waiting_usd_per_day",
    "truck_weekly_rest_h",
    "usd_per_eur",
    *(
        f"{surcharge}_cost_factor_{name}"
        for surcharge in ("reefer", "dangerous")
        for name in (*Mode, EdgeKind.TRANSSHIP, EdgeKind.BORDER)
    ),
)
_OF_COUNTRY = re.compile(r"circuity_[a-z]{2}")
_CASE = ("kind", "mode", "to_mode", "vehicle")
_RANGES = (
    ("usd_fixed_low", "usd_fixed", "usd_fixed_high"),
    ("usd_per_km_low", "usd_per_km", "usd_per_km_high"),
)


@rule("C001", Severity.ERROR, "percentiles of the cards rise")
def card_percentiles(dataset: DataSet) -> Iterator[Fault]:
    """The 10th percentile is at most the median, the 90th at least, and neither stands alone.

    The rule of edges holds for times.csv and for the waits that seasons.csv adds. Correct the
    order, or give the median.
    """
    for table, quantities in (
        (dataset.times, ("time_h", "wait_h")),
        (dataset.seasons, ("wait_add_h",)),
    ):
        yield from falling_percentiles(table, *quantities)
        yield from lone_percentiles(table, *quantities)


@rule("C002", Severity.ERROR, "fast is faster than slow")
def speed_order(dataset: DataSet) -> Iterator[Fault]:
    """In times.csv km_per_day_fast is at least km_per_day, and that at least km_per_day_slow.

    The fast speed gives the 10th percentile of the time, so the order is that of speeds, not of
    times. Correct the order, or give km_per_day where only one of the others stands.
    """
    for row, line in rows(dataset.times):
        fast, usual, slow = row.km_per_day_fast, row.km_per_day, row.km_per_day_slow
        if usual is None:
            if fast is not None or slow is not None:
                message = f"{row.time_id} gives a fast or slow speed and no usual one"
                yield Fault(dataset.times, line, "km_per_day", "", message, "Give the median.")
            continue
        if fast is not None and fast < usual:
            message = f"lower than the usual {usual:g}"
            column, value = "km_per_day_fast", f"{fast:g}"
            yield Fault(dataset.times, line, column, value, message, "Correct the order.")
        if slow is not None and slow > usual:
            message = f"higher than the usual {usual:g}"
            column, value = "km_per_day_slow", f"{slow:g}"
            yield Fault(dataset.times, line, column, value, message, "Correct the order.")


@rule("C003", Severity.WARNING, "a value lies in its own range")
def value_outside_range(dataset: DataSet) -> Iterator[Fault]:
    """The low and high end of a rate or parameter enclose the value that is used.

    Otherwise a sensitivity run would start outside the range it explores. Correct one of the three.
    """
    tables: tuple[tuple[Any, tuple[tuple[str, str, str], ...]], ...] = (
        (dataset.rates, _RANGES),
        (dataset.parameters, (("low", "value", "high"),)),
    )
    for table, ranges in tables:
        for record, line in rows(table):
            for low_name, name, high_name in ranges:
                low, value, high = (getattr(record, n) for n in (low_name, name, high_name))
                too_low = low is not None and value is not None and value < low
                too_high = high is not None and value is not None and value > high
                if too_low or too_high:
                    message = f"lies outside {low_name} to {high_name}"
                    remedy = "Correct one of the three."
                    yield Fault(table, line, name, f"{value:g}", message, remedy)


@rule("C004", Severity.WARNING, "times.csv covers edges without a time", needs_all_rows=True)
def no_default_time(dataset: DataSet) -> Iterator[Fault]:
    """An edge that leaves its time empty takes it from the row of times.csv for its kind and mode.

    Without such a row it would take no time at all. A move or access needs km_per_day there, the
    other kinds hours. Add the row to times.csv, or give the time in the edge. Named is the first
    edge of each case.
    """
    usable = [
        row
        for row in dataset.times.records
        if row.time_h is not None
        or (row.km_per_day is not None and row.kind in (EdgeKind.MOVE, EdgeKind.ACCESS))
    ]
    blank = ((edge, line) for edge, line in rows(dataset.edges) if edge.time_h is None)
    for edge, line in _uncovered(dataset, blank, usable):
        message = f"no time here, and none in times.csv for {_case_text(edge)}"
        yield Fault(dataset.edges, line, "time_h", "", message, "Add a row to times.csv.")


@rule("C005", Severity.WARNING, "rates.csv covers edges without a price", needs_all_rows=True)
def no_rate(dataset: DataSet) -> Iterator[Fault]:
    """An edge that leaves its prices empty takes the rate of its kind, mode and unit.

    Without one it would cost nothing. Looked at is what a 40' container pays: per FEU, TEU or tonne
    by rail and ship, per truck by road and truck ferry, per kg or tonne by air. Add the rate, or
    the price in the edge. Named is the first edge of each case.
    """
    for units in {_priced_units(edge) for edge in dataset.edges.records}:
        usable = [row for row in dataset.rates.records if row.unit in units]
        blank = (
            (edge, line)
            for edge, line in rows(dataset.edges)
            if _priced_units(edge) == units and all(edge.price_usd(u) is None for u in units)
        )
        for edge, line in _uncovered(dataset, blank, usable):
            message = f"no price here, and none in rates.csv for {_case_text(edge)}"
            value = str(edge.mode)
            yield Fault(dataset.edges, line, "mode", value, message, "Add a rate to rates.csv.")


@rule("C006", Severity.WARNING, "price_index.csv covers the years of prices")
def year_without_index(dataset: DataSet) -> Iterator[Fault]:
    """A price is brought to the year of the answer by the index of both years.

    Without the index of its year it would be taken as it stands. Add the year to price_index.csv.
    """
    years = {row.year for row in dataset.price_index.records}
    tables: tuple[Any, ...] = (dataset.edges, dataset.rates)
    for table in tables:
        for record, line in rows(table):
            year = record.price_year
            if year is not None and year not in years:
                message = "price_index.csv has no such year"
                yield Fault(table, line, "price_year", str(year), message, "Add the year there.")
    for row, line in rows(dataset.parameters):
        if row.parameter_id == "price_year" and row.value not in years:
            message = "price_index.csv has no such year"
            value = f"{row.value:g}"
            yield Fault(dataset.parameters, line, "value", value, message, "Add the year there.")


@rule("C007", Severity.WARNING, "emissions.csv covers the modes", needs_all_rows=True)
def no_emission_factor(dataset: DataSet) -> Iterator[Fault]:
    """A move whose mode has no factor in emissions.csv would emit nothing.

    The cleanest route would then be the one nobody measured. Add the factor. Named is the first
    edge of each case.
    """
    usable = [r for r in dataset.emissions.records if r.gco2e_per_tkm_wtw is not None]
    moves = ((e, line) for e, line in rows(dataset.edges) if e.kind is EdgeKind.MOVE)
    for edge, line in _uncovered(dataset, moves, usable):
        message = f"emissions.csv has no factor for {_case_text(edge)}"
        yield Fault(dataset.edges, line, "mode", str(edge.mode), message, "Add one there.")


@rule("C008", Severity.WARNING, "a parameter is one that is used")
def unknown_parameter(dataset: DataSet) -> Iterator[Fault]:
    """A parameter of another name changes nothing, so a typing error in its id goes unseen.

    Correct the id, or remove the row.
    """
    suggester = Suggester(PARAMETERS)
    for row, line in rows(dataset.parameters):
        if row.parameter_id not in PARAMETERS and not _OF_COUNTRY.fullmatch(row.parameter_id):
            remedy = suggester.remedy(row.parameter_id, "Remove it.")
            value = row.parameter_id
            message = "no such parameter"
            yield Fault(dataset.parameters, line, "parameter_id", value, message, remedy)


@rule("C009", Severity.WARNING, "a case stands once in a card")
def duplicate_card(dataset: DataSet) -> Iterator[Fault]:
    """Of the rows that fit an edge the most specific one counts; two alike leave that to chance.

    Alike are rows of one kind, mode, to_mode, vehicle and country, and for rates the unit, for
    emissions the traction and the range of distance. Remove one of them.
    """
    tables: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
        (dataset.times, "time_id", ()),
        (dataset.rates, "rate_id", ("unit",)),
        (dataset.emissions, "factor_id", ("traction", "from_km", "to_km")),
    )
    for table, key, further in tables:
        first: dict[tuple[Any, ...], int] = {}
        for record, line in rows(table):
            case = tuple(getattr(record, name) for name in (*_CASE, "country", *further))
            if case in first:
                message = f"for the same case as line {first[case]}"
                value = getattr(record, key)
                yield Fault(table, line, key, value, message, "Remove one of the two.")
            first.setdefault(case, line)


def _uncovered(
    dataset: DataSet, edges: Iterable[tuple[Edge, int]], cards: Iterable[CardRow]
) -> Iterator[tuple[Edge, int]]:
    """Yield the first edge of each case that no card row fits, in either direction."""
    nodes = nodes_by_id(dataset)
    by_case: dict[tuple[Any, ...], list[CardRow]] = {}
    for row in cards:
        by_case.setdefault((row.kind, row.mode, row.to_mode), []).append(row)
    told = set()
    for edge, line in edges:
        countries = {nodes[n].country for n in (edge.from_node, edge.to_node) if n in nodes}
        fitting = [
            *by_case.get((edge.kind, edge.mode, edge.to_mode), ()),
            *by_case.get((edge.kind, edge.to_mode, edge.mode), ()),
        ]
        covered = any(
            row.vehicle in (None, edge.vehicle) and (not row.country or row.country in countries)
            for row in fitting
        )
        if not covered and _case_text(edge) not in told:
            told.add(_case_text(edge))
            yield edge, line


def _case_text(edge: Edge) -> str:
    modes = f"{edge.mode} to {edge.to_mode}" if edge.to_mode else f"{edge.mode}"
    vehicle = f" with a {edge.vehicle}" if edge.vehicle else ""
    return f"{edge.kind} {modes}{vehicle}"


def _priced_units(edge: Edge) -> tuple[Unit, ...]:
    """List the units a 40' container may be priced by on an edge, the usual one first."""
    modes = (edge.mode, edge.to_mode)
    if Mode.AIR in modes:
        return (Unit.KG, Unit.T)
    if edge.vehicle is Vehicle.TRUCK or set(modes) <= {Mode.ROAD, None}:
        return (Unit.TRUCK, Unit.FEU, Unit.T)
    return (Unit.FEU, Unit.TEU, Unit.T)
