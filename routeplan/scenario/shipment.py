"""The cargo of a question: what it is, how much, and in what it is carried."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from routeplan.errors import RequestError
from routeplan.network.vocabulary import Mode, Unit, Vehicle
from routeplan.units import HOURS_PER_YEAR

if TYPE_CHECKING:
    from routeplan.network.model import Network
    from routeplan.network.records import Cargo, Edge

_UNITS = re.compile(r"(\d+)\s*x\s*(teu|feu|truck)s?\Z", re.IGNORECASE)
_MASS = re.compile(r"(\d+(?:\.\d+)?)\s*(t|kg)\Z", re.IGNORECASE)
_FORMS = "1xFEU, 2xTEU, 1xtruck, 20t or 500kg"
_MAX_MASS_T = 1e6

_TRUCK_OVERLOAD = 1.25
"""Containers on a truck may weigh this much more than loose cargo: combined transport's 44 t."""

_TEU = {Unit.TEU: 1, Unit.FEU: 2, Unit.TRUCK: 2}

PAYLOAD_T = {Unit.TEU: 10.0, Unit.FEU: 20.0, Unit.TRUCK: 20.0}
"""Tonnes in a unit where a cargo type says nothing: 10 t per TEU, the GLEC framework's default."""
DEFAULT_LOAD = "1xFEU"
DEFAULT_CARGO = "general"


@dataclass(frozen=True, slots=True)
class Shipment:
    """What is to be carried.

    Parameters
    ----------
    cargo
        Its type.
    quantity, unit
        As asked: 2 TEU, 500 kg.
    mass_t
        Mass of the cargo, containers and vehicles apart.
    value_usd
        Value of the whole, if the user gave one.
    groupage_factor, groupage_min_share
        A consignment smaller than a unit pays its share of the unit's price times the factor,
        at least the minimum share and at most the whole unit.
    groupage_max_t
        Up to this mass a load given by mass travels as groupage.
    air_kg_per_m3
        A cubic metre by air is charged as at least this mass.
    """

    cargo: Cargo
    quantity: float
    unit: Unit
    mass_t: float
    value_usd: float | None = None
    groupage_factor: float = 2.0
    groupage_min_share: float = 0.015
    groupage_max_t: float = 10.0
    air_kg_per_m3: float = 1000 / 6

    @property
    def text(self) -> str:
        """The load as it can be typed: `1xFEU`, `500kg`."""
        number = f"{self.quantity:.6f}".rstrip("0").rstrip(".")
        if self.unit in (Unit.T, Unit.KG):
            return f"{number}{self.unit}"
        name = self.unit if self.unit is Unit.TRUCK else self.unit.upper()
        return f"{number}x{name}"

    @property
    def is_containers(self) -> bool:
        """Whether the load is counted in containers."""
        return self.unit in (Unit.TEU, Unit.FEU)

    @property
    def is_groupage(self) -> bool:
        """Whether the load is a small consignment that shares a truck or container."""
        return self.unit in (Unit.T, Unit.KG) and self.mass_t <= self.groupage_max_t

    def count(self, unit: Unit) -> float:
        """Return how many units of a price the load is; a fraction is a share of a unit."""
        if unit is Unit.T:
            return self.mass_t
        if unit is Unit.KG:
            return self.mass_t * 1000 * self._volume_weight()
        if self.unit in (Unit.T, Unit.KG):
            return self._shares(self.mass_t / payload_t(self.cargo, unit))
        if unit is Unit.TRUCK and self.unit is Unit.TEU:
            return math.ceil(self.quantity / self._teu_per_truck())
        return self.quantity * _TEU[self.unit] / _TEU[unit]

    @property
    def boxes(self) -> float:
        """Boxes or trucks the load is in, each on a plug if cooled; a small lot is its share."""
        if self.unit in (Unit.T, Unit.KG):
            return self.count(Unit.FEU)
        return self.quantity

    @property
    def worth_usd(self) -> float:
        """Value of the whole: as given, else that of its type of cargo."""
        if self.value_usd is not None:
            return self.value_usd
        return (self.cargo.value_usd_per_t or 0.0) * self.mass_t

    @property
    def value_of_time_usd_per_h(self) -> float:
        """What an hour costs the shipper: the cargo's value of time x tonnes.

        Where the user gives a value, it scales with that value over the cargo type's usual one.
        """
        cargo = self.cargo
        per_h = (cargo.vot_usd_per_t_h or 0.0) * self.mass_t
        if self.value_usd is None or not cargo.value_usd_per_t or not self.mass_t:
            return per_h
        return per_h * self.value_usd / (cargo.value_usd_per_t * self.mass_t)

    @property
    def carrying_usd_per_h(self) -> float:
        """What an hour under way costs in capital, risk and ageing: a part of the value of time."""
        return self.worth_usd * (self.cargo.carrying_rate_per_year or 0.0) / HOURS_PER_YEAR

    @property
    def flags(self) -> tuple[str, ...]:
        """What links may refuse or exempt in its cargo: its type's flags, `reefer` if cooled."""
        flags = self.cargo.flags
        return (*flags, "reefer") if self.cargo.reefer and "reefer" not in flags else flags

    def is_too_heavy_for(self, edge: Edge) -> bool:
        """Whether it goes on no single departure of an edge and cannot be split."""
        most = edge.max_lot_t
        return most is not None and self.mass_t > most and edge.per_week is None

    def _teu_per_truck(self) -> int:
        """Two 20' containers share a truck unless they are too heavy for it."""
        limit = _TRUCK_OVERLOAD * payload_t(self.cargo, Unit.TRUCK)
        return 2 if 2 * payload_t(self.cargo, Unit.TEU) <= limit else 1

    def _volume_weight(self) -> float:
        """Return chargeable over actual mass by air: light cargo pays for its volume."""
        density = self.cargo.density_kg_per_m3
        return max(1.0, self.air_kg_per_m3 / density) if density else 1.0

    def _shares(self, units: float) -> float:
        """Whole units, and for the rest a share priced as groupage."""
        whole = math.floor(units + 1e-9)
        rest = units - whole
        if rest < 1e-9:
            return float(whole)
        floor = self.groupage_min_share if whole == 0 else 0.0
        return whole + min(1.0, max(floor, rest * self.groupage_factor))

    def priced_units(self, mode: Mode, vehicle: Vehicle | None) -> tuple[Unit, ...]:
        """List the units a mode's price is looked up for, best first."""
        if mode is Mode.AIR:
            return (Unit.KG, Unit.T)
        if mode is Mode.ROAD or vehicle is Vehicle.TRUCK:
            return (Unit.TRUCK, Unit.FEU, Unit.T)
        if self.is_containers:
            other = Unit.TEU if self.unit is Unit.FEU else Unit.FEU
            return (self.unit, other, Unit.T)
        if self.is_groupage or mode is Mode.SEA or self.unit is Unit.TRUCK:
            return (Unit.FEU, Unit.TEU, Unit.T)
        return (Unit.T, Unit.FEU, Unit.TEU)


