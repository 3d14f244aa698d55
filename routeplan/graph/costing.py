"""What an edge means for a shipment: time, wait, cost and CO2e, each with its evidence.

Time and wait are the row's own percentiles, else the time card's; cost is the row's own price,
else the rate card's, brought to one price year by the index. A truck that queues at a border, or
waits for a ferry and rides it, costs its standing charge, which no rate per km holds. A cooled box
costs its power while it stands; under way, on board too, power is in the reefer price. Emissions
follow ISO 14083: tonnes x km x distance factor x intensity x (1 + reefer uplift), hubs per tonne.
"""

from __future__ import annotations

import math
from copy import copy
from typing import TYPE_CHECKING, NamedTuple

from routeplan.graph.basis import Basis, Part, scenario_bases
from routeplan.graph.cards import Cards, Case
from routeplan.graph.seasons import seasons_on
from routeplan.graph.weights import weights_of
from routeplan.network.adjustment import UNCHANGED
from routeplan.network.spread import ZERO, Spread
from routeplan.network.vocabulary import EdgeKind, Metric, Mode, Unit, Vehicle
from routeplan.units import HOURS_PER_DAY, HOURS_PER_WEEK, cents, grams, minutes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from routeplan.network.adjustment import Adjustment
    from routeplan.network.model import Network
    from routeplan.network.records import DefaultTime, Edge
    from routeplan.scenario.shipment import Shipment

_INTERNATIONAL = (Mode.SEA, Mode.FERRY, Mode.BARGE, Mode.AIR)
_CONSOLIDATED = (Mode.RAIL, Mode.SEA, Mode.BARGE)
_STANDING = (EdgeKind.TRANSSHIP, EdgeKind.BORDER, EdgeKind.GAUGE_CHANGE)
POWER_BASIS = "cargo.csv:"
"""How the basis of the part of a cost begins that is power of a cooled load."""

_ROUNDING = 1e-9
"""What a quotient may exceed a whole number by without meaning more: 2.1 / 0.7 does."""


class CostVector(NamedTuple):
    """What the search adds up, in whole numbers."""

    time_min: int
    cost_cents: int
    co2e_g: int
    p90_min: int
    generalised_nanousd: int


class ArcCosts(NamedTuple):
    """All an edge means for a shipment.

    Parameters
    ----------
    distance_km
        Length of the way.
    time_h, wait_h
        Percentiles of the movement or process, and of the wait before it.
    cost_usd
        In dollars of the network's price year.
    co2e_kg, co2e_ttw_kg
        Well-to-wheel, and the part from tank to wheel.
    lots
        Departures the shipment is spread over; above 1 only where a departure takes no more.
    bases
        The row behind each metric; a metric that is zero by nature has none.
    parts
        What other rows add, where a number is not of one row alone.
    """

    distance_km: float
    time_h: Spread
    wait_h: Spread
    cost_usd: float
    co2e_kg: float
    co2e_ttw_kg: float
    lots: int
    bases: dict[Metric, Basis]
    parts: tuple[Part, ...]


