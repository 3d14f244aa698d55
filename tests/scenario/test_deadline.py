"""How a deadline and the number of draws are read."""

from __future__ import annotations

from datetime import date

import pytest

from routeplan.errors import RequestError
from routeplan.scenario.deadline import check_draws, read_deadline

DEPART = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "hours"), [("25d", 600), ("600h", 600), (" 12.5 D ", 300), ("36H", 36)]
)
def test_a_duration_is_read_with_and_without_a_day_of_departure(text, hours):
    assert read_deadline(text) == read_deadline(text, DEPART) == hours


@pytest.mark.parametrize(
    ("text", "days"), [("2026-12-24", 23), ("20261202", 1), ("2027-12-01", 365)]
)
def test_a_day_is_counted_from_the_day_of_departure(text, days):
    assert read_deadline(text, DEPART) == 24 * days


@pytest.mark.parametrize("text", ["", "25", "-3d", "3w", "1e2d", "nan", "soon", "24.12.2026"])
def test_what_is_no_deadline_is_refused(text):
    with pytest.raises(RequestError, match="Write it as 25d, 600h, or a day"):
        read_deadline(text, DEPART)


@pytest.mark.parametrize("text", ["0d", "0.0h", "10001d", "9" * 400 + "d"])
def test_a_duration_of_no_sense_is_refused(text):
    with pytest.raises(RequestError, match="out of range"):
        read_deadline(text)


def test_a_day_alone_is_refused_and_the_remedy_named():
    with pytest.raises(RequestError, match="needs --depart DATE"):
        read_deadline("2026-12-24")


@pytest.mark.parametrize("text", ["2026-12-01", "2026-11-30"])
def test_a_day_that_is_not_after_the_departure_is_refused(text):
    with pytest.raises(RequestError, match="not after the departure, 2026-12-01"):
        read_deadline(text, DEPART)


@pytest.mark.parametrize("draws", [100, 2500, 1_000_000])
def test_draws_in_range_are_taken(draws):
    assert check_draws(draws) == draws


@pytest.mark.parametrize("draws", [-1, 0, 99, 1_000_001])
def test_too_few_or_too_many_draws_are_refused(draws):
    with pytest.raises(RequestError, match="100 to 1000000"):
        check_draws(draws)
