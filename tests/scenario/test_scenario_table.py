"""Tables of scenarios: every column, every way they are saved, every way they go wrong."""

from __future__ import annotations

import contextlib
import gzip
import io
import tracemalloc
from datetime import date, datetime

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from routeplan.errors import DataError
from routeplan.scenario.columns import COLUMNS, QUESTION_COLUMNS
from routeplan.scenario.form import NOTHING_EXPECTED, Expectations
from routeplan.scenario.seen import Seen
from routeplan.scenario.table import ScenarioTable

HEADER = "scenario_id,origin,destination,changes\n"


def read(source, **options):
    if isinstance(source, str):
        source = source.encode()
    if isinstance(source, bytes):
        source = io.BytesIO(source)
    return list(ScenarioTable(source, **options))


def told(row) -> list[str]:
    return [finding.one_line() for finding in row.findings]


def refused(source) -> str:
    with pytest.raises(DataError) as error:
        read(source)
    return str(error.value)


def test_a_row_becomes_the_texts_of_its_question_its_changes_and_its_expectations():
    (row,) = read(
        "scenario_id,note,origin,destination,via,load,k,changes,max_days,must_via,expect_mode\n"
        'one,why,Astana,Belgrade,"a,b",1xFEU,3,close node:x; edge:y cost*=2,45,"p, q",RAIL\n'
    )
    assert (row.row, row.scenario_id, row.findings) == (2, "one", ())
    assert row.cells == {
        "origin": "Astana",
        "destination": "Belgrade",
        "via": "a,b",
        "load": "1xFEU",
        "k": "3",
    }
    assert [str(change) for change in row.changes] == ["close node:x", "edge:y cost*=2"]
    assert row.expectations == Expectations(
        max_days=45.0, must_via=("p", "q"), expect_mode=("rail",)
    )


def test_columns_may_come_in_any_order_and_by_other_names():
    (row,) = read("to,ID,From,mode,value\nBelgrade,x,Astana,rail,5\n")
    assert row.scenario_id == "x"
    assert row.cells == {
        "origin": "Astana",
        "destination": "Belgrade",
        "modes": "rail",
        "value_usd": "5",
    }


def test_defaults_fill_what_rows_leave_empty():
    rows = read(
        "scenario_id,origin,changes\na,,\nb,Almaty,close edge:x\n",
        defaults={"origin": "Astana", "destination": "Belgrade", "load": ""},
    )
    assert [row.cells["origin"] for row in rows] == ["Astana", "Almaty"]
    assert all(row.cells["destination"] == "Belgrade" and not row.findings for row in rows)
    assert all("load" not in row.cells for row in rows)


def test_a_row_without_an_id_is_named_by_its_line():
    rows = read("origin,destination\n\nA,B\n,,\n# a remark\nA,B\n")
    assert [(row.row, row.scenario_id) for row in rows] == [(3, "row-3"), (6, "row-6")]


def test_rows_that_ask_the_same_share_what_was_read():
    first, second = read("origin,destination\nA,B\nA,B\n")
    assert first.cells is second.cells
    assert first.expectations is second.expectations is NOTHING_EXPECTED


