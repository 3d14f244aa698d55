"""Towns off the network, from GeoNames (CC BY 4.0); the file is read only when nothing else fits.

`data/gazetteer.tsv.gz` is made by `scripts/build_gazetteer.py`. Its first line is a notice; each
further line is one town, tab-separated:

    |key|key|...|  name  country  lat  lon  population  geonames_id

The first key is that of the name, the others are those of its other names in any script; Chinese
names stand there as they are. A look-up is a search for `|key|` in the text, so that no table of
25,000 towns is built to find one.
"""

from __future__ import annotations

import gzip
import zlib
from functools import cache
from typing import TYPE_CHECKING

from routeplan.errors import DataError
from routeplan.network.files import packaged_data
from routeplan.network.findings import Finding, Severity
from routeplan.places.keys import has_han, name_key
from routeplan.places.match import How, Place
from routeplan.places.points import great_circle_km

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "gazetteer.tsv.gz"
_ONE_TOWN_KM = 15.0  # a town and its quarter or station of the same name


class Town:
    """A line of the gazetteer.

    Parameters
    ----------
    line
        As the file has it.
    """

    __slots__ = ("keys", "place")

    def __init__(self, line: str) -> None:
        keys, name, country, lat, lon, people, _ = line.split("\t")
        self.keys = tuple(keys.strip("|").split("|"))
        self.place = Place(name, country, float(lat), float(lon), How.GAZETTEER, int(people))


def gazetteer_file() -> Path:
    """Return where the gazetteer is."""
    return packaged_data() / FILE


def find_towns(name: str, country: str | None = None) -> list[Town]:
    """Find the towns a name stands for.

    Parameters
    ----------
    name
        In any script; its key is compared.
    country
        ISO code the town must lie in, or None.

    Returns
    -------
    list of Town
        Those whose main name it is; if there is none, those of which it is another name. Of
        several within 15 km, the most populous. Largest first.
    """
    if has_han(name):
        towns = list(_holding("".join(name.split())))
        return _one_each([town for town in towns if country in (None, town.place.country)])
    key = name_key(name)
    if not key:
        return []
    towns = [town for town in _holding(key) if country in (None, town.place.country)]
    return _one_each([town for town in towns if town.keys[0] == key] or towns)


def similar_towns(key: str, count: int, cutoff: float) -> list[Place]:
    """List towns whose main names are near a misspelt one, best first.

    Only names with the same first letter are compared: enough for a slip, and quick.

    Parameters
    ----------
    key
        Key of the misspelt name; one of fewer than four letters is near to nothing.
    count
        How many at most.
    cutoff
        Least ratio of difflib.
    """
    from difflib import get_close_matches

    if len(key) < 4:
        return []
    begun = (line for line in _text().split("\n") if line.startswith(f"|{key[0]}"))
    names = dict.fromkeys(line[1 : line.index("|", 1)] for line in begun)
    near = [name for name in names if abs(len(name) - len(key)) <= 2]
    found = [
        town.place
        for match in get_close_matches(key, near, count, cutoff)
        for town in _holding(match)
        if town.keys[0] == match
    ]
    return found[:count]


def _holding(key: str) -> Iterator[Town]:
    """Yield the towns one of whose keys is this."""
    text, wanted = _text(), f"|{key}|"
    at = text.find(wanted) if "|" not in key and "\t" not in key else -1
    while at >= 0:
        end = text.find("\n", at)
        yield Town(text[text.rfind("\n", 0, at) + 1 : end])
        at = text.find(wanted, end)


def _one_each(towns: list[Town]) -> list[Town]:
    """Drop a town within a few km of a more populous one of the same name."""
    kept: list[Town] = []
    for town in sorted(towns, key=lambda t: (-t.place.population, t.place.name, t.place.lat)):
        here = (town.place.lat, town.place.lon)
        if all(
            great_circle_km(here, (other.place.lat, other.place.lon)) > _ONE_TOWN_KM
            for other in kept
        ):
            kept.append(town)
    return kept


@cache
def _text() -> str:
    path = gazetteer_file()
    try:
        text = gzip.decompress(path.read_bytes()).decode()
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise _unusable(path, f"cannot be read, {str(error).lower()}") from None
    if not (text.startswith("#") and text.endswith("\n")):
        raise _unusable(path, "does not hold a gazetteer")
    return text


def _unusable(path: Path, message: str) -> DataError:
    remedy = "It comes with routeplan: install it again."
    return DataError([Finding("T000", Severity.ERROR, str(path), 0, 0, "", "", message, remedy)])
