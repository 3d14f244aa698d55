"""What --avoid and other options name: modes, countries, corridors, passages, edges and places."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from routeplan.errors import RequestError
from routeplan.network.vocabulary import Mode
from routeplan.scenario.request import Avoidance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from routeplan.network.model import Network
    from routeplan.places.index import PlaceIndex

_PREFIXES = ("country", "node", "edge", "corridor", "mode", "passage", "operator")


def read_avoidance(network: Network, index: PlaceIndex, texts: Iterable[str]) -> Avoidance:
    """Read what a way must not touch.

    Parameters
    ----------
    network, index
        What the names refer to.
    texts
        Each a mode, country, corridor, passage, edge id or place, tried in this order; a prefix
        such as `country:` or `node:` says which is meant. Commas separate several.

    Raises
    ------
    RequestError
        If a text is none of these.
    """
    found: dict[str, set[str]] = {kind: set() for kind in _PREFIXES}
    for text in (part.strip() for whole in texts for part in split_names(index, whole)):
        if text:
            kind, value = read_selector(network, index, text)
            found[kind].add(value)
    return Avoidance(
        countries=frozenset(found["country"]),
        nodes=frozenset(found["node"]),
        edges=frozenset(found["edge"]),
        corridors=frozenset(found["corridor"]),
        modes=frozenset(Mode(name) for name in found["mode"]),
        passages=frozenset(found["passage"]),
        operators=frozenset(found["operator"]),
    )


def split_names(index: PlaceIndex, whole: str) -> list[str]:
    """Split at commas, unless the whole is one place such as `Khorgos, KZ`."""
    if "," in whole and len(index.find(whole)) != 1:
        return whole.split(",")
    return [whole]


def read_selector(
    network: Network, index: PlaceIndex, text: str, option: str = "--avoid"
) -> tuple[str, str]:
    """Tell what one text of --avoid, or of another option that names things so, means.

    Returns
    -------
    str, str
        One of country, node, edge, corridor, mode and passage, and its code, id or name.

    Raises
    ------
    RequestError
        If it is none of these.
    """
    prefix, colon, rest = text.partition(":")
    if colon and prefix.lower() in _PREFIXES:
        name, kinds = rest.strip(), [prefix.lower()]
    else:
        name, kinds = text, ["mode", "country", "corridor", "passage", "edge", "node"]
    known: dict[str, Collection[str]] = {
        "mode": list(Mode),
        "corridor": {edge.corridor for edge in network.edges.values() if edge.corridor},
        "passage": known_passages(network),
        "edge": network.edges.keys(),
    }
    if kinds == ["operator"]:
        from routeplan.scenario.touching import operator_names

        told = {edge.operator for edge in network.edges.values() if edge.operator}
        known["operator"] = told | {name for text in told for name in operator_names(text)}
    for kind in kinds:
        if kind == "country" and (code := index.find_country(name)):
            return kind, code
        if kind == "node":
            return kind, index.get(name)
        written = {text.lower(): text for text in known.get(kind, ())}.get(name.lower())
        if written is not None:
            return kind, written
    close = get_close_matches(name, sorted(known.get(kinds[0], ())), 1)
    hint = f" Did you mean {close[0]}?" if close else ""
    raise RequestError(f'{option}: no {kinds[0]} is called "{name}".{hint}')


def known_passages(network: Network) -> set[str]:
    """List the straits and canals named by the network's edges."""
    return {name for edge in network.edges.values() for name in edge.passages}
