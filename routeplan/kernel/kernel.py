"""Questions with changes -> the best way of each, the same that the planner answers first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from routeplan.graph.bars import edge_filter
from routeplan.graph.seasons import seasons_on
from routeplan.kernel.board import Topology
from routeplan.kernel.prices import Prices
from routeplan.kernel.versions import Versions
from routeplan.kernel.weights import Weights
from routeplan.scenario.door import Handover
from routeplan.scenario.request import DRAWS, Alternatives, Criterion, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from routeplan.kernel.board import Board
    from routeplan.kernel.engines import Engine
    from routeplan.kernel.versions import Patch
    from routeplan.kernel.way import Way
    from routeplan.network.model import Network
    from routeplan.scenario.apply import Editor
    from routeplan.scenario.changes import Change
    from routeplan.scenario.request import RouteRequest

    MakeEngine = Callable[[Board, Weights], Engine]

_MOST_PRICES = 64
"""About 2 MB each."""
_MOST_TASKS = 20_000


class Task:
    """A question without its changes, ready to be solved: where from, where to, on which weights.

    Questions of one task differ only in their changes.
    """

    __slots__ = ("ends", "engine", "starts")

    def __init__(
        self,
        engine: Engine,
        starts: tuple[int, ...],
        ends: tuple[int, ...],
    ) -> None:
        self.engine = engine
        self.starts = starts
        self.ends = ends


class Asked(NamedTuple):
    """A task and what its question lays over the network."""

    task: Task
    patches: tuple[Patch, ...]


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

    Attributes
    ----------
    generation
        Counts how often all was forgotten, to keep memory in bounds.
    """

    def __init__(
        self, network: Network, make_engine: MakeEngine, editor: Editor | None = None
    ) -> None:
        self._network = network
        self._make_engine = make_engine
        self._editor = editor
        self._versions = Versions(network, editor)
        self._topology = Topology(network)
        self._boards: dict[tuple[str, ...], Board] = {}
        self.generation = 0
        self._forget()

    @staticmethod
    def takes(request: RouteRequest) -> bool:
        """Whether a request asks for its best way by averages between nodes, and nothing else.

        A way beyond the cargo's shelf life is the caller's to refuse, as `rank_shelf_life` does.
        """
        return (
            request.alternatives.k == 1
            and request.limits == _NO_LIMITS
            and not request.front
            and not request.is_timed
            and not request.doors
            and request.handover is not Handover.TERMINAL
        )

    def ask(self, request: RouteRequest, changes: Sequence[Change] = ()) -> Asked:
        """Prepare a question: work out what its changes make of the network.

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
        asked = Asked(self.task(request), self._versions.find(changes) if changes else ())
        asked.task.engine.learn(asked.patches)
        return asked

    def task(self, request: RouteRequest) -> Task:
        """Return the task of a request that `takes`."""
        met = self._met.get(id(request))
        if met is not None:
            return met[1]
        task = self._tasks.get(request)
        if task is None:
            task = self._tasks[request] = self._make_task(request)
        if len(self._met) > _MOST_TASKS:
            self._met.clear()
        self._met[id(request)] = request, task
        return task

    @property
    def versions(self) -> Versions:
        """What finds the patches of changes; another one after `generation` has changed."""
        return self._versions

    @property
    def topology(self) -> Topology:
        """The states and arcs of the network."""
        return self._topology

    def solve(self, questions: Sequence[Asked]) -> list[Way | None]:
        """Find the best way of each question; None where there is none."""
        ways: list[Way | None] = [None] * len(questions)
        for task, places in _by_task(questions).items():
            asked = [questions[place].patches for place in places]
            found = task.engine.solve(task.starts, task.ends, asked)
            for place, way in zip(places, found, strict=True):
                ways[place] = way
        self._tidy()
        return ways

    def best(self, request: RouteRequest, changes: Sequence[Change] = ()) -> Way | None:
        """Find the best way of one question; see `ask` and `solve`."""
        return self.solve([self.ask(request, changes)])[0]

    def _tidy(self) -> None:
        """Forget what has grown too large; questions asked before can still be solved."""
        full = len(self._tasks) > _MOST_TASKS or len(self._prices) > _MOST_PRICES
        if full or self._versions.is_full:
            self._versions = Versions(self._network, self._editor)
            self._forget()

    def _forget(self) -> None:
        self.generation += 1
        self._tasks: dict[RouteRequest, Task] = {}
        self._met: dict[int, tuple[RouteRequest, Task]] = {}  # kept alive, so that ids are theirs
        self._engines: dict[tuple[RouteRequest, Criterion, tuple[str, ...]], Engine] = {}
        self._prices: dict[object, Prices] = {}

    def _make_task(self, request: RouteRequest) -> Task:
        via = request.via
        board = self._boards.get(via)
        if board is None:
            board = self._boards[via] = self._topology.board(via)
        prices = self.priced(request)
        rules = rules_of(request)
        engine = self._engines.get((rules, request.criterion, via))
        if engine is None:
            allows = edge_filter(self._network, request)
            weights = Weights(self._network, board, prices, allows, request.criterion)
            engine = self._make_engine(board, weights)
            self._engines[rules, request.criterion, via] = engine
        starts, ends = board.starts(request.origin), board.ends(request.destination)
        return Task(engine, starts, ends)

    def priced(self, request: RouteRequest) -> Prices:
        """Return the arcs of the network, priced for a request."""
        seasons = tuple(row.season_id for row in seasons_on(self._network, request.depart))
        key = (request.shipment, seasons)
        prices = self._prices.get(key)
        if prices is None:
            prices = self._prices[key] = Prices(
                self._network, self._topology, request.shipment, request.depart
            )
        return prices


def _by_task(questions: Iterable[Asked]) -> dict[Task, list[int]]:
    """Return the places of each task's questions."""
    places: defaultdict[Task, list[int]] = defaultdict(list)
    for place, (task, _) in enumerate(questions):
        places[task].append(place)
    return places


def rules_of(request: RouteRequest) -> RouteRequest:
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
