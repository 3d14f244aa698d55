"""A user's own trucks between places and terminals: a CSV file -> links, or every fault in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from routeplan.errors import DataError, RequestError
from routeplan.network.column import changed, column, record
from routeplan.network.files import read_file
from routeplan.network.findings import Severity, Told
from routeplan.network.tables import read_table
from routeplan.network.vocabulary import Confidence
from routeplan.places.index import PlaceIndex
from routeplan.places.match import PlaceMatch
from routeplan.scenario.door import AccessLink

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from routeplan.network.findings import Finding
    from routeplan.network.model import Network
    from routeplan.network.records import Node
    from routeplan.network.tables import Table

_DATE = (r"\d{4}(-\d{2}(-\d{2})?)?", "a date such as 2026, 2026-03 or 2026-03-31")
_OWN_NOTE = "From the user's own access table."


@record
class AccessRow:
    """A truck between a place and a terminal, as a user knows it."""

    place: str = column("the place, as in a question", required=True, default="")
    terminal: str = column("a place of the network, as in a question", required=True, default="")
    km: float = column("length of the way by road", required=True, default=0.0, within=(0, 5000))
    hours: float | None = column("time with loading; from the cards if empty", within=(0, 1000))
    usd: float | None = column("price of a truck; from the cards if empty", within=(0, 1e6))
    source_ids: tuple[str, ...] = column("`|`-separated sources, ids or words", default=())
    as_of: str = column("the date the row speaks of", default="", pattern=_DATE)
    confidence: tuple[str, ...] = column(
        "measured, published, derived or assumed; assumed if empty", default=()
    )
    note: str = column("what a reader should know", default="")


class OwnAccess(NamedTuple):
    """A truck of a user's own: its place, on the network or off it, and the link."""

    node: Node
    link: AccessLink


def read_access(network: Network, path: Path) -> tuple[OwnAccess, ...]:
    """Read a user's own access table.

    A place it names is joined by its rows alone; other places are joined as without it. A row for a
    city of the network stands in place of the network's own access edge to that terminal.

    Parameters
    ----------
    network
        Whose terminals it names.
    path
        A CSV file with the columns of `AccessRow`.

    Raises
    ------
    DataError
        If the file cannot be read or rows are wrong; it carries all that is.
    """
    table = read_table(read_file(path), path.name, AccessRow)
    index = PlaceIndex(network)
    found: list[OwnAccess] = []
    faults: list[Finding] = list(table.findings)
    seen: dict[tuple[str, str], int] = {}
    for row, line in zip(table.records, table.lines, strict=True):
        told = [*_cells(table, row, line)]
        place, terminal = _place(index, row.place), _terminal(index, row.terminal)
        for name, end in (("place", place), ("terminal", terminal)):
            if isinstance(end, str):
                told.append(_fault(table, line, name, getattr(row, name), end))
        if not isinstance(place, str) and not isinstance(terminal, str):
            pair = (place.node_id, terminal.node_id)
            if place.node_id == terminal.node_id:
                told.append(_fault(table, line, "terminal", row.terminal, "the place itself"))
            elif pair in seen:
                message = f"this place and terminal stand in line {seen[pair]} too"
                told.append(_fault(table, line, "terminal", row.terminal, message))
            seen.setdefault(pair, line)
            home = changed(place, country=place.country or terminal.country)
            found.append(OwnAccess(home, _link(row, terminal.node_id)))
        faults += told
    if table.complete and not table.records and not faults:
        faults.append(table.finding("A003", 0, Told(message="it holds no row")))
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise DataError(sorted(faults, key=lambda fault: fault.line))
    return tuple(found)


def _cells(table: Table[AccessRow], row: AccessRow, line: int) -> Iterator[Finding]:
    classes = tuple(Confidence)
    if row.confidence and (len(row.confidence) > 1 or row.confidence[0] not in classes):
        message = f"expected one of {', '.join(classes)}"
        yield _fault(table, line, "confidence", "|".join(row.confidence), message)
    elif row.confidence not in ((), (Confidence.ASSUMED,)) and not row.source_ids:
        message = "a row that is more than assumed names its source"
        yield _fault(table, line, "source_ids", "", message)


def _place(index: PlaceIndex, text: str) -> Node | str:
    """Resolve a place on the network or off it; a text says why it cannot be."""
    try:
        found = index.resolve(text)
    except RequestError as error:
        return str(error).rstrip(".")
    if isinstance(found, PlaceMatch):
        return index.node(found.node_id)
    from routeplan.places.doors import place_node

    return place_node(found)


def _terminal(index: PlaceIndex, text: str) -> Node | str:
    """Resolve a place of the network; a text says why it cannot be."""
    try:
        return index.node(index.get(text))
    except RequestError as error:
        return str(error).rstrip(".")


def _link(row: AccessRow, terminal: str) -> AccessLink:
    return AccessLink(
        to_node=terminal,
        km=row.km,
        hours=row.hours,
        usd=row.usd,
        source_ids=row.source_ids,
        as_of=row.as_of,
        confidence=row.confidence or (Confidence.ASSUMED,),
        note=row.note or _OWN_NOTE,
    )


def _fault(table: Table[AccessRow], line: int, name: str, value: str, message: str) -> Finding:
    code = "A001" if name in ("place", "terminal") else "A002"
    return table.finding(code, line, Told(name, value, message))
