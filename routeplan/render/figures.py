"""Quantities as the language spoken writes them; the forms of `units`, with its words and marks."""

from __future__ import annotations

from routeplan import units
from routeplan.language import number_text, say


def days_text(hours: float) -> str:
    """Write hours as days with one decimal: `17.4 d`."""
    return _with_unit(units.days_text(hours))


def duration_text(hours: float) -> str:
    """Write a duration in the unit that suits it: `35 min`, `6 h`, `5.5 d`."""
    return _with_unit(units.duration_text(hours))


def money_text(amount: float) -> str:
    """Write money without cents, thousands apart; cents below 10."""
    return number_text(units.money_text(amount))


def kg_text(kg: float) -> str:
    """Write kilograms in whole numbers, thousands apart; one decimal below 10."""
    return number_text(units.kg_text(kg))


def km_text(km: float) -> str:
    """Write kilometres in whole numbers, thousands apart."""
    return number_text(units.km_text(km))


def _with_unit(text: str) -> str:
    value, _, unit = text.rpartition(" ")
    return f"{number_text(value)} {say(unit)}"
