"""The answer in three sentences, and the numbers in it."""

# ruff: noqa: RUF001 - the minus of differences is one

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import ask, tiny_network

from routeplan.analysis.effects import find_effects
from routeplan.language import Language, speaking
from routeplan.render.report.answer import answer_sentences, load_text
from routeplan.render.report.rounded import (
    about_mass,
    about_money,
    signed,
    signed_days,
    signed_money,
    significant,
    whole_days,
)
from routeplan.scenario.table import ScenarioTable

# A - B: by rail 240 km in 24 h (and a gauge change on the way), or by road 480 km in 24 h
EDGES = """
    edge_id, from_node, to_node, mode, distance_km
    rail-ab, kz-a,         kz-b,       rail, 2400
    road-ab, kz-a,         kz-b,       road, 2400
"""


@pytest.fixture
def network():
    return tiny_network(EDGES)


def test_the_first_sentence_is_the_first_way_in_plain_words(network):
    first, *_ = answer_sentences(ask(network, "kz-a", "kz-b", by="cost"))
    assert first == (
        "Cheapest: by train to B; 1 x 40-foot container (20 t) takes about 10 days door to door, "
        "in 8 cases of 10 between 10 and 10, costs about 2 400 USD and emits about 480 kg of CO2e."
    )


def test_a_deadline_is_part_of_the_first_sentence(network):
    first, *_ = answer_sentences(ask(network, "kz-a", "kz-b", by="cost", deadline="11d"))
    assert first.endswith("; the deadline of 11 d is kept with a chance of >99%.")


def test_the_second_sentence_names_other_ways_or_that_there_is_none(network):
    plan = ask(network, "kz-a", "kz-b", by="cost")
    assert "about 5.0 days for 4 800 USD (truck)" in answer_sentences(plan)[1].replace(
        "about 5 days", "about 5.0 days"
    )
    alone = replace(plan, itineraries=plan.itineraries[:1])
    assert answer_sentences(alone)[1] == "No other way differs enough to be listed."


def test_the_third_sentence_names_what_helps_and_what_hurts(network):
    plan = ask(network, "kz-a", "kz-b", by="cost")
    rows = [
        {"scenario_id": "x", "title": "Rail is cheaper", "changes": "mode:rail cost*=0.5"},
        {"scenario_id": "y", "title": "Rail is dearer", "changes": "mode:rail cost*=1.5"},
        {"scenario_id": "z", "title": "Fish", "changes": "mode:rail cost*=9", "cargo": "fish"},
    ]
    defaults = {"origin": "kz-a", "destination": "kz-b", "by": "cost"}
    effects = find_effects(network, plan, ScenarioTable(rows, defaults=defaults))
    third = answer_sentences(plan, effects)[2]
    assert third.startswith(
        "Of 2 changes tried, helps most: “Rail is cheaper” (0 days, −1 200 USD); hurts most: “Rail "
        "is dearer” (0 days, +1 200 USD); "
    )
    assert "Fish" not in third
    assert third.endswith("so this is an estimate to plan by, not an offer.")


def test_a_way_that_is_lost_hurts_most(network):
    plan = ask(network, "kz-a", "kz-b", by="cost")
    rows = [{"scenario_id": "shut", "changes": "close edge:*-ab"}]
    defaults = {"origin": "kz-a", "destination": "kz-b", "by": "cost"}
    effects = find_effects(network, plan, ScenarioTable(rows, defaults=defaults))
    assert "hurts most: “shut” (no way is left)" in answer_sentences(plan, effects)[2]


def test_without_what_ifs_it_names_what_makes_the_time_uncertain(real):
    third = answer_sentences(ask(real, "Astana", "Belgrade"))[2]
    assert re.match(r"What makes the time most uncertain: .+ \(\d+% of the spread\); \d+%", third)


def test_there_are_three_sentences_in_every_language(real):
    plan = ask(real, "Astana", "Belgrade")
    told = set()
    for language in Language:
        with speaking(language):
            sentences = answer_sentences(plan)
        assert len(sentences) == 3
        assert "{" not in "".join(sentences)
        told.add(sentences[0])
    assert len(told) == len(Language)


@pytest.mark.parametrize(
    ("load", "text"),
    [
        ("1xFEU", "1 x 40-foot container (20 t)"),
        ("2xTEU", "2 x 20-foot container (20 t)"),
        ("1xtruck", "1 x full truck (20 t)"),
        ("500kg", "500 kg"),
        ("12t", "12 t"),
    ],
)
def test_a_load_is_said_in_words(network, load, text):
    assert load_text(ask(network, "kz-a", "kz-b", load=load).request.shipment) == text


@given(st.floats(-1e9, 1e9), st.integers(1, 5))
def test_rounding_to_digits_stays_within_half_a_digit(value, digits):
    rounded = significant(value, digits)
    assert abs(rounded - value) <= abs(value) * 0.5 * 10 ** (1 - digits) * (1 + 1e-9)


@given(st.floats(-1e7, 1e7))
def test_a_sign_is_that_of_the_number_and_nothing_has_none(value):
    text = signed(value, 1)
    number = float(text.replace("−", "-").replace(" ", ""))
    assert abs(number - value) <= 0.05 + 1e-6
    assert (text == "0") == (number == 0)
    assert number == 0 or text[0] == ("+" if value > 0 else "−")


def test_numbers_are_said_as_exactly_as_they_are_known():
    assert [whole_days(h) for h in (578, 96, 20)] == ["24", "4.0", "0.8"]
    assert [about_money(v) for v in (7242, 130_164, 5.678, 0)] == ["7 200", "130 000", "5.70", "0"]
    assert [about_mass(kg) for kg in (850.4, 3037, 67_635)] == ["850 kg", "3.0 t", "68 t"]
    assert [signed_days(h) for h in (60, -60, 0.1)] == ["+2.5", "−2.5", "0"]
    assert [signed_money(v) for v in (1078, -122_921)] == ["+1 080", "−123 000"]
    assert math.isinf(significant(math.inf))
