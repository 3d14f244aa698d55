"""A plan as Markdown: for a step summary, a ticket or a mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.language import in_its_language, moment_text, number_text, say
from routeplan.render.cells import markdown_text
from routeplan.render.certainty import certainty_sentences, percent_text
from routeplan.render.crossings import crossings_sentence
from routeplan.render.duty import duty_rows, duty_sentences, duty_title
from routeplan.render.economics import cargo_sentence, parts_note, parts_rows, parts_title
from routeplan.render.figures import duration_text, kg_text, km_text, money_text
from routeplan.render.front import front_table, front_title
from routeplan.render.kept_out import kept_out_sentences
from routeplan.render.listing import markdown_table
from routeplan.render.way import steps, terminal_names, way_text
from routeplan.render.words import (
    against_text,
    best_at_text,
    data_sentence,
    duration_sentence,
    evidence_sentence,
    note_text,
    policy_sentence,
    request_texts,
    title_text,
    what_if_sentences,
)

if TYPE_CHECKING:
    from datetime import datetime

    from routeplan.itinerary.model import Itinerary, Plan


@in_its_language
def plan_markdown(plan: Plan) -> str:
    """Write a plan as a heading, the short list, and the first way step by step."""
    prices = plan.prices
    ways = [
        {
            "": rank,
            say("Best at"): best_at_text(i),
            say("Against 1"): against_text(plan, i) if rank > 1 else "",
            say("Way"): way_text(i) + _terminals_text(i),
            say("Days P50 (P10-P90)"): f"{_days(i.totals.time_h_p50)} "
            f"({_days(i.totals.time_h_p10)}-{_days(i.totals.time_h_p90)})",
            **_on_time(i),
            **_span(i.depart, i.arrive),
            prices.currency.upper(): money_text(prices.shown(i.totals.cost_usd)),
            say("kg CO2e"): kg_text(i.totals.co2e_kg),
            say("Countries"): " ".join(i.countries),
        }
        for rank, i in enumerate(plan.itineraries, 1)
    ]
    first = plan.itineraries[0]
    legs = [
        {
            say("Step"): step.action,
            say("Where"): step.places
            + (f" ({say('by {names}', names=step.via)})" if step.via else ""),
            say("km"): km_text(step.distance_km) if step.distance_km else "",
            say("Wait"): duration_text(step.wait_h) if step.wait_h else "",
            say("Time"): duration_text(step.time_h) if step.time_h else "",
            **_span(*(step.times or (None, None))),
            prices.currency.upper(): money_text(prices.shown(step.cost_usd))
            if step.cost_usd
            else "",
            say("kg CO2e"): kg_text(step.co2e_kg) if step.co2e_kg else "",
        }
        for step in steps(first.legs)
    ]
    sure = certainty_sentences(first, plan.request.deadline_h)
    notes = [
        *map(note_text, plan.warnings),
        *kept_out_sentences(plan, addresses=True),
        policy_sentence(plan),
        data_sentence(plan),
    ]
    return (
        f"# {markdown_text(title_text(plan))}\n\n"
        f"{markdown_text(', '.join(request_texts(plan)))}.\n\n"
        + "".join(f"{markdown_text(text)}\n\n" for text in what_if_sentences(plan))
        + f"{markdown_table(ways)}\n"
        f"{_front_markdown(plan)}"
        f"## {say('Way {rank}, step by step', rank=1)}\n\n{markdown_table(legs)}\n"
        f"{duration_sentence(first, plan.request.handover)} {evidence_sentence(first)}\n\n"
        + "".join(
            f"{markdown_text(sentence)}\n\n" for sentence in (*sure, crossings_sentence(first))
        )
        + f"{_parts_markdown(plan)}{_duty_markdown(plan)}"
        + "".join(f"- {markdown_text(note)}\n" for note in notes)
    )


def _parts_markdown(plan: Plan) -> str:
    rows = [{say(name): cell for name, cell in row.items()} for row in parts_rows(plan)]
    return (
        f"## {parts_title(plan)}\n\n{markdown_table(rows)}\n"
        f"{parts_note()} {markdown_text(cargo_sentence(plan))}\n\n"
    )


def _duty_markdown(plan: Plan) -> str:
    if plan.duty is None:
        return ""
    rows = [{say(name): cell for name, cell in row.items()} for row in duty_rows(plan)]
    table = f"{markdown_table(rows)}\n" if rows else ""
    told = "".join(f"{markdown_text(sentence)}\n\n" for sentence in duty_sentences(plan))
    return f"## {markdown_text(duty_title(plan.duty))}\n\n{table}{told}"


def _terminals_text(itinerary: Itinerary) -> str:
    names = terminal_names(itinerary)
    return f" ({say('terminals: {names}', names=', '.join(names))})" if names else ""


def _days(hours: float) -> str:
    return number_text(f"{hours / 24:.1f}")


def _front_markdown(plan: Plan) -> str:
    if not plan.front:
        return ""
    return f"## {front_title(plan)}\n\n{markdown_table(front_table(plan))}\n"


def _span(depart: datetime | None, arrive: datetime | None) -> dict[str, str]:
    """Return the columns of when it leaves and arrives, if it goes by the clock."""
    if depart is None or arrive is None:
        return {}
    return {say("Leaves"): moment_text(depart), say("Arrives"): moment_text(arrive)}


def _on_time(itinerary: Itinerary) -> dict[str, str]:
    """Return the column of the chance to keep the deadline, if there is one."""
    share = itinerary.totals.on_time_share
    return {} if share is None else {say("On time"): percent_text(share)}
