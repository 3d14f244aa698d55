"""How far our own data are from published journeys does not get worse unnoticed.

tests/data/verify_summary.json holds the summary as it was measured, and the allowance beyond which
a change fails here. To update it honestly: run `routeplan verify --format json` and copy its
`summary` over the one in the file, in the same commit as the change of data that moved it. If a
figure got worse, name in the changelog the better source that made it so. Do not raise the
allowance, do not take `counts` from a row because it is far off, do not fit sections to a total.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from routeplan.analysis.published import FILE, Quantity, read_published
from routeplan.analysis.verify import is_judged_by, summarise, verify
from routeplan.network.files import packaged_data

HELD = json.loads((Path(__file__).parent / "data" / "verify_summary.json").read_text("utf-8"))
ALLOWANCE = HELD["allowance"]
BY_QUANTITY = {row["quantity"]: row for row in HELD["summary"]}


@pytest.fixture(scope="module")
def measured(real):
    rows = read_published(packaged_data() / FILE, real)
    summaries = summarise(verify(real, (row for row in rows if is_judged_by(row))))
    return {summary.quantity: summary for summary in summaries}


def test_every_quantity_is_held():
    assert list(BY_QUANTITY) == list(Quantity)
    assert 0 < ALLOWANCE <= 0.02


@pytest.mark.parametrize("quantity", Quantity)
@pytest.mark.parametrize("figure", ["median_error", "worst_error"])
def test_an_error_does_not_grow(measured, quantity, figure):
    assert getattr(measured[quantity], figure) <= BY_QUANTITY[quantity][figure] + ALLOWANCE


@pytest.mark.parametrize("quantity", Quantity)
def test_no_row_that_counted_is_dropped_or_left_without_a_way(measured, quantity):
    assert measured[quantity].compared >= BY_QUANTITY[quantity]["compared"]
    assert measured[quantity].unplanned <= BY_QUANTITY[quantity]["unplanned"]


def test_as_many_actual_times_lie_within_the_band(measured):
    inside = measured[Quantity.TIME_H].inside
    assert inside >= BY_QUANTITY[Quantity.TIME_H]["inside"] - ALLOWANCE
