"""`find` from door to door: places off the network, --door, --terminal, --access, --geocode."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from routeplan.network.files import packaged_data


@pytest.fixture
def own(monkeypatch):
    """Take the network that comes with routeplan."""
    monkeypatch.setenv("ROUTEPLAN_DATA", str(packaged_data()))


def answer(say, *args: str) -> dict:
    said = say("find", *args, "--format", "json")
    assert said.code == 0, said.err
    return json.loads(said.out)


@pytest.mark.usefixtures("own")
def test_a_town_off_the_network_is_reached_and_the_gap_is_told_everywhere(say):
    found = answer(say, "Karaganda", "Крагујевац", "-k", "2")
    assert found["request"]["destination"] == "place:rs-kragujevac"
    (door,) = found["request"]["doors"]
    assert (door["name"], door["country"], door["found_online"]) == ("Kragujevac", "RS", None)
    assert all(link["distance_km"] <= 400 for link in door["links"])
    for way in found["itineraries"]:
        gaps = [leg for leg in way["legs"] if leg["estimated"]]
        assert [leg["kind"] for leg in gaps] == ["access"]
        assert gaps[0]["confidence"] == "assumed"
        assert way["estimated_km"] == pytest.approx(gaps[0]["distance_km"], abs=0.06)
        assert way["way"].endswith("~ truck ~ Kragujevac")
    assert "km by truck are estimated from a straight line of" in found["warnings"][0]
    table = say("find", "Karaganda", "Kragujevac", "--format", "table", "-k", "1").out
    assert "truck, estimate" in table
    assert "are estimated from a straight line" in " ".join(table.split())


@pytest.mark.usefixtures("own")
def test_a_point_and_a_town_join_two_continents(say):
    found = answer(say, "41.3,69.2", "Novi Pazar, RS", "-k", "1")
    assert [door["country"] for door in found["request"]["doors"]] == ["UZ", "RS"]
    legs = found["itineraries"][0]["legs"]
    assert (legs[0]["estimated"], legs[-1]["estimated"]) == (True, True)


@pytest.mark.parametrize("suffix", ["html", "geojson", "kml", "gpx", "gpkg", "svg", "csv", "xlsx"])
@pytest.mark.usefixtures("own")
def test_every_file_takes_a_way_with_doors(say, tmp_path, suffix):
    path = tmp_path / f"plan.{suffix}"
    assert say("find", "Kragujevac", "Baku", "-k", "1", "-o", path).code == 0
    assert path.stat().st_size > 300


@pytest.mark.usefixtures("own")
def test_a_map_draws_the_estimate_as_a_straight_schematic_line(say, tmp_path):
    path = tmp_path / "plan.geojson"
    say("find", "Kragujevac", "Baku", "-k", "1", "-o", path)
    features = json.loads(path.read_text("utf-8"))["features"]
    (line,) = [f for f in features if f["properties"].get("estimated")]
    assert line["geometry"]["type"] == "LineString"
    assert line["geometry"]["coordinates"][0] == [20.917, 44.017]
    assert len(line["geometry"]["coordinates"]) == 2


@pytest.mark.usefixtures("own")
def test_a_changed_network_takes_doors_too(say):
    found = answer(say, "Karaganda", "Kragujevac", "-k", "1", "--change", "close node:rs-nis")
    assert "rs-nis" not in {leg["to"] for leg in found["itineraries"][0]["legs"]}
    assert found["what_if"]["unchanged"]["way"].endswith("Kragujevac")


def test_from_terminal_to_terminal_leaves_the_trucks_out_and_says_so(say):
    gate, bare = (
        answer(say, "Astana", "Baku", "--mode", "rail,sea", "-k", "1", *options)
        for options in ((), ("--terminal",))
    )
    assert bare["request"]["handover"] == "terminal"
    legs = bare["itineraries"][0]["legs"]
    assert "access" not in {legs[0]["kind"], legs[-1]["kind"]}
    dearer, cheaper = (found["itineraries"][0]["totals"]["cost_usd"] for found in (gate, bare))
    assert cheaper < dearer
    table = " ".join(say("find", "Astana", "Baku", "--terminal", "--format", "table").out.split())
    assert "from terminal to terminal" in table
    assert "Terminal to terminal" in table


def test_door_takes_a_terminal_for_its_city(say):
    assert answer(say, "Aktau port", "Baku")["request"]["origin"] == "kz-aktau-port"
    assert answer(say, "Aktau port", "Baku", "--door")["request"]["origin"] == "kz-aktau"


def test_door_and_terminal_exclude_each_other(say):
    said = say("find", "Astana", "Baku", "--door", "--terminal")
    assert (said.code, said.out) == (2, "")
    assert said.err == "routeplan: --door and --terminal contradict each other. Choose one.\n"


@pytest.mark.usefixtures("own")
def test_own_trucks_reach_an_island_with_their_sources(say, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(
        "place,terminal,km,hours,usd,source_ids,confidence\n"
        "Rhodes,gr-piraeus-port,480,30,1900,offer-12,published\n",
        "utf-8",
    )
    assert say("find", "Baku", "Rhodes").code == 2
    found = answer(say, "Baku", "Rhodes", "-k", "1", "--access", str(path))
    last = found["itineraries"][0]["legs"][-1]
    assert (last["distance_km"], last["time_h"], last["cost_usd"]) == (480, 30, 1900)
    assert last["estimated"] is False
    evidence = last["evidence"]["cost"]
    assert (evidence["basis"], evidence["confidence"]) == ("access table", "published")
    assert evidence["sources"] == ["offer-12"]
    assert found["itineraries"][0]["estimated_km"] == 0


def test_a_wrong_access_table_ends_with_all_its_faults(say, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("place,terminal,km\nNowhereville,Baku,1\nAstana,Atlantis,2\n", "utf-8")
    said = say("find", "Astana", "Baku", "--access", path)
    assert (said.code, said.out) == (3, "")
    assert said.err.count("A001") == 2


def test_without_a_network_connection_geocode_says_what_to_do(say, monkeypatch):
    from geopy.exc import GeocoderUnavailable
    from geopy.geocoders import Nominatim

    def fail(*_args, **_options):
        raise GeocoderUnavailable("no network")

    monkeypatch.setattr(Nominatim, "geocode", fail)
    said = say("find", "Astana", "Farm 7 Knic", "--geocode")
    assert (said.code, said.out) == (2, "")
    assert "Leave --geocode out and write the place as lat,lon" in said.err
    assert said.err.count("\n") == 1


def test_between_places_of_the_network_nothing_of_doors_is_loaded():
    code = (
        "import sys; from routeplan.cli.main import run; run(['find', 'Astana', 'Baku', '-q']);"
        "print([m for m in sys.modules if m.startswith('geopy') or m in ('routeplan.places.doors', "
        "'routeplan.places.landway', 'routeplan.places.land', 'routeplan.places.online', "
        "'routeplan.places.access', 'routeplan.places.gazetteer')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.splitlines()[-1] == "[]"
