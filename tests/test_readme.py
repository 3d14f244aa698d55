"""The README cannot lie: its commands run, its options exist, its Python works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from readme_blocks import picture, with_blocks

from routeplan.cli.app import COMMANDS
from routeplan.cli.main import run
from routeplan.network.files import packaged_data

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8") if (ROOT / "README.md").exists() else ""
SHELL = ("", "bash", "console", "sh", "shell")
OPERATORS = {"|", ">", ">>", "&&", "||", ";", "<"}


def blocks(languages: tuple[str, ...]) -> list[str]:
    """List the code blocks in these languages."""
    found = re.findall(r"^```(\w*)[^\n]*\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    return [body for language, body in found if language in languages]


def commands() -> list[str]:
    """List the command lines of the code blocks, as typed; a prompt may stand before them."""
    lines = [line.removeprefix("$ ") for body in blocks(SHELL) for line in body.splitlines()]
    return list(dict.fromkeys(line for line in lines if re.match(r"routeplan(\s|$)", line)))


def read(command: str) -> tuple[list[str], int]:
    """Split a command line into arguments, up to a pipe, and the exit code its comment states."""
    command, _, comment = command.partition(" # ")
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words = list(lexer)
    end = next((i for i, word in enumerate(words) if word in OPERATORS), len(words))
    stated = re.search(r"(?:ends with|exit code|exit) (\d+)", comment)
    return words[1:end], int(stated[1]) if stated else 0


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    """One folder for all, as of a reader: what one command writes a later one may read."""
    folder = tmp_path_factory.mktemp("clone")
    (folder / "data").symlink_to(packaged_data(), target_is_directory=True)
    (folder / "seeds").symlink_to(ROOT / "seeds", target_is_directory=True)
    return folder


@pytest.fixture(autouse=True)
def elsewhere(clone, monkeypatch) -> None:
    """Run where files may be written, with the project's data beside it as in a clone."""
    monkeypatch.chdir(clone)
    monkeypatch.setenv("XDG_CACHE_HOME", str(clone.parent))
    monkeypatch.delenv("ROUTEPLAN_DATA", raising=False)


def test_a_command_line_is_read_as_a_shell_reads_it():
    assert read('routeplan find "Xi\'an" Poti -o a.json') == (
        ["find", "Xi'an", "Poti", "-o", "a.json"],
        0,
    )
    assert read("routeplan find A B | head -1") == (["find", "A", "B"], 0)
    assert read("routeplan find A B --mode sea,rail # no way: ends with 1") == (
        ["find", "A", "B", "--mode", "sea,rail"],
        1,
    )


def test_the_readme_shows_how_to_use_the_command():
    assert len(commands()) >= 5


@pytest.mark.parametrize("command", commands())
def test_every_command_of_the_readme_runs(command, capsys):
    arguments, code = read(command)
    assert run(arguments) == code
    told = capsys.readouterr()
    if code == 0:
        assert told.out or {"-o", "check", "new"} & set(arguments)


@pytest.mark.parametrize("program", blocks(("py", "python")))
def test_every_program_of_the_readme_runs(program, capsys):
    exec(program, {"__name__": "__main__"})  # noqa: S102 - what a reader copies
    assert capsys.readouterr().err == ""


def test_every_option_named_exists_and_every_option_of_find_is_named(capsys):
    helps = {}
    for name in COMMANDS:
        run([name, "--help"])
        told = capsys.readouterr().out
        for part in re.findall(r"^  (\w+)  ", told.partition("Commands:")[2], re.MULTILINE):
            run([name, part, "--help"])
            told += capsys.readouterr().out
        helps[name] = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", told))
    text = re.sub(r"^.*\b(?:pip|uv|docker|git|ruff|pytest) .*$", "", README, flags=re.MULTILINE)
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))
    known = set().union(*helps.values()) | {"--version", "--install-completion"}
    assert named <= known
    assert helps["find"] - {"--help"} <= {*named, "--output", "--quiet"}


def test_the_two_commands_that_set_themselves_up_are_make_targets():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in ("find", "test"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
        assert f"make {target}" in README


def test_every_part_that_the_program_writes_is_up_to_date():
    assert with_blocks(README) == README, "run `make readme`"


def test_the_picture_is_what_the_program_draws():
    drawn = (ROOT / "docs" / "route.svg").read_text("utf-8")
    assert drawn == picture(), "make readme draws it anew"
