"""A user's own access table: read whole, or every fault told at once."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import tiny_network

from routeplan.errors import DataError
from routeplan.places.access import read_access

NODES = """
    node_id,  name, country, kind, city_id, lat,   lon
    kz-alma,  Alma, KZ,      city, ,        50.0,  73.5
    kz-bora,  Bora, KZ,      city, ,        47.0,  73.5
"""
NETWORK = tiny_network("from_node, to_node, mode, distance_km\nkz-alma, kz-bora, road, 400", NODES)
HEADER = "place,terminal,km,hours,usd,source_ids,as_of,confidence,note\n"


@pytest.fixture
def read(tmp_path):
    def call(text: str | bytes):
        path = tmp_path / "mine.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_access(NETWORK, path)

    return call


def told(read, text: str | bytes) -> list[str]:
    with pytest.raises(DataError) as caught:
        read(text)
    return str(caught.value).split("\n")


def test_rows_become_links_with_all_they_say(read):
    row = '"49.8,73.2",Бора,40,2,500,quote-7,2026-03,published,x\n'
    (access,) = read(HEADER + row)
    assert (access.node.node_id, access.link.to_node) == ("place:49.8000,73.2000", "kz-bora")
    link = access.link
    assert (link.km, link.hours, link.usd, link.straight_km) == (40, 2, 500, None)
    assert (link.source_ids, link.as_of) == (("quote-7",), "2026-03")
    assert (link.confidence, link.note) == (("published",), "x")


def test_only_place_terminal_and_km_are_needed(read):
    (access,) = read("place,terminal,km\nAlma,Bora,380\n")
    assert access.node == NETWORK.nodes["kz-alma"]
    assert (access.link.hours, access.link.usd) == (None, None)
    assert access.link.confidence == ("assumed",)
    assert access.link.note


def test_a_place_in_the_water_or_on_an_island_is_taken_at_the_users_word(read):
    (access,) = read('place,terminal,km\n"42,51",Alma,380\n')
    assert access.node.country == "KZ"


def test_everything_wrong_is_told_at_once_with_line_and_column(read):
    rows = (
        "Nowhereville,Alma,5,,,,,,\n"
        "Alma,Atlantis,5,,,,,,\n"
        "Alma,Bora,far,,,,,,\n"
        "Bora,Alma,5,,,,,sure,\n"
        '"49.8,73.2",Bora,5,,,,,published,\n'
        "Alma,Alma,5,,,,,,\n"
        "Alma,Bora,5,,,,,,\n"
        "Alma,kz-bora,6,,,,,,\n"
    )
    lines = told(read, HEADER + rows)
    assert [line.split()[0] for line in lines] == [
        "mine.csv:2:1",
        "mine.csv:3:6",
        "mine.csv:4:11",
        "mine.csv:5:17",
        "mine.csv:6:22",
        "mine.csv:7:6",
        "mine.csv:9:6",
    ]
    assert 'unknown place "Nowhereville"' in lines[0]
    assert 'terminal "Atlantis"' in lines[1]
    assert "expected a number" in lines[2]
    assert "expected one of measured, published, derived, assumed" in lines[3]
    assert "names its source" in lines[4]
    assert "the place itself" in lines[5]
    assert "stand in line 8 too" in lines[6]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        (HEADER, "it holds no row"),
        ("place,km\nAlma,5\n", "column terminal is missing"),
        ("place;terminal;km\nAlma;Bora;5\n", "separated by semicolons"),
        (b"\xff\xfea\x00", "UTF-16"),
    ],
)
def test_a_file_that_is_no_access_table_says_so(read, text, said):
    assert said in told(read, text)[0]


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        read_access(NETWORK, tmp_path / "none.csv")


@given(st.text(alphabet='ABalmoKZ,"\n;|1.5é', max_size=60))
def test_no_text_breaks_the_reader(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("access") / "any.csv"
    path.write_text("place,terminal,km\n" + text, "utf-8")
    with contextlib.suppress(DataError):
        assert read_access(NETWORK, path)
