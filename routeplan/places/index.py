"""Names and codes -> places; near misses become suggestions, never a silent correction."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from routeplan.errors import AmbiguousPlaceError, OffNetworkError, UnknownPlaceError
from routeplan.network.vocabulary import NodeKind
from routeplan.places.countries import country_name, find_country
from routeplan.places.keys import has_han, name_key
from routeplan.places.match import How, Place, PlaceMatch
from routeplan.places.points import nearest_nodes, read_coordinates
from routeplan.places.towns import describe_town, is_town

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from routeplan.network.model import Network
    from routeplan.network.records import Node
    from routeplan.places.doors import DoorFinder

_SUGGESTIONS = 3
_NEAREST = 3
_MAX_CANDIDATES = 5
_ALIKE, _MUCH_ALIKE = 0.72, 0.8  # ratios of difflib: a slip in seven letters is 0.85
_MAX_TEXT = 200


class PlaceIndex:
    """Finds what a text stands for: a place of the network by id, code, name or alias; else a town.

    A city and its terminals often share a name or code; the city stands for them all. What a
    search does not need is not built: tables of names and keys, and the gazetteer's text.

    Parameters
    ----------
    network
        Whose places are indexed.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._nodes = network.nodes

    def get(self, text: str) -> str:
        """Return the node a text stands for.

        Parameters
        ----------
        text
            A node id, UN/LOCODE, IATA code, name or alias in any script, or `Name, CC` with a
            country code or name behind it.

        Raises
        ------
        UnknownPlaceError
            If nothing answers to it.
        AmbiguousPlaceError
            If places of different cities answer to it.
        OffNetworkError
            If it is a town or point off the network.
        """
        found = self.resolve(text)
        if isinstance(found, PlaceMatch):
            return found.node_id
        raise OffNetworkError(describe_town(found), self.nearest(found))

    def resolve(self, text: str) -> PlaceMatch | Place:
        """Return what a text stands for, on the network or off it.

        Tried in this order, and the first that answers counts: id, code, name and alias as they
        are written; `lat,lon`; the same by key, which is blind to script and accents; then the
        gazetteer. A country behind the name must hold in each: `Dimitrovgrad, RS`, `Poti Georgia`.

        Raises
        ------
        UnknownPlaceError
            If nothing answers to it; near misses are suggested.
        AmbiguousPlaceError
            If several places answer to it at the same step.
        RequestError
            If it is a pair of coordinates that is not on the globe.
        """
        name, country = self._split_country(text)
        nodes = self._by_name(name, country)
        if not nodes and (point := read_coordinates(text)):
            return point
        nodes = nodes or self._by_key(name, country)
        if len(nodes) > 1:
            raise AmbiguousPlaceError(text, [self.describe(node_id) for node_id in nodes])
        if nodes:
            return self._match(nodes[0], name)
        return self._from_gazetteer(text, name, country)

    def find(self, text: str) -> list[str]:
        """List the nodes a text may stand for, one per city; empty if there is none."""
        name, country = self._split_country(text)
        return self._by_name(name, country) or self._by_key(name, country)

    def find_towns(self, text: str) -> list[PlaceMatch | Place]:
        """List what the gazetteer has by a name, nearest to the network first.

        A town that is a city of the network is that city.
        """
        return self._towns(*self._split_country(text))

    def _towns(self, name: str, country: str | None) -> list[PlaceMatch | Place]:
        from routeplan.places.gazetteer import find_towns

        off_by_km: dict[PlaceMatch | Place, float] = {}
        for town in find_towns(name, country):
            shared = {n for key in town.keys for n in self._keys.get(key, ())}
            same = [self._nodes[n] for n in sorted(shared) if is_town(self._nodes[n], town)]
            if cities := self._one_per_city([node.node_id for node in same]):
                match = PlaceMatch(cities[0], How.GAZETTEER, town.place.name)
                off_by_km.setdefault(match, 0.0)
            else:
                near = nearest_nodes(self._nodes.values(), town.place, 1)
                off_by_km.setdefault(town.place, near[0][0] if near else 0.0)
        return sorted(off_by_km, key=lambda found: off_by_km[found])

    def find_country(self, text: str) -> str | None:
        """Return the code of a country written as code or name, if it is one.

        A code without a name here is one if a place of the network lies there.
        """
        code = text.strip().upper()
        return find_country(text) or (code if code and code in self._countries else None)

    def search(self, text: str) -> list[PlaceMatch]:
        """List the nodes of a country, or whose id, code, name or alias holds a text.

        `how` is PART where a name only holds it, in any script.
        """
        if country := self.find_country(text):
            there = (n for n in self._nodes.values() if n.country == country)
            return [PlaceMatch(n.node_id, How.COUNTRY, n.country) for n in there]
        name, country = self._split_country(text)
        taken = {node_id: self._match(node_id, name) for node_id in self.find(text)}
        key = "" if has_han(name) else name_key(name)
        found = []
        for node in self._nodes.values():
            if country in (None, node.country):
                part = _part(node, name.casefold(), key)
                match = PlaceMatch(node.node_id, How.PART, part) if part else None
                if match := taken.get(node.node_id, match):
                    found.append(match)
        return found

    def suggest(self, text: str) -> list[str]:
        """List up to three places with names near a text, best first.

        Towns of the gazetteer come first where no place of the network is really near.
        """
        from difflib import SequenceMatcher, get_close_matches

        key = name_key(text[:_MAX_TEXT].partition(",")[0])
        near = get_close_matches(key, self._keys, 2 * _SUGGESTIONS, cutoff=_ALIKE)
        seen: dict[str, None] = {}
        if not near or SequenceMatcher(None, key, near[0]).ratio() < _MUCH_ALIKE:
            from routeplan.places.gazetteer import similar_towns

            towns = similar_towns(key, _SUGGESTIONS, _MUCH_ALIKE)
            seen = dict.fromkeys(map(describe_town, towns))
        for match in near:
            for node_id in self._one_per_city(self._keys[match]):
                seen.setdefault(self.describe(node_id))
        return list(seen)[:_SUGGESTIONS]

    def node(self, node_id: str) -> Node:
        """Return the node of an id."""
        return self._nodes[node_id]

    def describe(self, node_id: str) -> str:
        """Write a place so that it is understood and can be typed back."""
        node = self._nodes[node_id]
        country = f", {country_name(node.country)}" if node.country else ""
        return f"{node.name or node_id} ({node_id}{country})"

    @cached_property
    def doors(self) -> DoorFinder:
        """What joins places off the network to its terminals; made when first needed."""
        from routeplan.places.doors import DoorFinder

        return DoorFinder(self._network, self)

    @cached_property
    def _countries(self) -> set[str]:
        return {node.country for node in self._nodes.values()}

    @cached_property
    def _exact(self) -> dict[str, list[str]]:
        """Index by every name as written, but for its case."""
        exact: dict[str, list[str]] = {}
        for node in self._nodes.values():
            for name in _names(node):
                exact.setdefault(name.casefold(), []).append(node.node_id)
        return exact

    @cached_property
    def _keys(self) -> dict[str, list[str]]:
        """Index by transliterated name, not by code: Ист is not IST. Built when needed."""
        keys: dict[str, list[str]] = {}
        for node in self._nodes.values():
            for key in {name_key(name) for name in _names(node, codes=False)} - {""}:
                keys.setdefault(key, []).append(node.node_id)
        return keys

    def _by_name(self, name: str, country: str | None) -> list[str]:
        if name in self._nodes and country in (None, self._nodes[name].country):
            return [name]
        found = self._exact.get(name.casefold()) or self._exact.get(_joined(name), [])
        return self._one_per_city(self._in(country, found))

    def _by_key(self, name: str, country: str | None) -> list[str]:
        """Find nodes by key; not for Chinese, whose names share sounds without being one."""
        key = "" if has_han(name) else name_key(name)
        return self._one_per_city(self._in(country, self._keys.get(key, ()))) if key else []

    def _in(self, country: str | None, node_ids: Iterable[str]) -> list[str]:
        return [n for n in node_ids if country in (None, self._nodes[n].country)]

    def _match(self, node_id: str, name: str) -> PlaceMatch:
        node, wanted = self._nodes[node_id], {name.casefold(), _joined(name)}
        names = _names(node)
        for written in names:
            if written.casefold() in wanted:
                return PlaceMatch(node_id, _how(node, written), written)
        key = name_key(name)
        alike = next((written for written in names if name_key(written) == key), "")
        return PlaceMatch(node_id, How.KEY, alike)

    def _from_gazetteer(self, text: str, name: str, country: str | None) -> PlaceMatch | Place:
        found = self._towns(name, country)
        if not found and country is None:
            name, country = self._split_country(text, " ")
            if country is not None:
                return self.resolve(f"{name}, {country}")
        if not found:
            raise UnknownPlaceError(text[:_MAX_TEXT], self.suggest(text))
        if len(found) > 1:
            raise AmbiguousPlaceError(
                text,
                [self._describe_candidate(one) for one in found[:_MAX_CANDIDATES]],
                "Use an id or coordinates, or a country behind the name.",
                more=max(0, len(found) - _MAX_CANDIDATES),
            )
        return found[0]

    def nearest(self, place: Place) -> list[str]:
        """Write the nearest places of the network, a city for its terminals, with distances."""
        near = nearest_nodes(self._nodes.values(), place, len(self._nodes))
        off_by_km = {node.node_id: km for km, node in near}
        cities: dict[str, float] = {}
        for km, node in near:
            city = node.city_id if node.city_id in self._nodes else node.node_id
            cities.setdefault(city, off_by_km.get(city, km))
        nearest = list(cities.items())[:_NEAREST]
        return [f"{self.describe(node_id)}, {km:.0f} km" for node_id, km in nearest]

    def _describe_candidate(self, found: PlaceMatch | Place) -> str:
        if isinstance(found, PlaceMatch):
            return self.describe(found.node_id)
        return describe_town(found, nearest_nodes(self._nodes.values(), found, 1))

    def _one_per_city(self, node_ids: Sequence[str]) -> list[str]:
        """Let a city stand for its terminals, and the first of several terminals of one city."""
        if len(node_ids) < 2:
            return list(node_ids)
        by_city: dict[str, str] = {}
        for node_id in node_ids:
            node = self._nodes[node_id]
            city = node.city_id if node.city_id in self._nodes else node_id
            if city not in by_city or node.kind is NodeKind.CITY:
                by_city[city] = node_id
            elif by_city[city] != city:
                by_city[city] = min(by_city[city], node_id)
        return list(by_city.values())

    def _split_country(self, text: str, mark: str = ",") -> tuple[str, str | None]:
        name, marked, tail = text.strip().rpartition(mark)
        country = self.find_country(tail) if marked else None
        return (name.strip(), country) if country else (text.strip(), None)


def _names(node: Node, *, codes: bool = True) -> list[str]:
    """List the id, name, codes if wanted, and aliases of a node."""
    own = (node.unlocode, node.iata) if codes else ()
    return [n for n in (node.node_id, node.name, *own, *node.aliases) if n]


def _joined(name: str) -> str:
    """Join a UN/LOCODE written in two parts, as in `KZ AAU`; nothing if it is none."""
    country, blank, place = name.casefold().partition(" ")
    return country + place if blank and len(country) == 2 and len(place) == 3 else ""


def _part(node: Node, text: str, key: str) -> str:
    """Return the first of a node's names that holds a text or its key, or nothing."""
    names = _names(node)
    exact = (name for name in names if text in name.casefold())
    alike = (name for name in names if key and key in name_key(name))
    return next(exact, None) or next(alike, "")


def _how(node: Node, name: str) -> How:
    """Tell which of a node's names this is."""
    if name == node.node_id:
        return How.ID
    if name in (node.unlocode, node.iata):
        return How.CODE
    return How.NAME if name == node.name else How.ALIAS
