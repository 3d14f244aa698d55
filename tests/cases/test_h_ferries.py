"""H: what rolled onto a ferry rolls off as what it was."""

from __future__ import annotations

import pytest
from tiny import ask, best, line, tiny_network

from routeplan.errors import NoRouteError

TRUCKS = """
    edge_id, from_node, to_node, mode,  to_mode, vehicle, distance_km
    drive,   kz-alma,   kz-port, road,  ,        ,        100
    on,      kz-port,   kz-port, road,  ferry,   truck
    sail,    kz-port,   az-port, ferry, ,        truck,   200
    off,     az-port,   az-port, road,  ferry,   truck
    arrive,  az-port,   az-bora, road,  ,        ,        100
"""
WAGONS = """
    edge_id, from_node, to_node, mode,  to_mode, vehicle, distance_km
    haul,    kz-alma,   kz-port, rail,  ,        ,        100
    roll-on, kz-port,   kz-port, rail,  ferry,   wagon
    boat,    kz-port,   az-port, ferry, ,        wagon,   200
    roll-off,az-port,   az-port, rail,  ferry,   wagon
    ending,  az-port,   az-bora, rail,  ,        ,        100
"""
BOTH = TRUCKS + "\n".join(WAGONS.splitlines()[2:])


def test_h01_a_truck_rides_a_ferry():
    way = best(tiny_network(TRUCKS), "Alma", "Bora")
    # 5 + 4 + 10 + 4 + 5 h; 200 + 50 + 200 + 50 + 200 USD, and 18 h of waiting truck at 10 USD
    # 100 + 20 + 160 + 20 + 100 kg
    assert line(way) == "Alma ~ truck ~ Port ~ ferry ~ Port ~ truck ~ Bora [28 h, 880 USD, 400 kg]"
    assert way.totals.transshipments == 2


def test_h02_wagons_ride_a_ferry_and_nobody_waits_with_them():
    way = best(tiny_network(WAGONS), "Alma", "Bora")
    # 10 + 4 + 10 + 4 + 10 h; 100 + 50 + 200 + 50 + 100 USD; 20 + 20 + 160 + 20 + 20 kg
    assert line(way) == "Alma ~ rail ~ Port ~ ferry ~ Port ~ rail ~ Bora [38 h, 500 USD, 240 kg]"


def mixed(off):
    """Trucks roll on; what rolls off is up to the test."""
    return tiny_network(f"""
        edge_id, from_node, to_node, mode,  to_mode, vehicle, distance_km
        drive,   kz-alma,   kz-port, road,  ,        ,        100
        on,      kz-port,   kz-port, road,  ferry,   truck
        trucks,  kz-port,   az-port, ferry, ,        truck,   200
        wagons,  kz-port,   az-port, ferry, ,        wagon,   200
        {off}
        train,   az-port,   az-bora, rail,  ,        ,        100
    """)


def test_h03_a_truck_does_not_roll_off_as_a_wagon():
    with pytest.raises(NoRouteError):
        ask(mixed("off, az-port, az-port, rail, ferry, wagon"), "Alma", "Bora")


def test_h04_a_truck_rolls_off_and_is_then_loaded_on_a_train():
    network = mixed("""off,   az-port, az-port, road, ferry, truck
        load,    az-port,   az-port, road,  rail""")
    way = best(network, "Alma", "Bora")
    assert [leg.edge.edge_id for leg in way.legs] == [
        "drive",
        "on",
        "trucks",
        "off",
        "load",
        "train",
    ]
    assert way.totals.transshipments == 3


def test_h05_a_ferry_that_takes_both_keeps_them_apart():
    answer = ask(tiny_network(BOTH), "Alma", "Bora")
    assert sorted([leg.edge.edge_id for leg in way.legs] for way in answer.itineraries) == [
        ["drive", "on", "sail", "off", "arrive"],
        ["haul", "roll-on", "boat", "roll-off", "ending"],
    ]


@pytest.mark.parametrize(
    ("modes", "first"),
    [("road", "drive"), ("rail", "haul"), ("road,ferry", "drive"), ("rail,ferry", "haul")],
)
def test_h06_a_ferry_goes_with_what_rolls_onto_it(modes, first):
    way = best(tiny_network(BOTH), "Alma", "Bora", modes=modes)
    assert way.legs[0].edge.edge_id == first
    assert len(way.legs) == 5


def test_h07_without_ferries_neither_goes():
    with pytest.raises(NoRouteError, match="without --avoid"):
        ask(tiny_network(TRUCKS), "Alma", "Bora", modes="road", avoid=("ferry",))


def test_h08_a_ferry_without_a_vehicle_takes_trucks():
    network = tiny_network(TRUCKS.replace("truck", ""))
    assert line(best(network, "Alma", "Bora")) == (
        "Alma ~ truck ~ Port ~ ferry ~ Port ~ truck ~ Bora [28 h, 880 USD, 400 kg]"
    )


def test_h09_a_transshipment_from_rail_to_ferry_takes_wagons():
    network = tiny_network(WAGONS.replace("ferry,   wagon", "ferry"))
    assert [leg.vehicle for leg in best(network, "Alma", "Bora").legs] == [
        None,
        "wagon",
        "wagon",
        "wagon",
        None,
    ]


def test_h10_a_container_ship_takes_no_trucks():
    network = tiny_network(TRUCKS.replace("ferry, ,        truck", "sea,   ,        "))
    with pytest.raises(NoRouteError):
        ask(network, "Alma", "Bora")
