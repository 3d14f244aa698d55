"""Places nothing offline knows, looked up with OpenStreetMap's Nominatim, if the user asks for it.

The service allows one request a second and no bulk, wants to know who asks and answers to be kept
(operations.osmfoundation.org/policies/nominatim). So every answer goes onto disk, "not found" too,
requests of all runs keep their distance, and tables of questions never come here.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routeplan._version import __version__
from routeplan.errors import RequestError, UnknownPlaceError
from routeplan.network.cache import cache_folder
from routeplan.places.match import How, Place

if TYPE_CHECKING:
    from collections.abc import Callable

CREDIT = "OpenStreetMap Nominatim, © OpenStreetMap contributors"
USER_AGENT = f"routeplan/{__version__} (freight route planner, command line)"
LEAST_GAP_S = 1.0
TIMEOUT_S = 10
_FILE = "online_places.json"
_ASKED = "last request"

Answer = dict[str, Any]
"""Keys lat, lon, country, name, address; empty where nothing was found."""


def find_online(text: str, ask: Callable[[str], Answer] | None = None) -> Place:
    """Look a place up, on disk first, then online.

    Parameters
    ----------
    text
        As the user wrote it.
    ask
        What answers; Nominatim if None.

    Returns
    -------
    Place
        With `address` saying what the text was taken for.

    Raises
    ------
    UnknownPlaceError
        If the service knows no such place either.
    RequestError
        If it cannot be asked.
    """
    key = " ".join(text.casefold().split())
    kept = _read()
    if key not in kept:
        _wait(kept.get(_ASKED))
        kept[key] = (ask or _nominatim)(text)
        kept[_ASKED] = time.time()
        _write(kept)
    found = kept[key]
    if not found:
        raise UnknownPlaceError(text, [])
    return Place(
        found["name"],
        found["country"],
        found["lat"],
        found["lon"],
        How.ONLINE,
        address=found["address"],
    )


def _nominatim(text: str) -> Answer:
    from geopy.exc import GeopyError
    from geopy.geocoders import Nominatim

    service = Nominatim(user_agent=USER_AGENT, timeout=TIMEOUT_S)
    try:
        found = service.geocode(text, addressdetails=True, language="en")
    except GeopyError as error:
        reason = (str(error) or type(error).__name__).splitlines()[0][:120].rstrip(".")
        raise RequestError(
            f'"{text}" cannot be looked up online: {reason}. '
            "Leave --geocode out and write the place as lat,lon: 43.65,51.17."
        ) from None
    if found is None:
        return {}
    return {
        "lat": round(float(found.latitude), 5),
        "lon": round(float(found.longitude), 5),
        "country": str(found.raw.get("address", {}).get("country_code", "")).upper(),
        "name": found.address.partition(",")[0].strip() or text,
        "address": found.address,
    }


def _wait(asked: object) -> None:
    """Keep a second between two requests, those of other runs included."""
    if isinstance(asked, int | float):
        since_s = time.time() - asked
        if 0 <= since_s < LEAST_GAP_S:
            time.sleep(LEAST_GAP_S - since_s)


def _path() -> Path:
    return cache_folder() / _FILE


def _read() -> dict[str, Any]:
    """Read what was found before; a damaged file counts as none."""
    try:
        kept = json.loads(_path().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _write(kept: dict[str, Any]) -> None:
    """Keep what was found, where the disk allows it."""
    with contextlib.suppress(OSError):
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(kept, file, ensure_ascii=False, sort_keys=True)
        Path(name).replace(_path())
