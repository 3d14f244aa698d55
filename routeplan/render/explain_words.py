"""What an explanation says in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.analysis.explain import Verdict
from routeplan.render.explain_hours import hour_sentence
from routeplan.render.figures import duration_text, kg_text, money_text
from routeplan.render.way import label, steps
from routeplan.render.words import title_text
from routeplan.scenario.request import Measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.analysis.explain import Explanation
    from routeplan.analysis.reasons import Reason
    from routeplan.analysis.sections import Section
    from routeplan.itinerary.model import Itinerary
    from routeplan.render.way import Step

_NAMES_LINKS = ("planned", "day", "mode", "cargo_refused", "load", "closed", "avoid_edge")
"""Reasons that name the links they shut; the others are told with the first."""
_WORD = {Measure.TIME: "time", Measure.COST: "cost", Measure.CO2: "CO2e"}


def heading(explanation: Explanation) -> str:
    """Write what is explained."""
    place = title_text(explanation.plan)
    if explanation.wanted is None:
        return f"{place}: why the best way is first"
    return f"{place}: why not {explanation.wanted.title}"


def sentences(explanation: Explanation) -> list[str]:
    """Say in a few sentences what became of the other way, the first reason first."""
    return [sentence for sentence in _sentences(explanation) if sentence]


def _sentences(explanation: Explanation) -> Iterator[str]:
    verdict, wanted = explanation.verdict, explanation.wanted
    title = capital(wanted.title) if wanted else ""
    if verdict is Verdict.ONLY:
        yield "There is no other way on the list: the best is the only one."
    elif verdict is Verdict.BEST:
        yield f"{title} is the best way already."
    elif verdict is Verdict.IMPOSSIBLE:
        reasons = "; ".join(reason.text for reason in explanation.reasons)
        yield f"{title} cannot be done: {reasons}."
    elif verdict is Verdict.NOT_ALLOWED:
        yield f"{title} is not allowed: {_reason_text(explanation, explanation.reasons[0])}."
        if more := explanation.reasons[1:]:
            yield f"Also: {'; '.join(_reason_text(explanation, each) for each in more)}."
        yield f"With that lifted it would be, against the best, {_difference(explanation)}."
    elif verdict is Verdict.LOSES:
        yield f"{title} is allowed. Against the best it is {_difference(explanation)}."
    else:
        yield f"The next way is, against the best, {_difference(explanation)}."
    if verdict is not Verdict.BEST:
        yield hour_sentence(explanation)
    yield _loss_text(explanation)
    yield _rank_text(explanation)


def capital(text: str) -> str:
    """Write a text with a capital first."""
    return text[:1].upper() + text[1:]


def _reason_text(explanation: Explanation, reason: Reason) -> str:
    if reason.leg is None or explanation.other is None or reason.bar.kind in _NAMES_LINKS:
        return reason.text
    leg = explanation.other.legs[reason.leg]
    return f"{reason.text} (first on {step_text(steps([leg])[0])})"


def _difference(explanation: Explanation) -> str:
    own, best = both_ways(explanation)
    hours = own.totals.time_h_p50 - best.totals.time_h_p50
    mean = own.totals.time_h - best.totals.time_h
    usd = own.totals.cost_usd - best.totals.cost_usd
    kg = own.totals.co2e_kg - best.totals.co2e_kg
    general = own.totals.generalised_cost_usd - best.totals.generalised_cost_usd
    return (
        f"{duration_text(abs(hours))} {'slower' if hours > 0 else 'quicker'} "
        f"(P50; {signed_text(mean, duration_text)} on average), "
        f"{money_text(abs(usd))} USD {'dearer' if usd > 0 else 'cheaper'}, "
        f"{kg_text(abs(kg))} kg CO2e {'more' if kg > 0 else 'less'}; "
        f"{money_text(abs(general))} USD {'more' if general > 0 else 'less'} in generalised cost"
    )


def both_ways(explanation: Explanation) -> tuple[Itinerary, Itinerary]:
    """Return the other way and the best; asked only where there are two."""
    assert explanation.other is not None  # noqa: S101 - asked only where there are two ways
    return explanation.other, explanation.best


def signed_text(value: float, text: Any) -> str:  # noqa: ANN401 - any of the texts of figures
    """Write an amount with its sign."""
    return f"{'+' if value > 0 else '-' if value < 0 else ''}{text(abs(value))}"


def _loss_text(explanation: Explanation) -> str:
    loss = explanation.loss
    barred = explanation.verdict is Verdict.NOT_ALLOWED
    if loss is None or explanation.other is None:
        return "It would then be first." if barred else ""
    section = explanation.sections[loss.section]
    start, end = ends_of(explanation, section)
    word, shown = _WORD[loss.measure], _amount_text(loss.measure, loss.amount)
    lead = "It would lose too" if barred else "First reason it loses"
    text = f"{lead}: {word}, {shown} more from {start} to {end}"
    if loss.leg is None:
        return f"{text}."
    leg = explanation.other.legs[loss.leg]
    taken = {
        Measure.TIME: leg.mean_h,
        Measure.COST: leg.cost_usd,
        Measure.CO2: leg.co2e_kg,
    }[loss.measure]
    wait = ""
    if loss.measure is Measure.TIME and leg.wait_h.mean > 0:
        wait = f", {duration_text(leg.wait_h.mean)} of it waiting"
    step = step_text(steps([leg])[0])
    return f"{text}; there {step} alone takes {_amount_text(loss.measure, taken)}{wait}."


def _amount_text(measure: Measure, amount: float) -> str:
    if measure is Measure.TIME:
        return duration_text(amount)
    return f"{money_text(amount)} USD" if measure is Measure.COST else f"{kg_text(amount)} kg CO2e"


def _rank_text(explanation: Explanation) -> str:
    rank, beaten = explanation.rank, explanation.beaten_by
    if explanation.verdict is Verdict.LOSES and rank:
        return f"It is way {rank} on the list of find."
    if beaten:
        return f"Way {beaten} on the list of find beats it in time, cost and CO2e."
    return ""


def step_text(step: Step) -> str:
    """Name a step with its places: `sea Poti port - Constanta port`, `rail to sea at Poti port`."""
    places = step.places
    return f"{step.action} {places}" if " - " in places else f"{step.action} at {places}"


def ends_of(explanation: Explanation, section: Section) -> tuple[str, str]:
    """Name the two places of a section."""
    own, best = both_ways(explanation)
    nodes = {n.node_id: n for i in (own, best) for leg in i.legs for n in (leg.start, leg.end)}
    return label(nodes[section.start]), label(nodes[section.end])
