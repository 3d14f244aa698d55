"""Why not another way, by the clock: the hours of both ways, and what is shut by then."""

from __future__ import annotations

import json

import pytest
from tiny import ask, request, tiny_network

from routeplan.analysis.explain import Verdict, explain
from routeplan.analysis.wanted import read_wanted
from routeplan.places.question import Question, read_question
from routeplan.planner import plan
from routeplan.render.explain import explanation_dict, explanation_text, side_lines, total_rows
from routeplan.render.explain_words import sentences
from routeplan.render.output import PAGE, Format
from routeplan.render.plan import plan_text
from routeplan.scenario.request import Measure

# by rail 300 km in 30 h; by Caro 20 h to the port, where a ship goes on Fridays at noon for 15 h
NET = """
    edge_id, from_node, to_node, kind,      mode, to_mode, directed, distance_km, departs,   open_from,  open_to,    status
    start,   kz-alma,   kz-fork, ,          rail, ,        yes,      100
    middle,  kz-fork,   rs-bora, ,          rail, ,        yes,      200
    branch,  kz-fork,   ge-caro, ,          rail, ,        yes,      100
    dock,    ge-caro,   ge-caro, transship, rail, sea
    ship,    ge-caro,   bg-dora, ,          sea,  ,        yes,      300,         fri 12:00
    quay,    bg-dora,   bg-dora, transship, sea,  rail
    last,    bg-dora,   rs-bora, ,          rail, ,        yes,      50
    summer,  kz-fork,   tr-eva,  ,          rail, ,        yes,      10,          ,          2027-05-01
    old,     kz-fork,   ro-fili, ,          rail, ,        yes,      10,          ,          ,           2020-01-01
    shut,    kz-fork,   hu-gabe, ,          rail, ,        yes,      10,          ,          ,           ,          closed
    out1,    tr-eva,    rs-bora, ,          rail, ,        yes,      10
    out2,    ro-fili,   rs-bora, ,          rail, ,        yes,      10
    out3,    hu-gabe,   rs-bora, ,          rail, ,        yes,      50
"""  # noqa: E501 - a table
NETWORK = tiny_network(NET)
TUESDAY = {"depart": "2026-12-01T08:00"}


def asked(why_not, **options):
    question = request(NETWORK, "Alma", "Bora", **(options or TUESDAY))
    wanted = read_wanted(NETWORK, why_not, question) if why_not else None
    return explain(NETWORK, question, wanted)


def ids(way):
    return [leg.edge.edge_id for leg in way.legs]


def test_a_wait_for_a_departure_is_what_it_loses_by():
    found = asked("via Caro")
    assert found.verdict is Verdict.LOSES
    assert ids(found.best) == ["start", "middle"]
    assert ids(found.other) == ["start", "branch", "dock", "ship", "quay", "last"]
    # 20 h on rails and 10 h in the port: Wednesday 14:00; from Friday noon 15 h, then 10 h and 5 h
    assert f"{found.best.arrive:%a %H:%M}" == "Wed 14:00"
    assert f"{found.other.arrive:%a %H:%M}" == "Sat 18:00"
    shared, apart = found.sections
    assert (shared.same, shared.difference.time_h) == (True, 0)
    assert apart.difference.time_h == 76
    assert found.loss == (Measure.TIME, 1, 3, 76, 76)
    assert ids(found.other)[found.loss.leg] == "ship"
    assert (
        "It arrives 2026-12-05 18:00, 3.2 d later than the best (2026-12-02 14:00)."
        in sentences(found)
    )


def test_sections_add_up_to_the_whole():
    found = asked("via Caro")
    assert sum(s.difference.time_h for s in found.sections) == pytest.approx(
        found.other.totals.time_h - found.best.totals.time_h
    )
    assert sum(s.difference.generalised_usd for s in found.sections) == pytest.approx(
        found.other.totals.generalised_cost_usd - found.best.totals.generalised_cost_usd
    )


def test_to_be_there_by_an_hour_it_must_leave_earlier():
    found = asked("via Caro", arrive_by="2026-12-06T00:00")
    assert found.other.arrive <= found.plan.request.arrive_by.replace(
        tzinfo=found.other.arrive.tzinfo
    )
    difference = explanation_dict(found)["difference"]
    # the best leaves 30 h before midnight, the other is at the port on Friday noon: 30 h before it
    assert f"{found.best.depart:%a %H:%M}" == "Fri 18:00"
    assert f"{found.other.depart:%a %H:%M}" == "Thu 06:00"
    assert difference["depart_h"] == -36
    assert "It must leave by 2026-12-03 06:00, 36 h earlier than the best" in " ".join(
        sentences(found)
    )
    assert total_rows(found)[0] == ("Leaves", "12-04 18:00", "12-03 06:00", "-36 h")


