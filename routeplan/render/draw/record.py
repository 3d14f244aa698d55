"""What pages and pictures show, as plain values: a plan's JSON contract, and words beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.language import hour_text
from routeplan.network.vocabulary import Metric, Status
from routeplan.render.draw.routes import WAS, leg_ends, route_record
from routeplan.render.records import plan_dict
from routeplan.render.way import label, steps
from routeplan.render.words import (
    best_at_text,
    data_sentence,
    duration_sentence,
    evidence_sentence,
    policy_sentence,
    request_texts,
    title_text,
    what_if_sentences,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from routeplan.itinerary.model import Itinerary, Plan
    from routeplan.network.records import Node, Source
    from routeplan.render.way import Step
    from routeplan.scenario.door import Handover

SCHEMA = "routeplan/page/1"


def page_record(plan: Plan, sources: Mapping[str, Source]) -> dict[str, Any]:
    """Return what a page shows.

    Parameters
    ----------
    plan
        The answer.
    sources
        Those of the network, by id; the ones the plan names are taken along.

    Returns
    -------
    dict
        `plan` is the contract `routeplan/find/1`. Beside it: `title`, `request`, `places` and
        `sources` by id, `ways` with `steps` and sentences, `front` (days and cost of every way of
        the exact front, empty if it was not asked for), `notes`, `money` (currency shown and
        dollars per unit of it); and of an answer on a changed network `routes`, the way before, and
        `shut`, the links that closed.
    """
    described = plan_dict(plan)
    prices = plan.prices
    changes = change_record(plan)
    return {
        "schema": SCHEMA,
        "title": title_text(plan),
        "request": list(request_texts(plan)),
        "money": {
            "currency": prices.currency.upper(),
            "usd": 1.0 if prices.shown(1.0) == 1.0 else prices.usd_per_eur,
        },
        "places": way_places(plan.itineraries) | changes["places"],
        "sources": _sources(described, sources),
        "front": [
            {
                "days": round(way.totals.time_h_p50 / 24, 3),
                "cost": round(prices.shown(way.totals.cost_usd), 2),
            }
            for way in plan.front
        ],
        "ways": [
            _way(itinerary, rank, plan.request.handover)
            for rank, itinerary in enumerate(plan.itineraries, 1)
        ],
        "notes": [
            *what_if_sentences(plan),
            *plan.warnings,
            policy_sentence(plan),
            data_sentence(plan),
        ],
        "routes": changes["routes"],
        "shut": changes["shut"],
        "plan": described,
    }


def change_record(plan: Plan) -> dict[str, Any]:
    """Return what a map shows of the changes a plan was asked with; empty lists for none.

    Returns
    -------
    dict
        `routes`: the way before, if it was another; `shut`: the links of it that closed; `places`
        by id, those of the way before.
    """
    what_if = plan.what_if
    if what_if is None:
        return {"routes": [], "shut": [], "places": {}}
    before, now = what_if.unchanged, plan.itineraries[0]
    moved = before is not None and way_edges(before) != way_edges(now)
    closed = {
        old.edge_id
        for old, new in what_if.links
        if new.status is Status.CLOSED and old.status is not Status.CLOSED
    }
    legs = before.legs if before is not None else ()
    return {
        "routes": [route_record(before, WAS)] if before is not None and moved else [],
        "shut": [leg_ends(leg) for leg in legs if leg.edge.edge_id in closed],
        "places": way_places([before]) if before is not None else {},
    }


def way_edges(way: Itinerary) -> list[str]:
    """Return the links of a way."""
    return [leg.edge.edge_id for leg in way.legs]


def place_dict(node: Node) -> dict[str, Any]:
    """Return a place as pictures need it; coordinates are None where they are not known."""
    return {
        "name": label(node),
        "country": node.country,
        "kind": str(node.kind),
        "lat": node.lat,
        "lon": node.lon,
    }


def way_places(itineraries: Iterable[Itinerary]) -> dict[str, Any]:
    """Return the places of some ways by id, as `place_dict` has them."""
    legs = [leg for itinerary in itineraries for leg in itinerary.legs]
    nodes = {node.node_id: node for leg in legs for node in (leg.start, leg.end)}
    return {node_id: place_dict(nodes[node_id]) for node_id in sorted(nodes)}


def _sources(described: dict[str, Any], known: Mapping[str, Source]) -> dict[str, Any]:
    named = {
        source
        for itinerary in described["itineraries"]
        for leg in itinerary["legs"]
        for evidence in leg["evidence"].values()
        for source in (
            *evidence["sources"],
            *(s for part in evidence["added"] for s in part["sources"]),
        )
    }
    return {
        source_id: {
            "publisher": known[source_id].publisher,
            "title": known[source_id].title,
            "url": known[source_id].url,
            "as_of": known[source_id].as_of,
        }
        for source_id in sorted(named)
        if source_id in known
    }


def _way(itinerary: Itinerary, rank: int, handover: Handover) -> dict[str, Any]:
    found: list[dict[str, Any]] = []
    first = 0
    for step in steps(itinerary.legs):
        found.append(_step(step, first))
        first += len(step.legs)
    return {
        "rank": rank,
        "label": best_at_text(itinerary),
        "duration": duration_sentence(itinerary, handover),
        "evidence": evidence_sentence(itinerary),
        "steps": found,
    }


def _step(step: Step, first: int) -> dict[str, Any]:
    return {
        "kind": str(step.kind),
        "mode": str(step.legs[0].mode),
        "action": step.action,
        "where": step.places,
        "via": step.via,
        "from": step.legs[0].start.node_id,
        "to": step.legs[-1].end.node_id,
        "legs": [first, first + len(step.legs)],
        "distance_km": round(step.distance_km, 2),
        "wait_h": round(step.wait_h, 3),
        "time_h": round(step.time_h, 3),
        "cost_usd": round(step.cost_usd, 2),
        "co2e_kg": round(step.co2e_kg, 3),
        "time_confidence": _time_confidence(step),
        **(
            {"hours": f"{hour_text(step.times[0])} - {hour_text(step.times[1])}"}
            if step.times
            else {}
        ),
    }


def _time_confidence(step: Step) -> str:
    """Name how the longer of a step's time and wait is known, of its longest leg."""
    longest = max(step.legs, key=lambda leg: leg.mean_h)
    metric = Metric.WAIT if longest.wait_h.mean > longest.time_h.mean else Metric.TIME
    evidence = longest.evidence.get(metric)
    return str(evidence.confidence) if evidence else ""
