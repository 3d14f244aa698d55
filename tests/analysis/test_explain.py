"""Why not another way: it loses, a rule bars it, or the network lacks it."""

from __future__ import annotations

import json

import pytest
from tiny import request, tiny_network

from routeplan.analysis.explain import Verdict, explain
from routeplan.analysis.wanted import read_wanted
from routeplan.errors import NoRouteError, RequestError
from routeplan.graph.bars import BarKind
from routeplan.places.question import Question, read_question
from routeplan.planner import find_routes
from routeplan.render.explain_words import sentences
from routeplan.render.output import Format
from routeplan.render.plan import plan_text
from routeplan.scenario.request import Measure

NET = """
    edge_id, from_node, to_node, kind,      mode, to_mode, directed, distance_km, status, max_lot_t
    start,   kz-alma,   kz-fork, ,          rail, ,        yes,      200
    north1,  kz-fork,   ru-don,  border,    rail, ,        yes,      200
    north2,  ru-don,    rs-bora, border,    rail, ,        yes,      200
    middle,  kz-fork,   rs-bora, ,          rail, ,        yes,      300
    dock,    kz-fork,   kz-fork, transship, rail, sea
    ship,    kz-fork,   ge-caro, ,          sea,  ,        yes,      500
    quay,    ge-caro,   ge-caro, transship, sea,  rail
    rail,    ge-caro,   rs-bora, ,          rail, ,        yes,      100
    tunnel,  kz-fork,   tr-dora, ,          rail, ,        yes,      100,         closed
    bridge,  tr-dora,   rs-bora, ,          rail, ,        yes,      100,         planned
    narrow,  kz-fork,   bg-eva,  ,          rail, ,        yes,      100,         ,       5
    wide,    bg-eva,    rs-bora, ,          rail, ,        yes,      350
    ghost,   cn-far,    cn-island, ,        rail, ,        yes,      10
"""
NET = NET.replace("max_lot_t", "max_lot_t, forbids").replace("       5\n", "       5, dangerous\n")


def asked(why_not, **options):
    """Explain on the network above."""
    network = tiny_network(NET)
    question = request(network, "Alma", "Bora", **options)
    wanted = read_wanted(network, why_not, question) if why_not else None
    return explain(network, question, wanted)


def ids(itinerary):
    return [leg.edge.edge_id for leg in itinerary.legs]


def test_an_allowed_way_loses_and_the_first_reason_is_named():
    found = asked("via Caro")
    assert found.verdict is Verdict.LOSES
    assert ids(found.best) == ["start", "middle"]
    assert ids(found.other) == ["start", "dock", "ship", "quay", "rail"]
    shared, apart = found.sections
    assert (shared.same, shared.start, shared.end) == (True, "kz-alma", "kz-fork")
    assert (apart.same, apart.start, apart.end) == (False, "kz-fork", "rs-bora")
    # by sea: 10 h and 100 USD, 25 h and 250 USD, 10 h and 100 USD, 10 h and 100 USD; best 30 h, 300
    assert apart.difference.time_h == 25
    assert apart.difference.cost_usd == 250
    assert apart.difference.co2e_kg == 200
    # 25 h of 20 t at 0.5 USD are worth 250 USD as well, 200 kg of CO2e 20 USD
    assert apart.difference.generalised_usd == pytest.approx(520)
    assert found.loss == (Measure.TIME, 1, 2, 25, 25)


@pytest.mark.parametrize(
    ("by", "measure", "amount", "leg"),
    [("time", "time", 25, "ship"), ("cost", "cost", 250, "ship"), ("co2", "co2", 200, "ship")],
)
def test_by_one_criterion_the_loss_is_in_its_measure(by, measure, amount, leg):
    found = asked("via Caro", by=by)
    assert str(found.loss.measure) == measure
    assert found.loss.amount == amount
    assert ids(found.other)[found.loss.leg] == leg


