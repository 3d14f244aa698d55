"""The gazetteer: its file is sound, it is opened only when needed, and what it says of a name."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys

import pytest
from tiny import tiny_network

from routeplan.errors import AmbiguousPlaceError, DataError, OffNetworkError
from routeplan.places import gazetteer
from routeplan.places.gazetteer import find_towns, gazetteer_file, similar_towns
from routeplan.places.index import PlaceIndex
from routeplan.places.keys import has_han, name_key
from routeplan.places.match import How, PlaceMatch

NODES = """
    node_id,    name,    country, kind,     city_id,   lat,   lon
    kz-almaty,  Almaty,  KZ,      city,     ,          43.25, 76.91
    kz-airport, Airport, KZ,      airport,  kz-almaty, 43.35, 77.04
    rs-nis,     Nis,     RS,      city,     ,          43.32, 21.9
    tr-izmir,   Izmir,   TR,      city,     ,          ,
"""
EDGES = "from_node, to_node, mode, distance_km\nkz-almaty, rs-nis, rail, 6000"
OPENED = """
import sys
opened = []
sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0])))
from routeplan.network.read import load_network
from routeplan.places.index import PlaceIndex
PlaceIndex(load_network()).resolve(sys.argv[1])
print(any("gazetteer" in name and name.endswith(".gz") for name in opened))
print("anyascii" in sys.modules)
"""


@pytest.fixture
def index():
    return PlaceIndex(tiny_network(EDGES, nodes=NODES))


@pytest.fixture
def lines():
    return gzip.decompress(gazetteer_file().read_bytes()).decode().split("\n")


@pytest.fixture
def other_file(monkeypatch, tmp_path):
    """Put another file in the gazetteer's place for one test."""
    path = tmp_path / "gazetteer.tsv.gz"
    monkeypatch.setattr(gazetteer, "gazetteer_file", lambda: path)
    gazetteer._text.cache_clear()
    yield path
    gazetteer._text.cache_clear()


@pytest.mark.parametrize(
    ("text", "opened", "transliterated"),
    [
        ("Astana", False, False),
        ("Қарағанды", False, False),
        ("IST", False, False),
        ("43.65,51.17", False, False),
        ("西安", False, False),
        ("İstánbul", False, True),
        ("Zhanaozen", True, True),
    ],
)
def test_the_file_is_opened_only_for_a_name_the_network_does_not_have(text, opened, transliterated):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ROUTEPLAN")}
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", OPENED, text],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.split() == [str(opened), str(transliterated)]


def test_the_file_says_whose_data_it_holds_and_under_which_licence(lines):
    assert lines[0].startswith("# Towns of GeoNames, https://www.geonames.org, CC BY 4.0")
    assert "Changed: " in lines[0]
    assert lines[-1] == ""


def test_every_line_is_a_town_with_its_key_first_and_its_place_on_earth(lines):
    ids, order = set(), []
    for line in lines[1:-1]:
        keys, name, country, lat, lon, people, geonames_id = line.split("\t")
        assert keys.startswith("|")
        assert keys.endswith("|")
        listed = keys[1:-1].split("|")
        assert len(set(listed)) == len(listed)
        assert all(key == (key if has_han(key) else name_key(key)) != "" for key in listed[:1])
        assert listed[0] == name_key(name)
        assert 17 < float(lat) < 78
        assert -180 <= float(lon) <= 180
        assert int(people) >= 0
        ids.add(geonames_id)
        order.append((country, name, int(geonames_id)))
    assert len(ids) == len(order) > 20_000
    assert order == sorted(order)


def test_a_town_is_found_by_any_of_its_names_and_its_main_name_comes_first():
    (town,) = find_towns("Жаңаөзен")
    assert (town.place.name, town.place.country) == ("Zhanaozen", "KZ")
    assert [t.place.country for t in find_towns("Dimitrovgrad")] == ["RU", "BG", "RS"]
    assert [t.place.country for t in find_towns("Dimitrovgrad", "RS")] == ["RS"]
    assert find_towns("Belgrad", "DE") == []


def test_towns_of_one_name_within_a_few_km_are_one():
    here = find_towns("Astana", "KZ")
    assert len(here) == 1
    assert here[0].place.population > 1_000_000


@pytest.mark.parametrize("text", ["", "-", "|", "\t", "|kz|", "a", "\n", "Atlantis", "伊吾", "龘"])
def test_what_is_no_name_finds_no_town(text):
    assert find_towns(text) == []


def test_chinese_is_compared_as_it_is_written_and_not_by_sound():
    assert {town.place.country for town in find_towns("吉安")} == {"CN"}
    assert find_towns("集按") == []
    assert name_key("集按") == name_key("吉安")


def test_a_slip_finds_the_town_that_was_meant():
    assert [place.name for place in similar_towns("zhanazen", 3, 0.8)] == ["Zhanaozen"]
    assert similar_towns("zzzzzzz", 3, 0.8) == []
    assert similar_towns("zha", 3, 0.1) == []


def test_a_town_that_is_a_city_of_the_network_is_that_city(index):
    assert index.resolve("アルマトイ") == PlaceMatch("kz-almaty", How.GAZETTEER, "Almaty")
    assert index.resolve("Верный") == PlaceMatch("kz-almaty", How.GAZETTEER, "Almaty")
    assert index.resolve("Nish").node_id == "rs-nis"


def test_a_city_without_coordinates_is_known_by_name_and_country(index):
    assert index.resolve("Смирна") == PlaceMatch("tr-izmir", How.GAZETTEER, "İzmir")


def test_off_the_network_the_nearest_places_are_named_one_per_city(index):
    with pytest.raises(OffNetworkError) as error:
        index.get("Талдыкорган")
    assert error.value.place.startswith("Taldykorgan (45.0")
    assert [place.partition(" (")[0] for place in error.value.nearest] == ["Almaty", "Nis"]
    assert str(error.value).startswith("Taldykorgan (45.0")
    assert " is off the network. Nearest: Almaty (kz-almaty, Kazakhstan), 2" in str(error.value)
    assert error.value.exit_code == 2


def test_a_point_off_the_network_is_told_as_it_was_written(index):
    with pytest.raises(OffNetworkError, match=r"^44,21 is off the network. Nearest: Nis \(rs-nis"):
        index.get("44, 21")


def test_towns_of_one_name_are_asked_back_nearest_to_the_network_first(index):
    with pytest.raises(AmbiguousPlaceError) as error:
        index.get("Novi Pazar")
    serbia, bulgaria = error.value.candidates
    assert serbia.startswith("Novi Pazar (43.1")
    assert serbia.endswith(", Serbia, 114 km from Nis)")
    assert "Bulgaria" in bulgaria
    assert index.resolve("Novi Pazar, RS").country == "RS"


def test_more_towns_of_one_name_than_fit_a_line_are_counted(index):
    with pytest.raises(AmbiguousPlaceError, match=r" or \d+ more\. Use an id or coordinates"):
        index.get("Yenice")
    assert len(index.find_towns("Yenice")) > 5


@pytest.mark.parametrize(
    "content", [None, b"", b"not gzip", gzip.compress(b"x" * 99)[:20], gzip.compress(b"x")]
)
def test_a_file_that_cannot_be_read_is_named(index, other_file, content):
    if content is not None:
        other_file.write_bytes(content)
    with pytest.raises(DataError) as error:
        index.get("Zhanaozen")
    assert str(other_file) in str(error.value)
    assert "install it again" in str(error.value)
