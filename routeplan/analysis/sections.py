"""Two ways side by side: what they share, where they part, and what each part costs."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from routeplan.graph.weights import weights_of
from routeplan.scenario.request import Criterion, Measure
from routeplan.units import MINUTES_PER_HOUR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.graph.model import Arc
    from routeplan.itinerary.model import Itinerary
    from routeplan.network.model import Network
    from routeplan.scenario.request import RouteRequest


class Amounts(NamedTuple):
    """What a stretch adds up to: average hours, dollars, kilograms of CO2e, generalised dollars."""

    time_h: float
    cost_usd: float
    co2e_kg: float
    generalised_usd: float

    def minus(self, other: Amounts) -> Amounts:
        """Return the difference."""
        return Amounts(*(a - b for a, b in zip(self, other, strict=True)))


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of both ways between two places.

    Parameters
    ----------
    best, other
        Its legs in each way, as numbers counted from 0: first, and first of the next section.
    same
        Whether both use the same links in it.
    best_amounts, other_amounts
        What it adds up to.
    start, end
        Ids of its two places.
    longest
        For each measure, the leg of the other that takes most of it; None where it has no leg.
    """

    best: tuple[int, int]
    other: tuple[int, int]
    same: bool
    best_amounts: Amounts
    other_amounts: Amounts
    start: str
    end: str
    longest: tuple[int | None, int | None, int | None]

    @property
    def difference(self) -> Amounts:
        """What the other takes more than the best; negative where it takes less."""
        return self.other_amounts.minus(self.best_amounts)


class Loss(NamedTuple):
    """The first reason that a way loses.

    Parameters
    ----------
    measure
        In what it loses most: time, cost or CO2e.
    section
        The number of the section, from 0, where it loses most of it.
    leg
        The leg of the losing way that takes most of it there; None if it has none there.
    amount
        How much more the section takes: hours, dollars or kilograms.
    total
        How much more the whole way takes.
    """

    measure: Measure
    section: int
    leg: int | None
    amount: float
    total: float


_PLACE = {Measure.TIME: 0, Measure.COST: 1, Measure.CO2: 2}


def align(best: Sequence[Arc], other: Sequence[Arc]) -> tuple[Section, ...]:
    """Put two ways side by side: stretches over the same links, and those between them."""
    ours, theirs = ([(arc.edge.edge_id, arc.tail) for arc in path] for path in (best, other))
    found = []
    for tag, i, j, k, n in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        legs = other[k:n] or best[i:j]
        found.append(
            Section(
                best=(i, j),
                other=(k, n),
                same=tag == "equal",
                best_amounts=amounts_of(best[i:j]),
                other_amounts=amounts_of(other[k:n]),
                start=legs[0].tail.node_id,
                end=legs[-1].head.node_id,
                longest=_longest(other, k, n),
            )
        )
    return tuple(found)


def at_hours(
    network: Network, request: RouteRequest, path: Sequence[Arc], itinerary: Itinerary
) -> tuple[Arc, ...]:
    """Give the arcs of a way the time each takes by the clock, its wait included.

    Parameters
    ----------
    network, request
        Whose value of time holds.
    path, itinerary
        A way, and what it was built into. One that does not go by the clock stays as it is.
    """
    prices = weights_of(network, request.shipment)
    found = []
    for arc, leg in zip(path, itinerary.legs, strict=True):
        if leg.times is None:
            return tuple(path)
        seconds = leg.times.arrive.timestamp() - leg.times.ready.timestamp()
        time_min = round(seconds / 60)
        worth = prices.generalised(time_min, arc.vector.cost_cents, arc.vector.co2e_g)
        vector = arc.vector._replace(time_min=time_min, generalised_nanousd=worth)
        found.append(arc.with_vector(vector))
    return tuple(found)


def amounts_of(path: Sequence[Arc]) -> Amounts:
    """Add up a stretch."""
    return Amounts(
        sum(arc.vector.time_min for arc in path) / MINUTES_PER_HOUR,
        sum(arc.vector.cost_cents for arc in path) / 100,
        sum(arc.vector.co2e_g for arc in path) / 1000,
        sum(arc.vector.generalised_nanousd for arc in path) / 1e9,
    )


def weightiest_loss(
    network: Network, request: RouteRequest, sections: Sequence[Section]
) -> Loss | None:
    """Name the measure a way loses most in, and where.

    With a criterion of one measure that is the one; by generalised cost it is the measure whose
    difference is worth most money, by the value of time and the price of CO2.

    Returns
    -------
    Loss or None
        None where the way does not lose in what counts.
    """
    total = Amounts(*map(sum, zip(*(s.difference for s in sections), strict=True)))
    worth = {
        Measure.TIME: total.time_h * request.shipment.value_of_time_usd_per_h,
        Measure.COST: total.cost_usd,
        Measure.CO2: total.co2e_kg * network.parameter("co2_price_usd_per_t", 0.0) / 1000,
    }
    own = {
        Criterion.TIME: Measure.TIME,
        Criterion.RELIABILITY: Measure.TIME,
        Criterion.COST: Measure.COST,
        Criterion.CO2: Measure.CO2,
    }.get(request.criterion)
    measure = own or max(worth, key=lambda each: worth[each])
    place = _PLACE[measure]
    if total[place] <= 0 or (own is None and total.generalised_usd <= 0):
        return None
    number, section = max(enumerate(sections), key=lambda pair: pair[1].difference[place])
    leg = section.longest[place]
    return Loss(measure, number, leg, section.difference[place], total[place])


def _longest(
    path: Sequence[Arc], first: int, end: int
) -> tuple[int | None, int | None, int | None]:
    legs = range(first, end)
    if not legs:
        return None, None, None
    return (
        max(legs, key=lambda n: path[n].vector.time_min),
        max(legs, key=lambda n: path[n].vector.cost_cents),
        max(legs, key=lambda n: path[n].vector.co2e_g),
    )
