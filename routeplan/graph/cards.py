"""Looks up the cards: of the rows that fit a case, the most specific one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from routeplan.network.vocabulary import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from routeplan.network.model import Network
    from routeplan.network.records import DefaultTime, EmissionFactor, Rate
    from routeplan.network.vocabulary import EdgeKind, Mode, Traction, Vehicle


class Case(NamedTuple):
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
        self._factors = _grouped(network.emissions)
        self._rates = {
            unit: _grouped(row for row in network.rates if row.unit is unit) for unit in Unit
        }
        self._fitting_times: dict[Case, list[DefaultTime]] = {}
        self._fitting_rates: dict[tuple[Case, Unit], list[Rate]] = {}
        self._fitting_factors: dict[tuple[Case, Traction | None], list[EmissionFactor]] = {}

    def find_time(self, case: Case) -> DefaultTime | None:
        """Find the default time and wait of a case."""
        rows = self._fitting_times.get(case)
        if rows is None:
            rows = self._fitting_times[case] = _fitting(self._times, case)
        return rows[0] if rows else None

    def find_rate(self, case: Case, unit: Unit) -> Rate | None:
        """Find the rate of a case for one unit."""
        rows = self._fitting_rates.get((case, unit))
        if rows is None:
            rows = self._fitting_rates[case, unit] = _fitting(self._rates[unit], case)
        return rows[0] if rows else None

    def find_factor(
        self, case: Case, distance_km: float, traction: Traction | None
    ) -> EmissionFactor | None:
        """Find the emission factor of a case over a distance."""
        rows = self._fitting_factors.get((case, traction))
        if rows is None:
            rows = [
                row for row in _fitting(self._factors, case) if row.traction in (None, traction)
            ]
            self._fitting_factors[case, traction] = rows
        for row in rows:
            if (row.from_km or 0) <= distance_km and (row.to_km is None or distance_km < row.to_km):
                return row
        return None


_Key = tuple["EdgeKind | None", "Mode | None", "Mode | None"]


def _grouped(rows: Iterable[Row]) -> dict[_Key, list[Row]]:
    groups: dict[_Key, list[Row]] = {}
    for row in rows:
        groups.setdefault((row.kind, row.mode, row.to_mode), []).append(row)
    return groups


def _fitting(groups: dict[_Key, list[Row]], case: Case) -> list[Row]:
    """List the rows that fit a case, the most specific first; turned round if none fits."""
    for asked in (case, case.turned()):
        rows = [
            row
            for row in groups.get((asked.kind, asked.mode, asked.to_mode), ())
            if row.vehicle in (None, asked.vehicle) and row.country in ("", asked.country)
        ]
        if rows:
            return sorted(rows, key=_specificity, reverse=True)
    return []


def _specificity(row: CardRow) -> tuple[bool, bool, bool]:
    traction = getattr(row, "traction", None)
    return (bool(row.country), traction is not None, row.vehicle is not None)
