"""What a link touches of what a policy or --avoid names: one rule for search, list and reasons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import ask, request, tiny_network

from routeplan.errors import NoRouteError
from routeplan.graph.bars import Bar, BarKind, bars_of, usable_edges
from routeplan.scenario.kept_out import find_kept_out
from routeplan.scenario.policy import AVOID_KINDS
from routeplan.scenario.touching import Operators, Touching, operator_names

NODES = """
    node_id,  name, country, kind,    city_id, lat, lon
    tm-port,  Port, TM,      city,    ,        40,  53
    tm-quay,  Quay, TM,      seaport, tm-port, 40,  53.1
"""
EDGES = """
    edge_id, from_node, to_node, kind,   mode, distance_km, operator,    corridor, passages
    train,   kz-alma,   kz-bora, ,       rail, 100,         KTZ|ASCO,    north
    river,   kz-alma,   tm-quay, ,       sea,  100,         Line,        ,         volga-don|bosporus
    landing, tm-quay,   tm-port, access, road, 5,           ,            south
"""  # noqa: E501 - a table
NETWORK = tiny_network(EDGES, NODES)


def asked(tmp_path, policy: str = "", **options: object):
    """Ask with a policy file of these lines."""
    if policy:
        path = tmp_path / "ours.toml"
        path.write_text(policy, "utf-8")
        options["policy"] = str(path)
    else:
        options["policy"] = "none"
    return request(NETWORK, "Alma", "Bora", **options)


@pytest.mark.parametrize(
    ("kind", "edge_id", "expected"),
    [
        ("countries", "train", {"KZ"}),
        ("countries", "river", {"KZ", "TM", "RU"}),
        ("nodes", "river", {"kz-alma", "tm-quay", "tm-port"}),
        ("edges", "river", {"river"}),
        ("corridors", "train", {"north"}),
        ("corridors", "river", set()),
        ("passages", "river", {"volga-don", "bosporus"}),
        ("modes", "train", {"rail"}),
        ("modes", "landing", set()),
        ("operators", "train", set()),
    ],
)
def test_a_link_touches_its_ends_their_cities_and_what_it_passes(tmp_path, kind, edge_id, expected):
    touching = Touching(NETWORK, asked(tmp_path))
    assert set(touching.names(kind, NETWORK.edges[edge_id])) == expected


@pytest.mark.parametrize("kind", AVOID_KINDS)
def test_every_kind_a_policy_names_can_be_asked_of_every_link(tmp_path, kind):
    touching = Touching(NETWORK, asked(tmp_path))
    assert all("nowhere" not in touching.names(kind, edge) for edge in NETWORK.edges.values())


@pytest.mark.parametrize(
    ("operator", "avoided", "shut"),
    [
        ("ASCO", ("asco",), ("asco",)),
        ("Kazmortransflot|ASCO", ("ASCO",), ()),
        ("Kazmortransflot|ASCO", ("ASCO", "Kazmortransflot"), ("ASCO", "Kazmortransflot")),
        ("ADY Container / ASCO / GR Logistics", ("ASCO", "ADY Container"), ()),
        ("Air Astana and AZAL", ("AZAL", "Air Astana"), ("AZAL", "Air Astana")),
        ("AZAL or Air Astana", ("AZAL",), ()),
        ("AZAL or Air Astana", ("AZAL", "Air Astana"), ("AZAL", "Air Astana")),
        ("ships, mostly one flag", ("ships, mostly one flag",), ("ships, mostly one flag",)),
        ("", ("ASCO",), ()),
    ],
)
def test_an_operator_shuts_a_link_only_where_no_other_serves_it(operator, avoided, shut):
    assert set(Operators(avoided).shut(operator)) == set(shut)


@given(st.lists(st.sampled_from(["ASCO", "AZAL", "MSC", "KTZ"]), min_size=1, max_size=4))
def test_parting_operators_gives_back_what_was_joined(names):
    assert operator_names(" / ".join(names)) == names
    assert operator_names("|".join(names)) == names


def test_a_link_of_two_operators_is_shut_where_the_policy_and_the_question_take_one_each(tmp_path):
    of_both = asked(tmp_path, '[avoid.operators]\nKTZ = "why"', avoid=("operator:ASCO",))
    train = NETWORK.edges["train"]
    assert "train" not in usable_edges(NETWORK, of_both)
    assert bars_of(NETWORK, of_both)(train) == (Bar(BarKind.AVOID_OPERATOR, "ASCO"),)
    assert {kept.name: kept.links for kept in find_kept_out(NETWORK, of_both)} == {
        "KTZ": 1,
        "ASCO": 1,
        "suez": 0,
        "volga-don": 1,
    }
    by_policy = asked(tmp_path, '[avoid.operators]\nKTZ = "why"\nASCO = "why"')
    assert bars_of(NETWORK, by_policy)(train) == (Bar(BarKind.POLICY),)


def test_a_country_keeps_its_inland_waters_out_and_counts_their_links(tmp_path):
    avoided = asked(tmp_path, avoid=("RU",), allow=("volga-don",))
    assert "river" not in usable_edges(NETWORK, avoided)
    counted = {(kept.kind, kept.name): kept.links for kept in find_kept_out(NETWORK, avoided)}
    assert counted["countries", "RU"] == 1


def test_a_city_that_a_policy_keeps_out_is_named_where_its_terminal_would_be_passed(tmp_path):
    policy = '[avoid.nodes]\ntm-port = "We have nobody there."\n[allow.passages]\nvolga-don = "ok"'
    path = tmp_path / "ours.toml"
    path.write_text(policy, "utf-8")
    with pytest.raises(NoRouteError, match="--policy none, letting in node tm-port"):
        ask(LONG, "Alma", "Bora", policy=str(path))


LONG = tiny_network(
    """
    edge_id, from_node, to_node, mode, distance_km, passages
    east,    kz-alma,   tm-quay, road, 100
    west,    tm-quay,   rs-bora, road, 100
    """,
    NODES,
)


KEEP_OUT = [
    ('[avoid.nodes]\ntm-port = "w"', ()),
    ('[avoid.countries]\nRU = "w"', ("TM",)),
    ('[avoid.operators]\nKTZ = "w"\n[avoid.modes]\nsea = "w"', ("operator:ASCO", "road")),
    ('[avoid.passages]\nbosporus = "w"', ("volga-don", "north")),
    ("", ("edge:train", "Port", "corridor:south")),
    ("", ()),
]


@pytest.mark.parametrize(("policy", "avoid"), KEEP_OUT)
def test_a_link_is_shut_if_and_only_if_something_on_the_list_touches_it(tmp_path, policy, avoid):
    """The search, the reasons of a link and the list of what was kept out tell the same."""
    keeps = asked(tmp_path, policy, avoid=avoid)
    touching, bars_on = Touching(NETWORK, keeps), bars_of(NETWORK, keeps)
    listed = [(kept.kind, kept.name, kept.links) for kept in find_kept_out(NETWORK, keeps)]
    touched = {
        (kind, name): {
            edge_id for edge_id, e in NETWORK.edges.items() if name in touching.names(kind, e)
        }
        for kind, name, _ in listed
    }
    assert {(kind, name, len(found)) for (kind, name), found in touched.items()} == set(listed)
    shut = set().union(*touched.values())
    assert usable_edges(NETWORK, keeps) == NETWORK.edges.keys() - shut
    assert {edge_id for edge_id, edge in NETWORK.edges.items() if bars_on(edge)} == shut
