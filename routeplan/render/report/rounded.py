"""Numbers as a reader can rely on them: rounded to what the data can carry."""

from __future__ import annotations

import math

from routeplan.language import number_text, say
from routeplan.render.figures import money_text
from routeplan.units import HOURS_PER_DAY

_WHOLE_FROM_DAYS = 5
_KG_PER_T = 1000
MINUS = "\u2212"


def significant(value: float, digits: int = 2) -> float:
    """Round to a number of significant digits."""
    if not value or not math.isfinite(value):
        return value
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))


def whole_days(hours: float) -> str:
    """Write days as one says them: whole, with a decimal below 5; without the unit."""
    days = hours / HOURS_PER_DAY
    return number_text(f"{days:.0f}" if days >= _WHOLE_FROM_DAYS else f"{days:.1f}")


def day_number(hours: float) -> str:
    """Write hours as days with one decimal, without the unit."""
    return number_text(f"{hours / HOURS_PER_DAY:.1f}")


def about_money(amount: float) -> str:
    """Write money in two significant digits, thousands apart."""
    return money_text(significant(amount))


def about_mass(kg: float) -> str:
    """Write a mass in two significant digits: `850 kg`, `3.0 t`, `68 t`."""
    if kg < _KG_PER_T:
        return f"{number_text(f'{significant(kg):g}')} {say('kg')}"
    tonnes = significant(kg / _KG_PER_T)
    text = f"{tonnes:.1f}" if tonnes < 10 else f"{tonnes:.0f}"
    return f"{number_text(text)} {say('t')}"


def signed(value: float, digits: int) -> str:
    """Write a difference with its sign, a true minus; what rounds to nothing is 0."""
    text = f"{abs(value):,.{digits}f}".replace(",", " ")
    if not float(text.replace(" ", "")):
        return "0"
    return f"{MINUS if value < 0 else '+'}{number_text(text)}"


def signed_days(hours: float) -> str:
    """Write a difference of hours in days: `+2.5`."""
    return signed(hours / HOURS_PER_DAY, 1)


def signed_money(amount: float) -> str:
    """Write a difference of money in three significant digits: `+1 080`."""
    return signed(significant(amount, 3), 0)


def signed_tonnes(kg: float) -> str:
    """Write a difference of kilograms in tonnes: `-0.4`."""
    return signed(kg / _KG_PER_T, 1)
