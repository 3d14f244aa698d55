"""Why a request cannot use an edge: every rule that keeps it out, by name.

`usable_edges` says in one sweep which edges are open; here each closed one says what shuts it, so
that an answer can name the smallest set of rules responsible. Both read the same request: an edge
is usable if and only if it has no bar and takes the load.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from routeplan.graph.build import is_open, travels_by
from routeplan.network.vocabulary import LINEHAUL, Mode, Status
from routeplan.scenario.policy import without_operators
from routeplan.scenario.request import CLOSED_PASSAGES, PASSAGE_COUNTRY, Avoidance, Policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.policy import PolicyEntry
    from routeplan.scenario.request import RouteRequest


class BarKind(StrEnum):
    """What sort of rule or gap stands in the way."""

    POLICY = "policy"
    AVOID_COUNTRY = "avoid_country"
    AVOID_PLACE = "avoid_place"
    AVOID_EDGE = "avoid_edge"
    AVOID_CORRIDOR = "avoid_corridor"
    AVOID_MODE = "avoid_mode"
    AVOID_PASSAGE = "avoid_passage"
    AVOID_OPERATOR = "avoid_operator"
    PASSAGE = "passage_closed"
    MODE = "mode"
    CARGO = "cargo_refused"
    LOAD = "load"
    PLANNED = "planned"
    DAY = "day"
    VIA = "via"
    LIMIT = "limit"
    CLOSED = "closed"
    ONE_WAY = "one_way"
    NO_TRANSSHIPMENT = "no_transshipment"
    NO_GAUGE_CHANGE = "no_gauge_change"
    NO_LINK = "no_link"


OF_NETWORK = frozenset(
    {
        BarKind.CLOSED,
        BarKind.ONE_WAY,
        BarKind.NO_TRANSSHIPMENT,
        BarKind.NO_GAUGE_CHANGE,
        BarKind.NO_LINK,
    }
)
"""Bars that lie in the network: no option of a question lifts them."""


class Bar(NamedTuple):
    """One thing that stands in the way.

    Parameters
    ----------
    kind
        What sort of thing.
    name
        What it keeps out or asks for: a country, place, edge, corridor, mode, passage, cargo flag
        or measure; empty where one option shuts several things, as the policy does.
    """

    kind: BarKind
    name: str = ""


def bars_of(network: Network, request: RouteRequest) -> Callable[[Edge], tuple[Bar, ...]]:
    """Make the function that lists the bars of an edge.

    Parameters
    ----------
    network
        The facts.
    request
        The question whose rules hold.

    Returns
    -------
    callable
        From an edge to its bars in the order a person would name them, none for one that may be
        used. All of them have to be lifted for it to open.
    """
    rules = _Rules(network, request)
    return lambda edge: tuple(dict.fromkeys(rules.bars(edge)))


class _Rules:
    """The rules of a request, ready to be asked of many edges."""

    def __init__(self, network: Network, request: RouteRequest) -> None:
        self._network = network
        self._request = request
        self._by_policy = policy_countries(request)
        self._places = {
            node_id: name
            for name in sorted(request.avoid.nodes)
            for node_id in network.terminals(name)
        }
        self._policy_places = {
            node_id
            for name in request.kept_by_policy("nodes")
            for node_id in network.terminals(name)
        }
        self._operators = without_operators(request.avoid.operators)
        self._flags = frozenset(request.shipment.flags)

    def bars(self, edge: Edge) -> Iterator[Bar]:
        """Yield the bars of an edge, some of them twice."""
        for node_id in (edge.from_node, edge.to_node):
            yield from self._country_bars(self._network.nodes[node_id].country)
            if node_id in self._places:
                yield Bar(BarKind.AVOID_PLACE, self._places[node_id])
            if node_id in self._policy_places:
                yield Bar(BarKind.POLICY)
        yield from self._named_bars(edge)
        yield from _mode_bars(self._request, edge)
        yield from self._passage_bars(edge)
        for flag in edge.forbids:
            if flag in self._flags:
                yield Bar(BarKind.CARGO, flag)
        if self._request.shipment.is_too_heavy_for(edge):
            yield Bar(BarKind.LOAD)
        yield from _day_bars(self._network, self._request, edge)

    def _country_bars(self, code: str) -> Iterator[Bar]:
        if code in self._by_policy:
            yield Bar(BarKind.POLICY)
        if code in self._request.avoid.countries:
            yield Bar(BarKind.AVOID_COUNTRY, code)

    def _named_bars(self, edge: Edge) -> Iterator[Bar]:
        avoid = self._request.avoid
        if edge.edge_id in avoid.edges:
            yield Bar(BarKind.AVOID_EDGE, edge.edge_id)
        if edge.corridor in avoid.corridors:
            yield Bar(BarKind.AVOID_CORRIDOR, edge.corridor)
        if (entry := self._operators.bars(edge)) is not None:
            yield Bar(BarKind.AVOID_OPERATOR, entry.name)
        if policy_entry(self._request, edge) is not None or _policy_leaves_no_mode(
            self._request, edge
        ):
            yield Bar(BarKind.POLICY)

    def _passage_bars(self, edge: Edge) -> Iterator[Bar]:
        request = self._request
        for passage in edge.passages:
            yield from self._country_bars(PASSAGE_COUNTRY.get(passage, ""))
            if passage in request.avoid.passages:
                yield Bar(BarKind.AVOID_PASSAGE, passage)
            if passage in CLOSED_PASSAGES - request.allowed_passages:
                yield Bar(BarKind.PASSAGE, passage)


def policy_countries(request: RouteRequest) -> frozenset[str]:
    """List the countries the policy keeps out, whatever --avoid says of them."""
    return replace(request, avoid=Avoidance()).avoided_countries


def policy_entry(request: RouteRequest, edge: Edge) -> PolicyEntry | None:
    """Return what of a policy file keeps an edge out, its countries apart; None if nothing."""
    return None if isinstance(request.policy, Policy) else request.policy.bars(edge)


def _policy_leaves_no_mode(request: RouteRequest, edge: Edge) -> bool:
    """Whether an edge would be travelled by a mode asked for, were it not for the policy."""
    if edge.kind not in LINEHAUL or not request.kept_by_policy("modes"):
        return False
    asked = (request.modes or frozenset(Mode)) - request.avoid.modes
    return travels_by(edge, asked) and not travels_by(edge, request.linehaul_modes)


def _mode_bars(request: RouteRequest, edge: Edge) -> Iterator[Bar]:
    """Yield what of --mode and --avoid keeps a stretch between cities out.

    A ferry opens with itself or with what rolls onto it; the latter is named, as the rest of its
    way needs that too.
    """
    if edge.kind not in LINEHAUL or edge.mode is None:
        return
    modes, avoided = request.modes, request.avoid.modes
    if edge.mode in avoided:
        yield Bar(BarKind.AVOID_MODE, str(edge.mode))
    if not modes or travels_by(edge, modes - (avoided - {edge.mode})):
        return
    rolls = next((m for m in (Mode.ROAD, Mode.RAIL) if travels_by(edge, {m})), edge.mode)
    if rolls in modes:
        yield Bar(BarKind.AVOID_MODE, str(rolls))
    else:
        yield Bar(BarKind.MODE, str(edge.mode if rolls in avoided else rolls))


def _day_bars(network: Network, request: RouteRequest, edge: Edge) -> Iterator[Bar]:
    """Yield what of the day and of the network's state keeps an edge shut."""
    if edge.status is Status.CLOSED:
        yield Bar(BarKind.CLOSED, edge.edge_id)
        return
    date = request.on or request.depart
    day = date.isoformat() if date else network.as_of
    if edge.status is Status.PLANNED:
        by_day = request.on is not None and is_open(edge, day)
        if not by_day and not request.include_planned:
            yield Bar(BarKind.PLANNED)
    elif not is_open(edge, day):
        yield Bar(BarKind.DAY)
