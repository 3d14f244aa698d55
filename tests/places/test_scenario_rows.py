"""Rows of a scenario table against a network."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tiny import tiny_network

from routeplan.network.findings import Severity
from routeplan.places.scenarios import Must, RowFaultsError, RowReader, check_table
from routeplan.planner import plan
from routeplan.scenario.edits import read_edits
from routeplan.scenario.request import Avoidance
from routeplan.scenario.table import ScenarioTable

SEEDS = Path(__file__).parents[2] / "seeds"
NODES = """
    node_id,  name,  country, kind,    city_id
    kz-alma,  Alma,  KZ,      city
    kz-port,  Port,  KZ,      city
    kz-dock,  Dock,  KZ,      seaport, kz-port
    cn-twin,  Twin,  CN,      city
    kz-twin,  Twin,  KZ,      city
    az-bora,  Bora,  AZ,      city
"""
EDGES = """
    edge_id, from_node, to_node, mode, distance_km
    e1,      kz-alma,   kz-port, rail, 100
    e2,      kz-port,   az-bora, sea,  100
    e3,      kz-alma,   kz-twin, rail, 100
"""
NETWORK = tiny_network(EDGES, NODES)
READER = RowReader(NETWORK)


def table(text: str, **options) -> ScenarioTable:
    return ScenarioTable(io.BytesIO(text.encode()), **options)


def row(header: str, cells: str):
    (found,) = table(f"scenario_id,origin,destination{header}\nx,{cells}\n")
    return found


def lines(found) -> list[str]:
    return [finding.one_line() for finding in found]


def test_a_row_becomes_the_request_its_cells_ask_for():
    request = READER.request(
        row(
            ",via,avoid,modes,load,value_usd,k,include_planned,by,allow,on",
            'Alma,kz-twin,"Port,Alma",country:AZ,"rail,sea",20t,500,3,yes,TIME,suez,2030-01-01',
        )
    )
    assert (request.origin, request.destination) == ("kz-alma", "kz-twin")
    assert request.via == ("kz-port", "kz-alma")
    assert request.avoid == Avoidance(countries=frozenset({"AZ"}))
    assert request.modes == {"rail", "sea"}
    assert (request.shipment.mass_t, request.shipment.value_usd) == (20, 500)
    assert (request.alternatives.k, request.include_planned, request.criterion) == (3, True, "time")
    assert (request.allow, request.on.isoformat()) == ({"suez"}, "2030-01-01")


def test_a_via_place_may_hold_a_comma():
    assert READER.request(row(",via", 'Alma,Bora,"Twin, KZ"')).via == ("kz-twin",)


def test_rows_that_ask_the_same_share_a_request():
    first, second = table("origin,destination\nAlma,Port\nAlma,Port\n")
    assert READER.request(first) is READER.request(second)


@pytest.mark.parametrize(
    ("header", "cells", "told"),
    [
        ("", "Qqxalmz,Port", ['S013 origin "Qqxalmz"', "unknown place"]),
        ("", "Alma,Twin", ['S013 destination "Twin"', "cn-twin", "kz-twin"]),
        ("", "Alma,Alma", ["S013:", "origin and destination are both Alma"]),
        (",via", "Alma,Port,Atlantis", ['S013 via "Atlantis"']),
        (",avoid", "Alma,Port,mode:rial", ['S013 avoid "mode:rial"', "Did you mean rail?"]),
        (",cargo", "Alma,Port,genral", ['S013 cargo "genral"', "Did you mean general?"]),
        (",load", "Alma,Port,much", ['S013 load "much"']),
        (",must_via", "Alma,Port,Atlantis", ['S013 must_via "Atlantis"']),
        (",must_avoid", "Alma,Port,mode:rial", ['S013 must_avoid "mode:rial"']),
        (",changes", "Alma,Port,close edge:e9", ['S012 changes "close edge:e9"', "no edge"]),
    ],
)
def test_what_a_network_does_not_have_is_told_with_its_cell(header, cells, told):
    (text,) = lines(READER.check(row(header, cells)))
    assert text.startswith("stream:2 ")
    for part in told:
        assert part in text


def test_all_that_is_wrong_with_a_row_is_told_at_once():
    found = READER.check(
        row(",via,load,k,changes", "Qqxalmz,Qqxport,Atlantis,much,99,close edge:e9; edge:e1 tme=1")
    )
    assert [(f.code, f.field) for f in found] == [
        ("S007", "k"),
        ("S011", "changes"),
        ("S013", "origin"),
        ("S013", "destination"),
        ("S013", "via"),
        ("S013", "load"),
        ("S012", "changes"),
    ]


def test_a_row_with_problems_cannot_be_asked():
    with pytest.raises(RowFaultsError, match="k") as error:
        READER.request(row(",k", "Alma,Port,99"))
    assert error.value.findings[0].field == "k"
    with pytest.raises(RowFaultsError, match="unknown place"):
        READER.request(row("", "Qqxalmz,Port"))
    with pytest.raises(RowFaultsError, match="unknown place"):
        READER.must(row(",must_via", "Alma,Port,Atlantis"))


def test_what_the_first_way_must_pass_and_avoid_is_resolved():
    assert READER.must(row(",must_via,must_avoid", "Alma,Bora,Port,country:CN")) == Must(
        (Avoidance(nodes=frozenset({"kz-port"})),), (Avoidance(countries=frozenset({"CN"})),)
    )
    assert READER.must(row("", "Alma,Bora")) == Must()


def test_a_whole_table_is_checked_with_its_header_and_its_edits():
    edits = read_edits(
        io.BytesIO(b"scenario_id,target,attribute\na,edge:e9,close\nz,edge:e1,close\n")
    )
    text = "scenario_id,origin,destination,mine\na,Alma,Port,1\nb,Qqxalmz,Port,1\n"
    checked = check_table(NETWORK, table(text, edits=edits))
    assert (checked.rows, checked.errors, checked.warnings) == (2, 3, 1)
    assert [(f.code, f.severity) for f in checked.findings] == [
        ("S005", Severity.WARNING),
        ("S012", Severity.ERROR),
        ("S013", Severity.ERROR),
        ("S014", Severity.ERROR),
    ]


def test_a_table_without_scenarios_is_a_warning():
    checked = check_table(NETWORK, table("origin,destination\n"))
    assert lines(checked.findings) == [
        "stream S001: it holds no scenario. Write one below the header."
    ]


def test_the_seeds_can_be_asked_and_every_selector_of_theirs_names_something(real):
    edits = read_edits(SEEDS / "edits.csv")
    checked = check_table(real, ScenarioTable(SEEDS / "scenarios.csv", edits=edits))
    assert (checked.rows, checked.findings) == (50, [])


def test_seed_ids_stand_once_and_the_readme_of_the_seeds_names_rows_that_exist():
    with (SEEDS / "scenarios.csv").open(encoding="utf-8", newline="") as file:
        ids = [line["scenario_id"] for line in csv.DictReader(file)]
    assert len(ids) == len(set(ids))
    named = (SEEDS / "README.md").read_text("utf-8").split("`")[1::2]
    assert "tripp-2030" in named
    for name in named:
        if name.split("-")[0] in ("base", "by", "tripp", "winter", "btk") and "/" not in name:
            stem = name.rstrip("*")
            assert any(scenario.startswith(stem) for scenario in ids), name


def test_a_seed_with_changes_is_answered_on_the_changed_network(real):
    reader = RowReader(real)
    found = {asked.scenario_id: asked for asked in ScenarioTable(SEEDS / "scenarios.csv")}[
        "winter-poti-closed"
    ]
    network = reader.editor.edit(found.changes).network
    answer = plan(network, reader.request(found))
    legs = [leg for way in answer.itineraries for leg in way.legs]
    passed = {place.node_id for leg in legs for place in (leg.start, leg.end)}
    assert "ge-poti-port" not in passed


def test_a_policy_file_is_read_and_its_faults_are_those_of_the_row(tmp_path):
    good, bad, lacking = (tmp_path / f"{name}.toml" for name in ("good", "bad", "lacking"))
    good.write_text('[avoid.edges]\ne2 = "x"', "utf-8")
    bad.write_text("[avoid.edge]\ne2 = 'x'", "utf-8")
    assert READER.request(row(",policy", f"Alma,Port,{good}")).policy.avoided("edges") == {"e2"}
    assert READER.request(row(",policy", "Alma,Port,suez-return")).allowed_passages == {"suez"}
    for file, told in ((bad, "bad.toml:1"), (lacking, "lacking.toml")):
        with pytest.raises(RowFaultsError) as error:
            READER.request(row(",policy", f"Alma,Port,{file}"))
        (finding,) = error.value.findings
        assert (finding.field, finding.code) == ("policy", "S013")
        assert told in finding.one_line()


OFF = """
    node_id,  name,  country, kind,          city_id, lat,  lon
    kz-alma,  Alma,  KZ,      city,          ,        50.0, 73.5
    kz-bora,  Bora,  KZ,      city,          ,        47.0, 73.5
