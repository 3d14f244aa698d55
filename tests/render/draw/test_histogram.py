"""Histograms: every value is counted once, in a bin that holds it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from routeplan.render.draw.histogram import bins, count_in, histogram_svg

VALUES = st.lists(st.floats(0, 1e6, allow_subnormal=False), min_size=1, max_size=80)


@given(VALUES)
def test_every_value_is_counted_once_in_a_bin_that_holds_it(values):
    ordered = sorted(values)
    edges = bins(ordered[0], ordered[-1])
    counts = count_in(ordered, edges)
    assert len(counts) == len(edges) - 1
    assert sum(counts) == len(values)
    assert edges[0] <= ordered[0] + 1e-9 * abs(ordered[0])
    assert ordered[-1] <= edges[-1] * (1 + 1e-9)
    assert edges == sorted(set(edges))
    last = len(counts) - 1
    for n, count in enumerate(counts):
        inside = [v for v in values if edges[n] <= v and (v < edges[n + 1] or n == last)]
        outside = n == 0 and sum(v < edges[0] for v in values)
        assert count == len(inside) + outside


def test_a_few_wide_bins_or_many_narrow_ones():
    assert bins(0, 100) == [5.0 * n for n in range(21)]
    assert len(bins(7, 7)) == 2


def test_the_line_ends_at_one_and_the_words_say_the_middle():
    svg = histogram_svg([1.0, 2.0, 2.0, 9.0], title="days", text=lambda v: f"{v:g}")
    root = ET.fromstring(svg)  # noqa: S314 - our own
    described = "".join(root.itertext())
    assert "4 values from 1 to 9, the middle one 2" in described
    bars = [e for e in root.iter() if e.get("class") == "bar"]
    titles = ["".join(bar.itertext()) for bar in bars]
    assert sum(int(title.rpartition(": ")[2]) for title in titles) == 4
