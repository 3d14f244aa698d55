"""What a text stands for: a node of the network, or a place off it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class How(StrEnum):
    """How a text was understood; the first eight are the order of the search.

    The others are only listed and never taken for a place: a terminal of the city that is, a name
    that holds the text, and a place of the country.
    """

    ID = "id"
    CODE = "code"
    NAME = "name"
    ALIAS = "alias"
    COORDINATES = "coordinates"
    KEY = "key"
    GAZETTEER = "gazetteer"
    ONLINE = "online"
    TERMINAL = "terminal"
    PART = "part"
    COUNTRY = "country"


class PlaceMatch(NamedTuple):
    """A node of the network that a text stands for.

    Parameters
    ----------
    node_id
        The node.
    how
        By which of its names; GAZETTEER where only the gazetteer knows the name as one of it.
    matched
        The id, code, name or alias that answered, as the data have it.
    """

    node_id: str
    how: How
    matched: str


class Place(NamedTuple):
    """A place off the network.

    Parameters
    ----------
    name
        As the gazetteer has it, or the coordinates.
    country
        ISO 3166-1 code (XK is Kosovo); empty for coordinates.
    lat, lon
        Degrees north and east.
    how
        GAZETTEER, COORDINATES or ONLINE.
    population
        People who live there; 0 if unknown.
    address
        Of a place found online, what the text was taken for.
    """

    name: str
    country: str
    lat: float
    lon: float
    how: How
    population: int = 0
    address: str = ""

    @property
    def source(self) -> str:
        """Where it is known from: `gazetteer` or `coordinates`."""
        return str(self.how)
