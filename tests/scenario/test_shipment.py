"""Every form of load, and what it counts as for each unit a price may be in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import tiny_network

from routeplan.errors import RequestError
from routeplan.network.records import Cargo
from routeplan.network.vocabulary import Mode, Unit, Vehicle
from routeplan.scenario.shipment import PAYLOAD_T, Shipment, payload_t, read_shipment

NETWORK = tiny_network("from_node, to_node, mode, distance_km\nkz-alma, kz-bora, rail, 100")


def shipment(load, cargo="general", value=None):
    return read_shipment(NETWORK, load, cargo, value)


@pytest.mark.parametrize(
    ("load", "quantity", "unit", "mass_t", "text"),
    [
        ("1xFEU", 1, Unit.FEU, 20, "1xFEU"),
        ("2xTEU", 2, Unit.TEU, 20, "2xTEU"),
        ("3 x feus", 3, Unit.FEU, 60, "3xFEU"),
        ("1xtruck", 1, Unit.TRUCK, 20, "1xtruck"),
        ("2XTrucks", 2, Unit.TRUCK, 40, "2xtruck"),
        ("20t", 20, Unit.T, 20, "20t"),
        ("0.5 T", 0.5, Unit.T, 0.5, "0.5t"),
        ("500kg", 500, Unit.KG, 0.5, "500kg"),
        (" 7 kg ", 7, Unit.KG, 0.007, "7kg"),
        ("1000000t", 1e6, Unit.T, 1e6, "1000000t"),
        ("1234567.5kg", 1234567.5, Unit.KG, 1234.5675, "1234567.5kg"),
        ("50000xFEU", 50000, Unit.FEU, 1e6, "50000xFEU"),
    ],
)
def test_a_load_is_read_and_written_in_every_form(load, quantity, unit, mass_t, text):
    found = shipment(load)
    assert (found.quantity, found.unit, found.text) == (quantity, unit, text)
    assert found.mass_t == pytest.approx(mass_t)


@given(
    st.one_of(
        st.tuples(st.integers(1, 40_000), st.sampled_from(("xTEU", "xFEU", "xtruck"))),
        st.tuples(st.integers(1, 999_999), st.sampled_from(("t", "kg"))),
        st.tuples(st.decimals("0.001", 9999, places=3), st.sampled_from(("t", "kg"))),
    )
)
def test_a_load_can_be_typed_back(parts):
    read = shipment(f"{parts[0]}{parts[1]}")
    assert shipment(read.text) == read


@pytest.mark.parametrize(
    "load",
    [
        "",
        " ",
        "FEU",
        "1FEU",
        "0xFEU",
        "-1xFEU",
        "1.5xFEU",
        "1xfoo",
        "xFEU",
        "20",
        "t",
        "0t",
        "0.0kg",
        "-5t",
        "1e3t",
        "1,5t",
        "nant",
        "inft",
        "1xFEU 2xTEU",
        "20 tonnes",
    ],
)
def test_a_load_of_no_known_form_is_refused(load):
    with pytest.raises(RequestError, match="Write it as 1xFEU, 2xTEU, 1xtruck, 20t or 500kg"):
        shipment(load)


@pytest.mark.parametrize("load", ["1000001t", "50001xFEU", "9" * 500 + "xFEU", "9" * 5000 + "kg"])
def test_a_load_beyond_a_million_tonnes_is_refused_in_a_short_message(load):
    with pytest.raises(RequestError, match="over a million tonnes") as error:
        shipment(load)
    assert len(str(error.value)) < 200


def test_an_unknown_cargo_is_refused_with_a_suggestion():
    with pytest.raises(RequestError) as error:
        shipment("1xFEU", "fishes")
    assert str(error.value) == (
        'unknown cargo "fishes". Did you mean fish? Known are general, fish, feathers, fireworks.'
    )


@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf")])
def test_a_value_that_makes_no_sense_is_refused(value):
    with pytest.raises(RequestError, match="makes no sense"):
        shipment("1xFEU", value=value)


@pytest.mark.parametrize(
    ("load", "counts"),
    [
        ("1xFEU", {Unit.FEU: 1, Unit.TEU: 2, Unit.TRUCK: 1, Unit.T: 20, Unit.KG: 20_000}),
        ("1xTEU", {Unit.FEU: 0.5, Unit.TEU: 1, Unit.TRUCK: 1, Unit.T: 10, Unit.KG: 10_000}),
        ("3xTEU", {Unit.FEU: 1.5, Unit.TEU: 3, Unit.TRUCK: 2, Unit.T: 30, Unit.KG: 30_000}),
        ("2xtruck", {Unit.FEU: 2, Unit.TEU: 4, Unit.TRUCK: 2, Unit.T: 40, Unit.KG: 40_000}),
        ("40t", {Unit.FEU: 2, Unit.TEU: 4, Unit.TRUCK: 2, Unit.T: 40, Unit.KG: 40_000}),
        ("25t", {Unit.FEU: 1.5, Unit.TEU: 3, Unit.TRUCK: 1.5, Unit.T: 25}),
        ("20.2t", {Unit.FEU: 1.02, Unit.TEU: 2.04, Unit.TRUCK: 1.02}),
        ("15t", {Unit.FEU: 1, Unit.TEU: 2, Unit.TRUCK: 1, Unit.T: 15}),
        ("4t", {Unit.FEU: 0.4, Unit.TEU: 0.8, Unit.TRUCK: 0.4, Unit.T: 4}),
        ("100kg", {Unit.FEU: 0.05, Unit.TEU: 0.05, Unit.T: 0.1, Unit.KG: 100}),
        ("1kg", {Unit.FEU: 0.05, Unit.TRUCK: 0.05, Unit.T: 0.001, Unit.KG: 1}),
    ],
)
def test_a_load_is_counted_in_the_unit_of_a_price(load, counts):
    found = shipment(load)
    assert {unit: found.count(unit) for unit in counts} == pytest.approx(counts)


@pytest.mark.parametrize(("cargo", "kg"), [("general", 1000), ("feathers", 2000)])
def test_light_cargo_is_charged_for_its_volume_by_air_only(cargo, kg):
    assert shipment("1t", cargo).count(Unit.KG) == kg
    assert shipment("1t", cargo).count(Unit.T) == 1


def test_cargo_of_unknown_density_is_charged_by_its_mass():
    plain = replace(shipment("1t"), cargo=Cargo(cargo_id="x"))
    assert plain.count(Unit.KG) == 1000


@given(st.floats(0.001, 200), st.floats(0.001, 200))
def test_more_cargo_never_costs_less(a, b):
    light, heavy = sorted((a, b))
    one, other = (Shipment(Cargo(), mass, Unit.T, mass) for mass in (light, heavy))
    assert one.count(Unit.FEU) <= other.count(Unit.FEU) + 1e-9


@pytest.mark.parametrize(
    ("load", "groupage", "containers"),
    [
        ("500kg", True, False),
        ("10t", True, False),
        ("10.1t", False, False),
        ("1xTEU", False, True),
        ("1xtruck", False, False),
    ],
)
def test_a_small_load_by_mass_is_groupage(load, groupage, containers):
    found = shipment(load)
    assert (found.is_groupage, found.is_containers) == (groupage, containers)


@pytest.mark.parametrize(
    ("load", "mode", "vehicle", "units"),
    [
        ("1xFEU", Mode.RAIL, None, (Unit.FEU, Unit.TEU, Unit.T)),
        ("1xTEU", Mode.SEA, None, (Unit.TEU, Unit.FEU, Unit.T)),
        ("1xTEU", Mode.ROAD, None, (Unit.TRUCK, Unit.FEU, Unit.T)),
        ("1xTEU", Mode.FERRY, Vehicle.TRUCK, (Unit.TRUCK, Unit.FEU, Unit.T)),
        ("1xFEU", Mode.FERRY, Vehicle.WAGON, (Unit.FEU, Unit.TEU, Unit.T)),
        ("50t", Mode.RAIL, None, (Unit.T, Unit.FEU, Unit.TEU)),
        ("50t", Mode.SEA, None, (Unit.FEU, Unit.TEU, Unit.T)),
        ("5t", Mode.RAIL, None, (Unit.FEU, Unit.TEU, Unit.T)),
        ("1xtruck", Mode.RAIL, None, (Unit.FEU, Unit.TEU, Unit.T)),
        ("1xFEU", Mode.AIR, None, (Unit.KG, Unit.T)),
        ("50t", Mode.BARGE, None, (Unit.T, Unit.FEU, Unit.TEU)),
    ],
)
def test_a_price_is_looked_up_for_the_unit_that_suits_load_and_mode(load, mode, vehicle, units):
    assert shipment(load).priced_units(mode, vehicle) == units


def test_a_cargo_type_without_payload_takes_the_usual_one():
    assert payload_t(Cargo(), Unit.FEU) == PAYLOAD_T[Unit.FEU] == 20
    assert payload_t(Cargo(payload_t_per_truck=12.0), Unit.TRUCK) == 12


@pytest.mark.parametrize(("value", "usd_per_h"), [(None, 10), (100_000, 10), (200_000, 20), (0, 0)])
def test_an_hour_costs_what_the_goods_are_worth(value, usd_per_h):
    assert shipment("1xFEU", value=value).value_of_time_usd_per_h == usd_per_h


def test_a_value_changes_nothing_where_the_cargo_type_has_none():
    bare = replace(shipment("1xFEU", value=5.0), cargo=Cargo(vot_usd_per_t_h=0.5))
    assert bare.value_of_time_usd_per_h == 10


def test_two_heavy_boxes_need_two_trucks():
    light = Cargo(payload_t_per_teu=10.0, payload_t_per_truck=20.0)
    heavy = Cargo(payload_t_per_teu=21.0, payload_t_per_truck=22.0)
    assert Shipment(light, 3, Unit.TEU, 30.0).count(Unit.TRUCK) == 2
    assert Shipment(heavy, 3, Unit.TEU, 63.0).count(Unit.TRUCK) == 3
