"""The places of a question as written -> where it begins, passes and ends, and the doors there."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from routeplan.errors import RequestError, UnknownPlaceError
from routeplan.network.vocabulary import EdgeKind, Mode
from routeplan.places.match import PlaceMatch
from routeplan.scenario.door import Door, Handover

if TYPE_CHECKING:
    from routeplan.network.model import Network
    from routeplan.network.records import Node
    from routeplan.places.index import PlaceIndex
    from routeplan.places.match import Place
    from routeplan.places.question import Question
    from routeplan.scenario.door import AccessLink


class Ends(NamedTuple):
    """Where a question begins, passes and ends: node ids, and the doors among them."""

    origin: str
    destination: str
    via: tuple[str, ...]
    doors: tuple[Door, ...]


def find_ends(network: Network, index: PlaceIndex, question: Question, handover: Handover) -> Ends:
    """Resolve the places of a question, those off the network among them.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        If a place cannot be told.
    OffNetworkError
        If no truck joins a place off the network to a terminal.
    RequestError
        If origin and destination are one place, or an online search fails.
    """
    finder = _Finder(network, index, question)
    origin = finder.end(question.origin, handover)
    destination = finder.end(question.destination, handover)
    via = tuple(finder.passed(text) for text in question.via)
    if origin == destination:
        name = finder.describe(origin)
        raise RequestError(f"origin and destination are both {name}. Name two places.")
    return Ends(origin, destination, via, finder.doors())


class _Finder:
    def __init__(self, network: Network, index: PlaceIndex, question: Question) -> None:
        self._network = network
        self._index = index
        self._online = question.geocode
        self._own: dict[str, list[AccessLink]] = {}
        for access in question.access:
            self._own.setdefault(access.node.node_id, []).append(access.link)
        self._own_nodes = {access.node.node_id: access.node for access in question.access}
        self._doors: dict[str, Door] = {}

    def end(self, text: str, handover: Handover) -> str:
        """Return the node id of origin or destination; its door is kept, if it has one."""
        found = self._resolve(text)
        if not isinstance(found, PlaceMatch):
            return self._off_network(found)
        node_id = self._gate(found.node_id, handover)
        door = self._door(node_id)
        if door is None and handover is not Handover.TERMINAL:
            door = self._own_city(node_id)
        return self._keep(node_id, door)

    def passed(self, text: str) -> str:
        """Return the node id of a place on the way: a city is passed at any of its terminals."""
        found = self._resolve(text)
        if not isinstance(found, PlaceMatch):
            return self._off_network(found)
        return self._keep(found.node_id, self._door(found.node_id))

    def _off_network(self, place: Place) -> str:
        from routeplan.places.doors import place_node

        node_id = place_node(place).node_id
        return self._keep(node_id, self._door(node_id) or self._index.doors.door(place))

    def _own_city(self, node_id: str) -> Door | None:
        """Join a city to terminals that no link joins to it; the usual case has none."""
        apart = unjoined_terminals(self._network, node_id)
        return self._index.doors.own_city(node_id, apart) if apart else None

    def _keep(self, node_id: str, door: Door | None) -> str:
        if door is not None:
            self._doors[node_id] = door
        return node_id

    def doors(self) -> tuple[Door, ...]:
        """Return the doors, each also joined to the ones after it that a truck reaches."""
        for one, other in combinations(list(self._doors), 2):
            here, there = self._doors[one], self._doors[other]
            off = one not in self._network.nodes and other not in self._network.nodes
            if off and one not in self._own and other not in self._own:
                link = self._index.doors.between(here.node, there.node)
                if link is not None:
                    self._doors[one] = here._replace(links=(*here.links, link))
        return tuple(self._doors.values())

    def describe(self, node_id: str) -> str:
        """Name a place for an error."""
        door = self._doors.get(node_id)
        if door is None or node_id in self._network.nodes:
            return self._index.describe(node_id)
        return door.node.name

    def _resolve(self, text: str) -> PlaceMatch | Place:
        try:
            return self._index.resolve(text)
        except UnknownPlaceError:
            if not self._online:
                raise
        from routeplan.places.online import find_online

        return find_online(text)

    def _gate(self, node_id: str, handover: Handover) -> str:
        """Return the city of a terminal where the cargo is handed over at a door."""
        city_id = self._network.nodes[node_id].city_id
        to_city = handover is Handover.DOOR and city_id in self._network.nodes
        return city_id if to_city else node_id

    def _door(self, node_id: str) -> Door | None:
        """Return the door that a user's own trucks make of a place, if there are any."""
        if node_id not in self._own:
            return None
        links = tuple(sorted(self._own[node_id], key=lambda link: link.to_node))
        node = self._own_nodes[node_id]
        return Door(node, links, tuple(link.to_node for link in links))


def node_of(network: Network, doors: tuple[Door, ...], node_id: str) -> Node:
    """Return a place of a question, on the network or off it."""
    own = next((door.node for door in doors if door.node.node_id == node_id), None)
    return own or network.nodes[node_id]


def unjoined_terminals(network: Network, city_id: str) -> list[str]:
    """List the terminals of a city that no access edge touches and no road joins to it."""
    members = {n.node_id for n in network.nodes.values() if n.city_id == city_id}
    if not members:
        return []
    for edge in network.edges.values():
        ends = (edge.from_node, edge.to_node)
        if edge.kind is EdgeKind.ACCESS or (edge.mode is Mode.ROAD and city_id in ends):
            members.difference_update(ends)
    return sorted(members)
