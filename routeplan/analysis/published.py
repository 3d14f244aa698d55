"""Published journeys, tariffs and lengths: what the network is verified against."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from routeplan.errors import DataError
from routeplan.network.column import column, record
from routeplan.network.files import read_file
from routeplan.network.findings import Severity, Told
from routeplan.network.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from routeplan.network.model import Network

FILE = "published.csv"
_DATE = (r"\d{4}(-\d{2}(-\d{2})?)?", "a date such as 2024, 2024-03 or 2024-03-11")


class Quantity(StrEnum):
    """What was published."""

    TIME_H = "time_h"
    DISTANCE_KM = "distance_km"
    COST_USD = "cost_usd"


class PublishedStatus(StrEnum):
    """What kind of statement it is, firmest first."""

    ACTUAL = "actual"
    MEASURED = "measured"
    TARIFF = "tariff"
    LENGTH = "length"
    SCHEDULE = "schedule"
    PLAN = "plan"
    CLAIM = "claim"


class Scope(StrEnum):
    """From where to where a time runs.

    `gate`: handed over to handed over, with loading and the first wait. `train`: from departure to
    arrival of train, ship or truck.
    """

    GATE = "gate"
    TRAIN = "train"


@record
class Published:
    """One published figure and the chain it was published for."""

    published_id: str = column("own readable key", required=True, default="")
    origin: str = column("node_id of the start", required=True, default="")
    destination: str = column("node_id of the end", required=True, default="")
    via: tuple[str, ...] = column("node ids that force the chain, in order", default=())
    modes: str = column("line-haul modes, such as rail,sea; any if empty", default="")
    avoid: tuple[str, ...] = column("what the chain does not touch, such as suez", default=())
    cargo: str = column("cargo_id", default="general")
    load: str = column("load the figure is for", default="1xFEU")
    depart: str = column("day of departure, where known", default="", pattern=_DATE)
    quantity: Quantity | None = column("what was published", required=True)
    value_low: float | None = column("low end", within=(0, 1e9))
    value: float | None = column("the figure", within=(0, 1e9))
    value_high: float | None = column("high end", within=(0, 1e9))
    unit: str = column("h, km or USD", default="")
    status: PublishedStatus | None = column("what kind of statement it is", required=True)
    scope: Scope = column("from where to where a time runs", default=Scope.GATE)
    counts: bool = column(
        "whether the figure is firm and specific enough to judge by", default=True
    )
    source_ids: tuple[str, ...] = column("source ids", default=())
    as_of: str = column("the date it speaks of", default="")
    confidence: tuple[str, ...] = column("as in edges.csv", default=())
    note: str = column("what a reader should know", default="")

    @property
    def central(self) -> float | None:
        """The figure, or the middle of its range."""
        if self.value is not None:
            return self.value
        if self.value_low is not None and self.value_high is not None:
            return (self.value_low + self.value_high) / 2
        return self.value_low if self.value_high is None else self.value_high


def read_published(path: Path, network: Network) -> list[Published]:
    """Read a file of published figures.

    Raises
    ------
    DataError
        If the file is missing, cannot be read, names places the network does not have, or has a row
        without a figure, with a range out of order, or under the id of another.
    """
    content = read_file(path)
    table = read_table(content, FILE, Published)
    faults = [f for f in table.findings if f.severity is Severity.ERROR]
    seen: set[str] = set()
    for row, line in zip(table.records, table.lines, strict=True):
        faults += [
            table.finding(code, line, Told(name, value, message))
            for code, name, value, message in _row_faults(row, network, seen)
        ]
        seen.add(row.published_id)
    if faults:
        raise DataError(faults)
    return table.records


def _row_faults(
    row: Published, network: Network, seen: Collection[str]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield code, column, value and message of what is wrong with a row that could be read."""
    places = {"origin": (row.origin,), "destination": (row.destination,), "via": row.via}
    for name, node_ids in places.items():
        for node_id in node_ids:
            if node_id not in network.nodes:
                yield "P001", name, node_id, "no such node"
    figures = [x for x in (row.value_low, row.value, row.value_high) if x is not None]
    if not figures:
        yield "P002", "value", "", "no figure"
    elif figures != sorted(figures):
        yield "P002", "value", f"{figures[0]:g}", "low end, figure and high end are out of order"
    if row.published_id in seen:
        yield "P003", "published_id", row.published_id, "this id stands twice"
