"""networkx is the oracle: every engine finds the way the planner answers first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from test_properties import CRITERIA, World, pieces, worlds
from tiny import request, tiny_network

from routeplan.errors import NoRouteError
from routeplan.graph.build import build_graph
from routeplan.kernel.engines import Solver, engine_maker
from routeplan.kernel.kernel import Kernel
from routeplan.planner import plan
from routeplan.scenario.apply import Editor, apply_changes
from routeplan.scenario.changes import ChangeError, parse_changes
from routeplan.search.best import find_best
from routeplan.search.shortest import arc_weights
from routeplan.search.shortlist import Way

ENGINES = (Solver.PYTHON, Solver.NUMBA)
STATUSES = st.sampled_from(("open", "open", "open", "closed", "planned"))
FURTHER = st.sampled_from(
    (
        "close {edge}",
        "open {edge}",
        "{edge} status=planned",
        "{edge} forbids=reefer",
        "{edge} max_lot_t=5",
        "{edge} per_week=2",
        "{edge} time_h=0",
        "{edge} wait_h=0",
        "{edge} cost=0",
        "{edge} co2e=0",
        "{edge} cost*=0",
        "{edge} cost_usd_per_feu=0",
        "{edge} cost_usd_per_feu+=1",
        "{edge} corridor=middle",
    )
)


@st.composite
def unlike_worlds(draw: st.DrawFn) -> World:
    """Draw a world of which some edges are closed or planned."""
    world = draw(worlds())
    edges = [row.removesuffix("open") + draw(STATUSES) for row in world.edges]
    return replace(world, edges=tuple(edges))


@st.composite
def what_ifs(draw: st.DrawFn, world: World) -> str:
    """Draw up to four changes; some touch one edge twice, some cannot be applied."""
    ids = st.sampled_from([row.partition(",")[0] for row in world.edges])
    one = pieces(world) | st.builds(
        lambda text, edge_id: text.format(edge=f"edge:{edge_id}"), FURTHER, ids
    )
    return "; ".join(draw(st.lists(one, max_size=4)))


@pytest.fixture(scope="module", params=ENGINES)
def make_engine(request):
    if request.param is Solver.NUMBA:
        pytest.importorskip("numba", exc_type=ImportError)
    return engine_maker(request.param)


def told(path):
    """Say all of a way that must be equal: edges, directions, and what each adds."""
    return path and [(arc.edge.edge_id, arc.tail, arc.head, arc.vector) for arc in path]


@given(
    unlike_worlds(),
    st.lists(
        st.tuples(
            CRITERIA,
            st.sampled_from(
                (
                    {},
                    {"include_planned": True},
                    {"cargo": "fish"},
                    {"load": "2xFEU"},
                    {"avoid": ("mode:ferry",)},
                )
            ),
        ),
        min_size=1,
        max_size=3,
    ),
    st.data(),
)
def test_engines_find_what_networkx_finds_on_the_changed_network(make_engine, world, asked, data):
    network = world.network
    kernel = Kernel(network, make_engine)
    for criterion, options in asked:
        asked_for = world.request(network, by=criterion.value, k=1, **options)
        for text in data.draw(st.lists(what_ifs(world), min_size=1, max_size=3)):
            changes = parse_changes(text)
            faults = Editor(network).find_faults(changes)
            if faults:
                with pytest.raises(ChangeError) as found:
                    kernel.ask(asked_for, changes)
                assert found.value.faults == faults
                continue
            changed = apply_changes(network, changes)
            graph = build_graph(changed, asked_for)
            expected = find_best(graph, arc_weights(graph.arcs, criterion))
            way = kernel.best(asked_for, changes)
            assert told(way and way.arcs) == told(expected)


@given(unlike_worlds(), CRITERIA, st.data())
def test_the_planner_answers_the_kernels_way_first(world, criterion, data):
    network = world.network
    asked = world.request(network, by=criterion.value, k=1)
    changes = parse_changes("; ".join(data.draw(st.lists(pieces(world), max_size=2))))
    way = Kernel(network, engine_maker(Solver.PYTHON)).best(asked, changes)
    try:
        first = plan(apply_changes(network, changes), asked).itineraries[0]
    except NoRouteError:
        assert way is None
        return
    assert [leg.edge.edge_id for leg in first.legs] == [arc.edge.edge_id for arc in way.arcs]
    assert first.totals.cost_usd == way.total.cost_cents / 100
    assert first.totals.co2e_kg == way.total.co2e_g / 1000
    assert first.totals.generalised_cost_usd == way.total.generalised_nanousd / 1e9


@st.composite
def even_worlds(draw: st.DrawFn) -> tuple[str, str]:
    """Draw links of two lengths, so that many ways are equally good; and some changes."""
    hops = [(a, b) for a in range(7) for b in range(a)]
    drawn = draw(st.lists(st.sampled_from(hops), min_size=6, max_size=16))
    names = draw(st.permutations([f"e{number:02d}" for number in range(len(drawn))]))
    edges = [f"{name},kz-p{a},kz-p{b},rail,100" for name, (a, b) in zip(names, drawn, strict=True)]
    closed = draw(st.lists(st.sampled_from(names), max_size=3))
    halved = draw(st.lists(st.sampled_from(names), max_size=3))
    texts = [f"close edge:{name}" for name in closed]
    texts += [f"edge:{name} cost*=0.5" for name in halved]
    header = "edge_id,from_node,to_node,mode,distance_km"
    return "\n".join((header, *edges)), "; ".join(texts)


@given(even_worlds(), CRITERIA, st.sampled_from(((), ("kz-p3",))))
def test_of_equally_good_ways_all_take_the_first(make_engine, world, criterion, via):
    edges, text = world
    network, changes = tiny_network(edges), parse_changes(text)
    assume({"kz-p0", "kz-p1", *via} <= network.nodes.keys())
    asked = request(network, "kz-p0", "kz-p1", by=criterion.value, k=1, via=via)
    graph = build_graph(apply_changes(network, changes), asked)
    expected = find_best(graph, arc_weights(graph.arcs, criterion))
    if not via:
        ways = {tuple(map(id, path)): path for path in _simple_ways(graph)}
        key = lambda path: Way(path).rank_key(criterion)  # noqa: E731 - read once below
        assert told(expected) == told(min(ways.values(), key=key, default=None))
    way = Kernel(network, make_engine).best(asked, changes)
    assert told(way and way.arcs) == told(expected)


def _simple_ways(graph, so_far=()):
    """Yield every way that passes no state twice."""
    ends = [so_far[-1].head] if so_far else graph.starts
    if so_far and ends[0] in graph.ends:
        yield list(so_far)
    passed = {arc.tail for arc in so_far} | {arc.head for arc in so_far}
    for arc in graph.arcs:
        if arc.tail in ends and arc.head not in passed:
            yield from _simple_ways(graph, (*so_far, arc))
