"""A plan for people: the short list, then the first way step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from routeplan.language import hour_text, in_its_language, number_text, say
from routeplan.network.vocabulary import EdgeKind, Metric, Mode
from routeplan.render.cells import plain
from routeplan.render.certainty import certainty_sentences, percent_text
from routeplan.render.console import ruled_table
from routeplan.render.figures import duration_text, kg_text, km_text, money_text
from routeplan.render.front import front_drawing, front_table, front_title
from routeplan.render.way import Step, border_posts, passages, steps, terminal_names, way_parts
from routeplan.render.words import (
    against_text,
    best_at_text,
    data_sentence,
    duration_sentence,
    evidence_sentence,
    note_text,
    policy_sentence,
    request_texts,
    tells_kept_out,
    title_text,
    what_if_sentences,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from routeplan.itinerary.model import Itinerary, Plan, Prices

_MODE_STYLE = {
    Mode.RAIL: "green",
    Mode.ROAD: "yellow",
    Mode.SEA: "bright_blue",
    Mode.FERRY: "cyan",
    Mode.BARGE: "bright_blue",
    Mode.AIR: "magenta",
}
_LEAST_WIDTH = {
    "P10-P90": 56,
    "USD": 48,
    "EUR": 48,
    "kg CO2e": 76,
    "Countries": 68,
    "km": 76,
    "Wait": 56,
    "Time is": 100,
    "Leaves": 60,
    "Arrives": 60,
}
"""Column -> the least width of a table that shows it."""

_PARTS_WIDTH = 84
"""The least width of the table of parts; below it each way is a sum in one sentence."""

_CUSTOMS_WIDTH = 60
"""The least width of the table of duties that shows the customs value."""
_BY_THE_CLOCK, _CLOCK_WIDTH = ("On time", "Leaves", "Arrives"), 11
"""Columns of some questions only, and what each takes from the room of the countries."""
_BOTH_HOURS_WIDTH = 84
"""The least width of a list that shows beside when to leave also when one is there."""
_TIMES_WIDTH = 28
_LEAST_STEP_WIDTH = {**_LEAST_WIDTH, "Leaves": 44, "Arrives": 44}
"""The same for steps; where those have times, of a table without the width of the times."""

_FRONT_WIDTH = {"P50": 60, "P90": 70, "Changes": 90, "kg CO2e": 64, "Listed as": 56}


@in_its_language
def print_plan(plan: Plan, console: Console, *, verbose: bool = False) -> None:
    """Print a plan.

    Parameters
    ----------
    plan
        The answer.
    console
        Where to; its width decides how much stands in a line.
    verbose
        Print every way step by step, with the sources of each step.
    """
    console.print(_heading(plan))
    for sentence in what_if_sentences(plan):
        console.print(Text(sentence))
    console.print()
    console.print(_shortlist_table(plan, console))
    console.print()
    console.print(_ways_grid(plan))
    console.print()
    if plan.front:
        _print_front(plan, console)
    shown = plan.itineraries if verbose else plan.itineraries[: 0 if plan.front else 1]
    for rank, itinerary in enumerate(shown, 1):
        console.print(_leg_table(itinerary, rank, plan.prices, console))
        console.print()
        console.print(duration_sentence(itinerary, plan.request.handover))
        for sentence in certainty_sentences(itinerary, plan.request.deadline_h):
            console.print(sentence)
        console.print(evidence_sentence(itinerary))
        if verbose:
            _print_crossings(itinerary, console)
            _print_evidence(itinerary, console)
        console.print()
    if verbose:
        _print_parts(plan, console)
    if plan.duty is not None:
        _print_duty(plan, console)
    for warning in plan.warnings:
        console.print(Text(say("Note: {note}", note=plain(note_text(warning))), style="yellow"))
    if verbose or tells_kept_out(plan.request):
        _print_kept_out(plan, console, verbose=verbose)
    console.print(Text(policy_sentence(plan), style="dim"))
    console.print(Text(data_sentence(plan), style="dim"))


def _print_front(plan: Plan, console: Console) -> None:
    console.print(Text(front_title(plan), style="bold"))
    console.print()
    console.print(front_drawing(plan, console), end="")
    console.print()
    table = ruled_table(console)
    rows = front_table(plan)
    shown = [name for name in rows[0] if console.width >= _FRONT_WIDTH.get(name, 0)]
    for name in shown:
        words = name == "Way"
        table.add_column(say(name), justify="left" if words else "right", no_wrap=not words)
    for row in rows:
        table.add_row(*("" if row[name] is None else plain(str(row[name])) for name in shown))
    console.print(table)
    console.print()


def _print_crossings(itinerary: Itinerary, console: Console) -> None:
    from routeplan.render.crossings import crossings_sentence

    console.print(crossings_sentence(itinerary))


def _print_kept_out(plan: Plan, console: Console, *, verbose: bool) -> None:
    from routeplan.render.kept_out import kept_out_sentences

    for sentence in kept_out_sentences(plan, verbose=verbose):
        console.print(Text(sentence, style="dim"))


def _print_parts(plan: Plan, console: Console) -> None:
    """Print what each way's generalised cost is made of."""
    from routeplan.render.economics import (
        cargo_sentence,
        parts_note,
        parts_rows,
        parts_sentence,
        parts_title,
    )

    rows = parts_rows(plan)
    console.print(Text(parts_title(plan), style="bold"))
    if console.width >= _PARTS_WIDTH:
        console.print(_listing(rows, console))
    else:
        for row in rows:
            console.print(parts_sentence(row))
    console.print(f"{parts_note()} {cargo_sentence(plan)}")
    console.print()