@pytest.mark.parametrize(
    "saved",
    [
        pytest.param(lambda t: t.encode(), id="utf-8"),
        pytest.param(lambda t: t.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(lambda t: t.encode("utf-16"), id="utf-16"),
        pytest.param(lambda t: b"\xfe\xff" + t.encode("utf-16-be"), id="utf-16, big end first"),
        pytest.param(lambda t: t.encode("utf-16-le"), id="utf-16 without a mark"),
        pytest.param(lambda t: t.replace("\n", "\r\n").encode(), id="crlf"),
        pytest.param(lambda t: t.replace("\n", "\r").encode(), id="cr"),
        pytest.param(lambda t: t.rstrip("\n").encode(), id="no last line end"),
        pytest.param(lambda t: gzip.compress(t.encode()), id="gzip"),
        pytest.param(lambda t: t.replace(",", ";").encode(), id="semicolons"),
        pytest.param(lambda t: t.replace(",", "\t").encode(), id="tabs"),
        pytest.param(lambda t: t.replace(",", "\t").encode("utf-16"), id="a spreadsheet's text"),
        pytest.param(lambda t: f"sep=;\n{t.replace(',', ';')}".encode(), id="separator named"),
        pytest.param(lambda t: f"# remark, here\n{t}".encode(), id="remark"),
        pytest.param(lambda t: f'"# remark, here",,\n{t}'.encode(), id="remark of a spreadsheet"),
    ],
)
def test_a_table_is_read_however_it_was_saved(saved):
    rows = read(saved("scenario_id,origin,destination\na,Астана,Београд\nb,Almaty,Sofia\n"))
    assert [(row.scenario_id, *row.cells.values()) for row in rows] == [
        ("a", "Астана", "Београд"),
        ("b", "Almaty", "Sofia"),
    ]
    assert not any(row.findings for row in rows)


def test_a_table_is_read_from_a_path_and_from_standard_input(tmp_path, monkeypatch):
    path = tmp_path / "mine.csv"
    path.write_text("origin,destination\nA,\n", "utf-8")
    (row,) = read(path)
    assert told(row)[0].startswith("mine.csv:2 S009 destination")
    stream = io.TextIOWrapper(io.BytesIO(path.read_bytes()))
    monkeypatch.setattr("sys.stdin", stream)
    (row,) = list(ScenarioTable("-"))
    assert told(row)[0].startswith("standard input:2 S009 destination")


def test_parquet_records_and_data_frames_read_as_their_csv_does(tmp_path):
    values = {
        "scenario_id": ["a", "b"],
        "origin": ["Astana", "Almaty"],
        "destination": ["Belgrade", "Sofia"],
        "k": [3.0, None],
        "include_planned": [True, None],
        "depart": [date(2027, 1, 15), None],
        "value_usd": [1.5, 2e6],
        "via": [["x", "y"], None],
    }
    path = tmp_path / "mine.parquet"
    parquet.write_table(pa.table(values), path)
    packed = io.BytesIO(path.read_bytes())
    records = [dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True)]
    text = (
        "scenario_id,origin,destination,k,include_planned,depart,value_usd,via\n"
        'a,Astana,Belgrade,3,yes,2027-01-15,1.5,"x,y"\nb,Almaty,Sofia,,,,2000000,\n'
    )
    expected = [row._replace(file="") for row in read(text)]
    for source in (path, packed, records, iter(records), pd.DataFrame(values)):
        found = [row._replace(file="") for row in ScenarioTable(source)]
        assert [row._replace(row=0) for row in found] == [row._replace(row=0) for row in expected]
        assert [row.row for row in found] == [2, 3]


def test_what_pandas_leaves_empty_is_empty():
    frame = pd.DataFrame({"origin": ["A", "A"], "destination": ["B", "B"], "depart": [None, None]})
    frame["depart"] = pd.to_datetime(frame["depart"])
    frame["k"] = pd.array([1, None], dtype="Int64")
    frame["on"] = [datetime(2030, 1, 1), pd.NaT]
    first, second = ScenarioTable(frame)
    assert first.cells == {"origin": "A", "destination": "B", "k": "1", "on": "2030-01-01"}
    assert second.cells == {"origin": "A", "destination": "B"}


