"""Looks up the cards: of the rows that fit a case, the most specific one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from routeplan.network.vocabulary import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from routeplan.network.model import Network
    from routeplan.network.records import DefaultTime, EmissionFactor, Rate
    from routeplan.network.vocabulary import EdgeKind, Traction, Unit, Vehicle


@dataclass(frozen=True, slots=True)
class Case:
    """What a card is asked for.

    Parameters
    ----------
    kind, mode, to_mode, vehicle
        Of the edge, in the direction it is walked.
    country
        Where it is, or empty at sea and in the air.
    """

    kind: EdgeKind
    mode: Mode
    to_mode: Mode | None
    vehicle: Vehicle | None
    country: str

    def turned(self) -> Case:
        """Return the same transshipment the other way round."""
        if self.to_mode is None:
            return self
        return Case(self.kind, self.to_mode, self.mode, self.vehicle, self.country)


class CardRow(Protocol):
    """The key columns every card shares."""

    @property
    def kind(self) -> EdgeKind | None:
        """Kind of edge the row is for."""

    @property
    def mode(self) -> Mode | None:
        """Mode the row is for."""

    @property
    def to_mode(self) -> Mode | None:
        """Mode of departure of a transshipment."""

    @property
    def vehicle(self) -> Vehicle | None:
        """What rolls onto a ferry; any if None."""

    @property
    def country(self) -> str:
        """Country; any if empty."""


Row = TypeVar("Row", bound=CardRow)


class Cards:
    """The cards of a network, with remembered look-ups.

    A transshipment that no row names is looked up the other way round.

    Parameters
    ----------
    network
        Holds the cards.
    """

    def __init__(self, network: Network) -> None:
        self._times = _grouped(network.times)
        self._rates = _grouped(network.rates)
        self._factors = _grouped(network.emissions)
        self._time_cache: dict[Case, DefaultTime | None] = {}
        self._rate_cache: dict[tuple[Case, Unit], Rate | None] = {}

    def find_time(self, case: Case) -> DefaultTime | None:
        """Find the default time and wait of a case."""
        if case not in self._time_cache:
            found = _best(self._times, case) or _best(self._times, case.turned())
            self._time_cache[case] = found
        return self._time_cache[case]

    def find_rate(self, case: Case, unit: Unit) -> Rate | None:
        """Find the rate of a case for one unit."""
        key = (case, unit)
        if key not in self._rate_cache:
            candidates = {k: [r for r in rows if r.unit is unit] for k, rows in self._rates.items()}
            self._rate_cache[key] = _best(candidates, case) or _best(candidates, case.turned())
        return self._rate_cache[key]

    def find_factor(
        self, case: Case, distance_km: float, traction: Traction | None
    ) -> EmissionFactor | None:
        """Find the emission factor of a case over a distance."""
        for asked in (case, case.turned()):
            rows = [
                row
                for row in self._factors.get(_key(asked), ())
                if row.traction in (None, traction)
                and (row.from_km or 0) <= distance_km
                and (row.to_km is None or distance_km < row.to_km)
            ]
            if found := _best({_key(asked): rows}, asked):
                return found
        return None


_Key = tuple["EdgeKind | None", "Mode | None", "Mode | None"]


def _key(row: CardRow) -> _Key:
    return (row.kind, row.mode, row.to_mode)


def _grouped(rows: Iterable[Row]) -> dict[_Key, list[Row]]:
    groups: dict[_Key, list[Row]] = {}
    for row in rows:
        groups.setdefault(_key(row), []).append(row)
    return groups


def _best(groups: dict[_Key, list[Row]], case: Case) -> Row | None:
    fitting = [
        row
        for row in groups.get(_key(case), ())
        if row.vehicle in (None, case.vehicle) and row.country in ("", case.country)
    ]
    return max(fitting, key=_specificity, default=None)


def _specificity(row: CardRow) -> tuple[int, int, int]:
    traction = getattr(row, "traction", None)
    return (bool(row.country), traction is not None, row.vehicle is not None)
