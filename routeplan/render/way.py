"""The way of an itinerary in words: one line for logs and lists, and steps for a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from routeplan.itinerary.way import THROUGH, stretches, to_door
from routeplan.language import say, say_name
from routeplan.network.vocabulary import EdgeKind, Mode
from routeplan.render.cells import plain
from routeplan.scenario.door import is_estimate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from routeplan.itinerary.model import Itinerary, Leg
    from routeplan.network.records import Node

_VIA_SHOWN = 3


class Step(NamedTuple):
    """One line of the leg table: a leg, or several moves on one vehicle without a stop between.

    Parameters
    ----------
    legs
        The legs it stands for, in order.
    """

    legs: tuple[Leg, ...]

    @property
    def kind(self) -> EdgeKind:
        """What happens."""
        return self.legs[0].kind

    @property
    def distance_km(self) -> float:
        """Length of the step."""
        return sum(leg.distance_km for leg in self.legs)

    @property
    def time_h(self) -> float:
        """Average duration."""
        return sum(leg.time_h.mean for leg in self.legs)

    @property
    def wait_h(self) -> float:
        """Average wait before it."""
        return sum(leg.wait_h.mean for leg in self.legs)

    @property
    def cost_usd(self) -> float:
        """What the step costs."""
        return sum(leg.cost_usd for leg in self.legs)

    @property
    def co2e_kg(self) -> float:
        """What the step emits."""
        return sum(leg.co2e_kg for leg in self.legs)

    @property
    def times(self) -> tuple[datetime, datetime] | None:
        """When it leaves and when it arrives, in local time; None if not by the clock."""
        first, last = self.legs[0].times, self.legs[-1].times
        return (first.depart, last.arrive) if first and last else None

    @property
    def action(self) -> str:
        """What is done, in a word or two: `rail`, `border`, `rail to sea`."""
        first = self.legs[0]
        if is_estimate(first.edge.edge_id):
            return say("truck, estimate")
        if first.kind is EdgeKind.TRANSSHIP:
            return say(
                "{before} to {after}", before=carriage(first.mode), after=carriage(first.to_mode)
            )
        if first.kind is EdgeKind.BORDER:
            return say("{mode} border", mode=say(first.mode))
        if first.kind is EdgeKind.GAUGE_CHANGE:
            return say("gauge change")
        if first.kind is EdgeKind.ACCESS:
            return say("truck access")
        return say(first.mode)

    @property
    def places(self) -> str:
        """Where: `Astana rail - Aktau port`, or one place."""
        start, end = self.legs[0].start, self.legs[-1].end
        if start.node_id == end.node_id:
            return label(start)
        return f"{label(start)} - {label(end)}"

    @property
    def via(self) -> str:
        """Places passed between, a few of them; empty if there is none."""
        names = [label(leg.end) for leg in self.legs[:-1]]
        if len(names) > _VIA_SHOWN:
            stride = len(names) / _VIA_SHOWN
            names = [names[int((i + 0.5) * stride)] for i in range(_VIA_SHOWN)]
        return ", ".join(names)


def steps(legs: Sequence[Leg]) -> list[Step]:
    """Join consecutive moves of one mode that need no handling and no wait between them."""
    groups: list[list[Leg]] = []
    for leg in legs:
        if groups and _continues(groups[-1][-1], leg):
            groups[-1].append(leg)
        else:
            groups.append([leg])
    return [Step(tuple(group)) for group in groups]


class Part(NamedTuple):
    """A word of a way: a mode, or a place where `mode` is None."""

    text: str
    mode: Mode | None


def way_parts(itinerary: Itinerary) -> list[Part]:
    """Write the way as places with the mode between them; every flight and sailing shows.

    Trucks between a city and its terminals do not, those to a place off the network do.
    """
    return _parts(itinerary.legs)


def _parts(legs: Sequence[Leg]) -> list[Part]:
    parts = [Part(label(legs[0].start), None)]
    for mode, place in stretches(legs):
        parts += [Part(carriage(mode), mode), Part(label(place), None)]
    return [*parts[:-1], Part(label(legs[-1].end), None)] if len(parts) > 1 else parts


def way_text(itinerary: Itinerary) -> str:
    """Write the way in one line: `Astana ~ rail ~ Aktau port ~ sea ~ Alat port ~ ...`."""
    return legs_text(itinerary.legs)


def legs_text(legs: Sequence[Leg]) -> str:
    """Write legs as `way_text` does a way; there is at least one."""
    return " ~ ".join(part.text for part in _parts(legs))


def border_posts(itinerary: Itinerary) -> list[str]:
    """List the posts at which land borders are entered."""
    return [
        label(leg.end)
        for leg in itinerary.legs
        if leg.mode in THROUGH and leg.start.country != leg.end.country
    ]


def terminals(itinerary: Itinerary) -> tuple[Node, Node]:
    """Return the places where line haul begins and ends, once access by truck is over.

    A city is all its terminals: these are the two that this way uses. A truck that loads in the
    city itself begins or ends there.
    """
    legs = itinerary.legs
    carried = [leg for leg in legs if leg.kind is not EdgeKind.ACCESS]
    if not carried:
        return legs[0].start, legs[-1].end
    start = legs[0] if _drives_on(legs[0], carried[0]) else carried[0]
    end = legs[-1] if _drives_on(legs[-1], carried[-1]) else carried[-1]
    return start.start, end.end


def terminal_names(itinerary: Itinerary) -> list[str]:
    """List the terminals a way uses in the cities it joins; empty where it uses none."""
    ends = (itinerary.legs[0].start, itinerary.legs[-1].end)
    used = zip(terminals(itinerary), ends, strict=True)
    return list(dict.fromkeys(label(node) for node, end in used if node.node_id != end.node_id))


def passages(itinerary: Itinerary) -> list[str]:
    """List the straits and canals passed, each once, in order."""
    return list(dict.fromkeys(say(name) for leg in itinerary.legs for name in leg.edge.passages))


def label(node: Node) -> str:
    """Return the name of a place, in one line."""
    return plain(say_name("place", node.name)) or node.node_id


def carriage(mode: Mode | None) -> str:
    """Name a mode as carriage: road is a truck."""
    return say("truck" if mode is Mode.ROAD else str(mode))


def _drives_on(door: Leg, road: Leg) -> bool:
    """Whether the truck of a door goes on by road: then it calls at no terminal."""
    return to_door(door) and road.mode is Mode.ROAD and road.kind is not EdgeKind.TRANSSHIP


def _continues(before: Leg, after: Leg) -> bool:
    return (
        before.kind is EdgeKind.MOVE
        and after.kind is EdgeKind.MOVE
        and before.mode is after.mode
        and after.mode in THROUGH
        and not after.wait_h.p90
    )
