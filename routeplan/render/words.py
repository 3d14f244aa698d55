"""The sentences around the numbers, the same in a table and in Markdown."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from routeplan.itinerary.note import Note
from routeplan.language import day_text, moment_text, number_text, say, say_name
from routeplan.network.records import Node
from routeplan.places.countries import country_name
from routeplan.render.cells import plain
from routeplan.render.certainty import due_text
from routeplan.render.figures import days_text, duration_text, kg_text, money_text
from routeplan.render.way import label, way_text
from routeplan.scenario.door import Handover
from routeplan.scenario.request import BEST_AT, POLICY_COUNTRIES, Policy
from routeplan.units import Currency

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from routeplan.analysis.matrix import Matrix
    from routeplan.itinerary.model import Itinerary, Plan, Prices, Totals
    from routeplan.network.vocabulary import Confidence
    from routeplan.scenario.request import RouteRequest

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
UNBEATEN, STAND_IN = "unbeaten trade-off", "stand-in"


def title_text(plan: Plan) -> str:
    """Write where from and where to."""
    return say(
        "{origin} to {destination}", origin=label(plan.origin), destination=label(plan.destination)
    )


def request_texts(plan: Plan) -> Iterator[str]:
    """Yield what is carried, the order of the ways, and every limit that was asked for."""
    request, shipment = plan.request, plan.request.shipment
    cargo = plain(say(shipment.cargo.name)) if shipment.cargo.name else shipment.cargo.cargo_id
    mass = number_text(f"{shipment.mass_t:g}")
    yield say("{load} {cargo}, {mass} t", load=shipment.text, cargo=cargo.lower(), mass=mass)
    yield say("{best_at} first", best_at=say(BEST_AT[request.criterion]))
    if request.via:
        names = _names(plan)
        listed = ", ".join(names.get(node_id, node_id) for node_id in request.via)
        yield say("via {places}", places=listed)
    if request.handover is Handover.TERMINAL:
        yield say("from terminal to terminal")
    if request.modes:
        yield say("only by {modes}", modes=", ".join(say(mode) for mode in sorted(request.modes)))
    yield from limit_texts(plan)
    if request.arrive_by:
        yield say("there by {day}", day=moment_text(request.arrive_by))
    elif request.leave:
        yield say("departing {day}", day=moment_text(request.leave))
    elif request.depart:
        yield say("departing {day}", day=day_text(request.depart))
    if request.deadline_h:
        yield due_text(request)
    if request.on:
        yield say("network of {day}", day=day_text(request.on))
    if request.include_planned:
        yield say("planned links taken as open")


def what_if_sentences(plan: Plan) -> Iterator[str]:
    """Say what was changed in the network, and what that does to the first way."""
    if plan.what_if is None:
        return
    for text, count in plan.what_if.changes:
        yield say("Changed: {text} (links: {count}).", text=plain(text), count=count)
    before, after = plan.what_if.unchanged, plan.itineraries[0]
    if before is None:
        yield say("Without the changes there is no way.")
        return
    old, prices = before.totals, plan.prices
    texts = [text for text, differs in _against(after.totals, old, prices) if differs]
    same = way_text(before) == way_text(after)
    yield say(
        "Against the network as it is ({time} P50, {cost}): {difference}; the same way."
        if same
        else "Against the network as it is ({time} P50, {cost}): {difference}; another way.",
        time=days_text(old.time_h_p50),
        cost=f"{money_text(prices.shown(old.cost_usd))} {prices.currency.upper()}",
        difference=", ".join(texts) or say("nothing differs"),
    )


def best_at_text(itinerary: Itinerary) -> str:
    """Write why a way is on the list.

    A way that is best at nothing is either a trade-off, in time, cost and CO2e together, that no
    way beats, or one to take when the way that beats it is shut.
    """
    tags = ", ".join(map(_tag_text, itinerary.tags))
    return tags or say(UNBEATEN if itinerary.on_front else STAND_IN)


def note_text(note: str) -> str:
    """Say a note in the language spoken; one that is only a text stays as it is."""
    if not isinstance(note, Note):
        return note
    return say(note.template, **{name: _value_text(value) for name, value in note.values.items()})


def against_text(plan: Plan, itinerary: Itinerary) -> str:
    """Write what a way gains and costs against the first: `2 d quicker, 837 USD more`."""
    found = _against(itinerary.totals, plan.itineraries[0].totals, plan.prices)
    return ", ".join(text for text, _ in found)


def _against(own: Totals, first: Totals, prices: Prices) -> Iterator[tuple[str, bool]]:
    """Yield the difference in time, cost and CO2e, and whether it shows as more than nothing."""
    hours = own.time_h_p50 - first.time_h_p50
    usd = prices.shown(own.cost_usd) - prices.shown(first.cost_usd)
    kg = own.co2e_kg - first.co2e_kg
    money = f"{money_text(abs(usd))} {prices.currency.upper()}"
    emitted = f"{kg_text(abs(kg))} {say('kg CO2e')}"
    time = duration_text(abs(hours))
    yield (
        say("{time} slower" if hours > 0 else "{time} quicker", time=time),
        time != duration_text(0.0),
    )
    yield say("{much} more" if usd > 0 else "{much} less", much=money), abs(usd) >= 0.005
    yield say("{much} more" if kg > 0 else "{much} less", much=emitted), abs(kg) >= 0.05


def limit_texts(plan: Plan) -> Iterator[str]:
    """Yield the most a way was allowed to take."""
    limits = plan.request.limits
    if limits.time_h is not None:
        days = number_text(f"{limits.time_h / 24:g}")
        yield say("at most {days} d on average", days=days)
    if limits.cost_usd is not None:
        yield say("at most {much}", much=f"{money_text(limits.cost_usd)} USD")
    if limits.co2e_kg is not None:
        yield say("at most {much}", much=f"{kg_text(limits.co2e_kg)} {say('kg CO2e')}")
    if limits.transshipments is not None:
        yield say("at most {count} transshipments", count=limits.transshipments)


def duration_sentence(itinerary: Itinerary, handover: Handover = Handover.NAMED) -> str:
    """Say how long a way takes from end to end, on average and in percentiles."""
    totals = itinerary.totals
    return say(
        "Terminal to terminal {mean} on average: half the time within {p50} (P50), 8 times in 10 "
        "between {p10} and {p90} (P10-P90)."
        if handover is Handover.TERMINAL
        else "Door to door {mean} on average: half the time within {p50} (P50), 8 times in 10 "
        "between {p10} and {p90} (P10-P90).",
        mean=days_text(totals.time_h),
        p10=days_text(totals.time_h_p10),
        p50=days_text(totals.time_h_p50),
        p90=days_text(totals.time_h_p90),
    )


def evidence_sentence(itinerary: Itinerary) -> str:
    """Say how time and cost of a way are known."""
    return say(
        "Time is {time}. Cost is {cost}.",
        time=_share_text(itinerary.time_shares),
        cost=_share_text(itinerary.cost_shares),
    )


def policy_sentence(plan: Plan | Matrix) -> str:
    """Say in one line which countries and what else was kept out."""
    request = plan.request
    kept_out = request.kept_by_policy("countries")
    if request.policy is Policy.NONE:
        text = say("Policy none: no country is kept out.")
    elif isinstance(request.policy, Policy):
        text = say(
            "Policy {policy}: {countries} kept out, under broad sanctions of the EU and the USA "
            "(--policy none lifts this).",
            policy=request.policy,
            countries=_listed(map(_country_text, POLICY_COUNTRIES[request.policy])),
        )
    else:
        text = say(
            "Policy {policy}: {title} (--policy none lifts this).",
            policy=plain(request.policy.name),
            title=plain(request.policy.title).rstrip(".") or request.policy.file,
        )
    avoid = request.avoid
    own = [
        *map(_country_text, sorted(avoid.countries - set(kept_out))),
        *sorted(avoid.nodes | avoid.edges | avoid.corridors | avoid.passages),
        *(plain(name) for name in sorted(avoid.operators)),
        *map(say, sorted(avoid.modes)),
    ]
    return f"{text} {say('Avoided as asked: {what}.', what=_listed(own))}" if own else text


def tells_kept_out(request: RouteRequest) -> bool:
    """Whether a reader is told what was kept out unasked: by a policy file, or for the cargo."""
    return bool(request.shipment.cargo.flags) or not isinstance(request.policy, Policy)


def data_sentence(plan: Plan | Matrix) -> str:
    """Say what times are made of and which data they rest on."""
    texts = [
        say(
            "Times are built from sections, borders and waits, not from an advertised through "
            "service."
        )
    ]
    if plan.request.depart is None:
        texts.append(say("No season is counted; --depart 2026-12-10 would count that day's."))
    if plan.request.is_timed:
        texts.append(
            say(
                "Hours are local: published departures, windows and closures hold, all else goes "
                "at its average."
            )
        )
    texts.append(
        say(
            "{prices}, data of {as_of}, version {version}.",
            prices=_prices_text(plan),
            as_of=plan.network_as_of or say("an unknown date"),
            version=plan.network_version,
        )
    )
    return " ".join(texts)


def _prices_text(plan: Plan | Matrix) -> str:
    prices = plan.prices
    if prices.currency is Currency.USD or prices.usd_per_eur is None:
        return say("Prices of {year}", year=prices.year)
    return say(
        "Prices of {year} at {rate} USD per EUR (mean of {rate_year})",
        year=prices.year,
        rate=number_text(f"{prices.usd_per_eur:.4f}"),
        rate_year=prices.rate_as_of,
    )


def _share_text(shares: Mapping[Confidence, float]) -> str:
    shown = [f"{share:.0%} {say(c)}" for c, share in shares.items() if share >= 0.005]
    return ", ".join(shown) or "0"


def _names(plan: Plan) -> dict[str, str]:
    """Name the places the ways pass."""
    legs = [leg for itinerary in plan.itineraries for leg in itinerary.legs]
    return {node.node_id: label(node) for leg in legs for node in (leg.start, leg.end)}


def _listed(names: Iterable[str]) -> str:
    """Write `a, b and c`."""
    *most, last = names
    return say("{first} and {last}", first=", ".join(most), last=last) if most else last


def _tag_text(tag: str) -> str:
    nearly, _, rest = tag.partition("nearly ")
    return say("nearly {best_at}", best_at=say(rest)) if rest and not nearly else say(tag)


def _country_text(code: str) -> str:
    return say_name("country", country_name(code))


def _value_text(value: object) -> str:
    """Say what stands in a note: a place, another note, a number or a word."""
    if isinstance(value, Node):
        return label(value)
    if isinstance(value, Note):
        return note_text(value)
    text = str(value)
    if _DAY.fullmatch(text):
        return day_text(date.fromisoformat(text))
    return number_text(text) if text[:1].isdigit() else say(text)
