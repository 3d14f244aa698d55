"""A place off the network -> the terminals a truck can reach from it, and how far they are.

Of the terminals in its own country, over land, no farther than a truck is sent for a pick-up: the
nearest few of each mode, all within the catchment, and the nearest one by road to each quarter of
the compass. The way is the straight line x how much longer roads are in that country; where water
or a neighbour lies between, round it. Borders are not crossed: that is no short truck, it has
papers, queues and a price, which the network knows.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from routeplan.errors import OffNetworkError, RequestError
from routeplan.network.column import changed
from routeplan.network.records import Node
from routeplan.network.vocabulary import LINEHAUL, EdgeKind, Mode, NodeKind, Status
from routeplan.places.countries import country_name
from routeplan.places.keys import name_key
from routeplan.places.match import How, Place
from routeplan.places.points import great_circle_km
from routeplan.places.towns import describe_town
from routeplan.scenario.door import PLACE, AccessLink, Door

if TYPE_CHECKING:
    from collections.abc import Iterable

    from routeplan.network.model import Network
    from routeplan.network.records import Parameter
    from routeplan.places.index import PlaceIndex

MOST_KM, CATCHMENT_KM, PER_MODE, CIRCUITY = 400.0, 150.0, 3, 1.3
"""Where parameters.csv has none; its rows `access_max_km` and so on say why."""
_GAZETTEER_SOURCE = "geonames-2025"


class Reach(NamedTuple):
    """A terminal within reach: its node id, the straight line and the way by road in km."""

    node_id: str
    straight_km: float
    km: float


class DoorFinder:
    """Joins places to the terminals of one network; what was found once is remembered.

    Parameters
    ----------
    network
        The facts.
    index
        Its places, to name the nearest in an error.
    """

    def __init__(self, network: Network, index: PlaceIndex) -> None:
        self._network = network
        self._index = index
        self._doors: dict[Node, Door] = {}
        self._modes: dict[str, set[Mode]] = {}
        self.most_km = network.parameter("access_max_km", MOST_KM)

    def door(self, place: Place) -> Door:
        """Join a place off the network to terminals.

        Raises
        ------
        OffNetworkError
            If no terminal can be reached; it says why, and names the nearest places.
        """
        node = place_node(self._on_land(place))
        if node not in self._doors:
            links, nearest = self._links(node, self._terminals())
            if not links:
                raise OffNetworkError(
                    describe_town(place), self._index.nearest(place), self._why_not(node)
                )
            closest = min(links, key=lambda link: link.km).to_node
            here = changed(node, timezone=self._network.nodes[closest].timezone)
            self._doors[node] = Door(here, links, nearest, place.address)
        return self._doors[node]

    def own_city(self, node_id: str, terminals: Iterable[str]) -> Door | None:
        """Join a city of the network to terminals of its own that no link joins to it.

        Parameters
        ----------
        node_id
            The city.
        terminals
            Its terminals without a road or access edge; see `places.ends.unjoined_terminals`.

        Returns
        -------
        Door or None
            None where no truck can be estimated and other links lead to the city.

        Raises
        ------
        RequestError
            If no truck can be estimated and no other link leads to the city.
        """
        network = self._network
        node = network.nodes[node_id]
        links, nearest = self._links(
            node, [network.nodes[n] for n in terminals if self._modes_at(n)]
        )
        if links:
            return Door(node, links, nearest)
        if any(node_id in (edge.from_node, edge.to_node) for edge in network.edges.values()):
            return None
        raise RequestError(
            f"no truck joins {node.name} ({node_id}) to its terminals: there is no row of kind "
            "access, and none could be estimated. That takes coordinates of both in nodes.csv, "
            "and a transshipment from road at a terminal."
        )

    def between(self, one: Node, other: Node) -> AccessLink | None:
        """Join two places of a question to each other, if a truck reaches from one to the other."""
        reach = self._reach(one, other)
        return self._link(one, reach) if reach else None

    def _on_land(self, place: Place) -> Place:
        """Give a point its country, and refuse one that is not on land."""
        if place.country:
            return place
        from routeplan.places.land import load_land
        from routeplan.places.landway import areas_at

        point = (place.lon, place.lat)
        found = areas_at(point)
        if found:
            return place._replace(country=load_land().areas[found[0]].country)
        why = "No truck gets there: it lies in the water."
        if load_land().covers(*point):
            why = "No place of the network lies in that country."
        raise OffNetworkError(describe_town(place), self._index.nearest(place), why)

    def _terminals(self) -> list[Node]:
        return [node for node in self._network.nodes.values() if self._modes_at(node.node_id)]

    def _modes_at(self, node_id: str) -> set[Mode]:
        """Return the modes a truck can hand over to at a node; empty where it cannot stop."""
        if not self._modes:
            self._modes = _handed_over(self._network)
        return self._modes.get(node_id, set())

    def _links(
        self, node: Node, terminals: Iterable[Node]
    ) -> tuple[tuple[AccessLink, ...], tuple[str, ...]]:
        """Choose terminals: the nearest few of each mode, and all of the catchment."""
        by_mode: dict[Mode, list[Reach]] = defaultdict(list)
        reached = sorted(
            (reach for terminal in terminals if (reach := self._reach(node, terminal))),
            key=lambda reach: (reach.km, reach.node_id),
        )
        for reach in reached:
            for mode in self._modes_at(reach.node_id):
                by_mode[mode].append(reach)
        count = int(self._network.parameter("access_per_mode", PER_MODE))
        catchment_km = self._network.parameter("access_catchment_km", CATCHMENT_KM)
        chosen = {reach for found in by_mode.values() for reach in found[:count]}
        chosen |= {reach for reach in reached if reach.straight_km <= catchment_km}
        quarters = {self._quarter(node, r.node_id): r for r in reversed(by_mode.get(Mode.ROAD, []))}
        chosen |= set(quarters.values())
        nearest = {found[0].node_id for found in by_mode.values()}
        links = (self._link(node, reach) for reach in sorted(chosen))
        return tuple(links), tuple(sorted(nearest))

    def _quarter(self, node: Node, node_id: str) -> tuple[bool, bool]:
        """Tell in which quarter of the compass a terminal lies: roads lead on to all sides."""
        (lat, lon), (to_lat, to_lon) = _place(node), _place(self._network.nodes[node_id])
        return to_lat > lat, to_lon > lon

    def _reach(self, start: Node, end: Node, most_km: float | None = None) -> Reach | None:
        """Measure the way by road between two places of one country; None if there is none."""
        most_km = most_km or self.most_km
        if start.country != end.country or None in (start.lat, start.lon, end.lat, end.lon):
            return None
        here, there = _place(start), _place(end)
        if great_circle_km(here, there) > most_km:
            return None
        from geopy.distance import geodesic

        from routeplan.places.landway import land_way

        straight_km = float(geodesic(here, there).km)
        line_km, outline_km = straight_km, 0.0
        if self._mapped(start):
            way = land_way(here[::-1], there[::-1], start.country, most_km)
            if way is None:
                return None
            if way.outline_km:
                line_km, outline_km = way
        km = line_km * self._circuity(start.country)[0] + outline_km
        return Reach(end.node_id, straight_km, km) if km <= most_km else None

    def _mapped(self, node: Node) -> bool:
        """Whether the map has the country of a place; without it the straight line must do."""
        from routeplan.places.land import load_land

        return any(area.country == node.country for area in load_land().areas)

    def _link(self, node: Node, reach: Reach) -> AccessLink:
        factor, row = self._circuity(node.country)
        around = reach.km > reach.straight_km * factor + 0.5
        note = f"Straight line {reach.straight_km:.1f} km x {factor:g}"
        note += ", and round water or a border." if around else "."
        return AccessLink(
            to_node=reach.node_id,
            km=round(reach.km, 1),
            straight_km=round(reach.straight_km, 1),
            source_ids=row.source_ids if row else (),
            as_of=row.as_of if row else "",
            note=f"{note} No road was looked up.",
        )

    def _circuity(self, country: str) -> tuple[float, Parameter | None]:
        rows = self._network.parameters
        row = rows.get(f"circuity_{country.lower()}") or rows.get("circuity")
        return (row.value, row) if row else (CIRCUITY, None)

    def _why_not(self, node: Node) -> str:
        """Say why no terminal can be reached from a place."""
        country = country_name(node.country)
        own = [terminal for terminal in self._terminals() if terminal.country == node.country]
        if not own:
            return f"The network has no terminal in {country}, and a pick-up crosses no border."
        if self._mapped(node):
            from routeplan.places.landway import closed_off

            behind = closed_off(_place(node)[::-1])
            if behind:
                return f"{behind} lies behind a line that no freight crosses."
        reached = (r for terminal in own if (r := self._reach(node, terminal, math.inf)))
        nearest = min(reached, key=lambda reach: reach.km, default=None)
        if nearest is None:
            return f"Water or a border lies between it and every terminal in {country}."
        name = self._network.nodes[nearest.node_id].name
        return (
            f"{name} is the nearest terminal in {country} by road, {nearest.km:.0f} km; a pick-up "
            f"goes {self.most_km:g} km at most (access_max_km)."
        )


def place_node(place: Place) -> Node:
    """Make a node of a place off the network; its id cannot be one of a data file."""
    if place.how is How.GAZETTEER:
        key = f"{place.country.lower()}-{name_key(place.name)}"
    else:
        key = f"{place.lat:.4f},{place.lon:.4f}"
    sourced = place.how is How.GAZETTEER
    return Node(
        node_id=PLACE + key,
        name=place.name,
        country=place.country,
        kind=NodeKind.CITY,
        lat=place.lat,
        lon=place.lon,
        source_ids=(_GAZETTEER_SOURCE,) if sourced else (),
        confidence=("published",) if sourced else ("assumed",),
        note="Off the network.",
    )


def _handed_over(network: Network) -> dict[str, set[Mode]]:
    """List by node the modes cargo can leave by once a truck has brought it there."""
    leaving: dict[str, set[Mode]] = defaultdict(set)
    handling: dict[str, list[tuple[Mode, Mode]]] = defaultdict(list)
    for edge in network.edges.values():
        if edge.status is Status.CLOSED or edge.mode is None:
            continue
        if edge.kind is EdgeKind.TRANSSHIP and edge.to_mode is not None:
            handling[edge.from_node].append((edge.mode, edge.to_mode))
        elif edge.kind in LINEHAUL:
            leaving[edge.from_node].add(edge.mode)
            leaving[edge.to_node].add(edge.mode)
    found = {}
    for node_id, modes in leaving.items():
        reached = {Mode.ROAD}
        for _ in Mode:
            reached |= {m for pair in handling[node_id] if reached & set(pair) for m in pair}
        if modes & reached:
            found[node_id] = modes & reached
    return found


def _place(node: Node) -> tuple[float, float]:
    """Return latitude and longitude of a node that has them."""
    assert node.lat is not None  # noqa: S101 - the caller has looked
    assert node.lon is not None  # noqa: S101
    return node.lat, node.lon
