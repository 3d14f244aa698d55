from __future__ import annotations

import pytest
from tiny import tiny_network

from routeplan.analysis.diff import (
    REFERENCE,
    RowChange,
    diff_journeys,
    diff_rows,
)
from routeplan.places.question import Question, read_question

EDGES = """
    edge_id, from_node, to_node, mode, to_mode, distance_km, time_h, passages
    train,   kz-alma,   kz-bora, rail, ,        100,         20
    ship,    kz-bora,   az-caro, sea,  ,        200,         10,     bosporus|cape
"""
BASE = tiny_network(EDGES)


def _changed(text: str, new: str) -> str:
    assert text in EDGES
    return EDGES.replace(text, new)


def test_a_network_does_not_differ_from_itself():
    assert diff_rows(BASE, tiny_network(EDGES)) == []


def test_the_order_of_rows_is_no_difference():
    header, *rows = EDGES.strip().splitlines()
    assert diff_rows(BASE, tiny_network("\n".join([header, *reversed(rows)]))) == []


def test_each_changed_cell_is_listed_with_its_old_and_new_value():
    new = tiny_network(_changed("100,         20", "120,         ,  "))
    assert diff_rows(BASE, new) == [
        RowChange("edges.csv", "train", "changed", "distance_km", "100.0", "120.0"),
        RowChange("edges.csv", "train", "changed", "time_h", "20.0", ""),
    ]


def test_a_list_is_written_as_in_the_file():
    (change,) = diff_rows(BASE, tiny_network(_changed("bosporus|cape", "bosporus")))
    assert (change.field, change.old, change.new) == ("passages", "bosporus|cape", "bosporus")


def test_added_and_removed_rows_are_listed_by_file_then_key():
    new = tiny_network(_changed("ship,    kz-bora,   az-caro", "boat,    kz-bora,   az-dora"))
    assert [(c.file, c.key, c.change) for c in diff_rows(BASE, new)] == [
        ("nodes.csv", "az-caro", "removed"),
        ("nodes.csv", "az-dora", "added"),
        ("edges.csv", "boat", "added"),
        ("edges.csv", "ship", "removed"),
    ]


@pytest.mark.parametrize(
    ("card", "old", "new", "change"),
    [
        (
            "seasons",
            "season_id,from_month_day,to_month_day,time_factor\nstorm,11-01,01-31,2",
            "season_id,from_month_day,to_month_day,time_factor\nstorm,11-01,01-31,3",
            RowChange("seasons.csv", "storm", "changed", "time_factor", "2.0", "3.0"),
        ),
        (
            "seasons",
            "season_id,from_month_day,to_month_day\nstorm,11-01,01-31",
            "season_id,from_month_day,to_month_day\nstorm,11-01,01-31\nstorm,02-01,03-31",
            RowChange("seasons.csv", "storm (2)", "added"),
        ),
        (
            "price_index",
            "year,index\n2015,50\n2025,100",
            "year,index\n2015,60\n2025,100",
            RowChange("price_index.csv", "2015", "changed", "index", "50.0", "60.0"),
        ),
        (
            "price_index",
            "year,index\n2015,50\n2025,100",
            "year,index\n2025,100",
            RowChange("price_index.csv", "2015", "removed"),
        ),
        (
            "parameters",
            "parameter_id,value\nprice_year,2025",
            "parameter_id,value\nprice_year,2015",
            RowChange("parameters.csv", "price_year", "changed", "value", "2025.0", "2015.0"),
        ),
        (
            "times",
            "time_id,kind,mode,km_per_day\nrail,move,rail,240",
            "time_id,kind,mode,km_per_day\nrail,move,rail,480",
            RowChange("times.csv", "rail", "changed", "km_per_day", "240.0", "480.0"),
        ),
        (
            "rates",
            "rate_id,kind,mode,unit,usd_per_km,price_year\nrail,move,rail,feu,1,2025",
            "rate_id,kind,mode,unit,usd_per_km,price_year\nrail,move,rail,teu,1,2025",
            RowChange("rates.csv", "rail", "changed", "unit", "feu", "teu"),
        ),
        (
            "emissions",
            "factor_id,kind,mode,gco2e_per_tkm_wtw\nrail,move,rail,10",
            "factor_id,kind,mode,gco2e_per_tkm_wtw\ntrain,move,rail,10",
            RowChange("emissions.csv", "rail", "removed"),
        ),
        (
            "cargo",
            "cargo_id,payload_t_per_feu,reefer\ngeneral,20,no",
            "cargo_id,payload_t_per_feu,reefer\ngeneral,20,yes",
            RowChange("cargo.csv", "general", "changed", "reefer", "False", "True"),
        ),
        (
            "sources",
            "source_id,title\nsurvey,Survey",
            "source_id,title\nsurvey,A survey",
            RowChange("sources.csv", "survey", "changed", "title", "Survey", "A survey"),
        ),
    ],
)
def test_every_file_of_a_folder_is_compared(card, old, new, change):
    before, after = tiny_network(EDGES, **{card: old}), tiny_network(EDGES, **{card: new})
    assert diff_rows(before, after)[0] == change


