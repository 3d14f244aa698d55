"""E-rules on the numbers, dates and words of an edge."""

# ruff: noqa: D401 - a rule's docstring is its explanation to the user

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from routeplan.network.findings import Severity
from routeplan.network.rules.common import (
    CARGO_FLAGS,
    Suggester,
    joined_rows,
    lacks_column,
    rows,
    ways,
)
from routeplan.network.rules.registry import Fault, rule
from routeplan.network.vocabulary import EdgeKind, Mode, Status, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.network.dataset import DataSet
    from routeplan.network.records import Edge, Node
    from routeplan.network.tables import Table

_LINE_KINDS = (EdgeKind.MOVE, EdgeKind.BORDER, EdgeKind.ACCESS, EdgeKind.GAUGE_CHANGE)
_PRICES = tuple(f"cost_usd_per_{unit}" for unit in Unit)

_SHORTER = 0.995
"""Share of the great circle a distance may fall short by rounded coordinates ..."""
_SHORTER_KM = 0.3
"""... and the kilometres a terminal may be from its coordinates."""
_LONG_KM = 60.0
_DETOUR = {
    Mode.RAIL: 2.5,
    Mode.ROAD: 2.5,
    Mode.BARGE: 3.0,
    Mode.SEA: 4.0,
    Mode.FERRY: 4.0,
    Mode.AIR: 1.5,
}
_SPEED_KM_H = {
    Mode.RAIL: (4.0, 60.0),
    Mode.ROAD: (8.0, 80.0),
    Mode.SEA: (8.0, 40.0),
    Mode.FERRY: (8.0, 45.0),
    Mode.BARGE: (3.0, 20.0),
    Mode.AIR: (200.0, 900.0),
}
_MANOEUVRE_H = {Mode.SEA: 2.0, Mode.FERRY: 2.0, Mode.BARGE: 2.0, Mode.AIR: 0.7}
"""Hours at both ends that belong to a passage and make a short one look slow."""
_UNEQUAL = 3.0
_UNEQUAL_H = 1.0
_DEPARTURE = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)( ([01]\d|2[0-3]):[0-5]\d)?")
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")


@rule("E010", Severity.ERROR, "percentiles rise")
def percentile_order(dataset: DataSet) -> Iterator[Fault]:
    """The 10th percentile is at most the median, and the 90th at least the median.

    Nine of ten runs take no longer than the 90th percentile; a smaller one is usually a number in
    the wrong column. Looked at are time and wait of edges. Correct the order.
    """
    yield from falling_percentiles(dataset.edges, "time_h", "wait_h")


@rule("E011", Severity.ERROR, "percentiles come with a median")
def percentile_without_median(dataset: DataSet) -> Iterator[Fault]:
    """A 10th or 90th percentile without the median is not enough to plan with.

    The row would be read as one without the number. Give the median in time_h or wait_h, or clear
    the percentile.
    """
    yield from lone_percentiles(dataset.edges, "time_h", "wait_h")


@rule("E012", Severity.ERROR, "a move has a time or a distance")
def neither_time_nor_distance(dataset: DataSet) -> Iterator[Fault]:
    """A move or access row without time takes it from its distance and the speed of its mode.

    Without both, cargo would cover it in no time. Give distance_km, time_h or both. Transshipments,
    borders and changes of gauge may leave both empty: their hours are in times.csv.
    """
    for edge, line in rows(dataset.edges):
        lacking = edge.time_h is None and edge.distance_km is None
        if lacking and edge.kind in (EdgeKind.MOVE, EdgeKind.ACCESS):
            message = f"{edge.edge_id} has neither time nor distance"
            yield Fault(dataset.edges, line, "distance_km", "", message, "Give at least one.")


