"""Imports go down only, and what a short run does not need is not imported."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[1]
HEAVY = {"pandas", "networkx", "geopy", "numpy", "numba"}
RUN = """
import runpy, sys
sys.argv = ["routeplan", *sys.argv[1:]]
try:
    runpy.run_module("routeplan", run_name="__main__")
except SystemExit as stop:
    code = stop.code
names = " ".join(sorted({name.partition(".")[0] for name in sys.modules}))
sys.stderr.write(f"\\nmodules: {names}")
sys.exit(code)
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A fresh cache, and nothing in the environment that changes what is run."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ROUTEPLAN")}
    return kept | {"XDG_CACHE_HOME": str(tmp_path_factory.mktemp("cache"))}


def modules_of(environment, *code):
    """Run Python and return the top-level modules it has imported, from the last line it says."""
    done = subprocess.run(
        [sys.executable, "-c", *code],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].removeprefix("modules: ").split())


def test_the_contracts_of_the_layers_are_kept(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_package_and_module_stands_in_a_layer():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (layers,) = (
        contract["layers"]
        for contract in config["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    )
    named = {name.strip().removeprefix("routeplan.") for row in layers for name in row.split("|")}
    folder = ROOT / "routeplan"
    found = {path.parent.name for path in folder.glob("*/__init__.py")}
    found |= {path.stem for path in folder.glob("*.py")} - {"__init__", "__main__"}
    assert found == named


def test_importing_routeplan_imports_nothing_heavy(environment):
    code = (
        "import sys, routeplan; sys.stderr.write("
        "'modules: ' + ' '.join({name.partition('.')[0] for name in sys.modules}))"
    )
    found = modules_of(environment, code)
    assert "routeplan" in found
    assert not found & {*HEAVY, "typer", "rich"}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["find", "--help"]])
def test_asking_for_help_imports_nothing_heavy(environment, arguments):
    found = modules_of(environment, RUN, *arguments)
    assert "typer" in found
    assert not found & HEAVY


def test_finding_a_route_imports_only_what_it_needs_even_the_first_time(environment):
    for _ in ("without a compiled network", "with one"):
        found = modules_of(environment, RUN, "find", "Astana", "Belgrade", "--format", "json")
        assert "networkx" in found
        assert not found & (HEAVY - {"networkx"})
