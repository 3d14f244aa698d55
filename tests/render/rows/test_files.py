"""Files of rows: what was written is read back by other programs, whole or not at all."""

from __future__ import annotations

import csv
import gc
import gzip
import importlib.util
import io
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routeplan.errors import OutputError, RequestError
from routeplan.render.cells import plain
from routeplan.render.output import Format, choose_format
from routeplan.render.rows.excel import ExcelRows
from routeplan.render.rows.files import ROW_FORMATS, Field, RowWriter, open_rows

FIELDS = (
    Field("scenario_id", str, "the row asked"),
    Field("rank", int),
    Field("time_h", float, "average time"),
    Field("cost_usd", float),
    Field("late", bool),
)
ROWS = [
    {"scenario_id": "Ақтау, \"a\" 'b'", "rank": 1, "time_h": 12.25, "cost_usd": 7.0, "late": True},
    {"scenario_id": "no way", "rank": None, "time_h": None, "cost_usd": None, "late": None},
    {"scenario_id": "", "rank": -3, "time_h": -0.5, "cost_usd": 1234567.891, "late": False},
]
NAMES = ["a.csv", "a.tsv", "a.jsonl", "a.csv.gz", "a.JSONL.GZ", "a.parquet", "a.sqlite", "a.xlsx"]
TYPED = ["a.jsonl", "a.parquet", "a.sqlite"]


def write(path: Path, rows, fields=FIELDS) -> bytes:
    """Write rows in the format of the file's name."""
    with open_rows(path, fields, choose_format(None, path, ROW_FORMATS)) as out:
        out.write_all(rows)
    assert out.count == len(rows)
    return path.read_bytes()


def read(path: Path) -> list[dict]:
    """Read rows by a program that is not ours; an empty cell is None."""
    name = path.name.lower()
    if name.endswith(".parquet"):
        return pq.read_table(path).to_pylist()
    if name.endswith(".sqlite"):
        with closing(sqlite3.connect(path)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute("SELECT * FROM rows")]
    if name.endswith(".xlsx"):
        header, *rows = openpyxl.load_workbook(path)["rows"].iter_rows(values_only=True)
        return [dict(zip(header, row, strict=True)) for row in rows]
    text = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
    if ".jsonl" in name:
        return [json.loads(line) for line in text.decode().split("\n")[:-1]]
    delimiter = "\t" if ".tsv" in name else ","
    lines = io.StringIO(text.decode(), newline="")
    return list(csv.DictReader(lines, delimiter=delimiter, strict=True))


def as_read(row: dict, name: str) -> dict:
    """Say how a row comes back: a text has no types, Excel has no empty text."""
    if ".csv" in name or ".tsv" in name:
        shown = {None: "", True: "yes", False: "no"}
        return {
            key: shown[value]
            if value is None or isinstance(value, bool)
            else f"{value:.10g}"
            if isinstance(value, float)
            else str(value)
            for key, value in row.items()
        }
    if name.endswith(".xlsx"):
        return {key: None if value == "" else value for key, value in row.items()}
    return row


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_read_back_as_they_were(tmp_path, name):
    write(tmp_path / name, ROWS)
    assert read(tmp_path / name) == [as_read(row, name) for row in ROWS]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("count", [0, 1, 3, 4, 7])
def test_no_row_is_lost_between_chunks(tmp_path, monkeypatch, name, count):
    for kind in (RowWriter, *RowWriter.__subclasses__()):
        monkeypatch.setattr(kind, "CHUNK", 3)
    rows = [dict.fromkeys(f.name for f in FIELDS) | {"rank": n} for n in range(count)]
    write(tmp_path / name, rows)
    assert [int(row["rank"]) for row in read(tmp_path / name)] == list(range(count))


@pytest.mark.parametrize("name", NAMES)
def test_equal_rows_give_equal_bytes(tmp_path, name):
    assert write(tmp_path / f"1{name}", ROWS) == write(tmp_path / f"2{name}", ROWS)


@pytest.mark.parametrize("name", NAMES)
def test_the_rows_need_not_be_held(tmp_path, monkeypatch, name):
    for kind in (RowWriter, *RowWriter.__subclasses__()):
        monkeypatch.setattr(kind, "CHUNK", 2)
    held = []

    def rows():
        for n in range(9):
            held.append(len(out._chunk))
            yield {"rank": n}

    path = tmp_path / name
    with open_rows(path, FIELDS, choose_format(None, path)) as out:
        out.write_all(rows())
    assert max(held) < 2
    assert len(read(path)) == 9


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fault", [ZeroDivisionError, KeyboardInterrupt, SystemExit])
def test_a_fault_on_the_way_leaves_the_old_file_and_nothing_else(tmp_path, name, fault):
    path = tmp_path / name
    path.write_text("mine")
    with pytest.raises(fault), open_rows(path, FIELDS, choose_format(None, path)) as out:  # noqa: PT012 - the rows before it count
        out.write_all(ROWS)
        raise fault
    assert path.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", NAMES)
