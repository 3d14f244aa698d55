"""A plan as plain values: the JSON contract `routeplan/find/1`, and one flat row per itinerary.

Additive only: keys may be added, never renamed or given another meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.itinerary.gaps import estimated_km
from routeplan.network.vocabulary import Confidence, Metric
from routeplan.render.certainty import certainty_dict
from routeplan.render.crossings import crossing_dicts
from routeplan.render.duty import duty_columns, duty_dict
from routeplan.render.economics import cargo_dict, parts_dict, shelf_life_dict
from routeplan.render.kept_out import kept_out_dicts, policy_dict
from routeplan.render.way import border_posts, passages, terminals, way_text
from routeplan.scenario.door import is_estimate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from routeplan.analysis.days import DaysAnswer
    from routeplan.itinerary.model import Itinerary, Leg, Plan, Prices
    from routeplan.scenario.door import Door
    from routeplan.scenario.request import RouteRequest

SCHEMA = "routeplan/find/1"
_WORST_FIRST = tuple(reversed(Confidence))


def plan_dict(plan: Plan) -> dict[str, Any]:
    """Return a plan as the JSON contract has it."""
    return {
        "schema": SCHEMA,
        "request": request_dict(plan.request),
        "prices": prices_dict(plan.prices),
        "network": network_dict(plan),
        "itineraries": [
            itinerary_dict(itinerary, rank) | shelf_life_dict(plan.request, itinerary)
            for rank, itinerary in enumerate(plan.itineraries, 1)
        ],
        "front": front_rows(plan),
        "warnings": list(plan.warnings),
        "cargo": cargo_dict(plan.request),
        "kept_out": kept_out_dicts(plan),
        **duty_dict(plan),
    } | _what_if_dict(plan)


def _what_if_dict(plan: Plan) -> dict[str, Any]:
    """Return the key `what_if` of an answer on a changed network; nothing for the facts."""
    if plan.what_if is None:
        return {}
    before = plan.what_if.unchanged
    return {
        "what_if": {
            "changes": [{"text": text, "edges": count} for text, count in plan.what_if.changes],
            "unchanged": None
            if before is None
            else {"way": way_text(before), "totals": _way_totals_dict(before)},
        }
    }


def itinerary_dict(itinerary: Itinerary, rank: int) -> dict[str, Any]:
    """Return one itinerary as the JSON contract has it."""
    return {
        "rank": rank,
        "tags": list(itinerary.tags),
        "on_front": itinerary.on_front,
        "way": way_text(itinerary),
        **_span_dict(itinerary),
        "origin_terminal": terminals(itinerary)[0].node_id,
        "destination_terminal": terminals(itinerary)[1].node_id,
        "totals": _way_totals_dict(itinerary),
        "estimated_km": round(estimated_km(itinerary), 1),
        "countries": list(itinerary.countries),
        "border_posts": border_posts(itinerary),
        "borders_crossed": crossing_dicts(itinerary),
        "passages": passages(itinerary),
        "legs": [_leg_dict(leg) for leg in itinerary.legs],
        "confidence": {
            "time": _shares(itinerary.time_shares),
            "cost": _shares(itinerary.cost_shares),
        },
        "certainty": certainty_dict(itinerary),
    }


def front_rows(plan: Plan) -> list[dict[str, Any]]:
    """Return one flat row per way of the front; `rank` is its place on the list, if it has one."""
    listed = {edge_ids(itinerary): rank for rank, itinerary in enumerate(plan.itineraries, 1)}
    return [
        {
            "number": number,
            "rank": listed.get(edge_ids(itinerary)),
            **_span_dict(itinerary),
            **totals_dict(itinerary),
            "time_h_p90_sum": round(
                sum(leg.time_h.p90 + leg.wait_h.p90 for leg in itinerary.legs), 2
            ),
            "countries": list(itinerary.countries),
            "way": way_text(itinerary),
            "edges": list(edge_ids(itinerary)),
        }
        for number, itinerary in enumerate(plan.front, 1)
    ]


def _span_dict(itinerary: Itinerary) -> dict[str, str]:
    """Return when a way departs and arrives, in local time; nothing if not by the clock."""
    if itinerary.depart is None or itinerary.arrive is None:
        return {}
    return {"depart": moment_iso(itinerary.depart), "arrive": moment_iso(itinerary.arrive)}


def moment_iso(moment: datetime) -> str:
    """Write a moment for programs: 2026-12-01T08:00+05:00."""
    return moment.isoformat(timespec="minutes")


def edge_ids(itinerary: Itinerary) -> tuple[str, ...]:
    """List the ids of the links a way uses, in order."""
    return tuple(leg.edge.edge_id for leg in itinerary.legs)


def itinerary_rows(plan: Plan) -> list[dict[str, Any]]:
    """Return one flat row per itinerary, for CSV and TSV."""
    return [
        {
            "rank": rank,
            "tags": "|".join(itinerary.tags),
            "origin": plan.origin.node_id,
            "destination": plan.destination.node_id,
            **_span_dict(itinerary),
            **totals_dict(itinerary),
            "cost_eur": _cost_eur(plan, itinerary),
            **parts_dict(itinerary),
            **duty_columns(plan, rank),
            "countries": "|".join(itinerary.countries),
            "border_posts": "|".join(border_posts(itinerary)),
            "passages": "|".join(passages(itinerary)),
            "assumed_time_share": round(itinerary.time_shares[Confidence.ASSUMED], 3),
            "assumed_cost_share": round(itinerary.cost_shares[Confidence.ASSUMED], 3),
            "origin_terminal": terminals(itinerary)[0].node_id,
            "destination_terminal": terminals(itinerary)[1].node_id,
            "estimated_km": round(estimated_km(itinerary), 1),
            "way": way_text(itinerary),
        }
        for rank, itinerary in enumerate(plan.itineraries, 1)
    ]


def prices_dict(prices: Prices) -> dict[str, Any]:
    """Return what a dollar of the answer is as the JSON contract has it."""
    return {
        "currency": "USD",
        "price_year": prices.year,
        "usd_per_eur": prices.usd_per_eur,
        "usd_per_eur_as_of": prices.rate_as_of,
    }


def network_dict(answer: Plan | DaysAnswer) -> dict[str, str]:
    """Return which facts an answer rests on as the JSON contract has it."""
    return {"version": answer.network_version, "as_of": answer.network_as_of}


def request_dict(request: RouteRequest) -> dict[str, Any]:
    """Return a question as the JSON contract has it."""
    shipment, avoid = request.shipment, request.avoid
    return {
        "origin": request.origin,
        "destination": request.destination,
        "via": list(request.via),
        "modes": sorted(request.modes),
        "avoid": {
            "countries": sorted(avoid.countries),
            "nodes": sorted(avoid.nodes),
            "edges": sorted(avoid.edges),
            "corridors": sorted(avoid.corridors),
            "modes": sorted(avoid.modes),
            "passages": sorted(avoid.passages),
            "operators": sorted(avoid.operators),
        },
        "allow": sorted(request.allow),
        "policy": str(request.policy),
        "policy_countries": [e.name for e in request.profile.avoid if e.kind == "countries"],
        **policy_dict(request),
        "cargo": shipment.cargo.cargo_id,
        "load": shipment.text,
        "mass_t": shipment.mass_t,
        "value_usd": shipment.value_usd,
        "depart": request.depart.isoformat() if request.depart else None,
        "on": request.on.isoformat() if request.on else None,
        "include_planned": request.include_planned,
        "by": str(request.criterion),
        "k": request.alternatives.k,
        "max_overlap": request.alternatives.max_overlap,
        "max_stretch": request.alternatives.max_stretch,
        "differ": str(request.alternatives.differ),
        "limits": {
            "time_h": request.limits.time_h,
            "cost_usd": request.limits.cost_usd,
            "co2e_kg": request.limits.co2e_kg,
            "transshipments": request.limits.transshipments,
        },
        "front": [str(measure) for measure in request.front],
        "deadline_h": request.deadline_h,
        "draws": request.draws,
        "duty": request.duty,
        "hs": request.hs or None,
        "handover": str(request.handover),
        "doors": [_door_dict(door) for door in request.doors],
    } | _moments_dict(request)


def _moments_dict(request: RouteRequest) -> dict[str, str]:
    """Return the moment asked for, in the time of its place; nothing if none was."""
    moments = {"leave": request.leave, "arrive_by": request.arrive_by}
    return {name: moment_iso(moment) for name, moment in moments.items() if moment}


def _door_dict(door: Door) -> dict[str, Any]:
    """Return a place that trucks join to terminals, and those trucks."""
    node = door.node
    return {
        "node_id": node.node_id,
        "name": node.name,
        "country": node.country,
        "lat": node.lat,
        "lon": node.lon,
        "found_online": door.found or None,
        "links": [
            {
                "edge_id": door.edge_id(link),
                "to": link.to_node,
                "distance_km": link.km,
                "straight_km": link.straight_km,
                "estimated": link.is_estimate,
                "note": link.note,
            }
            for link in door.links
        ],
    }


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _cost_eur(plan: Plan, itinerary: Itinerary) -> float | None:
    amount = plan.prices.in_eur(itinerary.totals.cost_usd)
    return None if amount is None else round(amount, 2)


def totals_dict(itinerary: Itinerary) -> dict[str, Any]:
    """Return what a way adds up to as the JSON contract has it."""
    totals = itinerary.totals
    return {
        "distance_km": round(totals.distance_km, 1),
        "time_h": round(totals.time_h, 2),
        "time_h_p10": round(totals.time_h_p10, 2),
        "time_h_p50": round(totals.time_h_p50, 2),
        "time_h_p90": round(totals.time_h_p90, 2),
        "cost_usd": round(totals.cost_usd, 2),
        "co2e_kg": round(totals.co2e_kg, 3),
        "co2e_ttw_kg": round(totals.co2e_ttw_kg, 3),
        "generalised_cost_usd": round(totals.generalised_cost_usd, 2),
        "transshipments": totals.transshipments,
        "borders": totals.borders,
        "on_time_share": _rounded(totals.on_time_share, 4),
        "expected_lateness_h": _rounded(totals.expected_lateness_h, 2),
    }


def _way_totals_dict(itinerary: Itinerary) -> dict[str, Any]:
    return totals_dict(itinerary) | {"generalised_parts": parts_dict(itinerary)}


def _leg_dict(leg: Leg) -> dict[str, Any]:
    known = [evidence.confidence for evidence in leg.evidence.values()]
    return {
        "kind": str(leg.kind),
        "mode": str(leg.mode),
        "to_mode": str(leg.to_mode) if leg.to_mode else None,
        "vehicle": str(leg.vehicle) if leg.vehicle else None,
        "edge_id": leg.edge.edge_id,
        "estimated": is_estimate(leg.edge.edge_id),
        "status": str(leg.edge.status),
        "passages": list(leg.edge.passages),
        "from": leg.start.node_id,
        "to": leg.end.node_id,
        **_times_dict(leg),
        "distance_km": round(leg.distance_km, 2),
        "time_h": round(leg.time_h.p50, 3),
        "time_h_p10": round(leg.time_h.p10, 3),
        "time_h_p90": round(leg.time_h.p90, 3),
        "time_h_mean": round(leg.time_h.mean, 3),
        "wait_h": round(leg.wait_h.p50, 3),
        "wait_h_p10": round(leg.wait_h.p10, 3),
        "wait_h_p90": round(leg.wait_h.p90, 3),
        "wait_h_mean": round(leg.wait_h.mean, 3),
        "cost_usd": round(leg.cost_usd, 2),
        "co2e_kg": round(leg.co2e_kg, 3),
        "co2e_ttw_kg": round(leg.co2e_ttw_kg, 3),
        "lots": leg.lots,
        "confidence": next((str(c) for c in _WORST_FIRST if c in known), str(Confidence.ASSUMED)),
        "sources": sorted({s for evidence in leg.evidence.values() for s in evidence.source_ids}),
        "evidence": {
            str(metric): _evidence_dict(leg, metric) for metric in Metric if metric in leg.evidence
        },
    }


def _times_dict(leg: Leg) -> dict[str, str]:
    if leg.times is None:
        return {}
    return {name: moment_iso(moment) for name, moment in leg.times._asdict().items()}


def _evidence_dict(leg: Leg, metric: Metric) -> dict[str, Any]:
    value, unit = leg_value(leg, metric)
    evidence = leg.evidence[metric]
    return {
        "value": round(value, 3),
        "unit": unit,
        "confidence": str(evidence.confidence),
        "sources": list(evidence.source_ids),
        "basis": evidence.basis,
        "as_of": evidence.as_of,
        "note": evidence.note,
        "added": [
            {
                "value": round(part.amount, 3),
                "confidence": str(part.evidence.confidence),
                "sources": list(part.evidence.source_ids),
                "basis": part.evidence.basis,
            }
            for part in leg.parts
            if part.metric is metric
        ],
    }


def leg_value(leg: Leg, metric: Metric) -> tuple[float, str]:
    """Return the number of a leg that a metric's evidence backs, and its unit."""
    return {
        Metric.DISTANCE: (leg.distance_km, "km"),
        Metric.TIME: (leg.time_h.p50, "h"),
        Metric.WAIT: (leg.wait_h.p50, "h"),
        Metric.COST: (leg.cost_usd, "USD"),
        Metric.CO2E: (leg.co2e_kg, "kg"),
    }[metric]


def _shares(shares: Mapping[Confidence, float]) -> dict[str, float]:
    return {str(confidence): round(share, 4) for confidence, share in shares.items()}
