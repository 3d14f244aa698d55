"""The fitted distribution of one element as a table of its quantiles, and the normal quantiles.

A draw is a level: a byte, which names one of 256 equally likely slices of the distribution, drawn
at its middle. The highest slice holds all delays beyond P99.6; a second byte cuts it into 256 more.
So a quantile is exact to a 256th below P99.6 and to a 65,536th above: left uncut, the last slice
took 3 to 10 percent from the standard deviation of a way, and 5 from its lateness beyond P90.

Hours are whole multiples of 2^-20 h, 3 ms. Sums of such numbers are exact in a double, so that
neither the order nor the way of adding, in Python or in numpy, can change a result.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from routeplan.network.spread import Z90

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from routeplan.network.spread import Spread

LEVELS = 256
LAST = LEVELS - 1
LONGEST_H = 2.0**20
"""Nothing is drawn beyond it, 120 years: a median near 0 under a large P90 would have no end."""

_LOG_LONGEST = math.log(LONGEST_H)
_FARTHEST_Z = 4.5
_TABLES = 4096
_CONVERGED = 1e-6
"""The next step of Halley's method is its cube."""
_ROUNDING = 1.5 * 2.0**32
"""Added and taken away again it rounds to multiples of 2^-20, the unit of doubles of its size."""


@lru_cache(_TABLES)
def slices(spread: Spread) -> list[float]:
    """Tabulate a distribution at the middle of its 256 slices, in hours."""
    low, median, _ = spread
    below, above = _slice_z()
    if low > 0:
        rate = math.log(low / median) / Z90
        lower = [_rounded(median * math.exp(rate * z)) for z in below]
    else:
        lower = [_rounded(max(0.0, median * (1 - z / Z90))) for z in below]
    return lower + _upper(spread, above)


def last_slice(spread: Spread, seconds: Iterable[int]) -> list[float]:
    """Return the middle of each of the slices that the highest one is cut into, in hours.

    Parameters
    ----------
    spread
        The distribution.
    seconds
        Which of the 256, 0 to 255.
    """
    cut = _last_z()
    return _upper(spread, [cut[second] for second in seconds])


_HALVINGS = (128, 64, 32, 16, 8, 4, 2, 1, 1)
_MIDDLES = (64, 160, 208, 232, 244, 250, 253, 254, 255)

LAW_WEIGHTS = (*[1 / LEVELS] * LAST, *(size / LEVELS**2 for size in _HALVINGS))
"""How likely each value of `law` is."""


def law(spread: Spread) -> list[float]:
    """List values a draw takes, lowest first, `LAW_WEIGHTS` saying how likely each is.

    The cut slices are taken together, half of them first, then half of the rest, and so on: finest
    where they differ most.
    """
    return slices(spread)[:LAST] + last_slice(spread, _MIDDLES)


def normal_quantiles(tails: list[float]) -> list[float]:
    """Return the standard normal quantiles that are exceeded with given probabilities.

    Parameters
    ----------
    tails
        Probabilities of at most 0.5, falling.

    Notes
    -----
    Halley's method on the complementary error function, from the quantile before.
    """
    z, found = 0.0, []
    for tail in tails:
        step = 1.0
        while abs(step) > _CONVERGED:
            density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
            step = (math.erfc(z / math.sqrt(2)) / 2 - tail) / density
            z += step / (1 - step * z / 2)
        found.append(z)
    return found


@cache
def _slice_z() -> tuple[list[float], list[float]]:
    """Return how far the middles of slices lie from the median, below (falling) and above it."""
    upper = normal_quantiles([(LEVELS / 2 - i - 0.5) / LEVELS for i in range(LEVELS // 2)])
    return upper[::-1], upper


@cache
def _last_z() -> list[float]:
    return normal_quantiles([(LEVELS - i - 0.5) / LEVELS**2 for i in range(LEVELS)])


def _upper(spread: Spread, above: Sequence[float]) -> list[float]:
    """Return the quantiles at standard normal values of 0 and more."""
    _, median, high = spread
    if median <= 0:
        return [_rounded(high * z / Z90) for z in above]
    rate, start = math.log(high / median) / Z90, math.log(median)
    if start + rate * _FARTHEST_Z > _LOG_LONGEST:
        return [_rounded(math.exp(min(_LOG_LONGEST, start + rate * z))) for z in above]
    # the same written out: a table is made for every element of every way
    exp, unit = math.exp, _ROUNDING
    return [(median * exp(rate * z) + unit) - unit for z in above]


def _rounded(hours: float) -> float:
    return (hours + _ROUNDING) - _ROUNDING
