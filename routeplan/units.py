"""Base units of the search, conversions, and how quantities are written for people.

The search counts whole minutes, US cents and grams of CO2e, so that sums compare exactly; files
and answers use hours, dollars and kilograms.
"""

from __future__ import annotations

from enum import StrEnum


class Currency(StrEnum):
    """A currency tables can show."""

    USD = "usd"
    EUR = "eur"


MINUTES_PER_HOUR = 60
HOURS_PER_DAY = 24.0
HOURS_PER_WEEK = 168.0
HOURS_PER_YEAR = 8760.0


def minutes(hours: float) -> int:
    """Turn hours into whole minutes."""
    return round(hours * MINUTES_PER_HOUR)


def cents(usd: float) -> int:
    """Turn dollars into whole cents."""
    return round(usd * 100)


def grams(kg: float) -> int:
    """Turn kilograms into whole grams."""
    return round(kg * 1000)


def days_text(hours: float) -> str:
    """Write hours as days with one decimal: `17.4 d`."""
    return f"{hours / HOURS_PER_DAY:.1f} d"


def duration_text(hours: float) -> str:
    """Write a duration in the unit that suits it: `35 min`, `6 h`, `5.5 d`."""
    if hours < 0.995:
        return f"{round(hours * MINUTES_PER_HOUR)} min"
    if hours < 47.5:
        return f"{hours:.0f} h"
    return days_text(hours)


def money_text(amount: float) -> str:
    """Write money without cents, thousands apart: `12 345`; cents below 10."""
    if 0 < amount < 10:
        return f"{amount:.2f}"
    return f"{amount:,.0f}".replace(",", " ")


def kg_text(kg: float) -> str:
    """Write kilograms in whole numbers, thousands apart; one decimal below 10."""
    if 0 < kg < 10:
        return f"{kg:.1f}"
    return f"{kg:,.0f}".replace(",", " ")


def km_text(km: float) -> str:
    """Write kilometres in whole numbers, thousands apart."""
    return f"{km:,.0f}".replace(",", " ")
