"""From a pool of ways to the short list: ranked, without near-duplicates, each with its reasons.

Two ways are near-duplicates if more than a share of the shorter one's kilometres (or of the
cheaper one's cost) is spent on the same edges; its square is enough where they change modes and
cross borders at the same places, since another line in between is a detour, not another answer. If
asked so, near-duplicates are ways with the same chain of modes, or the same corridors.
"""

from __future__ import annotations

from functools import cached_property
from heapq import merge
from itertools import groupby, islice
from typing import TYPE_CHECKING

from routeplan.graph.costing import CostVector
from routeplan.network.vocabulary import LINEHAUL, EdgeKind, Mode
from routeplan.scenario.request import BEST_AT, MAX_OVERLAP, MAX_STRETCH, Criterion, Difference
from routeplan.search.candidates import SHORT_SEA_KM
from routeplan.search.shortest import criterion_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from routeplan.graph.model import Arc
    from routeplan.graph.timing import Timing
    from routeplan.scenario.request import Alternatives
    from routeplan.search.candidates import Pool

MAX_DRAYAGE = 0.1
NEARLY = 1.05
SHORT_LIST = 6
_TIMED = 150
"""So many detours are timed by the clock."""


class Way:
    """A path with what ranks it.

    Parameters
    ----------
    path
        Arcs in order.
    on_front
        Whether no way is at least as good in time, cost and CO2e and better in one.
    timing
        What counts its time; None adds averages up.
    """

    def __init__(
        self, path: Sequence[Arc], *, on_front: bool = False, timing: Timing | None = None
    ) -> None:
        self.path = tuple(path)
        self.on_front = on_front
        self.timing = timing
        self.tags: list[str] = []
        self.edge_ids = tuple(arc.edge.edge_id for arc in path)

    @cached_property
    def total(self) -> CostVector:
        """What the arcs add up to."""
        vectors = [arc.vector for arc in self.path]
        total = (
            CostVector(*map(sum, zip(*vectors, strict=True))) if vectors else CostVector(*[0] * 5)
        )
        if self.timing is None:
            return total
        elapsed = self.timing.elapsed_min(self.path) or 0  # no way of a pool never comes through
        money = self.timing.clock.prices.generalised(elapsed, total.cost_cents, total.co2e_g)
        return total._replace(time_min=elapsed, generalised_nanousd=money)

    def value(self, criterion: Criterion) -> int:
        """Add a criterion up over the way."""
        return criterion_value(self.total, criterion)

    def rank_key(self, criterion: Criterion) -> tuple[int, int, int, tuple[str, ...]]:
        """Order ways as `search.best`: the criterion, generalised cost, number and ids of edges."""
        balanced = self.value(Criterion.BALANCED)
        return (self.value(criterion), balanced, len(self.edge_ids), self.edge_ids)

    @cached_property
    def km_by_edge(self) -> dict[str, float]:
        """Kilometres travelled on each edge."""
        return {a.edge.edge_id: a.distance_km for a in self.path if a.distance_km}

    @cached_property
    def cents_by_edge(self) -> dict[str, float]:
        """Cents spent on each edge."""
        return {a.edge.edge_id: a.vector.cost_cents for a in self.path if a.vector.cost_cents}

    @cached_property
    def turns(self) -> tuple[tuple[Mode | None, str], ...]:
        """Modes between cities, and the edges where cargo changes hands, borders or gauge."""
        turns = (
            (a.edge.mode, "" if a.edge.kind is EdgeKind.MOVE else a.edge.edge_id)
            for a in self.path
            if a.edge.kind is not EdgeKind.ACCESS
        )
        return tuple(turn for turn, _ in groupby(turns))

    @cached_property
    def modes(self) -> tuple[Mode | None, ...]:
        """The modes between cities, in order, each stretch once."""
        return tuple(
            mode for mode, _ in groupby(a.edge.mode for a in self.path if a.edge.kind in LINEHAUL)
        )

    @cached_property
    def corridors(self) -> frozenset[str]:
        """The corridors its edges between cities belong to."""
        return frozenset(a.edge.corridor for a in self.path if a.edge.kind in LINEHAUL)

    @cached_property
    def family(self) -> str | None:
        """What carries it; None where trucks mix with long hauls by rail or container ship."""
        km = dict.fromkeys(Mode, 0.0)
        for arc in self.path:
            km[arc.tail.mode] += arc.distance_km
        if km[Mode.AIR]:
            return "by air"
        if any(a.tail.mode is Mode.SEA and a.distance_km > SHORT_SEA_KM for a in self.path):
            return "by ocean"
        if not km[Mode.RAIL]:
            alone = km[Mode.ROAD] and not km[Mode.SEA] and not km[Mode.BARGE]
            return "by truck" if alone else None
        return "by rail and ship" if km[Mode.ROAD] <= MAX_DRAYAGE * sum(km.values()) else None