def _print_duty(plan: Plan, console: Console) -> None:
    from routeplan.render.duty import duty_rows, duty_sentences, duty_title

    assert plan.duty is not None  # noqa: S101 - asked for
    console.print(Text(duty_title(plan.duty), style="bold"))
    if rows := duty_rows(plan):
        if console.width < _CUSTOMS_WIDTH:
            rows = [{k: cell for k, cell in row.items() if k != "Customs value"} for row in rows]
        console.print(_listing(rows, console))
    for sentence in duty_sentences(plan):
        console.print(sentence)
    console.print()


def _listing(rows: list[dict[str, Any]], console: Console) -> Table:
    """Make a table of rows whose keys are its columns; words only in the last column."""
    table = ruled_table(console)
    for index, name in enumerate(rows[0]):
        words = name == "Third countries"
        table.add_column(
            "" if not index else say(name),
            justify="left" if words else "right",
            no_wrap=not words,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(plain(str(value)) for value in row.values()))
    return table


def _heading(plan: Plan) -> Text:
    text = Text(title_text(plan), style="bold")
    text.append(f"  {' | '.join(request_texts(plan))}", style="not bold")
    return text


def _shortlist_table(plan: Plan, console: Console) -> Table:
    table = ruled_table(console)
    prices = plan.prices
    table.add_column("", justify="right", style="bold", no_wrap=True)
    table.add_column(say("Best at"), overflow="fold", ratio=1, style="bold")
    chances = [i.totals.on_time_share for i in plan.itineraries]
    columns = {
        "P50 days": [number_text(f"{i.totals.time_h_p50 / 24:.1f}") for i in plan.itineraries],
        "P10-P90": [
            f"{i.totals.time_h_p10 / 24:.0f}-{i.totals.time_h_p90 / 24:.0f}"
            for i in plan.itineraries
        ],
        "On time": [percent_text(chance) for chance in chances if chance is not None],
        "Leaves": [hour_text(i.depart) for i in plan.itineraries if i.depart]
        if plan.request.arrive_by
        else [],
        "Arrives": [hour_text(i.arrive) for i in plan.itineraries if i.arrive]
        if not plan.request.arrive_by or console.width >= _BOTH_HOURS_WIDTH
        else [],
        prices.currency.upper(): [
            money_text(prices.shown(i.totals.cost_usd)) for i in plan.itineraries
        ],
        "kg CO2e": [kg_text(i.totals.co2e_kg) for i in plan.itineraries],
        "Countries": [" ".join(i.countries) for i in plan.itineraries],
    }
    shown = [name for name, cells in columns.items() if cells and _fits(name, console)]
    beside = sum(name in shown for name in _BY_THE_CLOCK)
    if console.width < _LEAST_WIDTH["Countries"] + beside * _CLOCK_WIDTH and "Countries" in shown:
        shown.remove("Countries")
    for name in shown:
        words = name == "Countries"
        table.add_column(say(name), justify="left" if words else "right", no_wrap=not words)
    for rank, itinerary in enumerate(plan.itineraries, 1):
        cells = (columns[name][rank - 1] for name in shown)
        table.add_row(str(rank), best_at_text(itinerary), *cells)
    return table


