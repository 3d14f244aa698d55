"""How long the exact front takes, against the same label setting without its bounds and packing.

The plain one keeps tuples, takes labels in the order of their own sums and knows no lower bounds:
Martins' method as textbooks have it. Both answer the same questions on the network that comes with
routeplan; their fronts are compared first. Run it with `make bench`.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from in_turn import compare

from routeplan import Question
from routeplan.graph.build import build_graph
from routeplan.graph.model import JOIN
from routeplan.network.read import load_network
from routeplan.places.question import read_question
from routeplan.scenario.request import TRADE_OFFS
from routeplan.search.front import find_front, measured

if TYPE_CHECKING:
    from routeplan.graph.model import SearchGraph

PAIRS = (("Aktau", "Poti"), ("Baku", "Constanta"), ("Astana", "Belgrade"))


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


if __name__ == "__main__":
    main()
