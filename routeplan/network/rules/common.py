"""What several rules need: rows with their lines, the ways of an edge, did-you-mean."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from routeplan.network.rules.registry import Fault
from routeplan.network.vocabulary import EdgeKind, Mode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from routeplan.network.dataset import DataSet
    from routeplan.network.records import Edge, Node
    from routeplan.network.tables import Table
    from routeplan.network.vocabulary import Vehicle

Record = TypeVar("Record")

CARGO_FLAGS = ("dangerous", "open", "reefer")
LAND = (Mode.RAIL, Mode.ROAD)
_SUGGESTIONS = 50


class State(NamedTuple):
    """Cargo at a place, on a mode; on a ferry also on what rolled onto it."""

    node_id: str
    mode: Mode | None
    vehicle: Vehicle | None


class Suggester:
    """Makes remedies with a near miss of the known names.

    After many misses it falls silent: then two files do not belong together, and a comparison of
    each with each would take minutes.

    Parameters
    ----------
    known
        The names that would have been right.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = list(dict.fromkeys(known))
        self._remembered: dict[str, str] = {}

    def remedy(self, value: str, otherwise: str) -> str:
        """Ask for the closest name, or say what to do where none is close."""
        if value not in self._remembered:
            if len(self._remembered) >= _SUGGESTIONS:
                return otherwise
            close = get_close_matches(value, self._known, 1)
            self._remembered[value] = f"Did you mean {close[0]}?" if close else otherwise
        return self._remembered[value]


def rows(table: Table[Record]) -> Iterator[tuple[Record, int]]:
    """Yield each record with its line."""
    return zip(table.records, table.lines, strict=True)


def nodes_by_id(dataset: DataSet) -> dict[str, Node]:
    """Return the nodes by id."""
    return {node.node_id: node for node in dataset.nodes.records}


def joined_rows(dataset: DataSet, *kinds: EdgeKind) -> Iterator[tuple[Edge, int, Node, Node]]:
    """Yield the edges of some kinds with their line and both ends, where both are known."""
    nodes = nodes_by_id(dataset)
    for edge, line in rows(dataset.edges):
        start, end = nodes.get(edge.from_node), nodes.get(edge.to_node)
        if edge.kind in kinds and start is not None and end is not None:
            yield edge, line, start, end


def ways(edge: Edge) -> Iterator[tuple[State, State]]:
    """Yield from where to where an edge leads: one way, and back where it is not directed."""
    start = _state(edge, edge.from_node, edge.mode)
    end = _state(edge, edge.to_node, edge.to_mode or edge.mode)
    yield start, end
    if not edge.directed:
        yield end, start


def lacks_column(table: Table[Any], column: str, message: str, remedy: str) -> Iterator[Fault]:
    """Yield one fault for a whole file that lacks a column its every row would need."""
    if table.records and column not in table.positions:
        yield Fault(table, 0, "", "", message, remedy)


def _state(edge: Edge, node_id: str, mode: Mode | None) -> State:
    return State(node_id, mode, edge.vehicle if mode is Mode.FERRY else None)
