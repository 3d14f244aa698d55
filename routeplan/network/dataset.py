"""All tables of a data folder as read: the ground the checks walk on, before it is a network."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from routeplan.network.column import changed
from routeplan.network.files import FILES, SHARED_SOURCES
from routeplan.network.records import Source
from routeplan.network.tables import Table, read_table
from routeplan.network.vocabulary import EdgeKind, Mode, Vehicle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from routeplan.network.findings import Finding
    from routeplan.network.records import (
        Cargo,
        Closure,
        DefaultTime,
        Duty,
        Edge,
        EmissionFactor,
        Node,
        Parameter,
        PriceIndex,
        Rate,
        Season,
    )


@dataclass(frozen=True)
class DataSet:
    """The tables of one folder.

    Parameters
    ----------
    nodes, edges, sources, times, rates, emissions, cargoes, seasons, price_index, parameters,
    closures, duties
        One table per file, in the order of FILES.
    shared_sources
        The sources that come with routeplan, beside a folder's own.
    elsewhere
        Text of further CSV files of the folder: sources may be used only there.
    """

    nodes: Table[Node]
    edges: Table[Edge]
    sources: Table[Source]
    times: Table[DefaultTime]
    rates: Table[Rate]
    emissions: Table[EmissionFactor]
    cargoes: Table[Cargo]
    seasons: Table[Season]
    price_index: Table[PriceIndex]
    parameters: Table[Parameter]
    closures: Table[Closure]
    duties: Table[Duty]
    shared_sources: tuple[Source, ...] = ()
    elsewhere: str = ""

    def tables(self) -> Iterator[Table[Any]]:
        """Yield every table, in the order of FILES."""
        for field in dataclasses.fields(self)[: len(FILES)]:
            yield getattr(self, field.name)

    def records(self) -> list[list[Any]]:
        """List the records of each table, in the order of FILES, shared sources among them."""
        tables = [list(table.records) for table in self.tables()]
        own = {source.source_id for source in self.sources.records}
        tables[list(FILES).index("sources.csv")] += [
            source for source in self.shared_sources if source.source_id not in own
        ]
        return tables

    @property
    def is_sound(self) -> bool:
        """Whether every row of every file could be read."""
        return all(table.complete and not table.unread for table in self.tables())

    def findings(self) -> list[Finding]:
        """List what reading the tables found."""
        return [finding for table in self.tables() for finding in table.findings]


def read_dataset(files: Mapping[str, bytes], elsewhere: str = "") -> DataSet:
    """Parse the bytes of a folder's files; see `files.read_files`.

    Parameters
    ----------
    files
        File name -> bytes.
    elsewhere
        Text of further CSV files of the folder.

    Returns
    -------
    DataSet
        Every table, with what was wrong with it.
    """
    tables: dict[str, Any] = {
        field.name: read_table(files[name], name, record)
        for field, (name, record) in zip(dataclasses.fields(DataSet), FILES.items(), strict=False)
    }
    shared = files.get(SHARED_SOURCES)
    sources = read_table(shared, SHARED_SOURCES, Source).records if shared else []
    dataset = DataSet(**tables, shared_sources=tuple(sources), elsewhere=elsewhere)
    _complete_nodes(dataset.nodes)
    _complete_edges(dataset.edges)
    return dataset


def _complete_nodes(table: Table[Node]) -> None:
    """Name the nodes without a name by their id."""
    table.records[:] = [
        node if node.name else changed(node, name=node.node_id) for node in table.records
    ]


def _complete_edges(table: Table[Edge]) -> None:
    """Fill what a row may leave to the reader: its kind, its id and what rolls onto a ferry."""
    taken = {edge.edge_id for edge in table.records}
    for index, edge in enumerate(table.records):
        kind = edge.kind or (
            EdgeKind.TRANSSHIP if edge.from_node == edge.to_node else EdgeKind.MOVE
        )
        vehicle = edge.vehicle
        if vehicle is None and Mode.FERRY in (edge.mode, edge.to_mode):
            rail = Mode.RAIL in (edge.mode, edge.to_mode)
            vehicle = Vehicle.WAGON if rail else Vehicle.TRUCK
        edge_id = edge.edge_id or _made_id(edge, taken)
        taken.add(edge_id)
        table.records[index] = changed(edge, edge_id=edge_id, kind=kind, vehicle=vehicle)


def _made_id(edge: Edge, taken: set[str]) -> str:
    base = "-".join(
        part for part in (edge.mode, edge.to_mode, edge.from_node, edge.to_node) if part
    )
    made, number = base, 2
    while made in taken:
        made, number = f"{base}-{number}", number + 1
    return made
