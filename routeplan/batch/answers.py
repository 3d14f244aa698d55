"""Answers of questions in changed networks, as cells of result rows; equal ones are made once.

Equal means equal content: rows that write one question in different words share its answer, and
ways of the same arcs share their totals and percentiles whatever scenario led to them.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from routeplan.batch.columns import RowStatus, Verdict, encode_cells, text_of
from routeplan.batch.tell import Figures, Teller, Told, name_way
from routeplan.errors import NoRouteError
from routeplan.itinerary.build import build_itinerary, doubt_of
from routeplan.itinerary.notes import unchanged_text
from routeplan.itinerary.shelf_life import shelf_life_h
from routeplan.kernel.kernel import Kernel
from routeplan.network.spread import Spread
from routeplan.places.ends import node_of
from routeplan.planner import plan
from routeplan.risk.certainty import Certainty
from routeplan.scenario.request import Criterion

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from routeplan.batch.search import Search
    from routeplan.graph.model import Arc
    from routeplan.itinerary.model import Itinerary
    from routeplan.network.model import Network
    from routeplan.scenario.apply import Editor
    from routeplan.scenario.changes import Change
    from routeplan.scenario.request import RouteRequest

DELTAS = ("delta_time_h", "delta_cost_usd", "delta_co2e_kg")
_BEFORE = ("rank", "status", "error", "origin", "destination")
_FIRST = {"rank": 1, "status": str(RowStatus.OK)}
_BEHIND = ("expectations", "failed")
_NOT_EXPECTING = {"expectations": str(Verdict.NONE)}
_REMEMBERED = 4096
_LONG = 200
"""Scenarios of more changes are not remembered: their texts may be megabytes."""


class Answer(NamedTuple):
    """One way.

    Parameters
    ----------
    figures
        Its numbers.
    cells
        Its cells by result column, without those of the scenario; not to be changed.
    build
        Builds its itinerary, which few rows need.
    """

    figures: Figures
    cells: Mapping[str, Any]
    build: Callable[[], Itinerary]

    @property
    def itinerary(self) -> Itinerary:
        """The way leg by leg, with the evidence of every number."""
        return self.build()


class Answers:
    """Answers questions.

    Parameters
    ----------
    network
        The facts without any scenario's changes.
    editor
        Applies changes to it, for rows that want more than one way.
    search
        Finds the best way.
    """

    def __init__(self, network: Network, editor: Editor, search: Search) -> None:
        self._network = network
        self._editor = editor
        self._search = search
        self._teller = Teller(network)
        self._remembered = lru_cache(_REMEMBERED)(self._ask)
        self._told = lru_cache(_REMEMBERED)(self._teller.tell)

    def answer(self, request: RouteRequest, changes: tuple[Change, ...]) -> tuple[Answer, ...]:
        """Return the ways of a question, the best first, each beside the best without changes.

        Raises
        ------
        ChangeError
            If the changes cannot be applied.
        NoRouteError
            If there is no way.
        """
        if len(changes) > _LONG:
            found = self._ask(request, changes)
        else:
            found = self._remembered(request, changes)
        if not found:
            raise NoRouteError(self._no_route_text(request, changes))
        return found

    def _ask(self, request: RouteRequest, changes: tuple[Change, ...]) -> tuple[Answer, ...]:
        ways = self._ways(request, changes)
        if not ways:
            return ()
        before = self._remembered(request, ()) if changes else ()
        return tuple(_ranked(way, rank, before) for rank, way in enumerate(ways, 1))

    def _several(self, request: RouteRequest, changes: tuple[Change, ...]) -> tuple[Answer, ...]:
        """Answer as the planner does, from what the search finds if it can."""
        paths = self._search.several(request, changes)
        if paths is None:
            return self._planned(request, changes)
        if request.front:
            return tuple(self._describe(request, path) for path in paths)
        drawn = [self._told(p, request.draws, request.deadline_h).certainty for p in paths]
        keeps_h = shelf_life_h(request)
        if keeps_h is not None and any(sure.time_h.p50 > keeps_h for sure in drawn):
            return self._planned(request, changes)  # ways that hold may be found instead
        ways = [self._describe(request, path) for path in paths]
        if request.criterion is Criterion.RELIABILITY:
            doubts = [doubt_of(sure.on_time_share, sure.time_h.p90) for sure in drawn]
            ways = [ways[place] for place in sorted(range(len(ways)), key=doubts.__getitem__)]
        return tuple(ways)

    def _ways(self, request: RouteRequest, changes: tuple[Change, ...]) -> tuple[Answer, ...]:
        if not Kernel.takes(request):
            return self._several(request, changes)
        path = self._search.best(request, changes)
        if path is None:
            return ()
        way = self._describe(request, path)
        keeps_h = shelf_life_h(request)
        if keeps_h is not None and way.itinerary.totals.time_h_p50 > keeps_h:
            return self._planned(request, changes)  # one that holds may be found instead
        return (way,)

    def line(
        self, request: RouteRequest, path: tuple[Arc, ...], *, changed: bool
    ) -> tuple[bytes, bytes, bytes]:
        """Write what is told of a question's best way as `columns.encode_rows` would.

        Parameters
        ----------
        request
            It asks for one way.
        path
            The way.
        changed
            Whether changes led to it, so that it stands beside the best without them.

        Returns
        -------
        tuple of bytes
            The line from `rank` on, in three pieces; many ways share the second.
        """
        told = self._teller.tell(path, request.draws, request.deadline_h)
        before = self._remembered(request, ()) if changed else ()
        deltas = _deltas(told.figures, before)
        first = {**_FIRST, "origin": request.origin, "destination": request.destination}
        figures = ",".join(map(text_of, told.figures))
        behind = ",".join(map(text_of, deltas or ("",) * len(DELTAS)))
        late = ",".join(map(text_of, told.lateness()))
        return (
            f"{encode_cells(_BEFORE, first)},{figures},".encode(),
            told.names.line,
            f",{behind},{encode_cells(_BEHIND, _NOT_EXPECTING)},{late}\n".encode(),
        )

    def _planned(self, request: RouteRequest, changes: tuple[Change, ...]) -> tuple[Answer, ...]:
        """Ask as `find` does; nothing if there is no way."""
        network = self._editor.edit(changes).network
        try:
            answer = plan(network, request)
        except NoRouteError:
            return ()
        return tuple(map(_answer, answer.front or answer.itineraries))

    def _describe(self, request: RouteRequest, path: tuple[Arc, ...]) -> Answer:
        told = self._told(path, request.draws, request.deadline_h)
        return Answer(
            told.figures,
            told.cells(),
            partial(build_itinerary, self._network, path, request=request),
        )

    def _no_route_text(self, request: RouteRequest, changes: Sequence[Change]) -> str:
        ends = (request.origin, request.destination)
        start, end = (node_of(self._network, request.doors, node_id).name for node_id in ends)
        text = f"no route from {start} to {end} under these limits."
        if not changes:
            return text
        before = self._remembered(request, ())
        return f"{text} {unchanged_text(before[0].itinerary if before else None)}"


def _same(itinerary: Itinerary) -> Itinerary:
    return itinerary


def _answer(itinerary: Itinerary) -> Answer:
    totals = itinerary.totals
    spread = Spread(totals.time_h_p10, totals.time_h_p50, totals.time_h_p90)
    cost = totals.cost_usd, totals.co2e_kg, totals.generalised_cost_usd
    figures = Figures.rounded(totals.distance_km, totals.time_h, spread, cost)
    certainty = Certainty(spread, totals.on_time_share, totals.expected_lateness_h)
    told = Told(figures, name_way(itinerary.legs), certainty)
    return Answer(figures, told.cells(), partial(_same, itinerary))


def _ranked(way: Answer, rank: int, before: Sequence[Answer]) -> Answer:
    deltas = _deltas(way.figures, before)
    cells = {
        "rank": rank,
        **way.cells,
        **(dict(zip(DELTAS, deltas, strict=True)) if deltas else {}),
    }
    return way._replace(cells=cells)


def _deltas(way: Figures, before: Sequence[Answer]) -> tuple[float, ...]:
    """Return the differences from the best way without changes; none where there is no such way."""
    if not before:
        return ()
    base = before[0].figures
    return (
        round(way.time_h - base.time_h, 2) + 0.0,
        round(way.cost_usd - base.cost_usd, 2) + 0.0,
        round(way.co2e_kg - base.co2e_kg, 3) + 0.0,
    )
