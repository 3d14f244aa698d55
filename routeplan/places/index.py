"""Names and codes -> node ids; near misses become suggestions, never a silent correction."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from routeplan.errors import AmbiguousPlaceError, UnknownPlaceError
from routeplan.network.vocabulary import NodeKind
from routeplan.places.countries import country_name, find_country

if TYPE_CHECKING:
    from collections.abc import Iterable

    from routeplan.network.model import Network
    from routeplan.network.records import Node

_SUGGESTIONS = 3
_MAX_TEXT = 200


class PlaceIndex:
    """Finds the places of a network by id, code, name or alias.

    A city and its terminals often share a name or code; the city stands for them all.

    Parameters
    ----------
    network
        Whose places are indexed.
    """

    def __init__(self, network: Network) -> None:
        self._nodes = network.nodes
        self._countries = {node.country for node in network.nodes.values()}
        self._exact: dict[str, list[str]] = {}
        for node in network.nodes.values():
            for name in _names(node):
                self._exact.setdefault(name.casefold(), []).append(node.node_id)
        self._folded: dict[str, list[str]] | None = None

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
        """
        name, country = self._split_country(text)
        found = self._find(name, country)
        if not found:
            raise UnknownPlaceError(text[:_MAX_TEXT], self.suggest(name))
        if len(found) > 1:
            raise AmbiguousPlaceError(text, [self.describe(node_id) for node_id in found])
        return found[0]

    def find_country(self, text: str) -> str | None:
        """Return the code of a country written as code or name, if it is one.

        A code without a name here is one if a place of the network lies there.
        """
        code = text.strip().upper()
        return find_country(text) or (code if code and code in self._countries else None)

    def search(self, text: str) -> list[str]:
        """List the nodes of a country, or whose id, code, name or alias holds a text."""
        wanted, key = text.casefold(), name_key(text)
        if country := self.find_country(text):
            return [n.node_id for n in self._nodes.values() if n.country == country]
        found = []
        for node in self._nodes.values():
            names = _names(node)
            if any(wanted in name.casefold() for name in names) or (
                key and any(key in name_key(name) for name in names)
            ):
                found.append(node.node_id)
        return found

    def suggest(self, text: str) -> list[str]:
        """List up to three places with names near a text, best first."""
        key = name_key(text[:_MAX_TEXT])
        seen: dict[str, None] = {}
        for match in get_close_matches(key, self._keys(), 2 * _SUGGESTIONS, cutoff=0.72):
            for node_id in self._one_per_city(self._keys()[match]):
                seen.setdefault(self.describe(node_id))
        return list(seen)[:_SUGGESTIONS]

    def describe(self, node_id: str) -> str:
        """Write a place so that it is understood and can be typed back."""
        node = self._nodes[node_id]
        country = f", {country_name(node.country)}" if node.country else ""
        return f"{node.name or node_id} ({node_id}{country})"

    def _find(self, name: str, country: str | None) -> list[str]:
        if name in self._nodes:
            return [name]
        found = self._exact.get(name.casefold(), [])
        if not found and (key := name_key(name)):
            found = self._keys().get(key, [])
        if country:
            found = [n for n in found if self._nodes[n].country == country]
        return self._one_per_city(found)

    def _one_per_city(self, node_ids: Iterable[str]) -> list[str]:
        """Let a city stand for its terminals, and the first of several terminals of one city."""
        by_city: dict[str, str] = {}
        for node_id in node_ids:
            node = self._nodes[node_id]
            city = node.city_id if node.city_id in self._nodes else node_id
            if city not in by_city or node.kind is NodeKind.CITY:
                by_city[city] = node_id
            elif by_city[city] != city:
                by_city[city] = min(by_city[city], node_id)
        return list(by_city.values())

    def _split_country(self, text: str) -> tuple[str, str | None]:
        name, comma, tail = text.strip().rpartition(",")
        country = self.find_country(tail) if comma else None
        return (name.strip(), country) if country else (text.strip(), None)

    def _keys(self) -> dict[str, list[str]]:
        """Index by transliterated name; built when an exact name did not match."""
        if self._folded is None:
            self._folded = {}
            for name, node_ids in self._exact.items():
                if key := name_key(name):
                    have = self._folded.setdefault(key, [])
                    have.extend(n for n in node_ids if n not in have)
        return self._folded


def name_key(text: str) -> str:
    """Reduce a name of any script to Latin letters and digits, lower case.

    Актау and Aktau get one key, as do İstanbul and Istanbul.
    """
    from anyascii import anyascii

    latin = anyascii(text.replace("Ə", "A").replace("ə", "a"))
    return "".join(c for c in latin.casefold() if c.isalnum())


def _names(node: Node) -> list[str]:
    return [n for n in (node.node_id, node.name, node.unlocode, node.iata, *node.aliases) if n]
