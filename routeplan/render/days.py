"""The best days to ship: a table in which days that are alike share a row, and every day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.language import day_text, in_its_language, moment_text, number_text, say
from routeplan.render.certainty import percent_text
from routeplan.render.figures import kg_text, money_text
from routeplan.render.listing import (
    csv_text,
    json_text,
    jsonl_text,
    markdown_table,
    tsv_text,
)
from routeplan.render.output import Format, Look
from routeplan.render.records import (
    edge_ids,
    moment_iso,
    network_dict,
    prices_dict,
    request_dict,
    totals_dict,
)
from routeplan.render.way import label, way_text
from routeplan.scenario.request import BEST_AT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from routeplan.analysis.days import DayAnswer, DaysAnswer
    from routeplan.itinerary.model import Itinerary

SCHEMA = "routeplan/days/1"
_SHOWN = 10
_SPANS = 3
_LEAST_WIDTH = {"P10-P90": 50, "On time": 44, "kg CO2e": 90, "Way": 60}


def days_dict(answer: DaysAnswer) -> dict[str, Any]:
    """Return the answer as the JSON contract `routeplan/days/1` has it: days in their order."""
    return {
        "schema": SCHEMA,
        "request": request_dict(answer.request),
        "range": {
            "first": answer.days.first.isoformat(),
            "last": answer.days.last.isoformat(),
            "hour": f"{answer.days.hour:%H:%M}",
        },
        "prices": prices_dict(answer.prices),
        "network": network_dict(answer),
        "best": [a.leave.date().isoformat() for a in answer.ranked()[:_SHOWN]],
        "days": day_rows(answer),
    }


def day_rows(answer: DaysAnswer) -> list[dict[str, Any]]:
    """Return one flat row per day, in order; a day without a way has blanks."""
    empty = dict.fromkeys(_found_dict(answer.ranked()[0]))
    return [
        {
            "rank": day.rank,
            "leave": moment_iso(day.leave),
            **(_found_dict(day) if day.itinerary else empty),
        }
        for day in answer.answers
    ]


def days_text(answer: DaysAnswer, form: Format, look: Look | None = None) -> str:
    """Write the days in one of the plain formats; a table holds the best of them."""
    if form is Format.JSON:
        return json_text(days_dict(answer))
    if form is Format.JSONL:
        return jsonl_text(day_rows(answer))
    if form in (Format.CSV, Format.TSV):
        rows = [
            {
                key: "|".join(value) if isinstance(value, list) else value
                for key, value in row.items()
            }
            for row in day_rows(answer)
        ]
        return csv_text(rows) if form is Format.CSV else tsv_text(rows)
    return _for_people(answer, form, look)


@in_its_language
def _for_people(answer: DaysAnswer, form: Format, look: Look | None) -> str:
    rows = _best_rows(answer)
    title, notes = _title(answer), _sentences(answer)
    if form is Format.MD:
        return f"# {title}\n\n{markdown_table(rows)}\n" + "".join(f"{note}\n\n" for note in notes)
    from rich.text import Text

    from routeplan.render.console import console_text, make_console, ruled_table

    console = make_console(look or Look())
    table = ruled_table(console)
    shown = [
        name
        for name, least in ((n, _LEAST_WIDTH.get(n, 0)) for n in _names(answer))
        if console.width >= least
    ]
    for name in shown:
        words = name in ("Way", "Leaves")
        table.add_column(say(name), justify="left" if words else "right", no_wrap=not words)
    for row in rows:
        table.add_row(*(Text(str(row[say(name)])) for name in shown))
    console.print(Text(title, style="bold"))
    console.print()
    console.print(table)
    console.print()
    for note in notes:
        console.print(Text(note))
    return console_text(console)


def _title(answer: DaysAnswer) -> str:
    return say(
        "{origin} to {destination}, {first} - {last}: {best_at} first",
        origin=label(answer.origin),
        destination=label(answer.destination),
        first=day_text(answer.days.first),
        last=day_text(answer.days.last),
        best_at=say(BEST_AT[answer.request.criterion]),
    )


def _sentences(answer: DaysAnswer) -> list[str]:
    ranked = answer.ranked()
    found = [say("Best day: {best}.", best=_day_sentence(ranked[0]))]
    best, worst = ranked[0].itinerary, ranked[-1].itinerary
    if best and worst and best.totals != worst.totals:
        found.append(say("Worst day: {worst}.", worst=_day_sentence(ranked[-1])))
    missing = len(answer.answers) - len(ranked)
    if missing:
        found.append(say("Days without a way: {count}.", count=missing))
    return found


def _day_sentence(day: DayAnswer) -> str:
    assert day.itinerary is not None  # noqa: S101 - a ranked day has a way
    assert day.itinerary.arrive is not None  # noqa: S101 - by the clock
    return say(
        "leave {day}, there {arrival} on average",
        day=moment_text(day.leave),
        arrival=moment_text(day.itinerary.arrive),
    )


def _names(answer: DaysAnswer) -> list[str]:
    currency = answer.prices.currency.upper()
    due = ["On time"] if answer.request.deadline_h is not None else []
    return ["Leaves", "Days", "P50 days", "P10-P90", *due, currency, "kg CO2e", "Way"]


def _best_rows(answer: DaysAnswer) -> list[dict[str, Any]]:
    """Return the best days, those that are alike in what the table shows in one row."""
    alike: dict[tuple[object, ...], list[DayAnswer]] = {}
    for day in answer.ranked():
        assert day.itinerary is not None  # noqa: S101 - a ranked day has a way
        alike.setdefault((edge_ids(day.itinerary), *_cells(answer, day.itinerary)), []).append(day)
    names = _names(answer)
    return [
        dict(zip(map(say, names), (_spans_text(days), len(days), *shown[1:]), strict=True))
        for shown, days in list(alike.items())[:_SHOWN]
    ]


def _spans_text(days: Iterable[DayAnswer]) -> str:
    """Write days as spans: `2026-12-01 - 2026-12-05, 2026-12-08`; of many the first few."""
    spans: list[list[date]] = []
    for day in sorted(day.leave.date() for day in days):
        if spans and (day - spans[-1][-1]).days == 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    texts = [
        day_text(span[0]) + (f" - {day_text(span[-1])}" if len(span) > 1 else "")
        for span in spans[:_SPANS]
    ]
    more = sum(map(len, spans[_SPANS:]))
    return ", ".join(texts) + (f" +{more}" if more else "")


def _cells(answer: DaysAnswer, itinerary: Itinerary) -> list[str]:
    totals = itinerary.totals
    share = totals.on_time_share
    due = [] if share is None else [percent_text(share)]
    return [
        number_text(f"{totals.time_h_p50 / 24:.1f}"),
        f"{totals.time_h_p10 / 24:.0f}-{totals.time_h_p90 / 24:.0f}",
        *due,
        money_text(answer.prices.shown(totals.cost_usd)),
        kg_text(totals.co2e_kg),
        way_text(itinerary),
    ]


def _found_dict(day: DayAnswer) -> dict[str, Any]:
    itinerary = day.itinerary
    assert itinerary is not None  # noqa: S101 - a day with a way
    assert itinerary.arrive is not None  # noqa: S101 - by the clock
    return {
        "arrive": moment_iso(itinerary.arrive),
        **totals_dict(itinerary),
        "countries": list(itinerary.countries),
        "way": way_text(itinerary),
        "edges": list(edge_ids(itinerary)),
    }
