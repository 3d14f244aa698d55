"""The front on the network that comes with routeplan, held against the epsilon-constraint method.

At and just below every point of the front the quickest way within its cost and its CO2e is searched
for by another method: best first by time, with heapq, tuples and bounds of its own. It must take
exactly the least time that the front has within the same bounds, or exist no more than there.
"""

from __future__ import annotations

import math
from heapq import heappop, heappush

import pytest

from routeplan import Question
from routeplan.graph.build import build_graph
from routeplan.graph.model import JOIN
from routeplan.places.question import read_question
from routeplan.search.front import find_front

PAIRS = [
    ("Astana", "Belgrade"),
    ("Tashkent", "Istanbul"),
    ("Xi'an", "Poti"),
    ("Almaty", "Sofia"),
    ("Belgrade", "Aktau"),
]
TIME, COST, CO2 = range(3)


class Constrained:
    """Searches for the quickest way whose cost and CO2e stay within bounds."""

    def __init__(self, graph):
        self.start, self.end = graph.start, graph.end
        self.out, back = {}, {}
        for tail, head, index in graph.steps:
            values = (0, 0, 0) if index == JOIN else tuple(graph.arcs[index].vector[:3])
            self.out.setdefault(tail, []).append((head, values))
            back.setdefault(head, []).append((tail, values))
        self.rest = [self._to_end(back, part) for part in (TIME, COST, CO2)]

    def _to_end(self, back, part):
        """Return the least of one measure from every vertex to the end, by Dijkstra's method."""
        found, queue = {}, [(0, self.end)]
        while queue:
            total, vertex = heappop(queue)
            if vertex in found:
                continue
            found[vertex] = total
            for tail, values in back.get(vertex, ()):
                if tail not in found:
                    heappush(queue, (total + values[part], tail))
        return found

    def quickest(self, most_cents, most_g):
        """Return the least minutes within the bounds, or None."""
        to_time, to_cost, to_co2 = self.rest
        if self.start not in to_time:
            return None
        taken = {}
        queue = [(to_time[self.start], 0, 0, self.start, 0)]
        while queue:
            bound, cents, grams, vertex, spent = heappop(queue)
            if cents + to_cost[vertex] > most_cents or grams + to_co2[vertex] > most_g:
                continue
            if vertex == self.end:
                return bound
            # ways to one vertex come in rising time, so a later one has to be better in the rest
            if any(c <= cents and g <= grams for c, g in taken.get(vertex, ())):
                continue
            taken.setdefault(vertex, []).append((cents, grams))
            for head, (minutes, more, carbon) in self.out.get(vertex, ()):
                if head in to_time:
                    reached = spent + minutes
                    total = (reached + to_time[head], cents + more, grams + carbon, head, reached)
                    heappush(queue, total)
        return None


def least_time(front, most_cents, most_g):
    """Return the least minutes that a front has within the bounds, or None."""
    within = (t for t, cents, grams in front if cents <= most_cents and grams <= most_g)
    return min(within, default=None)


@pytest.mark.parametrize(("origin", "destination"), PAIRS)
def test_every_point_of_the_front_is_that_of_the_epsilon_constraint_method(
    real, origin, destination
):
    graph = build_graph(real, read_question(real, Question(origin, destination)))
    front = [way.values for way in find_front(graph)]
    search = Constrained(graph)
    assert len(front) > 3
    for minutes, cents, grams in front:
        assert search.quickest(cents, grams) == minutes
        for bounds in ((cents - 1, grams), (cents, grams - 1), (cents - 1, math.inf)):
            assert search.quickest(*bounds) == least_time(front, *bounds)
    assert search.quickest(math.inf, math.inf) == min(front)[TIME]


def test_the_check_finds_a_point_that_is_missing(real):
    graph = build_graph(real, read_question(real, Question("Xi'an", "Poti")))
    front = [way.values for way in find_front(graph)]
    search = Constrained(graph)
    for gone in front:
        left = [point for point in front if point != gone]
        assert search.quickest(gone[COST], gone[CO2]) != least_time(left, gone[COST], gone[CO2])
