"""The plain search gives what planning from scratch on the changed network gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.batch.search import NetworkxSearch
from routeplan.graph.build import build_graph
from routeplan.network.read import load_network
from routeplan.places.question import Question, read_question
from routeplan.scenario.apply import Editor
from routeplan.scenario.changes import ChangeError, parse_changes
from routeplan.scenario.request import Criterion
from routeplan.search.shortest import arc_weights, criterion_value, find_shortest

NETWORK = load_network(Path(__file__).parents[1] / "data" / "tiny")
EDITOR = Editor(NETWORK)
SEARCH = NetworkxSearch(NETWORK, EDITOR)
PIECES = (
    "close edge:ferry-aktau-alat",
    "close node:az-alat-port",
    "close mode:sea",
    "open mode:ferry",
    "mode:rail cost*=1.5",
    "mode:sea time_h+=10",
    "mode:ferry wait_h=1",
    "country:KZ cost/=4",
    "edge:sea-aktau-alat cost=1; edge:sea-aktau-alat co2e=0",
    "edge:ferry-aktau-alat open_from=2040-01-01",
    "mode:rail distance_km*=3",
    "edge:sea-aktau-alat max_lot_t=5",
    "edge:sea-aktau-alat max_lot_t=5; edge:sea-aktau-alat per_week=2",
    "edge:rail-astana-aktau forbids=dangerous|reefer",
)


@st.composite
def questions(draw):
    return Question(
        draw(st.sampled_from(["Astana", "Aktau"])),
        draw(st.sampled_from(["Baku", "az-boyuk-kesik"])),
        via=draw(st.sampled_from([(), ("az-alat-port",)])),
        modes=draw(st.sampled_from(["", "rail,sea", "rail,ferry"])),
        load=draw(st.sampled_from(["1xFEU", "20t", "3t"])),
        by=str(draw(st.sampled_from(Criterion))),
        depart=draw(st.sampled_from([None, "2026-01-15"])),
    )


def numbers(path):
    return [(arc.edge, arc.vector, arc.costs) for arc in path]


@given(questions(), st.lists(st.sampled_from(PIECES), max_size=4, unique=True))
def test_it_finds_as_good_a_way_as_a_graph_built_anew_with_the_same_numbers(question, pieces):
    changes = parse_changes("; ".join(pieces))
    request = read_question(NETWORK, question)
    edited = EDITOR.edit(changes).network
    graph = build_graph(edited, request)
    expected = find_shortest(graph, arc_weights(graph.arcs, request.criterion))
    path = SEARCH.best(request, changes)
    if expected is None:
        assert path is None
        return
    values = [
        sum(criterion_value(arc.vector, request.criterion) for arc in way)
        for way in (path, expected)
    ]
    assert values[0] == values[1]
    anew = {(arc.edge.edge_id, arc.tail): arc for arc in graph.arcs}
    assert numbers(path) == numbers(anew[arc.edge.edge_id, arc.tail] for arc in path)


def test_equal_changes_give_the_same_arcs_so_that_a_way_is_drawn_once():
    request = read_question(NETWORK, Question("Astana", "Baku"))
    changes = parse_changes("mode:rail cost*=1.5")
    first, again = (SEARCH.best(request, changes) for _ in range(2))
    plain = SEARCH.best(request, ())
    assert first == again
    same = [a is b for a, b in zip(first, plain, strict=True)]
    assert same == [arc.edge.mode != "rail" or arc.edge.kind != "move" for arc in first]


def test_changes_that_cannot_be_applied_are_told():
    request = read_question(NETWORK, Question("Astana", "Baku"))
    with pytest.raises(ChangeError, match="no edge"):
        SEARCH.best(request, parse_changes("edge:nothing-like-it wait_h=1"))
