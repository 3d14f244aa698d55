"""The import duty each way would pay, and whether it keeps the condition of direct transport.

An estimate beside the answer, never a part of a way's cost. The customs value is the value of the
goods and the freight to where they enter the customs territory for good; goods that only cross a
country go through it in transit and pay nothing there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from routeplan.network.vocabulary import EdgeKind
from routeplan.scenario.duty import quote_duty

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from routeplan.itinerary.model import Itinerary, Leg
    from routeplan.network.model import Network
    from routeplan.network.records import Duty, Node
    from routeplan.scenario.request import RouteRequest

_RELOADED = (EdgeKind.TRANSSHIP, EdgeKind.GAUGE_CHANGE)


class WayDuty(NamedTuple):
    """The duty one way would pay.

    Parameters
    ----------
    freight_usd
        Freight up to the customs territory of import.
    customs_value_usd
        Value of the goods and that freight.
    general_usd, preferential_usd
        Duty without and with preference; None where no rate is known.
    third_countries
        Countries crossed that are no party to the preference, in order.
    reloaded_at
        Places in these countries where the goods are reloaded or change gauge, in order.
    """

    freight_usd: float
    customs_value_usd: float
    general_usd: float | None
    preferential_usd: float | None
    third_countries: tuple[str, ...]
    reloaded_at: tuple[Node, ...]

    @property
    def is_direct(self) -> bool:
        """Whether the way stays within the parties to the preference."""
        return not self.third_countries


class DutyAnswer(NamedTuple):
    """What import duty the ways of a plan would pay.

    Parameters
    ----------
    import_country, origin_country
        Codes; the goods are taken to originate where they are loaded.
    hs
        The code asked for; empty where the type of cargo decides.
    value_usd
        Value of the goods.
    general, preference
        The rows the rates are from; None where the cards know of none.
    ways
        One for each itinerary; empty within one country, where no duty is due.
    """

    import_country: str
    origin_country: str
    hs: str
    value_usd: float
    general: Duty | None
    preference: Duty | None
    ways: tuple[WayDuty, ...]

    @property
    def has_preference(self) -> bool:
        """Whether a preferential rate is known; a row may also say that there is none."""
        row = self.preference
        return row is not None and (row.preferential_rate, row.preferential_usd_per_t) != (
            None,
            None,
        )


def build_duty(
    network: Network, request: RouteRequest, itineraries: Sequence[Itinerary]
) -> DutyAnswer:
    """Work the duty of each way out.

    Parameters
    ----------
    network
        Holds the cards.
    request
        Its shipment and HS code.
    itineraries
        The ways, all between the same two places.
    """
    destination = network.nodes[request.destination].country
    origin = network.nodes[request.origin].country
    shipment, hs = request.shipment, request.hs
    rates = quote_duty(network, destination, origin, shipment, 0.0, hs)
    if rates is None:
        return DutyAnswer(destination, origin, hs, shipment.worth_usd, None, None, ())
    preference = rates.preference
    row = rates.general or preference
    members = {destination, *(row.destinations if row else ())}
    parties = {destination, origin}
    if preference is not None:
        parties |= {*preference.destinations, *preference.origins}
    ways = []
    for itinerary in itineraries:
        freight_usd = _freight_to(itinerary.legs, members)
        quote = quote_duty(network, destination, origin, shipment, freight_usd, hs)
        assert quote is not None  # noqa: S101 - as with no freight
        ways.append(
            WayDuty(
                freight_usd,
                shipment.worth_usd + freight_usd,
                quote.general_usd,
                quote.preferential_usd,
                tuple(code for code in itinerary.countries if code not in parties),
                _reloaded_at(itinerary.legs, parties),
            )
        )
    return DutyAnswer(
        destination, origin, hs, shipment.worth_usd, rates.general, preference, tuple(ways)
    )


def _freight_to(legs: Sequence[Leg], members: Collection[str]) -> float:
    """Add the freight up to where a way enters a customs territory for the last time."""
    outside = [n for n, leg in enumerate(legs, 1) if leg.start.country not in members]
    return sum(leg.cost_usd for leg in legs[: max(outside, default=0)])


def _reloaded_at(legs: Sequence[Leg], parties: Collection[str]) -> tuple[Node, ...]:
    found = {
        leg.start.node_id: leg.start
        for leg in legs
        if leg.kind in _RELOADED and leg.start.country not in parties
    }
    return tuple(found.values())
