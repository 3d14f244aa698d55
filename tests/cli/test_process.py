"""What only a process shows: pipes, signals, encodings, its folder, its cache, its hash seed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import typer

from routeplan.cli.app import COMMANDS

TINY = Path(__file__).parents[1] / "data" / "tiny"
FIND = ("find", "Astana", "Baku", "--quiet")
FULL = Path("/dev/full")
posix = pytest.mark.skipif(os.name == "nt", reason="pipes and signals as of POSIX")


@posix
@pytest.mark.parametrize("arguments", [FIND, ("places",), ("find", "--help"), ("--version",)])
def test_a_reader_that_went_away_is_no_error(start, arguments):
    reading, writing = os.pipe()
    os.close(reading)
    with start(*arguments, stdout=writing) as running:
        os.close(writing)
        errors = running.stderr.read()
    assert (running.returncode, errors) == (0, b"")


@pytest.mark.skipif(not FULL.is_char_device(), reason="no full device")
@pytest.mark.parametrize("arguments", [FIND, ("find", "--help")])
def test_a_full_disk_is_told_in_one_line(start, arguments):
    with FULL.open("wb") as full, start(*arguments, stdout=full.fileno()) as running:
        errors = running.stderr.read().decode()
    assert running.returncode == 74
    assert errors.startswith("routeplan: cannot write")
    assert errors.count("\n") == 1


@posix
def test_closed_streams_change_the_exit_code_only_where_they_are_needed(tmp_path):
    program = f"{sys.executable} -m routeplan"

    def code(command: str) -> int:
        return subprocess.run(["sh", "-c", command], check=False, timeout=60).returncode

    file = tmp_path / "plan.json"
    assert code(f"{program} find Astana Baku -o {file} >&- 2>&-") == 0
    assert file.stat().st_size > 1000
    assert code(f"{program} find Astana Baku >&- 2>&-") == 74
    assert code(f"{program} find Astana Nowhere 2>&-") == 2


@posix
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_quietly_and_leaves_no_file(start, tmp_path, sent, code):
    folder = tmp_path / "network"
    shutil.copytree(TINY, folder)
    (folder / "nodes.csv").unlink()
    os.mkfifo(folder / "nodes.csv")
    with start(*FIND, "--data", folder, "-o", tmp_path / "plan.json") as running:
        writing = _open_once_read(folder / "nodes.csv", running)
        running.send_signal(sent)
        os.close(writing)  # a signal just before the read began would wait for its end
        out, errors = running.communicate()
    assert (running.returncode, out, errors) == (code, b"", b"")
    assert list(tmp_path.iterdir()) == [folder]


def _open_once_read(pipe: Path, running: subprocess.Popen[bytes]) -> int:
    """Open a pipe as soon as the process reads it: then it is in the middle of its work."""
    while True:
        assert running.poll() is None
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            continue


@pytest.mark.parametrize("encoding", ["ascii", "cp1251"])
def test_a_poor_encoding_costs_letters_and_never_the_answer(process, encoding):
    for arguments in (("show", "Baku"), (*FIND, "--format", "table")):
        said = process(*arguments, PYTHONIOENCODING=encoding, encoding=encoding)
        assert (said.code, said.err) == (0, "")
        assert "Baku" in said.out
    assert "----------" in said.out
    assert "????" not in said.out


def test_the_c_locale_reads_and_writes_every_script(process):
    said = process("show", "Астана", LC_ALL="C", LANG="C")
    assert said.code == 0
    assert "Астана" in said.out


def test_a_pipe_gets_plain_tsv_even_where_colour_is_forced(process):
    said = process(*FIND, FORCE_COLOR="1", COLUMNS="40")
    lines = said.out.splitlines()
    assert lines[0].startswith("rank\ttags\torigin\t")
    assert len({line.count("\t") for line in lines}) == 1
    assert "\x1b" not in said.out


def test_colour_follows_the_usual_variables(process):
    table = (*FIND, "--format", "table")
    assert "\x1b" not in process(*table).out
    assert "\x1b" in process(*table, FORCE_COLOR="1").out
    assert "\x1b" not in process(*table, FORCE_COLOR="1", NO_COLOR="1").out
    assert "\x1b" not in process(*table, FORCE_COLOR="1", TERM="dumb").out
    assert "\x1b" not in process(*table, "--no-color", FORCE_COLOR="1").out


def test_ci_gets_help_and_errors_without_colours(process):
    said = process("find", "Astana", GITHUB_ACTIONS="true")
    assert "\x1b" not in said.err
    assert "╭" not in said.err
    assert "\x1b" not in process("find", "--help", GITHUB_ACTIONS="true").out


def test_the_answer_does_not_depend_on_the_hash_seed(process):
    told = {
        process(*FIND, "--format", "json", PYTHONHASHSEED=seed, ROUTEPLAN_NO_CACHE="1").out
        for seed in ("0", "1", "4242")
    }
    assert len(told) == 1
    assert '"schema": "routeplan/find/1"' in told.pop()


def test_two_first_runs_at_once_do_no_harm(start, tmp_path):
    both = [start(*FIND, XDG_CACHE_HOME=str(tmp_path)) for _ in range(2)]
    told = [running.communicate(timeout=60) for running in both]
    assert told[0] == told[1]
    assert [running.returncode for running in both] == [0, 0]
    kept = list((tmp_path / "routeplan").iterdir())
    assert len(kept) == 2  # the network, and its arcs priced for this shipment
    assert {path.suffix for path in kept} == {f".{sys.implementation.cache_tag}"}


def test_a_home_that_cannot_be_written_is_done_without(process, tmp_path):
    file = tmp_path / "file"
    file.touch()
    said = process(*FIND, HOME=str(file), XDG_CACHE_HOME=str(file))
    assert (said.code, said.err) == (0, "")
    assert "Astana ~ rail" in said.out


def test_it_runs_from_any_folder(process, tmp_path):
    assert process(*FIND, cwd=tmp_path) == process(*FIND)


def test_help_and_version_and_completion_import_nothing_heavy():
    program = (
        "import sys; from routeplan.cli.main import run; "
        "run(sys.argv[1:]); "
        "print([m for m in ('pandas', 'numpy', 'networkx', 'geopy', 'rich') if m in sys.modules])"
    )
    for arguments in (["--help"], ["find", "--help"], ["--version"]):
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_says_of_itself(name):
    command = getattr(import_module(f"routeplan.cli.{name}"), name)
    text = command.info.help if isinstance(command, typer.Typer) else command.__doc__
    assert text.splitlines()[0] == COMMANDS[name]
