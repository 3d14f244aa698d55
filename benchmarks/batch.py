"""How many times quicker batches are than plainer ways to the same answers.

    python benchmarks/batch.py [ROWS]

Ratios are of processor time, medians over rounds that take turns, since the speed of a machine
drifts and others may be at work on it. Scenarios are those of benchmarks/scenarios.py on the
network that comes with routeplan.

1. The search alone: best way and its totals. The yardstick is networkx's Dijkstra on one graph for
   each question, made ready beforehand, whose weights are edited for each scenario and put back.
   For both, rows are read and it is known what an edge weighs after a change. Last, two processes
   search at once: that ratio is also of the time on the clock, which others at work lengthen.
2. `routeplan batch` from file to file with ROWS rows (100,000 if not given), start included, and
   the memory of all its processes. The yardstick is the same work row by row in plain Python, in
   one process: the row read, its changes applied to the edges they name, heapq's Dijkstra, the
   itinerary with its percentiles, and what differs from the question without changes; and, for
   scale, pandas only reading those rows and writing those results.
"""

from __future__ import annotations

import contextlib
import csv
import gc
import heapq
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import networkx as nx
from scenarios import HEADER, rows, write

from routeplan.graph.build import build_graph
from routeplan.graph.costing import Costing, CostVector
from routeplan.graph.model import Arc
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

    from routeplan.itinerary.model import Itinerary
    from routeplan.kernel.kernel import Asked as Ready
    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.changes import Change
    from routeplan.scenario.request import RouteRequest

    Asked = tuple[RouteRequest, tuple[Change, ...]]

ROUNDS = 5
SAMPLE = 300
"""Scenarios of a round for the yardstick; the others get MANY times as many."""

MANY = 60
CORES = 2


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
        for step in pairwise(path):
            index = min((w, i) for i in self.between[step] if (w := steps_now[i]) is not None)[1]
            if index >= 0:
                vector = edited[index][1] if index in edited else self.vectors[index]
                total = [a + b for a, b in zip(total, vector, strict=True)]
        return total

    def by_heapq(  # noqa: C901 - the loop as everybody writes it
        self, edited: dict[int, tuple[int | None, Arc]]
    ) -> list[Arc] | None:
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


class Scenarios:
    """Rows understood, and graphs of their questions made ready."""

    def __init__(self) -> None:
        self.network = load_network(None)
        self.editor = Editor(self.network)
        index = PlaceIndex(self.network)
        self._read = cache(
            lambda origin, destination, by: read_question(
                self.network, Question(origin, destination, k=1, by=by or "balanced"), index
            )
        )
        self.reused = cache(lambda request: Reused(self.network, request))
        self.base = cache(lambda request: self.itinerary(self.reused(request), {}))

    def asked(self, row: Sequence[str]) -> Asked:
        """Read a row: request and changes."""
        _, origin, destination, by, changes = row
        return self._read(origin, destination, by), parse_changes(changes)

    def edited(self, asked: Asked) -> dict[int, tuple[int | None, Any]]:
        """Work out the arcs that changes give other weights: arc -> weight and priced edge."""
        request, changes = asked
        reused = self.reused(request)
        edited = self.editor.edit(changes)
        costing = reused.costing.adjusted(edited.adjustments)
        found: dict[int, tuple[int | None, Any]] = {}
        for edge_id, edge in edited.edges.items():
            places = reused.places.get(edge_id, [])
            if edge is None or not places:
                found |= dict.fromkeys(places, (None, None))
                continue
            for place, vector in zip(places, costing.vectors(edge), strict=True):
                weight = criterion_value(vector, request.criterion) << 60
                before = reused.graph.arcs[place]
                backward = before is not reused.graph.arcs[places[0]]
                arc = _arc(before, edge, vector, costing, backward=backward)
                found[place] = (weight + vector.generalised_nanousd, arc)
        return found

    def itinerary(
        self, reused: Reused, edited: dict[int, tuple[int | None, Any]]
    ) -> Itinerary | None:
        """Search with heapq and build the itinerary."""
        arcs = reused.by_heapq(edited)
        if arcs is None:
            return None
        return build_itinerary(self.network, arcs, request=reused.request)


