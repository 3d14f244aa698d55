"""The report of a plan: what stands in it, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.language import in_its_language, number_text, say, say_name
from routeplan.places.countries import country_name
from routeplan.render.certainty import certainty_sentences, percent_text
from routeplan.render.figures import kg_text, money_text
from routeplan.render.kept_out import kept_out_sentences
from routeplan.render.report.answer import answer_sentences, load_text, modes_text
from routeplan.render.report.blocks import Block, Column, Items, Report, Section, Table, Text
from routeplan.render.report.emissions import emission_blocks
from routeplan.render.report.evidence import assumption_blocks, source_blocks
from routeplan.render.report.pictures import PlanPictures
from routeplan.render.report.rounded import day_number, significant
from routeplan.render.report.scenarios import scenario_blocks
from routeplan.render.words import (
    best_at_text,
    duration_sentence,
    note_text,
    request_texts,
    title_text,
    what_if_sentences,
)
from routeplan.units import HOURS_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from routeplan.analysis.effects import Effects
    from routeplan.itinerary.model import Itinerary, Plan
    from routeplan.network.model import Network

_DIGITS = 3
_NOTES_ON_PAPER = 2


@in_its_language
def plan_report(
    plan: Plan, network: Network, effects: Effects | None = None, folder: Path | None = None
) -> Report:
    """Put together the report of a plan.

    Parameters
    ----------
    plan
        The answer.
    network
        The facts it rests on.
    effects
        What-ifs asked beside it, or None.
    folder
        The data folder, whose own geometry goes first; None for the packaged one.

    Returns
    -------
    Report
        In the language of the plan. Its figures draw when they are asked to.
    """
    return Report(
        title=title_text(plan),
        subtitle=_question(plan),
        sections=tuple(_sections(plan, network, effects, PlanPictures(plan, folder))),
        footer=say(
            "routeplan, data of {as_of}, version {version}, prices of {year}.",
            as_of=plan.network_as_of,
            version=plan.network_version,
            year=plan.prices.year,
        ),
        language=plan.language,
    )


def _sections(
    plan: Plan, network: Network, effects: Effects | None, pictures: PlanPictures
) -> Iterator[Section]:
    def section(name: str, title: str, *blocks: Block, starts_page: bool = False) -> Section:
        return Section(name, title, blocks, starts_page)

    roomy = effects is None
    changed = [Text(sentence) for sentence in what_if_sentences(plan)]
    answer = [Text(text, "answer") for text in answer_sentences(plan, effects)]
    yield section("answer", say("In short"), *changed, *answer)
    yield section("ways", say("The ways"), _ways(plan))
    if pictures.has_map:
        yield section("map", say("Map"), pictures.map())
    yield section("along", say("Time and cost along way 1"), *pictures.along())
    if effects is not None:
        title = say("What if")
        yield section("what-if", title, *scenario_blocks(plan, effects), starts_page=True)
    sure = certainty_sentences(plan.itineraries[0], plan.request.deadline_h)
    yield section(
        "sure",
        say("What it costs and how sure it is"),
        *pictures.halves(),
        Text(" ".join([duration_sentence(plan.itineraries[0]), *sure])),
        starts_page=roomy,
    )
    yield section("assumptions", say("Assumptions"), *assumption_blocks(plan))
    yield section("emissions", say("Emissions"), *emission_blocks(plan, network, roomy=roomy))
    yield section("sources", say("Sources"), *source_blocks(plan, network, roomy=roomy))
    yield section("notes", say("Notes"), *_notes(plan))


def _notes(plan: Plan) -> Iterator[Block]:
    request = plan.request
    if plan.warnings:
        yield Items(tuple(map(note_text, plan.warnings)), most=_NOTES_ON_PAPER)
    texts = []
    if request.avoided_countries:
        names = [say_name("country", country_name(c)) for c in sorted(request.avoided_countries)]
        texts.append(say("Kept out: {names}.", names=", ".join(names)))
    texts += kept_out_sentences(plan)
    texts.append(
        say(
            "Times are built from sections, borders and waits, not from an advertised through "
            "service."
        )
    )
    if request.depart is None:
        texts.append(say("No season is counted."))
    texts.append(
        say("P10, P50, P90: one journey in ten, in two, nine in ten take no longer than that.")
    )
    yield Text(" ".join(texts), "soft")


def _question(plan: Plan) -> str:
    _, *rest = request_texts(plan)
    cargo = plan.request.shipment.cargo
    goods = say(cargo.name) if cargo.name else cargo.cargo_id
    return ", ".join([load_text(plan.request.shipment), goods.lower(), *rest])


def _ways(plan: Plan) -> Table:
    prices = plan.prices
    with_chance = any(way.totals.on_time_share is not None for way in plan.itineraries)
    columns = [
        Column(""),
        Column(say("Best at")),
        Column(say("Carried")),
        Column(say("Days (P50)"), is_number=True),
        Column(say("8 in 10 (P10-P90)"), is_number=True),
        *([Column(say("On time"), is_number=True)] if with_chance else []),
        Column(prices.currency.upper(), is_number=True),
        Column(say("kg CO2e"), is_number=True),
        Column(say("Countries")),
    ]
    rows = tuple(_way_row(plan, rank, way) for rank, way in enumerate(plan.itineraries, 1))
    return Table(say("Best first; days are door to door"), tuple(columns), rows)


def _way_row(plan: Plan, rank: int, way: Itinerary) -> tuple[str, ...]:
    totals = way.totals
    share = totals.on_time_share
    return (
        str(rank),
        best_at_text(way),
        modes_text(way),
        day_number(totals.time_h_p50),
        _range(totals.time_h_p10, totals.time_h_p90),
        *([] if share is None else [percent_text(share)]),
        money_text(significant(plan.prices.shown(totals.cost_usd), _DIGITS)),
        kg_text(significant(totals.co2e_kg, _DIGITS)),
        "\u00a0".join(way.countries),
    )


def _range(low_h: float, high_h: float) -> str:
    low, high = (number_text(f"{hours / HOURS_PER_DAY:.0f}") for hours in (low_h, high_h))
    return f"{low}\u2013{high}"
