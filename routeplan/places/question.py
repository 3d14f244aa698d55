"""A question as users write it -> a request with places resolved."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from routeplan.errors import RequestError
from routeplan.places.avoidance import read_avoidance
from routeplan.places.countries import country_name
from routeplan.places.ends import find_ends, node_of
from routeplan.places.index import PlaceIndex
from routeplan.scenario.deadline import check_draws, read_deadline
from routeplan.scenario.door import Handover
from routeplan.scenario.request import (
    CLOSED_PASSAGES,
    DRAWS,
    MAX_OVERLAP,
    Alternatives,
    Criterion,
    Difference,
    Limits,
    Measure,
    Policy,
    RouteRequest,
    read_day,
    read_hs,
    read_modes,
)
from routeplan.scenario.shipment import DEFAULT_CARGO, DEFAULT_LOAD, read_shipment
from routeplan.units import HOURS_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime
    from enum import StrEnum

    from routeplan.network.model import Network
    from routeplan.places.access import OwnAccess
    from routeplan.places.ends import Ends
    from routeplan.scenario.policy import PolicyProfile

    Choice = TypeVar("Choice", bound=StrEnum)

_MAX_K = 50


@dataclass(frozen=True, slots=True)
class Question:
    """What a user may say of a route, as text; the fields are the options of `routeplan find`.

    Parameters
    ----------
    origin, destination, via
        Places by name, code or id.
    modes
        Line-haul modes, such as `rail,sea`; all if empty.
    avoid
        Countries, places, edges, corridors, modes or passages, and `operator:ASCO`; a prefix
        such as `country:` says which is meant.
    allow
        Passages that are closed unless named: `suez`, `volga-don`.
    policy
        `sanctions`, `none`, a profile that comes with routeplan such as `eu-strict`, or the path of
        a policy file.
    cargo, load, value_usd
        What is carried.
    depart
        Day of departure, whose season holds, or None. With a time of day, 2026-12-01T08:00 at the
        origin, all goes by the clock.
    arrive_by
        Day or moment to be there by, at the destination; or None.
    on
        Day whose network holds, planned links included; or None.
    include_planned
        Take planned links as open.
    by
        Criterion of the first answer.
    k
        Number of answers, or None for a short list that differs.
    max_overlap, max_stretch, differ
        How much answers must differ; see `scenario.request.Alternatives`.
    max_days, max_cost_usd, max_co2e_kg, max_transshipments
        The most a way may take; days on average.
    front
        Measures of the front of trade-offs, such as `time,cost,co2`; none if empty.
    deadline
        When the load must be there: `25d`, `600h`, or a day if `depart` is given; or None.
    draws
        Draws of each simulation.
    duty
        Whether the import duty is wanted too.
    hs
        HS code of the goods for it, such as `0710` or `8461.50`; implies `duty`.
    handover
        `named`, `door` or `terminal`: see `scenario.door.Handover`.
    access
        Trucks of the user's own between places and terminals, from `places.access.read_access`.
    geocode
        Whether a place nothing else knows may be looked up online.
    """

    origin: str
    destination: str
    via: tuple[str, ...] = ()
    modes: str = ""
    avoid: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    policy: str = Policy.SANCTIONS
    cargo: str = DEFAULT_CARGO
    load: str = DEFAULT_LOAD
    value_usd: float | None = None
    depart: str | None = None
    arrive_by: str | None = None
    on: str | None = None
    include_planned: bool = False
    by: str = Criterion.BALANCED
    k: int | None = None
    max_overlap: float = MAX_OVERLAP
    max_stretch: float | None = None
    differ: str = Difference.KM
    max_days: float | None = None
    max_cost_usd: float | None = None
    max_co2e_kg: float | None = None
    max_transshipments: int | None = None
    front: str = ""
    deadline: str | None = None
    draws: int = DRAWS
    duty: bool = False
    hs: str = ""
    handover: str = Handover.NAMED
    access: tuple[OwnAccess, ...] = ()
    geocode: bool = False


def read_question(
    network: Network, question: Question, index: PlaceIndex | None = None
) -> RouteRequest:
    """Resolve a question against a network.

    Parameters
    ----------
    network
        The facts.
    question
        The texts.
    index
        The network's places, if many questions are asked; made for this one if None.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        If a place cannot be told.
    OffNetworkError
        If no truck joins a place off the network to a terminal.
    RequestError
        If an option cannot be understood or contradicts another.
    """
    index = index or PlaceIndex(network)
    handover = _choice(Handover, question.handover, "handover")
    ends = find_ends(network, index, question, handover)
    request = request_between(network, index, question, ends)
    _refuse_contradictions(network, index, request)
    return request


def request_between(
    network: Network, index: PlaceIndex, question: Question, ends: Ends
) -> RouteRequest:
    """Resolve everything in a question but its places, which are given as node ids.

    Raises
    ------
    RequestError
        As `read_question`, but for what only the ends contradict.
    """
    when = _when(network, question, ends)
    request = RouteRequest(
        origin=ends.origin,
        destination=ends.destination,
        shipment=read_shipment(network, question.load, question.cargo, question.value_usd),
        via=ends.via,
        modes=read_modes(question.modes) if question.modes else frozenset(),
        avoid=read_avoidance(network, index, question.avoid),
        allow=_passages(question.allow),
        policy=read_policy_name(network, question.policy),
        depart=when.depart,
        leave=when.leave,
        arrive_by=when.arrive_by,
        on=read_day(question.on) if question.on else None,
        include_planned=question.include_planned,
        criterion=_choice(Criterion, question.by, "criterion"),
        alternatives=_alternatives(question),
        limits=_limits(question),
        front=_measures(question.front),
        deadline_h=read_deadline(question.deadline, when.depart)
        if question.deadline is not None
        else None,
        draws=check_draws(question.draws),
        duty=question.duty or bool(question.hs),
        hs=read_hs(question.hs),
        handover=_choice(Handover, question.handover, "handover"),
        doors=ends.doors,
    )
    if not request.linehaul_modes:
        policy = "--mode, --avoid and --policy"
        by = policy if request.kept_by_policy("modes") else "--mode and --avoid"
        raise RequestError(f"no mode is left: {by} exclude each other.")
    return request


class _When(NamedTuple):
    depart: date | None = None
    leave: datetime | None = None
    arrive_by: datetime | None = None


def _when(network: Network, question: Question, ends: Ends) -> _When:
    """Read when to leave or to arrive, in the time of the place."""
    if not question.depart and question.arrive_by is None:
        return _When()
    from routeplan.scenario.moment import LAST_HOUR, find_zone, has_hour, is_range, read_moment

    if question.arrive_by is not None:
        if question.depart or question.deadline is not None:
            other = "--depart" if question.depart else "--deadline"
            raise RequestError(f"--arrive-by and {other} exclude each other. Give one of them.")
        zone = find_zone(node_of(network, ends.doors, ends.destination).timezone)
        due = read_moment(question.arrive_by, zone, "--arrive-by", LAST_HOUR)
        return _When(due.date(), None, due)
    text = question.depart or ""
    if is_range(text):
        raise RequestError(f'--depart "{text[:40]}" is a range of days. Name one day here.')
    if not has_hour(text):
        return _When(read_day(text))
    zone = find_zone(node_of(network, ends.doors, ends.origin).timezone)
    leave = read_moment(text, zone, "--depart")
    return _When(leave.date(), leave)


def _alternatives(question: Question) -> Alternatives:
    """Read how many answers are wanted and how they are to differ."""
    if question.k is not None and not 1 <= question.k <= _MAX_K:
        raise RequestError(f"-k {question.k} is out of range. Ask for 1 to {_MAX_K} answers.")
    if not 0 <= question.max_overlap <= 1:
        raise RequestError(
            f"--max-overlap {question.max_overlap:g} is out of range. "
            "Give a share from 0 to 1, such as 0.5."
        )
    stretch = question.max_stretch
    if stretch is not None and not stretch >= 1:
        raise RequestError(
            f"--max-stretch {stretch:g} is out of range. "
            "Give a multiple of the best way, 1 or more."
        )
    differ = _choice(Difference, question.differ, "difference")
    return Alternatives(question.k, question.max_overlap, stretch, differ)


def _limits(question: Question) -> Limits:
    """Read the most a way may take."""
    given = {
        "--max-days": question.max_days,
        "--max-cost": question.max_cost_usd,
        "--max-co2e": question.max_co2e_kg,
        "--max-transshipments": question.max_transshipments,
    }
    for option, value in given.items():
        if value is not None and not 0 <= value < math.inf:
            raise RequestError(f"{option} {value:g} is out of range. Give a number of 0 or more.")
    days = question.max_days
    return Limits(
        time_h=None if days is None else days * HOURS_PER_DAY,
        cost_usd=question.max_cost_usd,
        co2e_kg=question.max_co2e_kg,
        transshipments=question.max_transshipments,
    )


def _measures(text: str) -> tuple[Measure, ...]:
    """Read the measures of a front, each once, in the order given."""
    names = dict.fromkeys(part.strip() for part in text.split(",") if part.strip())
    return tuple(_choice(Measure, name, "measure") for name in names)


def read_policy_name(network: Network, text: str) -> Policy | PolicyProfile:
    """Read what --policy names: one of our own profiles, a packaged one, or a file.

    Raises
    ------
    RequestError
        If there is no such profile.
    DataError
        If the file cannot be read, is wrong, or names what this network does not have; it lists
        everything with its line.
    """
    if text.lower() in tuple(Policy):
        return Policy(text.lower())
    from routeplan.scenario.policy import require_names
    from routeplan.scenario.policy_file import find_policy

    profile = find_policy(text)
    require_names(profile, network, CLOSED_PASSAGES)
    return profile


def _passages(names: Iterable[str]) -> frozenset[str]:
    """Read the passages to be allowed; only those that are closed can be."""
    found = frozenset(name.strip().lower() for name in names)
    for name in sorted(found - CLOSED_PASSAGES):
        closed = ", ".join(sorted(CLOSED_PASSAGES))
        raise RequestError(f'--allow "{name}": not a passage that is closed. Closed are {closed}.')
    return found


def _choice(choices: type[Choice], text: str, name: str) -> Choice:
    try:
        return choices(text.lower())
    except ValueError:
        raise RequestError(
            f'unknown {name} "{text}". Choose one of {", ".join(choices)}.'
        ) from None


def _refuse_contradictions(network: Network, index: PlaceIndex, request: RouteRequest) -> None:
    """Refuse a question that names a place and keeps its country or itself out."""
    for node_id in (request.origin, request.destination, *request.via):
        if reason := why_kept_out(network, index, request, node_id):
            raise RequestError(reason)


def why_kept_out(network: Network, index: PlaceIndex, request: RouteRequest, node_id: str) -> str:
    """Say why a request keeps a place out that it is to touch; empty if it does not."""
    node = node_of(network, request.doors, node_id)
    name = index.describe(node_id) if node_id in network.nodes else node.name
    country, ids = node.country, {node_id, node.city_id}
    if country in request.avoided_countries:
        named = country in request.avoid.countries
        lift = "--avoid says so too" if named else "--policy none lifts it"
        why = "" if named else _policy_reason(request, "countries", {country})
        return f"{name} lies in {country_name(country)}, which is kept out ({lift}).{why}"
    if not request.avoid.nodes.isdisjoint(ids):
        return f"{name} is asked for and avoided at once."
    if not request.kept_by_policy("nodes").isdisjoint(ids):
        return (
            f"{name} is kept out (--policy none lifts it).{_policy_reason(request, 'nodes', ids)}"
        )
    return ""


def _policy_reason(request: RouteRequest, kind: str, names: Collection[str]) -> str:
    """Say why a policy keeps one of several names out."""
    profile = request.profile
    reason = next(e.reason for e in profile.avoid if e.kind == kind and e.name in names)
    return f" Policy {profile.name}: {reason}"
