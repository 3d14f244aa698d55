"""What makes the time of a way uncertain: the causes that drive its spread, and what that costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from routeplan.itinerary.build import leg_elements
from routeplan.itinerary.model import DrawnPart, DrawnSpread
from routeplan.network.vocabulary import Metric
from routeplan.risk.certainty import variance_of

if TYPE_CHECKING:
    from routeplan.itinerary.model import Itinerary, Leg


class DriverPart(NamedTuple):
    """What the duration or the wait of one leg adds to the variance.

    `leg` counts from 0, `metric` is time or wait, `share` is of the variance of the whole.
    """

    leg: int
    metric: Metric
    share: float


class Driver(NamedTuple):
    """All that moves together on a way, and its share of the variance of the whole.

    Parameters
    ----------
    cause
        What it moves with: the weather of a sea, a railway, or one leg alone.
    share
        0 to 1; the shares of all drivers of a way add up to 1.
    parts
        What it consists of, in the order of the legs.
    """

    cause: str
    share: float
    parts: tuple[DriverPart, ...]


class Uncertainty(NamedTuple):
    """The spread of the time of a way.

    Parameters
    ----------
    time_h_sd
        Standard deviation of the time, in hours.
    reliability_cost_usd
        What the spread costs the shipper: reliability ratio x value of time x standard deviation.
        It is in no generalised cost.
    drivers
        What it is made of, the largest share first; none where nothing varies.
    """

    time_h_sd: float
    reliability_cost_usd: float
    drivers: tuple[Driver, ...]


def uncertainty_of(itinerary: Itinerary) -> Uncertainty:
    """Say what makes the time of a way uncertain.

    Parameters
    ----------
    itinerary
        One of a plan.

    Notes
    -----
    It is worked out from the law the draws follow, so that no number of draws changes it; see
    `risk.certainty`. By the clock no such law holds, and the draws themselves are asked.
    """
    sd_h, shared = _shared_variance(itinerary) if itinerary.spread is None else itinerary.spread
    found: dict[str, list[DriverPart]] = {}
    for leg, metric, cause, share in shared:
        if share > 0:
            found.setdefault(cause, []).append(DriverPart(leg, metric, share))
    drivers = [
        Driver(cause, sum(part.share for part in parts), tuple(parts))
        for cause, parts in found.items()
    ]
    drivers.sort(key=lambda driver: -driver.share)
    cost_usd = itinerary.reliability_usd_per_h * sd_h
    return Uncertainty(sd_h, cost_usd, tuple(drivers))


def _shared_variance(itinerary: Itinerary) -> DrawnSpread:
    """Work out the spread of a sum, and what adds to it, from the law its draws follow."""
    places = [
        (number, metric, element)
        for number, leg in enumerate(itinerary.legs)
        for metric, element in zip(_varying(leg), leg_elements(leg), strict=True)
    ]
    variance = variance_of([element for _, _, element in places], itinerary.common_share)
    parts = [
        DrawnPart(number, metric, element.cause, share)
        for (number, metric, element), share in zip(places, variance.shares, strict=True)
    ]
    return DrawnSpread(variance.sd_h, tuple(parts))


def _varying(leg: Leg) -> list[Metric]:
    """Name what `leg_elements` lists of a leg, in its order."""
    both = ((Metric.TIME, leg.time_h), (Metric.WAIT, leg.wait_h))
    return [metric for metric, spread in both if spread.p90 > 0]
