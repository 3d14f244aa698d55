"""S-rules: where the numbers come from."""

# ruff: noqa: D401 - a rule's docstring is its explanation to the user

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.network.findings import Severity
from routeplan.network.provenance import sources_for
from routeplan.network.rules.common import Suggester, lacks_column, rows
from routeplan.network.rules.registry import Fault, rule
from routeplan.network.vocabulary import Confidence, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.network.dataset import DataSet
    from routeplan.network.tables import Table

_OWN_PUBLISHER = "routeplan"
_PREFIXES = {
    "distance_": Metric.DISTANCE,
    "km_per_day": Metric.TIME,
    "time_": Metric.TIME,
    "wait_": Metric.WAIT,
    "cost_usd_": Metric.COST,
    "usd_": Metric.COST,
    "capacity_": Metric.CAPACITY,
    "max_lot_": Metric.CAPACITY,
    "gco2e_": Metric.CO2E,
    "kgco2e_": Metric.CO2E,
    "per_week": Metric.FREQUENCY,
    "departs": Metric.FREQUENCY,
}


@rule("S001", Severity.ERROR, "the confidence of a number can be understood")
def bad_confidence(dataset: DataSet) -> Iterator[Fault]:
    """The column confidence holds the class of the row, then exceptions per number.

    Classes are measured, published, derived and assumed; an exception is written time:assumed, with
    distance, time, wait, cost, co2e, capacity or frequency. Every answer says how much of it rests
    on which class, so a word beyond these cannot be used. Correct it.
    """
    for table in _fact_tables(dataset):
        for record, line in rows(table):
            for index, token in enumerate(record.confidence):
                fault = _confidence_fault(token, first=index == 0)
                if fault:
                    yield Fault(table, line, "confidence", token, *fault)


@rule("S002", Severity.WARNING, "an assumption is explained")
def unexplained_assumption(dataset: DataSet) -> Iterator[Fault]:
    """A number that is assumed has no source to open, so the note must say how it was judged.

    Write the reason into the note, or name the source and raise the class.
    """
    for table in _fact_tables(dataset):
        for record, line in rows(table):
            assumed = [t for t in record.confidence if t.rpartition(":")[2] == Confidence.ASSUMED]
            if assumed and not record.note:
                message = "assumed, and the note does not say how it was judged"
                remedy = "Write the reason into the note."
                yield Fault(table, line, "confidence", assumed[0], message, remedy)


@rule("S003", Severity.WARNING, "a number has a source")
def unsourced_number(dataset: DataSet) -> Iterator[Fault]:
    """Every number can be traced to a source a reader can open, or to a judgement that is named.

    A row needs a source for each number it gives: an id without prefix for the whole row, or one
    such as time:railway-2025 for one number. Fill source_ids. Judgements of your own get a source
    row too, with a title that says so.
    """
    for table in _fact_tables(dataset):
        remedy = "Add it if the numbers shall be traceable."
        yield from lacks_column(table, "source_ids", "there is no column source_ids", remedy)
        if "source_ids" not in table.positions:
            continue
        for record, line in rows(table):
            for metric, column in _given_numbers(table, record):
                if not (sources_for(record, metric) if metric else record.source_ids):
                    message = f"{column or 'the row'} has no source"
                    remedy = "Name a source of sources.csv."
                    yield Fault(table, line, "source_ids", "", message, remedy)
                    break


@rule("S004", Severity.WARNING, "a source exists")
def unknown_source(dataset: DataSet) -> Iterator[Fault]:
    """The ids in source_ids are those of sources.csv, and a prefix names one of the numbers.

    Prefixes are distance, time, wait, cost, co2e, capacity and frequency. An id that leads nowhere
    leaves the number without a source. Correct it, or add the source. A folder's own sources.csv
    is read beside the one that comes with routeplan.
    """
    if not dataset.sources.complete:
        return
    known = [s.source_id for s in (*dataset.sources.records, *dataset.shared_sources)]
    suggester, lookup = Suggester(known), {*known, *dataset.sources.unread}
    metrics = Suggester(Metric)
    for table in _fact_tables(dataset):
        for record, line in rows(table):
            for token in record.source_ids:
                metric, _, source_id = token.rpartition(":")
                if metric and metric not in set(Metric):
                    remedy = metrics.remedy(metric, f"Known are {', '.join(Metric)}.")
                    yield Fault(table, line, "source_ids", token, "no such prefix", remedy)
                if source_id not in lookup:
                    remedy = suggester.remedy(source_id, "Add it to sources.csv.")
                    yield Fault(table, line, "source_ids", token, "no such source", remedy)