class Costing:
    """Costs the edges of a network for one shipment and day.

    Parameters
    ----------
    network
        Facts and cards.
    shipment
        What is carried.
    depart
        Day whose season holds; None takes the yearly values.
    """

    def __init__(self, network: Network, shipment: Shipment, depart: date | None = None) -> None:
        self._network = network
        self.shipment = shipment
        self._cards = Cards(network)
        self._adjustments = network.adjustments
        self._seasons = {season.season_id: season for season in seasons_on(network, depart)}
        special = [name for name, holds in _surcharged(shipment).items() if holds]
        self._surcharge = {
            what: math.prod(network.parameter(f"{s}_cost_factor_{what}", 1.0) for s in special)
            for what in (*Mode, EdgeKind.TRANSSHIP, EdgeKind.BORDER)
        }
        self._groupage_wait = Spread(
            network.parameter("groupage_wait_h_p10", 24.0),
            network.parameter("groupage_wait_h_p50", 84.0),
            network.parameter("groupage_wait_h_p90", 168.0),
        )
        self._truck_usd_per_h = network.parameter("truck_waiting_usd_per_day", 0.0) / HOURS_PER_DAY
        self._power_usd_per_h = shipment.boxes * (shipment.cargo.plug_usd_per_h or 0.0)
        self.prices = weights_of(network, shipment)

    def adjusted(self, adjustments: Mapping[str, Adjustment]) -> Costing:
        """Return a costing with the same cards and other adjustments, by edge id.

        Together with the edges of `Editor.edit` it prices what a scenario changed, and only that.
        """
        other = copy(self)
        other._adjustments = adjustments
        return other

    def lots(self, edge: Edge) -> int | None:
        """Return how many departures a shipment needs on an edge; None if it cannot be split."""
        if edge.max_lot_t is None or self.shipment.mass_t <= edge.max_lot_t:
            return 1
        if edge.per_week is None:
            return None
        return math.ceil(self.shipment.mass_t / edge.max_lot_t - _ROUNDING)

    def cost(self, edge: Edge, *, backward: bool = False) -> ArcCosts:
        """Cost one edge.

        Parameters
        ----------
        edge
            A usable edge: `lots` is not None for it.
        backward
            Walk it from its end to its start.
        """
        return self._cost(edge, self._case(edge, backward=backward))

    def vectors(self, edge: Edge) -> tuple[CostVector, ...]:
        """Price one edge from its start and, where it can be walked so, from its end."""
        there = self._case(edge, backward=False)
        vector = self._vector(self._cost(edge, there))
        if edge.directed:
            return (vector,)
        back = self._case(edge, backward=True)
        return vector, vector if back == there else self._vector(self._cost(edge, back))

    def _vector(self, costs: ArcCosts) -> CostVector:
        """Round what an arc costs to what the search adds up."""
        time_min = minutes(costs.time_h.mean + costs.wait_h.mean)
        cost_cents, co2e_g = cents(costs.cost_usd), grams(costs.co2e_kg)
        return CostVector(
            time_min,
            cost_cents,
            co2e_g,
            minutes(costs.time_h.p90 + costs.wait_h.p90),
            self.prices.generalised(time_min, cost_cents, co2e_g),
        )

    def _cost(self, edge: Edge, case: Case) -> ArcCosts:
        bases: dict[Metric, Basis] = {}
        if edge.distance_km:
            bases[Metric.DISTANCE] = Basis(edge, "edges.csv", Metric.DISTANCE)
        time_h = self._time(edge, case, bases)
        lots = self.lots(edge) or 1
        parts: list[Part] = []
        wait_h = self._wait(edge, case, bases, parts, lots)
        cost_usd = self._adjusted_price(edge, case, self._price(edge, case, bases))
        mean_h = time_h.mean + wait_h.mean
        if _truck_stands(case):
            standing = self.shipment.count(Unit.TRUCK) * self._truck_usd_per_h * mean_h
            cost_usd += standing
            parts += self._parameter_part(Metric.COST, standing, "truck_waiting_usd_per_day")
        if self._power_usd_per_h:
            power = self._power_usd_per_h * _standing_h(case, time_h, wait_h)
            cost_usd += power
            parts += self._power_part(power)
        co2e_kg, co2e_ttw_kg = self._emissions(edge, case, bases)
        bases |= scenario_bases(self._adjustments.get(edge.edge_id, UNCHANGED), bases)
        return ArcCosts(
            distance_km=edge.distance_km or 0.0,
            time_h=time_h,
            wait_h=wait_h,
            cost_usd=cost_usd,
            co2e_kg=co2e_kg,
            co2e_ttw_kg=co2e_ttw_kg,
            lots=lots,
            bases=bases,
            parts=tuple(parts),
        )

    def _case(self, edge: Edge, *, backward: bool) -> Case:
        assert edge.kind is not None  # noqa: S101 - a network's edges are complete
        assert edge.mode is not None  # noqa: S101
        start = edge.to_node if backward else edge.from_node
        abroad = edge.kind is EdgeKind.MOVE and edge.mode in _INTERNATIONAL
        country = "" if abroad else self._network.nodes[start].country
        case = Case(edge.kind, edge.mode, edge.to_mode, edge.vehicle, country)
        return case.turned() if backward else case

    def _time(self, edge: Edge, case: Case, bases: dict[Metric, Basis]) -> Spread:
        season = self._seasons.get(edge.season_id)
        factor = (season.time_factor or 1.0) if season else 1.0
        if edge.time is not None:
            bases[Metric.TIME] = Basis(edge, "edges.csv", Metric.TIME)
            return edge.time.scaled(factor)
        adjustment = self._adjustments.get(edge.edge_id, UNCHANGED)
        row = self._cards.find_time(case)
        if row is None:
            return adjustment.spread(Metric.TIME, ZERO)
        bases[Metric.TIME] = Basis(row, f"times.csv:{row.time_id}", Metric.TIME)
        usual = card_time(row, edge.distance_km or 0.0)
        return adjustment.spread(Metric.TIME, usual).scaled(factor)

    def _wait(
        self,
        edge: Edge,
        case: Case,
        bases: dict[Metric, Basis],
        parts: list[Part],
        lots: int,
    ) -> Spread:
        wait = self._usual_wait(edge, case, bases)
        if edge.wait is None:
            adjustment = self._adjustments.get(edge.edge_id, UNCHANGED)
            wait = adjustment.spread(Metric.WAIT, wait)
        season = self._seasons.get(edge.season_id)
        if season:
            usual = wait.mean
            wait = _sum(wait.scaled(season.wait_factor or 1.0), season.wait_add or ZERO)
            basis = Basis(season, f"seasons.csv:{season.season_id}", Metric.WAIT)
            parts.append(Part(Metric.WAIT, wait.mean - usual, basis))
        onto_shared = case.mode is Mode.ROAD and case.to_mode in _CONSOLIDATED
        if onto_shared and self.shipment.is_groupage:
            wait = _sum(wait, self._groupage_wait)
            added = self._groupage_wait.mean
            parts += self._parameter_part(Metric.WAIT, added, "groupage_wait_h_p50")
        if lots > 1 and edge.per_week:
            following = (lots - 1) * HOURS_PER_WEEK / edge.per_week
            wait = wait.shifted(following)
            basis = Basis(edge, "edges.csv:per_week", Metric.FREQUENCY)
            parts.append(Part(Metric.WAIT, following, basis))
        return wait

    def _parameter_part(self, metric: Metric, amount: float, parameter_id: str) -> list[Part]:
        row = self._network.parameters.get(parameter_id)
        if row is None or not amount:
            return []
        return [Part(metric, amount, Basis(row, f"parameters.csv:{parameter_id}", metric))]

    def _power_part(self, usd: float) -> list[Part]:
        cargo = self.shipment.cargo
        place = f"{POWER_BASIS}{cargo.cargo_id}"
        return [Part(Metric.COST, usd, Basis(cargo, place, Metric.COST))] if usd else []

    def _usual_wait(self, edge: Edge, case: Case, bases: dict[Metric, Basis]) -> Spread:
        if edge.wait is not None:
            bases[Metric.WAIT] = Basis(edge, "edges.csv", Metric.WAIT)
            return edge.wait
        if edge.per_week and edge.kind is EdgeKind.MOVE and case.mode in _INTERNATIONAL:
            bases[Metric.WAIT] = Basis(edge, "edges.csv:per_week", Metric.FREQUENCY)
            headway = HOURS_PER_WEEK / edge.per_week
            return Spread(0.1 * headway, 0.5 * headway, 0.9 * headway)
        row = self._cards.find_time(case)
        if row is None or row.wait is None or edge.time is not None:
            return ZERO
        bases[Metric.WAIT] = Basis(row, f"times.csv:{row.time_id}", Metric.WAIT)
        return row.wait

    def _price(self, edge: Edge, case: Case, bases: dict[Metric, Basis]) -> float:
        units = self.shipment.priced_units(*_priced_as(case))
        for unit in units:
            own = edge.price_usd(unit)
            if own is not None:
                bases[Metric.COST] = Basis(edge, "edges.csv", Metric.COST)
                return self._charged(own, unit, edge.price_year, case)
        for unit in units:
            rate = self._cards.find_rate(case, unit)
            if rate is not None:
                bases[Metric.COST] = Basis(rate, f"rates.csv:{rate.rate_id}", Metric.COST)
                price = (rate.usd_fixed or 0.0) + (rate.usd_per_km or 0.0) * (edge.distance_km or 0)
                return self._charged(price, unit, rate.price_year, case)
        return 0.0

    def _adjusted_price(self, edge: Edge, case: Case, price: float) -> float:
        adjustment = self._adjustments.get(edge.edge_id)
        if adjustment is None:
            return price
        by_truck = Unit.TRUCK in self.shipment.priced_units(*_priced_as(case))
        boxes = self.shipment.count(Unit.TRUCK if by_truck else Unit.FEU)
        return adjustment.number(Metric.COST, price, boxes)

    def _charged(self, price: float, unit: Unit, year: int | None, case: Case) -> float:
        inflation = self._network.inflation(year)
        surcharge = self._surcharge.get(case.kind) or self._surcharge[case.mode]
        return price * self.shipment.count(unit) * inflation * surcharge

    def _emissions(self, edge: Edge, case: Case, bases: dict[Metric, Basis]) -> tuple[float, float]:
        """Return kilograms of CO2e, well-to-wheel and tank-to-wheel."""
        row = self._cards.find_factor(case, edge.distance_km or 0.0, edge.traction)
        if row is None:
            return 0.0, 0.0
        bases[Metric.CO2E] = Basis(row, f"emissions.csv:{row.factor_id}", Metric.CO2E)
        km = (edge.distance_km or 0.0) * (row.distance_factor or 1.0) + (row.distance_add_km or 0.0)
        reefer = 1 + (row.reefer_uplift or 0.0) * self.shipment.cargo.reefer
        wtw = (row.gco2e_per_tkm_wtw or 0.0) * km / 1000 + (row.kgco2e_per_t_wtw or 0.0)
        ttw = (row.gco2e_per_tkm_ttw or 0.0) * km / 1000 + (row.kgco2e_per_t_ttw or 0.0)
        adjusted = self._adjustments.get(edge.edge_id, UNCHANGED).number(Metric.CO2E, wtw)
        carried = self.shipment.mass_t * reefer
        return carried * adjusted, carried * (ttw * adjusted / wtw if wtw else ttw)


