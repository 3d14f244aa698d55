"""Lists of places as users keep them: a table with a column of names, or plain lines.

A file may have commas, semicolons or tabs, be UTF-8 or UTF-16, packed by gzip, or Parquet. The
first line is a header if one of its cells is a usual name for a column of places; the column
`place` is taken, else `name`, else the first. A column `country` tells places of one name apart.

Codes of findings: S001 the source cannot be read; S002 bytes that are no text; S003 quotation
marks; P001 unknown place; P002 a name of several places; P003 a place off the network; P004 no
place in the line; P005 a formula; P006 too many faults.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from routeplan.errors import (
    AmbiguousPlaceError,
    DataError,
    OffNetworkError,
    RequestError,
    UnknownPlaceError,
)
from routeplan.network.findings import Finding, Severity, shortened
from routeplan.places.index import PlaceIndex
from routeplan.places.points import read_coordinates
from routeplan.scenario.origin import raw_rows, source_name, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from routeplan.network.model import Network
    from routeplan.scenario.text import RawRow

_NAMES = ("place", "name")
_HEADERS = frozenset((
    *_NAMES, "places", "names", "city", "cities", "town", "terminal", "station", "port", "hub",
    "location", "origin", "origins", "from", "destination", "destinations", "to", "country", "id",
    "node", "node_id", "code", "unlocode", "un/locode", "locode", "iata", "lat", "lon",
))  # fmt: skip
_MOST_FAULTS = 200
"""Where reading stops: the wrong column was named, and each bad name is compared with all known."""


class ListedPlace(NamedTuple):
    """A place of a list.

    Parameters
    ----------
    text
        As it was written, with the country where a column has one.
    node_id, name, country
        What it stands for on the network.
    line
        Line of the file, from 1.
    """

    text: str
    node_id: str
    name: str
    country: str
    line: int


class _Entry(NamedTuple):
    line: int
    text: str
    country: str = ""

    @property
    def written(self) -> str:
        return f"{self.text}, {self.country}" if self.country else self.text


def read_places(network: Network, sources: Sequence[Any]) -> list[tuple[ListedPlace, ...]]:
    """Read lists of places; what is wrong in any of them is reported at once.

    Parameters
    ----------
    network
        Where the places are to be.
    sources
        Each a path (`-` is standard input), a binary stream, a data frame, mappings, or texts. A
        text that was written before in the same list is left out.

    Returns
    -------
    list of tuple of ListedPlace
        A tuple for each source, in its order.

    Raises
    ------
    DataError
        If a source cannot be read or is empty, or a place cannot be told.
    """
    resolver = _Resolver(network)
    found = [tuple(resolver.places(source)) for source in sources]
    if resolver.findings:
        raise DataError(resolver.findings)
    return found


class _Resolver:
    """Turns the entries of lists into places and gathers what is wrong with them."""

    def __init__(self, network: Network) -> None:
        self.findings: list[Finding] = []
        self._nodes = network.nodes
        self._index = PlaceIndex(network)
        self._known: dict[str, str | tuple[str, str, str]] = {}

    def places(self, source: Any) -> Iterator[ListedPlace]:  # noqa: ANN401 - see `read_places`
        name = source_name(source)
        seen: set[str] = set()
        for entry in self._entries(source, name):
            if len(self.findings) >= _MOST_FAULTS:
                self._fault(name, entry, "P006", "this line and later ones were not looked at", "")
                return
            text = entry.written
            if text.casefold() in seen:
                continue
            seen.add(text.casefold())
            found = self._resolve(text)
            if isinstance(found, str):
                node = self._nodes[found]
                yield ListedPlace(text, found, node.name or found, node.country, entry.line)
            else:
                self._fault(name, entry, *found)
        if not seen and not self.findings:
            remedy = "Write a place in each line, or a table with a column called place."
            self.findings += unreadable(name, "it lists no places", remedy).findings

    def _entries(self, source: Any, name: str) -> Iterator[_Entry]:  # noqa: ANN401 - as above
        """Yield the places written in a source; lines without one become findings."""
        rows: Iterable[RawRow] = raw_rows(_records(source))
        column, country, headed = 0, -1, False
        for number, row in enumerate(rows):
            cells = [cell.strip().lstrip("\ufeff") for cell in row.cells]
            if row.code:
                self._fault(name, _Entry(row.line, ""), row.code, row.reason, row.remedy)
                continue
            if number == 0 and (header := _header(cells)):
                column, country = header
                headed = True
                continue
            text = cells[column] if column < len(cells) else ""
            entry = _Entry(row.line, text if headed else self._joined(cells))
            if headed and 0 <= country < len(cells):
                entry = entry._replace(country=cells[country])
            if entry.text:
                yield entry
            else:
                self._fault(name, entry, "P004", "no place stands here", "Fill or drop the line.")

    def _joined(self, cells: Sequence[str]) -> str:
        """Put a place together that a separator cut: `Poti, Georgia` or `43.65,51.17`."""
        first, second = cells[0], cells[1] if len(cells) > 1 else ""
        both = f"{first}, {second}"
        if second and (self._index.find_country(second) or _is_point(both)):
            return both
        return first

    def _resolve(self, text: str) -> str | tuple[str, str, str]:
        if text not in self._known:
            self._known[text] = self._looked_up(text)
        return self._known[text]

    def _looked_up(self, text: str) -> str | tuple[str, str, str]:
        """Return a node id, or code, reason and remedy."""
        if text.startswith("="):
            return "P005", "a formula, not a place", "Save the table with values."
        try:
            return self._index.get(text)
        except UnknownPlaceError as error:
            hint = f"Did you mean {' or '.join(error.suggestions)}?" if error.suggestions else ""
            return "P001", "unknown place", hint
        except AmbiguousPlaceError as error:
            remedy = "Use an id, or a country behind the name."
            return "P002", f"it may be {' or '.join(error.candidates)}", remedy
        except OffNetworkError as error:
            near = f"Nearest: {'; '.join(error.nearest)}." if error.nearest else ""
            return "P003", f"{error.place} is off the network", near
        except RequestError as error:
            return "P001", str(error).rstrip("."), ""

    def _fault(self, name: str, entry: _Entry, code: str, reason: str, remedy: str) -> None:
        """Keep a finding; in the first line it may be a header that was not known for one."""
        if entry.line == 1 and code == "P001":
            remedy = f"{remedy} If line 1 is a header, call its column place.".strip()
        self.findings.append(
            Finding(
                code, Severity.ERROR, name, entry.line, 0, "", shortened(entry.written), reason,
                remedy,
            )
        )  # fmt: skip


def _records(source: Any) -> Any:  # noqa: ANN401 - see `read_places`
    """Turn texts given from Python into records; anything else is read as it is."""
    if isinstance(source, str) or hasattr(source, "read") or hasattr(source, "itertuples"):
        return source
    if hasattr(source, "__fspath__"):
        return source
    given = list(source)
    if all(isinstance(one, str) for one in given):
        return [{"place": text} for text in given]
    return given


def _header(cells: Sequence[str]) -> tuple[int, int] | None:
    """Return the columns of the place and of its country, -1 for none; None if it is no header."""
    names = [cell.casefold() for cell in cells]
    if _HEADERS.isdisjoint(names):
        return None
    column = next((names.index(name) for name in _NAMES if name in names), 0)
    country = names.index("country") if "country" in names else -1
    return column, -1 if country == column else country


def _is_point(text: str) -> bool:
    try:
        return read_coordinates(text) is not None
    except RequestError:
        return True  # off the globe: told as such when it is resolved
