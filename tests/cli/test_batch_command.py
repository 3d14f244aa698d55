"""`routeplan batch`: what is answered, told and kept, and what each exit code means."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import pty
import sys

import pytest
from junitparser import JUnitXml

from routeplan.analysis.results import read_results
from routeplan.batch.baseline import read_results as read_baseline
from routeplan.cli.batch_run import _FIELDS
from routeplan.render.output import choose_format
from routeplan.render.rows.files import open_rows

HEAD = "scenario_id,origin,destination,by,load,max_days,expect_status,note\n"
TABLE = HEAD + (
    "base,Astana,Baku,,,,,plain\n"
    "quick,Astana,Baku,time,,20,ok,\n"
    "dear,Astana,Baku,,,0.1,,fails\n"
    "odd,Astana,Qqbakou,,,,,bad\n"
    "none,Astana,Baku,,,,no_route,\n"
)
GOOD = "".join(TABLE.splitlines(keepends=True)[:3])


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "scenarios.csv"
    file.write_text(TABLE, "utf-8")
    return file


@pytest.fixture
def good(tmp_path):
    file = tmp_path / "good.csv"
    file.write_text(GOOD, "utf-8")
    return file


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_row_is_answered_in_order_with_its_status_and_verdict(say, table, tmp_path):
    said = say("batch", table, "-o", tmp_path / "r.csv")
    found = rows((tmp_path / "r.csv").read_text("utf-8"))
    assert [(r["scenario_id"], r["row"], r["status"], r["expectations"]) for r in found] == [
        ("base", "2", "ok", "none"),
        ("quick", "3", "ok", "ok"),
        ("dear", "4", "ok", "failed"),
        ("odd", "5", "bad_row", "none"),
        ("none", "6", "ok", "failed"),
    ]
    assert found[0]["way"].startswith("Astana ~ rail ~ Aktau port")
    assert found[0]["countries"] == "KZ|AZ"
    assert float(found[1]["time_h_p50"]) <= float(found[0]["time_h_p50"])
    assert (said.code, said.out) == (1, "")
    unknown = found[3]["error"]
    assert unknown.startswith(
        'destination "Qqbakou": unknown place "Qqbakou". Did you mean Baku (az-baku, Azerbaijan)?'
    )
    assert said.err.splitlines() == [
        f"{table}:4 dear: {found[2]['failed']}",
        f"{table}:5 odd: {unknown}",
        f"{table}:6 none: expect_status: ok, not no_route",
        "5 scenarios: 4 ok, 1 bad row. Expectations: 1 of 3 hold.",
    ]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["r.csv", "scenarios.csv"]


def test_all_well_ends_with_0_and_one_line(say, good, tmp_path):
    said = say("batch", good, "-o", tmp_path / "r.csv")
    assert said == (0, "", "2 scenarios: 2 ok. Expectations: 1 of 1 hold.\n")
    assert say("batch", good, "-o", tmp_path / "r.csv", "-q") == (0, "", "")


def test_standard_output_gets_the_bytes_of_the_file(say, good, tmp_path):
    say("batch", good, "-o", tmp_path / "r.csv")
    text = (tmp_path / "r.csv").read_text("utf-8")
    assert say("batch", good, "-q") == (0, text, "")
    assert say("batch", good, "-q", "-o", "-") == (0, text, "")


def test_standard_input_is_read_as_the_file_is(process, start, good):
    with good.open("rb") as file, start("batch", "-", "-q", stdin=file) as running:
        out, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (0, b"")
    assert out.decode() == process("batch", good, "-q").out


def test_the_suffix_chooses_json_lines_and_packing(say, good, tmp_path):
    for name in ("r.csv", "r.jsonl", "r.csv.gz", "r.jsonl.gz"):
        assert say("batch", good, "-o", tmp_path / name, "-q").code == 0
    plain = (tmp_path / "r.csv").read_bytes()
    assert gzip.decompress((tmp_path / "r.csv.gz").read_bytes()) == plain
    lines = (tmp_path / "r.jsonl").read_text("utf-8").splitlines()
    assert gzip.decompress((tmp_path / "r.jsonl.gz").read_bytes()).decode().splitlines() == lines
    read = [json.loads(line) for line in lines]
    assert list(read[0]) == list(rows(plain.decode())[0])
    assert isinstance(read[0]["cost_usd"], float | int)
    assert read[0]["error"] is None


@pytest.mark.parametrize("name", ["r.txt", "r.geojson"])
def test_other_suffixes_are_refused_before_any_work(say, good, tmp_path, name):
    said = say("batch", good, "-o", tmp_path / name)
    assert (said.code, said.out) == (2, "")
    assert "It writes csv, tsv, jsonl, parquet, sqlite, xlsx." in said.err
    assert not (tmp_path / name).exists()


def test_strict_answers_nothing_if_a_row_is_bad(say, table, tmp_path):
    said = say("batch", table, "-o", tmp_path / "r.csv", "--strict")
    assert said.code == 3
    assert said.err.startswith(f'routeplan: {table}:5 S013 destination "Qqbakou": unknown')
    assert said.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == [table]


def test_validate_only_answers_nothing_at_all(say, table, good, tmp_path):
    assert say("batch", table, "-o", tmp_path / "r.csv", "--validate-only").code == 3
    assert say("batch", good, "-o", tmp_path / "r.csv", "--validate-only") == (0, "", "clean\n")
    assert sorted(tmp_path.iterdir()) == [good, table]


def test_rows_without_ends_take_the_defaults(say, tmp_path):
    file = tmp_path / "s.csv"
    file.write_text("scenario_id,origin\na,\nb,Aktau\n", "utf-8")
    found = rows(say("batch", file, "-q", "--from", "Astana", "--to", "Baku").out)
    assert [(r["origin"], r["destination"]) for r in found] == [
        ("kz-astana", "az-baku"),
        ("kz-aktau", "az-baku"),
    ]
    assert rows(say("batch", file, "-q").out)[0]["status"] == "bad_row"


def test_junit_is_read_by_a_parser_with_file_and_line(say, table, tmp_path):
    report = tmp_path / "report.xml"
    assert say("batch", table, "-o", tmp_path / "r.csv", "--junit", report, "-q").code == 1
    whole = JUnitXml.fromfile(str(report))
    assert (whole.tests, whole.failures, whole.errors) == (5, 2, 1)
    (suite,) = whole
    odd = next(case for case in suite if case.name == "odd")
    assert (odd._elem.get("file"), odd._elem.get("line")) == (str(table), "5")
    assert odd.result[0].message.startswith('destination "Qqbakou": unknown')


def test_github_gets_annotations_and_a_summary(say, table, tmp_path, monkeypatch):
    step = tmp_path / "step.md"
    step.write_text("before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(step))
    said = say("batch", table, "-o", tmp_path / "r.csv", "--github", "-q")
    lines = said.out.splitlines()
    assert [line.split(",")[1] for line in lines] == ["line=5", "line=6", "line=4"]
    assert all(line.startswith(f"::error file={table},line=") for line in lines)
    text = step.read_text("utf-8")
    assert text.startswith(f"before\n## routeplan batch {table}\n\n5 scenarios: 4 ok, 1 bad row.")
    assert "| 4 | dear | ok | max\\_days: " in text


def test_annotations_leave_standard_output_to_the_results(say, table, monkeypatch):
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    said = say("batch", table, "--github", "-q")
    assert "::" not in said.out
    assert said.err.count("::error ") == 3


def test_earlier_results_of_another_format_are_a_baseline_and_a_report(say, table, tmp_path):
    old, now = tmp_path / "old.parquet", tmp_path / "now.csv"
    assert say("batch", table, "-o", old).code == 1
    assert (
        f"Beside {old}: nothing changed." in say("batch", table, "-o", now, "--baseline", old).err
    )
    told = say("report", "--results", old).out
    assert told == say("report", "--results", now).out.replace(now.name, old.name)


@pytest.mark.parametrize("name", ["r.tsv", "r.tsv.gz", "r.jsonl", "r.sqlite", "r.db", "r.xlsx"])
def test_results_are_read_back_from_every_format_alike(tmp_path, name):
    plain, other = tmp_path / "r.csv", tmp_path / name
    answers = [
        {"scenario_id": "a", "row": 2, "rank": 1, "status": "ok", "way": "A, B\nC", "borders": 0}
        | {"time_h_p50": 231.25, "cost_usd": 5000.0, "co2e_kg": 12.345},
        {"scenario_id": "=1+1", "row": 4, "status": "no_route", "error": 'no "way"'},
    ]
    for file in (plain, other):
        with open_rows(file, _FIELDS, choose_format(None, file), name="results") as out:
            out.write_all(answers)
    same, found = (
        [{**row, "way": str(row["way"]).split()} for row in read_baseline(file)]
        for file in (plain, other)
    )
    assert [row["scenario_id"] for row in found] == ["a", "=1+1"]
    assert found == same
    assert read_results(other)[1].error == 'no "way"'
    assert [r.cost_usd for r in read_results(other)] == [5000, None]


def test_a_baseline_fails_the_build_only_beyond_its_tolerance(say, good, tmp_path):
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    assert say("batch", good, "-o", old).code == 0
    said = say("batch", good, "-o", new, "--baseline", old)
    assert said.code == 0
    assert f"Beside {old}: nothing changed.\n" in said.err
    before = rows(old.read_text("utf-8"))
    cost = float(before[0]["cost_usd"])
    text = old.read_text("utf-8").replace(f",{before[0]['cost_usd']},", f",{cost / 1.05:.2f},")
    old.write_text(text, "utf-8")
    said = say("batch", good, "-o", new, "--baseline", old, "--tolerance", "cost=2%,time=5%")
    assert said.code == 1
    assert said.err.splitlines()[0] == (
        f"worse: base: cost_usd: {cost:g}, was {cost / 1.05:g} (+5.0 %, tolerance 2 %)"
    )
    assert "1 worse" in said.err
    report = tmp_path / "report.xml"
    options = ("--baseline", old, "--tolerance", "cost=6%", "--junit", report)
    assert say("batch", good, "-o", new, *options).code == 0
    assert [suite.name for suite in JUnitXml.fromfile(str(report))] == ["scenarios", "baseline"]


@pytest.mark.parametrize(
    ("options", "code", "reason"),
    [
        (("--resume",), 2, "--resume goes on with a file"),
        (("--tolerance", "cost=2%"), 2, "--tolerance is about --baseline"),
        (("--baseline", "none.csv"), 2, "--baseline none.csv: cannot be read"),
        (("--baseline", "none.csv", "--tolerance", "x=2"), 2, '--tolerance "x=2"'),
        (("--engine", "spark"), 2, '--engine "spark" is none of the choices'),
        (("-o", "."), 74, "it is a folder"),
        (("-o", "none/r.csv"), 74, "cannot write none/r.csv: no such file or directory"),
        (("--junit", "none/r.xml", "-o", "r.csv"), 74, "cannot write none/r.xml"),
        (("-o", "good.csv"), 2, "SCENARIOS and -o are one file, good.csv"),
        (("-o", "r.csv", "--junit", "./r.csv"), 2, "-o and --junit are one file"),
        (("--resume", "-o", os.devnull), 2, "--resume goes on with a file"),
        (("--scheduler", "nowhere", "-o", "r.csv"), 2, '--scheduler "nowhere"'),
    ],
)
def test_mistakes_are_told_in_one_line(say, good, monkeypatch, options, code, reason):
    monkeypatch.chdir(good.parent)
    monkeypatch.setattr("routeplan.batch.cluster._CONNECT_S", 1)
    said = say("batch", good, *options, "-q")
    assert said.code == code
    assert reason in said.err
    assert "Traceback" not in said.err


def test_earlier_results_are_not_overwritten_before_they_are_compared_with(say, good, tmp_path):
    output = tmp_path / "r.csv"
    assert say("batch", good, "-o", output).code == 0
    said = say("batch", good, "-o", output, "--baseline", output)
    assert said.code == 2
    assert "--baseline and -o are one file" in said.err


@pytest.mark.skipif(os.name == "nt", reason="devices as of POSIX")
def test_a_device_stays_what_it_is_and_nothing_stands_beside_it(process, good, tmp_path):
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert process("batch", good, "-o", pipe, "-q") == (0, "", "")
    assert os.read(reading, 10**6).decode() == process("batch", good, "-q").out
    os.close(reading)
    assert sorted(tmp_path.iterdir()) == [good, pipe]


@pytest.mark.skipif(os.name == "nt", reason="pipes as of POSIX")
def test_a_reader_that_went_away_ends_it_quietly(start, good):
    reading, writing = os.pipe()
    os.close(reading)
    with start("batch", good, "-q", stdout=writing) as running:
        os.close(writing)
        errors = running.stderr.read()
    assert (running.returncode, errors) == (0, b"")


@pytest.mark.parametrize("name", ["none.csv", "."])
def test_a_file_that_cannot_be_read_is_told(say, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    said = say("batch", name)
    assert said.code == 3
    assert said.err.startswith(f"routeplan: {name} S001: cannot be read, ")


def test_a_file_without_rows_is_no_scenarios(say, tmp_path):
    file = tmp_path / "s.csv"
    file.write_text(HEAD, "utf-8")
    said = say("batch", file)
    assert said.code == 0
    assert said.out.startswith("scenario_id,row,rank,")
    assert said.err == "0 scenarios.\n"


@pytest.mark.skipif(os.name == "nt", reason="a terminal as of POSIX")
def test_a_terminal_gets_a_bar_with_rate_and_time_left_and_a_pipe_gets_none(
    good, start, process, tmp_path
):
    assert "scenarios" in process("batch", good, "-o", tmp_path / "a.csv").err
    ours, theirs = pty.openpty()
    with start("batch", good, "-o", tmp_path / "b.csv", stderr=theirs, TERM="xterm") as running:
        os.close(theirs)
        shown = b""
        try:
            while block := os.read(ours, 4096):
                shown += block
        except OSError:
            pass  # the other end closed
    os.close(ours)
    assert running.returncode == 0
    assert b"2/2" in shown
    assert b"left" in shown
    assert b"\x1b" not in process("batch", good, "-o", tmp_path / "c.csv").err.encode()


@pytest.mark.slow
def test_the_workers_do_not_show_in_the_results(process, tmp_path):
    many = tmp_path / "many.csv"
    body = "".join(f"s{n},Astana,Baku,,{n}t,{n},,\n" for n in range(1, 26))
    many.write_text(HEAD + body, "utf-8")
    files = []
    for engine, workers in (("serial", 1), ("pool", 3)):
        file = tmp_path / f"{engine}{workers}.csv"
        said = process("batch", many, "-o", file, "--engine", engine, "--workers", workers)
        assert said.code in (0, 1)
        assert "Traceback" not in said.err
        files.append(file.read_bytes())
    assert len(set(files)) == 1
    assert len(rows(files[0].decode())) == 25


@pytest.mark.slow
def test_a_local_cluster_gives_the_same_bytes(process, good, tmp_path):
    pytest.importorskip("distributed")
    here, there = tmp_path / "here.csv", tmp_path / "there.csv"
    assert process("batch", good, "-o", here).code == 0
    said = process("batch", good, "-o", there, "--engine", "dask", "--workers", 2)
    assert (said.code, said.err) == (0, "2 scenarios: 2 ok. Expectations: 1 of 1 hold.\n")
    assert there.read_bytes() == here.read_bytes()


def test_a_batch_loads_neither_pandas_nor_dask():
    from subprocess import run

    program = (
        "import sys; from routeplan.cli.main import run; run(['batch', '--help']); "
        "print(sorted({'csv', 'distributed', 'multiprocessing', 'networkx', 'pandas', "
        "'routeplan.batch.job', 'rich'} & set(sys.modules)))"
    )
    done = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
