from __future__ import annotations

from routeplan.network.check import check_folder
from routeplan.network.read import load_network
from routeplan.network.vocabulary import EdgeKind, Mode


def test_our_data_passes_strict():
    assert [finding.one_line() for finding in check_folder()] == []


def test_every_place_of_ours_has_a_time_zone_and_only_russia_has_more_than_one():
    zones = {}
    for node in load_network().nodes.values():
        assert node.timezone, node.node_id
        zones.setdefault(node.country, set()).add(node.timezone)
    assert {country for country, found in zones.items() if len(found) > 1} == {"RU"}
    assert zones["KZ"] == {"Asia/Almaty"}
    assert zones["CN"] == {"Asia/Shanghai"}


def test_every_drive_of_ours_says_its_speed():
    for row in load_network().times:
        if (row.kind, row.mode) == (EdgeKind.MOVE, Mode.ROAD):
            assert 30 <= row.speed_kmh <= 80, row.time_id


def test_only_what_is_cooled_pays_for_a_plug():
    for cargo in load_network().cargoes.values():
        assert (cargo.plug_usd_per_h is not None) is cargo.reefer
        assert 0.05 <= cargo.carrying_rate_per_year <= 0.5
