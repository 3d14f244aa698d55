"""The sentences around the numbers, the same in a table and in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.places.countries import country_name
from routeplan.render.cells import plain
from routeplan.render.certainty import due_text
from routeplan.render.way import label
from routeplan.scenario.request import BEST_AT, POLICY_COUNTRIES, Policy
from routeplan.units import Currency, days_text, duration_text, kg_text, money_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from routeplan.itinerary.model import Itinerary, Plan
    from routeplan.network.vocabulary import Confidence

UNBEATEN, STAND_IN = "unbeaten trade-off", "stand-in"


def title_text(plan: Plan) -> str:
    """Write where from and where to."""
    return f"{label(plan.origin)} to {label(plan.destination)}"


def request_texts(plan: Plan) -> Iterator[str]:
    """Yield what is carried, the order of the ways, and every limit that was asked for."""
    request, shipment = plan.request, plan.request.shipment
    cargo = plain(shipment.cargo.name) or shipment.cargo.cargo_id
    yield f"{shipment.text} {cargo.lower()}, {shipment.mass_t:g} t"
    yield f"{BEST_AT[request.criterion]} first"
    if request.via:
        names = _names(plan)
        yield f"via {', '.join(names.get(node_id, node_id) for node_id in request.via)}"
    if request.modes:
        yield f"only by {', '.join(sorted(request.modes))}"
    yield from limit_texts(plan)
    if request.depart:
        yield f"departing {request.depart.isoformat()}"
    if request.deadline_h:
        yield due_text(request)
    if request.on:
        yield f"network of {request.on.isoformat()}"
    if request.include_planned:
        yield "planned links taken as open"


def best_at_text(itinerary: Itinerary) -> str:
    """Write why a way is on the list.

    A way that is best at nothing is either a trade-off, in time, cost and CO2e together, that no
    way beats, or one to take when the way that beats it is shut.
    """
    return ", ".join(itinerary.tags) or (UNBEATEN if itinerary.on_front else STAND_IN)


def against_text(plan: Plan, itinerary: Itinerary) -> str:
    """Write what a way gains and costs against the first: `2 d quicker, 837 USD more`."""
    first, own, prices = plan.itineraries[0].totals, itinerary.totals, plan.prices
    hours = own.time_h_p50 - first.time_h_p50
    usd = prices.shown(own.cost_usd) - prices.shown(first.cost_usd)
    kg = own.co2e_kg - first.co2e_kg
    return (
        f"{duration_text(abs(hours))} {'slower' if hours > 0 else 'quicker'}, "
        f"{money_text(abs(usd))} {prices.currency.upper()} {'more' if usd > 0 else 'less'}, "
        f"{kg_text(abs(kg))} kg CO2e {'more' if kg > 0 else 'less'}"
    )


def limit_texts(plan: Plan) -> Iterator[str]:
    """Yield the most a way was allowed to take."""
    limits = plan.request.limits
    if limits.time_h is not None:
        yield f"at most {limits.time_h / 24:g} d on average"
    if limits.cost_usd is not None:
        yield f"at most {money_text(limits.cost_usd)} USD"
    if limits.co2e_kg is not None:
        yield f"at most {kg_text(limits.co2e_kg)} kg CO2e"
    if limits.transshipments is not None:
        yield f"at most {limits.transshipments} transshipments"


def duration_sentence(itinerary: Itinerary) -> str:
    """Say how long a way takes door to door, on average and in percentiles."""
    totals = itinerary.totals
    return (
        f"Door to door {days_text(totals.time_h)} on average: half the time within "
        f"{days_text(totals.time_h_p50)} (P50), 8 times in 10 between "
        f"{days_text(totals.time_h_p10)} and {days_text(totals.time_h_p90)} (P10-P90)."
    )


def evidence_sentence(itinerary: Itinerary) -> str:
    """Say how time and cost of a way are known."""
    return (
        f"Time is {_share_text(itinerary.time_shares)}. "
        f"Cost is {_share_text(itinerary.cost_shares)}."
    )


def policy_sentence(plan: Plan) -> str:
    """Say in one line which countries and what else was kept out."""
    request = plan.request
    kept_out = POLICY_COUNTRIES[request.policy]
    if request.policy is Policy.NONE:
        text = "Policy none: no country is kept out."
    else:
        names = _listed(country_name(code) for code in kept_out)
        text = f"Policy {request.policy}: {names} kept out (--policy none lifts this)."
    avoid = request.avoid
    own = [
        *(country_name(code) for code in sorted(avoid.countries - set(kept_out))),
        *sorted(avoid.nodes | avoid.edges | avoid.corridors | avoid.passages),
        *sorted(avoid.modes),
    ]
    return f"{text} Avoided as asked: {_listed(own)}." if own else text


def data_sentence(plan: Plan) -> str:
    """Say what times are made of and which data they rest on."""
    season = ""
    if plan.request.depart is None:
        season = " No season is counted; --depart 2026-12-10 would count that day's."
    return (
        "Times are built from sections, borders and waits, not from an advertised through "
        f"service.{season} {_prices_text(plan)}, data of {plan.network_as_of}, "
        f"version {plan.network_version}."
    )


def _prices_text(plan: Plan) -> str:
    prices = plan.prices
    if prices.currency is Currency.USD or prices.usd_per_eur is None:
        return f"Prices of {prices.year}"
    return (
        f"Prices of {prices.year} at {prices.usd_per_eur:.4f} USD per EUR (mean of "
        f"{prices.rate_as_of})"
    )


def _share_text(shares: Mapping[Confidence, float]) -> str:
    shown = [f"{share:.0%} {c}" for c, share in shares.items() if share >= 0.005]
    return ", ".join(shown) or "0"


def _names(plan: Plan) -> dict[str, str]:
    """Name the places the ways pass."""
    legs = [leg for itinerary in plan.itineraries for leg in itinerary.legs]
    return {node.node_id: label(node) for leg in legs for node in (leg.start, leg.end)}


def _listed(names: Iterable[str]) -> str:
    """Write `a, b and c`."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
