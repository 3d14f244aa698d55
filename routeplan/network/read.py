"""A data folder -> a Network, by way of the cache."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from routeplan.errors import DataError
from routeplan.network.cache import read_cache, write_cache
from routeplan.network.files import FILES, cache_key, digest_of, locate_data, read_files
from routeplan.network.model import Network

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def load_network(folder: Path | str | None = None) -> Network:
    """Load a network.

    Parameters
    ----------
    folder
        A folder with nodes.csv and edges.csv; None means $ROUTEPLAN_DATA, or the data that comes
        with routeplan.

    Returns
    -------
    Network
        The facts, immutable.

    Raises
    ------
    DataError
        If a file cannot be read or a rule of severity error is broken; it carries all findings.
    """
    files = read_files(locate_data(folder))
    digest = digest_of(files)
    key = cache_key(digest)
    records = tuple(FILES.values())
    tables: Sequence[Sequence[Any]] | None = read_cache(key, records)
    if tables is None:
        tables = _compile(files)
        write_cache(key, tables, records)
    network = build_network(tables, digest)
    object.__setattr__(network, "cache_key", key)  # frozen for users; a changed copy has no key
    return network


def build_network(tables: Sequence[Sequence[Any]], digest: str) -> Network:
    """Make a network of the records of each table, in the order of FILES."""
    nodes, edges, sources, times, rates, emissions, cargoes, seasons, *rest = tables
    index, parameters, closures, duties = rest
    return Network(
        nodes=MappingProxyType({node.node_id: node for node in nodes}),
        edges=MappingProxyType({edge.edge_id: edge for edge in edges}),
        sources=MappingProxyType({source.source_id: source for source in sources}),
        times=tuple(times),
        rates=tuple(rates),
        emissions=tuple(emissions),
        cargoes=MappingProxyType({cargo.cargo_id: cargo for cargo in cargoes}),
        seasons=tuple(seasons),
        price_index=MappingProxyType({row.year: row.index for row in index}),
        parameters=MappingProxyType({p.parameter_id: p for p in parameters}),
        digest=digest,
        closures=tuple(closures),
        duties=tuple(duties),
    )


def _compile(files: dict[str, bytes]) -> list[list[Any]]:
    """Parse and check the files; needed only when they changed, so its imports wait until here."""
    from routeplan.network.check import blocking_findings
    from routeplan.network.dataset import read_dataset

    dataset = read_dataset(files)
    faults = blocking_findings(dataset)
    if faults:
        raise DataError(faults)
    return dataset.records()
