"""The pages cannot lie: commands run, options exist, links lead somewhere, tables are true."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from page_blocks import NAMED, names_of_blocks, with_blocks
from pages import (
    DOCS,
    OTHER_TEXTS,
    PAGES,
    README,
    ROOT,
    anchors,
    as_reader,
    assert_answered,
    commands,
    files_named,
    inline_commands,
    is_ours,
    links,
    name_of,
    options,
    programs,
    read,
    shell_lines,
)

from routeplan import errors
from routeplan.cli.app import COMMANDS
from routeplan.cli.main import run
from routeplan.scenario.columns import EXPECTATION_COLUMNS

TEXTS = {page: page.read_text("utf-8") for page in [*PAGES, *OTHER_TEXTS]}
LEADER = "tcp://leader:8786"
ALONE = [
    (page, line)
    for page in DOCS
    for line in commands(TEXTS[page])
    if LEADER not in line and line not in commands(TEXTS[README])
]
PROGRAMS = [(page, program) for page in DOCS for program in programs(TEXTS[page])]
START_S = 60


def ids(value: object) -> str:
    """Name a case by its page or its command."""
    return value.stem if isinstance(value, Path) else str(value).splitlines()[-1][:60]


@pytest.fixture(scope="module")
def helps() -> dict[str, str]:
    """The help of every command and of the commands in it, by what is typed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "80")
        told = {"": said("--help")}
        for name in COMMANDS:
            told[name] = said(name, "--help")
            listed = told[name].partition("Commands:")[2]
            for part in re.findall(r"^  (\w+)  ", listed, re.MULTILINE):
                told[f"{name} {part}"] = said(name, part, "--help")
    return told


