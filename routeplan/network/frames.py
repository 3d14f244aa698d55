"""The network's tables as pandas data frames, for analysis beside routeplan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.network.column import columns_of
from routeplan.network.records import Edge, Node

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from routeplan.network.model import Network


def node_frame(network: Network) -> pd.DataFrame:
    """Return the places as a data frame with the columns of nodes.csv, indexed by node_id."""
    return _frame(network.nodes.values(), Node, "node_id")


def edge_frame(network: Network) -> pd.DataFrame:
    """Return the links as a data frame with the columns of edges.csv, indexed by edge_id."""
    return _frame(network.edges.values(), Edge, "edge_id")


def _frame(records: Iterable[Any], kind: type, key: str) -> pd.DataFrame:
    import pandas as pd

    names = [c.name for c in columns_of(kind)]
    rows = [[getattr(record, name) for name in names] for record in records]
    return pd.DataFrame(rows, columns=names).set_index(key)
