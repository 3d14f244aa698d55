"""Base units and how quantities are written."""

from __future__ import annotations

import pytest

from routeplan.units import (
    cents,
    days_text,
    duration_text,
    grams,
    kg_text,
    km_text,
    minutes,
    money_text,
)


@pytest.mark.parametrize(
    ("convert", "value", "whole"),
    [
        (minutes, 1.5, 90),
        (minutes, 0.001, 0),
        (cents, 12.345, 1234),
        (cents, 0.1 + 0.2, 30),
        (grams, 0.0004, 0),
        (grams, 1.25, 1250),
    ],
)
def test_the_search_counts_in_whole_numbers(convert, value, whole):
    found = convert(value)
    assert (found, type(found)) == (whole, int)


@pytest.mark.parametrize(
    ("write", "value", "text"),
    [
        (days_text, 417.6, "17.4 d"),
        (duration_text, 0.58, "35 min"),
        (duration_text, 0.999, "1 h"),
        (duration_text, 6.2, "6 h"),
        (duration_text, 47.4, "47 h"),
        (duration_text, 132, "5.5 d"),
        (money_text, 0, "0"),
        (money_text, 3.456, "3.46"),
        (money_text, 12345.6, "12 346"),
        (kg_text, 0, "0"),
        (kg_text, 3.456, "3.5"),
        (kg_text, 12345.6, "12 346"),
        (km_text, 5726.4, "5 726"),
    ],
)
def test_quantities_are_written_for_people(write, value, text):
    assert write(value) == text
