"""Towns of the gazetteer beside the places of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.places.countries import country_name
from routeplan.places.keys import name_key
from routeplan.places.match import How
from routeplan.places.points import great_circle_km

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.network.records import Node
    from routeplan.places.gazetteer import Town
    from routeplan.places.match import Place

_SAME_TOWN_KM = 30.0  # the centre of a city and its terminal or district


def is_town(node: Node, town: Town) -> bool:
    """Tell whether a node that shares a name with a town is that town: same country, and near.

    A node without coordinates is near if its own name is the town's main one.
    """
    place = town.place
    if node.country != place.country:
        return False
    if node.lat is None or node.lon is None:
        return name_key(node.name) == town.keys[0]
    return great_circle_km((place.lat, place.lon), (node.lat, node.lon)) <= _SAME_TOWN_KM


def describe_town(place: Place, near: Sequence[tuple[float, Node]] = ()) -> str:
    """Write a place off the network so that it is understood and can be typed back.

    Parameters
    ----------
    place
        The place.
    near
        Distance in km and node; the first is named, if there is one.
    """
    if place.how is How.COORDINATES:
        return place.name
    far = "".join(f", {km:.0f} km from {node.name or node.node_id}" for km, node in near[:1])
    return f"{place.name} ({place.lat:g},{place.lon:g}, {country_name(place.country)}{far})"
