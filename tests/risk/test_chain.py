"""A chain by the clock, drawn many times."""

from __future__ import annotations

from datetime import datetime
from statistics import mean, pstdev
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.graph.gate import Gate, moment_of
from routeplan.network.spread import ZERO, Spread
from routeplan.risk.chain import Link, draw_chain, shares_of, standard_deviation
from routeplan.risk.simulate import Element, simulate_sum

UTC = ZoneInfo("UTC")
NOTHING = Element(ZERO, "nothing")
START = moment_of(datetime(2026, 12, 1, 8), UTC)  # a Tuesday
FRIDAY = Gate(("fri 23:00",), "", (), UTC)


def link(moving, wait=ZERO, gate=None, name="a"):
    return Link(Element(wait, f"{name} wait"), NOTHING, Element(moving, f"{name} time"), gate)


def test_without_a_clock_a_chain_is_the_sum_it_has_always_been():
    links = [
        link(Spread(5, 9, 30), Spread(1, 2, 9), name="a"),
        link(Spread(2, 3, 4), Spread(0, 4, 50), name="b"),
    ]
    elements = [element for one in links for element in (one.before, one.moving)]
    drawn = draw_chain(links, START, 0.5, 1000)
    assert drawn.total_h == pytest.approx(simulate_sum(elements, 0.5, 1000))


def test_who_is_late_for_a_ferry_waits_for_the_next_one():
    by_rail = Spread(60, 80, 100)  # the ferry leaves 87 h after the start
    drawn = draw_chain([link(by_rail), link(Spread(10, 10, 10), gate=FRIDAY)], START, 0.0, 2000)
    rail, total = drawn.moving_h[0], drawn.total_h
    for moved, arrived, waited in zip(rail, total, drawn.wait_h[1], strict=True):
        sails = 87 if moved <= 87 else 87 + 168 if moved <= 87 + 168 else 87 + 2 * 168
        assert arrived == sails + 10
        assert waited == pytest.approx(sails - moved, abs=1 / 60)
    assert {97.0, 265.0} <= set(total)


@given(st.integers(0, 10_000), st.integers(1, 5000))
def test_a_later_start_never_arrives_earlier_in_any_draw(offset, later):
    links = [link(Spread(5, 9, 30)), link(Spread(10, 12, 20), Spread(1, 4, 40), FRIDAY, "b")]
    one, two = (
        draw_chain(links, START + start, 0.3, 100).total_h for start in (offset, offset + later)
    )
    assert all(a <= b + later / 60 + 1e-6 for a, b in zip(one, two, strict=True))


def test_the_shares_of_independent_parts_are_those_of_their_variances():
    parts = [link(Spread(5, 10, 20)), link(Spread(1, 2, 30), name="b")]
    drawn = draw_chain(parts, START, 0.0, 20_000)
    moving = drawn.moving_h
    variances = [pstdev(hours) ** 2 for hours in moving]
    shares = shares_of(drawn.total_h, moving)
    assert sum(shares) == pytest.approx(1)
    assert shares == pytest.approx([v / sum(variances) for v in variances], abs=0.02)
    assert standard_deviation(drawn.total_h) == pytest.approx(pstdev(drawn.total_h))


def test_what_evens_out_has_no_share_and_a_chain_that_never_varies_none_at_all():
    total = [10.0, 12.0, 14.0]
    assert shares_of(total, [[1.0, 3.0, 5.0], [5.0, 4.0, 3.0]]) == [1.0, 0.0]
    assert shares_of([5.0, 5.0], [[1.0, 2.0], [4.0, 3.0]]) == [0.0, 0.0]
    assert mean(draw_chain([], START, 0.0, 10).total_h) == 0
