"""The best way of a search by the clock: of one day, or of the ways somebody has in mind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from routeplan.graph.weights import NANOUSD_PER_CENT
from routeplan.itinerary.build import doubt
from routeplan.itinerary.timed import build_timed
from routeplan.scenario.request import TRADE_OFFS, Criterion, Measure
from routeplan.search.candidates import keeps
from routeplan.search.shortest import arc_weights, find_shortest
from routeplan.search.shortlist import Way
from routeplan.search.timed import search_front

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from routeplan.graph.model import Arc
    from routeplan.graph.timing import Timing
    from routeplan.itinerary.model import Itinerary
    from routeplan.network.model import Network
    from routeplan.search.timed import Search

_SURE = 4
"""So many ways are drawn to find the surest of them."""

_MEASURES = {
    Criterion.TIME: (Measure.TIME,),
    Criterion.COST: (Measure.TIME, Measure.COST),
    Criterion.CO2: (Measure.TIME, Measure.CO2),
    Criterion.RELIABILITY: (Measure.TIME, Measure.P90),
    Criterion.BALANCED: TRADE_OFFS,
}


class Timed(NamedTuple):
    """A way by the clock: its arcs, and what it is built into."""

    path: tuple[Arc, ...]
    itinerary: Itinerary


def best_by_clock(
    network: Network,
    search: Search,
    limits: Mapping[Measure, int],
    measures: Sequence[Measure] = (),
) -> Timed | None:
    """Find the best way of a search by its criterion; of the surest few by their draws.

    Parameters
    ----------
    network
        The facts.
    search
        By the clock.
    limits
        The most the way may add up to: minutes, cents, grams and a count.
    measures
        What is looked at beside the criterion's own measure, to tell ways apart that are equal in
        it; with none, any of them is taken, which is quicker.

    Returns
    -------
    Timed or None
        None if no way comes through within the limits.
    """
    request, timing = search.request, search.timing
    assert timing is not None  # noqa: S101 - of searches by the clock
    if request.criterion is Criterion.BALANCED:
        limits = _bounded(search, timing, limits)
    measures = tuple(dict.fromkeys((*_MEASURES[request.criterion], *measures, *limits)))
    ways = [Way(way.path, timing=timing) for way in search_front(search, measures, limits)]
    ways.sort(key=lambda way: way.rank_key(request.criterion))
    several = request.criterion is Criterion.RELIABILITY
    built = [
        Timed(tuple(way.path), build_timed(network, timing, way.path, (), request))
        for way in ways[: _SURE if several else 1]
    ]
    return min(built, key=lambda each: doubt(each.itinerary), default=None)


def _bounded(search: Search, timing: Timing, limits: Mapping[Measure, int]) -> dict[Measure, int]:
    """Limit time and cost to what the best way overall can have, so that less is searched.

    No way whose time or cost alone is worth more than all of a way that is known is better.
    """
    weights = arc_weights(search.graph.arcs, Criterion.BALANCED)
    path = find_shortest(search.graph, weights)
    if path is None or not keeps(path, limits, timing):
        return dict(limits)
    most = Way(path, timing=timing).value(Criterion.BALANCED)
    found = {Measure.COST: most // NANOUSD_PER_CENT}
    if timing.clock.prices.nanousd_per_min:
        found[Measure.TIME] = most // timing.clock.prices.nanousd_per_min
    return {
        measure: min(bound[measure] for bound in (limits, found) if measure in bound)
        for measure in dict.fromkeys((*limits, *found))
    }
