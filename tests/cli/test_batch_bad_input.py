"""What people and programs put into tables: `routeplan batch` answers every row it can."""

from __future__ import annotations

import csv
import gzip
import io
import json
import resource
import sys
from subprocess import run

import pytest

HEAD = "scenario_id,origin,destination,changes,max_days\n"
ROWS = "a,Astana,Baku,,\nb,Astana,Baku,mode:rail cost*=2,60\n"


@pytest.fixture
def batch(say, tmp_path):
    """Run a batch over the bytes of a table; return its rows by id, and what it said."""

    def call(content: str | bytes, *options: object, name: str = "s.csv"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        said = say("batch", file, "-o", tmp_path / "r.csv", *options)
        if not (tmp_path / "r.csv").exists():
            return {}, said
        text = (tmp_path / "r.csv").read_text("utf-8")
        return {row["scenario_id"]: row for row in csv.DictReader(io.StringIO(text))}, said

    return call


@pytest.mark.parametrize(
    "saved",
    [
        pytest.param(lambda t: t.encode("utf-8-sig"), id="BOM"),
        pytest.param(lambda t: t.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(lambda t: t.encode("utf-16"), id="UTF-16"),
        pytest.param(lambda t: gzip.compress(t.encode()), id="gzip"),
        pytest.param(lambda t: t.replace(",", ";").encode(), id="semicolons"),
        pytest.param(lambda t: t.rstrip("\n").encode(), id="no last line end"),
    ],
)
def test_a_table_reads_the_same_however_it_was_saved(batch, tmp_path, saved):
    assert batch(HEAD + ROWS)[1].code == 0
    plain = (tmp_path / "r.csv").read_bytes()
    assert batch(saved(HEAD + ROWS))[1].code == 0
    assert (tmp_path / "r.csv").read_bytes() == plain


def test_parquet_is_read_as_csv_is(batch, tmp_path):
    from pyarrow import csv as arrow_csv
    from pyarrow import parquet

    batch(HEAD + ROWS)
    plain = (tmp_path / "r.csv").read_bytes()
    table = arrow_csv.read_csv(tmp_path / "s.csv")
    parquet.write_table(table, tmp_path / "s.parquet")
    assert batch((tmp_path / "s.parquet").read_bytes(), name="s.parquet")[1].code == 0
    assert (tmp_path / "r.csv").read_bytes() == plain


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("x,Qqastana,Baku,,", 'origin "Qqastana": unknown place'),
        ("x,Astana,Baku,,soon", 'max_days "soon": expected a number'),
        ("x,Astana,Baku,,1e999", 'max_days "1e999": expected a finite number'),
        ("x,Astana,Baku,,-3", 'max_days "-3": expected a number above 0'),
        ('x,"Astana,Baku,,', "quotation mark"),
        ('x,Ast"ana,Baku,,', "quotation mark"),
        ("x,Asta\0na,Baku,,", "NUL"),
        ("x,Astana,Baku,edge:nothing-like-it time_h=1,", "no edge"),
        ("x,Astana,Baku,edge:nothing close; mode:rial cost*=2,", "mode:rial"),
        ("x,Astana,Baku,mode:rail cost*=,", 'changes "mode:rail cost*="'),
        ("x,Astana,Baku,mode:rail cost*=-1,", 'changes "mode:rail cost*=-1"'),
        ('x,Astana,Baku,"=HYPERLINK(""http://a.b"",""go"")",', "a formula, not a value"),
        ("x,=1+1,Baku,,", 'origin "=1+1": a formula, not a value'),
        ("x,Astana,Baku,,,,,", "8 cells where the header has 5"),
        ("x,Astana", "2 cells where the header has 5"),
    ],
)
def test_one_bad_row_is_told_with_column_value_and_reason_and_stops_no_other(batch, row, error):
    first, last = ROWS.splitlines(keepends=True)
    found, said = batch(f"{HEAD}{first}{row}\n{last}")
    assert [(r["status"], r["row"]) for r in (found["a"], found["b"])] == [("ok", "2"), ("ok", "4")]
    (bad,) = (r for key, r in found.items() if key not in "ab")
    assert (bad["status"], bad["row"]) == ("bad_row", "3")
    assert error in bad["error"]
    assert said.code == 1
    assert f"s.csv:3 {bad['scenario_id']}: " in said.err
    assert "Traceback" not in said.err
    strict = batch(f"{HEAD}{first}{row}\n{last}", "--strict")[1]
    assert strict.code == 3
    assert f"{error}" in strict.err
    assert "s.csv:3" in strict.err


