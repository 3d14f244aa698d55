"""The answer in three sentences: what to do, what else there is, what it hangs on."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from routeplan.analysis.effects import EffectKind
from routeplan.language import number_text, say
from routeplan.network.vocabulary import Confidence, Unit
from routeplan.render.certainty import VEHICLES, certainty_dict, deadline_text, percent_text
from routeplan.render.report.rounded import about_mass, about_money, significant, whole_days
from routeplan.render.report.scenarios import difference_text, same_terms
from routeplan.render.way import way_parts
from routeplan.render.words import best_at_text
from routeplan.scenario.request import BEST_AT

if TYPE_CHECKING:
    from routeplan.analysis.effects import Effect, Effects
    from routeplan.itinerary.model import Itinerary, Plan
    from routeplan.scenario.shipment import Shipment

_OTHERS = 3
UNIT_TEXTS = {
    Unit.TEU: "{count} x 20-foot container ({mass} t)",
    Unit.FEU: "{count} x 40-foot container ({mass} t)",
    Unit.TRUCK: "{count} x full truck ({mass} t)",
}
"""Unit of a load -> the load in words."""


def answer_sentences(plan: Plan, effects: Effects | None = None) -> list[str]:
    """Write the answer for somebody who reads nothing else.

    Parameters
    ----------
    plan
        The answer in full.
    effects
        What-ifs that were asked beside it, or None.

    Returns
    -------
    list of str
        Three sentences, figures in two significant digits.
    """
    return [_advice(plan), _choice(plan), _hinge(plan, effects)]


def load_text(shipment: Shipment) -> str:
    """Write a load in words: `1 x 40-foot container (20 t)`, `500 kg`."""
    if shipment.unit not in UNIT_TEXTS:
        return about_mass(shipment.mass_t * 1000)
    return say(
        UNIT_TEXTS[shipment.unit],
        count=number_text(f"{shipment.quantity:g}"),
        mass=number_text(f"{significant(shipment.mass_t, 3):g}"),
    )


def modes_text(itinerary: Itinerary) -> str:
    """Name what carries the load, each once: `train, ship`."""
    modes = dict.fromkeys(part.mode for part in way_parts(itinerary) if part.mode)
    return ", ".join(say(VEHICLES[mode]) for mode in modes)


def way_words(itinerary: Itinerary) -> str:
    """Write a way in words: `by train to Aktau port, by ship to Alat port`."""
    parts = way_parts(itinerary)[1:]
    stretches = list(zip(parts[::2], parts[1::2], strict=True))
    texts = []
    for mode, run in groupby(stretches, key=lambda stretch: stretch[0].mode):
        place = list(run)[-1][1].text
        if mode is not None:
            texts.append(say("by {vehicle} to {place}", vehicle=say(VEHICLES[mode]), place=place))
    return ", ".join(texts)


def _advice(plan: Plan) -> str:
    way = plan.itineraries[0]
    totals = way.totals
    text = say(
        "{best_at}: {way}; {load} takes about {days} days door to door, in 8 cases of 10 between "
        "{low} and {high}, costs about {cost} and emits about {co2e} of CO2e",
        best_at=_capital(say(BEST_AT[plan.request.criterion])),
        way=way_words(way),
        load=load_text(plan.request.shipment),
        days=whole_days(totals.time_h_p50),
        low=whole_days(totals.time_h_p10),
        high=whole_days(totals.time_h_p90),
        cost=_cost(plan, way),
        co2e=about_mass(totals.co2e_kg),
    )
    share, deadline_h = totals.on_time_share, plan.request.deadline_h
    if share is None or deadline_h is None:
        return f"{text}."
    kept = say(
        "the deadline of {time} is kept with a chance of {share}",
        time=deadline_text(deadline_h),
        share=percent_text(share),
    )
    return f"{text}; {kept}."


def _choice(plan: Plan) -> str:
    others = [way for way in plan.itineraries[1:] if way.tags][:_OTHERS]
    if not others:
        others = list(plan.itineraries[1 : 1 + _OTHERS])
    if not others:
        return say("No other way differs enough to be listed.")
    return say("The alternatives: {ways}.", ways="; ".join(_other(plan, way) for way in others))


def _other(plan: Plan, way: Itinerary) -> str:
    return say(
        "{name}, about {days} days for {cost} ({modes})",
        name=say(way.tags[0]) if way.tags else best_at_text(way),
        modes=modes_text(way),
        days=whole_days(way.totals.time_h_p50),
        cost=_cost(plan, way),
    )


def _hinge(plan: Plan, effects: Effects | None) -> str:
    way = plan.itineraries[0]
    first = _changes_text(plan, effects) or _driver_text(way)
    rests = say(
        "{share} of the time and {cost_share} of the cost rest on assumptions, so this is an "
        "estimate to plan by, not an offer.",
        share=f"{way.time_shares[Confidence.ASSUMED]:.0%}",
        cost_share=f"{way.cost_shares[Confidence.ASSUMED]:.0%}",
    )
    return f"{first}; {rests}" if first else rests


def _changes_text(plan: Plan, effects: Effects | None) -> str:
    """Name the change that helps most and the one that hurts most, both held against way 1.

    A change helps if its way is better than way 1; it hurts if its row's question has way 1 for
    its answer today, and a worse one, or none, then. Rows of other goods or days do not count.
    """
    if effects is None:
        return ""
    mine = [e for e in effects.of(EffectKind.CHANGE) if same_terms(plan, e)]
    ways = [(effect, effect.against(plan.itineraries[0])) for effect in mine]
    helps = min(ways, key=lambda pair: pair[1], default=None)
    touching = [pair for pair in ways if pair[0].starts_from(plan.itineraries[0])]
    hurts = max(touching, key=lambda pair: pair[1], default=None)
    texts = []
    if helps is not None and helps[1] < 0:
        texts.append(say("helps most: {change}", change=_named(plan, helps[0])))
    if hurts is not None and hurts[1] > 0:
        texts.append(say("hurts most: {change}", change=_named(plan, hurts[0])))
    if not texts:
        return ""
    count = number_text(str(len(mine)))
    return say("Of {count} changes tried, {which}", count=count, which="; ".join(texts))


def _named(plan: Plan, effect: Effect) -> str:
    difference = difference_text(plan, plan.itineraries[0], effect.after)
    return f"\u201c{effect.title}\u201d ({difference})"


def _driver_text(way: Itinerary) -> str:
    drivers = certainty_dict(way)["drivers"]
    if not drivers:
        return ""
    return say(
        "What makes the time most uncertain: {cause} ({share} of the spread)",
        cause=drivers[0]["label"],
        share=f"{drivers[0]['share']:.0%}",
    )


def _cost(plan: Plan, way: Itinerary) -> str:
    shown = plan.prices.shown(way.totals.cost_usd)
    return f"{about_money(shown)} {plan.prices.currency.upper()}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
