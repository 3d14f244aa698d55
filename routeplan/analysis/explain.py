"""Why a way is first, and why another is not: it loses, or it is not allowed.

The way somebody had in mind is searched for under the rules of the question; where they leave none,
over all edges, for the fewest rules that stand in its way. Side by side with the best way it shows
where they part and what each part of the difference is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from routeplan.analysis.sections import Loss, Section, align, weightiest_loss
from routeplan.analysis.wanted import Wanted, arcs_of
from routeplan.errors import RequestError
from routeplan.graph.bars import Bar, BarKind, bars_of
from routeplan.graph.doors import open_doors
from routeplan.itinerary.build import build_itinerary
from routeplan.planner import plan
from routeplan.search.candidates import keeps, read_limits
from routeplan.search.detours import find_detours
from routeplan.search.lifting import Lifting, find_liftings
from routeplan.search.lifting import rank as rank_of
from routeplan.search.missing import find_missing
from routeplan.search.relaxed import all_arcs, relax
from routeplan.search.shortest import arc_weights
from routeplan.search.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routeplan.graph.model import Arc
    from routeplan.itinerary.model import Itinerary, Plan
    from routeplan.network.model import Network
    from routeplan.scenario.request import RouteRequest
    from routeplan.search.relaxed import Relaxed


class Verdict(StrEnum):
    """What became of the way in mind."""

    BEST = "best"
    ONLY = "only"
    NEXT = "next"
    LOSES = "loses"
    NOT_ALLOWED = "not_allowed"
    IMPOSSIBLE = "impossible"


class Reason(NamedTuple):
    """One thing that stands in the way.

    Parameters
    ----------
    bar
        The rule, or the link that is missing.
    text
        In words, without a full stop.
    leg
        The first leg of the way that it bars, counted from 0; None for a rule on the whole.
    """

    bar: Bar
    text: str
    leg: int | None


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
        If a saved way is not one of this network, or the question goes by the clock.
    """
    if request.is_timed:
        raise RequestError(
            "ways are held against each other by averages, not by hours. Give --depart as a day, "
            "2026-12-01, and no --arrive-by."
        )
    network = open_doors(network, request)
    answer = plan(network, request)
    arcs = all_arcs(network, request)
    if wanted is None:
        if len(answer.itineraries) == 1:
            return Explanation(answer, Verdict.ONLY)
        return _against(network, answer, _arcs_along(answer.itineraries[1], arcs), arcs)
    relaxed, lifting = _look_for(network, request, wanted, arcs)
    if lifting is None:
        bars = find_missing(network, relaxed).bars
        shut = all(bar.kind is BarKind.CLOSED for bar in bars)
        opened = find_liftings(relaxed, request, bars) if shut else []
        if not opened:
            wording = Wording(network, request)
            reasons = tuple(Reason(bar, wording.reason(bar), None) for bar in bars)
            return Explanation(answer, Verdict.IMPOSSIBLE, wanted, reasons=reasons)
        lifting = Lifting(_whole_bars(network, request, opened[0].path), opened[0].path)
    found = reasons_of(network, request, lifting)
    return _against(network, answer, lifting.path, arcs, wanted=wanted, reasons=found)


def reasons_of(network: Network, request: RouteRequest, lifting: Lifting) -> tuple[Reason, ...]:
    """Name what stands in a way's way: rules on its links in the order of travel, then the rest."""
    wording, bars_on = Wording(network, request, lifting.path), bars_of(network, request)
    first: dict[Bar, int | None] = {}
    for number, arc in enumerate(lifting.path):
        for bar in bars_on(arc.edge):
            first.setdefault(bar, number)
    for bar in lifting.bars:
        first.setdefault(bar, None)
    return tuple(Reason(bar, wording.reason(bar), leg) for bar, leg in first.items())


