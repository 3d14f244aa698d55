"""How sure a time is: its percentiles, the chance of a deadline, and what the spread is made of.

The chances come from draws. What drives the spread comes from the law the draws follow, exactly:
with S the common share and q the quantile functions of the causes, two causes follow the same luck
with probability S^2, so that the covariance of element e of cause c with the total T is

    Cov(e, T) = (1 - S^2) Cov(q_e, q_c) + S^2 Cov(q_e, sum of all q)

over the levels. Its share of Var(T) is what e adds to the variance, its own and what it has in
common with the others; the shares of all elements add up to 1, and none is negative.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from operator import add, mul
from typing import TYPE_CHECKING, NamedTuple

from routeplan.network.spread import Spread
from routeplan.risk.quantiles import LAW_WEIGHTS, law
from routeplan.risk.simulate import percentiles_of, sorted_sum
from routeplan.scenario.request import DRAWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from routeplan.risk.simulate import Element


class Certainty(NamedTuple):
    """How sure a sum of times is.

    Parameters
    ----------
    time_h
        Its percentiles, in hours.
    on_time_share
        Share of the draws that keep the deadline, 0 to 1; None without a deadline.
    expected_lateness_h
        Average of the hours beyond the deadline, a punctual draw counting as 0; None without one.
    """

    time_h: Spread
    on_time_share: float | None = None
    expected_lateness_h: float | None = None


class Variance(NamedTuple):
    """What the spread of a sum is made of.

    Parameters
    ----------
    sd_h
        Standard deviation of the sum, in hours.
    shares
        What each element adds to the variance, in their order; they add up to 1, or are all 0
        where nothing varies.
    """

    sd_h: float
    shares: tuple[float, ...]


def certainty_of(
    elements: Iterable[Element],
    common_share: float = 0.0,
    *,
    draws: int = DRAWS,
    deadline_h: float | None = None,
) -> Certainty:
    """Draw a sum and say how sure it is.

    Parameters
    ----------
    elements, common_share, draws
        As for `risk.simulate.simulate_sum`.
    deadline_h
        Hours the sum may take; one that takes exactly so long is punctual.
    """
    return certainty_from(sorted_sum(elements, common_share, draws), deadline_h)


def certainty_from(ordered: Sequence[float], deadline_h: float | None = None) -> Certainty:
    """Say how sure a time is of which there are draws, in rising order."""
    time_h = percentiles_of(ordered)
    if deadline_h is None:
        return Certainty(time_h)
    punctual = bisect_right(ordered, deadline_h)
    late = ordered[punctual:]
    lateness_h = (sum(late) - len(late) * deadline_h) / len(ordered)
    return Certainty(time_h, punctual / len(ordered), max(0.0, lateness_h))


def variance_of(elements: Sequence[Element], common_share: float = 0.0) -> Variance:
    """Divide the variance of a sum among its elements, by the law the draws follow.

    Parameters
    ----------
    elements, common_share
        As for `risk.simulate.simulate_sum`.
    """
    tables = [law(spread) for spread, _ in elements]
    causes: dict[str, list[float]] = {}
    for (_, cause), table in zip(elements, tables, strict=True):
        causes[cause] = list(map(add, causes[cause], table)) if cause in causes else table
    own = {cause: _deviations(table) for cause, table in causes.items()}
    common = common_share * common_share
    whole = [common * sum(values) for values in zip(*own.values(), strict=True)]
    moves = {
        cause: [
            (1 - common) * deviation + shared for deviation, shared in zip(row, whole, strict=True)
        ]
        for cause, row in own.items()
    }
    parts = [
        sum(map(mul, table, moves[cause]))
        for (_, cause), table in zip(elements, tables, strict=True)
    ]
    variance = sum(parts)
    if variance <= 0:
        return Variance(0.0, (0.0,) * len(parts))
    return Variance(math.sqrt(variance), tuple(max(0.0, part) / variance for part in parts))


def _deviations(table: Sequence[float]) -> list[float]:
    """Return how far each value lies from the mean, times how likely it is."""
    mean = sum(map(mul, table, LAW_WEIGHTS))
    return [(value - mean) * weight for value, weight in zip(table, LAW_WEIGHTS, strict=True)]
