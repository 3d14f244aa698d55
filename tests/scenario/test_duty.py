"""Import duties: which row counts, and the amount."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.network.read import load_network
from routeplan.network.vocabulary import WEEKDAYS
from routeplan.scenario.duty import covers_hs, quote_duty
from routeplan.scenario.shipment import read_shipment

NETWORK = load_network()
COUNTRIES = sorted({node.country for node in NETWORK.nodes.values()})


def quote(destination, origin, cargo, value=100_000, freight=5_000):
    shipment = read_shipment(NETWORK, "20t", cargo, value)
    return quote_duty(NETWORK, destination, origin, shipment, freight)


def test_serbia_takes_kazakh_machines_free_with_a_certificate():
    found = quote("RS", "KZ", "machinery")
    assert found.general_usd == pytest.approx(0.1 * 105_000)
    assert found.preferential_usd == 0
    assert found.preference.duty_id == "rs-eaeu"
    assert found.preference.condition


def test_a_specific_part_is_paid_by_the_tonne():
    found = quote("RS", "RO", "frozen_food")
    assert found.general_usd == pytest.approx(0.2 * 105_000 + 145 * 20)
    assert found.preferential_usd == pytest.approx(0.04 * 105_000 + 29 * 20)


def test_the_union_gives_kazakhstan_no_preference_and_says_why():
    found = quote("DE", "KZ", "electronics")
    assert found.general_usd == pytest.approx(0.024 * 105_000)
    assert found.preferential_usd is None
    assert "EPCA" in found.preference.condition


def test_without_a_value_that_of_the_type_of_cargo_counts():
    found = quote("RS", "KZ", "machinery", value=None, freight=0)
    assert found.general_usd == pytest.approx(0.1 * 12_000 * 20)


def hs_quote(destination, origin, cargo, hs):
    shipment = read_shipment(NETWORK, "20t", cargo, 100_000)
    return quote_duty(NETWORK, destination, origin, shipment, 0, hs)


def test_a_code_finds_its_row_whatever_the_cargo_and_leaves_out_rows_of_other_codes():
    assert hs_quote("RS", "KZ", "general", "8461").general.duty_id == "rs-machinery"
    found = hs_quote("RS", "KZ", "machinery", "8429")
    assert (found.general, found.preference.duty_id) == (None, "rs-eaeu")
    assert hs_quote("KZ", "RS", "general", "7202").general.duty_id == "eaeu-critical-raw-materials"
    assert hs_quote("KZ", "RS", "general", "90").general.duty_id == "eaeu-any"


@pytest.mark.parametrize(
    ("told", "hs", "covered"),
    [
        ("846150", "8461", True),
        ("8461", "846150", True),
        ("846150", "846220", False),
        ("72-81", "7202", True),
        ("72-81", "8101", True),
        ("72-81", "82", False),
        ("07-08", "0710", True),
    ],
)
def test_a_row_covers_codes_of_its_line_and_chapters_of_its_range(told, hs, covered):
    assert covers_hs(told, hs) is covered


def test_the_rows_that_ask_for_direct_transport_say_so_in_their_condition():
    for row in NETWORK.duties:
        assert row.direct_transport is ("direct" in row.condition), row.duty_id


@pytest.mark.parametrize("pair", [("RS", "RS"), ("CN", "CN")])
def test_within_a_country_there_is_no_duty(pair):
    assert quote(*pair, "general") is None


@pytest.mark.parametrize("pair", [("DE", "HU"), ("RU", "KZ")])
def test_within_a_union_there_is_no_duty(pair):
    assert quote(*pair, "machinery").preferential_usd == 0


def test_where_nothing_is_known_nothing_is_said():
    found = quote("IR", "CN", "general")
    assert (found.general, found.preference) == (None, None)
    assert (found.general_usd, found.preferential_usd) == (None, None)


@given(
    st.sampled_from(COUNTRIES),
    st.sampled_from(COUNTRIES),
    st.sampled_from(sorted(NETWORK.cargoes)),
    st.floats(0, 1e6),
    st.floats(0, 1e4),
)
def test_a_preference_is_never_dearer_and_more_value_never_cheaper(to, origin, cargo, value, more):
    found = quote(to, origin, cargo, value)
    if found is None or found.general_usd is None:
        return
    assert found.general_usd <= quote(to, origin, cargo, value + more).general_usd
    if found.preferential_usd is not None:
        assert 0 <= found.preferential_usd <= found.general_usd


def test_the_calendars_of_the_cards_lie_in_sane_ranges():
    assert len(NETWORK.duties) >= 40
    assert all(0 <= (row.mfn_rate or 0) <= 1.5 for row in NETWORK.duties)
    assert all(set(c.weekdays) <= set(WEEKDAYS) for c in NETWORK.closures)