def said(*arguments: str) -> str:
    """Return what a command prints, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "routeplan", *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture(scope="module")
def stand_by():
    """Go to the folder of a reader of a page, who goes through it from the top."""
    with ExitStack() as stack:
        pages: list[Path] = []

        def go(page: Path) -> None:
            if pages[-1:] != [page]:
                stack.close()
                stack.enter_context(as_reader(TEXTS[page]))
                pages.append(page)

        yield go


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


def test_what_a_text_names_is_found_in_it():
    sentence = "`routeplan find A\nB --by time` and `data/x.csv`, [b](c.md#d-e), `--via`"
    text = f"# A page, at last\n{sentence}"
    assert inline_commands(text) == ["routeplan find A B --by time"]
    assert (links(text), files_named(text)) == (["c.md#d-e"], {"data/x.csv"})
    assert (options(text), anchors(text)) == ({"--by", "--via"}, {"a-page-at-last"})


@pytest.mark.parametrize(("page", "command"), ALONE, ids=ids)
def test_every_command_runs(page, command, stand_by, capsys):
    stand_by(page)
    assert_answered(command, capsys)


@pytest.mark.parametrize(("page", "program"), PROGRAMS, ids=ids)
def test_every_program_runs(page, program, stand_by, capsys):
    stand_by(page)
    exec(program, {"__name__": "__main__"})  # noqa: S102 - what a reader copies
    told = capsys.readouterr()
    assert told.out
    assert told.err == ""


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # what dask leaves to the collector
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_commands_of_a_cluster_run(capsys, monkeypatch):
    text = TEXTS[ROOT / "docs" / "batch.md"]
    pytest.importorskip("distributed")
    monkeypatch.setattr("routeplan.batch.cluster._CONNECT_S", START_S)
    address = f"tcp://127.0.0.1:{free_port()}"
    lines = [line for line in shell_lines(text) if line.startswith("dask") or LEADER in line]
    assert len(lines) == 3
    with as_reader(text):
        assert run(["scenarios", "new", "scenarios.csv"]) == 0
        servers = []
        try:
            for line in lines:
                here = line.replace(LEADER, address).replace("8786", address.rpartition(":")[2])
                if is_ours(here):
                    assert_answered(here, capsys)
                else:
                    servers.append(start(here.split()[1:]))
        finally:
            for server in servers:
                server.terminate()
                server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(arguments: list[str]) -> subprocess.Popen[bytes]:
    """Start a part of a cluster; each waits for the other."""
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "dask", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("page", DOCS, ids=ids)
def test_every_part_that_the_program_writes_is_up_to_date(page):
    assert with_blocks(TEXTS[page]) == TEXTS[page], "run `make readme`"


def test_every_block_stands_once_and_no_page_says_what_another_says():
    blocks = [name for page in PAGES for name in names_of_blocks(TEXTS[page]) if name != "run"]
    assert sorted(blocks) == sorted({*NAMED, "bench"})


@pytest.mark.parametrize("page", TEXTS, ids=name_of)
def test_every_line_of_a_shell_starts_something_that_is_there(page):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    extras = (ROOT / "pyproject.toml").read_text("utf-8")
    for line in shell_lines(TEXTS[page]):
        if made := re.fullmatch(r"make (\w+).*", line):
            assert re.search(rf"^{made[1]}:", makefile, re.MULTILINE), line
        elif wanted := re.fullmatch(r"pip install 'routeplan\[(\w+)\]'", line):
            assert re.search(rf"^{wanted[1]} = \[", extras, re.MULTILINE), line
        else:
            assert is_ours(line) or line.startswith("dask "), line


@pytest.mark.parametrize("page", TEXTS, ids=name_of)
def test_every_link_leads_to_a_file_and_a_heading(page):
    for target in links(TEXTS[page]):
        name, _, heading = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        assert file.exists(), target
        assert file.is_relative_to(ROOT), target
        assert not heading or heading in anchors(file.read_text("utf-8")), target


@pytest.mark.parametrize("page", TEXTS, ids=name_of)
def test_every_file_of_the_project_that_is_named_is_there(page):
    assert [name for name in sorted(files_named(TEXTS[page])) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", TEXTS, ids=name_of)
def test_every_option_named_exists(page, helps):
    assert options(TEXTS[page]) <= options("\n".join(helps.values()))


@pytest.mark.parametrize("page", TEXTS, ids=name_of)
def test_every_command_in_a_sentence_is_one_with_these_options(page, helps):
    for line in inline_commands(TEXTS[page]):
        words = line.split()[1:]
        plain = [word for word in words[:2] if not word.startswith("-")]
        name = next(n for n in (" ".join(plain), *plain[:1], "") if n in helps)
        assert name or not plain, line
        assert options(line) <= options(helps[name]), line


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_a_command_is_told_of_somewhere(command, helps):
    own = [text for typed, text in helps.items() if typed.split(" ")[0] == command]
    told = set().union(*(options(TEXTS[page]) for page in PAGES))
    short = {"--help", "--output", "--quiet"}  # named by their letters
    assert options("\n".join(own)) - short <= told


def test_every_option_of_find_and_of_batch_is_on_its_pages(helps):
    pages = {"find": ["finding-routes"], "batch": ["batch", "ci"]}
    for command, names in pages.items():
        text = "".join(TEXTS[ROOT / "docs" / f"{name}.md"] for name in names)
        assert options(helps[command]) - {"--help", "--output", "--quiet"} <= options(text)


@pytest.mark.parametrize("column", [column.name for column in EXPECTATION_COLUMNS])
def test_every_expectation_is_explained(column):
    assert f"`{column}`" in TEXTS[ROOT / "docs" / "ci.md"]


def test_every_exit_code_is_explained():
    codes = {value for name, value in vars(errors).items() if name.startswith("EXIT_")}
    table = re.findall(r"^\| (\d+) \|", TEXTS[ROOT / "docs" / "ci.md"], re.MULTILINE)
    assert sorted(map(int, table)) == sorted(codes)


def test_every_variable_of_the_environment_is_named():
    sources = "".join(file.read_text("utf-8") for file in (ROOT / "routeplan").rglob("*.py"))
    used = set(re.findall(r"\bROUTEPLAN_[A-Z_]+\b", sources))
    named = set(re.findall(r"`(ROUTEPLAN_[A-Z_]+)", TEXTS[ROOT / "docs" / "ci.md"]))
    assert named == used
