"""The what-ifs of a report, as tables: what changes, what else was asked, other goods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.analysis.effects import EffectKind
from routeplan.itinerary.certainty import uncertainty_of
from routeplan.language import number_text, say
from routeplan.render.figures import kg_text, money_text
from routeplan.render.report.blocks import Block, Column, Items, Table, Text
from routeplan.render.report.rounded import (
    day_number,
    signed_days,
    signed_money,
    signed_tonnes,
    significant,
)
from routeplan.render.way import way_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.analysis.effects import Effect, Effects
    from routeplan.itinerary.model import Itinerary, Plan

_ON_PAPER = {EffectKind.CHANGE: 9, EffectKind.QUESTION: 5, EffectKind.LOAD: 2}
_FAULTS = 5
_MEDIAN_ERROR = 1.2533
"""Standard error of a median of n draws is this x standard deviation / sqrt(n): sqrt(pi / 2)."""


def scenario_blocks(plan: Plan, effects: Effects) -> Iterator[Block]:
    """Yield the tables of what-ifs, each only if it has rows, and what was left out."""
    changes = effects.of(EffectKind.CHANGE)
    if changes:
        yield _compared(
            plan,
            changes,
            say("If something changes, against the same question on the network as it is"),
            say("What changes"),
        )
    questions = effects.of(EffectKind.QUESTION)
    if questions:
        yield _compared(
            plan,
            questions,
            say("If the question is put differently, against way 1"),
            say("What is asked"),
        )
    loads = effects.of(EffectKind.LOAD)
    if loads:
        yield _loads(plan, loads)
    yield Text(_notes(plan, effects), "soft")
    if effects.faults:
        more = len(effects.faults) - _FAULTS
        rest = (say("and {count} more", count=more),) if more > 0 else ()
        yield Text(say("Rows that cannot be asked:"))
        yield Items((*effects.faults[:_FAULTS], *rest))


def difference_text(plan: Plan, before: Itinerary, after: Itinerary | None) -> str:
    """Write what another way differs by: `-3.0 days, +460 USD`, or that there is none."""
    if after is None:
        return say("no way is left")
    new, old = after.totals, before.totals
    days = say("{days} days", days=signed_days(new.time_h_p50 - old.time_h_p50))
    money = signed_money(plan.prices.shown(new.cost_usd) - plan.prices.shown(old.cost_usd))
    return f"{days}, {money} {plan.prices.currency.upper()}"


def effect_columns(first: str, currency: str) -> tuple[Column, ...]:
    """Return the columns of a table of effects, the name of what has it first."""
    return (
        Column(first),
        Column(say("Days (P50)"), is_number=True),
        Column(say("± days"), is_number=True),
        Column(f"± {currency}", is_number=True),
        Column(say("± t CO2e"), is_number=True),
    )


def same_terms(plan: Plan, effect: Effect) -> bool:
    """Whether an effect is about the goods, the day and the order of the report."""
    mine, its = plan.request, effect.request
    return (
        mine.shipment.cargo.cargo_id,
        mine.shipment.text,
        mine.depart,
        mine.on,
        mine.criterion,
    ) == (its.shipment.cargo.cargo_id, its.shipment.text, its.depart, its.on, its.criterion)


def _compared(plan: Plan, effects: list[Effect], caption: str, first: str) -> Table:
    currency = plan.prices.currency.upper()
    columns = (*effect_columns(first, currency), Column(say("Way")))
    rows = tuple(_compared_row(plan, effect) for effect in effects)
    return Table(caption, columns, rows, most=_ON_PAPER[effects[0].kind])


def _compared_row(plan: Plan, effect: Effect) -> tuple[str, ...]:
    before, after = effect.before, effect.after
    if after is None:
        lost = say("no way is left") if before else say("no way, with it or without")
        return (effect.title, "\u2013", "", "", "", lost)
    if before is None:
        days = day_number(after.totals.time_h_p50)
        return (effect.title, days, "", "", "", say("opens a way"))
    new, old = after.totals, before.totals
    shown = plan.prices.shown
    return (
        effect.title,
        f"{day_number(old.time_h_p50)} \u2192 {day_number(new.time_h_p50)}",
        signed_days(new.time_h_p50 - old.time_h_p50),
        signed_money(shown(new.cost_usd) - shown(old.cost_usd)),
        signed_tonnes(new.co2e_kg - old.co2e_kg),
        say("the same") if effect.same_way else _new_places(before, after),
    )


def _new_places(before: Itinerary, after: Itinerary) -> str:
    """Say by which places another way goes that the first does not."""
    old = {part.text for part in way_parts(before)}
    ways = [part for part in way_parts(after) if part.mode is None]
    new = [part.text for part in ways if part.text not in old][:1]
    return say("by {names}", names=new[0].partition(" (")[0]) if new else say("another")


def _loads(plan: Plan, effects: list[Effect]) -> Table:
    currency = plan.prices.currency.upper()
    columns = (
        Column(say("Goods")),
        Column(say("Load")),
        Column(say("Days (P50)"), is_number=True),
        Column(say("{unit} per tonne", unit=currency), is_number=True),
        Column(say("kg CO2e per tonne"), is_number=True),
    )
    caption = say("Other goods and amounts, by the tonne")
    rows = tuple(_load_row(plan, effect) for effect in effects)
    return Table(caption, columns, rows, most=_ON_PAPER[EffectKind.LOAD])


def _load_row(plan: Plan, effect: Effect) -> tuple[str, ...]:
    shipment, way = effect.request.shipment, effect.after
    if way is None:
        return (effect.title, shipment.text, "\u2013", "", say("no way"))
    tonnes = shipment.mass_t or 1.0
    return (
        effect.title,
        shipment.text,
        day_number(way.totals.time_h_p50),
        money_text(significant(plan.prices.shown(way.totals.cost_usd) / tonnes, 3)),
        kg_text(significant(way.totals.co2e_kg / tonnes, 3)),
    )


def _notes(plan: Plan, effects: Effects) -> str:
    """Say how the rows are ordered, what difference is none, and what was left out."""
    sd_h = uncertainty_of(plan.itineraries[0]).time_h_sd
    error = _MEDIAN_ERROR * sd_h / plan.request.draws**0.5 / 24
    texts = [
        say(
            "Largest effect first, by money, time and CO2e together; ways less than about {days} "
            "days apart are alike to the simulation.",
            days=number_text(f"{max(error, 0.05):.1f}"),
        )
    ]
    if not effects.effects:
        texts = [say("No row asks about these two places.")]
    if effects.elsewhere:
        texts.append(say("Rows of other places: {count}.", count=effects.elsewhere))
    return " ".join(texts)
