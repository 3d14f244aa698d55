"""The smallest sets of rules to lift, and the links a network lacks, against trying every set."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from brute import front, least
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_properties import MODES, worlds
from tiny import request, tiny_network

from routeplan.graph.bars import Bar, BarKind
from routeplan.graph.build import build_graph
from routeplan.network.vocabulary import Mode
from routeplan.scenario.request import Criterion, Limits, Measure
from routeplan.search.candidates import read_limits
from routeplan.search.front import measured
from routeplan.search.lifting import find_liftings
from routeplan.search.missing import find_missing
from routeplan.search.noroute import no_route_text
from routeplan.search.relaxed import least_sets, relax
from routeplan.search.shortest import criterion_value

LIMITED = (Measure.TIME, Measure.COST, Measure.TRANSSHIPMENTS)


@st.composite
def barred(draw):
    """Draw a network and a question with several rules, some of which may leave no way."""
    world = draw(worlds())
    network = world.network
    asked = world.request(network)
    between = sorted(set(network.nodes) - {asked.origin, asked.destination})
    avoid = asked.avoid._replace(
        nodes=frozenset(draw(st.lists(st.sampled_from(between), max_size=2)))
        if between
        else frozenset(),
        edges=frozenset(draw(st.lists(st.sampled_from(sorted(network.edges)), max_size=3))),
        modes=frozenset(map(Mode, draw(st.lists(st.sampled_from(MODES), max_size=1)))),
    )
    asked = replace(asked, avoid=avoid)
    return world, asked if asked.linehaul_modes else replace(asked, modes=frozenset())


def rules_of(asked):
    """List all that could be lifted of a question, as bars."""
    found = [Bar(BarKind.AVOID_PLACE, name) for name in asked.avoid.nodes]
    found += [Bar(BarKind.AVOID_EDGE, name) for name in asked.avoid.edges]
    found += [Bar(BarKind.AVOID_MODE, str(mode)) for mode in asked.avoid.modes]
    found += [Bar(BarKind.VIA, name) for name in dict.fromkeys(asked.via)]
    if asked.modes:
        found += [Bar(BarKind.MODE, str(mode)) for mode in Mode if mode not in asked.modes]
    found += [Bar(BarKind.LIMIT, str(measure)) for measure in read_limits(asked.limits)]
    return found


def lifted(asked, bars):
    """Return a question without some of its rules."""
    names = {kind: {bar.name for bar in bars if bar.kind is kind} for kind in BarKind}
    limits = {
        "time": ("time_h", asked.limits.time_h),
        "cost": ("cost_usd", asked.limits.cost_usd),
        "transshipments": ("transshipments", asked.limits.transshipments),
    }
    return replace(
        asked,
        avoid=asked.avoid._replace(
            nodes=asked.avoid.nodes - names[BarKind.AVOID_PLACE],
            edges=asked.avoid.edges - names[BarKind.AVOID_EDGE],
            modes=asked.avoid.modes - set(map(Mode, names[BarKind.AVOID_MODE])),
        ),
        via=tuple(node_id for node_id in asked.via if node_id not in names[BarKind.VIA]),
        modes=asked.modes and asked.modes | set(map(Mode, names[BarKind.MODE])),
        limits=Limits(**{f: v for m, (f, v) in limits.items() if m not in names[BarKind.LIMIT]}),
    )


def has_way(network, asked):
    """Whether trying every path finds one within the rules."""
    graph = build_graph(network, asked)
    limits = read_limits(asked.limits)
    if not limits:
        return least(graph, [0] * len(graph.arcs)) is not None
    columns = [[measured(arc, measure) for arc in graph.arcs] for measure in limits]
    return bool(front(graph, columns, list(limits.values())))


def smallest(network, asked):
    """Return every smallest set of rules whose lifting leaves a way, by trying all."""
    rules = rules_of(asked)
    for size in range(len(rules) + 1):
        sets = [
            frozenset(chosen)
            for chosen in combinations(rules, size)
            if has_way(network, lifted(asked, chosen))
        ]
        if sets:
            return set(sets)
    return set()


@settings(max_examples=50)
@given(barred())
def test_the_smallest_sets_are_those_that_trying_all_finds(case):
    world, asked = case
    network = world.network
    expected = smallest(network, asked)
    found = {frozenset(each.bars) for each in find_liftings(relax(network, asked), asked)}
    assert found <= expected
    # a ferry may be let in by its own name too; it is told by what rolls onto it
    assert expected - found <= {each for each in expected if Bar(BarKind.MODE, "ferry") in each}
    assert bool(found) == bool(expected)


@settings(max_examples=40)
@given(barred(), st.lists(st.none() | st.floats(0.3, 1.2), min_size=3, max_size=3))
def test_limits_count_among_the_rules(case, shares):
    world, asked = case
    network = world.network
    open_graph = build_graph(network, lifted(asked, rules_of(asked)))
    least_of = {m: least(open_graph, [measured(a, m) for a in open_graph.arcs]) for m in LIMITED}
    values = [
        None if share is None or least_of[m] is None else share * least_of[m]
        for m, share in zip(LIMITED, shares, strict=True)
    ]
    hours, usd, changes = values
    asked = replace(
        asked,
        limits=Limits(
            time_h=None if hours is None else hours / 60,
            cost_usd=None if usd is None else usd / 100,
            transshipments=None if changes is None else int(changes),
        ),
    )
    expected = smallest(network, asked)
    found = find_liftings(relax(network, asked), asked)
    sizes = {len(each.bars) for each in found}
    if min(map(len, expected), default=0) <= 4:
        assert {frozenset(each.bars) for each in found} <= expected
        assert bool(found) == bool(expected)
        assert len(sizes) <= 1


@settings(max_examples=50)
@given(barred(), st.sampled_from(Criterion))
def test_the_way_of_a_lifting_is_the_best_there_then_is(case, criterion):
    world, asked = case
    network = world.network
    asked = replace(asked, criterion=criterion)
    for each in find_liftings(relax(network, asked), asked):
        graph = build_graph(network, lifted(asked, each.bars))
        best = least(graph, [criterion_value(arc.vector, criterion) for arc in graph.arcs])
        assert sum(criterion_value(arc.vector, criterion) for arc in each.path) == best


@given(worlds(free=True), st.data())
def test_the_links_lacked_are_no_more_than_those_that_were_closed(world, data):
    rows = world.edges
    shut = data.draw(st.lists(st.sampled_from(range(len(rows))), unique=True, max_size=4))
    edges = tuple(
        row.replace(",open", ",closed") if number in shut else row
        for number, row in enumerate(rows)
    )
    world = replace(world, edges=edges)
    network = world.network
    asked = world.request(network)
    relaxed = relax(network, asked)
    sizes = (
        size
        for size in range(len(shut) + 1)
        for chosen in combinations(shut, size)
        if has_way(*reopened(world, chosen))
    )
    fewest = next(sizes, None)
    assume(fewest is not None)
    assert bool(least_sets(relaxed)) == (fewest == 0)
    if fewest:
        missing = find_missing(network, relaxed)
        assert 1 <= len(missing.bars) <= fewest
        if all(bar.kind is BarKind.CLOSED for bar in missing.bars):
            assert len(missing.bars) == fewest


def reopened(world, chosen):
    """Return the network with some closed rows open again, and its question."""
    edges = tuple(
        row.replace(",closed", ",open") if number in chosen else row
        for number, row in enumerate(world.edges)
    )
    network = replace(world, edges=edges).network
    return network, world.request(network)


COAST = """
    node_id, name, country, kind, lat, lon, gauge_mm
    kz-alma, Alma, KZ, rail_terminal, 43, 50, 1520
    kz-bora, Bora, KZ, rail_terminal, 43, 51, 1520
    cn-caro, Caro, CN, rail_terminal, 43, 52, {gauge}
    cn-dora, Dora, CN, rail_terminal, 43, 53, {gauge}
