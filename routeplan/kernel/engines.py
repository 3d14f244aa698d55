"""Which engine searches: plain Python, or numba where it is installed and pays."""

from __future__ import annotations

from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from routeplan.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from routeplan.kernel.board import Board
    from routeplan.kernel.versions import Patch
    from routeplan.kernel.way import Way
    from routeplan.kernel.weights import Weights

NUMBA_FROM = 5000
"""From so many scenarios on numba is quicker, its import included."""

SEVERAL_FROM = 60
"""From so many questions for several ways on it is; `find` takes as long for them as its import."""


class Solver(StrEnum):
    """What finds the ways; all find the same."""

    AUTO = "auto"
    PYTHON = "python"
    NUMBA = "numba"
    NETWORKX = "networkx"


class Engine(Protocol):
    """Searches one board with one set of weights."""

    def learn(self, patches: Sequence[Patch]) -> None:
        """Work out what patches weigh, before a question asks."""

    def solve(
        self,
        starts: tuple[int, ...],
        ends: tuple[int, ...],
        questions: Sequence[Sequence[Patch]],
    ) -> list[Way | None]:
        """Find the best way of each question; see `kernel.astar.PlainEngine.solve`."""


def choose_solver(asked: Solver, scenarios: int | None) -> Solver:
    """Choose for a number of scenarios, None for many.

    `auto` becomes `numba` for many, and `python` where numba is not installed. For few it stays:
    one way is found in Python, several by numba once enough of them have been asked for.

    Raises
    ------
    RequestError
        If numba is asked for and not installed.
    """
    installed = find_spec("numba") is not None
    if asked is Solver.NUMBA and not installed:
        raise RequestError(
            "--search numba: numba is not installed. Install routeplan[fast], or leave the option."
        )
    if asked is not Solver.AUTO:
        return asked
    many = scenarios is None or scenarios >= NUMBA_FROM
    if not installed:
        return Solver.PYTHON
    return Solver.NUMBA if many else Solver.AUTO


def is_compiled(solver: Solver) -> bool:
    """Tell whether the compiled engine searches, which lets other threads work meanwhile."""
    return solver is Solver.NUMBA and find_spec("numba") is not None


def engine_maker(solver: Solver) -> Callable[[Board, Weights], Engine]:
    """Return what makes the engine of a board and its weights.

    A worker of a cluster may lack numba: it takes the plain engine, which finds the same.
    """
    if is_compiled(solver):
        from routeplan.kernel.astar_numba import CompiledEngine

        return CompiledEngine
    from routeplan.kernel.astar import PlainEngine

    return PlainEngine
