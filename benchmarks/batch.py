"""How many times quicker batches are than plainer ways to the same answers.

    python benchmarks/batch.py [ROWS]

Ratios are medians over rounds that take turns, since the speed of a machine drifts; scenarios are
those of benchmarks/scenarios.py on the network that comes with routeplan, each asked once.

1. The search alone: best way and its totals, from request and changes. The yardstick is networkx's
   Dijkstra on one graph for each question, made ready beforehand, whose weights are edited for
   each scenario and put back; what an edge weighs after a change is looked up, not worked out.
2. `routeplan batch` from file to file with ROWS rows (100,000 if not given), start included, and
   the memory of all its processes. The yardstick is the same work row by row in plain Python, in
   one process: the row read, its changes applied to the edges they name, heapq's Dijkstra, the
   itinerary with its percentiles, and what differs from the question without changes; and, for
   scale, pandas only reading those rows and writing those results.
"""

from __future__ import annotations

import csv
import heapq
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import networkx as nx
from scenarios import HEADER, rows, write

from routeplan.graph.build import build_graph, usable_edges
from routeplan.graph.costing import Costing, CostVector
from routeplan.itinerary.build import build_itinerary
from routeplan.itinerary.way import way_line
from routeplan.kernel.engines import Solver, engine_maker
from routeplan.kernel.kernel import Kernel
from routeplan.network.read import load_network
from routeplan.places.index import PlaceIndex
from routeplan.places.question import Question, read_question
from routeplan.scenario.apply import Editor
from routeplan.scenario.changes import parse_changes
from routeplan.search.shortest import arc_weights, criterion_value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from routeplan.graph.model import Arc
    from routeplan.network.model import Network
    from routeplan.scenario.changes import Change
    from routeplan.scenario.request import RouteRequest

    Asked = tuple[RouteRequest, tuple[Change, ...]]

ROUNDS = 5
SAMPLE = 300
"""Scenarios of a round for the yardstick; the others get MANY times as many."""

MANY = 20


class Reused:
    """A networkx graph of one question, with weights that are edited."""

    def __init__(self, network: Network, request: RouteRequest) -> None:
        self.costing = Costing(network, request.shipment, request.depart)
        self.graph = build_graph(network, request)
        self.request = request
        self.weights = arc_weights(self.graph.arcs, request.criterion)
        self.between: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.steps_of: dict[str, set[tuple[int, int]]] = defaultdict(set)
        self.places: dict[str, list[int]] = defaultdict(list)
        self.vectors = [arc.vector for arc in self.graph.arcs]
        self.nx: nx.DiGraph[Any] = nx.DiGraph()
        self.out: list[list[tuple[int, int]]] = [[] for _ in range(self.graph.size)]
        for tail, head, index in self.graph.steps:
            self.between[tail, head].append(index)
            self.out[tail].append((head, index))
            if index >= 0:
                self.steps_of[self.graph.arcs[index].edge.edge_id].add((tail, head))
        for place, arc in enumerate(self.graph.arcs):
            self.places[arc.edge.edge_id].append(place)
        self.now: list[int | None] = [*self.weights, 0]
        for step in self.between:
            self.nx.add_edge(*step, weight=self.least(step))

    def least(self, step: tuple[int, int]) -> int | None:
        """Return the lightest of the arcs between two vertices; None hides the step."""
        return min((w for i in self.between[step] if (w := self.now[i]) is not None), default=None)

    def lay(self, edited: dict[int, tuple[int | None, CostVector]]) -> set[tuple[int, int]]:
        """Put in new weights; return the steps they touch."""
        touched: set[tuple[int, int]] = set()
        for place, (weight, _) in edited.items():
            self.now[place] = weight
            touched |= self.steps_of[self.graph.arcs[place].edge.edge_id]
        for tail, head in touched:
            self.nx[tail][head]["weight"] = self.least((tail, head))
        return touched

    def lift(self, edited: dict[int, Any], touched: set[tuple[int, int]]) -> None:
        """Put back the weights there were."""
        for place in edited:
            self.now[place] = self.weights[place]
        for tail, head in touched:
            self.nx[tail][head]["weight"] = self.least((tail, head))

    def by_networkx(self, edited: dict[int, tuple[int | None, CostVector]]) -> list[int] | None:
        """Find the totals of the best way."""
        touched = self.lay(edited)
        try:
            path = nx.dijkstra_path(self.nx, self.graph.start, self.graph.end)
        except nx.NetworkXNoPath:
            return None
        finally:
            steps_now = self.now[:]
            self.lift(edited, touched)
        total = [0] * 5
        for step in zip(path, path[1:], strict=False):
            index = min(
                (w, i) for i in self.between[step] if (w := steps_now[i]) is not None
            )[1]
            if index >= 0:
                vector = edited[index][1] if index in edited else self.vectors[index]
                total = [a + b for a, b in zip(total, vector, strict=True)]
        return total

    def by_heapq(self, edited: dict[int, tuple[int | None, Arc]]) -> list[Arc] | None:
        """Find the arcs of the best way with plain Dijkstra."""
        weights = [*self.weights, 0]
        for place, (weight, _) in edited.items():
            weights[place] = weight
        start, end = self.graph.start, self.graph.end
        known, came, done = {start: 0}, {}, set()
        queue = [(0, start)]
        while queue:
            so_far, vertex = heapq.heappop(queue)
            if vertex == end:
                break
            if vertex in done:
                continue
            done.add(vertex)
            for head, index in self.out[vertex]:
                weight = weights[index]
                if weight is None:
                    continue
                there = so_far + weight
                if head not in known or there < known[head]:
                    known[head] = there
                    came[head] = vertex, index
                    heapq.heappush(queue, (there, head))
        if end not in came:
            return None
        arcs, vertex = [], end
        while vertex != start:
            vertex, index = came[vertex]
            if index >= 0:
                arcs.append(edited[index][1] if index in edited else self.graph.arcs[index])
        return arcs[::-1]
