"""How long three ways take, against `networkx.shortest_simple_paths` on the same graph.

Both walk the (place, mode) graph that comes with routeplan, with the same weights. Ours are the
ways of `-k 3`: the best through some link, alike ones left out; networkx's are the three shortest,
as a rule three forms of one way. The first must weigh the same. Run it with `make bench`.

1. One question at a time, in plain Python.
2. Rows of a batch with k = 3 by the compiled loops: the search alone, and the whole answer, from
   cells to the bytes of the results, simulation included. The yardstick is networkx's search alone,
   on one graph for each question, made ready beforehand, whose weights are edited for each row.
   Rows are first distinct pairs of places, then the questions with changes of
   benchmarks/scenarios.py. Ratios are of processor time; the last are of two processes at once, by
   the time on the clock.
"""

from __future__ import annotations

import gc
import multiprocessing
import random
import time
from dataclasses import replace
from itertools import islice, pairwise, permutations
from statistics import median
from typing import TYPE_CHECKING, Any

import networkx as nx
from batch import Scenarios
from in_turn import compare
from scenarios import CRITERIA, HEADER, PLACES, rows

from routeplan import Question
from routeplan.batch.columns import decode_rows
from routeplan.batch.evaluator import DEFAULTS, ScenarioEvaluator, search_maker
from routeplan.graph.build import build_graph
from routeplan.kernel.alternatives.several import Several
from routeplan.kernel.engines import Solver, engine_maker
from routeplan.kernel.kernel import Kernel
from routeplan.network.read import load_network
from routeplan.places.question import read_question
from routeplan.planner import plan
from routeplan.scenario.request import Alternatives, Criterion
from routeplan.scenario.table import ScenarioTable
from routeplan.search.candidates import find_candidates
from routeplan.search.detours import find_detours
from routeplan.search.shortest import arc_weights, step_weight
from routeplan.search.shortlist import Way, are_alike, choose_ways

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from batch import Reused

    from routeplan.graph.model import SearchGraph
    from routeplan.scenario.request import RouteRequest

PAIRS = (("Aktau", "Poti"), ("Tashkent", "Istanbul"), ("Astana", "Belgrade"))
K = 3
ROUNDS = 5
SAMPLE = 30
"""Rows of a round for networkx."""

MANY = 20
"""So many times as many of rows with changes for ours."""

CORES = 2

Row = tuple[str, ...]


def shortest_three(graph: SearchGraph, weights: list[int]) -> list[int]:
    """Return what the three shortest simple paths of networkx weigh."""
    weighed = [*weights, 0]
    weight = step_weight(weighed)
    paths = nx.shortest_simple_paths(graph.forward, graph.start, graph.end, weight=weight)
    return [
        sum(weight(a, b, graph.forward[a][b]) or 0 for a, b in pairwise(path))
        for path in islice(paths, K)
    ]


def differing_three(graph: SearchGraph, weights: list[int], request: RouteRequest) -> list[Way]:
    """Return the first three ways, in rising weight, that are not alike."""
    found: list[Way] = []
    for path in find_detours(graph, weights):
        way = Way(path)
        if not any(are_alike(way, other, request.alternatives) for other in found):
            found.append(way)
        if len(found) == K:
            break
    return found


