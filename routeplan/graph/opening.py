"""When an edge is open: on the day of a question, or within the days of a way by the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.network.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.request import RouteRequest

LONGEST_WAIT_DAYS = 400
"""Nobody waits longer for a link to open."""


def opening_of(network: Network, request: RouteRequest) -> Callable[[Edge], bool]:
    """Make the function that tells whether an edge is open for a request, by status and dates.

    By the clock an edge counts as open if it opens at all while a way may use it; the search then
    waits for the day.
    """
    date = request.on or request.depart
    day = date.isoformat() if date else network.as_of
    by_clock = request.is_timed and request.on is None
    span = _span(request) if by_clock else ("", "")

    def opens(edge: Edge) -> bool:
        if edge.status is Status.PLANNED:
            by_day = request.on is not None and is_open(edge, day)
            return by_day or request.include_planned
        if by_clock:
            return edge.status is not Status.CLOSED and opens_within(edge, *span)
        return is_open(edge, day)

    return opens


def is_open(edge: Edge, day: str) -> bool:
    """Whether an edge can be used on a day, written YYYY-MM-DD or shorter.

    A month or a year stands for any day of it, an empty text for any day at all. A planned edge
    stays shut until its `open_from` has surely come.
    """
    if edge.status is Status.CLOSED:
        return False
    if edge.status is Status.PLANNED and not (edge.open_from and edge.open_from <= day):
        return False
    return edge.open_from[: len(day)] <= day and (not edge.open_to or day <= edge.open_to)


def opens_within(edge: Edge, first: str, last: str) -> bool:
    """Whether an edge is open on some of the days from one to another, written YYYY-MM-DD."""
    return edge.open_from <= last and (not edge.open_to or first <= edge.open_to)


def _span(request: RouteRequest) -> tuple[str, str]:
    """Return the first and the last day on which a way by the clock may use a link."""
    from datetime import timedelta

    long = timedelta(days=LONGEST_WAIT_DAYS)
    if request.leave is not None:
        return f"{request.leave:%Y-%m-%d}", f"{request.leave + long:%Y-%m-%d}"
    assert request.arrive_by is not None  # noqa: S101 - one of the two is given
    return f"{request.arrive_by - long:%Y-%m-%d}", f"{request.arrive_by:%Y-%m-%d}"
