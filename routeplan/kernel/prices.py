"""What every arc costs a shipment, and what a changed edge does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from routeplan.graph.costing import Costing
from routeplan.graph.model import Arc

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from routeplan.graph.costing import CostVector
    from routeplan.kernel.board import Topology
    from routeplan.kernel.versions import Version
    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.shipment import Shipment

    Vectors = Sequence[CostVector | None]


class Prices:
    """The arcs of a network priced for one shipment and season.

    Parameters
    ----------
    network
        The facts.
    topology
        Their arcs.
    shipment
        What is carried.
    depart
        Day whose season holds; None takes the yearly values.

    Attributes
    ----------
    vectors
        Of each arc what the search adds up; None where the edge does not take the shipment.
    """

    def __init__(
        self, network: Network, topology: Topology, shipment: Shipment, depart: date | None
    ) -> None:
        self._network = network
        self._topology = topology
        self._costing = Costing(network, shipment, depart)
        self._versions: dict[int, Vectors] = {}
        self._arcs: dict[tuple[int, int], Arc] = {}
        self.vectors: list[CostVector | None] = []
        self._own: list[Arc | None] = [None] * len(topology.walks)
        for edge_id in topology.arcs_of:
            self.vectors += _vectors(self._costing, network.edges[edge_id])

    def changed(self, version: Version) -> Vectors:
        """Price the arcs of a changed edge, in the order of their numbers."""
        found = self._versions.get(version.number)
        if found is None:
            costing = self._costing_of(version)
            found = self._versions[version.number] = _vectors(costing, version.edge)
        return found

    def vector(self, number: int, version: Version | None) -> CostVector:
        """Return what the search adds up of an arc; `number` and `version` as for `arc`."""
        if version is None:
            found = self.vectors[number]
        else:
            first = self._topology.arcs_of[version.edge.edge_id][0]
            found = self.changed(version)[number - first]
        assert found is not None  # noqa: S101 - no way leads over an arc without a price
        return found

    def arc(self, number: int, version: Version | None) -> Arc:
        """Return an arc as an itinerary is built of it.

        Parameters
        ----------
        number
            Of an arc that takes the shipment.
        version
            Its edge as changed; None for the network's own.
        """
        if version is None:
            found = self._own[number]
            if found is None:
                found = self._own[number] = self._arc(number, None)
            return found
        key = (number, version.number)
        found = self._arcs.get(key)
        if found is None:
            found = self._arcs[key] = self._arc(number, version)
        return found

    def _arc(self, number: int, version: Version | None) -> Arc:
        topology = self._topology
        edge_id, backward = topology.walks[number]
        if version is None:
            edge, costing = self._network.edges[edge_id], self._costing
        else:
            edge, costing = version.edge, self._costing_of(version)
        states = topology.states
        return Arc(
            states[topology.tails[number]],
            states[topology.heads[number]],
            edge,
            self.vector(number, version),
            partial(costing.cost, edge, backward=backward),
        )

    def _costing_of(self, version: Version) -> Costing:
        adjustment = version.adjustment
        return self._costing.adjusted({version.edge.edge_id: adjustment} if adjustment else {})


def _vectors(costing: Costing, edge: Edge) -> Vectors:
    if costing.lots(edge) is None:
        return (None,) if edge.directed else (None, None)
    return costing.vectors(edge)
