"""I: the ocean: relays from ship to ship, canals, and a river way that is shut unless allowed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tiny import ask, best, line, tiny_network

from routeplan.errors import NoRouteError
from routeplan.network.vocabulary import EdgeKind

FEEDER = """
    edge_id, from_node, to_node, mode, to_mode, distance_km
    feeder,  kz-alma,   az-hub,  {0},  ,        480
    liner,   az-hub,    rs-bora, {0},  ,        960
"""
RELAY = """
    relay,   az-hub,    az-hub,  {0},  {0}
"""
HANDLING = {
    "times": """
        time_id, kind,      mode, to_mode, km_per_day, time_h, wait_h
        sea,     move,      sea,  ,        480
        air,     move,      air,  ,        12000
        lift,    transship, sea,  sea,     ,           10,     72
        carry,   transship, air,  air,     ,           5,      12
    """,
    "rates": """
        rate_id, kind,      mode, to_mode, unit, usd_fixed, usd_per_km, price_year
        sea,     move,      sea,  ,        feu,  ,          0.5,        2025
        air,     move,      air,  ,        kg,   ,          0.01,       2025
        lift,    transship, sea,  sea,     feu,  150,       ,           2025
        carry,   transship, air,  air,     kg,   0.1,       ,           2025
    """,
    "emissions": """
        factor_id, kind,      mode, to_mode, gco2e_per_tkm_wtw, kgco2e_per_t_wtw
        sea,       move,      sea,  ,        20
        air,       move,      air,  ,        500
        lift,      transship, sea,  sea,     ,                  2
        carry,     transship, air,  air,     ,                  3
    """,
}


@pytest.mark.parametrize(
    ("mode", "through", "relayed"),
    [
        # ships 24 h + 48 h, 240 + 480 USD, 192 + 384 kg; the relay 82 h, 150 USD, 40 kg
        ("sea", "[72 h, 720 USD, 576 kg]", "[154 h, 870 USD, 616 kg]"),
        # flights 0.96 h + 1.92 h, 288 000 USD, 14 400 kg; the relay 17 h, 2 000 USD, 60 kg
        ("air", "[2.88 h, 288000 USD, 14400 kg]", "[19.88 h, 290000 USD, 14460 kg]"),
    ],
)
def test_i01_a_relay_costs_its_row_and_without_a_row_nothing(mode, through, relayed):
    edges = FEEDER.format(mode)
    way = best(tiny_network(edges, **HANDLING), "Alma", "Bora")
    assert line(way).endswith(through)
    assert way.totals.transshipments == 0
    way = best(tiny_network(edges + RELAY.format(mode).strip("\n"), **HANDLING), "Alma", "Bora")
    assert line(way).endswith(relayed)
    assert way.totals.transshipments == 1


def test_i02_a_relay_at_one_port_is_none_of_the_business_of_another():
    edges = FEEDER.format("sea") + "    onward,  rs-bora,   hr-caro, sea,  ,        480\n"
    network = tiny_network(edges + RELAY.format("sea").strip("\n"), **HANDLING)
    # from the hub on: 48 h + 24 h, Bora is sailed through
    assert best(network, "Hub", "Caro").totals.time_h == 72
    assert best(network, "Alma", "Caro").totals.time_h == 24 + 82 + 72


OCEAN = """
    edge_id, from_node, to_node, mode, distance_km, passages
    canal,   cn-alma,   nl-bora, sea,  19000,       malacca|suez
    cape,    cn-alma,   nl-bora, sea,  26000,       malacca|cape
"""


@pytest.mark.parametrize(
    ("avoid", "edge"),
    [((), "canal"), (("suez",), "cape"), (("passage:SUEZ",), "cape"), (("cape",), "canal")],
)
def test_i03_who_avoids_the_canal_goes_by_the_cape(avoid, edge):
    way = best(tiny_network(OCEAN), "Alma", "Bora", avoid=avoid, allow=("suez",))
    assert [leg.edge.edge_id for leg in way.legs] == [edge]


def test_i03_the_canal_is_taken_only_by_who_asks_for_it():
    network = tiny_network(OCEAN)
    assert best(network, "Alma", "Bora").legs[0].edge.edge_id == "cape"
    assert best(network, "Alma", "Bora", allow=("suez",)).legs[0].edge.edge_id == "canal"


def test_i04_a_passage_every_way_needs_cannot_be_avoided():
    with pytest.raises(NoRouteError, match="There is one without --avoid"):
        ask(tiny_network(OCEAN), "Alma", "Bora", avoid=("malacca",))


def _passages(way) -> set[str]:
    return {name for leg in way.legs for name in leg.edge.passages}


def test_i05_from_shanghai_to_rotterdam_by_the_cape_or_if_allowed_by_suez(real):
    asked = ("cn-shanghai", "nl-rotterdam")
    by_canal = best(real, *asked, modes="sea", allow=("suez",))
    by_cape = best(real, *asked, modes="sea")
    assert {"suez", "bab-el-mandeb"} <= _passages(by_canal)
    assert "cape" in _passages(by_cape)
    assert _passages(by_cape).isdisjoint({"suez", "bab-el-mandeb"})
    assert by_cape.totals.distance_km > by_canal.totals.distance_km + 5000
    assert by_cape.totals.time_h > by_canal.totals.time_h


def test_i06_the_river_way_to_the_caspian_needs_both_leave_and_policy(real):
    asked = ("kz-aktau-port", "ro-constanta-port")
    with pytest.raises(NoRouteError):
        ask(real, *asked, modes="sea")
    with pytest.raises(NoRouteError):
        ask(real, *asked, modes="sea", policy="none")
    with pytest.raises(NoRouteError):
        ask(real, *asked, modes="sea", allow=("volga-don",))
    way = best(real, *asked, modes="sea", allow=("volga-don",), policy="none")
    assert "volga-don" in _passages(way)


def test_i07_in_our_network_no_box_changes_ships_at_a_relay_port_for_nothing(real):
    hubs = {
        edge.from_node
        for edge in real.edges.values()
        if edge.kind is EdgeKind.TRANSSHIP and edge.mode is edge.to_mode
    }
    way = best(real, "cn-shanghai", "ge-poti", modes="sea")
    changes = [
        leg.start.node_id
        for before, leg in pairwise(way.legs)
        if before.kind is leg.kind is EdgeKind.MOVE and before.mode is leg.mode
    ]
    assert way.legs
    assert hubs.isdisjoint(changes)
