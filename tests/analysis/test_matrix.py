"""Many to many is the same as asking for each pair."""

from __future__ import annotations

import pickle
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_properties import worlds
from tiny import ask, request, tiny_network

from routeplan import Question, find_routes, matrix_of
from routeplan.analysis import many
from routeplan.analysis import matrix as matrix_module
from routeplan.analysis.matrix import COLUMN, Quantity, Status, Terms
from routeplan.errors import DataError, NoRouteError, RequestError
from routeplan.graph.build import build_graph
from routeplan.places.options import Options
from routeplan.scenario.request import Criterion
from routeplan.search.shortest import arc_weights, criterion_value, find_shortest
from routeplan.search.trees import Lightest
from routeplan.units import minutes

EXACT = [c for c in Criterion if c is not Criterion.RELIABILITY]
LINE = """
    edge_id, from_node, to_node, mode, distance_km, status, directed
    ab,      kz-a,      kz-b,    road, 480
    bc,      kz-b,      ge-c,    road, 240
    cd,      ge-c,      tr-d,    road, 240,         planned
    ce,      ge-c,      ru-e,    road, 240
    fa,      kz-f,      kz-a,    road, 480,         open,   yes
"""
PLACES = ["kz-a", "kz-b", "ge-c", "tr-d", "ru-e", "kz-f"]


@pytest.fixture
def line():
    return tiny_network(LINE)


def numbers_of(itinerary):
    totals = itinerary.totals
    names = [COLUMN[quantity] for quantity in Quantity]
    return {name: getattr(totals, name) for name in names}


def assert_same(cell, itinerary):
    """Compare every number; averages of time are sums of floats and may differ in the last bit."""
    expected = numbers_of(itinerary)
    found = {name: getattr(cell, name) for name in expected}
    assert found.pop("time_h") == pytest.approx(expected.pop("time_h"), rel=1e-12)
    assert found.pop("distance_km") == pytest.approx(expected.pop("distance_km"), rel=1e-12)
    assert found == expected
    assert cell.legs == itinerary.legs


@settings(max_examples=60)
@given(worlds(free=True), st.sampled_from(EXACT), st.booleans())
def test_every_pair_of_a_random_network_is_what_find_says(world, criterion, backward):
    network = world.network
    places = list(network.nodes)
    origins, destinations = (places, places[:-1]) if backward else (places, places)
    matrix = matrix_of(network, origins, destinations, criterion, percentiles=True, ways=True)
    plain = matrix_of(network, origins, destinations, criterion)
    for (_, origin, destination, cell), (*_, quick) in zip(
        matrix.pairs(), plain.pairs(), strict=True
    ):
        assert quick.status is cell.status
        if origin.node_id == destination.node_id:
            assert cell.status is Status.SAME_PLACE
            continue
        try:
            plan = ask(network, origin.node_id, destination.node_id, by=criterion)
        except NoRouteError:
            assert cell.status is Status.NO_ROUTE
            assert cell[1:] == (*[None] * 8, ())
            continue
        assert_same(cell, plan.itineraries[0])
        without = cell._replace(time_h_p10=None, time_h_p50=None, time_h_p90=None, legs=())
        assert quick[2:] == without[2:]
        assert quick.time_h == pytest.approx(without.time_h, abs=1e-6)


@settings(max_examples=40)
@given(worlds(free=True), st.sampled_from(EXACT), st.booleans(), st.data())
def test_every_pair_by_some_places_is_what_find_says_by_them(world, criterion, backward, data):
    network = world.network
    places = list(network.nodes)
    via = tuple(data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=2)))
    origins, destinations = (places, places[:-1]) if backward else (places, places)
    matrix = matrix_of(
        network, origins, destinations, criterion, percentiles=True, ways=True, via=via
    )
    for _, origin, destination, cell in matrix.pairs():
        if origin.node_id == destination.node_id:
            continue
        try:
            plan = ask(network, origin.node_id, destination.node_id, by=criterion, via=via)
        except NoRouteError:
            assert cell.status is Status.NO_ROUTE
            continue
        assert_same(cell, plan.itineraries[0])


def test_a_place_to_pass_that_is_kept_out_or_not_known_is_refused(line):
    with pytest.raises(RequestError, match=r"ru-e.*lies in Russia, which is kept out"):
        matrix_of(line, ["kz-a"], ["ge-c"], via="ru-e")
    with pytest.raises(RequestError, match='unknown place "Nowhere"'):
        matrix_of(line, ["kz-a"], ["ge-c"], via=("Nowhere",))


def test_a_limit_is_refused_and_not_passed_over(line):
    with pytest.raises(TypeError, match=r"matrix_of\(\) takes no 'max_days'; terms are via, modes"):
        matrix_of(line, ["kz-a"], ["ge-c"], max_days=3)


