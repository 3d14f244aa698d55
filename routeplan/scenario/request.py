"""The question: from where to where, with what, by which limits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from routeplan.errors import RequestError
from routeplan.network.vocabulary import Mode
from routeplan.scenario.door import Handover

if TYPE_CHECKING:
    from routeplan.scenario.door import Door
    from routeplan.scenario.policy import PolicyProfile
    from routeplan.scenario.shipment import Shipment


class Criterion(StrEnum):
    """What a way is to be best at."""

    BALANCED = "balanced"
    TIME = "time"
    COST = "cost"
    CO2 = "co2"
    RELIABILITY = "reliability"


class Measure(StrEnum):
    """What a way can be better or worse at, summed over its arcs in whole numbers.

    Minutes on average, cents, grams, minutes of the 90th percentiles, and a count.
    """

    TIME = "time"
    COST = "cost"
    CO2 = "co2"
    P90 = "p90"
    TRANSSHIPMENTS = "transshipments"


TRADE_OFFS = (Measure.TIME, Measure.COST, Measure.CO2)
"""The measures of the usual front."""


BEST_AT = {
    Criterion.BALANCED: "best overall",
    Criterion.TIME: "fastest",
    Criterion.COST: "cheapest",
    Criterion.CO2: "cleanest",
    Criterion.RELIABILITY: "most reliable",
}
"""What the best way by a criterion is called."""


DRAWS = 2500
"""Draws of a simulation unless a question asks for more."""


class Policy(StrEnum):
    """A profile of countries kept out."""

    SANCTIONS = "sanctions"
    NONE = "none"


POLICY_COUNTRIES: dict[Policy, tuple[str, ...]] = {
    Policy.SANCTIONS: ("RU", "BY", "IR"),
    Policy.NONE: (),
}
"""Countries under broad sanctions of the EU and the USA in 2026."""


PASSAGE_COUNTRY = {"volga-don": "RU"}
"""Passages through a country's inland waters: kept out with it."""

CLOSED_PASSAGES = frozenset({"suez", "volga-don"})
"""Passages no way uses unless the user allows them by name.

Container lines to Europe have sailed round the Cape since 2024 and withdrew from a trial of Suez in
March 2026; Volga-Don is Russian inland water, open in summer only, and must never be used unasked.
"""


class Avoidance(NamedTuple):
    """What a way must not touch.

    Parameters
    ----------
    countries, nodes, edges, corridors
        ISO codes, node ids, edge ids, corridor names.
    modes
        Modes not to be used for line-haul.
    passages
        Straits and canals.
    operators
        Who runs a link; one that others serve too stays open.
    """

    countries: frozenset[str] = frozenset()
    nodes: frozenset[str] = frozenset()
    edges: frozenset[str] = frozenset()
    corridors: frozenset[str] = frozenset()
    modes: frozenset[Mode] = frozenset()
    passages: frozenset[str] = frozenset()
    operators: frozenset[str] = frozenset()


class Difference(StrEnum):
    """What makes two answers different ones."""

    KM = "km"
    COST = "cost"
    MODES = "modes"
    CORRIDOR = "corridor"


MAX_OVERLAP = 0.75
MAX_STRETCH = 1.8


class Alternatives(NamedTuple):
    """How many answers, and how much they must differ.

    Parameters
    ----------
    k
        How many; None means a short list that differs.
    max_overlap
        Largest share of km, or of cost, that two answers may have in common.
    max_stretch
        Most an answer may have of the criterion, as a multiple of the best one's. None takes
        MAX_STRETCH for the short list and no bound where k is given.
    differ
        `km` and `cost` compare that share; with `modes` and `corridor` no two answers have the same
        chain of modes, or the same corridors.
    """

    k: int | None = None
    max_overlap: float = MAX_OVERLAP
    max_stretch: float | None = None
    differ: Difference = Difference.KM


class Limits(NamedTuple):
    """The most a way may take; None for no limit. Time is the average, which the search adds up."""

    time_h: float | None = None
    cost_usd: float | None = None
    co2e_kg: float | None = None
    transshipments: int | None = None


