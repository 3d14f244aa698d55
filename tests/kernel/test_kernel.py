"""What the kernel remembers, forgets and refuses to add up."""

from __future__ import annotations

import importlib.util

import pytest
from tiny import request, tiny_network

from routeplan.errors import RequestError
from routeplan.kernel import astar, engines, versions
from routeplan.kernel.engines import Solver, choose_solver, engine_maker
from routeplan.kernel.kernel import Kernel
from routeplan.planner import plan
from routeplan.scenario.apply import apply_changes
from routeplan.scenario.changes import parse_changes
from routeplan.scenario.request import Alternatives, Criterion, Limits, Measure

EDGES = """
    edge_id, from_node, to_node, mode, to_mode, distance_km, cost_usd_per_feu
    one,     kz-alma,   kz-bora, rail, ,        100,         100
    two,     kz-alma,   kz-bora, rail, ,        100,         100
    three,   kz-alma,   kz-caro, rail, ,        50,          50
    four,    kz-caro,   kz-bora, rail, ,        50,          50
    truck,   kz-alma,   kz-bora, road, ,        100,         500
"""
ENGINES = (Solver.PYTHON, Solver.NUMBA)


def path(way):
    return way and [arc.edge.edge_id for arc in way.arcs]


@pytest.fixture(params=ENGINES)
def solver(request):
    return request.param


def made(network, solver=Solver.PYTHON):
    return Kernel(network, engine_maker(solver))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ("", ["one"]),
        ("close edge:one", ["two"]),
        ("close edge:one; close edge:two", ["three", "four"]),
        ("edge:two cost*=0.5", ["two"]),
        ("edge:one cost*=2; edge:two cost*=2", ["three", "four"]),
        ("edge:one cost*=2; edge:one cost*=0.25", ["one"]),
        ("mode:rail cost*=9; edge:two cost=1", ["two"]),
        ("mode:rail cost*=9; edge:two cost*=2; edge:two cost=1; edge:three cost=0", ["two"]),
    ],
)
def test_equally_good_ways_are_told_apart_by_their_legs_and_ids(solver, changes, found):
    network = tiny_network(EDGES)
    asked = request(network, "Alma", "Bora", by="cost", k=1, modes="rail")
    pieces = parse_changes(changes)
    assert path(made(network, solver).best(asked, pieces)) == found
    answer = plan(apply_changes(network, pieces), asked).itineraries[0]
    assert [leg.edge.edge_id for leg in answer.legs] == found


def test_equal_ways_are_one_object(solver):
    kernel_ = made(tiny_network(EDGES), solver)
    asked = request(kernel_._network, "Alma", "Bora", k=1)
    first = kernel_.best(asked, parse_changes("edge:two cost*=2"))
    assert kernel_.best(asked, parse_changes("edge:two cost*=3")) is first
    assert kernel_.best(asked, parse_changes("close edge:one")) is not first


def test_what_was_forgotten_is_found_again(solver, monkeypatch):
    monkeypatch.setattr(versions, "_MOST_VERSIONS", 3)
    monkeypatch.setattr(versions, "_REMEMBERED", 1)
    monkeypatch.setattr(astar, "_REMEMBERED", 1)
    network = tiny_network(EDGES)
    kernel_ = made(network, solver)
    asked = request(network, "Alma", "Bora", by="cost", k=1)
    texts = ["edge:one cost*=2", "edge:one cost*=2; edge:two cost*=2; edge:one cost+=1", ""] * 3
    questions = [kernel_.ask(asked, parse_changes(text)) for text in texts]
    for text in texts:
        kernel_.best(asked, parse_changes(text))
    assert kernel_.generation > 1
    found = [path(way) for way in kernel_.solve(questions)]
    assert found == [["two"], ["three", "four"], ["one"]] * 3


def test_bounds_of_lowered_weights_are_kept_shared_and_given_up(monkeypatch):
    astar_numba = pytest.importorskip("routeplan.kernel.astar_numba", exc_type=ImportError)
    monkeypatch.setattr(astar_numba, "_TABLES", 3)
    network = tiny_network(EDGES)
    asked = request(network, "Alma", "Bora", by="cost", k=1)
    single = [f"edge:{edge} cost*={f}" for edge in ("one", "three", "truck") for f in (0.1, 0.3)]
    texts = [*single, *(f"{a}; {b}" for a in single for b in single if a != b)]
    texts += [f"{text}; edge:{edge} cost*=4" for text in single for edge in ("one", "four")]
    found = []
    for solver in ENGINES:
        kernel_ = made(network, solver)
        questions = [kernel_.ask(asked, parse_changes(text)) for text in texts]
        found += [[path(way) for way in kernel_.solve(questions)] for _ in range(2)]
    assert all(paths == found[0] for paths in found)
    assert {tuple(p) for p in found[0]} == {("one",), ("two",), ("three", "four"), ("truck",)}


def test_what_is_compiled_has_a_name_that_goes_with_all_its_files(tmp_path):
    jit = pytest.importorskip("routeplan.kernel.jit", exc_type=ImportError)
    file = tmp_path / "loops.py"
    file.write_text("def loop(number):\n    return number\n")
    names = []
    for text in ("", "", "# another"):
        (tmp_path / "heap.py").write_text(text)
        spec = importlib.util.spec_from_file_location("loops", file)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        names.append(jit.entry(module.loop).py_func.__qualname__)
    assert names[0] == names[1] != names[2]


@pytest.mark.parametrize("criterion", Criterion)
def test_sums_beyond_64_bits_are_added_all_the_same(criterion):
    network = tiny_network(EDGES)
    asked = request(network, "Alma", "Bora", by=criterion.value, k=1, load="900000t")
    changes = parse_changes("mode:rail cost*=1000000; mode:road cost*=1000000")
    ways = [made(network, solver).best(asked, changes) for solver in ENGINES]
    assert path(ways[0]) == path(ways[1])
    assert ways[0].total == ways[1].total
    assert ways[0].total.generalised_nanousd > 1 << 60


def test_only_questions_for_one_way_are_taken():
    network = tiny_network(EDGES)
    asked = request(network, "Alma", "Bora", k=1)
    assert Kernel.takes(asked)
    from dataclasses import replace

    for other in (
        {"alternatives": Alternatives(2)},
        {"alternatives": Alternatives()},
        {"limits": Limits(time_h=10)},
        {"front": (Measure.TIME,)},
    ):
        assert not Kernel.takes(replace(asked, **other))


def test_the_solver_is_chosen_by_the_number_of_scenarios(monkeypatch):
    assert choose_solver(Solver.AUTO, 10) is Solver.AUTO
    assert engine_maker(Solver.AUTO) is engine_maker(Solver.PYTHON)
    assert choose_solver(Solver.PYTHON, None) is Solver.PYTHON
    assert choose_solver(Solver.AUTO, None) is Solver.NUMBA
    assert choose_solver(Solver.AUTO, engines.NUMBA_FROM) is Solver.NUMBA
    assert choose_solver(Solver.NETWORKX, 10) is Solver.NETWORKX
    monkeypatch.setattr(engines, "find_spec", lambda _: None)
    assert choose_solver(Solver.AUTO, None) is Solver.PYTHON
    assert engine_maker(Solver.NUMBA) is engine_maker(Solver.PYTHON)
    with pytest.raises(RequestError, match=r"--search numba: .* Install routeplan\[fast\]"):
        choose_solver(Solver.NUMBA, None)