@settings(max_examples=40)
@given(worlds(free=True))
def test_by_reliability_the_sum_of_the_90th_percentiles_is_least(world):
    network = world.network
    matrix = matrix_of(network, list(network.nodes), by="reliability", ways=True)
    for _, origin, destination, cell in matrix.pairs():
        if origin.node_id == destination.node_id:
            continue
        graph = build_graph(network, request(network, origin.node_id, destination.node_id))
        path = find_shortest(graph, arc_weights(graph.arcs, Criterion.RELIABILITY))
        assert (path is None) == (cell.status is Status.NO_ROUTE)
        if path:
            least = sum(criterion_value(a.vector, Criterion.RELIABILITY) for a in path)
            assert least == sum(minutes(leg.time_h.p90 + leg.wait_h.p90) for leg in cell.legs)


@pytest.mark.parametrize("criterion", EXACT)
def test_a_sample_of_the_real_network_is_what_find_says(real, criterion):
    random = Random(f"matrix {criterion}")  # noqa: S311 - a sample
    places = random.sample(sorted(real.nodes), 40)
    matrix = matrix_of(real, places, by=criterion, percentiles=True, ways=True)
    compared = 0
    for _, origin, destination, cell in random.sample(list(matrix.pairs()), 12):
        question = Question(origin.node_id, destination.node_id, by=criterion)
        try:
            plan = find_routes(real, question)
        except NoRouteError:
            assert cell.status is Status.NO_ROUTE
        except RequestError:
            assert cell.status in (Status.KEPT_OUT, Status.SAME_PLACE)
        else:
            compared += 1
            assert_same(cell, plan.itineraries[0])
    assert compared >= 3


def test_cities_and_names_stand_for_what_find_takes_them_for(real):
    terms = {"load": "2xTEU", "cargo": "frozen_food", "depart": "2026-12-10", "avoid": "TR"}
    matrix = matrix_of(real, ["Астана", "Tashkent"], ["Istanbul, BG", "Poti"][1:], **terms)
    way = find_routes(real, Question("Астана", "Poti", **(terms | {"avoid": ("TR",)})))
    cell = matrix.cell("Астана", "Poti")
    assert cell.cost_usd == way.itineraries[0].totals.cost_usd
    assert cell.time_h == pytest.approx(way.itineraries[0].totals.time_h)
    assert matrix.cell("kz-astana", "ge-poti") == cell


def test_what_has_no_way_is_empty_and_says_why(line):
    matrix = matrix_of(line, PLACES)
    statuses = [[str(cell.status) for cell in row] for row in matrix.cells()]
    ok, none, same, out = "ok", "no_route", "same_place", "kept_out"
    assert statuses == [
        [same, ok, ok, none, out, none],
        [ok, same, ok, none, out, none],
        [ok, ok, same, none, out, none],
        [none, none, none, same, out, none],
        [out, out, out, out, out, out],
        [ok, ok, ok, none, out, same],
    ]
    for row in matrix.cells():
        for cell in row:
            empty = all(cell.value(q) is None for q in Quantity)
            assert empty == (cell.status is not Status.OK)
            assert cell.value(Quantity.TIME) != 0


def test_places_that_are_all_kept_out_are_no_bug(line):
    matrix = matrix_of(line, ["ru-e"], ["kz-a", "kz-b"])
    assert [cell.status for cell in matrix.cells()[0]] == [Status.KEPT_OUT] * 2
    assert matrix_of(line, ["kz-a"], avoid="kz-a").cells()[0][0].status is Status.KEPT_OUT


def test_what_a_reader_should_know_is_said_in_a_few_lines(line):
    warnings = matrix_of(line, PLACES).warnings
    assert warnings == (
        (
            "E (ru-e, Russia) lies in Russia, which is kept out (--policy none lifts it). Policy "
            "sanctions: Broad EU and US sanctions since 2022; transit of listed goods is "
            "prohibited."
        ),
        "11 of 36 pairs have no route under these terms; they are left empty.",
        "No route leads from tr-d.",
        "No route leads to tr-d, kz-f.",
    )
    (planned,) = matrix_of(line, ["kz-a"], ["tr-d"], include_planned=True).warnings
    assert planned == "Some ways use links that are planned: cd."


def test_there_is_one_search_for_each_place_of_the_shorter_list(line, monkeypatch):
    searched = []
    tree = Lightest.tree
    monkeypatch.setattr(
        Lightest, "tree", lambda self, root: searched.append(root) or tree(self, root)
    )
    matrix_of(line, ["kz-a", "kz-b", "A"], ["ge-c", "kz-f", "kz-b"])
    assert len(searched) == 2
    searched.clear()
    matrix_of(line, ["kz-a", "kz-b", "ge-c"], ["kz-f"], by="time,cost")
    assert len(searched) == 2


