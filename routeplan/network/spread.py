"""Three percentiles of one quantity, and the distribution fitted to meet them.

With z the standard normal quantile and z90 that of 0.9, the quantile function is
p50 * (p90 / p50)^(z / z90) above the median, the lognormal tail that freight delays have, and below
it p50 * (p50 / p10)^(z / z90), or the straight line p50 + (p50 - p10) * z / z90, cut at 0, where
p10 is 0.
"""

from __future__ import annotations

import math
from typing import NamedTuple

Z90 = 1.2815515655446004
"""Standard normal quantile of 0.9."""


class Spread(NamedTuple):
    """10th, 50th and 90th percentile of one quantity."""

    p10: float
    p50: float
    p90: float

    @property
    def mean(self) -> float:
        """Average of the fitted distribution; averages of a chain add up, percentiles do not."""
        low, median, high = self
        if low == high:
            return median
        if median <= 0:
            return high / Z90 * _HALF_NORMAL_MEAN
        upper = median * _half_lognormal_mean(math.log(high / median) / Z90)
        if low > 0:
            return upper + median * _half_lognormal_mean(math.log(low / median) / Z90)
        return upper + _half_cut_mean(median)

    def at(self, z: float) -> float:
        """Return the quantile at a standard normal z: p90 at Z90, p10 at -Z90."""
        low, median, high = self
        share = z / Z90
        if z >= 0:
            return median * math.pow(high / median, share) if median > 0 else high * share
        if low > 0:
            return median * math.pow(low / median, -share)
        return max(0.0, median * (1 + share))

    def scaled(self, factor: float) -> Spread:
        """Return the spread with every percentile multiplied."""
        return Spread(self.p10 * factor, self.p50 * factor, self.p90 * factor)

    def shifted(self, constant: float) -> Spread:
        """Return the spread with a constant added to every percentile."""
        return Spread(self.p10 + constant, self.p50 + constant, self.p90 + constant)


ZERO = Spread(0.0, 0.0, 0.0)


_HALF_NORMAL_MEAN = 1 / math.sqrt(2 * math.pi)


def _half_lognormal_mean(sigma: float) -> float:
    """Integrate exp(sigma * z) over the half of the standard normal distribution above 0."""
    return math.exp(sigma * sigma / 2) * 0.5 * (1 + math.erf(sigma / math.sqrt(2)))


def _half_cut_mean(median: float) -> float:
    """Integrate max(0, median * (1 + z / z90)) over the half below 0, where p10 is 0."""
    density = (1 - math.exp(-Z90 * Z90 / 2)) * _HALF_NORMAL_MEAN
    return median * (0.4 - density / Z90)
