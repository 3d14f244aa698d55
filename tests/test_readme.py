"""The first page cannot lie: its commands run, its answers are the program's, all is there."""

from __future__ import annotations

import re

import pytest
from page_blocks import picture, with_blocks
from pages import (
    DOCS,
    README,
    ROOT,
    as_reader,
    assert_answered,
    commands,
    links,
    shell_lines,
)

from routeplan.cli.app import COMMANDS

TEXT = README.read_text("utf-8")


@pytest.fixture(scope="module")
def reader():
    """One folder for all, as of a reader: what one command writes a later one may read."""
    with as_reader(TEXT) as folder:
        yield folder


@pytest.mark.parametrize("command", commands(TEXT))
@pytest.mark.usefixtures("reader")
def test_every_command_runs(command, capsys):
    assert_answered(command, capsys)


def test_every_part_that_the_program_writes_is_up_to_date():
    assert with_blocks(TEXT) == TEXT, "run `make readme`"


def test_the_picture_is_what_the_program_draws():
    drawn = (ROOT / "docs" / "route.svg").read_text("utf-8")
    assert drawn == picture(), "make readme draws it anew"


def test_the_two_commands_that_set_themselves_up_stand_first():
    assert shell_lines(TEXT)[:2] == ["make find", "make test"]
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in ("find", "test"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_answer_stands_on_the_first_screen():
    assert "$ routeplan find Astana Belgrade" in TEXT.splitlines()[:30]


def test_the_tour_shows_every_command():
    shown = {line.split()[1] for line in shell_lines(TEXT) if line.startswith("routeplan ")}
    assert shown == set(COMMANDS)


def test_every_page_is_reached_from_here():
    here = {target.partition("#")[0] for target in links(TEXT)}
    assert {f"docs/{page.name}" for page in DOCS} <= here