def test_a_column_that_is_none_is_refused(tmp_path, name):
    path = tmp_path / name
    with (
        pytest.raises(ValueError, match="no such column: tiem_h"),
        open_rows(path, FIELDS, choose_format(None, path)) as out,
    ):
        out.write({"tiem_h": 1.0})
    assert not path.exists()


def test_a_column_that_is_missing_is_blank(tmp_path):
    write(tmp_path / "a.jsonl", [{"rank": 1}])
    (row,) = read(tmp_path / "a.jsonl")
    assert row == {"scenario_id": None, "rank": 1, "time_h": None, "cost_usd": None, "late": None}


@pytest.mark.parametrize("name", TYPED)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "scenario_id": st.none() | st.text(st.characters(exclude_categories=["Cs"])),
                "rank": st.none() | st.integers(-(2**53), 2**53),
                "time_h": st.none() | st.floats(allow_nan=False, allow_infinity=False),
                "cost_usd": st.none(),
                "late": st.none() | st.booleans(),
            }
        )
    )
)
def test_typed_formats_keep_any_value_exactly(tmp_path, name, rows):
    write(tmp_path / name, rows)
    back = read(tmp_path / name)
    assert back == rows
    assert [type(row["time_h"]) for row in back] == [type(row["time_h"]) for row in rows]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=8))
def test_texts_of_a_csv_are_kept_but_for_an_apostrophe_before_what_looks_like_a_formula(
    tmp_path, texts
):
    write(tmp_path / "a.csv", [{"scenario_id": text} for text in texts])
    for text, row in zip(texts, read(tmp_path / "a.csv"), strict=True):
        one_line_end = text.replace("\r\n", "\n").replace("\r", "\n")
        assert row["scenario_id"] in (one_line_end, f"'{one_line_end}")
        assert row["scenario_id"][:1] not in ("=", "@", "\t", "\r")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('=HYPERLINK("http://a.b","c")', '\'=HYPERLINK("http://a.b","c")'),
        ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\n=1"),
        ("\n=1", "'\n=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("-5", "-5"),
        ("+10%", "+10%"),
        ("-", "-"),
        ("Aktau = port", "Aktau = port"),
    ],
)
def test_a_text_that_a_spreadsheet_would_calculate_gets_an_apostrophe_in_csv_only(
    tmp_path, text, told
):
    for name in ("a.csv", "a.jsonl", "a.sqlite", "a.parquet", "a.xlsx"):
        write(tmp_path / name, [{"scenario_id": text, "time_h": -1.5}])
        (row,) = read(tmp_path / name)
        expected = {"a.csv": told, "a.xlsx": plain(text)}.get(name, text)
        assert row["scenario_id"] == expected
        assert float(row["time_h"]) == -1.5


def test_excel_has_a_header_in_sight_filters_formats_and_no_formula(tmp_path):
    write(tmp_path / "a.xlsx", [*ROWS, {"scenario_id": "=1+1"}])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["rows"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E5"
    assert [cell.number_format for cell in sheet[2]] == [
        "General",
        "General",
        "#,##0.0",
        "#,##0.00",
        "General",
    ]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "n", "n", "b"]
    assert (sheet["A5"].value, sheet["A5"].data_type) == ("=1+1", "s")
    assert all(cell.hyperlink is None for row in sheet for cell in row)
    assert sheet["A1"].font.bold


def test_a_text_too_long_for_excel_is_cut_and_says_so(tmp_path):
    write(tmp_path / "a.xlsx", [{"scenario_id": "x" * 40_000}, {"scenario_id": "y" * 32_767}])
    cut, whole = read(tmp_path / "a.xlsx")
    assert len(cut["scenario_id"]) == 32_767
    assert cut["scenario_id"].endswith("x [cut]")
    assert whole["scenario_id"] == "y" * 32_767


def test_excel_refuses_more_rows_than_a_sheet_has(tmp_path, monkeypatch):
    assert ExcelRows.MOST_ROWS == 2**20 - 1
    path = tmp_path / "a.xlsx"
    reason = r"a\.xlsx: a sheet ends at 1,048,576 rows with its header\. Write \.parquet, \.sqlite"
    with (
        pytest.raises(OutputError, match=reason),
        open_rows(path, FIELDS, Format.XLSX, expected=2**20),
    ):
        pytest.fail("refused too late: before the rows are computed")
    monkeypatch.setattr(ExcelRows, "MOST_ROWS", 2)
    write(path, ROWS[:2])
    with pytest.raises(OutputError, match="a sheet ends at 3 rows"):
        write(path, ROWS)
    assert len(read(path)) == 2


def test_a_workbook_that_grows_too_large_is_told_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr("routeplan.render.rows.excel._MOST_BYTES", 5000)
    write(tmp_path / "a.xlsx", ROWS)
    (tmp_path / "a.xlsx").unlink()
    with pytest.raises(OutputError, match=r"its sheet has grown beyond 2 GB\. Write \.parquet"):
        write(tmp_path / "a.xlsx", ROWS * 20)
    assert list(tmp_path.iterdir()) == []