def _ways_grid(plan: Plan) -> Table:
    """Write each way out in words, its modes coloured."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", style="bold", width=2)
    grid.add_column(overflow="fold")
    for rank, itinerary in enumerate(plan.itineraries, 1):
        text = Text()
        for index, part in enumerate(way_parts(itinerary)):
            text.append(" ~ " if index else "", style="dim")
            text.append(part.text, style=_MODE_STYLE[part.mode] if part.mode else "")
        notes = {
            "terminals: {names}": terminal_names(itinerary),
            "borders: {names}": border_posts(itinerary),
            "by {names}": passages(itinerary),
        }
        told = [say(what, names=", ".join(names)) for what, names in notes.items() if names]
        if said := "; ".join(told):
            text.append(f" ({said})", style="dim")
        if rank > 1:
            text.append(f"\n{against_text(plan, itinerary)}", style="dim")
        grid.add_row(str(rank), text)
    return grid


def _fits(column: str, console: Console) -> bool:
    return console.width >= _LEAST_WIDTH.get(column, 0)


def _leg_table(itinerary: Itinerary, rank: int, prices: Prices, console: Console) -> Table:
    """List the steps; the columns hold averages and add up to the line at the foot."""
    table = ruled_table(console)
    table.show_footer = True
    table.title = say("Way {rank}, step by step", rank=rank)
    table.title_justify, table.title_style = "left", "bold"
    totals, rows = itinerary.totals, steps(itinerary.legs)
    foot = {
        "km": km_text(totals.distance_km),
        **({"Leaves": "", "Arrives": ""} if itinerary.arrive else {}),
        "Wait": duration_text(sum(step.wait_h for step in rows)),
        "Time": duration_text(sum(step.time_h for step in rows)),
        prices.currency.upper(): money_text(prices.shown(totals.cost_usd)),
        "kg CO2e": kg_text(totals.co2e_kg),
        "Time is": "",
    }
    left = console.width - (_TIMES_WIDTH if "Arrives" in foot else 0)
    shown = [name for name in foot if left >= _LEAST_STEP_WIDTH.get(name, 0)]
    wide = "Time is" in shown
    if wide:
        table.add_column("", justify="right", style="dim", no_wrap=True)
    table.add_column(say("Step"), no_wrap=True)
    table.add_column(say("Where"), overflow="fold", ratio=1, footer=say("total of averages"))
    for name in shown:
        words = name == "Time is"
        table.add_column(
            say(name), justify="left" if words else "right", no_wrap=True, footer=foot[name]
        )
    for number, step in enumerate(rows, 1):
        cells = _step_cells(step, prices)
        moving = step.kind is EdgeKind.MOVE
        where = Text(step.places, style="" if moving else "dim")
        if step.via and wide:
            where.append(f" ({say('by {names}', names=step.via)})", style="dim")
        action = Text(step.action, style=_MODE_STYLE[step.legs[0].mode] if moving else "dim")
        row = [action, where, *(cells[name] for name in shown)]
        table.add_row(*([str(number)] if wide else []), *row)
    return table


def _step_cells(step: Step, prices: Prices) -> dict[str, Text | str]:
    times = step.times
    return {
        "km": km_text(step.distance_km) if step.distance_km else "",
        "Leaves": hour_text(times[0]) if times else "",
        "Arrives": hour_text(times[1]) if times else "",
        "Wait": duration_text(step.wait_h) if step.wait_h else "",
        "Time": duration_text(step.time_h) if step.time_h else "",
        prices.currency.upper(): money_text(prices.shown(step.cost_usd)) if step.cost_usd else "",
        "kg CO2e": kg_text(step.co2e_kg) if step.co2e_kg else "",
        "Time is": Text(_time_confidence(step), style="dim"),
    }


def _time_confidence(step: Step) -> str:
    """Name how the longer of a step's time and wait is known."""
    best = max(step.legs, key=lambda leg: leg.mean_h)
    metric = Metric.WAIT if best.wait_h.mean > best.time_h.mean else Metric.TIME
    evidence = best.evidence.get(metric)
    return say(evidence.confidence) if evidence else ""


def _print_evidence(itinerary: Itinerary, console: Console) -> None:
    """Print how each number of each step is known, and by which sources."""
    console.print(Text(f"\n{say('Where the numbers come from')}", style="bold"))
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", style="dim", width=3)
    grid.add_column(overflow="fold")
    for number, step in enumerate(steps(itinerary.legs), 1):
        grid.add_row(str(number), Text(f"{step.action}: {step.places}"))
        for line in _evidence_lines(step):
            grid.add_row("", line)
    console.print(grid)


def _evidence_lines(step: Step) -> Iterator[Text]:
    for metric in Metric:
        known = [leg.evidence[metric] for leg in step.legs if metric in leg.evidence]
        if known:
            classes = [say(name) for name in sorted({str(e.confidence) for e in known})]
            sources = sorted({source for evidence in known for source in evidence.source_ids})
            line = Text(f"{say(metric)} {'/'.join(classes)}", style="dim")
            line.append(f": {', '.join(sources) or say('no source named')}")
            yield line