def _surcharged(shipment: Shipment) -> dict[str, bool]:
    """Say which surcharges a shipment pays: `name_cost_factor_mode` of parameters.csv."""
    cargo = shipment.cargo
    return {"reefer": cargo.reefer, "dangerous": "dangerous" in cargo.flags}


def _standing_h(case: Case, time_h: Spread, wait_h: Spread) -> float:
    """Return the average hours a load stands: its wait, and the time of a hub or border."""
    return wait_h.mean + (time_h.mean if case.kind in _STANDING else 0.0)


def _truck_stands(case: Case) -> bool:
    """Whether a truck and its driver stand or ride, paid by the day."""
    at_border = case.kind is EdgeKind.BORDER and case.mode is Mode.ROAD
    return at_border or case.vehicle is Vehicle.TRUCK


def _priced_as(case: Case) -> tuple[Mode, Vehicle | None]:
    """Choose the mode whose units price a case: a hub is priced as its rail, water or air side."""
    if case.vehicle is not None or case.to_mode is None:
        return case.mode, case.vehicle
    if Mode.AIR in (case.mode, case.to_mode):
        return Mode.AIR, None
    return (case.to_mode if case.mode is Mode.ROAD else case.mode), None


def card_time(row: DefaultTime, distance_km: float) -> Spread:
    """Return what a row of the time card means for a distance."""
    fixed = row.time or ZERO
    if row.km_per_day is None or not distance_km:
        return fixed
    fast, slow = row.km_per_day_fast or row.km_per_day, row.km_per_day_slow or row.km_per_day
    moving = Spread(
        distance_km / fast * HOURS_PER_DAY,
        distance_km / row.km_per_day * HOURS_PER_DAY,
        distance_km / slow * HOURS_PER_DAY,
    )
    return _sum(fixed, moving)


def _sum(a: Spread, b: Spread) -> Spread:
    return Spread(a.p10 + b.p10, a.p50 + b.p50, a.p90 + b.p90)
