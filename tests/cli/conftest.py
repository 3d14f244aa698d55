"""The command as a user has it: the tiny network, 80 columns, a cache of its own, no colours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from routeplan.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable

TINY = Path(__file__).parents[1] / "data" / "tiny"
GOLDEN = Path(__file__).parents[1] / "golden"
_LEFT_OUT = (
    "CLICOLOR_FORCE",
    "FORCE_COLOR",
    "GITHUB_ACTIONS",
    "NO_COLOR",
    "PYTHONIOENCODING",
    "ROUTEPLAN_NO_CACHE",
    "TERM",
    "TTY_COMPATIBLE",
    "TTY_INTERACTIVE",
)


class Said(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite tests/golden: pytest tests/cli --update-golden",
    )


@pytest.fixture(scope="session")
def cache(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def surroundings(monkeypatch, cache) -> None:
    for name in _LEFT_OUT:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ROUTEPLAN_DATA", str(TINY))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def say(capsys) -> Callable[..., Said]:
    """Run a command in this process."""

    def call(*args: object) -> Said:
        code = run([str(arg) for arg in args])
        return Said(code, *capsys.readouterr())

    return call


@pytest.fixture
def start() -> Callable[..., subprocess.Popen[bytes]]:
    """Start a command as a process of its own; streams and environment variables as keywords.

    `alone` makes it the head of a group, which a signal can be sent to as a terminal sends it.
    """

    def call(*args: object, cwd: Path | None = None, alone: bool = False, **options):
        streams = {"stdin": None, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        streams |= {name: options.pop(name) for name in streams if name in options}
        return subprocess.Popen(
            [sys.executable, "-m", "routeplan", *map(str, args)],
            **streams,
            cwd=cwd,
            env={**os.environ, **options},
            start_new_session=alone,
        )

    return call


@pytest.fixture
def process(start) -> Callable[..., Said]:
    """Run a command as a process of its own."""

    def call(*args: object, encoding: str = "utf-8", **options) -> Said:
        with start(*args, **options) as running:
            out, err = running.communicate(timeout=60)
        return Said(running.returncode, (out or b"").decode(encoding), err.decode(encoding))

    return call
