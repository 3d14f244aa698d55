"""Why a way is first, and why another is not: it loses, or it is not allowed.

The way somebody had in mind is searched for under the rules of the question; where they leave none,
over all edges, for the fewest rules that stand in its way. Side by side with the best way it shows
where they part and what each part of the difference is, by averages or, where the question names an
hour, by the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from routeplan.analysis.explain_average import look_for
from routeplan.analysis.reasons import Found, Reason
from routeplan.analysis.sections import Loss, Section, align, at_hours, weightiest_loss
from routeplan.analysis.wanted import Wanted, arcs_of
from routeplan.graph.doors import open_doors
from routeplan.planner import plan
from routeplan.search.relaxed import all_arcs

if TYPE_CHECKING:
    from routeplan.graph.model import Arc
    from routeplan.itinerary.model import Itinerary, Plan
    from routeplan.network.model import Network
    from routeplan.scenario.request import RouteRequest


class Verdict(StrEnum):
    """What became of the way in mind."""

    BEST = "best"
    ONLY = "only"
    NEXT = "next"
    LOSES = "loses"
    NOT_ALLOWED = "not_allowed"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Explanation:
    """The best way, another, and why the other is not first.

    Parameters
    ----------
    plan
        The answer to the question; its first way is the best.
    verdict
        What became of the other.
    wanted
        What was asked for; None where the best is held against the next.
    other
        The best way that is as wanted; None where the network has none, or the best is the only.
    rank
        The place of the other on the list of `find`; None if it is not on it.
    beaten_by
        The place of a listed way that is as good in time, cost and CO2e, and better in one.
    reasons
        What stands in its way, in the order of travel, rules on the whole last.
    sections
        Both ways, side by side.
    loss
        The first reason that it loses; None where it does not.
    """

    plan: Plan
    verdict: Verdict
    wanted: Wanted | None = None
    other: Itinerary | None = None
    rank: int | None = None
    beaten_by: int | None = None
    reasons: tuple[Reason, ...] = ()
    sections: tuple[Section, ...] = ()
    loss: Loss | None = None

    @property
    def best(self) -> Itinerary:
        """The best way."""
        return self.plan.itineraries[0]


def explain(network: Network, request: RouteRequest, wanted: Wanted | None = None) -> Explanation:
    """Explain why the best way is first, and another is not.

    Parameters
    ----------
    network
        The facts.
    request
        The question.
    wanted
        The way somebody had in mind; None for the next on the list.

    Raises
    ------
    NoRouteError
        If the question has no answer at all.
    RequestError
        If a saved way is not one of this network.
    """
    network = open_doors(network, request)
    answer = plan(network, request)
    request = answer.request
    if wanted is None:
        if len(answer.itineraries) == 1:
            return Explanation(answer, Verdict.ONLY)
        arcs = _arcs_along(answer.itineraries[1], all_arcs(network, request))
        path = at_hours(network, request, arcs, answer.itineraries[1])
        return _against(network, answer, Found(path, answer.itineraries[1]))
    if request.is_timed:
        from routeplan.analysis.explain_hours import look_by_hours

        found = look_by_hours(network, request, wanted)
    else:
        found = look_for(network, request, wanted)
    if found.itinerary is None:
        return Explanation(answer, Verdict.IMPOSSIBLE, wanted, reasons=found.reasons)
    return _against(network, answer, found, wanted)


def _against(
    network: Network, answer: Plan, found: Found, wanted: Wanted | None = None
) -> Explanation:
    """Hold a way against the best."""
    request, best = answer.request, answer.itineraries[0]
    listed = [_edges(itinerary) for itinerary in answer.itineraries]
    edges = [arc.edge.edge_id for arc in found.path]
    rank = next((number for number, each in enumerate(listed, 1) if each == edges), None)
    if rank == 1:
        return Explanation(answer, Verdict.BEST, wanted, other=best, rank=1)
    other = answer.itineraries[rank - 1] if rank else found.itinerary
    assert other is not None  # noqa: S101 - there is a way
    ours = _arcs_along(best, all_arcs(network, request))
    sections = align(at_hours(network, request, ours, best), found.path)
    verdict = Verdict.NOT_ALLOWED if found.reasons else Verdict.LOSES if wanted else Verdict.NEXT
    return Explanation(
        plan=answer,
        verdict=verdict,
        wanted=wanted,
        other=other,
        rank=rank,
        beaten_by=_beaten_by(answer, other),
        reasons=found.reasons,
        sections=sections,
        loss=weightiest_loss(network, request, sections),
    )


def _beaten_by(answer: Plan, other: Itinerary) -> int | None:
    own = _values(other)
    for rank, itinerary in enumerate(answer.itineraries, 1):
        values = _values(itinerary)
        if values != own and all(a <= b for a, b in zip(values, own, strict=True)):
            return rank
    return None


def _values(itinerary: Itinerary) -> tuple[float, float, float]:
    totals = itinerary.totals
    return round(totals.time_h, 2), totals.cost_usd, totals.co2e_kg


def _edges(itinerary: Itinerary) -> list[str]:
    return [leg.edge.edge_id for leg in itinerary.legs]


def _arcs_along(itinerary: Itinerary, arcs: tuple[Arc, ...]) -> tuple[Arc, ...]:
    """Find the arcs of an itinerary again."""
    wanted = Wanted(
        "",
        "",
        edges=tuple(
            (leg.edge.edge_id, leg.start.node_id, leg.end.node_id, str(leg.mode))
            for leg in itinerary.legs
        ),
    )
    return arcs_of(wanted, arcs)
