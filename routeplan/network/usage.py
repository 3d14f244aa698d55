"""Which rows rest on which source."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.network.model import Network
    from routeplan.network.provenance import Sourced


def count_uses(network: Network) -> Counter[str]:
    """Count the rows that name each source."""
    return Counter(
        source_id
        for record in _sourced(network)
        for source_id in {token.rpartition(":")[2] for token in record.source_ids}
    )


def _sourced(network: Network) -> Iterator[Sourced]:
    yield from network.nodes.values()
    yield from network.edges.values()
    yield from network.times
    yield from network.rates
    yield from network.emissions
    yield from network.cargoes.values()
    yield from network.seasons
    yield from network.parameters.values()
    yield from network.closures
    yield from network.duties
