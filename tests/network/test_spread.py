from __future__ import annotations

from statistics import NormalDist, fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.network.spread import Z90, ZERO, Spread

NORMAL = NormalDist()
HOURS = st.just(0.0) | st.floats(min_value=0.01, max_value=1000)
SPREADS = st.lists(HOURS, min_size=3, max_size=3).map(lambda values: Spread(*sorted(values)))


def drawn_mean(spread, draws=20_000):
    """Average the quantile function over the middle of equal slices."""
    return fmean(spread.at(NORMAL.inv_cdf((i + 0.5) / draws)) for i in range(draws))


@pytest.mark.parametrize(
    "spread", [Spread(1, 2, 4), Spread(10, 12, 40), Spread(0, 2, 4), Spread(0, 0, 6), ZERO]
)
def test_the_fitted_distribution_meets_all_three_percentiles(spread):
    for z, percentile in ((-Z90, spread.p10), (0, spread.p50), (Z90, spread.p90)):
        assert spread.at(z) == pytest.approx(percentile, abs=1e-9)


@pytest.mark.parametrize(
    "spread",
    [Spread(1, 2, 4), Spread(10, 12, 40), Spread(0, 2, 4), Spread(0, 0, 6), Spread(3, 3, 3), ZERO],
)
def test_the_mean_is_that_of_the_fitted_distribution(spread):
    assert spread.mean == pytest.approx(drawn_mean(spread), rel=2e-3, abs=1e-9)


@given(SPREADS, st.floats(-6, 6), st.floats(-6, 6))
def test_no_quantile_is_negative_and_they_rise(spread, a, b):
    low, high = sorted((a, b))
    assert 0 <= spread.at(low) <= spread.at(high) * (1 + 1e-9) + 1e-9


def test_a_spread_is_scaled_and_shifted():
    assert Spread(1, 2, 4).scaled(2) == Spread(2, 4, 8)
    assert Spread(1, 2, 4).shifted(1) == Spread(2, 3, 5)
