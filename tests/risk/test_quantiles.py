"""The tables of quantiles: they meet the percentiles, rise, and add up exactly."""

from __future__ import annotations

from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.network.spread import ZERO, Spread
from routeplan.risk.quantiles import (
    LAST,
    LAW_WEIGHTS,
    LEVELS,
    LONGEST_H,
    last_slice,
    law,
    normal_quantiles,
    slices,
)
from routeplan.risk.simulate import Element, sum_percentiles
from routeplan.scenario.request import DRAWS

NORMAL = NormalDist()
HOURS = st.just(0.0) | st.floats(min_value=0.01, max_value=1000)
SPREADS = st.lists(HOURS, min_size=3, max_size=3).map(lambda values: Spread(*sorted(values)))
UNIT_H = 2.0**-20


def fitted(network):
    """List every duration and wait an edge or a card gives."""
    rows = [*network.edges.values(), *network.times]
    return {spread for row in rows for spread in (row.time, row.wait) if spread is not None}


def meets_its_percentiles(spread):
    """Whether each percentile lies between the middles of the slices on both sides of it."""
    table = slices(spread)
    sides = zip((25, 127, 229), (26, 128, 230), spread, strict=True)
    return all(table[a] - UNIT_H <= value <= table[b] + UNIT_H for a, b, value in sides)


@given(SPREADS)
def test_a_table_meets_the_three_percentiles(spread):
    assert meets_its_percentiles(spread)


def test_the_table_of_every_number_of_the_data_meets_its_percentiles(real):
    found = fitted(real)
    assert len(found) > 500
    assert [spread for spread in found if not meets_its_percentiles(spread)] == []


def test_draws_of_every_number_of_the_data_meet_its_percentiles(real):
    """Four standard errors of a share of the draws, and the width of a slice, are allowed."""
    for spread in fitted(real):
        drawn = sum_percentiles([Element(spread, "one cause")])
        for value, share in zip(drawn, (0.1, 0.5, 0.9), strict=True):
            slack = 4 * (share * (1 - share) / DRAWS) ** 0.5 + 1 / LEVELS
            low, high = (NORMAL.inv_cdf(share + side * slack) for side in (-1, 1))
            assert spread.at(low) - UNIT_H <= value <= spread.at(high) + UNIT_H


@given(SPREADS)
def test_quantiles_rise_and_are_whole_multiples_of_the_unit(spread):
    table = slices(spread)[:LAST] + last_slice(spread, range(LEVELS))
    assert table == sorted(table)
    assert 0 <= table[0] <= table[-1] <= LONGEST_H
    assert all((hours / UNIT_H).is_integer() for hours in table)


@given(st.lists(SPREADS, min_size=2, max_size=6), st.randoms())
def test_sums_are_the_same_in_any_order(spreads, generator):
    values = [slices(spread)[200] for spread in spreads]
    shuffled = generator.sample(values, len(values))
    assert sum(values) == sum(shuffled)


def test_the_last_slice_goes_on_where_the_others_end():
    spread = Spread(2, 5, 24)
    whole = slices(spread)
    cut = last_slice(spread, range(LEVELS))
    assert whole[-2] < cut[0] < whole[-1] < cut[-1]
    assert last_slice(spread, [7, 200]) == [cut[7], cut[200]]
    assert cut[-1] == pytest.approx(spread.at(NORMAL.inv_cdf(1 - 0.5 / LEVELS**2)), rel=1e-6)


@pytest.mark.parametrize("spread", [ZERO, Spread(3, 3, 3)])
def test_what_does_not_vary_is_always_the_same(spread):
    assert set(slices(spread)) == set(last_slice(spread, range(LEVELS))) == {spread.p50}


def test_nothing_takes_longer_than_the_limit():
    for spread in (Spread(0.01, 0.01, 1000), Spread(1e-200, 1e-200, 1e100)):
        assert last_slice(spread, [255]) == [pytest.approx(LONGEST_H)]
        assert max(slices(spread)) <= LONGEST_H


def test_the_law_weighs_every_draw_once():
    assert sum(LAW_WEIGHTS) == 1
    spread = Spread(2, 5, 24)
    mean = sum(hours * weight for hours, weight in zip(law(spread), LAW_WEIGHTS, strict=True))
    assert mean == pytest.approx(spread.mean, rel=2e-3)


def test_the_normal_quantiles_are_those_of_the_standard_library():
    tails = [0.5, 0.3, 0.1, 0.01, 1e-6]
    expected = [-NORMAL.inv_cdf(tail) for tail in tails]
    assert normal_quantiles(tails) == pytest.approx(expected, abs=1e-12)
