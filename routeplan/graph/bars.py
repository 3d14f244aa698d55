"""What of a request keeps an edge out: every rule by name, and whether there is one at all.

An edge is usable if and only if it has no bar. Which bars it has lets an answer name the smallest
set of rules responsible; the search asks no more than whether there is one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from routeplan.graph.opening import opening_of
from routeplan.network.vocabulary import LINEHAUL, Mode, Status, Vehicle
from routeplan.scenario.touching import Operators, Touching

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from routeplan.network.model import Network
    from routeplan.network.records import Edge
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


def edge_filter(network: Network, request: RouteRequest) -> Callable[[Edge], bool]:
    """Make the function that tells whether a request allows an edge, of the network or changed.

    The load is left aside: an edge that is too small for it has no price, and so no arc.
    """
    rules = _Rules(network, request)
    return lambda edge: next(rules.bars(edge, load=False), None) is None


def usable_edges(network: Network, request: RouteRequest) -> frozenset[str]:
    """List the ids of the edges a request allows; see `edge_filter`."""
    allows = edge_filter(network, request)
    return frozenset(edge.edge_id for edge in network.edges.values() if allows(edge))


def travels_by(edge: Edge, modes: Collection[Mode]) -> bool:
    """Whether an edge belongs to one of the modes.

    A ferry also belongs to what rolls onto it: a truck on a ferry still goes by road.
    """
    if edge.mode in modes:
        return True
    return edge.mode is Mode.FERRY and _ROLLS_ON[edge.vehicle] in modes


_ROLLS_ON = {Vehicle.TRUCK: Mode.ROAD, Vehicle.WAGON: Mode.RAIL, None: Mode.ROAD}
_AVOIDED = {
    "countries": BarKind.AVOID_COUNTRY,
    "nodes": BarKind.AVOID_PLACE,
    "edges": BarKind.AVOID_EDGE,
    "corridors": BarKind.AVOID_CORRIDOR,
    "modes": BarKind.AVOID_MODE,
    "passages": BarKind.AVOID_PASSAGE,
}
_SHUT = {Status.CLOSED: BarKind.CLOSED, Status.PLANNED: BarKind.PLANNED}


class _Rules:
    """The rules of a request, ready to be asked of many edges."""

    def __init__(self, network: Network, request: RouteRequest) -> None:
        self._request = request
        self._touching = Touching(network, request)
        self._opens = opening_of(network, request)
        self._named = {kind: found for kind in _AVOIDED if (found := _named_bars(request, kind))}
        self._by_policy = Operators(request.kept_by_policy("operators"))
        self._by_name = Operators(request.avoid.operators)
        if flags := request.shipment.flags:
            self._named["flags"] = {flag: (Bar(BarKind.CARGO, flag),) for flag in flags}

    def bars(self, edge: Edge, *, load: bool = True) -> Iterator[Bar]:
        """Yield the bars of an edge, some of them twice; that of the load only if asked for."""
        for kind, bars in self._named.items():
            for name in self._touching.names(kind, edge):
                if name in bars:
                    yield from bars[name]
        yield from self._operator_bars(edge)
        if self._request.modes:
            yield from _mode_bars(self._request, edge)
        if load and self._request.shipment.is_too_heavy_for(edge):
            yield Bar(BarKind.LOAD)
        if not self._opens(edge):
            closed = edge.status is Status.CLOSED
            yield Bar(_SHUT.get(edge.status, BarKind.DAY), edge.edge_id if closed else "")

    def _operator_bars(self, edge: Edge) -> Iterator[Bar]:
        """Yield who must be let in again; one is enough where it takes both to shut an edge."""
        names = self._touching.names("operators", edge)
        if not names:
            return
        by_policy = bool(self._by_policy.shut(edge.operator))
        if by_policy:
            yield Bar(BarKind.POLICY)
        if not by_policy or self._by_name.shut(edge.operator):
            named = next(name for name in names if name in self._request.avoid.operators)
            yield Bar(BarKind.AVOID_OPERATOR, named)


def _named_bars(request: RouteRequest, kind: str) -> dict[str, tuple[Bar, ...]]:
    """List what the policy and --avoid keep out of a kind, and the bars of each name."""
    found: dict[str, tuple[Bar, ...]] = {
        name: (Bar(BarKind.POLICY),) for name in request.kept_by_policy(kind)
    }
    for name in getattr(request.avoid, kind):
        found[name] = (*found.get(name, ()), Bar(_AVOIDED[kind], str(name)))
    if kind == "passages":
        for name in request.closed_passages:
            found[name] = (*found.get(name, ()), Bar(BarKind.PASSAGE, name))
    return found


def _mode_bars(request: RouteRequest, edge: Edge) -> Iterator[Bar]:
    """Yield what of --mode keeps a stretch between cities out, and what leaves nothing of it.

    A ferry opens with itself or with what rolls onto it; the latter is named, as the rest of its
    way needs that too.
    """
    if edge.kind not in LINEHAUL or edge.mode is None:
        return
    modes, avoided = request.modes, request.avoid.modes
    if travels_by(edge, modes - avoided) and not travels_by(edge, request.linehaul_modes):
        yield Bar(BarKind.POLICY)
    if travels_by(edge, modes - (avoided - {edge.mode})):
        return
    rolls = next((m for m in (Mode.ROAD, Mode.RAIL) if travels_by(edge, {m})), edge.mode)
    if rolls in modes:
        yield Bar(BarKind.AVOID_MODE, str(rolls))
    else:
        yield Bar(BarKind.MODE, str(edge.mode if rolls in avoided else rolls))