@pytest.mark.parametrize(
    ("why_not", "options", "kind", "said"),
    [
        ("RU", {}, "policy", "--policy sanctions keeps out Russia"),
        ("via Don", {}, "policy", "--policy sanctions keeps out Russia"),
        ("Caro", {"avoid": ("GE",)}, "avoid_country", "--avoid keeps out Georgia"),
        ("Caro", {"avoid": ("Caro",)}, "avoid_place", "--avoid keeps out Caro"),
        ("Caro", {"avoid": ("edge:ship",)}, "avoid_edge", "--avoid keeps out ship"),
        ("Caro", {"avoid": ("sea",)}, "avoid_mode", "--avoid keeps out sea"),
        ("Caro", {"modes": "rail"}, "mode", "--mode leaves out sea: sea Fork - Caro"),
        ("Eva", {}, "load", "a load of 20 t is over 5 t: rail Fork - Eva"),
        ("Caro", {"max_days": 2.5}, "limit", "over --max-days 2.5"),
        ("Caro", {"max_cost_usd": 500}, "limit", "it takes 750 USD, over --max-cost 500"),
        ("Caro", {"max_transshipments": 1}, "limit", "it takes 2 transshipments, over"),
        ("Caro", {"max_co2e_kg": 150}, "limit", "kg CO2e, over --max-co2e 150"),
        ("Don", {"via": ("Caro",), "policy": "none"}, "via", "does not pass Caro as --via asks"),
        ("Dora", {}, "closed", "rail Fork - Dora is closed"),
    ],
)
def test_the_first_thing_in_its_way_is_named(why_not, options, kind, said):
    found = asked(why_not, **options)
    assert found.verdict is Verdict.NOT_ALLOWED
    assert found.reasons[0].bar.kind == kind
    assert said in " ".join(sentences(found))


def test_all_that_stands_in_its_way_is_named_in_the_order_of_travel():
    found = asked("Dora")
    assert [reason.bar.kind for reason in found.reasons] == [BarKind.CLOSED, BarKind.PLANNED]
    assert [reason.leg for reason in found.reasons] == [1, 2]
    assert "Also: not open yet: rail Dora - Bora (--include-planned)." in sentences(found)


def test_cargo_that_is_refused_is_a_reason():
    found = asked("Eva", load="4t", cargo="fireworks")
    assert found.reasons[0].text == "no dangerous cargo is taken: rail Fork - Eva"


def test_a_forbidden_way_that_would_be_first_is_said_to_be():
    found = asked("RU")
    assert ids(found.other) == ["start", "north1", "north2"]
    assert found.loss is None
    assert sentences(found)[-1] == "It would then be first."


def test_what_the_network_lacks_makes_it_impossible():
    found = asked("via Island")
    assert found.verdict is Verdict.IMPOSSIBLE
    assert found.other is None
    assert "cannot be done: no chain of links" in sentences(found)[0]
    found = asked("edge:ghost")
    assert found.verdict is Verdict.IMPOSSIBLE


def test_the_best_way_may_be_as_wanted_already():
    found = asked("via Fork")
    assert (found.verdict, found.rank) == (Verdict.BEST, 1)
    assert sentences(found) == ["Via Fork is the best way already."]


def test_without_a_way_in_mind_the_best_is_held_against_the_next():
    found = asked(None, policy="none")
    assert (found.verdict, found.rank) == (Verdict.NEXT, 2)
    assert ids(found.best) == ["start", "north1", "north2"]
    assert ids(found.other) == ["start", "middle"]
    network = tiny_network("from_node,to_node,mode,distance_km\nkz-alma,kz-bora,rail,10")
    alone = explain(network, request(network, "Alma", "Bora"))
    assert (alone.verdict, alone.other) == (Verdict.ONLY, None)
    assert len(sentences(alone)) == 1


def test_the_differences_of_the_sections_add_up_to_that_of_the_whole(real):
    for why_not in ("via Constanta", "RU", "air", "suez", "via Moscow", "corridor:northern"):
        question = read_question(real, Question("Astana", "Belgrade"))
        found = explain(real, question, read_wanted(real, why_not, question))
        own, best = found.other.totals, found.best.totals
        for part, name in enumerate(("time_h", "cost_usd", "co2e_kg", "generalised_cost_usd")):
            added = sum(section.difference[part] for section in found.sections)
            assert added == pytest.approx(getattr(own, name) - getattr(best, name), abs=1)
        assert [n for s in found.sections for n in range(*s.best)] == [*range(len(found.best.legs))]
        assert [n for s in found.sections for n in range(*s.other)] == [
            *range(len(found.other.legs))
        ]


