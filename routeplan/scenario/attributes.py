"""What a change can change: columns of edges.csv, and names for what is spread over several."""

from __future__ import annotations

import math
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from routeplan.network.adjustment import Op
from routeplan.network.column import Column, columns_of
from routeplan.network.records import Edge
from routeplan.network.vocabulary import Metric

SPREADS = {"time_h": Metric.TIME, "wait_h": Metric.WAIT}
"""Medians that take their 10th and 90th percentile with them."""

GATHERED = {
    "cost": Metric.COST,
    "co2e": Metric.CO2E,
    "capacity": Metric.CAPACITY,
}
"""Names for what no single column holds.

cost is every price of the edge, its own and the rate card's; = += -= are in USD of the price year
per 40' container or truck. co2e is its emissions; = += -= are in kg per tonne of cargo. capacity is
both capacity columns, to be multiplied or divided.
"""

_CHANGEABLE: dict[str, Metric | None] = {
    "distance_km": Metric.DISTANCE,
    "time_h_p10": Metric.TIME,
    "time_h": Metric.TIME,
    "time_h_p90": Metric.TIME,
    "wait_h_p10": Metric.WAIT,
    "wait_h": Metric.WAIT,
    "wait_h_p90": Metric.WAIT,
    "per_week": Metric.FREQUENCY,
    "cost_usd_per_teu": Metric.COST,
    "cost_usd_per_feu": Metric.COST,
    "cost_usd_per_truck": Metric.COST,
    "cost_usd_per_t": Metric.COST,
    "cost_usd_per_kg": Metric.COST,
    "price_year": Metric.COST,
    "capacity_teu_yr": Metric.CAPACITY,
    "capacity_t_yr": Metric.CAPACITY,
    "max_lot_t": Metric.CAPACITY,
    "traction": Metric.CO2E,
    "forbids": None,
    "passages": None,
    "corridor": None,
    "operator": None,
    "status": None,
    "open_from": None,
    "open_to": None,
    "season_id": None,
    "cause": None,
}
"""Columns a change may name -> the quantity they back. Ends, mode and kind make another edge."""

_ASKED = {
    "price": "cost",
    "tariff": "cost",
    "time": "time_h",
    "hours": "time_h",
    "wait": "wait_h",
    "frequency": "per_week",
    "departures": "per_week",
    "sailings": "per_week",
    "distance": "distance_km",
    "km": "distance_km",
    "co2": "co2e",
    "emissions": "co2e",
    "season": "season_id",
    "max_lot": "max_lot_t",
}
"""What users may write for a name; suggested, never taken."""

_MAX_FACTOR = 1e6
_MAX_AMOUNT = 1e9


class ValueRefusedError(ValueError):
    """An attribute or a value that cannot be used; its text is reason and remedy."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason}. {remedy}".rstrip())
        self.reason, self.remedy = reason, remedy


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something of an edge that a change can name.

    Parameters
    ----------
    name
        As written in a change.
    metric
        The quantity it backs, or None.
    column
        Its column; None for those of GATHERED.
    """

    name: str
    metric: Metric | None
    column: Column | None

    @property
    def is_number(self) -> bool:
        """Whether it can be multiplied and added to."""
        return self.column is None or self.column.base is float

    def read(self, op: Op, text: str) -> tuple[Op, Any]:
        """Read the value of an operation; a percentage or a negative sum becomes a plain one.

        Raises
        ------
        ValueRefusedError
            If the operation does not fit the attribute, or the value the operation.
        """
        if not text:
            raise ValueRefusedError("a value is missing", f"Write {self.name}{op}VALUE.")
        if not self.is_number and op is not Op.SET:
            raise ValueRefusedError(f"{self.name} can only be set", f"Write {self.name}=VALUE.")
        if op is not Op.SET:
            return _relative(op, text)
        if self.column is None:
            return op, self._amount(text)
        try:
            return op, self.column.parse(text)
        except ValueError as error:
            raise ValueRefusedError(
                f'{self.name}: "{text[:40]}"', f"{_sentence(str(error))}."
            ) from None

    def _amount(self, text: str) -> float:
        if self.name == "capacity":
            raise ValueRefusedError(
                "capacity can only be multiplied or divided",
                "Set capacity_teu_yr or capacity_t_yr.",
            )
        value = _number(text)
        if not 0 <= value <= _MAX_AMOUNT:
            raise ValueRefusedError(
                f"{self.name} cannot be {text[:40]}", "Give a number of 0 or more."
            )
        return value


@cache
def attributes() -> dict[str, Attribute]:
    """Return every attribute by name."""
    columns = {column.name: column for column in columns_of(Edge)}
    found = {name: Attribute(name, m, columns[name]) for name, m in _CHANGEABLE.items()}
    return found | {name: Attribute(name, m, None) for name, m in GATHERED.items()}


def get_attribute(name: str) -> Attribute:
    """Return an attribute.

    Raises
    ------
    ValueRefusedError
        If there is none of this name; a near one is suggested.
    """
    found = attributes().get(name)
    if found is not None:
        return found
    near = _ASKED.get(name.lower())
    close = [near] if near else get_close_matches(name.lower()[:80], list(attributes()), 1)
    if close:
        remedy = f"Did you mean {close[0]}?"
    elif any(column.name == name for column in columns_of(Edge)):
        remedy = "This column makes another edge; it cannot be changed."
    else:
        remedy = "Attributes are cost, co2e, capacity and columns of edges.csv such as time_h."
    raise ValueRefusedError(f'unknown attribute "{name[:40]}"', remedy)


def _relative(op: Op, text: str) -> tuple[Op, float]:
    percent = text.endswith("%")
    value = _number(text.removesuffix("%").rstrip())
    if percent:
        op, value = _percent(op, value)
    elif op in (Op.ADD, Op.SUBTRACT) and value < 0:
        op, value = Op.SUBTRACT if op is Op.ADD else Op.ADD, -value
    if op in (Op.TIMES, Op.OVER):
        if value < 0 or (op is Op.OVER and value == 0):
            least = "above 0" if op is Op.OVER else "of 0 or more"
            raise ValueRefusedError(f'{op} "{text[:40]}" makes no sense', f"Give a factor {least}.")
        if value > _MAX_FACTOR or (op is Op.OVER and value < 1 / _MAX_FACTOR):
            raise ValueRefusedError(
                f'the factor "{text[:40]}" is out of range', "Look for a lost point."
            )
    elif value > _MAX_AMOUNT:
        raise ValueRefusedError(f'"{text[:40]}" is out of range', "Look for a lost point.")
    return op, value


def _percent(op: Op, value: float) -> tuple[Op, float]:
    """Read `+=20%` as a factor of 1.2."""
    if op is Op.OVER:
        raise ValueRefusedError("/= takes no percentage", "Write a factor, such as /=2.")
    change = {Op.ADD: 100 + value, Op.SUBTRACT: 100 - value}.get(op, value)
    if change < 0:
        raise ValueRefusedError(f"{value:g}% is more than the whole", "Take off 100% at most.")
    return Op.TIMES, change / 100


def _number(text: str) -> float:
    plain = text.isascii() and "_" not in text
    try:
        value = float(text if plain else "")
    except ValueError:
        hint = "Write a decimal point, not a comma." if "," in text else "Give a number."
        raise ValueRefusedError(f'"{text[:40]}" is not a number', hint) from None
    if not math.isfinite(value):
        raise ValueRefusedError(f'"{text[:40]}" is not a finite number', "Give a number.")
    return value


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
