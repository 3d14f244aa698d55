"""The way somebody has in mind, found and added up by averages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.analysis.reasons import Found, nearest_lifting, reasons_of, whole_bars
from routeplan.analysis.wanted import arcs_of
from routeplan.graph.bars import BarKind
from routeplan.itinerary.build import build_itinerary
from routeplan.search.candidates import keeps, read_limits
from routeplan.search.detours import find_detours
from routeplan.search.lifting import Lifting
from routeplan.search.lifting import rank as rank_of
from routeplan.search.relaxed import relax
from routeplan.search.shortest import arc_weights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.analysis.wanted import Wanted
    from routeplan.graph.model import Arc
    from routeplan.network.model import Network
    from routeplan.scenario.request import RouteRequest
    from routeplan.search.relaxed import Relaxed


def look_for(network: Network, request: RouteRequest, wanted: Wanted) -> Found:
    """Find the best way that is as wanted, and what stands in its way.

    Parameters
    ----------
    network
        The facts.
    request
        The question.
    wanted
        The way in mind.

    Raises
    ------
    RequestError
        If a saved way is not one of this network.
    """
    relaxed = relax(network, request, wanted.passes)
    if wanted.edges:
        path = arcs_of(wanted, relaxed.arcs)
        lifting = Lifting(whole_bars(network, request, path), path)
    else:
        nearest = nearest_lifting(network, request, relaxed)
        if not isinstance(nearest, Lifting):
            return Found(reasons=nearest)
        lifting = nearest
        if len(wanted.passes) == 1 and not wanted.suits(nearest.path):
            lifting = _as_meant(network, request, wanted, nearest) or nearest
    itinerary = build_itinerary(network, lifting.path, (), request)
    return Found(lifting.path, itinerary, reasons_of(network, request, lifting))


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
    for path in suiting(plain, request, wanted, plain.mask(nearest.bars)):
        if keeps(path, kept):
            return nearest._replace(path=path)
    if wanted.of_place:
        return None
    found = [
        Lifting(whole_bars(network, request, path), path)
        for path in suiting(plain, request, wanted, plain.all_rules)
    ]
    return min(
        found,
        key=lambda each: (
            len(reasons_of(network, request, each)),
            rank_of(each.path, request.criterion),
        ),
        default=None,
    )


def suiting(
    plain: Relaxed, request: RouteRequest, wanted: Wanted, lifted: int
) -> Iterator[tuple[Arc, ...]]:
    """Yield the ways that are as wanted with some bars lifted, in rising order by averages."""
    graph = plain.graph(lifted)
    for path in find_detours(graph, arc_weights(graph.arcs, request.criterion)):
        if wanted.suits(path):
            yield tuple(path)
