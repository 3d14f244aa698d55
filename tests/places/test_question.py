"""A question as text becomes a request, or is refused with what to do."""

from __future__ import annotations

from datetime import date

import pytest
from tiny import request, tiny_network

from routeplan.errors import AmbiguousPlaceError, RequestError, UnknownPlaceError
from routeplan.network.vocabulary import Mode
from routeplan.places.avoidance import read_avoidance
from routeplan.places.index import PlaceIndex
from routeplan.scenario.request import Avoidance, Criterion, Policy

NODES = """
    node_id,   name,        country, kind,    city_id
    kz-port,   Port,        KZ,      city
    kz-dock,   Dock,        KZ,      seaport, kz-port
    rail,      Rail,        KZ
    fr-paris,  Paris,       FR
    ru-omsk,   Omsk,        RU
    cn-twin,   Twin,        CN
    kz-twin,   Twin,        KZ
"""
EDGES = """
    edge_id, from_node, to_node, mode, distance_km, corridor
    E1,      kz-alma,   kz-dock, rail, 100,         TITR
    e2,      kz-dock,   az-bora, sea,  200,         titr-sea
"""
NETWORK = tiny_network(EDGES, nodes=NODES)


def test_what_is_not_said_takes_its_default():
    asked = request(NETWORK, "Alma", "Bora")
    assert (asked.origin, asked.destination) == ("kz-alma", "az-bora")
    assert (asked.via, asked.modes, asked.avoid) == ((), frozenset(), Avoidance())
    assert (asked.policy, asked.criterion) == (Policy.SANCTIONS, Criterion.BALANCED)
    assert (asked.depart, asked.alternatives.k) == (None, None)
    assert (asked.deadline_h, asked.draws) == (None, 2500)
    assert (asked.shipment.text, asked.shipment.cargo.cargo_id) == ("1xFEU", "general")