@rule("S005", Severity.WARNING, "a source can be opened")
def source_without_address(dataset: DataSet) -> Iterator[Fault]:
    """A source has an address that begins with http:// or https://.

    A reader who doubts a number opens it. Judgements published by routeplan itself have none. Give
    the address of the page or file.
    """
    for source, line in rows(dataset.sources):
        own = source.publisher.strip().lower() == _OWN_PUBLISHER
        if not own and not source.url.startswith(("http://", "https://")):
            message = f"{source.source_id} has no address that can be opened"
            remedy = "Give the address of the page or file, with https://."
            yield Fault(dataset.sources, line, "url", source.url, message, remedy)


@rule("S006", Severity.WARNING, "a source is used", needs_all_rows=True)
def unused_source(dataset: DataSet) -> Iterator[Fault]:
    """A source that backs no row is a leftover, or a row forgot to name it.

    Counted are all files of the folder. Remove the source, or name it where it belongs.
    """
    used = {
        token.rpartition(":")[2]
        for table in _fact_tables(dataset)
        for record in table.records
        for token in record.source_ids
    }
    for source, line in rows(dataset.sources):
        if source.source_id not in used and source.source_id not in dataset.elsewhere:
            message = "used by no row"
            remedy = "Remove it, or name it where it belongs."
            value = source.source_id
            yield Fault(dataset.sources, line, "source_id", value, message, remedy)


@rule("S007", Severity.WARNING, "a row says what date it speaks of")
def missing_date(dataset: DataSet) -> Iterator[Fault]:
    """A tariff of 2019 and one of 2026 are two things, and answers name the date they stand for.

    Fill as_of with the year, month or day the row speaks of, not the day it was typed.
    """
    yield from _missing(dataset, "as_of", "as_of", "Give a year such as 2026, or 2026-03.")


@rule("S008", Severity.WARNING, "a row says how it is known")
def missing_confidence(dataset: DataSet) -> Iterator[Fault]:
    """A row without confidence counts as assumed in every answer.

    Fill it with measured, published, derived or assumed.
    """
    remedy = "Write measured, published, derived or assumed."
    yield from _missing(dataset, "confidence", "confidence", remedy)


def _fact_tables(dataset: DataSet) -> Iterator[Table[Any]]:
    """Yield the tables whose rows have sources."""
    return (table for table in dataset.tables() if table is not dataset.sources)


def _missing(dataset: DataSet, column: str, what: str, remedy: str) -> Iterator[Fault]:
    for table in _fact_tables(dataset):
        yield from lacks_column(table, column, f"there is no column {column}", "Add it.")
        if column not in table.positions:
            continue
        for record, line in rows(table):
            if not getattr(record, column):
                yield Fault(table, line, column, "", f"a row without {what}", remedy)


def _confidence_fault(token: str, *, first: bool) -> tuple[str, str] | None:
    metric, _, name = token.rpartition(":")
    classes = ", ".join(Confidence)
    if name not in set(Confidence):
        return "no such class", Suggester(Confidence).remedy(name, f"Known are {classes}.")
    if first and metric:
        return "the first class is that of the row and has no prefix", "Begin with a plain class."
    if not first and not metric:
        return "a second class for the whole row", "Say for which number, such as time:assumed."
    if metric and metric not in set(Metric):
        return "no such prefix", Suggester(Metric).remedy(metric, f"Known are {', '.join(Metric)}.")
    return None


def _given_numbers(table: Table[Any], record: object) -> Iterator[tuple[Metric | None, str]]:
    """Yield the numbers a row gives, with what they measure; None stands for the row as such."""
    measured = False
    for column in table.positions:
        metric = next((m for start, m in _PREFIXES.items() if column.startswith(start)), None)
        if metric is None or column.endswith("_id"):
            continue
        measured = True
        if getattr(record, column, None) not in (None, (), ""):
            yield metric, column
    if not measured:
        yield None, ""
