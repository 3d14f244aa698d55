"""A path of arcs -> an itinerary: legs, totals, percentiles, countries and what it rests on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from routeplan.itinerary.evidence import AddedPart, evidence_of
from routeplan.itinerary.model import Itinerary, Leg, Prices, Totals
from routeplan.itinerary.parts import cost_parts
from routeplan.network.vocabulary import Confidence, EdgeKind, Metric, Mode
from routeplan.risk.certainty import certainty_of
from routeplan.risk.simulate import Element
from routeplan.scenario.request import BEST_AT, DRAWS, Criterion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from routeplan.graph.model import Arc
    from routeplan.network.model import Network
    from routeplan.risk.certainty import Certainty
    from routeplan.scenario.request import RouteRequest

MOST_RELIABLE = BEST_AT[Criterion.RELIABILITY]
_SHARED_CAUSE = (Mode.RAIL, Mode.ROAD)


def build_itinerary(
    network: Network,
    path: Sequence[Arc],
    tags: Sequence[str] = (),
    request: RouteRequest | None = None,
    *,
    on_front: bool = False,
) -> Itinerary:
    """Build the itinerary of a path.

    Parameters
    ----------
    network
        Whose nodes the path touches.
    path
        Arcs in order, as the search gives them.
    tags
        Why it is on the list.
    on_front
        Whether no way beats it in time, cost and CO2e.
    request
        Whose deadline, draws and value of time hold; without one there is no deadline, and no
        price on an uncertain time.
    """
    legs = tuple(build_leg(network, arc) for arc in path)
    common_share = network.parameter("journey_common_share", 0.0)
    certainty = certainty_of(
        (element for leg in legs for element in leg_elements(leg)),
        common_share,
        draws=request.draws if request else DRAWS,
        deadline_h=request.deadline_h if request else None,
    )
    built = assemble(network, path, legs, certainty, request)
    return replace(built, tags=tuple(tags), on_front=on_front)


def assemble(
    network: Network,
    path: Sequence[Arc],
    legs: tuple[Leg, ...],
    certainty: Certainty,
    request: RouteRequest | None,
) -> Itinerary:
    """Add legs up to an itinerary that is on no list yet; see `build_itinerary`."""
    return Itinerary(
        legs=legs,
        totals=_totals(path, legs, certainty),
        countries=countries_of(legs),
        time_shares=_shares(
            (leg, metric, spread.mean)
            for leg in legs
            for metric, spread in ((Metric.TIME, leg.time_h), (Metric.WAIT, leg.wait_h))
        ),
        cost_shares=_shares((leg, Metric.COST, leg.cost_usd) for leg in legs),
        common_share=network.parameter("journey_common_share", 0.0),
        reliability_usd_per_h=_reliability_usd_per_h(network, request),
        cost_parts=cost_parts(network, request.shipment, path) if request else None,
    )


def _totals(path: Sequence[Arc], legs: Sequence[Leg], certainty: Certainty) -> Totals:
    """Add up averages, and take percentiles from the draws of the whole: they do not add up."""
    percentiles = certainty.time_h
    return Totals(
        distance_km=sum(leg.distance_km for leg in legs),
        time_h=sum(leg.mean_h for leg in legs),
        time_h_p10=percentiles.p10,
        time_h_p50=percentiles.p50,
        time_h_p90=percentiles.p90,
        cost_usd=sum(arc.vector.cost_cents for arc in path) / 100,
        co2e_kg=sum(arc.vector.co2e_g for arc in path) / 1000,
        co2e_ttw_kg=sum(leg.co2e_ttw_kg for leg in legs),
        generalised_cost_usd=sum(arc.vector.generalised_nanousd for arc in path) / 1e9,
        transshipments=sum(leg.kind is EdgeKind.TRANSSHIP for leg in legs),
        borders=sum(is_border(leg) for leg in legs),
        on_time_share=certainty.on_time_share,
        expected_lateness_h=certainty.expected_lateness_h,
    )


def rank_reliability(
    request: RouteRequest, itineraries: Sequence[Itinerary]
) -> tuple[Itinerary, ...]:
    """Give `most reliable` to the surest way listed, and rank by how sure they are where asked.

    The surest keeps the deadline most often; without a deadline, or where that is equal, it has the
    least 90th percentile. The search can only add percentiles up; which listed way is surest is
    known once they are drawn.
    """
    surest = min(itineraries, key=doubt)
    tagged = []
    for itinerary in itineraries:
        tags = [tag for tag in itinerary.tags if not tag.endswith(MOST_RELIABLE)]
        if itinerary is surest:
            families = [tag for tag in tags if tag.startswith("by ")]
            tags = [tag for tag in tags if tag not in families] + [MOST_RELIABLE, *families]
        tagged.append(replace(itinerary, tags=tuple(tags)))
    if request.criterion is Criterion.RELIABILITY:
        tagged.sort(key=doubt)
    return tuple(tagged)


def doubt(itinerary: Itinerary) -> tuple[float, float]:
    """Order ways, the surest first."""
    totals = itinerary.totals
    return doubt_of(totals.on_time_share, totals.time_h_p90)


def doubt_of(on_time_share: float | None, time_h_p90: float) -> tuple[float, float]:
    """Order ways by the share of draws that keep the deadline, then by the 90th percentile."""
    return -(on_time_share or 0.0), time_h_p90


def _reliability_usd_per_h(network: Network, request: RouteRequest | None) -> float:
    """Return what an hour of standard deviation costs: reliability ratio x value of time."""
    if request is None:
        return 0.0
    ratio = network.parameter("reliability_ratio", 0.0)
    return ratio * request.shipment.value_of_time_usd_per_h


def prices_of(network: Network) -> Prices:
    """Read the price year and the exchange rate off the network's parameters."""
    rate = network.parameters.get("usd_per_eur")
    return Prices(
        year=network.price_year,
        usd_per_eur=rate.value if rate else None,
        rate_as_of=rate.as_of if rate else "",
    )