def _arc(before: Arc, edge: Edge, vector: CostVector, costing: Costing, *, backward: bool) -> Arc:
    work_out = partial(costing.cost, edge, backward=backward)
    return Arc(before.tail, before.head, edge, vector, work_out)


def compare_searches(scenarios: Scenarios) -> None:
    """Print how many times quicker the kernel's engines are than networkx, core by core."""
    network = scenarios.network
    given = [scenarios.asked(row) for row in rows(SAMPLE * MANY * ROUNDS)]
    kernels = {
        "plain Python": (SAMPLE, Kernel(network, engine_maker(Solver.PYTHON), scenarios.editor)),
        "numba": (SAMPLE * MANY, Kernel(network, engine_maker(Solver.NUMBA), scenarios.editor)),
    }
    ratios: dict[str, list[float]] = defaultdict(list)
    for turn in range(ROUNDS):
        batch = given[turn * SAMPLE * MANY :][: SAMPLE * MANY]
        ready = [_looked_up(scenarios, asked) for asked in batch[:SAMPLE]]
        expected: list[Any] = []
        plain = _cpu_s(lambda r=ready, e=expected: e.extend(g.by_networkx(x) for g, x in r))
        print(f"  {plain / SAMPLE * 1e6:.0f} us a scenario by networkx", end="")
        for name, (count, kernel) in kernels.items():
            asked = [kernel.ask(request, changes) for request, changes in batch[:count]]
            found: list[Any] = []
            taken = _cpu_s(lambda k=kernel, a=asked, f=found: f.extend(_totals(k, a)))
            if [t and t[4] for t in expected] != [t and t[4] for t in found[:SAMPLE]]:
                raise SystemExit("the ways differ")
            ratios[name].append(plain / SAMPLE * count / taken)
            print(f", {taken / count * 1e6:.1f} by the kernel in {name}", end="")
        print(flush=True)
    for name, found in ratios.items():
        ratio = median(found[1:])  # the first round compiles
        print(f"{ratio:.0f} x networkx with edited weights: kernel in {name}, one core")
    compare_two_cores(scenarios, given)


def compare_two_cores(scenarios: Scenarios, given: Sequence[Asked]) -> None:
    """Print how many times quicker two processes with the compiled kernel are than networkx."""
    context = multiprocessing.get_context("spawn")
    together, taken = context.Barrier(CORES + 1), context.SimpleQueue()
    workers = [context.Process(target=_search_alone, args=(together, taken)) for _ in range(CORES)]
    for worker in workers:
        worker.start()
    clocks = {"on the clock": time.perf_counter, "by processor time": time.process_time}
    ratios: dict[str, list[float]] = defaultdict(list)
    for turn in range(ROUNDS):
        ready = [_looked_up(scenarios, asked) for asked in given[turn * SAMPLE :][:SAMPLE]]
        started = [now() for now in clocks.values()]
        for reused, weights in ready:
            reused.by_networkx(weights)
        plain = [now() - begun for now, begun in zip(clocks.values(), started, strict=True)]
        together.wait()
        both = map(max, zip(*[taken.get() for _ in range(CORES)], strict=True))
        for name, alone, ours in zip(clocks, plain, both, strict=True):
            ratios[name].append(alone / SAMPLE / ours * SAMPLE * MANY * CORES)
    for worker in workers:
        worker.join()
    for name, found in ratios.items():
        ratio = median(found)
        print(f"{ratio:.0f} x networkx with edited weights, {name}: in numba, {CORES} cores")


def _search_alone(together: Any, taken: Any) -> None:  # noqa: ANN401 - of multiprocessing
    """Search in a process of its own, each round when all are ready."""
    scenarios = Scenarios()
    gc.disable()
    kernel = Kernel(scenarios.network, engine_maker(Solver.NUMBA), scenarios.editor)
    many = SAMPLE * MANY
    given = [scenarios.asked(row) for row in rows(many * (ROUNDS + 1))]
    _totals(kernel, [kernel.ask(*asked) for asked in given[:many]])  # compiles
    for turn in range(1, ROUNDS + 1):
        asked = [kernel.ask(*one) for one in given[turn * many :][:many]]
        together.wait()
        started = time.perf_counter(), time.process_time()
        _totals(kernel, asked)
        taken.put((time.perf_counter() - started[0], time.process_time() - started[1]))


