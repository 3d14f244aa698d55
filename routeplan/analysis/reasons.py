"""What stands in a way's way: each rule or link with its words, in the order of travel."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from routeplan.graph.bars import Bar, BarKind, bars_of
from routeplan.search.candidates import keeps, read_limits
from routeplan.search.lifting import Lifting, find_liftings
from routeplan.search.missing import find_missing
from routeplan.search.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.graph.model import Arc
    from routeplan.graph.timing import Timing
    from routeplan.itinerary.model import Itinerary
    from routeplan.network.model import Network
    from routeplan.scenario.request import RouteRequest
    from routeplan.search.relaxed import Relaxed


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


class Found(NamedTuple):
    """What became of the search for a way somebody has in mind.

    Parameters
    ----------
    path
        Its arcs, their vectors as they are travelled; empty where the way cannot be done.
    itinerary
        What it is built into; None where it cannot be done.
    reasons
        What stands in its way.
    """

    path: tuple[Arc, ...] = ()
    itinerary: Itinerary | None = None
    reasons: tuple[Reason, ...] = ()


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


def nearest_lifting(
    network: Network, request: RouteRequest, relaxed: Relaxed
) -> Lifting | tuple[Reason, ...]:
    """Find the least that has to be lifted for a way, closed links included.

    Returns
    -------
    Lifting or tuple of Reason
        The nearest way with what is to be lifted; where the network has none, what it lacks.
    """
    liftings = find_liftings(relaxed, request)
    if liftings:
        return liftings[0]
    bars = find_missing(network, relaxed).bars
    shut = all(bar.kind is BarKind.CLOSED for bar in bars)
    opened = find_liftings(relaxed, request, bars) if shut else []
    if opened:
        bars, path = opened[0]
        return Lifting((*bars, *whole_bars(network, request, path)), path)
    wording = Wording(network, request)
    return tuple(Reason(bar, wording.reason(bar), None) for bar in bars)


def whole_bars(
    network: Network, request: RouteRequest, path: Sequence[Arc], timing: Timing | None = None
) -> tuple[Bar, ...]:
    """List the limits and via places that a way does not keep; by the clock if one is given."""
    limits = read_limits(request.limits)
    found = [
        Bar(BarKind.LIMIT, str(measure))
        for measure, most in limits.items()
        if not keeps(path, {measure: most}, timing)
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
