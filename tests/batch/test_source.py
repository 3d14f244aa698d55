"""Files of scenarios: read again and again, under the name their user gave them."""

from __future__ import annotations

import gzip

import pytest

from routeplan.batch.source import Oddities, open_source
from routeplan.errors import DataError
from routeplan.scenario.form import read_row

TEXT = "scenario_id,origin,mine\na,Astana,1\na,Aktau,2\n"


def ids(source):
    rows = map(read_row, source.rows())
    return [(row.scenario_id, row.row, dict(row.cells)) for row in rows]


def test_each_pass_gives_the_same_rows_and_the_oddities_of_one_pass(tmp_path):
    file = tmp_path / "s.csv"
    file.write_text(TEXT, "utf-8")
    odd = Oddities(kept=1)
    source = open_source(file, "sub/s.csv", {"destination": "Baku"}, oddities=odd)
    first = ids(source)
    assert first == ids(source)
    assert first[1] == ("a", 3, {"origin": "Aktau", "destination": "Baku"})
    assert (source.total, odd.count, len(odd.first), odd.errors) == (2, 2, 1, [])
    assert odd.first[0].one_line().startswith("sub/s.csv:1 S005 mine: unknown column.")


def test_the_digest_is_of_all_that_rows_depend_on(tmp_path):
    file, edits = tmp_path / "s.csv", tmp_path / "e.csv"
    file.write_text(TEXT, "utf-8")
    digests = {open_source(file, "s", {}).digest}
    for value in (2, 3):
        edits.write_text(
            f"scenario_id,target,attribute,op,value\na,mode:rail,cost,*=,{value}\n", "utf-8"
        )
        digests.add(open_source(file, "s", {}, edits).digest)
    file.write_text(TEXT + "b,Astana,1\n", "utf-8")
    digests.add(open_source(file, "s", {}).digest)
    assert len(digests) == 4


def test_how_many_rows_a_packed_file_has_is_not_guessed(tmp_path):
    file = tmp_path / "s.csv.gz"
    file.write_bytes(gzip.compress(TEXT.encode()))
    source = open_source(file, "s", {})
    assert source.total is None
    assert len(ids(source)) == 2
    file.write_bytes(TEXT.encode().rstrip())
    assert open_source(file, "s", {}).total == 2


def test_an_edit_of_no_scenario_is_an_error_once_all_rows_are_read(tmp_path):
    file, edits = tmp_path / "s.csv", tmp_path / "e.csv"
    file.write_text(TEXT, "utf-8")
    edits.write_text("scenario_id,target,attribute\nz,mode:rail,close\n", "utf-8")
    odd = Oddities()
    source = open_source(file, "s", {}, edits, odd)
    assert odd.errors == []
    ids(source)
    assert [finding.code for finding in odd.errors] == ["S014"]


@pytest.mark.parametrize("content", [b"", b"what,is\n1,2\n", b"origin,origin\n"])
def test_columns_that_cannot_be_told_are_refused_when_it_is_opened(tmp_path, content):
    file = tmp_path / "s.csv"
    file.write_bytes(content)
    with pytest.raises(DataError):
        open_source(file, "s", {})
    edits = tmp_path / "e.csv"
    edits.write_bytes(content)
    file.write_text(TEXT, "utf-8")
    with pytest.raises(DataError):
        open_source(file, "s", {}, edits)
