"""Places as rows: all of the network, or what a text may stand for and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.errors import AmbiguousPlaceError, UnknownPlaceError
from routeplan.places.match import How, Place, PlaceMatch
from routeplan.places.points import nearest_nodes, read_coordinates

if TYPE_CHECKING:
    from routeplan.network.model import Network
    from routeplan.places.index import PlaceIndex

_ALIASES_SHOWN = 4


def place_rows(network: Network, index: PlaceIndex, text: str) -> list[dict[str, Any]]:
    """List all places, or what a text may stand for.

    Parameters
    ----------
    network, index
        The places.
    text
        What to look for; everything if blank.

    Returns
    -------
    list of dict
        `match` says why a place is listed and `matched` by which of its names; `taken` marks what
        `find` understands by the text, and stands first. A town or point off the network has no
        `node_id`; its row names the nearest place of the network and how far that is.

    Raises
    ------
    UnknownPlaceError
        If nothing fits.
    RequestError
        If the text is a pair of coordinates that is not on the globe.
    """
    if not text.strip():
        return [_row(network, PlaceMatch(n, How.PART, ""), None) for n in network.nodes]
    found = _found(network, index, text)
    if not found:
        raise UnknownPlaceError(text, index.suggest(text))
    taken = _taken(index, text)
    found.sort(key=lambda one: (one != taken, isinstance(one, Place), one.how is How.PART))
    return [_row(network, one, taken) for one in found]


def _found(network: Network, index: PlaceIndex, text: str) -> list[PlaceMatch | Place]:
    """Gather what fits: nodes, terminals of a city among them, and what is off the network."""
    if not index.find(text) and (point := read_coordinates(text)):
        return [point]
    found: dict[str | Place, PlaceMatch | Place] = {m.node_id: m for m in index.search(text)}
    if index.find_country(text):
        return list(found.values())
    for town in index.find_towns(text):
        known = found.get(town.node_id) if isinstance(town, PlaceMatch) else None
        if known is None or known.how is How.PART:
            found[town.node_id if isinstance(town, PlaceMatch) else town] = town
    for match in list(found.values()):
        if isinstance(match, PlaceMatch) and match.how is not How.PART:
            name = network.nodes[match.node_id].name
            for member in network.terminals(match.node_id)[1:]:
                found.setdefault(member, PlaceMatch(member, How.TERMINAL, name))
    return list(found.values())


def _taken(index: PlaceIndex, text: str) -> PlaceMatch | Place | None:
    """Return what `find` would take the text for; None where it would ask back."""
    try:
        return index.resolve(text)
    except (UnknownPlaceError, AmbiguousPlaceError):
        return None


def _row(
    network: Network, found: PlaceMatch | Place, taken: PlaceMatch | Place | None
) -> dict[str, Any]:
    about = {"match": str(found.how), "matched": "", "taken": found == taken}
    if isinstance(found, PlaceMatch):
        node = network.nodes[found.node_id]
        return {
            "node_id": node.node_id,
            "name": node.name,
            "country": node.country,
            "kind": str(node.kind),
            "unlocode": node.unlocode,
            "iata": node.iata,
            "aliases": ", ".join(node.aliases[:_ALIASES_SHOWN]),
            **about,
            "match": str(found.how) if found.matched else "",
            "matched": found.matched,
            "lat": node.lat,
            "lon": node.lon,
            "nearest": "",
            "nearest_km": None,
        }
    near = nearest_nodes(network.nodes.values(), found, 1)
    return {
        "node_id": "",
        "name": found.name,
        "country": found.country,
        "kind": "town" if found.how is How.GAZETTEER else "point",
        "unlocode": "",
        "iata": "",
        "aliases": "",
        **about,
        "lat": found.lat,
        "lon": found.lon,
        "nearest": near[0][1].name if near else "",
        "nearest_km": round(near[0][0]) if near else None,
    }