def test_all_that_is_wrong_with_a_row_is_told_at_once(batch):
    found, _ = batch(HEAD + "x,Qqastana,Qqbaku,edge:qq time_h=1,soon\n")
    for piece in ('origin "Qqastana"', 'destination "Qqbaku"', 'max_days "soon"', "edge:qq"):
        assert piece in found["x"]["error"]
    assert found["x"]["expectations"] == "failed"


def test_an_unknown_column_stops_the_run_with_what_was_meant(batch):
    found, said = batch("scenario_id,origin,destination,max_dais\na,Astana,Baku,1\n")
    assert (found, said.code) == ({}, 3)
    assert "max_dais: unknown column. Did you mean max_days?" in said.err


def test_a_column_of_ones_own_is_passed_over_with_a_word(batch):
    found, said = batch("scenario_id,origin,destination,chapter\na,Astana,Baku,1\n")
    assert (found["a"]["status"], said.code) == ("ok", 0)
    assert "s.csv:1 S005 chapter: unknown column. It is not read." in said.err


def test_a_scenario_id_twice_is_told_and_both_are_answered(batch, tmp_path):
    _, said = batch(HEAD + ROWS + "a,Aktau,Baku,,\n")
    text = (tmp_path / "r.csv").read_text("utf-8")
    assert [line.split(",")[0] for line in text.splitlines()] == ["scenario_id", "a", "b", "a"]
    assert 's.csv:4 S010 scenario_id "a": an earlier row has this id.' in said.err
    assert said.code == 0


def test_texts_that_look_like_formulas_are_harmless_in_csv(batch):
    ids = ["@SUM(A1)", "-2+3", "+20%", "-5"]
    content = HEAD + "".join(f"{name},Astana,Baku,,\n" for name in ids)
    found, _ = batch(content)
    assert list(found) == ["'@SUM(A1)", "'-2+3", "+20%", "-5"]


def test_formulas_are_themselves_in_json_lines(say, tmp_path):
    (tmp_path / "s.csv").write_text(HEAD + "@SUM(A1),Astana,Baku,,\n", "utf-8")
    assert say("batch", tmp_path / "s.csv", "-o", tmp_path / "r.jsonl", "-q").code == 0
    assert json.loads((tmp_path / "r.jsonl").read_text("utf-8"))["scenario_id"] == "@SUM(A1)"


def test_a_cell_of_a_megabyte_is_read_or_refused_but_never_kept(batch, tmp_path):
    good = "; ".join(["mode:rail cost*=1"] * 45_000)
    bad = "; ".join(["mode:rial cost*=1"] * 45_000)
    found, said = batch(f'{HEAD}a,Astana,Baku,"{good}",\nb,Astana,Baku,"{bad}",\nc,Astana,Baku,,\n')
    assert said.code == 1
    assert [row["status"] for row in found.values()] == ["ok", "bad_row", "ok"]
    assert len(found["b"]["error"]) < 20_000
    assert (tmp_path / "r.csv").stat().st_size < 40_000


def test_edits_in_a_second_table_are_applied_and_one_of_no_scenario_is_told(batch, tmp_path):
    edits = tmp_path / "edits.csv"
    edits.write_text(
        "scenario_id,target,attribute,op,value\na,mode:rail,cost,*=,2\nz,mode:rail,cost,*=,2\n"
    )
    found, said = batch(HEAD + ROWS, "--edits", edits)
    assert found["a"]["cost_usd"] == found["b"]["cost_usd"]
    assert float(found["a"]["delta_cost_usd"]) > 0
    assert said.code == 1
    assert 'S014 scenario_id "z": no scenario has this id.' in said.err


@pytest.mark.slow
def test_very_many_equal_rows_are_answered_once_in_flat_memory(tmp_path):
    """Each run is a process of its own, so that its peak is its own."""

    def peak_kib(rows: int) -> int:
        file = tmp_path / "many.csv"
        file.write_text("origin,destination\n" + "Astana,Baku\n" * rows)
        program = (
            "import resource, sys; from routeplan.cli.main import run; "
            f"code = run(['batch', {str(file)!r}, '-q', '--engine', 'serial', "
            f"'--search', 'python', '-o', {str(tmp_path / 'r.csv')!r}]); "
            "print(code, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        done = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        code, kib = map(int, done.stdout.split())
        assert code == 0
        with (tmp_path / "r.csv").open() as results:
            assert sum(1 for _ in results) == rows + 1
        return kib

    assert resource.getpagesize()
    few, many = peak_kib(1_000), peak_kib(1_000_000)
    assert many - few < 30_000