def compare_questions() -> None:
    """Print the ratio of each question: the three ways alone, and all that `find -k 3` does."""
    network = load_network()
    for origin, destination in PAIRS:
        request = read_question(network, Question(origin, destination, k=K))
        graph = build_graph(network, request)
        weights = arc_weights(graph.arcs, Criterion.BALANCED)
        ours, theirs = differing_three(graph, weights, request), shortest_three(graph, weights)
        weight_of = dict(zip(map(id, graph.arcs), weights, strict=True))
        if sum(weight_of[id(arc)] for arc in ours[0].path) != theirs[0]:
            raise SystemExit(f"the best ways of {origin} - {destination} differ")
        name = f"{origin} - {destination}, k = {K}, against networkx"
        compare(
            f"ways that differ, {name}",
            lambda g=graph, w=weights, r=request: differing_three(g, w, r),
            lambda g=graph, w=weights: shortest_three(g, w),
        )
        compare(
            f"with front and families, {name}",
            lambda g=graph, r=request: choose_ways(
                find_candidates(g, r.criterion), r.criterion, r.alternatives
            ),
            lambda g=graph, w=weights: shortest_three(g, w),
        )
        compare(
            f"whole answer, simulated, {name}",
            lambda r=request: plan(network, r),
            lambda g=graph, w=weights: shortest_three(g, w),
        )


def distinct_pairs() -> Iterator[Row]:
    """Yield rows without changes, each of another pair and criterion, by a fixed seed."""
    places = sorted({place for pair in PLACES for place in pair})
    asked = [(*pair, by) for pair in permutations(places, 2) for by in dict.fromkeys(CRITERIA)]
    random.Random(20261123).shuffle(asked)  # noqa: S311 - not a secret
    for number, (origin, destination, by) in enumerate(asked):
        yield f"p{number}", origin, destination, by, ""


def simple_paths(reused: Reused, edited: dict[int, Any]) -> list[int]:
    """Return what the three shortest simple paths of networkx weigh after a change."""
    touched = reused.lay(edited)
    graph = reused.nx
    try:
        paths = islice(
            nx.shortest_simple_paths(graph, reused.graph.start, reused.graph.end, weight="weight"),
            K,
        )
        return [sum(graph[a][b]["weight"] for a, b in pairwise(path)) for path in paths]
    except nx.NetworkXNoPath:
        return []
    finally:
        reused.lift(edited, touched)


class Answering:
    """Rows answered by one process, as a worker of a batch does."""

    def __init__(self, scenarios: Scenarios) -> None:
        self._evaluator = ScenarioEvaluator(scenarios.network, search_maker(Solver.NUMBA))

        kernel = Kernel(scenarios.network, engine_maker(Solver.NUMBA), scenarios.editor)
        self._several = Several(scenarios.network, kernel)
        self._scenarios = scenarios

    def search(self, given: Sequence[Row]) -> float:
        """Find the ways of rows that have been read; return the processor time it took."""
        asked = [self._scenarios.asked(row) for row in given]
        ready = [(replace(r, alternatives=Alternatives(K)), changes) for r, changes in asked]
        started = time.process_time()
        for request, changes in ready:
            self._several.ways(request, changes)
        return time.process_time() - started

    def answer(self, given: Sequence[Row]) -> bytes:
        """Answer rows to the bytes of their results."""
        table = ScenarioTable(_Table(given), defaults={**DEFAULTS, "k": str(K)})
        return self._evaluator.encode_chunk(list(table.texts()))[0]


class _Table:
    """Rows in the shape of a data frame."""

    columns = HEADER

    def __init__(self, given: Sequence[Row]) -> None:
        self._given = given

    def itertuples(self, index: object = None, name: object = None) -> Iterator[Row]:
        """Yield the rows."""
        del index, name
        yield from self._given