"""


def test_a_row_may_name_a_place_off_the_network_and_where_cargo_is_handed_over():
    network = tiny_network(
        "from_node, to_node, mode, distance_km\nkz-alma, kz-bora, road, 400", OFF
    )
    reader = RowReader(network)
    good, water, wrong = table(
        'origin,destination,handover\n"50.2,73.2",Bora,\n"42,51",Bora,terminal\nAlma,Bora,gate\n'
    )
    found = plan(network, reader.request(good))
    assert (found.origin.name, found.itineraries[0].legs[0].end.node_id) == ("50.2,73.2", "kz-alma")
    (told,) = reader.check(water)
    assert (told.field, told.code) == ("origin", "S013")
    assert "it lies in the water" in told.message
    (refused,) = reader.check(wrong)
    assert (refused.field, refused.value) == ("handover", "gate")


def test_a_row_never_goes_online(monkeypatch):
    from routeplan.places import online

    monkeypatch.setattr(online, "_nominatim", lambda _text: pytest.fail("asked online"))
    (row,) = table("origin,destination\nNowhereville,Alma\n")
    with pytest.raises(RowFaultsError, match="unknown place"):
        READER.request(row)
    (named,) = table("origin,destination,geocode\nNowhereville,Alma,yes\n")
    with pytest.raises(RowFaultsError):
        READER.request(named)
