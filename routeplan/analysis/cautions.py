"""What a reader of a matrix should know beside its numbers, in a few sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.analysis.matrix import Status
from routeplan.network.vocabulary import EdgeKind, Metric
from routeplan.network.vocabulary import Status as EdgeStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from routeplan.analysis.matrix import Cell
    from routeplan.itinerary.model import Leg
    from routeplan.places.lists import ListedPlace

_LISTED = 5
_CARRIED = (EdgeKind.MOVE, EdgeKind.ACCESS)
_COUNTED = {Metric.TIME: "time", Metric.COST: "price", Metric.CO2E: "emission factor"}


def few(sentences: Sequence[str]) -> Iterator[str]:
    """Yield the first sentences, and how many more there are."""
    yield from sentences[:_LISTED]
    if len(sentences) > _LISTED:
        yield f"The same holds for {len(sentences) - _LISTED} more."


def lost_places(
    places: tuple[Sequence[ListedPlace], Sequence[ListedPlace]],
    tables: Sequence[Sequence[Sequence[Cell]]],
) -> Iterator[str]:
    """Say how many pairs have no way, and which places none at all."""
    cells = tables[0]  # whether there is a way is the same by every criterion
    without = sum(cell.status is Status.NO_ROUTE for row in cells for cell in row)
    if not without:
        return
    total = len(cells) * len(cells[0])
    yield f"{without:,} of {total:,} pairs have no route under these terms; they are left empty."
    columns = list(zip(*cells, strict=True))
    for side, rows, end in ((0, cells, "from"), (1, columns, "to")):
        lost = [p.text for p, row in zip(places[side], rows, strict=True) if _is_lost(row)]
        if lost:
            yield f"No route leads {end} {_listed(lost)}."


def notes_on(legs: Iterable[Leg]) -> Iterator[str]:
    """Say which links on the ways are not plain ones, or have a number that is not known."""
    found: dict[str, dict[str, None]] = {}
    for leg in legs:
        for note in _notes(leg):
            found.setdefault(note, {}).setdefault(leg.edge.edge_id)
    for note, edge_ids in sorted(found.items()):
        yield f"Some ways use links {note}: {_listed(list(edge_ids))}."


def _notes(leg: Leg) -> Iterator[str]:
    if leg.edge.status is EdgeStatus.RESTRICTED:
        yield "that are restricted"
    if leg.edge.status is EdgeStatus.PLANNED:
        yield "that are planned"
    if leg.lots > 1:
        yield "where the load takes several departures, the time being until the last arrives"
    for metric, word in _COUNTED.items():
        if leg.kind in _CARRIED and metric not in leg.evidence:
            yield f"of which no {word} is known, counted as 0"


def _is_lost(row: Sequence[Cell]) -> bool:
    """Whether there are pairs to find a way for, and none is found."""
    statuses = {cell.status for cell in row}
    return Status.NO_ROUTE in statuses and Status.OK not in statuses


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _LISTED
    shown = ", ".join(names[:_LISTED])
    return f"{shown} and {more} more" if more > 0 else shown
