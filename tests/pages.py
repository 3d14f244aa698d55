"""The pages a reader has, README.md and docs/, taken apart: commands, programs, options, links."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from routeplan.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [README, *DOCS]
OTHER_TEXTS = [ROOT / "seeds" / "README.md", ROOT / "CHANGELOG.md", ROOT / "DATA-LICENSE.md"]

SHELL = ("", "bash", "console", "sh", "shell")
_FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_WRITTEN = re.compile(r"^<!-- run\b.*?^<!-- /run -->", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^<!-- file (\S+) -->\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
_OPERATORS = {"|", ">", ">>", "&&", "||", ";", "<"}
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def name_of(page: Path) -> str:
    """Name a page as in a link from the top."""
    return page.relative_to(ROOT).as_posix()


def fences(text: str, *languages: str) -> list[str]:
    """List the code blocks in these languages; without one, of all."""
    return [body for word, body in _FENCE.findall(text) if word in languages or not languages]


def shell_lines(text: str) -> list[str]:
    """List what a reader types: of a block with prompts the lines behind them, else every line."""
    typed = []
    for body in fences(text, *SHELL):
        lines = [line for line in body.splitlines() if line]
        prompted = [line[2:] for line in lines if line.startswith("$ ")]
        typed += prompted or lines
    return list(dict.fromkeys(typed))


def commands(text: str) -> list[str]:
    """List the commands of routeplan that stand without their output."""
    return [line for line in shell_lines(_WRITTEN.sub("", text)) if is_ours(line)]


def programs(text: str) -> list[str]:
    """List the programs in Python that stand without their output."""
    return fences(_WRITTEN.sub("", text), "py", "python")


def is_ours(line: str) -> bool:
    """Whether a line starts routeplan."""
    return re.match(r"routeplan(\s|$)", line) is not None


def read(command: str) -> tuple[list[str], int]:
    """Split a command line into arguments, up to a pipe, and the exit code its comment states."""
    command, _, comment = command.partition(" # ")
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words = list(lexer)
    end = next((i for i, word in enumerate(words) if word in _OPERATORS), len(words))
    stated = re.search(r"(?:ends with|exit code|exit) (\d+)", comment)
    return words[1:end], int(stated[1]) if stated else 0


def assert_answered(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Run a command as a reader would; it ends as it says and prints, or writes, something.

    `check` prints nothing where nothing is wrong, `diff` nothing where nothing changed.
    """
    arguments, code = read(command)
    assert run(arguments) == code
    told = capsys.readouterr()
    if code == 0:
        assert told.out or {"-o", "check", "new", "diff"} & set(arguments)
    else:
        assert told.err or told.out


def inline_commands(text: str) -> list[str]:
    """List the commands of routeplan that stand within sentences."""
    prose = re.sub(r"\s+", " ", _FENCE.sub("", text))
    return [span for span in re.findall(r"`([^`]+)`", prose) if is_ours(span)]


def options(text: str) -> set[str]:
    """Name every option of a text that is ours to have; other programs keep theirs."""
    others = r"^.*\b(?:pip|uv|dask|docker|git|ruff|pytest) .*$"
    return set(_OPTION.findall(re.sub(others, "", text, flags=re.MULTILINE)))


def links(text: str) -> list[str]:
    """List the targets of links and pictures that lie within the project."""
    targets = re.findall(r"\]\(([^)\s]+)\)", _FENCE.sub("", text))
    return [target for target in targets if not re.match(r"[a-z]+:", target)]


def anchors(text: str) -> set[str]:
    """Name the headings of a page as links to them do."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in headings}


def files_named(text: str) -> set[str]:
    """Name the files of the project that a text names in code type."""
    spans = re.findall(r"`([\w./-]+)`", _FENCE.sub("", text))
    folders = "benchmarks|data|docs|examples|policies|routeplan|scripts|seeds|tests"
    return {span for span in spans if re.fullmatch(rf"(?:{folders})/([\w./-]*(\.\w+|/))?", span)}


@contextlib.contextmanager
def as_reader(text: str) -> Iterator[Path]:
    """Stand in a new folder with what a clone has, and the files that a page shows the text of.

    Such a file is the block behind `<!-- file NAME -->`. The terminal has 100 columns, no colours.
    """
    with (
        tempfile.TemporaryDirectory() as top,
        pytest.MonkeyPatch.context() as patch,
    ):
        folder = Path(top) / "clone"
        folder.mkdir()
        for part in ("data", "seeds", "policies", "examples"):
            (folder / part).symlink_to(ROOT / part, target_is_directory=True)
        for name, body in _FILE.findall(text):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(body, "utf-8")
        patch.chdir(folder)
        patch.setenv("COLUMNS", "100")
        patch.setenv("LINES", "50")
        patch.setenv("TERM", "dumb")
        for variable in [key for key in os.environ if key.startswith("ROUTEPLAN_")]:
            patch.delenv(variable)
        yield folder
