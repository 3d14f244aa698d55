"""networkx is the oracle: every engine finds the way the planner answers first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_properties import CRITERIA, World, pieces, worlds

from routeplan.errors import NoRouteError
from routeplan.graph.build import build_graph
from routeplan.kernel.engines import Solver, engine_maker
from routeplan.kernel.kernel import Kernel
from routeplan.planner import plan
from routeplan.scenario.apply import Editor, apply_changes
from routeplan.scenario.changes import ChangeError, parse_changes
from routeplan.search.best import find_best
from routeplan.search.shortest import arc_weights

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
        request = world.request(network, by=criterion.value, k=1, **options)
        for text in data.draw(st.lists(what_ifs(world), min_size=1, max_size=3)):
            changes = parse_changes(text)
            faults = Editor(network).find_faults(changes)
            if faults:
                with pytest.raises(ChangeError) as found:
                    kernel.ask(request, changes)
                assert found.value.faults == faults
                continue
            changed = apply_changes(network, changes)
            graph = build_graph(changed, request)
            expected = find_best(graph, arc_weights(graph.arcs, criterion))
            way = kernel.best(request, changes)
            assert told(way and way.arcs) == told(expected)


@given(unlike_worlds(), CRITERIA, st.data())
def test_the_planner_answers_the_kernels_way_first(world, criterion, data):
    network = world.network
    request = world.request(network, by=criterion.value, k=1)
    changes = parse_changes("; ".join(data.draw(st.lists(pieces(world), max_size=2))))
    way = Kernel(network, engine_maker(Solver.PYTHON)).best(request, changes)
    try:
        first = plan(apply_changes(network, changes), request).itineraries[0]
    except NoRouteError:
        assert way is None
        return
    assert [leg.edge.edge_id for leg in first.legs] == [arc.edge.edge_id for arc in way.arcs]
    assert first.totals.cost_usd == way.total.cost_cents / 100
    assert first.totals.co2e_kg == way.total.co2e_g / 1000
    assert first.totals.generalised_cost_usd == way.total.generalised_nanousd / 1e9
