"""A chain by the clock, drawn many times: who is late for one departure waits for the next.

Each draw takes its own moments through the calendars, windows and closures of its way. Seasons are
those of the average journey, and an edge that opens or shuts for good is open to every draw.
"""

from __future__ import annotations

import math
from operator import add, mul
from typing import TYPE_CHECKING, NamedTuple

from routeplan.risk.simulate import draw_element
from routeplan.units import MINUTES_PER_HOUR

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from routeplan.graph.gate import Gate
    from routeplan.risk.simulate import Element

_ROUNDING = 1e-9
"""What hours turned into minutes may exceed a whole number by without meaning more."""


class Link(NamedTuple):
    """One leg of the chain.

    Parameters
    ----------
    before, after, moving
        The wait until one is ready to board, that after boarding, and the way itself.
    gate
        The clock it goes by; None if by none.
    """

    before: Element
    after: Element
    moving: Element
    gate: Gate | None


class Drawn(NamedTuple):
    """What the draws of a chain came to, each a list with one number a draw, in hours.

    Parameters
    ----------
    total_h
        From the start to the end of the chain.
    wait_h, moving_h
        For each link all its waiting, pauses included, and its moving.
    """

    total_h: list[float]
    wait_h: list[Sequence[float]]
    moving_h: list[Sequence[float]]


def draw_chain(links: Iterable[Link], start: int, common_share: float, draws: int) -> Drawn:
    """Draw a chain of legs.

    Parameters
    ----------
    links
        Its legs in order.
    start
        The moment it begins, in minutes since 1970 in UTC.
    common_share, draws
        As for `risk.simulate.simulate_sum`.
    """
    now = [0.0] * draws
    waits: list[Sequence[float]] = []
    movings: list[Sequence[float]] = []
    for link in links:
        before, after, moving = (
            draw_element(element, common_share, draws)
            for element in (link.before, link.after, link.moving)
        )
        wait: Sequence[float] = before
        if link.gate is None:
            if link.after.spread.p90:
                wait = list(map(add, before, after))
            if link.before.spread.p90 or link.after.spread.p90:
                now = list(map(add, now, wait))
            now = list(map(add, now, moving))
        else:
            ready = map(add, now, before)
            gate, arrived = link.gate, []
            for at, later, hours in zip(ready, after, moving, strict=True):
                arrived.append(_passed(gate, start, at, later, hours))
            wait = [there - left - go for there, left, go in zip(arrived, now, moving, strict=True)]
            now = arrived
        waits.append(wait)
        movings.append(moving)
    return Drawn(now, waits, movings)


def _passed(gate: Gate, start: int, ready_h: float, after_h: float, moving_h: float) -> float:
    """Return when a draw is through a gate, in hours after the start."""
    ready = start + math.ceil(ready_h * MINUTES_PER_HOUR - _ROUNDING)
    entered = gate.enter(ready)
    left = (ready if entered is None else entered) + round(after_h * MINUTES_PER_HOUR)
    needed = round(moving_h * MINUTES_PER_HOUR)
    through = gate.pass_through(left, needed)
    return ((left + needed if through is None else through) - start) / MINUTES_PER_HOUR


def shares_of(total_h: Sequence[float], parts: Sequence[Sequence[float]]) -> list[float]:
    """Return how much of the variance of a total moves with each of its parts.

    It is the covariance with the total. A part that evens others out, as the wait of the early for
    a ferry, has none: 0. The shares add up to 1, or are all 0 where nothing varies.
    """
    mean = sum(total_h) / len(total_h)
    deviations = [hours - mean for hours in total_h]
    moved = [max(0.0, sum(map(mul, part, deviations))) for part in parts]
    whole = sum(moved)
    least = _ROUNDING * len(total_h)
    return [share / whole if whole > least else 0.0 for share in moved]


def standard_deviation(total_h: Sequence[float]) -> float:
    """Return the standard deviation of draws."""
    mean = sum(total_h) / len(total_h)
    return math.sqrt(sum((hours - mean) ** 2 for hours in total_h) / len(total_h))
