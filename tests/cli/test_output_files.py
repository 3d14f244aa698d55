"""`-o`: a file is whole or not there, and what is no plain file stays what it is."""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path

import pytest

FIND = ("find", "Astana", "Baku", "--quiet")
SUFFIXES = ["txt", "json", "jsonl", "csv", "tsv", "md", "geojson"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_suffix_chooses_the_format(say, tmp_path, suffix):
    file = tmp_path / f"plan.{suffix}"
    said = say(*FIND, "-o", file)
    form = "table" if suffix == "txt" else suffix
    assert said == (0, "", "")
    if form == "table":
        assert file.read_text("utf-8").startswith("Astana to Baku  1xFEU")
    else:
        assert file.read_text("utf-8") == say(*FIND, "--format", form).out


def test_upper_case_suffixes_and_names_with_blanks_are_fine(say, tmp_path):
    file = tmp_path / "my plan.JSON"
    assert say(*FIND, "-o", file).code == 0
    assert json.loads(file.read_text("utf-8"))["schema"] == "routeplan/find/1"


def test_the_format_asked_for_wins_over_the_suffix(say, tmp_path):
    file = tmp_path / "plan.csv"
    assert say(*FIND, "-o", file, "--format", "json").code == 0
    assert json.loads(file.read_text("utf-8"))["schema"] == "routeplan/find/1"


def test_a_dash_is_standard_output(say):
    assert say(*FIND, "-o", "-") == say(*FIND)
    assert say("check", "-o", "-") == say("check")


def test_a_table_in_a_file_is_the_same_whatever_the_terminal(say, tmp_path, monkeypatch):
    file = tmp_path / "plan.txt"
    assert say(*FIND, "-o", file).code == 0
    before = file.read_bytes()
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert say(*FIND, "-o", file).code == 0
    assert file.read_bytes() == before
    assert b"\x1b" not in before


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("", "it is a folder"),
        ("none/plan.json", "no such file or directory"),
        ("file/plan.json", "not a directory"),
    ],
)
def test_a_place_that_takes_no_file_is_named_and_nothing_is_written(say, tmp_path, output, reason):
    (tmp_path / "file").touch()
    said = say(*FIND, "--format", "json", "-o", tmp_path / output)
    assert (said.code, said.out) == (74, "")
    assert said.err.startswith(f"routeplan: cannot write {tmp_path / output}: {reason}.")
    assert said.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_a_folder_is_called_a_folder_before_its_name_is_searched_for_a_suffix(say, tmp_path):
    said = say(*FIND, "-o", tmp_path)
    assert said.code == 74
    assert "it is a folder. Name a file in it." in said.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_read_only_folder_is_named(say, tmp_path):
    tmp_path.chmod(0o555)
    said = say(*FIND, "-o", tmp_path / "plan.json")
    tmp_path.chmod(0o755)
    assert said.code == 74
    assert "permission denied" in said.err


def test_a_write_protected_file_is_not_replaced(say, tmp_path, monkeypatch):
    file = tmp_path / "plan.json"
    file.write_text("mine", "utf-8")
    monkeypatch.setattr(os, "access", lambda path, _mode: path != file)
    said = say(*FIND, "-o", file)
    assert (said.code, file.read_text("utf-8")) == (74, "mine")
    assert "permission denied" in said.err


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit, OSError])
def test_an_interruption_leaves_the_old_file_and_nothing_else(
    say, tmp_path, monkeypatch, interruption
):
    file = tmp_path / "plan.json"
    file.write_text("mine", "utf-8")

    def interrupt(_path, _target):
        raise interruption

    monkeypatch.setattr(Path, "replace", interrupt)
    say(*FIND, "-o", file)
    assert file.read_text("utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name == "nt", reason="permissions as of POSIX")
def test_a_file_keeps_its_permissions_and_a_new_one_gets_the_usual(say, tmp_path):
    private, new = tmp_path / "private.json", tmp_path / "new.json"
    private.touch(0o600)
    umask = os.umask(0o027)
    try:
        assert say(*FIND, "-o", private).code == say(*FIND, "-o", new).code == 0
    finally:
        os.umask(umask)
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert stat.S_IMODE(new.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_stays_a_link(say, tmp_path):
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.touch()
    link.symlink_to(target.name)
    assert say(*FIND, "-o", link).code == 0
    assert link.is_symlink()
    assert json.loads(target.read_text("utf-8"))["schema"] == "routeplan/find/1"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_or_device_is_written_to_and_never_replaced(say, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")))
    reader.start()
    said = say(*FIND, "--format", "json", "-o", pipe)
    reader.join()
    assert said == (0, "", "")
    assert json.loads(read[0])["schema"] == "routeplan/find/1"
    assert pipe.is_fifo()


@pytest.mark.parametrize("command", [("places",), ("sources",), ("check",), ("check", "--rules")])
@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "tsv", "md"])
def test_every_list_is_written_in_every_format(say, tmp_path, command, form):
    file = tmp_path / "list"
    assert say(*command, "--format", form, "-o", file).code == 0
    assert file.exists()


def test_a_format_a_command_lacks_is_refused_with_those_it_has(say, tmp_path):
    said = say("places", "-o", tmp_path / "places.geojson")
    assert (said.code, said.out) == (2, "")
    assert "does not write geojson. It writes table, json, jsonl, csv, tsv, md." in said.err
    assert say("show", "Aktau", "--format", "md").code == 2
