"""The best days to ship: one question asked for every day of a range, by the clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from routeplan.analysis.by_clock import best_by_clock
from routeplan.errors import NoRouteError, RequestError
from routeplan.graph.bars import usable_edges
from routeplan.graph.gate import moment_of
from routeplan.graph.seasons import seasons_on
from routeplan.graph.timing import Departure
from routeplan.itinerary.build import doubt, prices_of
from routeplan.language import Language
from routeplan.places.index import PlaceIndex
from routeplan.places.question import read_question
from routeplan.scenario.moment import Days, find_zone, read_days
from routeplan.scenario.request import Criterion
from routeplan.search.candidates import read_limits
from routeplan.search.timed import Search, open_search, within_reach

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from routeplan.itinerary.model import Itinerary, Prices
    from routeplan.network.model import Network
    from routeplan.network.records import Node
    from routeplan.places.question import Question
    from routeplan.scenario.request import RouteRequest


class DayAnswer(NamedTuple):
    """The best way of one day.

    Parameters
    ----------
    leave
        When the load is handed over, in the local time of the origin.
    itinerary
        The best way by the criterion; None if there is none on that day.
    rank
        Place of the day among all, 1 for the best; None without a way.
    """

    leave: datetime
    itinerary: Itinerary | None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class DaysAnswer:
    """The best way of every day of a range.

    Parameters
    ----------
    request
        The question of the first day.
    days
        The range.
    origin, destination
        Its two places.
    network_version, network_as_of
        Which facts it rests on.
    answers
        One for each day, in order.
    prices
        The year and the exchange rate of its dollars.
    language
        What tables speak.
    """

    request: RouteRequest
    days: Days
    origin: Node
    destination: Node
    network_version: str
    network_as_of: str
    answers: tuple[DayAnswer, ...]
    prices: Prices
    language: Language = Language.EN

    def ranked(self) -> list[DayAnswer]:
        """List the days that have a way, the best first."""
        return sorted((a for a in self.answers if a.rank), key=lambda a: a.rank or 0)


def find_days(network: Network, question: Question) -> DaysAnswer:
    """Find the best way for every day of a range, and which days are best.

    Parameters
    ----------
    network
        The facts.
    question
        Its `depart` is a range, such as `2026-12..2027-02`. Where its `deadline` is a day, days on
        which nothing could keep it have no answer.

    Raises
    ------
    RequestError
        If the question cannot be understood.
    NoRouteError
        If no day has a way.
    """
    days = read_days(question.depart or "")
    if question.front:
        raise RequestError("--pareto is of one departure. Name one day with its hour in --depart.")
    index = PlaceIndex(network)
    found: list[tuple[datetime, RouteRequest | None, Itinerary | None]] = []
    search: Search | None = None
    problem: RequestError | None = None
    for leave in days.moments():
        try:
            asked = replace(question, depart=leave.isoformat())
            request = read_question(network, asked, index)
        except RequestError as error:
            if not _later_helps(network, question, leave, index):
                problem = error
                found.append((leave, None, None))
                continue
            raise
        search = _search(network, request, search)
        found.append((leave, request, _best(network, search)))
    first = next((request for _, request, _ in found if request is not None), None)
    if first is None:
        raise problem or RequestError("no day in the range")
    return _ranked(network, days, first, found)


def _ranked(
    network: Network,
    days: Days,
    request: RouteRequest,
    found: Sequence[tuple[datetime, RouteRequest | None, Itinerary | None]],
) -> DaysAnswer:
    """Rank the days by the criterion; of equal ones the earlier is the better."""
    start, end = network.nodes[request.origin], network.nodes[request.destination]
    ways = [(leave, itinerary) for leave, _, itinerary in found if itinerary is not None]
    if not ways:
        raise NoRouteError(
            f"no route from {start.name} to {end.name} on any day from "
            f"{days.first.isoformat()} to {days.last.isoformat()} under these limits."
        )
    ways.sort(key=lambda pair: (_merit(pair[1], request.criterion), pair[0]))
    ranks = {leave: rank for rank, (leave, _) in enumerate(ways, 1)}
    return DaysAnswer(
        request=request,
        days=days,
        origin=start,
        destination=end,
        network_version=network.version,
        network_as_of=network.as_of,
        answers=tuple(
            DayAnswer(leave.replace(tzinfo=find_zone(start.timezone)), itinerary, ranks.get(leave))
            for leave, _, itinerary in found
        ),
        prices=prices_of(network),
    )


def _later_helps(network: Network, question: Question, leave: datetime, index: PlaceIndex) -> bool:
    """Whether a question is wrong for another reason than a deadline that has passed by a day."""
    if question.deadline is None:
        return True
    try:
        read_question(network, replace(question, depart=leave.isoformat(), deadline=None), index)
    except RequestError:
        return True
    return False


def _search(network: Network, request: RouteRequest, before: Search | None) -> Search:
    """Prepare a search; the graph and the clock of the day before serve where all is the same."""
    if before is None or not before.timing or not before.whole or request.leave is None:
        return open_search(network, request)
    same = seasons_on(network, request.depart) == seasons_on(
        network, before.request.depart
    ) and usable_edges(network, request) == usable_edges(network, before.request)
    if not same:
        return open_search(network, request)
    clock = before.timing.clock
    leave = moment_of(request.leave, clock.zone(request.origin))
    return within_reach(Search(request, before.whole, Departure(clock, leave)))


def _best(network: Network, search: Search) -> Itinerary | None:
    """Find the best way of a day."""
    found = best_by_clock(network, search, read_limits(search.request.limits))
    return None if found is None else found.itinerary


def _merit(itinerary: Itinerary, criterion: Criterion) -> tuple[float, ...]:
    totals = itinerary.totals
    return {
        Criterion.TIME: (totals.time_h,),
        Criterion.COST: (totals.cost_usd, totals.time_h),
        Criterion.CO2: (totals.co2e_kg, totals.time_h),
        Criterion.BALANCED: (totals.generalised_cost_usd,),
        Criterion.RELIABILITY: doubt(itinerary),
    }[criterion]
