"""Why there is no route: the fewest rules or links responsible, and the nearest way without."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from routeplan.graph.bars import Bar, BarKind
from routeplan.graph.costing import Costing
from routeplan.graph.model import Arc
from routeplan.scenario.request import Measure
from routeplan.scenario.shipment import read_shipment
from routeplan.search.candidates import read_limits
from routeplan.search.front import measured
from routeplan.search.lifting import find_liftings
from routeplan.search.missing import find_missing
from routeplan.search.relaxed import relax
from routeplan.search.wording import Wording
from routeplan.units import days_text, money_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from routeplan.network.model import Network
    from routeplan.scenario.request import RouteRequest
    from routeplan.search.lifting import Lifting

_TOLD = 3
"""Ways out that are told; the nearest come first, the rest is counted."""


def no_route_text(network: Network, request: RouteRequest) -> str:
    """Say in one line why there is no way.

    Parameters
    ----------
    network
        The facts.
    request
        A question without an answer.

    Returns
    -------
    str
        Every smallest set of rules and limits whose lifting gives a way, up to three, the nearest
        way first, with what it then takes; where no rule is to blame, the fewest links the network
        lacks.
    """
    start, end = network.nodes[request.origin].name, network.nodes[request.destination].name
    relaxed = relax(network, request)
    liftings = find_liftings(relaxed, request)
    if liftings:
        nearest = [_told(network, request, lifting) for lifting in liftings[:_TOLD]]
        told = [_lifting_text(network, request, lifting) for lifting in nearest]
        more = len(liftings) - len(told)
        others = f" There {_ways_out(more)} besides." if more else ""
        several = all(len(lifting.bars) > 1 for lifting in nearest)
        lead = "Lifting one is not enough. " if several else ""
        return (
            f"no route from {start} to {end} under these limits. "
            f"{lead}There is one {' or '.join(told)}.{others}"
        )
    missing = find_missing(network, relaxed)
    wording = Wording(network, request, missing.path)
    reasons = "; ".join(map(wording.reason, missing.bars))
    text = f"no route joins {start} and {end} in this network: {reasons}."
    if all(bar.kind is BarKind.CLOSED for bar in missing.bars):
        opened = "; ".join(f"open edge:{bar.name}" for bar in missing.bars)
        return f"{text} --change '{opened}' gives one ({amounts(missing.path)})."
    return text


def amounts(path: Sequence[Arc]) -> str:
    """Write what a way takes: days on average and dollars."""
    time_min = sum(arc.vector.time_min for arc in path)
    cost_cents = sum(arc.vector.cost_cents for arc in path)
    return f"{days_text(time_min / 60)}, {money_text(cost_cents / 100)} USD"


def lighter(network: Network, request: RouteRequest, lifting: Lifting) -> tuple[Arc, ...]:
    """Price a way for the load it can take, where the load was what had to be lifted."""
    if Bar(BarKind.LOAD) not in lifting.bars:
        return lifting.path
    most_t = Wording(network, request, lifting.path).most_t()
    load = read_shipment(network, f"{most_t:f}t", request.shipment.cargo.cargo_id)
    costing = Costing(network, replace(load, value_usd=None), request.depart)
    return tuple(_priced(costing, arc) for arc in lifting.path)


def _priced(costing: Costing, arc: Arc) -> Arc:
    backward = arc.tail.node_id != arc.edge.from_node or _turned(arc)
    vectors = costing.vectors(arc.edge)
    vector = vectors[-1] if backward else vectors[0]
    return Arc(
        arc.tail, arc.head, arc.edge, vector, lambda: costing.cost(arc.edge, backward=backward)
    )


def _turned(arc: Arc) -> bool:
    """Whether a transshipment is walked from its second mode to its first."""
    edge = arc.edge
    return edge.to_mode is not None and arc.tail.mode is not edge.mode


def _told(network: Network, request: RouteRequest, lifting: Lifting) -> Lifting:
    """Price a lifting's way for the load it can take, and leave out limits it then keeps."""
    path = lighter(network, request, lifting)
    limits = read_limits(request.limits)
    bars = tuple(bar for bar in lifting.bars if not _keeps(bar, path, limits))
    return lifting._replace(bars=bars, path=path)


def _lifting_text(network: Network, request: RouteRequest, lifting: Lifting) -> str:
    wording = Wording(network, request, lifting.path)
    return f"{' and '.join(map(wording.lift, lifting.bars))} ({amounts(lifting.path)})"


def _keeps(bar: Bar, path: Sequence[Arc], limits: Mapping[Measure, int]) -> bool:
    """Whether a bar is a limit that the way keeps after all, with the load it can take."""
    if bar.kind is not BarKind.LIMIT:
        return False
    measure = Measure(bar.name)
    return sum(measured(arc, measure) for arc in path) <= limits[measure]


def _ways_out(count: int) -> str:
    return "is 1 such way out" if count == 1 else f"are {count} such ways out"
