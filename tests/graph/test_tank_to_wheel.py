"""The part of the emissions that leaves the vehicle itself: 20 t in a 40' box, see `tiny`."""

from __future__ import annotations

import pytest
from tiny import best, request, tiny_network

from routeplan.graph.build import build_graph
from routeplan.network.vocabulary import Traction

CHAIN = """
    from_node, to_node, mode, to_mode, distance_km, traction
    kz-alma,   kz-bora, rail, ,        100,         {traction}
    kz-bora,   kz-bora, rail, sea
    kz-bora,   az-caro, sea,  ,        200
"""
FACTORS = """
    factor_id, kind,      mode, to_mode, traction, gco2e_per_tkm_wtw, gco2e_per_tkm_ttw, kgco2e_per_t_wtw, kgco2e_per_t_ttw, distance_factor, reefer_uplift
    diesel,    move,      rail, ,        diesel,   30,                24,                ,                 ,                 ,                0.5
    electric,  move,      rail, ,        electric, 20,                0,                 ,                 ,                 ,                0.5
    sea,       move,      sea,  ,        ,         15,                12,                ,                 ,                 1.15,            0.5
    hub,       transship, rail, sea,     ,         ,                  ,                  1,                0.25,             ,                0.5
"""  # noqa: E501 - a table


@pytest.mark.parametrize(
    ("traction", "cargo", "wtw", "ttw"),
    [
        # train 20 t x 100 km, hub 20 t, ship 20 t x 200 km x 1.15
        ("diesel", "general", 60 + 20 + 69, 48 + 5 + 55.2),
        ("electric", "general", 40 + 20 + 69, 0 + 5 + 55.2),
        ("electric", "fish", 1.5 * (40 + 20 + 69), 1.5 * (0 + 5 + 55.2)),
    ],
)
def test_tank_to_wheel_adds_up_beside_well_to_wheel(traction, cargo, wtw, ttw):
    network = tiny_network(CHAIN.format(traction=traction), emissions=FACTORS)
    totals = best(network, "Alma", "Caro", cargo=cargo).totals
    assert totals.co2e_kg == pytest.approx(wtw)
    assert totals.co2e_ttw_kg == pytest.approx(ttw)


def test_a_row_without_tank_to_wheel_adds_nothing_to_it():
    totals = best(tiny_network(CHAIN.format(traction="")), "Alma", "Caro").totals
    assert totals.co2e_kg == 20 + 20 + 80
    assert totals.co2e_ttw_kg == 0


def test_no_factor_of_ours_burns_more_in_the_vehicle_than_in_all(real):
    for row in real.emissions:
        assert (row.gco2e_per_tkm_ttw or 0) <= (row.gco2e_per_tkm_wtw or 0), row.factor_id
        assert (row.kgco2e_per_t_ttw or 0) <= (row.kgco2e_per_t_wtw or 0), row.factor_id


def test_an_electric_train_of_ours_burns_nothing_itself(real):
    electric = [row for row in real.emissions if row.traction is Traction.ELECTRIC]
    assert electric
    assert all(row.gco2e_per_tkm_ttw == 0 < row.gco2e_per_tkm_wtw for row in electric)


@pytest.mark.parametrize("cargo", ["general", "frozen_food"])
def test_no_edge_of_ours_burns_more_in_the_vehicle_than_in_all(real, cargo):
    asked = request(real, "Astana", "Belgrade", cargo=cargo, include_planned=True, policy="none")
    arcs = build_graph(real, asked).arcs
    assert len(arcs) > 500
    assert [a.edge.edge_id for a in arcs if a.costs.co2e_ttw_kg > a.costs.co2e_kg + 1e-9] == []
    assert any(0 < arc.costs.co2e_ttw_kg < arc.costs.co2e_kg for arc in arcs)
