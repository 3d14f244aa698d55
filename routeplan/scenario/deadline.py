"""When the load must be there: `25d`, `600h`, or a day where the day of departure is given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from routeplan.errors import RequestError
from routeplan.scenario.request import read_day
from routeplan.units import HOURS_PER_DAY

if TYPE_CHECKING:
    from datetime import date

MAX_DEADLINE_H = 10_000 * HOURS_PER_DAY
MIN_DRAWS, MAX_DRAWS = 100, 1_000_000

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(d|h)\Z", re.IGNORECASE)
_HOURS = {"d": HOURS_PER_DAY, "h": 1.0}


def read_deadline(text: str, depart: date | None = None) -> float:
    """Read a deadline in hours after departure.

    Parameters
    ----------
    text
        A duration such as `25d` or `600h`, or a day such as 2026-12-24.
    depart
        Day of departure. From it to another day are as many times 24 hours as days lie between
        the two: the load has until the hour of the day at which it left.

    Raises
    ------
    RequestError
        If it is neither, a day without a day of departure, or not after the departure.
    """
    text = text.strip()
    found = _DURATION.match(text)
    if found:
        hours = float(found[1]) * _HOURS[found[2].lower()]
        if not 0 < hours <= MAX_DEADLINE_H:
            raise RequestError(
                f'--deadline "{text[:40]}" is out of range. Give more than 0h, at most '
                f"{MAX_DEADLINE_H / HOURS_PER_DAY:.0f}d."
            )
        return hours
    return _hours_until(text, depart)


def check_draws(draws: int) -> int:
    """Return the number of draws if it makes sense.

    Raises
    ------
    RequestError
        If percentiles of so few would mean nothing, or so many would fill the memory.
    """
    if not MIN_DRAWS <= draws <= MAX_DRAWS:
        raise RequestError(
            f"--draws {draws} is out of range. Ask for {MIN_DRAWS} to {MAX_DRAWS} draws."
        )
    return draws


def _hours_until(text: str, depart: date | None) -> float:
    try:
        day = read_day(text)
    except RequestError:
        raise RequestError(
            f'cannot read the deadline "{text[:40]}". Write it as 25d, 600h, or a day such as '
            "2026-12-24 beside --depart."
        ) from None
    if depart is None:
        raise RequestError(
            f"--deadline {day.isoformat()} needs --depart DATE, the day it is counted from; "
            "or write how long it may take, such as 25d."
        )
    hours = (day - depart).days * HOURS_PER_DAY
    if hours <= 0:
        raise RequestError(
            f"--deadline {day.isoformat()} is not after the departure, {depart.isoformat()}. "
            "Name a later day."
        )
    return hours
