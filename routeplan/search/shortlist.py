"""From a pool of ways to the short list: ranked, without near-duplicates, each with its reasons.

Two ways are near-duplicates if more than three quarters of the shorter one's kilometres are
travelled on the same edges.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from routeplan.network.vocabulary import Mode
from routeplan.scenario.request import BEST_AT, Criterion
from routeplan.search.candidates import SHORT_SEA_KM
from routeplan.search.shortest import criterion_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routeplan.graph.model import Arc

MAX_OVERLAP = 0.75
MAX_STRETCH = 1.8
MAX_DRAYAGE = 0.1
NEARLY = 1.05
SHORT_LIST = 6


class Way:
    """A path with what ranks it.

    Parameters
    ----------
    path
        Arcs in order.
    """

    def __init__(self, path: Sequence[Arc]) -> None:
        self.path = tuple(path)
        self.tags: list[str] = []
        self._ids = tuple(arc.edge.edge_id for arc in path)

    def value(self, criterion: Criterion) -> int:
        """Add a criterion up over the way."""
        return sum(criterion_value(arc.costs.vector, criterion) for arc in self.path)

    def rank_key(self, criterion: Criterion) -> tuple[int, int, tuple[str, ...]]:
        """Order ways: the criterion, then generalised cost, then the ids of the edges."""
        return (self.value(criterion), self.value(Criterion.BALANCED), self._ids)

    @cached_property
    def km_by_edge(self) -> dict[str, float]:
        """Kilometres travelled on each edge."""
        return {a.edge.edge_id: a.costs.distance_km for a in self.path if a.costs.distance_km}

    @cached_property
    def family(self) -> str | None:
        """What carries it; None where trucks mix with long hauls by rail or container ship."""
        km = dict.fromkeys(Mode, 0.0)
        for arc in self.path:
            km[arc.tail.mode] += arc.costs.distance_km
        if km[Mode.AIR]:
            return "by air"
        if any(a.tail.mode is Mode.SEA and a.costs.distance_km > SHORT_SEA_KM for a in self.path):
            return "by ocean"
        if not km[Mode.RAIL]:
            alone = km[Mode.ROAD] and not km[Mode.SEA] and not km[Mode.BARGE]
            return "by truck" if alone else None
        return "by rail and ship" if km[Mode.ROAD] <= MAX_DRAYAGE * sum(km.values()) else None


def choose_ways(paths: Sequence[Sequence[Arc]], criterion: Criterion, k: int | None) -> list[Way]:
    """Choose what is answered.

    Parameters
    ----------
    paths
        Candidates, at least one.
    criterion
        What the first answer is best at.
    k
        How many answers; None gives the best by each criterion, the best of each family of modes,
        and other ways that differ, up to SHORT_LIST: a way that another beats in all is still the
        one to take when the other is shut.

    Returns
    -------
    list of Way
        Tagged; the best by the criterion first, the others in its order. A way that is nearly the
        same as one listed and nearly as good is not listed; the tag says `nearly`.
    """
    ranked = sorted(map(Way, paths), key=lambda way: way.rank_key(criterion))
    chosen = [ranked[0]]
    for tag, best, of in _winners(ranked):
        twin = (
            None if best in chosen or tag not in BEST_AT.values() else _near_twin(best, chosen, of)
        )
        if twin is not None:
            twin.tags.append(f"nearly {tag}")
            continue
        best.tags.append(tag)
        if k is None and best not in chosen:
            chosen.append(best)
    limit = max(len(chosen), SHORT_LIST) if k is None else k
    stretch = MAX_STRETCH * ranked[0].value(criterion) if k is None else float("inf")
    for candidate in ranked[1:]:
        if len(chosen) >= limit or candidate.value(criterion) > stretch:
            break
        if any(overlap(candidate, taken) > MAX_OVERLAP for taken in chosen):
            continue
        chosen.append(candidate)
    return sorted(chosen, key=ranked.index)


def overlap(a: Way, b: Way) -> float:
    """Return the share of the shorter way's kilometres that both travel on the same edges."""
    shorter = min(sum(a.km_by_edge.values()), sum(b.km_by_edge.values()))
    if not shorter:
        return float(a.path == b.path)
    return sum(km for edge_id, km in a.km_by_edge.items() if edge_id in b.km_by_edge) / shorter


def _winners(ranked: Sequence[Way]) -> Iterator[tuple[str, Way, Criterion]]:
    """Yield each reason to be on the list, the way that has it, and what it is best at."""
    for criterion, tag in BEST_AT.items():
        yield tag, min(ranked, key=lambda way: way.rank_key(criterion)), criterion
    for name in sorted({way.family for way in ranked if way.family}):
        criterion = Criterion.TIME if name == "by air" else Criterion.BALANCED
        members = [way for way in ranked if way.family == name]
        yield name, min(members, key=lambda way: way.rank_key(criterion)), criterion


def _near_twin(best: Way, chosen: Sequence[Way], criterion: Criterion) -> Way | None:
    """Find a way already chosen that is nearly the same and nearly as good."""
    limit = NEARLY * best.value(criterion)
    for other in chosen:
        if overlap(best, other) > MAX_OVERLAP and other.value(criterion) <= limit:
            return other
    return None