def test_parquet_has_types_and_says_what_columns_mean(tmp_path):
    write(tmp_path / "a.parquet", [])
    schema = pq.read_schema(tmp_path / "a.parquet")
    assert [str(kind) for kind in schema.types] == ["string", "int64", "double", "double", "bool"]
    assert schema.field("time_h").metadata[b"description"] == b"average time"


def test_a_database_has_its_types_and_a_name_for_its_table(tmp_path):
    path = tmp_path / "a.sqlite"
    with open_rows(path, FIELDS, Format.SQLITE, name='an "odd" name') as out:
        out.write_all(ROWS)
    with closing(sqlite3.connect(path)) as database:
        columns = list(database.execute("""PRAGMA table_info("an ""odd"" name")"""))
        assert [(name, kind) for _, name, kind, *_ in columns] == [
            ("scenario_id", "TEXT"),
            ("rank", "INTEGER"),
            ("time_h", "REAL"),
            ("cost_usd", "REAL"),
            ("late", "BOOLEAN"),
        ]
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize(("form", "package"), [("xlsx", "excel"), ("parquet", "parquet")])
def test_a_missing_extra_is_named_in_one_line_before_any_work(monkeypatch, form, package):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(RequestError) as caught:
        choose_format(None, Path(f"rows.{form}"), ROW_FORMATS)
    assert f"pip install routeplan[{package}]" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert choose_format(None, Path("rows.sqlite"), ROW_FORMATS) is Format.SQLITE


def test_a_binary_file_is_not_packed_again():
    with pytest.raises(RequestError, match=r"parquet is packed already: leave \.gz off the name"):
        choose_format(None, Path("rows.parquet.gz"), ROW_FORMATS)


def test_other_formats_are_refused_with_those_there_are(tmp_path):
    with (
        pytest.raises(RequestError, match="rows are not written as md, but as csv, tsv"),
        open_rows(tmp_path / "a.md", FIELDS, Format.MD),
    ):
        pytest.fail("opened")


@pytest.mark.parametrize("form", [Format.CSV, Format.TSV, Format.JSONL])
def test_standard_output_takes_text_as_it_comes(tmp_path, capsys, monkeypatch, form):
    monkeypatch.setattr(RowWriter, "CHUNK", 1)
    with open_rows(None, FIELDS, form) as out:
        out.write(ROWS[0])
        so_far = capsys.readouterr().out
        out.write(ROWS[1])
    assert "Ақтау" in so_far
    written = write(tmp_path / f"a.{form}", ROWS[:2])
    assert so_far + capsys.readouterr().out == written.decode()


@pytest.mark.parametrize("form", [Format.PARQUET, Format.SQLITE, Format.XLSX])
def test_standard_output_takes_a_binary_file_at_the_end(tmp_path, capfdbinary, form):
    with open_rows(None, FIELDS, form) as out:
        out.write_all(ROWS)
    assert capfdbinary.readouterr().out == write(tmp_path / f"a.{form}", ROWS)


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no full device")
@pytest.mark.parametrize("form", [Format.CSV, Format.JSONL, Format.PARQUET, Format.XLSX])
def test_a_full_disk_is_told_in_one_line(form, monkeypatch):
    unraisable: list = []
    monkeypatch.setattr(sys, "unraisablehook", unraisable.append)
    told = said_of_a_full_disk(form)
    assert told.startswith("cannot write /dev/full: no space left on device.")
    gc.collect()  # what is collected now has no more to say
    assert [str(said.exc_value) for said in unraisable] == []


def said_of_a_full_disk(form: Format) -> str:
    """Write to a full device; what was open is out of reach when this returns."""
    rows = ({"scenario_id": "x" * 1000, "rank": n} for n in range(20_000))
    with pytest.raises(OutputError) as caught, open_rows(Path("/dev/full"), FIELDS, form) as out:
        out.write_all(rows)
    return str(caught.value)


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_that_is_not_there_is_told_in_one_line(tmp_path, name):
    path = tmp_path / "none" / name
    with pytest.raises(OutputError, match="no such file or directory"):
        write(path, ROWS)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_database_into_a_pipe_is_refused(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with (
        pytest.raises(OutputError, match="a database needs a plain file"),
        open_rows(pipe, FIELDS, Format.SQLITE),
    ):
        pytest.fail("opened")
    assert pipe.is_fifo()


ENDLESS = """
import itertools
from routeplan.render.output import Format
from routeplan.render.rows.files import Field, open_rows
with open_rows(None, [Field("n", int)], Format.{form}) as out:
    out.write_all({{"n": n}} for n in itertools.count())
"""


@pytest.mark.skipif(os.name == "nt", reason="pipes as of POSIX")
@pytest.mark.parametrize("form", ["CSV", "TSV", "JSONL"])
def test_the_work_ends_quietly_when_the_reader_goes_away(form):
    program = [sys.executable, "-c", ENDLESS.format(form=form)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout.readline()
        running.stdout.close()
        errors = running.stderr.read()
    assert (running.returncode, errors) == (0, b"")


def test_standard_output_that_is_closed_is_told_in_one_line(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    with (
        pytest.raises(OutputError, match="standard output: it is closed"),
        open_rows(None, FIELDS, Format.CSV),
    ):
        pytest.fail("opened")
