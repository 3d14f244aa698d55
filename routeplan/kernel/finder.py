"""Several ways of a question by the compiled loops, where numba is there and pays."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from routeplan.kernel.engines import SEVERAL_FROM, Solver
from routeplan.scenario.door import Handover
from routeplan.scenario.request import Difference
from routeplan.search.candidates import read_limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.graph.model import Arc
    from routeplan.kernel.alternatives.several import Several
    from routeplan.kernel.kernel import Kernel
    from routeplan.network.model import Network
    from routeplan.scenario.changes import Change
    from routeplan.scenario.request import RouteRequest


class Finder:
    """Finds several ways as `planner.plan` does, or leaves them to it.

    Parameters
    ----------
    network
        The facts, without changes.
    kernel
        Of the same network.
    solver
        `numba` compiles at once, `auto` when so many questions have been asked that it pays;
        the others never.
    """

    def __init__(self, network: Network, kernel: Kernel, solver: Solver) -> None:
        self._network = network
        self._kernel = kernel
        self._from = {Solver.NUMBA: 0, Solver.AUTO: SEVERAL_FROM}.get(solver)
        if find_spec("numba") is None:  # a worker of a cluster may lack it
            self._from = None
        self._asked = 0
        self._several: Several | None = None

    def ways(
        self, request: RouteRequest, changes: Sequence[Change]
    ) -> list[tuple[Arc, ...]] | None:
        """Find the ways of a question, those of its front if it asks for one.

        None if the planner is to be asked; see `kernel.alternatives.several.Several`.
        """
        if self._from is None or not takes_several(request):
            return None
        self._asked += 1
        if self._asked <= self._from:
            return None
        if self._several is None:
            from routeplan.kernel.alternatives.several import Several

            self._several = Several(self._network, self._kernel)
        if not request.front:
            return self._several.ways(request, changes)
        measures = tuple(dict.fromkeys((*request.front, *read_limits(request.limits))))
        front = self._several.front(request, measures, changes)
        return None if front is None else [way.path for way in front]


def takes_several(request: RouteRequest) -> bool:
    """Whether a request asks for a number of ways, or a front, by averages, between nodes."""
    asked = request.alternatives
    return (
        asked.k is not None
        and asked.max_stretch is None
        and asked.differ is Difference.KM
        and not request.is_timed
        and not request.doors
        and request.handover is not Handover.TERMINAL
    )
