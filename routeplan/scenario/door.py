"""Where a question begins and ends off the network: the door, and the trucks to terminals."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from routeplan.network.records import Node

PLACE: Final = "place:"
ESTIMATE: Final = "estimate:"
OWN: Final = "own:"
"""What ids of one question's own places and links begin with; ids of data files have no colon."""


class Handover(StrEnum):
    """Where cargo is picked up and delivered.

    `named` is at the place named: the door of a place off the network, the gate of a city, the gate
    of a terminal that is named itself. `door` starts and ends in the city of a terminal that is
    named. `terminal` leaves the first and the last truck to others.
    """

    NAMED = "named"
    DOOR = "door"
    TERMINAL = "terminal"


class AccessLink(NamedTuple):
    """A truck between a door and a terminal.

    Parameters
    ----------
    to_node
        Node id of the terminal, or of another door of the question.
    km
        Length of the way by road.
    straight_km
        The straight line it was estimated from; None where a user gave the length.
    hours, usd
        Time, and price of a truck, where a user gave them; else they come from the cards.
    source_ids, as_of, confidence, note
        What the length rests on.
    """

    to_node: str
    km: float
    straight_km: float | None = None
    hours: float | None = None
    usd: float | None = None
    source_ids: tuple[str, ...] = ()
    as_of: str = ""
    confidence: tuple[str, ...] = ("assumed",)
    note: str = ""

    @property
    def is_estimate(self) -> bool:
        """Whether its length is made of a straight line."""
        return self.straight_km is not None


class Door(NamedTuple):
    """A place that trucks join to terminals for one question.

    Parameters
    ----------
    node
        The place: one off the network, or a city of it that no link joins.
    links
        To terminals, in order of their node ids.
    nearest
        The nearest terminal of each mode: where a question from terminal to terminal begins.
    found
        How the place was found, if not by the data: what an online search took the text for.
    """

    node: Node
    links: tuple[AccessLink, ...]
    nearest: tuple[str, ...] = ()
    found: str = ""

    def edge_id(self, link: AccessLink) -> str:
        """Return the id of a link: `estimate:rs-kragujevac>rs-belgrade-rail`."""
        start, end = (n.removeprefix(PLACE) for n in (self.node.node_id, link.to_node))
        return f"{ESTIMATE if link.is_estimate else OWN}{start}>{end}"


def is_off_network(node_id: str) -> bool:
    """Whether a node of an answer is a place off the network."""
    return node_id.startswith(PLACE)


def is_estimate(edge_id: str) -> bool:
    """Whether an edge of an answer is a truck whose length is made of a straight line."""
    return edge_id.startswith(ESTIMATE)