def payload_t(cargo: Cargo, unit: Unit) -> float:
    """Return the tonnes of a cargo in one TEU, FEU or truck."""
    own = {
        Unit.TEU: cargo.payload_t_per_teu,
        Unit.FEU: cargo.payload_t_per_feu,
        Unit.TRUCK: cargo.payload_t_per_truck,
    }[unit]
    return own or PAYLOAD_T[unit]


def read_shipment(
    network: Network,
    load: str = DEFAULT_LOAD,
    cargo: str = DEFAULT_CARGO,
    value: float | None = None,
) -> Shipment:
    """Read a shipment as users write it.

    Parameters
    ----------
    network
        Holds the cargo types and the groupage parameters.
    load
        `1xFEU`, `2xTEU`, `1xtruck`, `20t` or `500kg`.
    cargo
        A cargo_id of cargo.csv.
    value
        Value of the whole in USD.

    Raises
    ------
    RequestError
        If the load or the cargo cannot be understood, or a number is out of range.
    """
    kind = network.cargoes.get(cargo)
    if kind is None:
        close = get_close_matches(cargo, list(network.cargoes), 1)
        hint = f"Did you mean {close[0]}? " if close else ""
        raise RequestError(
            f'unknown cargo "{cargo}". {hint}Known are {", ".join(network.cargoes)}.'
        )
    if value is not None and not 0 <= value < math.inf:
        raise RequestError(f"a value of {value:g} USD makes no sense. Give a number of 0 or more.")
    quantity, unit = _read_load(load)
    if unit in (Unit.T, Unit.KG):
        mass_t = quantity / (1000 if unit is Unit.KG else 1)
    else:
        mass_t = quantity * payload_t(kind, unit)
    if mass_t > _MAX_MASS_T:
        raise RequestError(
            f'a load of "{load[:40]}" is over a million tonnes. Write it as {_FORMS}.'
        )
    return Shipment(
        cargo=kind,
        quantity=quantity,
        unit=unit,
        mass_t=mass_t,
        value_usd=value,
        groupage_factor=network.parameter("groupage_factor", 2.0),
        groupage_min_share=network.parameter("groupage_min_share", 0.015),
        groupage_max_t=network.parameter("groupage_max_t", 10.0),
        air_kg_per_m3=network.parameter("air_chargeable_kg_per_m3", 1000 / 6),
    )


def _read_load(load: str) -> tuple[float, Unit]:
    text = load.strip()
    found = _UNITS.match(text) or _MASS.match(text)
    if found is None or float(found[1]) <= 0:
        raise RequestError(f'cannot read the load "{load[:40]}". Write it as {_FORMS}.')
    return float(found[1]), Unit(found[2].lower())