@rule("E013", Severity.WARNING, "a way is no shorter than the great circle")
def shorter_than_great_circle(dataset: DataSet) -> Iterator[Fault]:
    """No way is shorter than the geodesic between its ends.

    Allowed are 0.5 % and 300 m for rounding. A shorter distance means that a node lies elsewhere
    than thought, or a figure of another section was taken. Correct the coordinates or the distance.
    """
    for edge, line, km, circle_km in _measured(dataset):
        if km < circle_km * _SHORTER - _SHORTER_KM:
            message = f"shorter than the {circle_km:.1f} km of the great circle"
            remedy = "Correct the distance, or the coordinates of an end."
            yield Fault(
                dataset.edges, line, "distance_km", f"{edge.distance_km:g}", message, remedy
            )


@rule("E014", Severity.WARNING, "a long detour is explained")
def long_detour(dataset: DataSet) -> Iterator[Fault]:
    """A way much longer than the great circle is rare enough to ask for a word in the note.

    The limit is 2.5 times for rail and road, 3 for barges, 4 for ships and 1.5 for aircraft, looked
    at above 60 km. Correct the distance or the coordinates, or say in the note why it is so long.
    """
    for edge, line, km, circle_km in _measured(dataset):
        limit = _DETOUR[edge.mode] if edge.mode else 0
        if km > _LONG_KM and km > limit * circle_km and not edge.note:
            message = f"more than {limit:g} times the {circle_km:.0f} km of the great circle"
            remedy = "Correct it, or say in the note why the way is so long."
            yield Fault(dataset.edges, line, "distance_km", f"{km:g}", message, remedy)


@rule("E015", Severity.WARNING, "a mode keeps to its speed")
def odd_speed(dataset: DataSet) -> Iterator[Fault]:
    """The median time of a move and its distance give a speed the mode can have.

    In km/h: rail 4-60 with its stops, road 8-80 with rests, sea 8-40, ferry 8-45, barge 3-20, air
    200-900; two hours of manoeuvres (air: 40 minutes) are allowed for. A speed beyond often means
    that days stand where hours belong, or that a wait is in the time. Correct one of the two.
    """
    for edge, line in rows(dataset.edges):
        if edge.kind is not EdgeKind.MOVE or not edge.time_h or not edge.distance_km:
            continue
        if edge.mode is None:
            continue
        slowest, fastest = _SPEED_KM_H[edge.mode]
        km_h = edge.distance_km / edge.time_h
        under_way_h = edge.time_h - _MANOEUVRE_H.get(edge.mode, 0.0)
        too_slow = under_way_h > 0 and edge.distance_km / under_way_h < slowest
        if too_slow or km_h > fastest:
            message = (
                f"{edge.distance_km:g} km in that time is {km_h:.3g} km/h, "
                f"where {edge.mode} does {slowest:g} to {fastest:g}"
            )
            remedy = "Correct the time or the distance."
            yield Fault(dataset.edges, line, "time_h", f"{edge.time_h:g}", message, remedy)


@rule(
    "E016",
    Severity.WARNING,
    "two directions are alike, or a note says why not",
    needs_all_rows=True,
)
def unlike_directions(dataset: DataSet) -> Iterator[Fault]:
    """Two directions that differ more than threefold in time or price are worth a word.

    Often one of them holds a total that the other splits. Looked at are directed rows of the same
    ends, kind, mode and vehicle, but no transshipments. Correct one, or say in a note why it is so.
    """
    seen: dict[tuple[Any, ...], tuple[Edge, int]] = {}
    for edge, line in rows(dataset.edges):
        if not edge.directed or edge.kind is EdgeKind.TRANSSHIP:
            continue
        start, end = next(ways(edge))
        back, back_line = seen.get((end, start, edge.kind), (None, 0))
        seen.setdefault((start, end, edge.kind), (edge, line))
        if back is None or edge.note or back.note:
            continue
        for column in ("time_h", *_PRICES):
            here, there = getattr(edge, column), getattr(back, column)
            if _differ(here, there):
                message = f"the way back in line {back_line} has {there:g}"
                remedy = "Correct one of them, or say why in a note."
                yield Fault(dataset.edges, line, column, f"{here:g}", message, remedy)


