"""What a request keeps out and lets in."""

from __future__ import annotations

from datetime import date

import pytest

from routeplan.errors import RequestError
from routeplan.network.records import Cargo
from routeplan.network.vocabulary import Mode, Unit
from routeplan.scenario.policy import PolicyEntry, PolicyProfile
from routeplan.scenario.request import (
    POLICY_COUNTRIES,
    Avoidance,
    Policy,
    RouteRequest,
    read_day,
    read_hs,
    read_modes,
)
from routeplan.scenario.shipment import Shipment

BOX = Shipment(Cargo(cargo_id="general"), 1, Unit.FEU, 20)


def test_the_policy_s_countries_are_kept_out_beside_the_ones_named():
    asked = RouteRequest("a", "b", BOX, avoid=Avoidance(countries=frozenset({"TR"})))
    assert asked.avoided_countries == {"TR", "RU", "BY", "IR"}


def test_without_a_policy_only_the_named_countries_are_kept_out():
    asked = RouteRequest("a", "b", BOX, policy=Policy.NONE)
    assert asked.avoided_countries == frozenset()
    assert set(POLICY_COUNTRIES) == set(Policy)


@pytest.mark.parametrize("policy", Policy)
def test_the_profile_of_a_policy_keeps_the_same_countries_out_and_says_why(policy):
    profile = RouteRequest("a", "b", BOX, policy=policy).profile
    assert tuple(e.name for e in profile.avoid) == POLICY_COUNTRIES[policy]
    assert all(e.reason and e.source for e in profile.avoid)


def test_a_policy_of_a_file_keeps_out_and_lets_in_beside_what_is_asked():
    entries = [
        PolicyEntry(kind, name, "why")
        for kind, name in (("countries", "TM"), ("passages", "bosporus"), ("modes", "air"))
    ]
    profile = PolicyProfile(
        "ours", avoid=tuple(entries), allow=(PolicyEntry("passages", "suez", "w"),)
    )
    asked = RouteRequest(
        "a", "b", BOX, policy=profile, avoid=Avoidance(countries=frozenset({"TR"}))
    )
    assert asked.profile is profile
    assert asked.avoided_countries == {"TM", "TR"}
    assert asked.closed_passages == {"volga-don"}
    assert asked.kept_by_policy("passages") == {"bosporus"}
    assert asked.linehaul_modes == frozenset(Mode) - {Mode.AIR}


@pytest.mark.parametrize(("text", "digits"), [("0710", "0710"), ("8461.50", "846150"), ("", "")])
def test_a_code_of_the_harmonized_system_is_read_with_or_without_dots(text, digits):
    assert read_hs(text) == digits


@pytest.mark.parametrize("text", ["7", "ore", "12345678901", "72-81", "٧٢"])
def test_what_is_no_code_of_the_harmonized_system_is_refused(text):
    with pytest.raises(RequestError, match="cannot read the HS code"):
        read_hs(text)


def test_all_modes_are_allowed_but_the_avoided_ones():
    asked = RouteRequest("a", "b", BOX, avoid=Avoidance(modes=frozenset({Mode.AIR})))
    assert asked.linehaul_modes == frozenset(Mode) - {Mode.AIR}


def test_avoided_modes_are_taken_from_the_ones_asked_for():
    asked = RouteRequest(
        "a",
        "b",
        BOX,
        modes=frozenset({Mode.RAIL, Mode.SEA}),
        avoid=Avoidance(modes=frozenset({Mode.SEA})),
    )
    assert asked.linehaul_modes == {Mode.RAIL}


@pytest.mark.parametrize("text", ["2026-12-01", "20261201", "2026-12-01T23:59", "2026-W49-2"])
def test_a_day_is_read_from_any_iso_form(text):
    assert read_day(text) == date(2026, 12, 1)


@pytest.mark.parametrize("text", ["", "soon", "01.12.2026", "2026-13-01", "2026-12", "12/01/2026"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(RequestError, match="Write it as 2026-12-01"):
        read_day(text)


@pytest.mark.parametrize("text", ["", "train", "rail;sea", "rail/sea"])
def test_what_is_no_mode_is_refused(text):
    with pytest.raises(RequestError, match="unknown mode"):
        read_modes(text)
