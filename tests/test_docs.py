"""docs/ cannot lie: its options exist, none is left out, its tables are the program's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from routeplan.batch.columns import RESULT_COLUMNS
from routeplan.cli.main import run
from routeplan.scenario.columns import EXPECTATION_COLUMNS

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs/batch.md").read_text("utf-8")
OTHERS = {"--port", "--nworkers", "--nthreads"}  # options of dask


def test_every_option_of_batch_is_named_and_every_named_one_exists(capsys):
    run(["batch", "--help"])
    option = r"(?<![\w-])--[a-z][a-z-]+"
    known = set(re.findall(option, capsys.readouterr().out))
    assert set(re.findall(option, TEXT)) - OTHERS == known - {"--help", "--output", "--quiet"}


def test_the_table_of_columns_is_that_of_the_program():
    def line(column):
        return f"| {column.name} | {column.kind} | {column.meaning.replace('|', chr(92) + '|')} |"

    lines = [line(column) for column in RESULT_COLUMNS]
    table = re.search(r"<!-- columns -->\n(.*?)<!-- /columns -->", TEXT, re.DOTALL)[1]
    assert table.splitlines()[2:] == lines


@pytest.mark.parametrize("column", [column.name for column in EXPECTATION_COLUMNS])
def test_every_expectation_is_explained(column):
    assert f"`{column}`" in TEXT


def test_the_files_it_names_are_there():
    for name in ("action.yml", "examples/scenarios-workflow.yml", ".pre-commit-hooks.yaml"):
        assert (ROOT / name).is_file()
    assert "examples/scenarios-workflow.yml" in TEXT


def test_the_python_of_the_page_runs(capsys):
    (program,) = re.findall(r"^```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    exec(program, {"__name__": "__main__"})  # noqa: S102 - what a reader copies
    out = capsys.readouterr().out
    assert out.count("ok") == 2
    assert out.count("Astana ~ ") == 2
