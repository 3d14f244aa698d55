"""What holds for every network, shown on random small ones."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from brute import front, least
from hypothesis import assume, given
from hypothesis import strategies as st
from tiny import ask, request, tiny_network

from routeplan.errors import NoRouteError
from routeplan.graph.build import build_graph
from routeplan.graph.weights import NANOUSD_PER_CENT
from routeplan.itinerary.build import build_itinerary
from routeplan.itinerary.parts import cost_parts
from routeplan.render.records import plan_dict
from routeplan.scenario.apply import apply_changes, changed_edges
from routeplan.scenario.changes import parse_changes
from routeplan.scenario.request import TRADE_OFFS, Criterion, Measure
from routeplan.search.detours import find_detours
from routeplan.search.front import find_front, measured
from routeplan.search.shortest import arc_weights, criterion_value, find_shortest

if TYPE_CHECKING:
    from routeplan.network.model import Network
    from routeplan.scenario.request import RouteRequest

HEADER = (
    "edge_id,from_node,to_node,mode,to_mode,vehicle,directed,distance_km,"
    "time_h_p10,time_h,time_h_p90,cost_usd_per_feu,cost_usd_per_t,status"
)
MODES = ("rail", "road", "sea", "ferry")
CHANGES = (
    ("road", "rail"),
    ("rail", "sea"),
    ("road", "sea"),
    ("road", "ferry"),
    ("rail", "ferry"),
    ("sea", "sea"),
)
ORIGIN, DESTINATION = "kz-p0", "kz-p1"
CRITERIA = st.sampled_from(Criterion)
SMALL = st.integers(0, 4)
"""Few values, so that ties and zeros come up often."""


@dataclass(frozen=True)
class World:
    """The rows of a random network, and a question about it.

    Parameters
    ----------
    nodes, edges
        Rows without the header.
    via
        Places to pass.
    modes
        Line-haul modes allowed, or empty.
    """

    nodes: tuple[str, ...]
    edges: tuple[str, ...]
    via: tuple[str, ...]
    modes: str

    @property
    def network(self) -> Network:
        return tiny_network(
            "\n".join((HEADER, *self.edges)),
            "\n".join(("node_id,name,country", *self.nodes)),
        )

    def request(self, network: Network, **options: object) -> RouteRequest:
        limits = {"via": self.via, "modes": self.modes}
        return request(network, ORIGIN, DESTINATION, **(limits | options))


@st.composite
def worlds(draw: st.DrawFn, *, free: bool = False) -> World:
    """Draw a network of 2 to 7 places; `free` asks without via places and modes."""
    places = [f"kz-p{i}" for i in range(draw(st.integers(2, 7)))]
    joints = draw(st.permutations(places[2:]).map(lambda between: [*places[:1], *between[:2]]))
    spine = [(*hop, draw(st.sampled_from(MODES))) for hop in pairwise([*joints, places[1]])]
    moves = [draw(_moves(st.just(hop))) for hop in spine]
    loose = st.tuples(st.sampled_from(places), st.sampled_from(places), st.sampled_from(MODES))
    moves += draw(st.lists(_moves(loose.filter(lambda hop: hop[0] != hop[1])), max_size=6))
    needed = [(b[0], (a[2], b[2])) for a, b in pairwise(spine) if a[2] != b[2]]
    stops = st.tuples(st.sampled_from((ORIGIN, DESTINATION, *places)), st.sampled_from(CHANGES))
    changes = [
        (*stop, draw(st.booleans()), draw(SMALL))
        for stop in (*needed, *draw(st.lists(stops, max_size=3)))
    ]
    edges = []
    for number, ((start, end, mode), vehicle, directed, numbers) in enumerate(moves):
        km, low, more, most, usd = numbers
        rolls = vehicle if mode == "ferry" else ""
        edges.append(
            f"m{number},{start},{end},{mode},,{rolls},{_yes(directed)},{100 * km},"
            f"{low},{low + more},{low + more + most},{usd},{usd},open"
        )
    for number, (place, (mode, other), directed, hours) in enumerate(changes):
        edges.append(
            f"t{number},{place},{place},{mode},{other},,{_yes(directed)},,"
            f"{hours},{hours},{hours},{hours},{hours},open"
        )
    via = () if free else tuple(draw(st.lists(st.sampled_from(places), max_size=2)))
    modes = "" if free else draw(st.sampled_from(("", "", "rail", "rail,sea", "road,ferry")))
    rows = tuple(f"{place},{place.upper()},KZ" for place in places)
    return World(rows, tuple(edges), via, modes)


def _moves(hops: st.SearchStrategy) -> st.SearchStrategy:
    """Add to start, end and mode what else a row says: vehicle, direction, numbers."""
    vehicles = st.sampled_from(("truck", "wagon"))
    return st.tuples(hops, vehicles, st.booleans(), st.tuples(SMALL, SMALL, SMALL, SMALL, SMALL))


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def least_value(world: World, network: Network, criterion: Criterion, **options: object):
    """Return what the best way adds up to by one criterion, None if there is no way."""
    graph = build_graph(network, world.request(network, **options))
    path = find_shortest(graph, arc_weights(graph.arcs, criterion))
    return path and sum(criterion_value(arc.vector, criterion) for arc in path)


@given(worlds(), CRITERIA)
def test_the_search_finds_what_trying_every_path_finds(world, criterion):
    network = world.network
    graph = build_graph(network, world.request(network))
    weights = arc_weights(graph.arcs, criterion)
    weight_of = {
        (arc.edge.edge_id, arc.tail): w for arc, w in zip(graph.arcs, weights, strict=True)
    }
    path = find_shortest(graph, weights)
    found = None
    if path is not None:
        found = sum(weight_of[arc.edge.edge_id, arc.tail] for arc in path)
    assert found == least(graph, weights)


@given(worlds(), CRITERIA, st.sampled_from(MODES))
def test_a_narrowed_search_finds_what_trying_every_narrowed_path_finds(world, criterion, banned):
    network = world.network
    graph = build_graph(network, world.request(network))
    weights = arc_weights(graph.arcs, criterion)
    weight_of = {
        (arc.edge.edge_id, arc.tail): w for arc, w in zip(graph.arcs, weights, strict=True)
    }
    path = find_shortest(graph, weights, lambda arc: arc.edge.mode != banned)
    found = None
    if path is not None:
        found = sum(weight_of[arc.edge.edge_id, arc.tail] for arc in path)
        assert banned not in {arc.edge.mode for arc in path}
    assert found == least(graph, weights, lambda arc: arc.edge.mode != banned)


FRONTS = st.sampled_from(
    (
        TRADE_OFFS,
        (Measure.TIME,),
        (Measure.COST, Measure.TIME),
        (*TRADE_OFFS, Measure.P90),
        (*TRADE_OFFS, Measure.TRANSSHIPMENTS),
        (Measure.TRANSSHIPMENTS, Measure.CO2, Measure.P90, Measure.TIME, Measure.COST),
    )
)


@given(worlds(), FRONTS, st.lists(st.none() | st.floats(0.8, 2), min_size=5, max_size=5))
def test_the_front_is_what_trying_every_path_leaves_unbeaten(world, measures, slack):
    network = world.network
    graph = build_graph(network, world.request(network))
    columns = [[measured(arc, measure) for arc in graph.arcs] for measure in measures]
    least_of = [least(graph, column) for column in columns]
    limits = {
        measure: round(value * share)
        for measure, value, share in zip(measures, least_of, slack, strict=False)
        if share is not None and value is not None
    }
    found = find_front(graph, measures, limits)
    assert {way.values for way in found} == front(graph, columns, [*map(limits.get, measures)])
    assert len({way.values for way in found}) == len(found)
    assert [way.values for way in found] == sorted(way.values for way in found)
    for way in found:
        assert way.values == tuple(
            sum(measured(arc, measure) for arc in way.path) for measure in measures
        )


@given(worlds(), FRONTS)
def test_the_front_of_a_cooled_load_is_exact_with_its_power_in_the_cost(world, measures):
    network = tiny_network(
        "\n".join((HEADER, *world.edges)),
        "\n".join(("node_id,name,country", *world.nodes)),
        cargo="cargo_id,reefer,vot_usd_per_t_h,plug_usd_per_h\nice,yes,1,1.237",
    )
    graph = build_graph(network, world.request(network, cargo="ice"))
    columns = [[measured(arc, measure) for arc in graph.arcs] for measure in measures]
    found = find_front(graph, measures)
    assert {way.values for way in found} == front(graph, columns)
    for way in found:
        parts = cost_parts(network, world.request(network, cargo="ice").shipment, way.path)
        assert parts.generalised == round(
            sum(arc.vector.generalised_nanousd for arc in way.path) / NANOUSD_PER_CENT
        )
        assert sum(parts[:4]) == sum(arc.vector.cost_cents for arc in way.path)


@given(worlds(), CRITERIA)
def test_detours_rise_from_the_best_way_and_each_is_a_way(world, criterion):
    network = world.network
    graph = build_graph(network, world.request(network))
    weights = dict(zip(graph.arcs, arc_weights(graph.arcs, criterion), strict=True))
    found = list(find_detours(graph, list(weights.values())))
    sums = [sum(weights[arc] for arc in path) for path in found]
    assert sums == sorted(sums)
    if sums:
        assert sums[0] == least(graph, list(weights.values()))
    assert len({tuple(map(id, path)) for path in found}) == len(found)
    for path in found:
        assert path[0].tail in graph.starts
        assert path[-1].head in graph.ends
        assert all(a.head == b.tail for a, b in pairwise(path))


@given(worlds(), CRITERIA)
def test_a_path_is_joined_up_and_passes_its_via_places(world, criterion):
    network = world.network
    graph = build_graph(network, world.request(network))
    path = find_shortest(graph, arc_weights(graph.arcs, criterion))
    assume(path)
    states = [path[0].tail, *(arc.head for arc in path)]
    assert [arc.tail for arc in path] == states[:-1]
    assert states[0] in graph.starts
    assert states[-1] in graph.ends
    passed = iter(state.node_id for state in states)
    here = next(passed)
    for place in world.via:
        while here != place:
            here = next(passed)
    assert here in {state.node_id for state in states}


@given(worlds(), CRITERIA)
def test_the_first_answer_is_the_best_and_the_tags_are_true(world, criterion):
    network = world.network
    tags = {
        "best overall": Criterion.BALANCED,
        "fastest": Criterion.TIME,
        "cheapest": Criterion.COST,
        "cleanest": Criterion.CO2,
    }
    asked = world.request(network, by=criterion.value)
    graph = build_graph(network, asked)
    arcs = {(arc.edge.edge_id, arc.tail.node_id, arc.tail.mode): arc for arc in graph.arcs}
    try:
        answer = ask(network, ORIGIN, DESTINATION, via=world.via, modes=world.modes, by=criterion)
    except NoRouteError:
        assert least(graph, arc_weights(graph.arcs, criterion)) is None
        return
    surest = min(way.totals.time_h_p90 for way in answer.itineraries)
    (reliable,) = [way for way in answer.itineraries if "most reliable" in way.tags]
    assert reliable.totals.time_h_p90 == surest
    if criterion is Criterion.RELIABILITY:
        assert answer.itineraries[0].totals.time_h_p90 == surest
        return
    for rank, way in enumerate(answer.itineraries):
        path = [arcs[leg.edge.edge_id, leg.start.node_id, leg.mode] for leg in way.legs]
        best_at = [tags[tag] for tag in way.tags if tag in tags]
        for by in {*best_at, *([] if rank else [criterion])}:
            value = sum(criterion_value(arc.vector, by) for arc in path)
            weights = [criterion_value(arc.vector, by) for arc in graph.arcs]
            assert value == least(graph, weights)


@given(worlds(), CRITERIA, st.data())
def test_closing_an_edge_never_improves_anything(world, criterion, data):
    network = world.network
    before = least_value(world, network, criterion)
    number = data.draw(st.integers(0, len(world.edges) - 1))
    edges = list(world.edges)
    edge_id = edges[number].partition(",")[0]
    edges[number] = edges[number].removesuffix("open") + "closed"
    closed = replace(world, edges=tuple(edges))
    after = least_value(closed, closed.network, criterion)
    assert after == least_value(world, network, criterion, avoid=(f"edge:{edge_id}",))
    if before is None:
        assert after is None
    assert after is None or after >= before


@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(world, random):
    shuffled = replace(
        world,
        nodes=tuple(random.sample(world.nodes, len(world.nodes))),
        edges=tuple(random.sample(world.edges, len(world.edges))),
    )
    assert _json(world) == _json(shuffled)


def _json(world: World) -> str:
    network = world.network
    try:
        answer = ask(network, ORIGIN, DESTINATION, via=world.via, modes=world.modes)
    except NoRouteError as error:
        return str(error)
    return json.dumps(plan_dict(answer))


@given(worlds(free=True), st.integers(2, 5))
def test_more_boxes_cost_and_emit_as_many_times_as_much_and_take_as_long(world, times):
    network = world.network
    for criterion, factor, few in (
        (Criterion.COST, times, 20),
        (Criterion.CO2, times, 20),
        (Criterion.BALANCED, times, 20 * NANOUSD_PER_CENT),
        (Criterion.TIME, 1, 20),
        (Criterion.RELIABILITY, 1, 20),
    ):
        one = least_value(world, network, criterion, load="1xFEU")
        many = least_value(world, network, criterion, load=f"{times}xFEU")
        assert many == (one if one is None else pytest.approx(one * factor, abs=times * few))


@given(worlds(free=True))
def test_the_percentiles_of_an_itinerary_rise_and_its_totals_are_those_of_its_legs(world):
    network = world.network
    graph = build_graph(network, world.request(network))
    path = find_shortest(graph, arc_weights(graph.arcs, Criterion.BALANCED))
    assume(path)
    way = build_itinerary(network, path)
    assert way.totals.time_h_p10 <= way.totals.time_h_p50 <= way.totals.time_h_p90
    assert way.totals.cost_usd == pytest.approx(sum(leg.cost_usd for leg in way.legs), abs=0.2)
    assert way.totals.time_h == pytest.approx(sum(leg.mean_h for leg in way.legs))
    assert all(a.end == b.start for a, b in zip(way.legs, way.legs[1:], strict=False))
    assert sum(way.time_shares.values()) == pytest.approx(1 if way.totals.time_h else 0)


CHANGED = st.sampled_from(
    (
        "time_h*=2",
        "time_h*=0.5",
        "time_h+=1",
        "time_h=3",
        "wait_h+=2",
        "wait_h=1",
        "cost*=1.5",
        "cost+=10",
        "cost-=3",
        "cost=2",
        "co2e*=0.5",
        "co2e+=1",
    )
)


@st.composite
def pieces(draw: st.DrawFn, world: World) -> str:
    """Draw a change of one edge, one mode or one place of a world."""
    edge_id = draw(st.sampled_from([row.partition(",")[0] for row in world.edges]))
    mode = next(row.split(",")[3] for row in world.edges if row.startswith("m"))
    selector = draw(st.sampled_from((f"edge:{edge_id}", f"node:{ORIGIN}", f"mode:{mode}")))
    return f"{selector} {draw(CHANGED)}"


def value_after(world: World, network: Network, criterion: Criterion, *texts: str):
    """Return what the best way adds up to after changes that this network can take."""
    changed = apply_changes(network, parse_changes(";".join(texts)))
    return least_value(world, changed, criterion)


@given(worlds(), CRITERIA, st.data())
def test_closing_by_a_change_never_improves_anything(world, criterion, data):
    network = world.network
    edge_id = data.draw(st.sampled_from(sorted(network.edges)))
    before = least_value(world, network, criterion)
    after = value_after(world, network, criterion, f"close edge:{edge_id}")
    assert after == least_value(world, network, criterion, avoid=(f"edge:{edge_id}",))
    assert after is None or (before is not None and after >= before)


@given(worlds(), CRITERIA, st.data())
def test_what_makes_edges_worse_never_improves_anything_and_what_makes_them_better_never_harms(
    world, criterion, data
):
    network = world.network
    edge_id = data.draw(st.sampled_from(sorted(network.edges)))
    for factor, worse in (("2", True), ("0.5", False)):
        names = ("time_h", "cost", "co2e")
        texts = (f"edge:{edge_id} {name}*={factor}" for name in names)
        before = least_value(world, network, criterion)
        after = value_after(world, network, criterion, *texts)
        assert (before is None) == (after is None)
        assert before is None or (after >= before if worse else after <= before)


@given(worlds(), st.data())
def test_the_order_of_independent_changes_changes_nothing(world, data):
    network = world.network
    ids = data.draw(st.lists(st.sampled_from(sorted(network.edges)), unique=True, max_size=4))
    texts = [f"edge:{edge_id} {data.draw(CHANGED)}" for edge_id in ids]
    one = apply_changes(network, parse_changes(";".join(texts)))
    other = apply_changes(network, parse_changes(";".join(data.draw(st.permutations(texts)))))
    assert one == other
    assert one.digest == other.digest


@given(worlds(), st.data())
def test_changes_never_touch_the_network_they_are_applied_to(world, data):
    network = world.network
    edges, digest = dict(network.edges), network.digest
    text = data.draw(pieces(world))
    changes = parse_changes(f"{text}; close edge:{next(iter(edges))}")
    changed = apply_changes(network, changes)
    assert (dict(network.edges), network.digest, dict(network.adjustments)) == (edges, digest, {})
    named = changed_edges(network, changes)
    assert {e for e in edges if changed.edges[e] is not network.edges[e]} <= named.keys()
    assert changed.digest != digest


@given(worlds(), CRITERIA, st.data())
def test_a_change_in_two_steps_is_the_change_in_one(world, criterion, data):
    network = world.network
    first, second = data.draw(pieces(world)), data.draw(pieces(world))
    at_once = apply_changes(network, parse_changes(f"{first}; {second}"))
    stepwise = apply_changes(apply_changes(network, parse_changes(first)), parse_changes(second))
    assert dict(at_once.edges) == dict(stepwise.edges)
    assert least_value(world, at_once, criterion) == least_value(world, stepwise, criterion)