@rule("E017", Severity.WARNING, "a price has a year")
def price_without_year(dataset: DataSet) -> Iterator[Fault]:
    """Prices of different years are brought to one year by the price index.

    A price without its year is taken as of the year of the answer. Fill price_year with the year
    the price was in force.
    """
    for edge, line in rows(dataset.edges):
        priced = next((name for name in _PRICES if getattr(edge, name) is not None), None)
        if priced and edge.price_year is None:
            message = f"{priced} is given without the year of the price"
            yield Fault(dataset.edges, line, "price_year", "", message, "Give the year.")


@rule("E018", Severity.WARNING, "a planned edge says when it opens")
def planned_without_date(dataset: DataSet) -> Iterator[Fault]:
    """A planned edge is used from its open_from on; without one it stays shut for good.

    Fill open_from with the announced day, or make the status closed.
    """
    for edge, line in rows(dataset.edges):
        if edge.status is Status.PLANNED and not edge.open_from:
            message = "planned, and no day from which it is open"
            yield Fault(dataset.edges, line, "open_from", "", message, "Give the announced day.")


@rule("E019", Severity.WARNING, "an edge opens before it closes")
def opens_after_closing(dataset: DataSet) -> Iterator[Fault]:
    """With open_from behind open_to there is no day on which the edge could be used.

    Exchange the two, or correct the year.
    """
    for edge, line in rows(dataset.edges):
        if edge.open_from and edge.open_to and edge.open_from > edge.open_to:
            message = f"lies behind open_to, {edge.open_to}"
            remedy = "Exchange the two, or correct the year."
            yield Fault(dataset.edges, line, "open_from", edge.open_from, message, remedy)


@rule("E020", Severity.ERROR, "days and hours exist")
def impossible_day(dataset: DataSet) -> Iterator[Fault]:
    """The columns open_from, open_to and window hold days of the calendar and hours of the day.

    A day such as 2026-02-30 cannot be compared with a date of departure. Correct it; a window is
    written 22:00-05:00.
    """
    for edge, line in rows(dataset.edges):
        for column in ("open_from", "open_to"):
            day = getattr(edge, column)
            if day and not _is_day(day):
                message = "the calendar has no such day"
                yield Fault(dataset.edges, line, column, day, message, "Correct it.")
        if edge.window and not all(_HOUR.fullmatch(hour) for hour in edge.window.split("-")):
            message = "the day has no such hours"
            remedy = "Write hours such as 22:00-05:00."
            yield Fault(dataset.edges, line, "window", edge.window, message, remedy)


@rule("E021", Severity.ERROR, "departures are weekdays")
def departure_days(dataset: DataSet) -> Iterator[Fault]:
    """The column departs lists weekdays, each with an hour where one is published.

    Written are mon, tue, wed, thu, fri, sat and sun, separated by |, as in mon|thu 08:00. Where
    only a number of departures is known, use per_week.
    """
    for edge, line in rows(dataset.edges):
        for departure in edge.departs:
            if not _DEPARTURE.fullmatch(departure):
                message = "not a weekday such as mon or thu 08:00"
                remedy = "Write mon to sun, with HH:MM where known, or use per_week."
                yield Fault(dataset.edges, line, "departs", departure, message, remedy)


@rule("E022", Severity.WARNING, "a season exists")
def unknown_season(dataset: DataSet) -> Iterator[Fault]:
    """The column season_id names a season of seasons.csv.

    With another name the edge runs the same all year round. Correct it, or add the season.
    """
    known = {season.season_id for season in dataset.seasons.records}
    suggester = Suggester(known)
    if not dataset.seasons.complete:
        return
    for edge, line in rows(dataset.edges):
        value = edge.season_id
        if value and value not in known and value not in dataset.seasons.unread:
            remedy = suggester.remedy(value, "Add it to seasons.csv.")
            yield Fault(dataset.edges, line, "season_id", value, "no such season", remedy)