def _look_for(
    network: Network, request: RouteRequest, wanted: Wanted, arcs: tuple[Arc, ...]
) -> tuple[Relaxed, Lifting | None]:
    """Find the wanted way and what has to be lifted for it; None if the network has none."""
    relaxed = relax(network, request, wanted.passes)
    if wanted.edges:
        path = arcs_of(wanted, arcs)
        return relaxed, Lifting(_whole_bars(network, request, path), path)
    liftings = find_liftings(relaxed, request)
    if not liftings:
        return relaxed, None
    nearest = liftings[0]
    if len(wanted.passes) > 1 or wanted.suits(nearest.path):
        return relaxed, nearest
    return relaxed, _as_meant(network, request, wanted, nearest) or nearest


def _as_meant(
    network: Network, request: RouteRequest, wanted: Wanted, nearest: Lifting
) -> Lifting | None:
    """Find the way that is what was meant, where the nearest only touches it.

    Looked through are the ways that are best through some link: with what the nearest lifts, the
    best that suits; else, with everything lifted, the one with the fewest things in its way. A
    place at the end of a line is left as it was reached instead.
    """
    plain = relax(network, request)
    limits = read_limits(request.limits)
    raised = {bar.name for bar in nearest.bars if bar.kind is BarKind.LIMIT}
    kept = {measure: most for measure, most in limits.items() if str(measure) not in raised}
    for path in _suiting(plain, request, wanted, plain.mask(nearest.bars)):
        if keeps(path, kept):
            return nearest._replace(path=path)
    if wanted.of_place:
        return None
    found = [
        Lifting(_whole_bars(network, request, path), path)
        for path in _suiting(plain, request, wanted, plain.all_rules)
    ]
    return min(
        found,
        key=lambda each: (
            len(reasons_of(network, request, each)),
            rank_of(each.path, request.criterion),
        ),
        default=None,
    )


def _suiting(
    plain: Relaxed, request: RouteRequest, wanted: Wanted, lifted: int
) -> Iterator[tuple[Arc, ...]]:
    graph = plain.graph(lifted)
    for path in find_detours(graph, arc_weights(graph.arcs, request.criterion)):
        if wanted.suits(path):
            yield tuple(path)


def _whole_bars(network: Network, request: RouteRequest, path: Sequence[Arc]) -> tuple[Bar, ...]:
    """List the limits and via places that a way does not keep."""
    limits = read_limits(request.limits)
    found = [
        Bar(BarKind.LIMIT, str(measure))
        for measure, most in limits.items()
        if not keeps(path, {measure: most})
    ]
    places = [arc.tail.node_id for arc in path[:1]] + [arc.head.node_id for arc in path]
    for node_id in request.via:
        inside = network.terminals(node_id)
        at = next((i for i, place in enumerate(places) if place in inside), None)
        if at is None:
            found.append(Bar(BarKind.VIA, node_id))
        else:
            places = places[at:]
    return tuple(found)


def _against(
    network: Network,
    answer: Plan,
    path: Sequence[Arc],
    arcs: tuple[Arc, ...],
    *,
    wanted: Wanted | None = None,
    reasons: tuple[Reason, ...] = (),
) -> Explanation:
    """Hold a way against the best."""
    request, best = answer.request, answer.itineraries[0]
    listed = [_edges(itinerary) for itinerary in answer.itineraries]
    rank = next(
        (n for n, edges in enumerate(listed, 1) if edges == [a.edge.edge_id for a in path]), None
    )
    if rank == 1:
        return Explanation(answer, Verdict.BEST, wanted, other=best, rank=1)
    other = answer.itineraries[rank - 1] if rank else build_itinerary(network, path, (), request)
    sections = align(_arcs_along(best, arcs), path)
    verdict = Verdict.NOT_ALLOWED if reasons else Verdict.LOSES if wanted else Verdict.NEXT
    return Explanation(
        plan=answer,
        verdict=verdict,
        wanted=wanted,
        other=other,
        rank=rank,
        beaten_by=_beaten_by(answer, other),
        reasons=reasons,
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