def test_a_stretch_that_both_take_at_other_hours_says_so():
    network = tiny_network(
        """
        edge_id, from_node, to_node, mode, directed, distance_km, departs
        quick,   kz-alma,   kz-bora, rail, yes,      100
        slow,    kz-alma,   kz-bora, rail, yes,      900
        train,   kz-bora,   rs-caro, rail, yes,      100,         wed 20:00
        """
    )
    question = request(network, "Alma", "Caro", depart="2026-12-01T08:00")
    found = explain(network, question, read_wanted(network, "edge:slow", question))
    apart, shared = found.sections
    # Tuesday 08:00, there in 10 h or in 90: on Saturday 02:00 it waits till Wednesday for the train
    assert (shared.same, shared.difference.time_h) == (True, 4 * 24 - 8)
    kinds = [line.kind for line in side_lines(found)]
    assert kinds == ["step", "difference", "same", "difference"]
    same = side_lines(found)[2]
    assert same.best_at != same.other_at
    assert apart.difference.time_h + shared.difference.time_h == pytest.approx(
        found.other.totals.time_h - found.best.totals.time_h
    )


@pytest.mark.parametrize(
    ("why_not", "options", "verdict", "kind", "said"),
    [
        ("Eva", TUESDAY, Verdict.NOT_ALLOWED, "day", "not open in time: rail Fork - Eva open from"),
        ("Fili", TUESDAY, Verdict.IMPOSSIBLE, "day", "not open that day: rail Fork - Fili"),
        ("Gabe", TUESDAY, Verdict.NOT_ALLOWED, "closed", "rail Fork - Gabe is closed"),
        ("Caro", TUESDAY | {"avoid": ("GE",)}, Verdict.NOT_ALLOWED, "avoid_country", "Georgia"),
        (
            "Caro",
            TUESDAY | {"max_days": 2},
            Verdict.NOT_ALLOWED,
            "limit",
            "it takes 4.4 d on average, over --max-days 2",
        ),
        ("Caro", TUESDAY | {"max_cost_usd": 400}, Verdict.NOT_ALLOWED, "limit", "over --max-cost"),
    ],
)
def test_what_stands_in_its_way_is_named(why_not, options, verdict, kind, said):
    found = asked(why_not, **options)
    assert found.verdict is verdict
    assert found.reasons[0].bar.kind == kind
    assert said in " ".join(sentences(found))


def test_the_next_way_and_a_saved_one_are_set_beside_the_best_at_their_hours(tmp_path):
    listed = TUESDAY | {"k": 2, "max_overlap": 1}
    following = asked(None, **listed)
    assert following.verdict is Verdict.NEXT
    assert following.other.arrive is not None
    path = tmp_path / "plan.json"
    answer = ask(NETWORK, "Alma", "Bora", **listed)
    path.write_text(plan_text(answer, Format.JSON), "utf-8")
    saved = asked(f"{path}#2", **listed)
    assert ids(saved.other) == ids(answer.itineraries[1])
    assert saved.other.totals == answer.itineraries[1].totals


LEAVE, DUE = {"depart": "2026-12-01T08:00"}, {"arrive_by": "2027-01-20T12:00"}


@pytest.mark.parametrize(
    ("place", "by", "when"),
    [
        ("Constanta", "balanced", LEAVE),
        ("Constanta", "balanced", DUE),
        ("Constanta", "cost", LEAVE),
        ("Poti", "time", DUE),
    ],
)
def test_by_a_place_it_is_the_way_that_find_has_by_that_place(real, place, by, when):
    question = read_question(real, Question("Astana", "Belgrade", by=by, **when))
    found = explain(real, question, read_wanted(real, f"via {place}", question))
    via = read_question(real, Question("Astana", "Belgrade", by=by, via=(place,), k=1, **when))
    assert ids(found.other) == ids(plan(real, via).itineraries[0])
    assert found.verdict in (Verdict.LOSES, Verdict.BEST)


def test_rows_and_tables_have_the_hours(real):
    question = read_question(real, Question("Astana", "Baku", **TUESDAY))
    found = explain(real, question, read_wanted(real, "by ferry", question))
    header, *rows = explanation_text(found, Format.TSV, PAGE).splitlines()
    names = header.split("\t")
    assert names[4:6] == ["best_depart", "best_arrive"]
    last = dict(zip(names, rows[-1].split("\t"), strict=True))
    assert last["best_arrive"] or last["other_arrive"]
    assert "Arrives" in explanation_text(found, Format.TABLE, PAGE)
    assert "Arrives" in explanation_text(found, Format.MD, PAGE)
    answer = json.loads(explanation_text(found, Format.JSON, PAGE))
    assert answer["best"]["legs"][0]["ready"].startswith("2026-12-01T08:00")