def _looked_up(scenarios: Scenarios, asked: Asked) -> tuple[Reused, dict[int, Any]]:
    edited = scenarios.edited(asked)
    weights = {place: (weight, arc and arc.vector) for place, (weight, arc) in edited.items()}
    return scenarios.reused(asked[0]), weights


def _totals(kernel: Kernel, asked: Sequence[Ready]) -> list[Any]:
    return [way and way.total for way in kernel.solve(asked)]


def compare_batches(scenarios: Scenarios, count: int, folder: Path) -> None:
    """Print what a whole batch takes beside the same work row by row, and beside pandas."""
    import pandas as pd

    table, results = folder / "scenarios.csv", folder / "results.csv"
    write(table, count)
    command = [sys.executable, "-m", "routeplan", "batch", str(table), "-o", str(results), "-q"]
    subprocess.run([*command[:4], str(_small(folder)), *command[5:]], check=True)  # compiles
    before = _children_s()
    process = subprocess.Popen(command)
    started, peak = time.perf_counter(), 0
    while process.poll() is None:
        peak = max(peak, _memory_mb(process.pid))
        time.sleep(0.2)
    if process.returncode:
        raise SystemExit("the batch failed")
    wall, ours = time.perf_counter() - started, _children_s() - before
    print(f"  {count:,} rows: {wall:.1f} s, {ours:.1f} s of processors, at most {peak:.0f} MB")
    plain = _cpu_s(lambda: row_by_row(scenarios, folder)) / SAMPLE * count
    print(f"  row by row in plain Python {plain / count * 1e3:.1f} ms a row")
    frame = pd.read_csv(results)

    def read_and_write() -> None:
        pd.read_csv(table)
        frame.to_csv(folder / "pandas.csv", index=False)

    pandas = _cpu_s(read_and_write)
    print(f"{plain / ours:.0f} x row by row, by processor time")
    print(f"{plain / wall:.0f} x row by row, from start to end on all cores")
    print(f"{ours / pandas:.1f} x as long as pandas only reads and writes the same rows")


def _small(folder: Path) -> Path:
    path = folder / "small.csv"
    write(path, 10_000)
    return path


def row_by_row(scenarios: Scenarios, folder: Path) -> None:
    """Answer rows one by one and write what is told of them."""
    write(folder / "some.csv", SAMPLE)
    with (
        (folder / "some.csv").open(encoding="utf-8", newline="") as file,
        (folder / "some-results.csv").open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out)
        for row in csv.reader(file):
            if tuple(row) == HEADER:
                continue
            asked = scenarios.asked(row)
            base = scenarios.base(asked[0])
            found = scenarios.itinerary(scenarios.reused(asked[0]), scenarios.edited(asked))
            if found is None or base is None:
                writer.writerow([row[0], "no_route"])
                continue
            now, then = found.totals, base.totals
            deltas = (now.time_h - then.time_h, now.cost_usd - then.cost_usd)
            numbers = [now.distance_km, now.time_h, now.time_h_p10, now.time_h_p50, now.time_h_p90]
            numbers += [now.cost_usd, now.co2e_kg, now.generalised_cost_usd, *deltas]
            edges = "|".join(leg.edge.edge_id for leg in found.legs)
            writer.writerow([row[0], *numbers, *found.countries, way_line(found.legs), edges])


def _cpu_s(run: Callable[[], object]) -> float:
    """Return the processor time of a run: others may be at work on the machine."""
    started = time.process_time()
    run()
    return time.process_time() - started


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory_mb(pid: int) -> float:
    """Add up the resident memory of a process and its descendants (Linux); shared pages count."""
    found = 0.0
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                found += int(line.split()[1]) / 1024
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            found += _memory_mb(int(child))
    return found


def main() -> None:
    """Print all ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    scenarios = Scenarios()
    gc.disable()
    compare_searches(scenarios)
    with tempfile.TemporaryDirectory() as folder:
        compare_batches(scenarios, count, Path(folder))


if __name__ == "__main__":
    main()