def test_an_allowed_way_via_a_place_is_the_best_that_find_has_there(real):
    via = find_routes(real, Question("Astana", "Belgrade", via=("Constanta",))).itineraries[0]
    question = read_question(real, Question("Astana", "Belgrade"))
    found = explain(real, question, read_wanted(real, "via Constanta", question))
    assert ids(found.other) == ids(via)


def test_a_country_is_crossed_and_a_main_mode_carries_most(real):
    question = read_question(real, Question("Astana", "Belgrade"))
    north = explain(real, question, read_wanted(real, "Russia", question)).other
    assert len(set(ids(north))) == len(ids(north))
    assert "RU" in north.countries
    flown = explain(real, question, read_wanted(real, "by air", question)).other
    km = sum(leg.distance_km for leg in flown.legs if leg.mode == "air")
    assert km > flown.totals.distance_km / 2


def test_a_question_without_an_answer_has_no_explanation():
    with pytest.raises(NoRouteError, match="There is one with"):
        asked("via Caro", modes="barge")


@pytest.fixture
def saved(tmp_path):
    """An answer of `find` on the network above, in a file."""
    network = tiny_network(NET)
    question = Question("Alma", "Bora", k=3, policy="none")
    path = tmp_path / "ways.json"
    path.write_text(plan_text(find_routes(network, question), Format.JSON), "utf-8")
    return path


def test_a_saved_way_is_held_against_the_rules_asked_now(saved):
    first = asked(f"{saved}")
    assert first.verdict is Verdict.NOT_ALLOWED
    assert first.reasons[0].bar.kind is BarKind.POLICY
    second = asked(f"{saved}#2")
    assert second.verdict is Verdict.BEST
    third = asked(f"{saved}#3", max_days=2.5, via=("Don",), policy="none")
    assert [reason.bar.kind for reason in third.reasons] == [BarKind.LIMIT, BarKind.VIA]


@pytest.mark.parametrize(
    ("rank", "change", "said"),
    [
        ("#9", {}, "no way 9"),
        ("#0", {}, "no way 0"),
        ("#two", {}, '"two" is no rank'),
        ("", {"schema": "another/1"}, "not an answer of find"),
        ("", {"itineraries": [{"legs": [{"from": 1}]}]}, "its legs are not whole"),
        ("", {"itineraries": [{"legs": []}]}, "a way of another question"),
    ],
)
def test_a_file_that_is_no_answer_is_told(saved, rank, change, said):
    saved.write_text(json.dumps(json.loads(saved.read_text("utf-8")) | change), "utf-8")
    with pytest.raises(RequestError, match=said):
        asked(f"{saved}{rank}")


def test_a_saved_way_over_edges_that_are_gone_or_turned_is_told(saved):
    answer = json.loads(saved.read_text("utf-8"))
    legs = answer["itineraries"][0]["legs"]
    legs[1]["edge_id"] = "gone"
    saved.write_text(json.dumps(answer), "utf-8")
    with pytest.raises(RequestError, match='this network has no edge "gone"'):
        asked(str(saved))
    legs[1]["edge_id"] = "wide"
    saved.write_text(json.dumps(answer), "utf-8")
    with pytest.raises(RequestError, match="wide does not lead from kz-fork"):
        asked(str(saved))


@pytest.mark.parametrize("text", ["", "via", " , ", "via Nowhere", "country:Atlantis", "edge:none"])
def test_what_names_nothing_known_is_told(text):
    with pytest.raises(RequestError):
        asked(text or " ")


def test_files_that_cannot_be_read_are_told(tmp_path):
    with pytest.raises(RequestError, match="cannot read"):
        asked(str(tmp_path / "none.json"))
    broken = tmp_path / "broken.json"
    broken.write_text("{", "utf-8")
    with pytest.raises(RequestError, match="not JSON"):
        asked(str(broken))
    broken.write_text("[1]", "utf-8")
    with pytest.raises(RequestError, match="not an answer of find"):
        asked(str(broken))
