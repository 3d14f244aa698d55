"""Questions with changes -> the best way of each, the same that the planner answers first."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from routeplan.graph.build import edge_filter
from routeplan.graph.costing import CostVector, seasons_on
from routeplan.kernel.board import Topology
from routeplan.kernel.prices import Prices
from routeplan.kernel.versions import Versions
from routeplan.kernel.weights import Weights
from routeplan.scenario.request import DRAWS, Alternatives, Criterion, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from routeplan.graph.model import Arc
    from routeplan.kernel.astar import Found
    from routeplan.kernel.board import Board
    from routeplan.kernel.engines import Engine
    from routeplan.kernel.versions import Patch
    from routeplan.network.model import Network
    from routeplan.scenario.apply import Editor
    from routeplan.scenario.changes import Change
    from routeplan.scenario.request import RouteRequest

    MakeEngine = Callable[[Board, Weights], Engine]

_MOST_PRICES = 64
"""About 2 MB each."""
_MOST_TASKS = 20_000
_MOST_WAYS = 100_000


class Task:
    """A question without its changes, ready to be solved: where from, where to, on which weights.

    Questions of one task differ only in their changes.
    """

    __slots__ = ("ends", "engine", "number", "prices", "starts")

    def __init__(
        self,
        number: int,
        prices: Prices,
        engine: Engine,
        starts: tuple[int, ...],
        ends: tuple[int, ...],
    ) -> None:
        self.number = number
        self.prices = prices
        self.engine = engine
        self.starts = starts
        self.ends = ends


class Asked(NamedTuple):
    """A task and what its question lays over the network."""

    task: Task
    patches: tuple[Patch, ...]


class Way:
    """A best way. One object for equal ways of one shipment, so that it is known again."""

    def __init__(self, prices: Prices, found: Found) -> None:
        self._prices = prices
        self._found = found

    @cached_property
    def arcs(self) -> tuple[Arc, ...]:
        """The arcs in order, as an itinerary is built of them."""
        arc = self._prices.arc
        return tuple(map(arc, self._found.arcs, self._found.versions))

    @cached_property
    def total(self) -> CostVector:
        """What the arcs add up to."""
        vectors = [arc.vector for arc in self.arcs]
        return CostVector(*(map(sum, zip(*vectors, strict=True)) if vectors else [0] * 5))


class Kernel:
    """Finds best ways on one network and remembers all that questions share.

    Parameters
    ----------
    network
        The facts, without changes.
    make_engine
        What searches; see `kernel.engines`.
    editor
        Applies changes to the network; made if None.
    """

    def __init__(
        self, network: Network, make_engine: MakeEngine, editor: Editor | None = None
    ) -> None:
        self._network = network
        self._make_engine = make_engine
        self._versions = Versions(network, editor)
        self._editor = editor
        self._topology = Topology(network)
        self._boards: dict[tuple[str, ...], Board] = {}
        self._numbers = count()
        self._forget()

    @staticmethod
    def takes(request: RouteRequest) -> bool:
        """Whether a request asks for nothing but its best way."""
        return request.alternatives.k == 1 and request.limits == _NO_LIMITS and not request.front

    def ask(self, request: RouteRequest, changes: Sequence[Change] = ()) -> Asked:
        """Prepare a question.

        Parameters
        ----------
        request
            One that `takes`.
        changes
            What is different in the network.

        Raises
        ------
        ChangeError
            If they cannot be applied, as `scenario.apply.apply_changes`.
        """
        full = len(self._tasks) > _MOST_TASKS or len(self._prices) > _MOST_PRICES
        if full or self._versions.is_full:
            self._versions = Versions(self._network, self._editor)
            self._forget()
        patches = self._versions.find(changes) if changes else ()
        return Asked(self._task(request), patches)

    def solve(self, questions: Sequence[Asked]) -> list[Way | None]:
        """Find the best way of each question; None where there is none."""
        tasks: dict[int, tuple[Task, list[int]]] = {}
        for place, (task, _) in enumerate(questions):
            known = tasks.get(task.number)
            if known is None:
                tasks[task.number] = (task, [place])
            else:
                known[1].append(place)
        ways: list[Way | None] = [None] * len(questions)
        for task, places in tasks.values():
            patches = [questions[place].patches for place in places]
            found = task.engine.solve(task.starts, task.ends, patches)
            for place, way in zip(places, found, strict=True):
                ways[place] = way and self._way(task.prices, way)
        return ways

    def best(self, request: RouteRequest, changes: Sequence[Change] = ()) -> Way | None:
        """Find the best way of one question; see `ask` and `solve`."""
        return self.solve([self.ask(request, changes)])[0]

    def _forget(self) -> None:
        self._tasks: dict[RouteRequest, Task] = {}
        self._engines: dict[tuple[RouteRequest, Criterion, tuple[str, ...]], Engine] = {}
        self._prices: dict[object, Prices] = {}
        self._ways: dict[tuple[int, Found], Way] = {}

    def _task(self, request: RouteRequest) -> Task:
        task = self._tasks.get(request)
        if task is None:
            task = self._tasks[request] = self._make_task(request)
        return task

    def _make_task(self, request: RouteRequest) -> Task:
        via = request.via
        board = self._boards.get(via)
        if board is None:
            board = self._boards[via] = self._topology.board(via)
        prices = self._priced(request)
        rules = _rules(request)
        engine = self._engines.get((rules, request.criterion, via))
        if engine is None:
            allows = edge_filter(self._network, request)
            weights = Weights(
                self._network, self._topology, prices, allows, request.criterion, board.bits
            )
            engine = self._make_engine(board, weights)
            self._engines[rules, request.criterion, via] = engine
        starts, ends = board.starts(request.origin), board.ends(request.destination)
        return Task(next(self._numbers), prices, engine, starts, ends)

    def _priced(self, request: RouteRequest) -> Prices:
        seasons = tuple(row.season_id for row in seasons_on(self._network, request.depart))
        key = (request.shipment, seasons)
        prices = self._prices.get(key)
        if prices is None:
            prices = self._prices[key] = Prices(
                self._network, self._topology, request.shipment, request.depart
            )
        return prices

    def _way(self, prices: Prices, found: Found) -> Way:
        key = (id(prices), found)
        way = self._ways.get(key)
        if way is None:
            if len(self._ways) > _MOST_WAYS:
                self._ways.clear()
            way = self._ways[key] = Way(prices, found)
        return way


def _rules(request: RouteRequest) -> RouteRequest:
    """Return the request without what makes no difference to an arc's weight."""
    return replace(
        request,
        origin="",
        destination="",
        via=(),
        criterion=Criterion.BALANCED,
        alternatives=_ONE,
        limits=_NO_LIMITS,
        front=(),
        deadline_h=None,
        draws=DRAWS,
    )


_ONE = Alternatives(1)
_NO_LIMITS = Limits()
