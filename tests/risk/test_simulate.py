"""Percentiles of sums, against a simulation of another make and against what must hold."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.network.spread import Z90, ZERO, Spread
from routeplan.risk.simulate import (
    VECTORISED_FROM,
    Element,
    by_cause,
    levels_of,
    plain_sum,
    simulate_sum,
    sorted_sum,
    sum_percentiles,
)
from routeplan.risk.vectorised import sum_array
from routeplan.scenario.request import DRAWS

HOURS = st.floats(min_value=0.5, max_value=200)
RATIOS = st.floats(min_value=1, max_value=6)


@st.composite
def spreads(draw):
    """Draw percentiles a freight time may have: each up to six times the one before."""
    median = draw(HOURS)
    low = draw(st.sampled_from((0.0, 1.0))) * median / draw(RATIOS)
    return Spread(low, median, median * draw(RATIOS))


def drawn_by_numpy(spread, normal):
    """Draw from the distribution that the module docstring of `network.spread` describes."""
    share = normal / Z90
    above = spread.p50 * (spread.p90 / spread.p50) ** np.maximum(share, 0)
    if spread.p10 > 0:
        below = spread.p50 * (spread.p50 / spread.p10) ** np.minimum(share, 0)
    else:
        below = np.maximum(0, spread.p50 * (1 + share))
    return np.where(normal >= 0, above, below)


@pytest.mark.parametrize(
    "parts",
    [
        [Spread(8, 10, 20)],
        [Spread(8, 10, 20), Spread(20, 24, 40)],
        [Spread(0, 12, 72), Spread(70, 80, 110), Spread(8, 18, 48), Spread(2, 6, 20)],
        [Spread(0, 1, 6)] * 10,
        [Spread(5, 5, 5), Spread(1, 2, 10)],
    ],
)
def test_the_percentiles_of_a_sum_are_those_of_an_independent_simulation(parts):
    generator = np.random.default_rng(7)
    total = sum(drawn_by_numpy(part, generator.standard_normal(400_000)) for part in parts)
    ours = sum_percentiles(Element(part, f"cause {i}") for i, part in enumerate(parts))
    assert ours == pytest.approx(tuple(np.percentile(total, (10, 50, 90))), rel=0.05)


@pytest.mark.parametrize("parts", [[Spread(0, 12, 72), Spread(70, 80, 110)]])
def test_the_percentiles_of_parts_with_one_cause_are_those_of_one_draw(parts):
    normal = np.random.default_rng(7).standard_normal(400_000)
    total = sum(drawn_by_numpy(part, normal) for part in parts)
    ours = sum_percentiles(Element(part, "storm") for part in parts)
    assert ours == pytest.approx(tuple(np.percentile(total, (10, 50, 90))), rel=0.05)


@given(st.lists(spreads(), min_size=1, max_size=5))
def test_the_percentiles_of_one_cause_add_up(parts):
    together = sum_percentiles(Element(part, "storm") for part in parts)
    apart = [sum_percentiles([Element(part, "storm")]) for part in parts]
    assert together == pytest.approx(tuple(map(sum, zip(*apart, strict=True))), rel=1e-9)


@given(st.lists(st.tuples(spreads(), st.sampled_from("abc")), max_size=6))
def test_the_percentiles_of_a_sum_rise(parts):
    low, median, high = sum_percentiles(Element(*part) for part in parts)
    assert 0 <= low <= median <= high


@given(st.lists(spreads(), min_size=2, max_size=5))
def test_the_order_of_parts_changes_nothing(parts):
    elements = [Element(part, f"cause {i}") for i, part in enumerate(parts)]
    assert simulate_sum(elements, 0.5) == simulate_sum(elements[::-1], 0.5)


@given(spreads(), spreads())
def test_independent_parts_spread_less_than_parts_with_one_cause(a, b):
    apart = sum_percentiles([Element(a, "one"), Element(b, "other")])
    together = sum_percentiles([Element(a, "one"), Element(b, "one")])
    assert apart.p90 - apart.p10 <= (together.p90 - together.p10) * 1.03


@given(spreads())
def test_a_single_part_keeps_its_percentiles(part):
    for drawn, percentile in zip(sum_percentiles([Element(part, "storm")]), part, strict=True):
        assert drawn == pytest.approx(percentile, rel=0.1, abs=0.05 * part.p50)


@given(spreads(), st.integers(1, 500))
def test_a_constant_moves_every_percentile(part, hours):
    moved = sum_percentiles([Element(part, "storm"), Element(Spread(hours, hours, hours), "dock")])
    assert moved == pytest.approx(sum_percentiles([Element(part, "storm")]).shifted(hours))


def test_nothing_takes_no_time():
    assert sum_percentiles([]) == ZERO
    assert sum_percentiles([Element(ZERO, "storm")]) == ZERO


def test_equal_parts_give_equal_draws():
    parts = [Element(Spread(1, 2, 4), "storm"), Element(Spread(2, 3, 9), "border")]
    assert simulate_sum(parts) == simulate_sum(parts)
    assert len(simulate_sum(parts)) == DRAWS


def test_two_ways_that_share_a_leg_share_its_luck():
    shared, own = Element(Spread(10, 20, 60), "storm"), Element(Spread(5, 5, 5), "road")
    differences = {
        round(b - a, 9)
        for a, b in zip(simulate_sum([shared]), simulate_sum([shared, own]), strict=True)
    }
    assert differences == {5.0}


@given(spreads(), st.floats(-3, 3), st.floats(-3, 3))
def test_quantiles_rise_and_meet_the_three_percentiles(spread, a, b):
    low, high = sorted((a, b))
    assert spread.at(low) <= spread.at(high) * (1 + 1e-12)
    assert [spread.at(z) for z in (-Z90, 0, Z90)] == pytest.approx(list(spread), abs=1e-9)


@given(spreads())
def test_the_mean_is_the_average_of_the_quantiles(spread):
    z = np.linspace(-9, 9, 3601)
    density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    average = np.trapezoid(drawn_by_numpy(spread, z) * density, z)
    assert spread.mean == pytest.approx(average, rel=1e-4)
    assert NormalDist().cdf(Z90) == pytest.approx(0.9)


def test_a_common_share_widens_a_sum_and_keeps_its_median_near():
    parts = [Element(Spread(5, 10, 20), f"cause {n}") for n in range(12)]
    alone, shared, together = (sum_percentiles(parts, share) for share in (0.0, 0.5, 1.0))
    widths = [spread.p90 - spread.p10 for spread in (alone, shared, together)]
    assert widths == sorted(widths)
    assert widths[0] < 0.8 * widths[1] < 0.8 * widths[2]
    assert together.p90 == pytest.approx(12 * 20, rel=0.05)
    assert shared.p50 == pytest.approx(alone.p50, rel=0.1)


def test_a_common_share_leaves_each_part_its_own_distribution():
    part = [Element(Spread(5, 10, 20), "cause")]
    assert sum_percentiles(part, 0.5) == pytest.approx(sum_percentiles(part), rel=0.08)


ELEMENTS = st.lists(st.builds(Element, spreads(), st.sampled_from("abcd")), max_size=7)


@given(ELEMENTS, st.sampled_from((0.0, 0.3, 0.55, 1.0)), st.sampled_from((2, 7, 1000, DRAWS, 4001)))
def test_both_ways_of_drawing_give_the_same_numbers(elements, share, draws):
    causes = by_cause(elements)
    assert plain_sum(causes, share, draws) == sum_array(causes, share, draws).tolist()


def test_many_draws_are_the_few_draws_and_more():
    elements = [Element(Spread(5, 10, 60), "storm"), Element(Spread(0, 2, 9), "border")]
    many = simulate_sum(elements, 0.5, VECTORISED_FROM)
    assert simulate_sum(elements, 0.5, DRAWS) == many[:DRAWS]
    assert simulate_sum(elements, 0.5, VECTORISED_FROM - 1) == many[:-1]
    assert simulate_sum(elements, 0.5, 998) == many[:998]


@pytest.mark.parametrize("draws", [DRAWS, VECTORISED_FROM])
def test_sorted_draws_are_the_draws_sorted(draws):
    elements = [Element(Spread(5, 10, 60), "storm"), Element(Spread(0, 2, 9), "border")]
    assert sorted_sum(elements, 0.5, draws) == sorted(simulate_sum(elements, 0.5, draws))


@pytest.mark.parametrize("share", [0.0, 0.55, 1.0])
def test_a_level_follows_the_journey_as_often_as_the_common_share_says(share):
    draws = 100_000
    own, whole = levels_of("storm", 0.0, draws), levels_of("storm", 1.0, draws)
    levels = levels_of("storm", share, draws)
    assert whole == levels_of("border", 1.0, draws)
    assert all(level in pair for level, *pair in zip(levels, own, whole, strict=True))
    equal = sum(level == journey for level, journey in zip(levels, whole, strict=True)) / draws
    assert equal == pytest.approx(share + (1 - share) / 256, abs=0.005)


def test_two_causes_correlate_by_the_square_of_the_common_share():
    part = Spread(5, 10, 20)
    one, other = (simulate_sum([Element(part, name)], 0.6, 100_000) for name in ("a", "b"))
    assert np.corrcoef(one, other)[0, 1] == pytest.approx(0.36, abs=0.015)


def test_delays_beyond_the_90th_percentile_are_as_long_and_as_frequent_as_the_fit_has_them():
    part, draws = Spread(2, 5, 24), 400_000
    drawn = np.array(simulate_sum([Element(part, "storm")], 0.0, draws))
    for share in (0.95, 0.99, 0.999):
        z = NormalDist().inv_cdf(share)
        assert np.quantile(drawn, share) == pytest.approx(part.at(z), rel=0.04)
    assert drawn.mean() == pytest.approx(part.mean, rel=0.01)
    assert drawn.max() > part.at(4)
