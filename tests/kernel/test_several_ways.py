"""The planner is the oracle: compiled loops choose the same ways and find the same fronts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_engines_agree import even_worlds, told, unlike_worlds, what_ifs
from test_properties import CRITERIA
from tiny import request, tiny_network

from routeplan.graph.build import build_graph
from routeplan.kernel.engines import Solver, engine_maker
from routeplan.kernel.kernel import Kernel
from routeplan.places.question import Question, read_question
from routeplan.scenario.apply import Editor, apply_changes
from routeplan.scenario.changes import ChangeError, parse_changes
from routeplan.scenario.request import Alternatives, Criterion, Limits, Measure
from routeplan.search.candidates import find_candidates, read_limits
from routeplan.search.front import find_front
from routeplan.search.shortlist import choose_ways

pytest.importorskip("numba", exc_type=ImportError)

from routeplan.kernel.alternatives.several import Several

LIMITS = st.builds(
    Limits,
    time_h=st.none() | st.integers(5, 60),
    cost_usd=st.none() | st.integers(10, 1500),
    co2e_kg=st.none() | st.integers(1, 200),
    transshipments=st.none() | st.integers(0, 3),
)
NO_LIMITS = st.just(Limits())
OPTIONS = st.sampled_from(
    ({}, {}, {"include_planned": True}, {"load": "2xFEU"}, {"avoid": ("mode:ferry",)})
)
K = st.integers(1, 6)
OVERLAP = st.sampled_from((0.75, 0.75, 0.9, 0.5, 0.0, 1.0))
MEASURES = st.lists(st.sampled_from(Measure), min_size=1, max_size=5, unique=True)


def several(network):
    return Several(network, Kernel(network, engine_maker(Solver.NUMBA)))


def listed(network, asked):
    """Return the ways the planner lists before it draws them, none if there is no way."""
    graph = build_graph(network, asked)
    pool = find_candidates(graph, asked.criterion, read_limits(asked.limits))
    if not pool.front:
        return []
    return [told(way.path) for way in choose_ways(pool, asked.criterion, asked.alternatives)]


def chosen(found, asked, changes=()):
    """Return the same of the compiled choice; None if it leaves the question to the planner."""
    ways = found.ways(asked, changes)
    return None if ways is None else [told(way) for way in ways]


def read(network, text):
    """Return changes, none if they cannot be applied."""
    changes = parse_changes(text)
    return () if Editor(network).find_faults(changes) else changes


@given(unlike_worlds(), CRITERIA, OPTIONS, LIMITS | NO_LIMITS, st.data())
def test_the_same_ways_are_chosen_on_random_networks(world, criterion, options, limits, data):
    network = world.network
    asked = replace(
        world.request(network, by=criterion.value, **options),
        limits=limits,
        alternatives=Alternatives(data.draw(K), data.draw(OVERLAP)),
    )
    found = several(network)
    for text in data.draw(st.lists(what_ifs(world), min_size=1, max_size=3)):
        changes = read(network, text)
        ways = chosen(found, asked, changes)
        if ways is not None:
            assert ways == listed(apply_changes(network, changes), asked)


@given(even_worlds(), CRITERIA, st.sampled_from(((), ("kz-p3",))), K)
def test_of_equally_good_ways_the_same_are_chosen(world, criterion, via, k):
    edges, text = world
    network = tiny_network(edges, "\n".join(["node_id", *(f"kz-p{i}" for i in range(7))]))
    asked = request(network, "kz-p0", "kz-p6", by=criterion.value, k=k, via=via)
    changes = parse_changes(text)
    ways = chosen(several(network), asked, changes)
    if ways is not None:
        assert ways == listed(apply_changes(network, changes), asked)


@given(unlike_worlds(), MEASURES, OPTIONS, LIMITS | NO_LIMITS, st.data())
def test_fronts_are_the_same_on_random_networks(world, measures, options, limits, data):
    network = world.network
    asked = replace(world.request(network, k=1, **options), limits=limits)
    measures += [measure for measure in read_limits(limits) if measure not in measures]
    changes = read(network, data.draw(what_ifs(world)))
    front = several(network).front(asked, measures, changes)
    graph = build_graph(apply_changes(network, changes), asked)
    expected = find_front(graph, measures, read_limits(limits))
    assert [(way.values, told(way.path)) for way in front] == [
        (way.values, told(way.path)) for way in expected
    ]


@given(even_worlds(), st.sampled_from(((), ("kz-p3",), ("kz-p2", "kz-p4"))), MEASURES)
def test_of_ways_that_add_up_to_the_same_the_same_stand_on_the_front(world, via, measures):
    edges, text = world
    network = tiny_network(edges, "\n".join(["node_id", *(f"kz-p{i}" for i in range(7))]))
    asked = request(network, "kz-p0", "kz-p6", k=1, via=via)
    changes = parse_changes(text)
    front = several(network).front(asked, measures, changes)
    expected = find_front(build_graph(apply_changes(network, changes), asked), measures)
    assert [(way.values, told(way.path)) for way in front] == [
        (way.values, told(way.path)) for way in expected
    ]


REAL = (
    ("Astana", "Belgrade", {}, ""),
    ("Astana", "Belgrade", {"by": "reliability"}, "close node:ge-poti-port"),
    ("Tashkent", "Constanta", {"by": "cost", "k": 5}, "mode:rail cost*=0.5; mode:sea wait_h+=24"),
    ("Xi'an", "Duisburg", {"by": "time", "cargo": "electronics"}, "border:cn-kz time_h*=3"),
    ("Baku", "Budapest", {"by": "co2", "avoid": ("country:TR",)}, ""),
    ("Almaty", "Istanbul", {"via": ("Baku",), "load": "2xTEU"}, "mode:ferry cost*=3"),
    ("Almaty", "Istanbul", {"via": ("Baku", "Tbilisi"), "k": 4}, ""),
    ("Urumqi", "Mersin", {"modes": "rail,sea,ferry"}, "mode:sea distance_km*=4"),
    ("Karaganda", "Poti", {"depart": "2026-12-01", "policy": "none"}, "close edge:none; "),
    ("Aktau", "Poti", {"include_planned": True, "k": 10}, "mode:rail time_h*=2"),
)


@pytest.fixture(scope="module")
def found(real):
    return several(real)


@pytest.mark.parametrize("question", REAL)
@pytest.mark.parametrize(
    "limits",
    [
        Limits(),
        Limits(time_h=1200, cost_usd=9000, transshipments=6),
        Limits(cost_usd=5500, co2e_kg=3000),
        Limits(time_h=1),
    ],
)
def test_the_same_ways_and_fronts_on_the_network_that_comes_along(real, found, question, limits):
    origin, destination, options, text = question
    asked = read_question(real, Question(origin, destination, **{"k": 3, **options}))
    asked = replace(asked, limits=limits)
    changes = read(real, text)
    changed = apply_changes(real, changes)
    assert chosen(found, asked, changes) == listed(changed, asked)
    measures = list(dict.fromkeys((Measure.COST, Measure.TIME, *read_limits(limits))))
    front = found.front(asked, measures, changes)
    expected = find_front(build_graph(changed, asked), measures, read_limits(limits))
    assert [(way.values, told(way.path)) for way in front] == [
        (way.values, told(way.path)) for way in expected
    ]


@pytest.mark.parametrize("measures", [tuple(Measure), (Measure.P90, Measure.CO2, Measure.TIME)])
def test_fronts_over_up_to_five_measures_are_the_same(real, found, measures):
    asked = read_question(real, Question("Tashkent", "Istanbul", k=1))
    front = found.front(asked, measures)
    expected = find_front(build_graph(real, asked), measures)
    assert len(front) > 30
    assert [(way.values, told(way.path)) for way in front] == [
        (way.values, told(way.path)) for way in expected
    ]


EDGES = """
    edge_id, from_node, to_node, mode, distance_km, cost_usd_per_feu
    one,     kz-alma,   kz-caro, rail, 300,         100
    two,     kz-caro,   kz-bora, rail, 100,         100
    three,   kz-caro,   kz-bora, rail, 100,         120
    far,     kz-alma,   kz-bora, rail, 900,         900
