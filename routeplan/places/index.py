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
        near = nearest_nodes(self._nodes.values(), found, _NEAREST)
        raise OffNetworkError(
            describe_town(found),
            [f"{self.describe(node.node_id)}, {km:,.0f} km" for km, node in near],
        )

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
        if not nodes and country is None:
            name, country = self._split_country(text, " ")
            nodes = self._by_name(name, country) or self._by_key(name, country)
        if len(nodes) > 1:
            raise AmbiguousPlaceError(text, [self.describe(node_id) for node_id in nodes])
        if nodes:
            return self._match(nodes[0], name)
        return self._from_gazetteer(text, name, country)

    def find(self, text: str) -> list[str]:
        """List the nodes a text may stand for, one per city; empty if there is none."""
        name, country = self._split_country(text)
        return self._by_name(name, country) or self._by_key(name, country)

    def find_towns(self, name: str, country: str | None = None) -> list[PlaceMatch | Place]:
        """List what the gazetteer has by a name, nearest to the network first.

        A town that is a city of the network is that city.
        """
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

    def search(self, text: str) -> list[str]:
        """List the nodes of a country, or whose id, code, name or alias holds a text."""
        if country := self.find_country(text):
            return [n.node_id for n in self._nodes.values() if n.country == country]
        return [match.node_id for match in self.search_names(text)]

    def search_names(self, text: str) -> list[PlaceMatch]:
        """List the nodes whose id, code, name or alias holds a text, with the first that does.

        `how` is KEY where it holds it in another script or spelling only.
        """
        wanted, key = text.casefold(), "" if has_han(text) else name_key(text)
        found = []
        for node in self._nodes.values():
            names = _names(node)
            whole = next((name for name in names if name.casefold() == wanted), None)
            part = whole or next((name for name in names if wanted in name.casefold()), None)
            if part is not None:
                found.append(PlaceMatch(node.node_id, _how(node, part), part))
            elif key and (like := next((n for n in names if key in name_key(n)), None)):
                found.append(PlaceMatch(node.node_id, How.KEY, like))
        return found

    def suggest(self, text: str) -> list[str]:
        """List up to three places with names near a text, best first.

        Towns of the gazetteer come first where no place of the network is really near.
        """
        from difflib import SequenceMatcher, get_close_matches

        name, _ = self._split_country(text[:_MAX_TEXT])
        key = name_key(name)
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

    def describe(self, node_id: str) -> str:
        """Write a place so that it is understood and can be typed back."""
        node = self._nodes[node_id]
        country = f", {country_name(node.country)}" if node.country else ""
        return f"{node.name or node_id} ({node_id}{country})"

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
        """Index by transliterated name; built when an exact name did not match."""
        keys: dict[str, list[str]] = {}
        for name, node_ids in self._exact.items():
            if key := name_key(name):
                have = keys.setdefault(key, [])
                have.extend(n for n in node_ids if n not in have)
        return keys

    def _by_name(self, name: str, country: str | None) -> list[str]:
        if name in self._nodes and country in (None, self._nodes[name].country):
            return [name]
        return self._one_per_city(self._in(country, self._exact.get(name.casefold(), ())))

    def _by_key(self, name: str, country: str | None) -> list[str]:
        """Find nodes by key; not for Chinese, whose names share sounds without being one."""
        key = "" if has_han(name) else name_key(name)
        return self._one_per_city(self._in(country, self._keys.get(key, ()))) if key else []

    def _in(self, country: str | None, node_ids: Iterable[str]) -> list[str]:
        return [n for n in node_ids if country in (None, self._nodes[n].country)]

    def _match(self, node_id: str, name: str) -> PlaceMatch:
        node, wanted = self._nodes[node_id], name.casefold()
        names = _names(node)
        for written in names:
            if written.casefold() == wanted:
                return PlaceMatch(node_id, _how(node, written), written)
        key = name_key(name)
        return PlaceMatch(node_id, How.KEY, next(n for n in names if name_key(n) == key))

    def _from_gazetteer(self, text: str, name: str, country: str | None) -> PlaceMatch | Place:
        found = self.find_towns(name, country)
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


def _names(node: Node) -> list[str]:
    return [n for n in (node.node_id, node.name, node.unlocode, node.iata, *node.aliases) if n]


def _how(node: Node, name: str) -> How:
    """Tell which of a node's names this is."""
    if name == node.node_id:
        return How.ID
    if name in (node.unlocode, node.iata):
        return How.CODE
    return How.NAME if name == node.name else How.ALIAS
