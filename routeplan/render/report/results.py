"""The report of a batch: how its answers are spread, what moves most, what failed."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from routeplan.language import Language, number_text, say, speaking
from routeplan.render.draw.histogram import histogram_svg
from routeplan.render.draw.sheet import Sheet, plain_number
from routeplan.render.figures import money_text
from routeplan.render.report.blocks import Block, Column, Figure, Report, Section, Table, Text
from routeplan.render.report.rounded import (
    about_money,
    day_number,
    signed_days,
    signed_money,
    signed_tonnes,
    whole_days,
)
from routeplan.render.report.scenarios import effect_columns
from routeplan.units import HOURS_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from routeplan.analysis.results import Moved, Result

_SHEET = (460, 250)
_LISTED, _ON_PAPER = 50, 14
_FEW = 8


def results_report(
    results: Sequence[Result],
    moved: Sequence[Moved] | None = None,
    *,
    name: str,
    language: Language = Language.EN,
) -> Report:
    """Put together the report of a batch.

    Parameters
    ----------
    results
        First answers, at least one.
    moved
        What differs from earlier results, or None if there are none to compare with.
    name
        Of the file of results.
    language
        Of its words.
    """
    with speaking(language):
        return Report(
            title=say("Results of {name}", name=name),
            subtitle=_subtitle(results),
            sections=tuple(_sections(results, moved, language)),
            footer=say("routeplan; the first answer of each scenario, times are medians (P50)."),
            language=language,
        )


def _sections(
    results: Sequence[Result], moved: Sequence[Moved] | None, language: Language
) -> Iterator[Section]:
    answered = [result for result in results if result.is_answered]
    answer = [Text(text, "answer") for text in _sentences(results, answered, moved)]
    yield Section("answer", say("In short"), tuple(answer))
    if answered:
        yield Section("spread", say("How the answers are spread"), _figures(answered, language))
        yield Section("effects", say("What moves most"), (_effects(answered),))
    if moved is not None:
        yield Section("baseline", say("Against the earlier results"), (_moved(moved),))
    failed = [result for result in results if result.expectations == "failed"]
    if failed:
        columns = (Column(say("Scenario")), Column(say("What failed")))
        rows = [(result.scenario_id, result.failed) for result in failed]
        title = say("Failed expectations")
        yield Section("failed", title, (_listed(title, columns, rows),))
    for status, title in (
        ("no_route", say("Without a way")),
        ("bad_row", say("Rows that cannot be asked")),
        ("error", say("Rows that ended with an error")),
    ):
        rows = [(r.scenario_id, r.error) for r in results if r.status == status]
        if rows:
            columns = (Column(say("Scenario")), Column(say("Why")))
            yield Section(status, title, (_listed(title, columns, rows),))


def _subtitle(results: Sequence[Result]) -> str:
    pairs = Counter((r.origin, r.destination) for r in results if r.origin and r.destination)
    shown = [f"{origin} - {end} ({count})" for (origin, end), count in pairs.most_common(3)]
    more = len(pairs) - len(shown)
    rest = [say("and {count} more", count=more)] if more > 0 else []
    return ", ".join([*shown, *rest])


def _sentences(
    results: Sequence[Result], answered: Sequence[Result], moved: Sequence[Moved] | None
) -> Iterator[str]:
    status = Counter(result.status for result in results)
    wrong = len(results) - len(answered) - status["no_route"]
    yield say(
        "Of {count} scenarios {answered} have a way, {lost} have none and {wrong} could not be "
        "answered.",
        count=_count(len(results)),
        answered=_count(len(answered)),
        lost=_count(status["no_route"]),
        wrong=_count(wrong),
    )
    if answered:
        hours = [r.time_h for r in answered if r.time_h is not None]
        costs = [r.cost_usd for r in answered if r.cost_usd is not None]
        yield say(
            "Half of the ways take {days} days or less and cost {cost} USD or less; they run from "
            "{low} to {high} days and from {cheap} to {dear} USD.",
            days=whole_days(median(hours)),
            cost=about_money(median(costs)),
            low=whole_days(min(hours)),
            high=whole_days(max(hours)),
            cheap=about_money(min(costs)),
            dear=about_money(max(costs)),
        )
    asked = [r for r in results if r.expectations in ("ok", "failed")]
    failed = sum(result.expectations == "failed" for result in asked)
    text = (
        say(
            "Of {count} scenarios that expect something, {failed} fail.",
            count=_count(len(asked)),
            failed=_count(failed),
        )
        if asked
        else say("No scenario expects anything.")
    )
    if moved is not None:
        differ = say("{count} differ from the earlier results.", count=_count(len(moved)))
        text = f"{text} {differ}"
    yield text


def _figures(answered: Sequence[Result], language: Language) -> tuple[Block, ...]:
    days = [r.time_h / HOURS_PER_DAY for r in answered if r.time_h is not None]
    costs = [r.cost_usd for r in answered if r.cost_usd is not None]

    def figure(
        name: str, values: Sequence[float], title: str, text: Callable[[float], str]
    ) -> Figure:
        def draw(inner: bool) -> str:
            with speaking(language):
                return histogram_svg(values, title=title, text=text, sheet=Sheet(*_SHEET, inner))

        caption = say("{what}: bars count scenarios, the line is the share up to there", what=title)
        return Figure(name, caption, draw, is_half=True)

    return (
        figure("days", days, say("days (P50)"), plain_number),
        figure("cost", costs, "USD", money_text),
    )


def _effects(answered: Sequence[Result]) -> Block:
    moving = [result for result in answered if result.effect > 0]
    if not moving:
        return Text(say("No scenario differs from its question without changes, or none says so."))
    moving.sort(key=lambda result: -result.effect)
    rows = [
        (
            result.scenario_id,
            "" if result.time_h is None else day_number(result.time_h),
            *_deltas(result.delta_time_h, result.delta_cost_usd, result.delta_co2e_kg),
        )
        for result in moving
    ]
    caption = say("Against the same question without changes, the largest effect first")
    return _listed(caption, effect_columns(say("Scenario"), "USD"), rows)


def _moved(moved: Sequence[Moved]) -> Block:
    if not moved:
        return Text(say("Nothing differs."))
    return _listed(
        say("What differs, the largest difference first"),
        effect_columns(say("Scenario"), "USD"),
        [_moved_row(m) for m in moved],
    )


def _moved_row(moved: Moved) -> tuple[str, ...]:
    before, now = moved.before, moved.now
    if before is None or now is None:
        known = before or now
        name = known.scenario_id if known else ""
        return (name, say("new") if before is None else say("gone"), "", "", "")
    states = [_state(before), _state(now)]
    deltas = [
        None if a is None or b is None else b - a
        for a, b in (
            (before.time_h, now.time_h),
            (before.cost_usd, now.cost_usd),
            (before.co2e_kg, now.co2e_kg),
        )
    ]
    return (now.scenario_id, " \u2192 ".join(states), *_deltas(*deltas))


def _state(result: Result) -> str:
    if result.time_h is None or not result.is_answered:
        return say("no way")
    return day_number(result.time_h)


def _deltas(time_h: float | None, cost_usd: float | None, co2e_kg: float | None) -> tuple[str, ...]:
    return (
        "" if time_h is None else signed_days(time_h),
        "" if cost_usd is None else signed_money(cost_usd),
        "" if co2e_kg is None else signed_tonnes(co2e_kg),
    )


def _listed(caption: str, columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    """Make a table of the first rows; a report is to be read, the rest is in the results."""
    if len(rows) > _LISTED:
        caption = say("{caption} ({shown} of {count})", caption=caption, shown=_LISTED,
                      count=_count(len(rows)))  # fmt: skip
    return Table(caption, columns, tuple(rows[:_LISTED]), most=_ON_PAPER)


def _count(value: int) -> str:
    return number_text(f"{value:,}".replace(",", " "))