def test_a_later_record_with_a_key_of_its_own_is_told():
    rows = list(ScenarioTable({"origin": "A", "destination": "B"} for _ in range(1500)))
    assert len(rows) == 1500
    late = [*({"origin": "A", "destination": "B"} for _ in range(1500)), {"origin": "A", "k": 1}]
    assert 'key "k"' in told(list(ScenarioTable(late))[-1])[0]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("x,Astana,Belgrade,edge:a wait=2", ["S011 changes", '"edge:a wait=2"', "wait_h"]),
        ("x,Astana,,", ["S009 destination", "no place is given"]),
        ('x,"=HYPERLINK(""http://a"",""b"")",Belgrade,', ["S008 origin", "a formula"]),
        ("=1+1,Astana,Belgrade,", ["S008 scenario_id", "a formula"]),
        ("x,Astana,Belgrade,=A1", ["S008 changes", "a formula"]),
        ("x,Astana,Belgrade", ["S004", "3 cells where the header has 4"]),
        ("x,Astana,Belgrade,,,", ["S004", "6 cells where the header has 4"]),
        ("x,Ast\0ana,Belgrade,", ["S002", "NUL"]),
        ('x,"Ast"ana,Belgrade,', ["S003", "behind a closing quotation mark"]),
        ('x,"Astana,Belgrade,', ["S003", "a quotation mark opens here"]),
    ],
)
def test_a_row_that_is_wrong_is_told_and_the_others_are_read(line, parts):
    rows = read(f"{HEADER}a,A,B,\n{line}\nb,A,B,close node:c\n")
    assert [row.scenario_id for row in rows if not row.problems] == ["a", "b"]
    (wrong,) = [row for row in rows if row.problems]
    (text,) = told(wrong)
    assert text.startswith("stream:3 ")
    for part in parts:
        assert part in text


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("k", "0", "a whole number from 1 to 50"),
        ("k", "many", "a whole number from 1 to 50"),
        ("k", "٣", "a whole number from 1 to 50"),
        ("value_usd", "-1", "a number from 0"),
        ("value_usd", "1e999", "a finite number"),
        ("value_usd", "nan", "a finite number"),
        ("value_usd", "12 USD", "a number"),
        ("max_days", "0", "above 0"),
        ("max_cost_usd", '"1,5"', "a decimal point, not a comma"),
        ("by", "tme", "balanced, time, cost"),
        ("policy", "nothing", "sanctions, none"),
        ("modes", "rial", "modes of rail"),
        ("expect_mode", "rial", "modes of rail"),
        ("expect_status", "fine", "ok, no_route"),
        ("depart", "2026-02-30", "a day such as"),
        ("on", "soon", "a day such as"),
        ("deadline", "25 weeks", "25d, 600h"),
        ("include_planned", "perhaps", "yes or no"),
        ("allow", "panama", "suez or volga-don"),
    ],
)
def test_a_value_its_column_cannot_hold_is_told(column, value, reason):
    (row,) = read(f"origin,destination,{column}\nA,B,{value}\n")
    (finding,) = row.findings
    assert (finding.code, finding.field, finding.line) == ("S007", column, 2)
    assert reason in finding.message


def test_all_that_is_wrong_with_a_row_is_told_at_once():
    (row,) = read("origin,k,by,changes\n=A1,99,tme,close; x\n")
    assert [finding.field for finding in row.findings] == [
        "origin",
        "by",
        "k",
        "destination",
        "changes",
        "changes",
    ]


def test_a_column_that_looks_like_a_slip_is_refused_and_one_of_the_users_own_is_not():
    assert refused("orgin,destination\nA,B\n") == (
        "stream:1 S005 orgin: unknown column. Did you mean origin?"
    )
    table = ScenarioTable(io.BytesIO(b"origin,destination,region,note2\nA,B,x,y\n"))
    assert [finding.field for finding in table.findings] == ["region", "note2"]
    assert [row.cells for row in table] == [{"origin": "A", "destination": "B"}]


