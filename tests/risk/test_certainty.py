"""Chances of a deadline and drivers of the spread, against the draws and against what must hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.network.spread import ZERO, Spread
from routeplan.risk.certainty import Certainty, certainty_of, variance_of
from routeplan.risk.simulate import VECTORISED_FROM, Element, simulate_sum, sum_percentiles
from routeplan.scenario.request import DRAWS

RATIOS = st.floats(min_value=1, max_value=6)
SHARES = st.sampled_from((0.0, 0.55, 1.0))
PARTS = [
    Element(Spread(10, 40, 108), "storm"),
    Element(Spread(18, 22, 26), "storm"),
    Element(Spread(24, 72, 192), "train"),
    Element(Spread(8, 14, 36), "hub"),
    Element(Spread(5, 5, 5), "fixed"),
]


@st.composite
def elements(draw):
    """Draw an element of an hour to some thousands."""
    median = draw(st.floats(min_value=1, max_value=200))
    low = draw(st.sampled_from((0.0, 1.0))) * median / draw(RATIOS)
    return Element(Spread(low, median, median * draw(RATIOS)), draw(st.sampled_from("abcd")))


LISTS = st.lists(elements(), min_size=1, max_size=7)
DEADLINES = st.floats(min_value=0, max_value=5000)


def test_without_a_deadline_only_percentiles_are_known():
    assert certainty_of(PARTS) == Certainty(sum_percentiles(PARTS), None, None)


@given(LISTS, SHARES, DEADLINES)
def test_chance_and_lateness_are_those_of_the_draws(parts, share, deadline_h):
    drawn = np.array(simulate_sum(parts, share))
    found = certainty_of(parts, share, deadline_h=deadline_h)
    assert found.time_h == sum_percentiles(parts, share)
    assert found.on_time_share == np.mean(drawn <= deadline_h)
    late = np.maximum(drawn - deadline_h, 0).mean()
    assert found.expected_lateness_h == pytest.approx(late, rel=1e-9, abs=1e-9)


@given(LISTS, SHARES, DEADLINES, DEADLINES)
def test_a_later_deadline_is_kept_at_least_as_often(parts, share, one, other):
    early, late = (certainty_of(parts, share, deadline_h=h) for h in sorted((one, other)))
    assert 0 <= early.on_time_share <= late.on_time_share <= 1
    assert early.expected_lateness_h >= late.expected_lateness_h >= 0


@given(LISTS, SHARES)
def test_nine_of_ten_keep_a_deadline_at_the_90th_percentile(parts, share):
    deadline_h = sum_percentiles(parts, share).p90
    found = certainty_of(parts, share, deadline_h=deadline_h)
    assert found.on_time_share >= 0.9
    if all(part.spread.p50 < 0.99 * part.spread.p90 for part in parts):
        assert found.on_time_share < 0.91 + 1 / 256


def test_without_any_time_the_lateness_is_the_average_time():
    found = certainty_of(PARTS, 0.55, draws=100_000, deadline_h=0.0)
    assert found.on_time_share == 0
    mean = sum(part.spread.mean for part in PARTS)
    assert found.expected_lateness_h == pytest.approx(mean, rel=0.01)


def test_more_draws_go_on_and_agree():
    few, many = (
        certainty_of(PARTS, 0.55, draws=n, deadline_h=200.0) for n in (DRAWS, 4 * VECTORISED_FROM)
    )
    assert few != many
    assert few.on_time_share == pytest.approx(many.on_time_share, abs=0.03)


def test_who_arrives_exactly_on_time_is_punctual():
    found = certainty_of([Element(Spread(5, 5, 5), "fixed")], deadline_h=5.0)
    assert (found.on_time_share, found.expected_lateness_h) == (1.0, 0.0)


@given(LISTS, SHARES)
def test_shares_of_the_variance_add_up_to_one_and_none_is_negative(parts, share):
    found = variance_of(parts, share)
    if found.sd_h == 0:
        assert set(found.shares) == {0.0}
    else:
        assert sum(found.shares) == pytest.approx(1)
        assert min(found.shares) >= 0
    assert len(found.shares) == len(parts)


@pytest.mark.parametrize("share", [0.0, 0.55, 1.0])
def test_standard_deviation_and_shares_are_those_of_the_draws(share):
    draws = 400_000
    total = np.array(simulate_sum(PARTS, share, draws))
    found = variance_of(PARTS, share)
    assert found.sd_h == pytest.approx(total.std(), rel=0.02)
    for part, expected in zip(PARTS, found.shares, strict=True):
        own = np.array(simulate_sum([part], share, draws))
        assert np.cov(own, total)[0, 1] / total.var() == pytest.approx(expected, abs=0.01)


def test_what_varies_more_drives_more():
    quiet, wild = Element(Spread(8, 10, 12), "a"), Element(Spread(5, 10, 40), "b")
    shares = variance_of([quiet, wild]).shares
    assert shares[0] < 0.05
    assert shares[1] > 0.95


def test_what_never_varies_drives_nothing():
    assert variance_of(PARTS, 0.0).shares[-1] == 0
    assert variance_of([Element(ZERO, "a")]) == (0.0, (0.0,))
    assert variance_of([]) == (0.0, ())


def test_elements_of_one_cause_vary_as_one():
    part = Spread(5, 10, 20)
    together = variance_of([Element(part, "a"), Element(part, "a")])
    apart = variance_of([Element(part, "a"), Element(part, "b")])
    assert together.sd_h == pytest.approx(2**0.5 * apart.sd_h)
    assert together.shares == pytest.approx((0.5, 0.5))
