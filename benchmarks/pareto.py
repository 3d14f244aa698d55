"""How long the exact front takes, against the same label setting without its bounds and packing.

The plain one keeps tuples, takes labels in the order of their own sums and knows no lower bounds:
Martins' method as textbooks have it. Both answer the same questions on the network that comes with
routeplan; their fronts are compared first.

The compiled one is then held against our own in plain Python, which knows the same bounds: from the
question to the arcs of every way, on a graph made ready for each, by processor time. Run it with
`make bench`.
"""

from __future__ import annotations

import gc
import time
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from in_turn import compare

from routeplan import Question
from routeplan.graph.build import build_graph
from routeplan.graph.model import JOIN
from routeplan.kernel.alternatives.several import Several
from routeplan.kernel.engines import Solver, engine_maker
from routeplan.kernel.kernel import Kernel
from routeplan.network.read import load_network
from routeplan.places.question import read_question
from routeplan.scenario.request import TRADE_OFFS
from routeplan.search.front import find_front, measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.graph.model import SearchGraph
    from routeplan.search.front import FrontWay

PAIRS = (("Aktau", "Poti"), ("Baku", "Constanta"), ("Astana", "Belgrade"))
FURTHER = (("Tashkent", "Istanbul"), ("Xi'an", "Duisburg"), ("Urumqi", "Mersin"))


def plain_front(graph: SearchGraph) -> list[tuple[int, ...]]:
    """Return the front by label setting without bounds, in rising order."""
    out: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
    for tail, head, index in graph.steps:
        values = (0,) * 3
        if index != JOIN:
            values = tuple(measured(graph.arcs[index], measure) for measure in TRADE_OFFS)
        out.setdefault(tail, []).append((head, values))
    closed: dict[int, list[tuple[int, ...]]] = {}
    queue: list[tuple[tuple[int, ...], int]] = [((0, 0, 0), graph.start)]
    while queue:
        values, vertex = heappop(queue)
        known = closed.setdefault(vertex, [])
        if _beaten(known, values):
            continue
        known.append(values)
        for head, more in out.get(vertex, ()):
            reached = tuple(map(int.__add__, values, more))
            if not _beaten(closed.get(head, []), reached):
                heappush(queue, (reached, head))
    return closed.get(graph.end, [])


def _beaten(members: list[tuple[int, ...]], values: tuple[int, ...]) -> bool:
    a, b, c = values
    return any(x <= a and y <= b and z <= c for x, y, z in members)


def main() -> None:
    """Print the ratio of each question."""
    network = load_network()
    for origin, destination in PAIRS:
        graph = build_graph(network, read_question(network, Question(origin, destination)))
        front = [way.values for way in find_front(graph)]
        if front != plain_front(graph):
            raise SystemExit(f"the fronts of {origin} - {destination} differ")
        compare(
            f"front of {origin} - {destination}, {len(front)} ways, against no bounds",
            lambda graph=graph: find_front(graph),
            lambda graph=graph: plain_front(graph),
            rounds=3,
        )
    gc.disable()  # looking for rings of objects takes longer than a compiled front
    several = Several(network, Kernel(network, engine_maker(Solver.NUMBA)))
    for origin, destination in PAIRS + FURTHER:
        request = read_question(network, Question(origin, destination, k=1))
        graph = build_graph(network, request)
        found = several.front(request, TRADE_OFFS) or []
        if told(found) != told(find_front(graph)):
            raise SystemExit(f"the compiled front of {origin} - {destination} differs")
        compare(
            f"compiled front of {origin} - {destination}, {len(found)} ways, against plain Python",
            lambda request=request: several.front(request, TRADE_OFFS),
            lambda graph=graph: find_front(graph),
            rounds=25,
            clock=time.process_time,
        )


def told(front: Sequence[FrontWay]) -> list[tuple[tuple[int, ...], list[str]]]:
    """Return what each way adds up to, and its edges."""
    return [(way.values, [arc.edge.edge_id for arc in way.path]) for way in front]


if __name__ == "__main__":
    main()
