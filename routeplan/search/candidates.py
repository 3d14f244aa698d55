"""A pool of good ways that differ, for the short list to choose from.

It holds the whole front of time, cost and CO2e, within the limits asked for; the surest way, as
the sum of the 90th percentiles has it; the best way of each family of modes; and, in rising order,
the best way through every single arc. The first three are exact. The best way by the criterion is
the one of `search.best`, however many others are as good.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from routeplan.network.vocabulary import LINEHAUL, Mode
from routeplan.scenario.request import TRADE_OFFS, Criterion, Measure
from routeplan.search.best import find_best
from routeplan.search.detours import find_detours
from routeplan.search.front import FrontWay, find_front, measured
from routeplan.search.shortest import arc_weights, find_shortest
from routeplan.units import cents, grams, minutes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from routeplan.graph.model import Arc, SearchGraph
    from routeplan.graph.timing import Timing
    from routeplan.network.records import Edge
    from routeplan.scenario.request import Limits

SHORT_SEA_KM = 3000.0
"""A longer sailing is an ocean passage; between ports of one sea none is longer."""


class Family(NamedTuple):
    """A family of ways: the modes it may use between cities, and the one that makes it.

    Parameters
    ----------
    name
        How it is called on the list.
    modes
        Line-haul modes of its ways.
    needed
        A way counts only if it uses this mode between cities.
    criterion
        What its way is best at; who flies is in a hurry.
    longest_sea_km
        Longer sailings are not its kind: the way by rail and ship is not the way round Africa.
    """

    name: str
    modes: frozenset[Mode]
    needed: Mode
    criterion: Criterion = Criterion.BALANCED
    longest_sea_km: float = math.inf

    def allows(self, arc: Arc) -> bool:
        """Whether a way of the family may use an arc; handling and access always."""
        return self.takes(arc.edge)

    def takes(self, edge: Edge) -> bool:
        """Whether a way of the family may use an edge."""
        if edge.kind not in LINEHAUL:
            return True
        too_long = edge.mode is Mode.SEA and (edge.distance_km or 0.0) > self.longest_sea_km
        return edge.mode in self.modes and not too_long

    def is_made_by(self, edge: Edge) -> bool:
        """Whether an edge makes a way one of the family."""
        return edge.kind in LINEHAUL and edge.mode is self.needed


FAMILIES = (
    Family("by truck", frozenset({Mode.ROAD, Mode.FERRY}), Mode.ROAD),
    Family(
        "by rail and ship",
        frozenset({Mode.RAIL, Mode.SEA, Mode.FERRY, Mode.BARGE}),
        Mode.RAIL,
        longest_sea_km=SHORT_SEA_KM,
    ),
    Family("by air", frozenset({Mode.AIR, Mode.ROAD}), Mode.AIR, Criterion.TIME),
)


class Pool(NamedTuple):
    """What the short list is chosen from.

    Parameters
    ----------
    front
        The ways of the front of time, cost and CO2e, and of what is limited beside them; empty if
        no way keeps the limits.
    special
        The best way by the criterion, the surest, and the best of each family of modes; a way of
        the front may be among them.
    detours
        Ways in rising order of the criterion, made as they are asked for.
    timing
        What counts their time; None adds averages up. The order of detours is that of averages.
    """

    front: list[FrontWay]
    special: list[list[Arc]]
    detours: Iterator[list[Arc]]
    timing: Timing | None = None


def find_candidates(
    graph: SearchGraph,
    criterion: Criterion,
    limits: Mapping[Measure, int] | None = None,
    timing: Timing | None = None,
) -> Pool:
    """Find good ways that differ.

    Parameters
    ----------
    graph
        What is walked.
    criterion
        What the first way is best at.
    limits
        The most a way may add up to, by measure.
    timing
        When it is left, or by when to be there, if time is to go by the clock. The front is then
        exact for that moment; special ways and detours are those of average waits.

    Returns
    -------
    Pool
        Of ways that keep the limits; the best by the criterion is in its front or special.
    """
    limits = limits or {}
    measures = [*TRADE_OFFS, *(measure for measure in limits if measure not in TRADE_OFFS)]
    best = find_best(graph, arc_weights(graph.arcs, criterion)) if timing is None else None
    special = _some(best)
    if criterion is Criterion.RELIABILITY and limits:
        measures += [Measure.P90]
    elif criterion is not Criterion.RELIABILITY or best is None:
        special += _some(find_shortest(graph, arc_weights(graph.arcs, Criterion.RELIABILITY)))
    for family in FAMILIES:
        special += _some(_best_of(graph, arc_weights(graph.arcs, family.criterion), family))
    return Pool(
        front=[
            _standing_for(way, best, measures)
            for way in find_front(graph, measures, limits, timing)
        ],
        special=[path for path in special if keeps(path, limits, timing)],
        detours=(
            path
            for path in find_detours(graph, arc_weights(graph.arcs, criterion))
            if keeps(path, limits, timing)
        ),
        timing=timing,
    )


def read_limits(limits: Limits) -> dict[Measure, int]:
    """Turn limits into whole numbers of the search; nothing where there is no limit."""
    units = (
        (Measure.TIME, limits.time_h, minutes),
        (Measure.COST, limits.cost_usd, cents),
        (Measure.CO2, limits.co2e_kg, grams),
        (Measure.TRANSSHIPMENTS, limits.transshipments, round),
    )
    return {measure: unit(limit) for measure, limit, unit in units if limit is not None}


def keeps(path: Sequence[Arc], limits: Mapping[Measure, int], timing: Timing | None = None) -> bool:
    """Whether a way keeps the limits, and by the clock comes through at all."""
    if timing is not None:
        elapsed = timing.elapsed_min(path)
        if elapsed is None or elapsed > limits.get(Measure.TIME, elapsed):
            return False
        limits = {measure: most for measure, most in limits.items() if measure is not Measure.TIME}
    return all(
        sum(measured(arc, measure) for arc in path) <= limit for measure, limit in limits.items()
    )


def _best_of(graph: SearchGraph, weights: Sequence[int], family: Family) -> list[Arc] | None:
    path = find_shortest(graph, weights, family.allows)
    if path and any(family.is_made_by(arc.edge) for arc in path):
        return path
    return None


def _standing_for(way: FrontWay, best: list[Arc] | None, measures: Sequence[Measure]) -> FrontWay:
    """Return the best way in place of one of the front that adds up to the same."""
    if best is None:
        return way
    values = tuple(sum(measured(arc, measure) for arc in best) for measure in measures)
    return FrontWay(values, tuple(best)) if values == way.values else way


def _some(path: list[Arc] | None) -> list[list[Arc]]:
    return [] if path is None else [path]