@pytest.mark.parametrize("first", ["m", "n"])
def test_a_tie_goes_the_way_find_goes(first):
    """A dollar is worth as much as 10 kg of CO2e, which are the load's 10 km."""
    second = "n" if first == "m" else "m"
    network = tiny_network(f"""
        edge_id,  from_node, to_node, mode, distance_km, time_h, cost_usd_per_truck
        {first},  kz-a,      kz-b,    road, 100,         9,      110
        {second}, kz-a,      kz-b,    road, 110,         9,      109
        x,        kz-b,      kz-c,    road, 10,          1,      1
    """)
    for criterion in ("balanced", "time"):
        cell = matrix_of(network, ["kz-a"], ["kz-c"], criterion).cell("kz-a", "kz-c")
        totals = ask(network, "kz-a", "kz-c", by=criterion).itineraries[0].totals
        assert (cell.cost_usd, cell.co2e_kg) == (totals.cost_usd, totals.co2e_kg)
        assert totals.cost_usd == (111 if first == "m" else 110)


def test_ways_that_tie_with_the_same_numbers_are_not_asked_again(monkeypatch):
    network = tiny_network("""
        edge_id, from_node, to_node, mode, distance_km
        m,       kz-a,      kz-b,    road, 100
        n,       kz-a,      kz-b,    road, 100
    """)
    monkeypatch.setattr(many, "find_best", lambda *_: pytest.fail("asked again"))
    assert matrix_of(network, ["kz-a"], ["kz-b"]).cell("kz-a", "kz-b").cost_usd == 200


def test_several_criteria_have_a_table_each(line):
    matrix = matrix_of(line, ["kz-a"], ["ge-c"], by=["cost", "time"])
    assert matrix.criteria == (Criterion.COST, Criterion.TIME)
    assert matrix.cell("kz-a", "ge-c", "time").time_h == 36
    assert matrix.table("cost", "cost") == ((1440.0,),)
    with pytest.raises(RequestError, match='no "co2"'):
        matrix.cells("co2")


def test_tables_and_frames_hold_the_same(line):
    matrix = matrix_of(line, ["kz-a", "A"], ["ge-c", "kz-a", "tr-d"], percentiles=True)
    frame = matrix.frame("time")
    assert frame.index.tolist() == ["kz-a", "A"]
    assert frame.columns.tolist() == ["ge-c", "kz-a", "tr-d"]
    assert frame.loc["A", "ge-c"] == 36
    assert frame.isna().to_numpy().tolist() == [[False, True, True]] * 2
    long = matrix.frame()
    assert long.shape == (6, 14)
    assert long["status"].tolist() == ["ok", "same_place", "no_route"] * 2
    assert long["time_h_p50"].notna().sum() == 2
    assert matrix.frame(by="balanced").equals(long)


def test_percentiles_are_there_only_if_asked_for(line):
    with pytest.raises(RequestError, match=r'no "p90".*percentiles'):
        matrix_of(line, ["kz-a"], ["ge-c"]).table("p90")


def test_it_cannot_be_changed_and_can_be_pickled(line):
    matrix = matrix_of(line, PLACES, ways=True)
    with pytest.raises(AttributeError):
        matrix.tables = ()
    assert pickle.loads(pickle.dumps(matrix)) == matrix  # noqa: S301 - our own


def test_the_same_question_has_the_same_answer(line):
    assert matrix_of(line, PLACES) == matrix_of(line, PLACES)


def test_a_place_that_is_not_in_it_is_an_error(line):
    with pytest.raises(RequestError, match='"kz-z" is not in the matrix'):
        matrix_of(line, PLACES).cell("kz-z", "kz-a")


def test_bad_places_are_reported_for_both_lists(line):
    with pytest.raises(DataError) as caught:
        matrix_of(line, ["kz-a", "nowhere"], ["nothing"])
    assert [finding.value for finding in caught.value.findings] == ["nowhere", "nothing"]


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"by": "speed"}, 'unknown criterion "speed"'),
        ({"by": ""}, "no criterion"),
        ({"policy": "all"}, "unknown policy"),
        ({"modes": "rail", "avoid": "rail"}, "no mode is left"),
        ({"load": "3 boxes"}, "load"),
        ({"depart": "soon"}, "soon"),
    ],
)
def test_terms_that_cannot_be_understood_are_refused(line, terms, said):
    with pytest.raises(RequestError, match=said):
        matrix_of(line, PLACES, **terms)


def test_what_is_no_term_is_a_mistake_of_the_program(line):
    with pytest.raises(TypeError, match="max_days"):
        matrix_of(line, PLACES, max_days=3)


def test_too_many_pairs_are_refused_before_the_work(line, monkeypatch):
    monkeypatch.setattr(matrix_module, "MOST_PAIRS", 35)
    with pytest.raises(RequestError, match="36 pairs are too many at once"):
        matrix_of(line, PLACES)


def test_terms_are_options_of_a_question():
    terms, options = (
        {name: text.__forward_arg__ for name, text in kind.__annotations__.items()}
        for kind in (Terms, Options)
    )
    assert terms == {name: options[name] for name in terms}
