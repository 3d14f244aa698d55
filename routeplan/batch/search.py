"""The best way of a question in a changed network: the one thing that a faster engine replaces.

`Search` is the seam. All that is told of a way is made of its arcs, in `batch.answers`, so that an
engine that finds the same ways gives the same bytes. `KernelSearch` is the quick one, and
`NetworkxSearch` the plain one it is held against: networkx's Dijkstra on a graph that is built once
for each pair of places, with edited weights.
"""

from __future__ import annotations

from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from routeplan.graph.bars import usable_edges
from routeplan.graph.build import build_graph, join_request
from routeplan.graph.costing import Costing
from routeplan.graph.model import Arc
from routeplan.graph.pricing import directions, price_arcs
from routeplan.kernel.engines import Solver, engine_maker
from routeplan.kernel.finder import Finder
from routeplan.kernel.kernel import Kernel
from routeplan.scenario.request import RouteRequest
from routeplan.search.best import find_best
from routeplan.search.shortest import arc_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.graph.model import SearchGraph
    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.apply import Edited, Editor
    from routeplan.scenario.changes import Change
    from routeplan.scenario.edit import EdgeEdit

_ROADS = 16
_REMEMBERED = 20_000


class Search(Protocol):
    """Finds the best way of a question in a changed network."""

    def best(self, request: RouteRequest, changes: Sequence[Change]) -> tuple[Arc, ...] | None:
        """Find the way that `search.best` has in the changed network; None if there is no way.

        Parameters
        ----------
        request
            The question. Limits, front and the number of answers do not matter.
        changes
            What is different in the network, in this order.

        Returns
        -------
        tuple of Arc or None
            Its arcs in order, with what the changes make of them. Where an arc of two answers is
            the same object, its numbers are the same: percentiles are then drawn only once.

        Raises
        ------
        ChangeError
            If the changes cannot be applied.
        """

    def several(
        self, request: RouteRequest, changes: Sequence[Change]
    ) -> list[tuple[Arc, ...]] | None:
        """Find the ways that `planner.plan` lists, or those of the front that a request asks for.

        None if it is to be asked instead; empty if there is no way. Otherwise as `best`.
        """


class KernelSearch:
    """Finds ways with the kernel.

    Parameters
    ----------
    network
        The facts without any scenario's changes.
    editor
        Applies changes to it.
    solver
        Which of the kernel's engines.
    """

    def __init__(self, network: Network, editor: Editor, solver: Solver = Solver.PYTHON) -> None:
        self.kernel = Kernel(network, engine_maker(solver), editor)
        self._finder = Finder(network, self.kernel, solver)

    def best(self, request: RouteRequest, changes: Sequence[Change]) -> tuple[Arc, ...] | None:
        """Find the best way, see `Search.best`."""
        way = self.kernel.best(request, changes)
        return None if way is None else way.arcs

    def several(
        self, request: RouteRequest, changes: Sequence[Change]
    ) -> list[tuple[Arc, ...]] | None:
        """Find the ways that differ, see `Search.several`."""
        return self._finder.ways(request, changes)


class NetworkxSearch:
    """Finds ways with networkx.

    Parameters
    ----------
    network
        The facts without any scenario's changes.
    editor
        Applies changes to it.
    """

    def __init__(self, network: Network, editor: Editor) -> None:
        self._network = network
        self._editor = editor
        self._roads = lru_cache(_ROADS)(self._compile)

    def best(self, request: RouteRequest, changes: Sequence[Change]) -> tuple[Arc, ...] | None:
        """Find the best way, see `Search.best`."""
        road = self._roads(_same_road(request))
        edited = self._editor.edit(changes)
        fresh = road.fresh_arcs(edited)
        if fresh is None:
            graph = build_graph(edited.network, request)
            path = find_best(graph, arc_weights(graph.arcs, request.criterion))
            return None if path is None else tuple(path)
        usable = usable_edges(edited.network, request)
        arcs = [fresh.get(arc, arc) for arc in road.graph.arcs]
        weights = arc_weights(arcs, request.criterion)
        path = find_best(road.graph, weights, lambda arc: arc.edge.edge_id in usable)
        return None if path is None else tuple(fresh.get(arc, arc) for arc in path)

    def several(
        self, request: RouteRequest, changes: Sequence[Change]
    ) -> list[tuple[Arc, ...]] | None:
        """Leave several ways to the planner."""
        del request, changes
        return None

    def _compile(self, request: RouteRequest) -> _Road:
        return _Road(self._network, request)


class _Road:
    """Every arc that takes a shipment, joined from an origin to a destination."""

    def __init__(self, network: Network, request: RouteRequest) -> None:
        arcs = price_arcs(network, request.shipment, request.depart)
        self.graph: SearchGraph = join_request(network, request, arcs)
        self._costing = Costing(network, request.shipment, request.depart)
        self._adjustments = network.adjustments
        self._of_edge: dict[str, list[Arc]] = {}
        for arc in arcs:
            self._of_edge.setdefault(arc.edge.edge_id, []).append(arc)
        self._known: dict[tuple[str, str], tuple[Arc, ...]] = {}

    def fresh_arcs(self, edited: Edited) -> dict[Arc, Arc] | None:
        """Price what was changed: the arc before -> the arc now.

        None if a change makes an edge take the shipment that did not, or no longer take it: then
        the graph is another one.
        """
        fresh: dict[Arc, Arc] = {}
        costing: Costing | None = None
        for edge_id, edit in edited.edits.items():
            if edit.is_closed:
                continue  # it has no price, and is not among the usable
            edge = edited.edges[edge_id]
            assert edge is not None  # noqa: S101 - only closed ones are
            before = self._of_edge.get(edge_id, [])
            if (self._costing.lots(edge) is None) == bool(before):
                return None
            if before:
                costing = costing or self._costing.adjusted(
                    MappingProxyType({**self._adjustments, **edited.adjustments})
                )
                fresh |= zip(before, self._priced(costing, edge, edit, before), strict=True)
        return fresh

    def _priced(
        self, costing: Costing, edge: Edge, edit: EdgeEdit, before: Sequence[Arc]
    ) -> tuple[Arc, ...]:
        """Return the arcs of a changed edge, the same objects for the same change."""
        key = (edge.edge_id, edit.fingerprint())
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            sides = zip(before, directions(edge), costing.vectors(edge), strict=True)
            found = self._known[key] = tuple(
                Arc(a.tail, a.head, edge, vector, partial(costing.cost, edge, backward=backward))
                for a, backward, vector in sides
            )
        return found


def _same_road(request: RouteRequest) -> RouteRequest:
    """Return a request that is equal for all that share a road: places, shipment and season."""
    return RouteRequest(
        request.origin, request.destination, request.shipment, request.via, depart=request.depart
    )
