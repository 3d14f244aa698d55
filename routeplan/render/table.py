"""A plan for people: the short list, then the first way step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from routeplan.network.vocabulary import EdgeKind, Mode
from routeplan.places.countries import country_name
from routeplan.render.way import Step, border_posts, label, steps, way_parts
from routeplan.scenario.request import POLICY_COUNTRIES, Policy
from routeplan.units import days_text, duration_text, kg_text, km_text, usd_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import Console

    from routeplan.itinerary.model import Itinerary, Plan
    from routeplan.network.vocabulary import Confidence

_MODE_STYLE = {
    Mode.RAIL: "green",
    Mode.ROAD: "yellow",
    Mode.SEA: "blue",
    Mode.FERRY: "cyan",
    Mode.BARGE: "blue",
    Mode.AIR: "magenta",
}
_WIDE = 100


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
    console.print()
    console.print(_shortlist_table(plan))
    console.print()
    console.print(_ways_grid(plan))
    console.print()
    shown = plan.itineraries if verbose else plan.itineraries[:1]
    for rank, itinerary in enumerate(shown, 1):
        console.print(_leg_table(itinerary, rank, console.width, verbose=verbose))
        console.print(_rests_on(itinerary))
    for line in _footer(plan):
        console.print(line)


def _heading(plan: Plan) -> Text:
    request = plan.request
    text = Text(f"{label(plan.origin)} to {label(plan.destination)}", style="bold")
    shipment = request.shipment
    cargo = shipment.cargo.name or shipment.cargo.cargo_id
    details = [f"{shipment.text} {cargo.lower()}, {shipment.mass_t:g} t"]
    if request.depart:
        details.append(f"departing {request.depart.isoformat()}")
    details.append(f"best by {request.criterion}")
    text.append(f"  {' | '.join(details)}", style="not bold")
    return text


def _shortlist_table(plan: Plan) -> Table:
    table = _plain_table()
    table.add_column("", justify="right", style="bold")
    table.add_column("Best at", overflow="fold", ratio=1, style="bold")
    for name in ("Days P50", "P10-P90", "USD", "kg CO2e"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Countries", overflow="fold")
    for rank, itinerary in enumerate(plan.itineraries, 1):
        totals = itinerary.totals
        table.add_row(
            str(rank),
            ", ".join(itinerary.tags) or "another way",
            f"{totals.time_h_p50 / 24:.1f}",
            f"{totals.time_h_p10 / 24:.0f}-{totals.time_h_p90 / 24:.0f}",
            usd_text(totals.cost_usd),
            kg_text(totals.co2e_kg),
            " ".join(itinerary.countries),
        )
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
        if posts := border_posts(itinerary):
            text.append(f" (borders: {', '.join(posts)})", style="dim")
        grid.add_row(str(rank), text)
    return grid


def _plain_table() -> Table:
    return Table(box=box.SIMPLE_HEAD, padding=(0, 1), collapse_padding=True, show_edge=False)


def _leg_table(itinerary: Itinerary, rank: int, width: int, *, verbose: bool) -> Table:
    wide = width >= _WIDE
    table = _plain_table()
    table.show_footer = True
    table.title, table.title_justify = f"Way {rank}, step by step", "left"
    table.title_style = "bold"
    totals = itinerary.totals
    table.add_column("Step", no_wrap=True)
    table.add_column(
        "Where", overflow="fold", ratio=1, footer="total; averages, so that they add up"
    )
    table.add_column("km", justify="right", no_wrap=True, footer=km_text(totals.distance_km))
    table.add_column("Wait", justify="right", no_wrap=True, footer="")
    table.add_column("Time", justify="right", no_wrap=True, footer=days_text(totals.time_h))
    table.add_column("USD", justify="right", no_wrap=True, footer=usd_text(totals.cost_usd))
    table.add_column("kg CO2e", justify="right", no_wrap=True, footer=kg_text(totals.co2e_kg))
    if wide:
        table.add_column("Time is", no_wrap=True)
    for step in steps(itinerary.legs):
        table.add_row(*_step_cells(step, wide=wide, verbose=verbose))
    return table


def _step_cells(step: Step, *, wide: bool, verbose: bool) -> Iterator[Text | str]:
    moving = step.kind is EdgeKind.MOVE
    yield Text(step.action, style=_MODE_STYLE[step.legs[0].mode] if moving else "dim")
    where = Text(step.places, style="" if moving else "dim")
    if step.via and wide:
        where.append(f" (by {step.via})", style="dim")
    if verbose:
        sources = sorted({s for leg in step.legs for e in leg.evidence.values() for s in e[1]})
        where.append(f"\n{', '.join(sources)}", style="dim italic")
    yield where
    yield km_text(step.distance_km) if step.distance_km else ""
    yield duration_text(step.wait_h) if step.wait_h else ""
    yield duration_text(step.time_h) if step.time_h else ""
    yield usd_text(step.cost_usd) if step.cost_usd else ""
    yield kg_text(step.co2e_kg) if step.co2e_kg else ""
    if wide:
        yield Text(_time_confidence(step), style="dim")


def _time_confidence(step: Step) -> str:
    """Name how the longer of a step's time and wait is known."""
    from routeplan.network.vocabulary import Metric

    best = max(step.legs, key=lambda leg: leg.mean_h)
    metric = Metric.WAIT if best.wait_h.mean > best.time_h.mean else Metric.TIME
    evidence = best.evidence.get(metric)
    return str(evidence.confidence) if evidence else ""


def _rests_on(itinerary: Itinerary) -> Text:
    totals = itinerary.totals
    text = Text(
        f"Door to door: half the time within {days_text(totals.time_h_p50)} (P50), 8 times in 10 "
        f"between {days_text(totals.time_h_p10)} and {days_text(totals.time_h_p90)} (P10-P90).\n"
    )
    text.append(f"Time is {_share_text(itinerary.time_shares)}. ")
    text.append(f"Cost is {_share_text(itinerary.cost_shares)}.\n")
    return text


def _share_text(shares: Mapping[Confidence, float]) -> str:
    return ", ".join(f"{share:.0%} {c}" for c, share in shares.items() if share >= 0.005)


def _footer(plan: Plan) -> Iterator[Text]:
    for warning in plan.warnings:
        yield Text(f"Note: {warning}", style="yellow")
    yield Text(_policy_text(plan), style="dim")
    yield Text(
        "Times are built from sections, borders and waits, not from an advertised through "
        f"service. Data of {plan.network_as_of}, version {plan.network_version}.",
        style="dim",
    )


def _policy_text(plan: Plan) -> str:
    kept_out = POLICY_COUNTRIES[plan.request.policy]
    own = sorted(plan.request.avoid.countries - set(kept_out))
    if plan.request.policy is Policy.NONE:
        text = "Policy: none, no country is kept out."
    else:
        names = ", ".join(country_name(code) for code in kept_out)
        text = f"Policy: {plan.request.policy}, {names} kept out (--policy none lifts this)."
    if own:
        text += f" Avoided as asked: {', '.join(country_name(code) for code in own)}."
    return text
