"""The smallest sets of rules and limits to lift for a way, and the best way each then leaves."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from routeplan.graph.bars import Bar, BarKind
from routeplan.network.vocabulary import Status
from routeplan.scenario.request import Criterion, Measure
from routeplan.search.candidates import read_limits
from routeplan.search.front import find_front, measured
from routeplan.search.relaxed import find_least, least_sets
from routeplan.search.shortest import arc_weights, criterion_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from routeplan.graph.model import Arc
    from routeplan.scenario.request import RouteRequest
    from routeplan.search.relaxed import Relaxed

MOST_LIFTED = 4
"""Sets of more rules than this are not told apart where limits count: all are lifted at once."""

_SHUT = (BarKind.PLANNED, BarKind.DAY, BarKind.CLOSED)
_LIGHT = 1 << 160
"""More than any way weighs: links that are not open are counted before anything else."""


class Lifting(NamedTuple):
    """What has to be lifted, and the way it then leaves.

    Parameters
    ----------
    bars
        What to lift; none if a way is open as it is.
    path
        The best way then by the request's criterion, of those over the fewest links that are not
        open. Where a limit is lifted, the way that exceeds it least.
    """

    bars: tuple[Bar, ...]
    path: tuple[Arc, ...]


def find_liftings(
    relaxed: Relaxed, request: RouteRequest, opened: Sequence[Bar] = ()
) -> list[Lifting]:
    """Find every smallest set of rules and limits whose lifting leaves a way, the best way first.

    Parameters
    ----------
    relaxed
        All edges, what bars them, and what a way has to pass.
    request
        The question.
    opened
        Closed links that may be opened too; limits are then left out of account.

    Returns
    -------
    list of Lifting
        Empty where no option of the question is to blame: see `search.missing`.
    """
    limits = read_limits(request.limits)
    if limits and not opened:
        found = _within_limits(relaxed, request, limits)
    else:
        weights = _weights(relaxed, request.criterion)
        allowed = relaxed.all_rules | relaxed.mask(opened)
        sets = least_sets(relaxed, allowed)
        paths = {mask: find_least(relaxed, weights, mask) for mask in sets}
        found = [
            Lifting(relaxed.named(mask), tuple(path))
            for mask, path in paths.items()
            if path is not None
        ]
    return sorted(found, key=lambda lifting: rank(lifting.path, request.criterion))


def rank(path: Sequence[Arc], criterion: Criterion) -> tuple[int, int, int, tuple[str, ...]]:
    """Order ways: links that are not open, the criterion, generalised cost, ids."""
    shut = sum(arc.edge.status in (Status.PLANNED, Status.CLOSED) for arc in path)
    value = sum(criterion_value(arc.vector, criterion) for arc in path)
    general = sum(criterion_value(arc.vector, Criterion.BALANCED) for arc in path)
    return shut, value, general, tuple(arc.edge.edge_id for arc in path)


def _weights(relaxed: Relaxed, criterion: Criterion) -> list[int]:
    """Weigh arcs by the criterion, those behind a link that is not open after all others."""
    shut = relaxed.mask(bar for bar in relaxed.bars if bar.kind in _SHUT)
    barred = {step.arc for step in relaxed.steps if step.mask & shut}
    return [
        weight + _LIGHT * (index in barred)
        for index, weight in enumerate(arc_weights(relaxed.arcs, criterion))
    ]


def _within_limits(
    relaxed: Relaxed, request: RouteRequest, limits: Mapping[Measure, int]
) -> list[Lifting]:
    """Try sets of rules and limits by size; a limit is lifted to the least that is enough."""
    least = least_sets(relaxed)
    if not least:
        return []
    columns = {m: [measured(arc, m) for arc in relaxed.arcs] for m in limits}
    must = {m for m in limits if not _keeps_alone(relaxed, columns, m, limits[m], None)}
    rules = [1 << place for place in range(len(relaxed.bars)) if relaxed.all_rules >> place & 1]
    items: list[int | Measure] = [*(m for m in limits if m not in must), *rules]
    for size in range(max(len(must), least[0].bit_count()), MOST_LIFTED + 1):
        found = []
        for chosen in combinations(items, size - len(must)):
            lifted = sum(item for item in chosen if isinstance(item, int))
            kept = {m: v for m, v in limits.items() if m not in must and m not in chosen}
            if any(not _keeps_alone(relaxed, columns, m, most, lifted) for m, most in kept.items()):
                continue
            raised = [m for m in limits if m not in kept]
            if path := _best_within(relaxed, request, lifted, kept, raised):
                bars = (*(Bar(BarKind.LIMIT, str(m)) for m in raised), *relaxed.named(lifted))
                found.append(Lifting(bars, path))
        if found:
            return found
    mask = relaxed.all_rules
    path = _best_within(relaxed, request, mask, {}, list(limits))
    bars = (*(Bar(BarKind.LIMIT, str(m)) for m in limits), *relaxed.named(mask))
    return [Lifting(bars, path)] if path else []


def _keeps_alone(
    relaxed: Relaxed,
    columns: Mapping[Measure, Sequence[int]],
    measure: Measure,
    most: int,
    lifted: int | None,
) -> bool:
    """Whether the least a way can take of one measure keeps its limit."""
    mask = relaxed.all_rules if lifted is None else lifted
    path = find_least(relaxed, columns[measure], mask)
    return path is not None and sum(measured(arc, measure) for arc in path) <= most


def _best_within(
    relaxed: Relaxed,
    request: RouteRequest,
    lifted: int,
    kept: Mapping[Measure, int],
    raised: Sequence[Measure],
) -> tuple[Arc, ...]:
    """Find the best way that keeps some limits and exceeds the others least; empty if none does."""
    graph = relaxed.graph(lifted)
    measures = list(
        dict.fromkeys(
            [*raised, *kept]
            if raised
            else [Measure.TIME, Measure.COST, Measure.CO2, Measure.P90, *kept]
        )
    )
    ways = find_front(graph, measures, kept)
    if not ways:
        return ()
    if raised:
        return ways[0].path
    return min((way.path for way in ways), key=lambda path: rank(path, request.criterion))