"""


@pytest.mark.parametrize(
    ("edges", "said"),
    [
        (
            "edge_id,from_node,to_node,mode,status,distance_km\nline,kz-alma,cn-dora,rail,closed,100",
            "rail Alma - Dora is closed. --change 'open edge:line' gives one (0.4 d, 100 USD).",
        ),
        (
            "edge_id,from_node,to_node,mode,directed,distance_km\nline,cn-dora,kz-alma,rail,yes,100",
            "rail Dora - Alma leads only the other way.",
        ),
        (
            (
                "edge_id,from_node,to_node,mode,distance_km\n"
                "line,kz-alma,kz-bora,rail,100\nship,kz-bora,cn-dora,sea,100"
            ),
            "no transshipment from rail to sea at Bora.",
        ),
        (
            (
                "edge_id,from_node,to_node,mode,distance_km\n"
                "line,kz-alma,kz-bora,rail,100\nrest,cn-caro,cn-dora,rail,100"
            ),
            "no change of gauge between Bora and Caro.",
        ),
    ],
)
def test_what_a_network_lacks_is_named(edges, said):
    network = tiny_network(edges, COAST.format(gauge=1435))
    text = no_route_text(network, request(network, "Alma", "Dora"))
    assert text == f"no route joins Alma and Dora in this network: {said}"


def test_a_gap_within_one_gauge_lacks_a_link():
    edges = (
        "edge_id,from_node,to_node,mode,distance_km\n"
        "line,kz-alma,kz-bora,rail,100\nrest,cn-caro,cn-dora,rail,100"
    )
    network = tiny_network(edges, COAST.format(gauge=1520))
    text = no_route_text(network, request(network, "Alma", "Dora"))
    assert text.endswith("in this network: no link between Bora and Caro.")


def test_the_load_a_way_can_take_prices_it():
    network = tiny_network(
        "edge_id,from_node,to_node,mode,distance_km,max_lot_t\nline,kz-alma,kz-bora,rail,100,20"
    )
    asked = request(network, "Alma", "Bora", load="2xFEU", max_cost_usd=150)
    assert no_route_text(network, asked) == (
        "no route from Alma to Bora under these limits. "
        "There is one with --load 20t (0.4 d, 100 USD)."
    )