@rule("E023", Severity.WARNING, "cargo flags are known")
def unknown_flag(dataset: DataSet) -> Iterator[Fault]:
    """The column forbids of edges and flags of cargo.csv hold dangerous, open or reefer.

    An edge that forbids anything else forbids nothing. Correct the word.
    """
    suggester = Suggester(CARGO_FLAGS)
    otherwise = f"Known are {', '.join(CARGO_FLAGS)}."
    tables: tuple[tuple[Table[Any], str], ...] = (
        (dataset.edges, "forbids"),
        (dataset.cargoes, "flags"),
    )
    for table, column in tables:
        for record, line in rows(table):
            for flag in getattr(record, column):
                if flag not in CARGO_FLAGS:
                    remedy = suggester.remedy(flag, otherwise)
                    yield Fault(table, line, column, flag, "no such cargo flag", remedy)


@rule("E024", Severity.WARNING, "a move has a distance")
def no_distance(dataset: DataSet) -> Iterator[Fault]:
    """A move or access row without distance_km pays nothing by the kilometre and emits nothing.

    Its time may still be right, but price and CO2e of a route over it come out too low. Give the
    length of the way the cargo goes, not the straight line.
    """
    remedy = "Give the length of the way."
    message = "there is no column distance_km: prices by the kilometre and CO2e come out as zero"
    yield from lacks_column(dataset.edges, "distance_km", message, remedy)
    if "distance_km" not in dataset.edges.positions:
        return
    for edge, line in rows(dataset.edges):
        moves = edge.kind in (EdgeKind.MOVE, EdgeKind.ACCESS)
        if moves and edge.distance_km is None and edge.time_h is not None:
            message = f"{edge.edge_id} has no distance: prices by the kilometre and CO2e are zero"
            yield Fault(dataset.edges, line, "distance_km", "", message, remedy)


def falling_percentiles(table: Table[Any], *quantities: str) -> Iterator[Fault]:
    """Yield the percentiles of a table that stand in the wrong order."""
    for record, line in rows(table):
        for name in quantities:
            p10, p50, p90 = _percentiles(record, name)
            if p10 is not None and p50 is not None and p10 > p50:
                message = f"the 10th percentile lies above the median, {p50:g}"
                yield Fault(table, line, f"{name}_p10", f"{p10:g}", message, "Correct the order.")
            if p90 is not None and p50 is not None and p90 < p50:
                message = f"the 90th percentile lies below the median, {p50:g}"
                yield Fault(table, line, f"{name}_p90", f"{p90:g}", message, "Correct the order.")


def lone_percentiles(table: Table[Any], *quantities: str) -> Iterator[Fault]:
    """Yield the percentiles of a table that stand without their median."""
    for record, line in rows(table):
        for name in quantities:
            p10, p50, p90 = _percentiles(record, name)
            if p50 is None and (p10 is not None or p90 is not None):
                column = f"{name}_p90" if p10 is None else f"{name}_p10"
                message = f"a percentile without the median in {name}"
                value = f"{p90 if p10 is None else p10:g}"
                yield Fault(table, line, column, value, message, "Give the median.")


def _percentiles(record: object, name: str) -> tuple[float | None, float | None, float | None]:
    return (
        getattr(record, f"{name}_p10"),
        getattr(record, name),
        getattr(record, f"{name}_p90"),
    )


def _measured(dataset: DataSet) -> Iterator[tuple[Edge, int, float, float]]:
    """Yield each edge that has a distance and two known ends, with the great circle in km."""
    for edge, line, start, end in joined_rows(dataset, *_LINE_KINDS):
        circle_km = _great_circle_km(start, end)
        if edge.distance_km is not None and circle_km is not None:
            yield edge, line, edge.distance_km, circle_km


def _great_circle_km(start: Node, end: Node) -> float | None:
    from geopy.distance import geodesic

    if start.lat is None or start.lon is None or end.lat is None or end.lon is None:
        return None
    return float(geodesic((start.lat, start.lon), (end.lat, end.lon)).km)


def _differ(here: float | None, there: float | None) -> bool:
    if here is None or there is None:
        return False
    low, high = sorted((here, there))
    return high > _UNEQUAL * low and high - low > _UNEQUAL_H


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
