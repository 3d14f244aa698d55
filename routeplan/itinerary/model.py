"""The answer as immutable values; rendering reads nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from routeplan.errors import RequestError
from routeplan.language import Language
from routeplan.units import Currency

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from routeplan.itinerary.duty import DutyAnswer
    from routeplan.itinerary.evidence import AddedPart, Evidence
    from routeplan.itinerary.parts import CostParts
    from routeplan.network.records import Edge, Node
    from routeplan.network.spread import Spread
    from routeplan.network.vocabulary import Confidence, EdgeKind, Metric, Mode, Vehicle
    from routeplan.scenario.kept_out import KeptOut
    from routeplan.scenario.request import RouteRequest


class LegTimes(NamedTuple):
    """When a leg is reached, left and passed on average, in the local time of its places.

    A load is ready at the start, departs, and arrives at the end.
    """

    ready: datetime
    depart: datetime
    arrive: datetime


class DrawnPart(NamedTuple):
    """What the duration or the wait of one leg adds to the variance of the draws."""

    leg: int
    metric: Metric
    cause: str
    share: float


class DrawnSpread(NamedTuple):
    """The spread of the draws of a journey by the clock: its standard deviation and its parts."""

    sd_h: float
    parts: tuple[DrawnPart, ...]


@dataclass(frozen=True, slots=True)
class Leg:
    """One edge of the way, in the direction it is travelled.

    Parameters
    ----------
    edge
        The fact behind it.
    kind, mode, to_mode, vehicle
        What happens; `to_mode` for a transshipment only.
    start, end
        The places; one and the same for a transshipment.
    distance_km, time_h, wait_h, cost_usd, co2e_kg, co2e_ttw_kg
        What it adds. Percentiles for time, and for the wait before it. CO2e well-to-wheel, and the
        part of it from tank to wheel.
    lots
        Departures the shipment is spread over.
    evidence
        The row each number comes from.
    parts
        What other rows add to them: a season, a standing truck, following flights.
    times
        When it is reached, left and passed, if the journey goes by the clock.
    """

    edge: Edge
    kind: EdgeKind
    mode: Mode
    to_mode: Mode | None
    vehicle: Vehicle | None
    start: Node
    end: Node
    distance_km: float
    time_h: Spread
    wait_h: Spread
    cost_usd: float
    co2e_kg: float
    co2e_ttw_kg: float
    lots: int
    evidence: Mapping[Metric, Evidence]
    parts: tuple[AddedPart, ...] = ()
    times: LegTimes | None = None

    @property
    def mean_h(self) -> float:
        """Average of duration and wait together."""
        return self.time_h.mean + self.wait_h.mean


class Totals(NamedTuple):
    """What a way adds up to.

    `time_h` is the average time, the sum of the legs' averages, which the search minimises. The
    percentiles are of the whole, from simulation: percentiles of legs do not add up. From the same
    draws are the share that keeps the deadline and the average hours beyond it, a punctual journey
    counting as 0; both are None without a deadline.
    """

    distance_km: float
    time_h: float
    time_h_p10: float
    time_h_p50: float
    time_h_p90: float
    cost_usd: float
    co2e_kg: float
    co2e_ttw_kg: float
    generalised_cost_usd: float
    transshipments: int
    borders: int
    on_time_share: float | None = None
    expected_lateness_h: float | None = None


@dataclass(frozen=True, slots=True)
class Itinerary:
    """One complete way.

    Parameters
    ----------
    legs
        In order.
    totals
        Their sums and the percentiles of the whole.
    countries
        ISO codes in the order they are entered, each once.
    time_shares, cost_shares
        Share of time and of cost by confidence class; each adds up to 1 unless the total is 0.
    tags
        Why it is on the list: `fastest`, `cheapest`, `by truck`.
    on_front
        Whether no way is at least as good in time, cost and CO2e and better in one of them.
    common_share
        How often a cause follows the luck of the whole journey; see `risk.simulate`.
    reliability_usd_per_h
        What an hour of standard deviation costs the shipper.
    cost_parts
        What the generalised cost is made of; None where no shipment was given.
    spread
        Of a journey by the clock, what its draws spread by; None where the law of a sum says it.
    """

    legs: tuple[Leg, ...]
    totals: Totals
    countries: tuple[str, ...]
    time_shares: Mapping[Confidence, float]
    cost_shares: Mapping[Confidence, float]
    tags: tuple[str, ...] = ()
    on_front: bool = False
    common_share: float = 0.0
    reliability_usd_per_h: float = 0.0
    cost_parts: CostParts | None = None
    spread: DrawnSpread | None = None

    @property
    def depart(self) -> datetime | None:
        """When it begins, in local time; None if it does not go by the clock."""
        return self.legs[0].times.ready if self.legs and self.legs[0].times else None

    @property
    def arrive(self) -> datetime | None:
        """When it ends on average, in local time; None if it does not go by the clock."""
        return self.legs[-1].times.arrive if self.legs and self.legs[-1].times else None


class Prices(NamedTuple):
    """What a dollar of the answer is.

    Parameters
    ----------
    year
        Price year all tariffs were brought to.
    usd_per_eur
        Exchange rate; None where the parameters have none.
    rate_as_of
        The date of the rate.
    currency
        What tables show; the keys of JSON and CSV name theirs.
    """

    year: int
    usd_per_eur: float | None
    rate_as_of: str
    currency: Currency = Currency.USD

    def shown(self, usd: float) -> float:
        """Return an amount in the currency that tables show."""
        in_eur = self.in_eur(usd) if self.currency is Currency.EUR else None
        return usd if in_eur is None else in_eur

    def showing(self, currency: Currency) -> Prices:
        """Return the prices with tables in another currency.

        Raises
        ------
        RequestError
            If the parameters have no rate for it.
        """
        if currency is Currency.EUR and self.usd_per_eur is None:
            raise RequestError("no rate: parameters.csv of this data folder lacks usd_per_eur.")
        return self._replace(currency=currency)

    def in_eur(self, usd: float) -> float | None:
        """Return an amount in euros; None without a rate."""
        return usd / self.usd_per_eur if self.usd_per_eur else None


class WhatIf(NamedTuple):
    """What a plan on a changed network is to be compared with.

    Parameters
    ----------
    changes
        Each change as written, and how many edges it names.
    unchanged
        The first way without them; None if there is none.
    links
        Every link that differs in its row, before and after.
    """

    changes: tuple[tuple[str, int], ...]
    unchanged: Itinerary | None
    links: tuple[tuple[Edge, Edge], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer to a request: itineraries, best first.

    Parameters
    ----------
    request
        The question.
    origin, destination
        Its two places.
    network_version, network_as_of
        Which facts it rests on.
    itineraries
        At least one.
    prices
        The year and the exchange rate of its dollars.
    warnings
        What the reader should know beside the numbers.
    what_if
        What was changed in the network, and the answer without it; None for the network as it is.
    front
        Where asked for, every way of the front of trade-offs, in order of its first measure.
    language
        What tables speak; JSON and CSV are English.
    duty
        What import duty the ways would pay, where asked for.
    list_kept_out
        Lists what keeps links out; called when `kept_out` is first asked for.
    """

    request: RouteRequest
    origin: Node
    destination: Node
    network_version: str
    network_as_of: str
    itineraries: tuple[Itinerary, ...]
    prices: Prices
    warnings: tuple[str, ...] = ()
    what_if: WhatIf | None = None
    front: tuple[Itinerary, ...] = ()
    language: Language = Language.EN
    duty: DutyAnswer | None = None
    list_kept_out: Callable[[], tuple[KeptOut, ...]] = field(
        default=tuple, repr=False, compare=False
    )

    @property
    def kept_out(self) -> tuple[KeptOut, ...]:
        """What keeps links out of every way, each with its reason and how many it touches."""
        return self.list_kept_out()
