"""Two versions of the data: which rows changed, and what that does to reference journeys."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from routeplan.errors import RouteplanError
from routeplan.network.column import columns_of
from routeplan.network.files import FILES
from routeplan.network.records import PriceIndex
from routeplan.places.question import Question
from routeplan.planner import find_routes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routeplan.itinerary.model import Totals
    from routeplan.network.model import Network

REFERENCE = (
    Question("kz-astana", "rs-belgrade"),
    Question("rs-belgrade", "kz-astana"),
    Question("kz-astana", "rs-belgrade", modes="road"),
    Question("kz-astana", "rs-belgrade", load="500kg", by="time"),
    Question("kz-astana", "rs-belgrade", via=("ro-constanta",)),
    Question("kz-astana", "rs-belgrade", via=("ge-akhalkalaki",)),
    Question("uz-tashkent", "tr-istanbul"),
    Question("cn-xian", "ge-poti"),
    Question("kz-almaty", "bg-sofia"),
    Question("az-baku", "hu-budapest"),
)
"""The journeys whose change is shown: those of the issue the project grew from, and neighbours."""

_TABLES = {
    "nodes.csv": "nodes",
    "edges.csv": "edges",
    "sources.csv": "sources",
    "times.csv": "times",
    "rates.csv": "rates",
    "emissions.csv": "emissions",
    "cargo.csv": "cargoes",
    "seasons.csv": "seasons",
    "parameters.csv": "parameters",
    "closures.csv": "closures",
    "duty.csv": "duties",
}


@dataclass(frozen=True, slots=True)
class RowChange:
    """One cell or row that differs.

    Parameters
    ----------
    file, key
        Which row.
    change
        `added`, `removed` or `changed`.
    field, old, new
        For `changed`: the column and its values.
    """

    file: str
    key: str
    change: str
    field: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class JourneyChange:
    """What a change of data does to one reference journey's best way.

    Parameters
    ----------
    name
        The journey.
    old, new
        Totals of the best way; None where there is none.
    same_way
        Whether there is a way in both, over the same edges.
    """

    name: str
    old: Totals | None
    new: Totals | None
    same_way: bool


def diff_rows(old: Network, new: Network) -> list[RowChange]:
    """List every row added, removed or changed, by file, then key."""
    before, after = _tables(old), _tables(new)
    return [change for file in before for change in _file_changes(file, before[file], after[file])]


def diff_journeys(
    old: Network, new: Network, questions: Sequence[Question] = REFERENCE
) -> list[JourneyChange]:
    """Plan reference journeys on both versions; places unknown to one of them have no way there."""
    return [_journey_change(old, new, question) for question in questions]


def _file_changes(file: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[RowChange]:
    for key in sorted(old.keys() | new.keys()):
        if key not in new:
            yield RowChange(file, key, "removed")
        elif key not in old:
            yield RowChange(file, key, "added")
        elif old[key] != new[key]:
            for column in columns_of(FILES[file]):
                before, after = getattr(old[key], column.name), getattr(new[key], column.name)
                if before != after:
                    yield RowChange(file, key, "changed", column.name, _text(before), _text(after))


def _tables(network: Network) -> dict[str, dict[str, Any]]:
    """Return the records of each file by key."""
    tables = {name: _by_key(name, getattr(network, field)) for name, field in _TABLES.items()}
    years = network.price_index.items()
    tables["price_index.csv"] = {str(year): PriceIndex(year, index) for year, index in years}
    return tables


def _by_key(file: str, rows: Any) -> dict[str, Any]:  # noqa: ANN401 - mapping or tuple of records
    """Key records by their id, a second row of one season by its place among them."""
    records = rows.values() if hasattr(rows, "values") else rows
    name = columns_of(FILES[file])[0].name
    found: dict[str, Any] = {}
    seen: Counter[str] = Counter()
    for record in records:
        key = getattr(record, name)
        seen[key] += 1
        found[key if seen[key] == 1 else f"{key} ({seen[key]})"] = record
    return found


def _text(value: Any) -> str:  # noqa: ANN401 - any cell
    if value is None:
        return ""
    return "|".join(value) if isinstance(value, tuple) else str(value)


def _journey_change(old: Network, new: Network, question: Question) -> JourneyChange:
    name = f"{question.origin} - {question.destination}"
    limits = [*question.via, question.modes, "" if question.load == "1xFEU" else question.load]
    if any(limits):
        name += f" ({', '.join(part for part in limits if part)})"
    before, after = _best(old, question), _best(new, question)
    return JourneyChange(
        name=name,
        old=before[0] if before else None,
        new=after[0] if after else None,
        same_way=bool(before and after and before[1] == after[1]),
    )


def _best(network: Network, question: Question) -> tuple[Totals, tuple[str, ...]] | None:
    try:
        best = find_routes(network, question).itineraries[0]
    except RouteplanError:
        return None
    return best.totals, tuple(leg.edge.edge_id for leg in best.legs)
