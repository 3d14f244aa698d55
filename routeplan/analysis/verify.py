"""Plans each published journey along its own chain and holds the plan against what was published.

The chain is forced by its via places and modes; the fastest way along it is taken, because that is
what a service that publishes a time runs. The season of the day holds where a day is known. The
network is today's: what has been built since an old run is not unbuilt.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from routeplan.analysis.published import PublishedStatus, Quantity, Scope
from routeplan.errors import RequestError
from routeplan.graph.build import build_graph, join_arcs
from routeplan.graph.model import Arc
from routeplan.itinerary.build import build_itinerary
from routeplan.network.spread import ZERO
from routeplan.network.vocabulary import Mode, Unit, Vehicle
from routeplan.places.question import Question, read_question
from routeplan.scenario.request import CLOSED_PASSAGES, Criterion, Policy
from routeplan.search.shortest import arc_weights, find_shortest
from routeplan.units import minutes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from routeplan.analysis.published import Published
    from routeplan.graph.model import SearchGraph, State
    from routeplan.itinerary.model import Itinerary
    from routeplan.network.model import Network
    from routeplan.scenario.request import RouteRequest

FIRM = (
    PublishedStatus.ACTUAL,
    PublishedStatus.MEASURED,
    PublishedStatus.TARIFF,
    PublishedStatus.LENGTH,
)
"""Statuses that count; the others are shown as lower bounds."""


def is_judged_by(row: Published) -> bool:
    """Whether a figure is firm and says of itself that it counts."""
    return row.counts and row.status in FIRM


@dataclass(frozen=True, slots=True)
class Comparison:
    """One published figure beside the plan for its chain.

    Parameters
    ----------
    row
        What was published.
    planned
        The plan's figure: P50 of time, kilometres, or dollars. None if no way follows the chain.
    low, high
        P10 and P90 of a time; None for other quantities.
    reason
        Why there is no plan.
    inflation
        Price level of the plan's price year over that of the published price; 1 for the rest.
    """

    row: Published
    planned: float | None
    low: float | None = None
    high: float | None = None
    reason: str = ""
    inflation: float = 1.0

    @property
    def published(self) -> float | None:
        """The published figure, a price brought to the plan's price year."""
        central = self.row.central
        return None if central is None else central * self.inflation

    @property
    def counts(self) -> bool:
        """Whether the figure is firm and says of itself that it counts."""
        return is_judged_by(self.row)

    @property
    def published_range(self) -> tuple[float | None, float | None]:
        """Ends of the published range, prices brought to the plan's price year."""
        low, high = self.row.value_low, self.row.value_high
        return (
            None if low is None else low * self.inflation,
            None if high is None else high * self.inflation,
        )

    @property
    def error(self) -> float | None:
        """Planned over published, less one; 0 within a published range."""
        published = self.published
        if self.planned is None or not published:
            return None
        low, high = self.published_range
        figure = self.row.value is not None
        if not (figure or low is None or high is None) and low <= self.planned <= high:
            return 0.0
        return self.planned / published - 1

    @property
    def inside(self) -> bool | None:
        """Whether a published time lies within P10 to P90 of the plan."""
        if self.low is None or self.high is None or self.published is None:
            return None
        return self.low <= self.published <= self.high


@dataclass(frozen=True, slots=True)
class Summary:
    """How far off the plans are, for one quantity and the rows that count.

    Parameters
    ----------
    quantity
        Time, distance or cost.
    compared, unplanned
        Rows with a plan, and rows whose chain no way follows.
    median_error, worst_error
        Of the absolute errors.
    bias
        Median of the signed errors.
    inside
        Share of times within P10 to P90; None for other quantities.
    """

    quantity: Quantity
    compared: int
    unplanned: int
    median_error: float | None
    worst_error: float | None
    bias: float | None
    inside: float | None


@dataclass(frozen=True, slots=True)
class StatusSummary:
    """The same for one quantity and status, counted rows and left-out rows apart.

    Parameters
    ----------
    quantity, status
        Which rows.
    counted
        Whether they count: firm by status, and specific enough by their own word.
    compared
        How many have a plan.
    median_error, bias, inside
        As in `Summary`.
    """

    quantity: Quantity
    status: PublishedStatus
    counted: bool
    compared: int
    median_error: float | None
    bias: float | None
    inside: float | None


def verify(network: Network, rows: Iterable[Published]) -> list[Comparison]:
    """Compare each published figure with the plan for its chain, in file order."""
    return [_compare(network, row) for row in rows]


def summarise(comparisons: Iterable[Comparison]) -> list[Summary]:
    """Sum up the comparisons that count, by quantity."""
    counted = [c for c in comparisons if c.counts]
    return [
        _summary(quantity, [c for c in counted if c.row.quantity is quantity])
        for quantity in Quantity
    ]