def choose_ways(pool: Pool, criterion: Criterion, alternatives: Alternatives) -> list[Way]:
    """Choose what is answered.

    Parameters
    ----------
    pool
        Candidates, at least one.
    criterion
        What the first answer is best at.
    alternatives
        How many answers, and how they differ. Without a number the list is the best by each
        criterion, the best of each family of modes, and other ways that differ, up to SHORT_LIST:
        a way that another beats in all is still the one to take when the other is shut.

    Returns
    -------
    list of Way
        Tagged; the best by the criterion first, the others in its order. A way that is nearly the
        same as one listed and nearly as good is not listed; the tag says `nearly`.
    """
    ranked = _ranked(pool, criterion)
    chosen = [ranked[0]]
    k = alternatives.k
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
    stretch = alternatives.max_stretch or (MAX_STRETCH if k is None else float("inf"))
    most = stretch * ranked[0].value(criterion)
    sources = [ranked] if k is None else []  # the short list is of the front, while that has some
    for source in (*sources, _rising(ranked, pool, criterion)):
        if len(chosen) >= limit:  # before the detours are searched for nothing
            break
        for candidate in source:
            if len(chosen) >= limit or candidate.value(criterion) > most:
                break
            if not any(are_alike(candidate, taken, alternatives) for taken in chosen):
                chosen.append(candidate)
    return sorted(chosen, key=lambda way: way.rank_key(criterion))


def are_alike(a: Way, b: Way, alternatives: Alternatives) -> bool:
    """Whether two ways are one answer for who asked to see ways that differ."""
    if a.edge_ids == b.edge_ids:
        return True
    if alternatives.differ is Difference.MODES:
        return a.modes == b.modes
    if alternatives.differ is Difference.CORRIDOR:
        return a.corridors == b.corridors
    allowed = alternatives.max_overlap ** (2 if a.turns == b.turns else 1)
    if alternatives.differ is Difference.COST:
        return shared(a.cents_by_edge, b.cents_by_edge) > allowed
    return overlap(a, b) > allowed


def overlap(a: Way, b: Way) -> float:
    """Return the share of the shorter way's kilometres that both travel on the same edges."""
    if not a.km_by_edge or not b.km_by_edge:
        return float(a.edge_ids == b.edge_ids)
    return shared(a.km_by_edge, b.km_by_edge)


def shared(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return the share of the smaller sum that lies on edges of both."""
    smaller = min(sum(a.values()), sum(b.values()))
    return sum(amount for edge_id, amount in a.items() if edge_id in b) / smaller if smaller else 0


def _ranked(pool: Pool, criterion: Criterion) -> list[Way]:
    """List the ways of the front and the special ones once each, the best first."""
    timing = pool.timing
    ways = {way.path: Way(way.path, on_front=True, timing=timing) for way in pool.front}
    for path in pool.special:
        ways.setdefault(tuple(path), Way(path, timing=timing))
    return sorted(ways.values(), key=lambda way: way.rank_key(criterion))


def _rising(ranked: Sequence[Way], pool: Pool, criterion: Criterion) -> Iterator[Way]:
    """Yield the ranked ways and the detours together, in rising order.

    By the clock the first of the detours are put in order, whose own is that of average waits.
    """
    detours: Iterator[Way] = (Way(path, timing=pool.timing) for path in pool.detours)
    if pool.timing is not None:
        detours = iter(sorted(islice(detours, _TIMED), key=lambda way: way.rank_key(criterion)))
    return merge(ranked, detours, key=lambda way: way.value(criterion))


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
