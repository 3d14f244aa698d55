"""What weighs time and CO2e against money: the value of time, and the price of CO2e."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from routeplan.units import MINUTES_PER_HOUR

if TYPE_CHECKING:
    from routeplan.network.model import Network
    from routeplan.scenario.shipment import Shipment

NANOUSD_PER_CENT = 10_000_000


class Prices(NamedTuple):
    """What weighs time and CO2e against money, in billionths of a dollar.

    Whole numbers make the generalised cost of a way an exact sum of its time, cost and CO2e, so
    that the best way overall is on the front of the three.
    """

    nanousd_per_min: int
    nanousd_per_g: int

    def generalised(self, time_min: int, cost_cents: int, co2e_g: int) -> int:
        """Return cost + value of time x time + CO2 price x CO2e, in billionths of a dollar."""
        return (
            cost_cents * NANOUSD_PER_CENT
            + time_min * self.nanousd_per_min
            + co2e_g * self.nanousd_per_g
        )


def weights_of(network: Network, shipment: Shipment) -> Prices:
    """Return what weighs a minute and a gram of CO2e against money for a shipment."""
    return Prices(
        round(shipment.value_of_time_usd_per_h / MINUTES_PER_HOUR * 1e9),
        round(network.parameter("co2_price_usd_per_t", 0.0) * 1e3),
    )
