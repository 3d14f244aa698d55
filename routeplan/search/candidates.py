"""A pool of good ways that differ, for the short list to choose from.

The best way by each criterion is exact. The rest of the pool comes from the best way of each
family of modes, and from searching again with the arcs already used made dearer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from routeplan.network.vocabulary import LINEHAUL, Mode
from routeplan.scenario.request import Criterion
from routeplan.search.shortest import arc_weights, find_shortest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routeplan.graph.model import Arc, SearchGraph

_PENALTY_PERCENT = 35
_ROUNDS = 8
_ROUNDS_PER_WAY = 3

SHORT_SEA_KM = 3000.0
"""A longer sailing is an ocean passage; between ports of one sea none is longer."""


@dataclass(frozen=True, slots=True)
class Family:
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
        if arc.edge.kind not in LINEHAUL:
            return True
        too_long = arc.edge.mode is Mode.SEA and arc.costs.distance_km > self.longest_sea_km
        return arc.edge.mode in self.modes and not too_long


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


def find_candidates(
    graph: SearchGraph, criterion: Criterion, k: int | None = None
) -> list[list[Arc]]:
    """Find good ways that differ.

    Parameters
    ----------
    graph
        What is walked.
    criterion
        What the first way is best at.
    k
        How many ways are asked for; more of them mean more searches with used arcs made dearer.

    Returns
    -------
    list of paths
        Each once; the best by the criterion first; empty if there is no way.
    """
    best = find_shortest(graph, arc_weights(graph.arcs, criterion))
    if best is None:
        return []
    found = [best]
    for other in Criterion:
        if other is not criterion:
            found += _some(find_shortest(graph, arc_weights(graph.arcs, other)))
    for family in FAMILIES:
        found += _some(_best_of(graph, arc_weights(graph.arcs, family.criterion), family))
    rounds = max(_ROUNDS, _ROUNDS_PER_WAY * (k or 0))
    found += _dearer_rounds(graph, arc_weights(graph.arcs, criterion), best, rounds)
    unique: dict[tuple[object, ...], list[Arc]] = {}
    for path in found:
        unique.setdefault(tuple(_identity(arc) for arc in path), path)
    return list(unique.values())


def _best_of(graph: SearchGraph, weights: Sequence[int], family: Family) -> list[Arc] | None:
    path = find_shortest(graph, weights, family.allows)
    if path and any(a.edge.kind in LINEHAUL and a.edge.mode is family.needed for a in path):
        return path
    return None


def _dearer_rounds(
    graph: SearchGraph, weights: Sequence[int], first: Sequence[Arc], rounds: int
) -> Iterator[list[Arc]]:
    """Yield the best way again and again, each time with the last one's arcs made dearer."""
    position = {_identity(arc): index for index, arc in enumerate(graph.arcs)}
    dearer, path = list(weights), first
    for _ in range(rounds):
        for arc in path:
            if arc.edge.kind in LINEHAUL:
                index = position[_identity(arc)]
                dearer[index] += weights[index] * _PENALTY_PERCENT // 100
        following = find_shortest(graph, dearer)
        if following is None:
            return
        path = following
        yield following


def _identity(arc: Arc) -> tuple[str, object]:
    return (arc.edge.edge_id, arc.tail)


def _some(path: list[Arc] | None) -> list[list[Arc]]:
    return [] if path is None else [path]