def test_everything_said_is_understood():
    asked = request(
        NETWORK,
        "Alma",
        "Bora",
        via=("Port", "kz-dock"),
        modes="Rail+SEA",
        avoid=("RU",),
        policy="NONE",
        cargo="fish",
        load="500kg",
        value_usd=12.5,
        depart="2026-12-01T08:30",
        by="Time",
        k=7,
        deadline="2026-12-24",
        draws=10_000,
    )
    assert (asked.deadline_h, asked.draws) == (23 * 24, 10_000)
    assert asked.via == ("kz-port", "kz-dock")
    assert asked.modes == {Mode.RAIL, Mode.SEA}
    assert asked.avoided_countries == {"RU"}
    assert (asked.policy, asked.criterion) == (Policy.NONE, Criterion.TIME)
    assert (asked.depart, asked.alternatives.k) == (date(2026, 12, 1), 7)
    assert (asked.shipment.text, asked.shipment.value_usd) == ("500kg", 12.5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KZ", {"countries": {"KZ"}}),
        ("kazakhstan", {"countries": {"KZ"}}),
        ("FR", {"countries": {"FR"}}),
        ("country:fr", {"countries": {"FR"}}),
        ("Country: FR", {"countries": {"FR"}}),
        ("sea", {"modes": {Mode.SEA}}),
        ("SEA", {"modes": {Mode.SEA}}),
        ("rail", {"modes": {Mode.RAIL}}),
        ("node:rail", {"nodes": {"rail"}}),
        ("Dock", {"nodes": {"kz-dock"}}),
        ("E1", {"edges": {"E1"}}),
        ("edge:e2", {"edges": {"e2"}}),
        ("TITR", {"corridors": {"TITR"}}),
        ("titr", {"corridors": {"TITR"}}),
        ("corridor:Titr-Sea", {"corridors": {"titr-sea"}}),
        ("KZ, Dock,, E1", {"countries": {"KZ"}, "nodes": {"kz-dock"}, "edges": {"E1"}}),
        ("", {}),
        (" , ", {}),
    ],
)
def test_what_to_avoid_is_told_by_its_name(text, expected):
    found = read_avoidance(NETWORK, PlaceIndex(NETWORK), [text])
    assert found == Avoidance(**{kind: frozenset(names) for kind, names in expected.items()})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("country:XX", 'no country is called "XX"'),
        ("edge:E11", 'no edge is called "E11". Did you mean E1?'),
        ("corridor:tit", 'no corridor is called "tit".'),
        ("mode:sae", 'no mode is called "sae". Did you mean sea?'),
        ("node:Dokc", 'unknown place "Dokc". Did you mean Dock'),
        ("node:", 'unknown place ""'),
        ("Nowhere", 'unknown place "Nowhere"'),
        ("Twin", '"Twin" may be Twin (cn-twin, China) or Twin (kz-twin, Kazakhstan)'),
    ],
)
def test_what_to_avoid_and_is_unknown_is_refused(text, said):
    with pytest.raises(RequestError) as error:
        read_avoidance(NETWORK, PlaceIndex(NETWORK), [text])
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"k": 0}, "-k 0 is out of range. Ask for 1 to 50 answers."),
        ({"k": -1}, "-k -1 is out of range."),
        ({"k": 51}, "-k 51 is out of range."),
        ({"by": "beauty"}, 'unknown criterion "beauty". Choose one of balanced, time, cost, co2'),
        ({"policy": "open"}, 'unknown policy "open". Choose one of sanctions, none, eu-strict'),
        ({"modes": "rail,horse"}, 'unknown mode "horse". Modes are rail, road, sea'),
        ({"modes": " , "}, 'unknown mode ""'),
        ({"depart": "1 December"}, 'cannot read the date "1 December". Write it as 2026-12-01.'),
        ({"depart": "2026-02-30"}, 'cannot read the date "2026-02-30".'),
        ({"modes": "rail", "avoid": ("rail",)}, "no mode is left"),
        ({"avoid": ("KZ",)}, "Alma (kz-alma, Kazakhstan) lies in Kazakhstan, which is kept out"),
        ({"avoid": ("AZ",)}, "Bora (az-bora, Azerbaijan) lies in Azerbaijan, which is kept out"),
        ({"avoid": ("Alma",)}, "Alma (kz-alma, Kazakhstan) is asked for and avoided at once."),
        ({"via": ("Dock",), "avoid": ("Dock",)}, "Dock (kz-dock, Kazakhstan) is asked for and"),
        ({"via": ("Dock",), "avoid": ("Port",)}, "Dock (kz-dock, Kazakhstan) is asked for and"),
        ({"via": ("Paris",), "avoid": ("FR",)}, "lies in FR, which is kept out (--avoid says so"),
        ({"via": ("Omsk",)}, "lies in Russia, which is kept out (--policy none lifts it)."),
    ],
)
def test_what_makes_no_sense_or_contradicts_itself_is_refused(options, said):
    with pytest.raises(RequestError) as error:
        request(NETWORK, "Alma", "Bora", **options)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("origin", "destination", "kind"),
    [
        ("Nowhere", "Bora", UnknownPlaceError),
        ("Alma", "Nowhere", UnknownPlaceError),
        ("Twin", "Bora", AmbiguousPlaceError),
        ("Alma", "Alma", RequestError),
        ("Alma", "kz-alma", RequestError),
        ("", "Bora", UnknownPlaceError),
    ],
)
def test_ends_that_cannot_be_told_are_refused(origin, destination, kind):
    with pytest.raises(kind):
        request(NETWORK, origin, destination)


def test_a_via_place_that_cannot_be_told_is_refused():
    with pytest.raises(UnknownPlaceError):
        request(NETWORK, "Alma", "Bora", via=("Nowhere",))


def test_a_terminal_of_a_city_may_be_avoided_on_the_way_through_the_city():
    asked = request(NETWORK, "Alma", "Bora", via=("Port",), avoid=("Dock",))
    assert (asked.via, asked.avoid.nodes) == (("kz-port",), {"kz-dock"})


def test_a_sanctioned_place_is_reached_when_the_policy_allows_it():
    assert request(NETWORK, "Alma", "Omsk", policy="none").destination == "ru-omsk"


@pytest.mark.parametrize(
    ("modes", "expected"),
    [
        ("rail", {Mode.RAIL}),
        ("rail,", {Mode.RAIL}),
        (" rail , sea ", {Mode.RAIL, Mode.SEA}),
        ("rail+sea air", {Mode.RAIL, Mode.SEA, Mode.AIR}),
    ],
)
def test_modes_are_listed_with_commas_spaces_or_plus_signs(modes, expected):
    assert request(NETWORK, "Alma", "Bora", modes=modes).modes == expected