SLOW = tiny_network("""
    edge_id, from_node, to_node, mode, distance_km, time_h
    train,   kz-alma,   kz-bora, rail, 100,         20
""")
SLOWER = tiny_network("""
    edge_id, from_node, to_node, mode, distance_km, time_h
    train,   kz-alma,   kz-bora, rail, 150,         30
""")
BY_TRUCK = tiny_network("""
    edge_id, from_node, to_node, mode, distance_km, time_h
    train,   kz-alma,   kz-bora, rail, 100,         20
    truck,   kz-alma,   kz-bora, road, 30,          1
""")
JOURNEY = (Question("kz-alma", "kz-bora"),)


def test_a_journey_over_the_same_edges_shows_both_totals():
    (change,) = diff_journeys(SLOW, SLOWER, JOURNEY)
    assert change.same_way
    assert (change.old.time_h, change.new.time_h) == (20, 30)
    assert (change.old.cost_usd, change.new.cost_usd) == (100, 150)


def test_a_journey_that_takes_another_way_is_told_apart():
    (change,) = diff_journeys(SLOW, BY_TRUCK, JOURNEY)
    assert not change.same_way
    assert (change.old.cost_usd, change.new.cost_usd) == (100, 60)


def test_a_place_unknown_to_one_version_has_no_way_there():
    question = Question("kz-bora", "az-caro")
    (change,) = diff_journeys(SLOW, BASE, [question])
    assert (change.old, change.new.distance_km, change.same_way) == (None, 200, False)
    (change,) = diff_journeys(BASE, SLOW, [question])
    assert (change.old.distance_km, change.new, change.same_way) == (200, None, False)


def test_a_journey_with_no_way_in_either_version_is_not_the_same_way():
    (change,) = diff_journeys(SLOW, SLOWER, [Question("kz-alma", "rs-nowhere")])
    assert (change.old, change.new, change.same_way) == (None, None, False)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        (Question("a", "b"), "a - b"),
        (Question("a", "b", load="500kg"), "a - b (500kg)"),
        (Question("a", "b", via=("c", "d"), modes="road"), "a - b (c, d, road)"),
    ],
)
def test_a_journey_is_named_by_its_ends_and_limits(question, name):
    (change,) = diff_journeys(SLOW, SLOWER, [question])
    assert change.name == name


def test_the_reference_journeys_can_be_asked_of_our_own_data_and_have_names_of_their_own(real):
    for question in REFERENCE:
        assert read_question(real, question).origin == question.origin
    names = [change.name for change in diff_journeys(SLOW, SLOW)]
    assert len(set(names)) == len(REFERENCE)