"""


def test_a_share_that_rounding_might_decide_is_left_to_the_planner():
    network = tiny_network(EDGES)
    asked = request(network, "Alma", "Bora", by="cost", k=2)
    assert chosen(several(network), asked) == listed(network, asked)
    edgy = replace(asked, alternatives=Alternatives(2, max_overlap=0.75**0.5))
    assert several(network).ways(edgy) is None
    assert len(listed(network, edgy)) == 2


@pytest.mark.parametrize("criterion", Criterion)
def test_sums_beyond_64_bits_are_left_to_the_planner(criterion):
    network = tiny_network(EDGES)
    asked = request(network, "Alma", "Bora", by=criterion.value, k=2, load="900000t")
    changes = parse_changes("mode:rail cost*=1000000")
    assert several(network).ways(asked, changes) is None
    assert several(network).front(asked, (Measure.TIME,), changes) is None
    assert several(network).ways(asked) is None or listed(network, asked)


def test_without_a_way_there_is_none_and_wrong_changes_are_refused():
    network = tiny_network(EDGES)
    asked = request(network, "Alma", "Bora", k=3)
    closed = parse_changes("close edge:far; close edge:one")
    assert several(network).ways(asked, closed) == []
    assert several(network).front(asked, (Measure.TIME,), closed) == []
    with pytest.raises(ChangeError):
        several(network).ways(asked, parse_changes("close edge:nowhere"))


def test_what_was_forgotten_is_found_again(monkeypatch):
    from routeplan.kernel import versions
    from routeplan.kernel.alternatives import layout

    monkeypatch.setattr(versions, "_MOST_VERSIONS", 3)
    monkeypatch.setattr(layout, "_REMEMBERED", 1)
    monkeypatch.setattr(layout, "_MOST_BASES", 1)
    network = tiny_network(EDGES)
    found = several(network)
    texts = ["edge:one cost*=2", "edge:two cost*=9; edge:one cost+=1", "", "close edge:far"] * 3
    for text in texts:
        for by, via in (("cost", ()), ("time", ("Caro",))):
            asked = request(network, "Alma", "Bora", by=by, k=2, via=via)
            changes = parse_changes(text)
            expected = listed(apply_changes(network, changes), asked)
            assert chosen(found, asked, changes) == expected
    assert found._kernel.generation > 1