def summarise_by_status(comparisons: Iterable[Comparison]) -> list[StatusSummary]:
    """Sum up all comparisons by quantity, status and whether they count, so that none is hidden."""
    rows = list(comparisons)
    found = []
    for quantity in Quantity:
        for status in PublishedStatus:
            for counted in (True, False):
                group = [
                    c
                    for c in rows
                    if (c.row.quantity, c.row.status, c.counts) == (quantity, status, counted)
                ]
                if group:
                    total = _summary(quantity, group)
                    found.append(
                        StatusSummary(
                            quantity=quantity,
                            status=status,
                            counted=counted,
                            compared=total.compared,
                            median_error=total.median_error,
                            bias=total.bias,
                            inside=total.inside,
                        )
                    )
    return found


def _summary(quantity: Quantity, rows: Sequence[Comparison]) -> Summary:
    errors = [c.error for c in rows if c.error is not None]
    inside = [c.inside for c in rows if c.inside is not None]
    sizes = [abs(error) for error in errors]
    return Summary(
        quantity=quantity,
        compared=len(errors),
        unplanned=sum(c.planned is None for c in rows),
        median_error=statistics.median(sizes) if sizes else None,
        worst_error=max(sizes, default=None),
        bias=statistics.median(errors) if errors else None,
        inside=sum(inside) / len(inside) if inside else None,
    )


def _compare(network: Network, row: Published) -> Comparison:
    try:
        request = _request(network, row)
    except RequestError as error:
        return Comparison(row, None, reason=str(error))
    way = plan_chain(network, request, on_board=row.scope is Scope.TRAIN)
    if way is None:
        return Comparison(row, None, reason="no way follows the chain")
    totals = way.totals
    if row.quantity is Quantity.TIME_H:
        return Comparison(row, totals.time_h_p50, totals.time_h_p10, totals.time_h_p90)
    if row.quantity is Quantity.DISTANCE_KM:
        return Comparison(row, totals.distance_km)
    return Comparison(row, totals.cost_usd, inflation=_inflation(network, row))


def _inflation(network: Network, row: Published) -> float:
    """Return the price level of the plan's year over that of the published price."""
    year = row.as_of[:4]
    return network.inflation(int(year)) if year.isdigit() else 1.0


def _request(network: Network, row: Published) -> RouteRequest:
    question = Question(
        origin=row.origin,
        destination=row.destination,
        via=row.via,
        modes=row.modes,
        avoid=row.avoid,
        allow=tuple(CLOSED_PASSAGES),
        policy=Policy.NONE,
        cargo=row.cargo,
        load=row.load,
        depart=_day(row.depart) if len(row.depart) > len("2026") else None,
        on=_day(network.as_of),
        by=Criterion.COST if row.quantity is Quantity.COST_USD else Criterion.TIME,
    )
    return read_question(network, question)


def plan_chain(network: Network, request: RouteRequest, *, on_board: bool) -> Itinerary | None:
    """Plan the best way along a forced chain.

    Parameters
    ----------
    network, request
        As for `planner.plan`; the via places force the chain.
    on_board
        Begin and end on train, ship or truck, without loading, the first wait and unloading.
    """
    graph = build_graph(network, request)
    if on_board:
        graph = _on_board(network, graph, request)
    path = find_shortest(graph, arc_weights(graph.arcs, request.criterion))
    return build_itinerary(network, path) if path else None


def _on_board(network: Network, graph: SearchGraph, request: RouteRequest) -> SearchGraph:
    starts = _carried_states(graph.arcs, network.terminals(request.origin), request)
    ends = _carried_states(graph.arcs, network.terminals(request.destination), request)
    arcs = tuple(_departing(arc) if arc.tail in starts else arc for arc in graph.arcs)
    return join_arcs(arcs, starts, ends, graph.via)


def _departing(arc: Arc) -> Arc:
    """Return an arc without the wait before it."""
    costs = arc.costs
    hours = costs.time_h
    vector = arc.vector._replace(time_min=minutes(hours.mean), p90_min=minutes(hours.p90))
    return Arc(arc.tail, arc.head, arc.edge, vector, lambda: costs._replace(wait_h=ZERO))


def _carried_states(
    arcs: Sequence[Arc], node_ids: Sequence[str], request: RouteRequest
) -> tuple[State, ...]:
    """List the states at a place that are on train, ship or plane; on the road if that is asked."""
    states = {s for arc in arcs for s in (arc.tail, arc.head) if s.node_id in node_ids}
    by_road = request.modes <= {Mode.ROAD, Mode.FERRY} and Mode.ROAD in request.modes
    wanted = {s for s in states if (s.mode is Mode.ROAD) == by_road}
    if request.shipment.unit is Unit.TRUCK:
        wanted = {s for s in wanted if s.vehicle is not Vehicle.WAGON}
    return tuple(sorted(wanted or states))


def _day(text: str) -> str | None:
    """Complete a date to a day; None for an empty one."""
    if not text:
        return None
    return text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text
