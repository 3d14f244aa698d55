"""The best way between many places: a tree from each, and the totals along its branches.

Where two ways are equal in the criterion and in generalised cost `find` goes by the ids of their
edges. Such a pair is asked as `find` asks it, unless its ways have the same numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from routeplan.analysis.branches import Branches, Priced
from routeplan.analysis.cautions import few, lost_places, notes_on
from routeplan.analysis.matrix import Cell, Status
from routeplan.places.index import PlaceIndex
from routeplan.places.question import why_kept_out
from routeplan.scenario.request import Criterion
from routeplan.search.best import find_best
from routeplan.search.shortest import arc_weights
from routeplan.search.trees import build_roads

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from routeplan.network.model import Network
    from routeplan.places.lists import ListedPlace
    from routeplan.scenario.request import RouteRequest

    Places = tuple[ListedPlace, ...]
    Cells = tuple[tuple[Cell, ...], ...]
    Pair = tuple[str, str]

_NO_ROUTE, _SAME_PLACE = Cell(Status.NO_ROUTE), Cell(Status.SAME_PLACE)
_KEPT_OUT = Cell(Status.KEPT_OUT)


class Solved(NamedTuple):
    """The cells for each criterion, and what to know beside them."""

    tables: tuple[Cells, ...]
    warnings: tuple[str, ...]


def solve(
    network: Network,
    request: RouteRequest,
    places: tuple[Places, Places],
    criteria: Sequence[Criterion],
    wanted: tuple[bool, bool],
) -> Solved:
    """Find the best way for every pair, by each criterion.

    Parameters
    ----------
    network
        The facts.
    request
        The terms; its ends are not looked at.
    places
        Origins and destinations.
    criteria
        What ways are to be best at.
    wanted
        Whether cells are to have percentiles, and legs.
    """
    problem = _Problem(network, request, places, wanted)
    tables = tuple(problem.table(criterion) for criterion in criteria)
    return Solved(tables, tuple(problem.warnings(tables)))


class _Problem:
    """One matrix while it is computed: each distinct place is searched once per criterion."""

    def __init__(
        self,
        network: Network,
        request: RouteRequest,
        places: tuple[Places, Places],
        wanted: tuple[bool, bool],
    ) -> None:
        self._request = request
        self._places = places
        self._percentiles, self._ways = wanted
        self._kept_out = _kept_out(network, request, places)
        origins, destinations = (
            tuple(dict.fromkeys(p.node_id for p in side if p.node_id not in self._kept_out))
            for side in places
        )
        self._backward = len(destinations) < len(origins)
        self._roads = build_roads(network, request, origins, destinations)
        self._priced = Priced(network, self._roads.arcs)

    def table(self, criterion: Criterion) -> Cells:
        """Return the cells by one criterion."""
        found = self._solved(criterion)
        return tuple(
            tuple(self._cell((origin.node_id, end.node_id), found) for end in self._places[1])
            for origin in self._places[0]
        )

    def warnings(self, tables: Sequence[Cells]) -> Iterator[str]:
        """Yield what the tables do not say by themselves."""
        yield from few(sorted(set(self._kept_out.values())))
        yield from lost_places(self._places, tables)
        yield from notes_on(self._priced.used_legs())

    def _cell(self, pair: Pair, found: Mapping[Pair, Cell]) -> Cell:
        if pair[0] in self._kept_out or pair[1] in self._kept_out:
            return _KEPT_OUT
        return _SAME_PLACE if pair[0] == pair[1] else found.get(pair, _NO_ROUTE)

    def _solved(self, criterion: Criterion) -> dict[Pair, Cell]:
        """Return the cells of all pairs that have a way."""
        lightest = self._roads.lightest(criterion, backward=self._backward)
        roots, leaves = self._roads.origins, self._roads.destinations
        if self._backward:
            roots, leaves = leaves, roots
        found: dict[Pair, Cell] = {}
        for root_id, root in roots.items():
            branches = Branches(
                self._priced, lightest, root, leaves.values(), percentiles=self._percentiles
            )
            for leaf_id, leaf in leaves.items():
                if leaf_id == root_id or leaf not in branches.totals:
                    continue
                pair = (leaf_id, root_id) if self._backward else (root_id, leaf_id)
                found[pair] = self._found(pair, criterion, branches, leaf)
        return found

    def _found(self, pair: Pair, criterion: Criterion, branches: Branches, leaf: int) -> Cell:
        """Make the cell of the way to a leaf, or ask as `find` does where another way ties."""
        by_ids = criterion is not Criterion.RELIABILITY and leaf in branches.tied
        if by_ids and (self._percentiles or self._ways or not branches.is_certain(leaf)):
            return self._asked(pair, criterion)
        path = branches.path(leaf) if self._ways else []
        if self._backward:
            path.reverse()
        return self._priced.cell(path, branches.totals[leaf], branches.draws(leaf))

    def _asked(self, pair: Pair, criterion: Criterion) -> Cell:
        """Ask for one pair as `find` does."""
        graph = self._roads.between(*pair)
        path = find_best(graph, arc_weights(graph.arcs, criterion))
        assert path is not None  # noqa: S101 - a tree has reached the end
        return self._priced.whole(path, percentiles=self._percentiles, ways=self._ways)


def _kept_out(
    network: Network, request: RouteRequest, places: tuple[Places, Places]
) -> dict[str, str]:
    """Say for each place that must not be touched why; the others are not in it."""
    index = PlaceIndex(network)
    reasons = {
        place.node_id: why_kept_out(network, index, request, place.node_id)
        for side in places
        for place in side
    }
    return {node_id: reason for node_id, reason in reasons.items() if reason}
