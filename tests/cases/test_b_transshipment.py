"""B: handling between modes, at the ends and on the way."""

from __future__ import annotations

import pytest
from tiny import ask, best, line, tiny_network

from routeplan.errors import NoRouteError

PORT = """
    from_node, to_node, mode, to_mode, distance_km
    kz-alma,   kz-bora, rail, ,        100
    kz-bora,   kz-bora, rail, sea
    kz-bora,   az-caro, sea,  ,        200
"""


def test_b01_a_change_of_mode_is_handled_once():
    way = best(tiny_network(PORT), "Alma", "Caro")
    assert line(way) == "Alma ~ rail ~ Bora ~ sea ~ Caro [30 h, 300 USD, 120 kg]"
    assert way.totals.transshipments == 1
    assert way.countries == ("KZ", "AZ")


def test_b02_the_way_back_is_handled_by_the_same_card():
    way = best(tiny_network(PORT), "Caro", "Alma")
    assert line(way) == "Caro ~ sea ~ Bora ~ rail ~ Alma [30 h, 300 USD, 120 kg]"


def test_b03_without_a_transshipment_modes_do_not_join():
    network = tiny_network("""
        from_node, to_node, mode, distance_km
        kz-alma,   kz-bora, rail, 100
        kz-bora,   az-caro, sea,  200
    """)
    with pytest.raises(NoRouteError):
        ask(network, "Alma", "Caro")


def test_b04_a_box_is_loaded_where_it_starts_and_unloaded_where_it_ends():
    network = tiny_network("""
        from_node, to_node, mode, to_mode, distance_km
        kz-alma,   kz-alma, road, rail
        kz-alma,   kz-bora, rail, ,        100
        kz-bora,   kz-bora, road, rail
    """)
    way = best(network, "Alma", "Bora")
    assert line(way) == "Alma ~ rail ~ Bora [30 h, 300 USD, 60 kg]"
    assert way.totals.transshipments == 2


def test_b05_a_train_passes_a_terminal_without_handling():
    network = tiny_network("""
        from_node, to_node, mode, to_mode, distance_km
        kz-alma,   kz-bora, rail, ,        100
        kz-bora,   kz-bora, road, rail
        kz-bora,   kz-caro, rail, ,        100
    """)
    way = best(network, "Alma", "Caro")
    assert line(way) == "Alma ~ rail ~ Caro [20 h, 200 USD, 40 kg]"
    assert way.totals.transshipments == 0


def test_b06_a_city_reaches_its_terminals_by_truck():
    network = tiny_network(
        """
        from_node,    to_node,      kind,   mode, to_mode, distance_km
        kz-alma,      kz-alma-rail, access, road, ,        10
        kz-alma-rail, kz-alma-rail, ,       road, rail
        kz-alma-rail, kz-bora,      ,       rail, ,        100
        """,
        nodes="""
        node_id,      name,      country, kind,          city_id
        kz-alma,      Alma,      KZ,      city
        kz-alma-rail, Alma rail, KZ,      rail_terminal, kz-alma
        """,
    )
    # access 0.5 h, 120 USD, 10 kg; loading 10 h, 100 USD, 20 kg; train 10 h, 100 USD, 20 kg
    assert line(best(network, "Alma", "Bora")) == "Alma ~ rail ~ Bora [20.5 h, 320 USD, 50 kg]"


def test_b07_two_handlings_cost_twice():
    network = tiny_network("""
        from_node, to_node, mode, to_mode, distance_km
        kz-alma,   kz-bora, rail, ,        100
        kz-bora,   kz-bora, rail, sea
        kz-bora,   az-caro, sea,  ,        200
        az-caro,   az-caro, sea,  barge
        az-caro,   az-dora, barge,,        100
    """)
    way = best(network, "Alma", "Dora")
    assert line(way) == "Alma ~ rail ~ Bora ~ sea ~ Caro ~ barge ~ Dora [60 h, 425 USD, 200 kg]"
    assert way.totals.transshipments == 2


