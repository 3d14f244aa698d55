"""What a way rests on: its weightiest assumptions, and its sources."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from routeplan.language import say
from routeplan.network.vocabulary import Confidence, Metric
from routeplan.render.cells import plain
from routeplan.render.figures import duration_text, money_text
from routeplan.render.report.blocks import Block, Column, Items, Link, Table, Text
from routeplan.render.way import steps
from routeplan.render.words import evidence_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.itinerary.model import Itinerary, Leg, Plan
    from routeplan.network.model import Network
    from routeplan.network.records import Source
    from routeplan.render.way import Step

_TIMES, _COSTS = 4, 2
_NOTE = 78
_SOURCES_ON_PAPER, _ROOMY = 5, 14


def assumption_blocks(plan: Plan) -> Iterator[Block]:
    """Yield how the first way is known, and the assumed numbers that weigh most in it."""
    way = plan.itineraries[0]
    yield Text(evidence_sentence(way))
    rows = [*_assumed(plan, (Metric.TIME, Metric.WAIT), _TIMES)]
    rows += _assumed(plan, (Metric.COST,), _COSTS)
    if rows:
        columns = (
            Column(say("Assumed")),
            Column(say("How much"), is_number=True),
            Column(say("Share"), is_number=True),
            Column(say("Why (as the data say)")),
        )
        yield Table(say("The assumptions that weigh most in way 1"), columns, tuple(rows))


def source_blocks(plan: Plan, network: Network, *, roomy: bool = False) -> Iterator[Block]:
    """Yield the sources of the first way, those first that more of it rests on.

    Parameters
    ----------
    plan, network
        The answer, and the facts it rests on.
    roomy
        Paper has room for more of them.
    """
    weights = source_weights(plan.itineraries[0])
    known = [network.sources[name] for name in weights if name in network.sources]
    if not known:
        yield Text(say("The data name no source."))
        return
    yield Items(
        tuple(_cited(source) for source in known), most=_ROOMY if roomy else _SOURCES_ON_PAPER
    )


def source_weights(way: Itinerary) -> dict[str, float]:
    """Return how much of a way's time, cost and CO2e rests on each source, the weightiest first.

    A number with several sources counts for each in equal parts; the three wholes count alike.
    """
    totals = way.totals
    found: dict[str, float] = defaultdict(float)
    for leg in way.legs:
        parts = {
            Metric.TIME: (leg.time_h.mean, totals.time_h),
            Metric.WAIT: (leg.wait_h.mean, totals.time_h),
            Metric.COST: (leg.cost_usd, totals.cost_usd),
            Metric.CO2E: (leg.co2e_kg, totals.co2e_kg),
        }
        for metric, (part, whole) in parts.items():
            evidence = leg.evidence.get(metric)
            for name in evidence.source_ids if evidence and whole else ():
                found[name] += part / whole / len(evidence.source_ids) if evidence else 0.0
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _cited(source: Source) -> Link:
    texts = (source.publisher, source.title, source.as_of)
    return Link(plain(", ".join(text for text in texts if text)), source.url)


def _assumed(plan: Plan, metrics: tuple[Metric, ...], most: int) -> list[tuple[str, ...]]:
    """List the steps whose assumed part of some metrics is largest."""
    way = plan.itineraries[0]
    is_cost = Metric.COST in metrics
    whole = way.totals.cost_usd if is_cost else way.totals.time_h
    found = []
    for step in steps(way.legs):
        for metric in metrics:
            legs = [leg for leg in step.legs if _is_assumed(leg, metric)]
            amount = sum(_amount(leg, metric) for leg in legs)
            if amount > 0 and whole:
                main = max(legs, key=lambda leg: _amount(leg, metric))
                found.append((amount, _what(step, metric), _note(main, metric)))
    found.sort(key=lambda item: -item[0])
    prices = plan.prices
    return [
        (
            what,
            f"{money_text(prices.shown(amount))} {prices.currency.upper()}"
            if is_cost
            else duration_text(amount),
            f"{amount / whole:.0%}",
            note,
        )
        for amount, what, note in found[:most]
    ]


def _is_assumed(leg: Leg, metric: Metric) -> bool:
    evidence = leg.evidence.get(metric)
    return evidence is not None and evidence.confidence is Confidence.ASSUMED


def _amount(leg: Leg, metric: Metric) -> float:
    if metric is Metric.COST:
        return leg.cost_usd
    return leg.time_h.mean if metric is Metric.TIME else leg.wait_h.mean


def _what(step: Step, metric: Metric) -> str:
    text = f"{step.action}, {step.places}"
    if metric is Metric.WAIT:
        return say("wait before {step}", step=text)
    return text


def _note(leg: Leg, metric: Metric) -> str:
    """Cut a note at the end of a sentence or a word."""
    note = plain(leg.evidence[metric].note)
    if len(note) <= _NOTE:
        return note
    head = note[:_NOTE]
    stop = max(head.rfind(". "), head.rfind("; "))
    return head[: stop + 1] if stop > _NOTE // 2 else f"{head.rpartition(' ')[0]} \u2026"