def leg_elements(leg: Leg) -> list[Element]:
    """List what a leg adds to the time, each with the cause it moves with.

    Sections of one country's railway or roads move together unless the edge names a cause;
    otherwise cutting a line into more rows would make its total surer. A wait and whatever happens
    at a border or terminal are by themselves unless a cause is named.
    """
    moving, waiting = causes_of(leg)
    elements = (Element(leg.time_h, moving), Element(leg.wait_h, waiting))
    return [element for element in elements if element.spread.p90 > 0]


def causes_of(leg: Leg) -> tuple[str, str]:
    """Return what the duration of a leg moves with, and what its wait does."""
    cause, own = leg.edge.cause, leg.edge.edge_id
    if not cause and leg.kind is EdgeKind.MOVE and leg.mode in _SHARED_CAUSE:
        return f"{leg.mode}-{leg.start.country}", f"{own} wait"
    return cause or f"{own} time", cause or f"{own} wait"


def build_leg(network: Network, arc: Arc, *, evidence: bool = True) -> Leg:
    """Build the leg of an arc; without evidence it says what, but not whence."""
    assert arc.edge.kind is not None  # noqa: S101 - a network's edges are complete
    turning = arc.edge.kind is EdgeKind.TRANSSHIP
    costs = arc.costs
    return Leg(
        edge=arc.edge,
        kind=arc.edge.kind,
        mode=arc.tail.mode,
        to_mode=arc.head.mode if turning else None,
        vehicle=arc.edge.vehicle,
        start=network.nodes[arc.tail.node_id],
        end=network.nodes[arc.head.node_id],
        distance_km=costs.distance_km,
        time_h=costs.time_h,
        wait_h=costs.wait_h,
        cost_usd=costs.cost_usd,
        co2e_kg=costs.co2e_kg,
        co2e_ttw_kg=costs.co2e_ttw_kg,
        lots=costs.lots,
        evidence={metric: evidence_of(b) for metric, b in costs.bases.items()} if evidence else {},
        parts=tuple(AddedPart(p.metric, p.amount, evidence_of(p.basis)) for p in costs.parts)
        if evidence
        else (),
    )


def is_border(leg: Leg) -> bool:
    """Whether a leg crosses a land border; a change of gauge may lie within one country."""
    abroad = leg.start.country != leg.end.country
    return leg.kind is EdgeKind.BORDER or (leg.kind is EdgeKind.GAUGE_CHANGE and abroad)


def countries_of(legs: Sequence[Leg]) -> tuple[str, ...]:
    """List the countries of a way in the order they are entered, each once."""
    seen: dict[str, None] = {}
    for leg in legs:
        for node in (leg.start, leg.end):
            if node.country:
                seen.setdefault(node.country)
    return tuple(seen)


def _shares(parts: Iterable[tuple[Leg, Metric, float]]) -> dict[Confidence, float]:
    """Divide a total by how its parts are known; a part without evidence counts as assumed."""
    amounts: dict[Confidence, float] = defaultdict(float)
    for leg, metric, amount in parts:
        evidence = leg.evidence.get(metric)
        added = [part for part in leg.parts if part.metric is metric]
        own = amount - sum(part.amount for part in added)
        amounts[evidence.confidence if evidence else Confidence.ASSUMED] += own
        for part in added:
            amounts[part.evidence.confidence] += part.amount
    total = sum(amounts.values())
    return {c: (amounts[c] / total if total else 0.0) for c in Confidence}
