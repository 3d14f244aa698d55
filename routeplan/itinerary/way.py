"""The way of an itinerary as stretches: what carries the cargo, and to where."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from routeplan.network.vocabulary import EdgeKind, Mode
from routeplan.scenario.door import is_off_network

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routeplan.itinerary.model import Leg
    from routeplan.network.records import Node

THROUGH = (Mode.RAIL, Mode.ROAD)
"""Modes that pass places without a stop worth telling."""


def stretches(legs: Sequence[Leg]) -> Iterator[tuple[Mode, Node]]:
    """Yield each stretch on one mode with the place it ends at; a gauge change ends one too.

    Every flight and sailing is one of its own; truck access is left out, but for the truck to or
    from a place off the network.
    """
    moves = [
        leg
        for leg in legs
        if leg.kind is not EdgeKind.TRANSSHIP and (leg.kind is not EdgeKind.ACCESS or to_door(leg))
    ]
    for here, after in pairwise([*moves, None]):
        if here is None:
            return
        changes = after is None or after.mode is not here.mode
        if changes or here.kind is EdgeKind.GAUGE_CHANGE or here.mode not in THROUGH:
            yield here.mode, here.end


def way_line(legs: Sequence[Leg]) -> str:
    """Write the way in one line of English: `Astana ~ rail ~ Aktau port ~ sea ~ Alat port ~ ...`.

    The stretch that ends last ends at the destination, whatever truck brings it there.
    """
    if not legs:
        return ""
    names = [_name(legs[0].start)]
    for mode, place in stretches(legs):
        names += ["truck" if mode is Mode.ROAD else str(mode), _name(place)]
    last = _name(legs[-1].end)
    return " ~ ".join([*names[:-1], last] if len(names) > 1 else names)


def to_door(leg: Leg) -> bool:
    """Whether a leg is the truck between a place off the network and its terminal."""
    return is_off_network(leg.start.node_id) or is_off_network(leg.end.node_id)


def _name(node: Node) -> str:
    return node.name or node.node_id