def compare_batches() -> None:
    """Print how many times quicker rows of a batch are than networkx's search for them."""
    scenarios = Scenarios()
    gc.disable()
    answering = Answering(scenarios)
    warm = list(islice(rows(2 * SAMPLE * MANY, seed=7), SAMPLE * MANY))
    answering.answer(warm)  # compiles
    answering.search(warm)
    pairs = list(distinct_pairs())
    changed = list(rows(SAMPLE * MANY * ROUNDS))
    for name, given, many in (("distinct pairs", pairs, 1), ("rows with changes", changed, MANY)):
        whole, alone = [], []
        for turn in range(ROUNDS):
            batch = given[turn * SAMPLE * many :][: SAMPLE * many]
            sample = batch[:SAMPLE]
            ready = [made_ready(scenarios, row) for row in sample]
            started = time.process_time()
            theirs = [simple_paths(*one) for one in ready]
            plain = (time.process_time() - started) / SAMPLE
            started = time.process_time()
            found = answering.answer(batch)
            ours = (time.process_time() - started) / len(batch)
            check(scenarios, sample, theirs, found)
            search = answering.search(batch) / len(batch)
            whole.append(plain / ours)
            alone.append(plain / search)
            print(
                f"  {name}: {1e3 * plain:.1f} ms a row by networkx, {1e3 * search:.2f} by ours, "
                f"{1e3 * ours:.2f} the whole answer"
            )
        tell(alone, f"{name}, k = {K}, one core, the search alone")
        tell(whole, f"{name}, k = {K}, one core, the whole answer")
    compare_two_cores(scenarios, changed)


def tell(ratios: Sequence[float], name: str) -> None:
    """Print the median of ratios, the least and the most."""
    print(f"{median(ratios):7.2f}x  ({min(ratios):.2f}-{max(ratios):.2f})  {name}")


def made_ready(scenarios: Scenarios, row: Row) -> tuple[Reused, dict[int, Any]]:
    """Return the graph of a row, and what its changes make of the weights."""
    asked = scenarios.asked(row)
    return scenarios.reused(asked[0]), scenarios.edited(asked)


def check(
    scenarios: Scenarios, sample: Sequence[Row], theirs: Sequence[list[int]], found: bytes
) -> None:
    """Stop if the best way of a row does not weigh what networkx says."""
    first = {row["scenario_id"]: row for row in decode_rows(found) if row["rank"] in (None, 1)}
    for row, weights in zip(sample, theirs, strict=True):
        cost_usd = first[row[0]]["generalised_cost_usd"]
        if scenarios.asked(row)[0].criterion is Criterion.RELIABILITY:
            continue  # ranked once more when the ways are drawn
        expected = round((weights[0] & ((1 << 60) - 1)) / 1e9, 2) if weights else None
        if cost_usd != expected:
            raise SystemExit(f"the best ways of row {row[0]} differ: {cost_usd}, {expected} USD")


def compare_two_cores(scenarios: Scenarios, changed: Sequence[Row]) -> None:
    """Print how many times quicker two processes answer rows than networkx searches for them."""
    context = multiprocessing.get_context("spawn")
    together, taken = context.Barrier(CORES + 1), context.SimpleQueue()
    workers = [
        context.Process(target=_answer_alone, args=(number, together, taken))
        for number in range(CORES)
    ]
    for worker in workers:
        worker.start()
    ratios = []
    for turn in range(ROUNDS):
        ready = [made_ready(scenarios, row) for row in changed[turn * SAMPLE :][:SAMPLE]]
        started = time.perf_counter()
        for one in ready:
            simple_paths(*one)
        plain = (time.perf_counter() - started) / SAMPLE
        together.wait()
        both = max(taken.get() for _ in range(CORES)) / (SAMPLE * MANY * CORES)
        ratios.append(plain / both)
    for worker in workers:
        worker.join()
    tell(ratios, f"rows with changes, k = {K}, {CORES} cores, the whole answer")


def _answer_alone(number: int, together: Any, taken: Any) -> None:  # noqa: ANN401 - of multiprocessing
    """Answer rows in a process of its own, each round when all are ready."""
    answering = Answering(Scenarios())
    gc.disable()
    many = SAMPLE * MANY
    given = list(rows(many * (ROUNDS + 1), seed=number))
    answering.answer(given[:many])  # compiles
    for turn in range(1, ROUNDS + 1):
        together.wait()
        started = time.perf_counter()
        answering.answer(given[turn * many :][:many])
        taken.put(time.perf_counter() - started)


def main() -> None:
    """Print all ratios."""
    compare_questions()
    compare_batches()


if __name__ == "__main__":
    main()
