"""Search weights: of each arc a pair that is added and compared from left to right.

    criterion       (criterion, generalised cost and number of arcs)
    balanced        (generalised cost, number of arcs)

The number of arcs breaks the last ties but those of ways with equally many, which the order of
their edges' ids does. It also makes every weight greater than nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.scenario.request import Criterion
from routeplan.search.shortest import criterion_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from routeplan.graph.costing import CostVector
    from routeplan.kernel.board import Board
    from routeplan.kernel.prices import Prices
    from routeplan.kernel.versions import Patch, Version
    from routeplan.network.model import Network
    from routeplan.network.records import Edge

    Pair = tuple[int, int]
    Laid = tuple[int, Pair | None, Version]


class Weights:
    """The weights of all arcs for one criterion, shipment and set of rules.

    Parameters
    ----------
    network, board
        The facts, and what is walked.
    prices
        For the shipment.
    allows
        Whether the question allows an edge.
    criterion
        What the way is best at.

    Attributes
    ----------
    base
        Of each arc its weight without changes; None where it must not be walked.
    """

    def __init__(
        self,
        network: Network,
        board: Board,
        prices: Prices,
        allows: Callable[[Edge], bool],
        criterion: Criterion,
    ) -> None:
        self._topology = board.topology
        self.prices = prices
        self._allows = allows
        self._criterion = criterion
        self._bits = board.bits
        self.base: list[Pair | None] = [
            self._pair(vector, usable=usable)
            for edge_id, numbers in self._topology.arcs_of.items()
            for usable in (allows(network.edges[edge_id]),)
            for vector in prices.vectors[numbers[0] : numbers[-1] + 1]
        ]

    def patch(self, patch: Patch) -> list[Laid]:
        """Work out the arcs of a patch, their new weights and the versions they come from."""
        found: list[Laid] = []
        for edge_id, version in patch.versions.items():
            numbers = self._topology.arcs_of[edge_id]
            if self._allows(version.edge):
                vectors = self.prices.changed(version)
                found += [
                    (number, self._pair(vector, usable=True), version)
                    for number, vector in zip(numbers, vectors, strict=True)
                ]
            else:
                found += [(number, None, version) for number in numbers]
        return found

    def _pair(self, vector: CostVector | None, *, usable: bool) -> Pair | None:
        if vector is None or not usable:
            return None
        generalised = vector.generalised_nanousd
        if self._criterion is Criterion.BALANCED:
            return generalised, 1
        return criterion_value(vector, self._criterion), generalised << self._bits | 1
