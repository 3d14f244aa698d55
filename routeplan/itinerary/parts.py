"""The generalised cost of a way by its parts, which add up to it to the cent.

    generalised cost = freight + handling + borders + power + time + CO2e

freight is what moves, handling what hubs and changes of gauge do, borders what they charge, each
with the trucks that stand there; power is that of a cooled load while it stands. time is the value
of time x average hours, and CO2e the price of CO2 x emissions. The cost of the capital, risk and
ageing of the goods (inventory carrying cost) is a part of the value of time: who gives up money for
an earlier arrival counts it too, so it is shown within the time and never added to it. What an
uncertain time costs stands beside the sum: a standard deviation of a way is no sum over its legs,
so no search can minimise it exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from routeplan.graph.costing import POWER_BASIS
from routeplan.graph.weights import NANOUSD_PER_CENT, weights_of
from routeplan.network.vocabulary import EdgeKind, Metric
from routeplan.units import MINUTES_PER_HOUR, cents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.graph.model import Arc
    from routeplan.network.model import Network
    from routeplan.scenario.shipment import Shipment

_HANDLING = (EdgeKind.TRANSSHIP, EdgeKind.GAUGE_CHANGE)


class CostParts(NamedTuple):
    """Whole cents; all but `carrying` add up to the generalised cost, which `carrying` is within.

    Parameters
    ----------
    freight, handling, border, power
        Money paid; together the cost of the way.
    time
        Value of time x average hours.
    co2
        Price of CO2 x emissions, well-to-wheel.
    carrying
        The part of `time` that is the cost of capital, risk and ageing of the goods.
    """

    freight: int = 0
    handling: int = 0
    border: int = 0
    power: int = 0
    time: int = 0
    co2: int = 0
    carrying: int = 0

    @property
    def generalised(self) -> int:
        """The generalised cost, in cents."""
        return sum(self[:-1])


def cost_parts(network: Network, shipment: Shipment, path: Sequence[Arc]) -> CostParts:
    """Divide the generalised cost of a path among its parts.

    Parameters
    ----------
    network
        Holds the price of CO2e.
    shipment
        What is carried.
    path
        Arcs in order, priced for the shipment.

    Returns
    -------
    CostParts
        The sums over the arcs; the last fraction of a cent goes to CO2e, so that they add up to the
        generalised cost as it is shown.
    """
    paid = {"freight": 0, "handling": 0, "border": 0, "power": 0}
    for arc in path:
        power = min(_power_cents(arc), arc.vector.cost_cents)
        paid["power"] += power
        paid[_part(arc)] += arc.vector.cost_cents - power
    minutes = sum(arc.vector.time_min for arc in path)
    nanousd = sum(arc.vector.generalised_nanousd for arc in path)
    per_min = weights_of(network, shipment).nanousd_per_min
    time = round(minutes * per_min / NANOUSD_PER_CENT)
    whole = round(nanousd / NANOUSD_PER_CENT)
    carrying = cents(minutes / MINUTES_PER_HOUR * shipment.carrying_usd_per_h)
    return CostParts(
        **paid,
        time=time,
        co2=whole - sum(paid.values()) - time,
        carrying=min(carrying, time),
    )


def _part(arc: Arc) -> str:
    if arc.edge.kind in _HANDLING:
        return "handling"
    return "border" if arc.edge.kind is EdgeKind.BORDER else "freight"


def _power_cents(arc: Arc) -> int:
    parts = [part for part in arc.costs.parts if part.metric is Metric.COST]
    return cents(sum(part.amount for part in parts if part.basis.place.startswith(POWER_BASIS)))