@dataclass(frozen=True, slots=True)
class RouteRequest:
    """One question, with places already resolved.

    Parameters
    ----------
    origin, destination
        Node ids.
    shipment
        What is carried.
    via
        Node ids to pass in this order; a city is passed at any of its terminals.
    modes
        Line-haul modes allowed; all if empty. Short truck access is always allowed, and a ferry
        goes with what rolls onto it: trucks with road, wagons with rail.
    avoid
        What must not be touched, beside the policy's countries.
    allow
        Passages that are closed unless named: `suez`, `volga-don`.
    policy
        What is kept out: one of our own profiles, or one read from a file.
    depart
        Day of departure; None means a day of no particular season. Where an hour is known, or an
        arrival, it is the day whose season prices hold.
    leave
        Moment of departure in the local time of the origin; None leaves calendars aside.
    arrive_by
        Moment to be there by in the local time of the destination, instead of `leave`.
    on
        Day whose network holds, planned links included that are open by then; None means the day
        of departure, or the day the data stand for, without planned links.
    include_planned
        Take planned links as open, whatever their day.
    criterion
        What the first answer is best at.
    alternatives
        How many answers, and how they differ.
    limits
        The most a way may take.
    front
        Measures whose whole front of trade-offs is wanted beside the answers; none if empty.
    deadline_h
        Hours after departure by which the load must be there, or None.
    draws
        Draws of each simulation.
    duty
        Whether the import duty is wanted beside the answers.
    hs
        Code of the Harmonized System of the goods for it, digits only; the cargo type's if empty.
    handover
        Whether the first and the last truck are part of the way.
    doors
        The places among origin, destination and via that no link of the network joins.
    """

    origin: str
    destination: str
    shipment: Shipment
    via: tuple[str, ...] = ()
    modes: frozenset[Mode] = frozenset()
    avoid: Avoidance = field(default_factory=Avoidance)
    allow: frozenset[str] = frozenset()
    policy: Policy | PolicyProfile = Policy.SANCTIONS
    depart: date | None = None
    leave: datetime | None = None
    arrive_by: datetime | None = None
    on: date | None = None
    include_planned: bool = False
    criterion: Criterion = Criterion.BALANCED
    alternatives: Alternatives = field(default_factory=Alternatives)
    limits: Limits = field(default_factory=Limits)
    front: tuple[Measure, ...] = ()
    deadline_h: float | None = None
    draws: int = DRAWS
    duty: bool = False
    hs: str = ""
    handover: Handover = Handover.NAMED
    doors: tuple[Door, ...] = ()

    @property
    def profile(self) -> PolicyProfile:
        """The policy with the reason of each of its entries."""
        if isinstance(self.policy, Policy):
            from routeplan.scenario.policy import BUILT_IN

            return BUILT_IN[self.policy]
        return self.policy

    def kept_by_policy(self, kind: str) -> frozenset[str]:
        """Return the names of one of `policy.AVOID_KINDS` that the policy keeps out."""
        if isinstance(self.policy, Policy):
            return frozenset(POLICY_COUNTRIES[self.policy] if kind == "countries" else ())
        return self.policy.avoided(kind)

    @property
    def allowed_passages(self) -> frozenset[str]:
        """Passages let in although they are closed unless named: by name or by policy."""
        if isinstance(self.policy, Policy):
            return self.allow
        return self.allow | self.policy.allowed_passages

    @property
    def is_timed(self) -> bool:
        """Whether time goes by the clock."""
        return self.leave is not None or self.arrive_by is not None

    @property
    def avoided_countries(self) -> frozenset[str]:
        """Countries kept out by policy or by name."""
        return self.avoid.countries | self.kept_by_policy("countries")

    @property
    def closed_passages(self) -> frozenset[str]:
        """Passages no way uses unasked, and that neither the question nor the policy lets in."""
        return CLOSED_PASSAGES - self.allowed_passages

    @property
    def linehaul_modes(self) -> frozenset[Mode]:
        """Modes a way may use between cities."""
        return (self.modes or frozenset(Mode)) - self.avoid.modes - self.kept_by_policy("modes")


def read_modes(text: str) -> frozenset[Mode]:
    """Read a list of modes such as `rail,sea`.

    Raises
    ------
    RequestError
        If a mode is unknown.
    """
    found = set()
    for name in re.split(r"[,+\s]+", text.lower().strip(" ,+")):
        try:
            found.add(Mode(name))
        except ValueError:
            raise RequestError(
                f'unknown mode "{name}". Modes are {", ".join(Mode)}; write --mode rail,sea.'
            ) from None
    return frozenset(found)


def read_hs(text: str) -> str:
    """Read a code of the Harmonized System such as 8461.50 and return its digits.

    Raises
    ------
    RequestError
        If it is no chapter, heading or line.
    """
    digits = re.sub(r"[.\s]", "", text)
    if digits and not (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 10):
        raise RequestError(
            f'cannot read the HS code "{text[:40]}". Write 2 to 10 digits, such as 0710 or 8461.50.'
        )
    return digits


def read_day(text: str) -> date:
    """Read a day such as 2026-12-01; a time of day behind it is accepted.

    Raises
    ------
    RequestError
        If it is not a date.
    """
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise RequestError(f'cannot read the date "{text}". Write it as 2026-12-01.') from None
