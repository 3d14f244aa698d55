"""`routeplan export`, and `find` into files of other programs."""

from __future__ import annotations

import importlib.util
import json
import sqlite3
from contextlib import closing

import pytest

from routeplan.cli.options import LISTED
from routeplan.render.exports import NETWORK_FORMATS
from routeplan.render.listing import LISTING_FORMATS
from routeplan.render.output import BINARY_FORMATS, Format

FIND = ("find", "Astana", "Baku", "--quiet")
MAGIC = {
    "gpkg": b"SQLite format 3\0",
    "sqlite": b"SQLite format 3\0",
    "xlsx": b"PK",
    "parquet": b"PAR1",
}


@pytest.mark.parametrize("form", NETWORK_FORMATS)
def test_a_network_is_written_by_suffix_and_by_format_alike(say, tmp_path, form):
    by_suffix, by_format = tmp_path / f"network.{form}", tmp_path / "network"
    assert say("export", "-o", by_suffix) == (0, "", "")
    assert say("export", "-o", by_format, "--format", form) == (0, "", "")
    assert by_suffix.read_bytes() == by_format.read_bytes() != b""


@pytest.mark.parametrize("form", BINARY_FORMATS)
def test_a_plan_is_written_in_binary_formats(say, tmp_path, form):
    file = tmp_path / f"plan.{form}"
    assert say(*FIND, "-o", file) == (0, "", "")
    assert file.read_bytes().startswith(MAGIC[form])


def test_a_table_is_chosen(say, tmp_path):
    said = say("export", "--table", "nodes", "--format", "jsonl")
    assert json.loads(said.out.splitlines()[0])["node_id"] == "kz-astana"
    assert say("export").out.startswith("edge_id\tfrom_node\t")
    refused = say("export", "--table", "nodes", "-o", tmp_path / "network.gpkg")
    assert (refused.code, refused.out) == (2, "")
    assert "gpkg holds the whole network. Leave --table out." in refused.err
    assert say("export", "--table", "nodez").err.startswith(
        'routeplan: --table "nodez" is none of the choices. Did you mean nodes?'
    )


def test_a_network_of_ones_own_is_written(say, tmp_path):
    (tmp_path / "nodes.csv").write_text("node_id\na\nb\n")
    (tmp_path / "edges.csv").write_text("from_node,to_node,mode,time_h\na,b,rail,1\n")
    assert say("export", "--data", tmp_path, "-o", tmp_path / "own.sqlite").code == 0
    with closing(sqlite3.connect(tmp_path / "own.sqlite")) as database:
        assert database.execute("SELECT node_id FROM nodes").fetchall() == [("a",), ("b",)]


def test_a_format_that_is_not_for_networks_is_refused_with_those_that_are(say, tmp_path):
    said = say("export", "-o", tmp_path / "network.md")
    assert (said.code, said.out) == (2, "")
    assert f"does not write md. It writes {', '.join(NETWORK_FORMATS)}." in said.err


@pytest.mark.parametrize("command", [FIND, ("export",)])
@pytest.mark.parametrize(("form", "extra"), [("xlsx", "excel"), ("parquet", "parquet")])
def test_a_missing_extra_is_told_in_one_line(say, tmp_path, monkeypatch, command, form, extra):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    said = say(*command, "-o", tmp_path / f"a.{form}")
    assert (said.code, said.out) == (2, "")
    assert f"pip install routeplan[{extra}]" in said.err
    assert said.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", BINARY_FORMATS)
@pytest.mark.parametrize("command", [FIND, ("export",)])
def test_a_binary_format_is_kept_from_a_terminal(say, monkeypatch, command, form):
    monkeypatch.setattr("routeplan.render.output._is_terminal", lambda: True)
    said = say(*command, "--format", form)
    assert (said.code, said.out) == (2, "")
    assert f"Name a file with -o FILE.{form}." in said.err


def test_a_network_on_a_terminal_asks_for_a_file(say, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    said = say("export")
    assert (said.code, said.out) == (2, "")
    assert "name a file: routeplan export -o network.gpkg" in said.err


@pytest.mark.parametrize("form", BINARY_FORMATS)
def test_a_pipe_takes_a_binary_format(start, tmp_path, say, form):
    say("export", "-o", tmp_path / f"n.{form}")
    with start("export", "--format", form) as running:
        out, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (0, b"")
    assert out == (tmp_path / f"n.{form}").read_bytes()


@pytest.mark.parametrize("form", ["parquet", "geojson"])
def test_notes_go_to_standard_error_where_a_file_has_no_room_for_them(say, tmp_path, form):
    said = say(*FIND[:-1], "-o", tmp_path / f"plan.{form}")
    assert said.err.splitlines()[-1].startswith("Policy sanctions: Russia")
    assert say(*FIND[:-1], "-o", tmp_path / "plan.xlsx").err == ""


def test_help_of_lists_names_the_formats_of_lists(say):
    assert LISTED == LISTING_FORMATS
    assert f"[{'|'.join(LISTED)}]" in say("places", "--help").out
    assert f"[{'|'.join(Format)}]" in say("find", "--help").out
    assert f"[{'|'.join(NETWORK_FORMATS)}]" in say("export", "--help").out


@pytest.mark.parametrize("suffix", ["csv.gz", "geojson.gz", "JSON.GZ"])
def test_a_text_is_packed_by_its_name(say, tmp_path, suffix):
    import gzip

    assert say(*FIND, "-o", tmp_path / f"plan.{suffix}").code == 0
    form = suffix.split(".", maxsplit=1)[0].lower()
    packed = (tmp_path / f"plan.{suffix}").read_bytes()
    assert gzip.decompress(packed).decode() == say(*FIND, "--format", form).out