def test_b08_a_directed_transshipment_loads_and_does_not_unload():
    network = tiny_network("""
        from_node, to_node, mode, to_mode, directed, distance_km
        kz-alma,   kz-bora, rail, ,        no,       100
        kz-bora,   kz-bora, rail, sea,     yes
        kz-bora,   az-caro, sea,  ,        no,       200
    """)
    assert best(network, "Alma", "Caro").totals.transshipments == 1
    with pytest.raises(NoRouteError):
        ask(network, "Caro", "Alma")


def test_b09_staying_on_the_truck_beats_a_short_ride_by_rail():
    network = tiny_network("""
        from_node, to_node, mode, to_mode, distance_km
        kz-alma,   kz-bora, road, ,        100
        kz-bora,   kz-bora, road, rail
        kz-bora,   kz-caro, rail, ,        100
        kz-bora,   kz-caro, road, ,        100
        kz-caro,   kz-caro, road, rail
    """)
    # rail from Bora: 30 h and 300 USD with both handlings; truck: 5 h and 200 USD
    assert line(best(network, "Alma", "Caro")) == "Alma ~ truck ~ Caro [10 h, 400 USD, 200 kg]"


def test_b10_a_junction_that_trains_only_pass_is_a_place_to_start_on_the_train():
    network = tiny_network("""
        from_node, to_node, mode, distance_km
        kz-alma,   kz-bora, rail, 100
        kz-bora,   kz-caro, road, 100
    """)
    assert line(best(network, "Bora", "Alma")) == "Bora ~ rail ~ Alma [10 h, 100 USD, 20 kg]"


RELAY = """
    edge_id, from_node, to_node, mode, to_mode, directed, distance_km, time_h, cost_usd_per_feu
    truck,   kz-alma,   kz-port, road, ,        no,       100,         5,      200
    load,    kz-port,   kz-port, road, sea,     no,       ,            10,     50
    hoist,   kz-port,   kz-port, sea,  sea,     yes,      ,            8,      15
    train,   kz-port,   kz-caro, rail, ,        no,       100,         10,     100
    lift,    kz-port,   kz-port, road, rail,    no,       ,            10,     100
    swing,   kz-port,   kz-port, rail, sea,     no,       ,            10,     10
    feeder,  az-dora,   kz-port, sea,  ,        no,       200,         10,     100
    liner,   kz-port,   rs-bora, sea,  ,        no,       200,         10,     100
"""


@pytest.mark.parametrize(
    ("origin", "destination", "edges", "hours"),
    [
        ("Dora", "Bora", ["feeder", "hoist", "liner"], 28),
        ("Bora", "Dora", ["liner", "hoist", "feeder"], 28),
        ("Alma", "Bora", ["truck", "load", "liner"], 25),
        ("Bora", "Alma", ["liner", "load", "truck"], 25),
        ("Caro", "Bora", ["train", "swing", "liner"], 30),
        ("Bora", "Caro", ["liner", "swing", "train"], 30),
        ("Port", "Bora", ["load", "liner"], 20),
        ("Bora", "Port", ["liner", "load"], 20),
        ("Caro", "Port", ["train", "lift"], 20),
        ("Port", "Caro", ["lift", "train"], 20),
    ],
)
@pytest.mark.parametrize("by", ["cost", "time"])
def test_b11_from_ship_to_ship_a_box_is_lifted_over_where_a_row_says_so(
    origin, destination, edges, hours, by
):
    way = best(tiny_network(RELAY), origin, destination, by=by)
    assert [leg.edge.edge_id for leg in way.legs] == edges
    assert way.totals.time_h == hours


def test_b12_without_such_a_row_a_ship_sails_through():
    network = tiny_network("\n".join(row for row in RELAY.splitlines() if "hoist" not in row))
    way = best(network, "Dora", "Bora")
    assert [leg.edge.edge_id for leg in way.legs] == ["feeder", "liner"]