def test_a_column_that_stands_twice_is_refused():
    assert "S006 origin" in refused("origin,from,destination\nA,B,C\n")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"\n\n  \n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"# only a remark\n", "the file is empty"),
        (b"a,b,c\n1,2,3\n", "names no known column"),
        (b'"origin,destination\nA,B\n', "a quotation mark opens here"),
        (b"PK\x03\x04rest", "a spreadsheet or a zip archive"),
        (gzip.compress(b"origin,destination\n")[:15], "compressed data are damaged"),
        (b"\x1f\x8bnonsense", "compressed data are damaged"),
        (b"PAR1nonsense", "Parquet data are damaged"),
        (bytes(range(256)) * 20, "stream"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(content, message):
    text = refused(content)
    assert message in text
    assert "\n" not in text


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert "no such file" in refused(tmp_path / "none.csv")
    assert "is a directory" in refused(tmp_path)


def test_compressed_data_cut_short_are_told_after_the_rows_they_hold():
    packed = gzip.compress(HEADER.encode() + b"".join(b"%d,A,B,\n" % i for i in range(99_999)))
    table = iter(ScenarioTable(io.BytesIO(packed[: len(packed) // 2])))
    assert next(table).scenario_id == "0"
    with pytest.raises(DataError, match="damaged"):
        list(table)


def test_a_header_alone_is_a_table_without_scenarios():
    assert read(HEADER) == []


def test_an_id_that_came_before_is_a_warning_and_the_row_can_be_asked():
    first, second = read(f"{HEADER}a,A,B,\na,A,B,\n")
    assert not first.findings
    assert "S010 scenario_id" in told(second)[0]
    assert not second.problems


def test_bytes_that_are_no_text_spoil_their_row_only():
    rows = read(HEADER.encode() + b"a,Ast\xe0na,B,\nb,A,B,\n")
    assert "S002: it holds bytes that are not UTF-8" in told(rows[0])[0]
    assert not rows[1].findings


def test_an_open_quotation_mark_costs_its_own_line():
    lines = "".join(f"{i},A,B,\n" for i in range(3000))
    rows = read(f'{HEADER}x,"A,B,\n{lines}y,"A,B,\n')
    assert [row.row for row in rows if row.problems] == [2, 3003]
    assert len(rows) == 3002


def test_a_cell_may_run_over_lines():
    first, second = read(f'{HEADER}a,A,B,"close node:x;\n  close node:y"\nb,A,B,\n')
    assert [str(change) for change in first.changes] == ["close node:x", "close node:y"]
    assert (second.row, second.scenario_id) == (4, "b")


def test_a_cell_may_hold_a_megabyte():
    text = "edge:sea-aktau-alat wait_h*=1.01;" * 32_000
    first, second = read(f'{HEADER}a,A,B,"{text}"\nb,A,B,\n')
    assert len(first.changes) == 32_000
    assert not first.findings
    assert second.scenario_id == "b"


def test_memory_does_not_grow_with_the_rows():
    def peak(rows: int) -> int:
        table = ScenarioTable(
            _Endless(b"origin,destination,changes\n", b"A,B,close node:x\n", rows)
        )
        tracemalloc.start()
        assert sum(1 for _ in table) == rows
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(40_000) < 1.5 * peak(4_000) + 100_000


def test_a_million_identical_rows_are_read():
    table = ScenarioTable(_Endless(b"origin,destination\n", b"A,B\n", 1_000_000))
    assert sum(1 for _ in table) == 1_000_000


class _Endless(io.RawIOBase):
    """A stream of one line again and again, without ever holding them all."""

    def __init__(self, header: bytes, line: bytes, rows: int) -> None:
        super().__init__()
        self._rest, self._line, self._rows = header, line, rows

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if len(self._rest) < len(buffer) and self._rows:
            count = min(self._rows, len(buffer) // len(self._line) + 1)
            self._rest += self._line * count
            self._rows -= count
        given = self._rest[: len(buffer)]
        buffer[: len(given)] = given
        self._rest = self._rest[len(given) :]
        return len(given)


@given(st.lists(st.text(max_size=8), max_size=300))
def test_seen_is_a_set(texts):
    seen, known = Seen(), set()
    for text in texts:
        assert seen.add(text) is (text not in known)
        known.add(text)


def test_seen_holds_many():
    seen = Seen()
    assert all(seen.add(f"s{number}") for number in range(20_000))
    assert not any(seen.add(f"s{number}") for number in range(20_000))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_without_a_traceback(content):
    for text in (content, b"origin,destination,changes\n" + content):
        with contextlib.suppress(DataError):
            assert all(row.row > 1 for row in read(text))


def test_every_column_has_a_meaning_and_an_example_it_accepts():
    assert len(COLUMNS) == 29
    for column in COLUMNS.values():
        assert column.meaning
        assert column.check is None or column.check(column.example) is not ValueError
    assert {column.name for column in QUESTION_COLUMNS} < set(COLUMNS)
