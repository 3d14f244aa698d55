"""Lists of places, however they were saved, and all that is wrong with them at once."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pandas as pd
import pytest
from tiny import tiny_network

from routeplan.errors import DataError, RequestError
from routeplan.places.lists import read_places

NODES = """
    node_id, name,   country, lat,  lon,  aliases
    kz-alma, Alma,   KZ,      43.2, 76.9,
    ge-poti, Poti,   GE,      42.1, 41.7, ფოთი
    rs-dim,  Dimi,   RS,      43.0, 22.8,
    bg-dim,  Dimi,   BG,      42.0, 25.6,
"""
EDGES = """
    edge_id, from_node, to_node, mode, distance_km
    a,       kz-alma,   ge-poti, road, 100
    b,       ge-poti,   rs-dim,  road, 100
    c,       rs-dim,    bg-dim,  road, 100
"""


@pytest.fixture(scope="module")
def network():
    return tiny_network(EDGES, NODES)


def ids(network, source):
    return [place.node_id for place in read_places(network, [source])[0]]


def faults(network, *sources):
    with pytest.raises(DataError) as caught:
        read_places(network, sources)
    return [(f.file, f.line, f.code, f.value) for f in caught.value.findings]


def stream(text, encoding="utf-8"):
    return io.BytesIO(text.encode(encoding))


@pytest.mark.parametrize(
    "content",
    [
        b"Alma\nPoti\n",
        b"place\nAlma\nPoti\n",
        b"\xef\xbb\xbfplace\r\nAlma\r\nPoti\r\n",
        b"note,name\nfirst,Alma\nsecond,Poti\n",
        b"name,place\nx,Alma\ny,Poti\n",
        b"City;weight\nAlma;3\nPoti;5\n",
        b"sep=;\nplace;x\nAlma;1\nPoti;2\n",
        b"# places we ship from\nAlma\n\nPoti\n",
        b"id\tx\nkz-alma\t1\nge-poti\t2\n",
        "place\nALMA\nფოთი\n".encode("utf-16"),
        "place;x\nAlma;1\nფოთი;2\n".encode("utf-16-le"),
        gzip.compress(b"name\nAlma\nPoti\n"),
        b'name\n"Alma"\n"Poti"\n',
        b"Alma\nPoti\nAlma\nalma\n",
        b"Alma,KZ\nPoti,Georgia\n",
        b"Alma,3\nPoti,5\n",
    ],
)
def test_a_list_is_read_however_it_was_saved(network, tmp_path, content):
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    assert ids(network, file) == ids(network, str(file)) == ["kz-alma", "ge-poti"]


def test_a_list_may_come_from_python(network):
    assert ids(network, ["Alma", "Poti"]) == ["kz-alma", "ge-poti"]
    assert ids(network, ("Poti" for _ in range(2))) == ["ge-poti"]
    assert ids(network, [{"name": "Alma", "t": 3}]) == ["kz-alma"]
    assert ids(network, pd.DataFrame({"t": [1, 2], "place": ["Alma", "Poti"]})) == [
        "kz-alma",
        "ge-poti",
    ]


def test_standard_input_is_read(network, monkeypatch):
    class Stdin:
        buffer = stream("Poti\n")

    monkeypatch.setattr("sys.stdin", Stdin)
    assert ids(network, "-") == ["ge-poti"]


def test_a_country_tells_places_of_one_name_apart(network):
    assert ids(network, stream("place,country\nDimi,RS\nDimi,Bulgaria\nAlma,\n")) == [
        "rs-dim",
        "bg-dim",
        "kz-alma",
    ]
    assert ids(network, stream("Dimi, RS\nDimi, BG\n")) == ["rs-dim", "bg-dim"]


def test_a_place_keeps_the_text_it_was_written_as_and_its_line(network):
    (place,) = read_places(network, [stream("# note\nplace,country\n\nDimi,RS\n")])[0]
    assert place == ("Dimi, RS", "rs-dim", "Dimi", "RS", 4)


def test_every_bad_place_of_both_lists_is_reported_at_once_with_its_line(network):
    first = stream("place,x\nAlma,1\nAlmaq,2\n,3\nDimi,4\n=A1,5\n")
    second = stream("Poti\nKoppenhagen\n52.1,71.2\n99,200\n")
    first.name, second.name = "from.csv", "to.txt"
    assert faults(network, first, second) == [
        ("from.csv", 3, "P001", "Almaq"),
        ("from.csv", 4, "P004", ""),
        ("from.csv", 5, "P002", "Dimi"),
        ("from.csv", 6, "P005", "=A1"),
        ("to.txt", 2, "P001", "Koppenhagen"),
        ("to.txt", 3, "P003", "52.1, 71.2"),
        ("to.txt", 4, "P001", "99, 200"),
    ]


def test_what_is_wrong_says_what_to_do(network):
    with pytest.raises(DataError) as caught:
        read_places(network, [stream("site\nAlmaq\nDimi\n")])
    header, slip, two = (finding.one_line() for finding in caught.value.findings)
    assert "If line 1 is a header, call its column place" in header
    assert "Did you mean Alma (kz-alma, Kazakhstan)?" in slip
    assert "Dimi (rs-dim, Serbia) or Dimi (bg-dim, Bulgaria)" in two


def test_spoilt_lines_are_reported_beside_bad_names(network):
    found = faults(network, io.BytesIO(b'place\nAlma\n"Poti\n\xff\xfe\xfd\nNowhereton\n'))
    assert [(line, code) for _, line, code, _ in found] == [(3, "S003"), (4, "S002"), (5, "P001")]


def test_a_wrong_column_does_not_take_for_ever(network):
    found = faults(network, [f"number {i}" for i in range(1000)])
    assert len(found) == 201
    assert found[-1][2] == "P006"


@pytest.mark.parametrize("content", ["", "place\n", "\n\n", "# nothing\n"])
def test_an_empty_list_is_an_error(network, content):
    assert [code for _, _, code, _ in faults(network, stream(content))] == ["S001"]


def test_a_missing_file_is_an_error(network):
    (finding,) = faults(network, Path("/nowhere/list.csv"))
    assert finding[0] == "list.csv"


def test_a_spreadsheet_is_refused_with_a_remedy(network):
    with pytest.raises(DataError, match="Save it as CSV"):
        read_places(network, [io.BytesIO(b"PK\x03\x04rest")])


def test_a_question_of_one_place_is_no_list(network):
    with pytest.raises(DataError, match="cannot be read"):
        read_places(network, ["Alma"])


def test_coordinates_off_the_globe_are_told_as_such(network):
    with pytest.raises((DataError, RequestError), match="not on the globe"):
        read_places(network, [["99,200"]])
