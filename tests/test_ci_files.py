"""What other repositories take from this one: the action, the hook, the example workflow."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = ACTION["runs"]["steps"]
(BATCH,) = (step for step in STEPS if step.get("id") == "batch")
TABLE = "scenario_id,origin,destination,max_days\na,Astana,Baku,60\nb,Astana,Baku,1\n"


def test_no_input_is_pasted_into_a_script():
    scripts = [step["run"] for step in STEPS if "run" in step]
    assert len(scripts) == 2
    assert not [script for script in scripts if "${{" in script]


def test_every_input_is_used_and_every_variable_is_an_input_in_quotes():
    used = set(re.findall(r"inputs\.([\w-]+)", str(STEPS)))
    assert used == set(ACTION["inputs"])
    for variable in BATCH["env"]:
        assert re.search(rf'"(--[a-z]+=)?\${variable}"', BATCH["run"]), variable


@pytest.mark.skipif(os.name == "nt" or not shutil.which("bash"), reason="needs bash")
def test_the_script_of_the_action_runs_and_fails_for_the_right_reason(tmp_path):
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "routeplan"
    program.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m routeplan "$@"\n', "utf-8"
    )
    program.chmod(0o755)
    name = "-the $(touch hacked) 'table'.csv"
    (tmp_path / name).write_text(TABLE, "utf-8")
    defaults = {key: value.get("default", "") for key, value in ACTION["inputs"].items()}
    inputs = defaults | {"scenarios": name, "data": str(ROOT / "tests/data/tiny")}
    environment = {
        key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: inputs[found[1]], value)
        for key, value in BATCH["env"].items()
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", BATCH["run"]],
        cwd=tmp_path,
        env={
            **os.environ,
            **environment,
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "GITHUB_OUTPUT": str(tmp_path / "out"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert re.fullmatch(r"::error file=.*,line=3,title=b::max_days: [\d.]+ > 1\n", done.stdout)
    assert (tmp_path / "out").read_text() == (
        "results=routeplan-results.csv\njunit=routeplan-junit.xml\n"
    )
    assert 'tests="2" failures="1"' in (tmp_path / "routeplan-junit.xml").read_text("utf-8")
    assert (tmp_path / "routeplan-results.csv").read_text("utf-8").count("\n") == 3
    assert "2 scenarios: 2 ok." in (tmp_path / "summary.md").read_text("utf-8")
    assert not (tmp_path / "hacked").exists()


def test_the_hook_runs_as_it_is_written():
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, *arguments = shlex.split(hook["entry"])
    assert program == "routeplan"
    assert not hook["pass_filenames"]
    assert re.search(hook["files"], "data/edges.csv")
    done = subprocess.run(
        [sys.executable, "-m", "routeplan", *arguments, *hook["args"]], cwd=ROOT, check=False
    )
    assert done.returncode == 0


def test_the_example_workflow_names_inputs_that_exist():
    text = (ROOT / "examples/scenarios-workflow.yml").read_text("utf-8")
    (job,) = yaml.safe_load(text)["jobs"].values()
    (step,) = (step for step in job["steps"] if "routeplan" in step["uses"])
    assert set(step["with"]) <= set(ACTION["inputs"])
    needed = {name for name, about in ACTION["inputs"].items() if about.get("required")}
    assert needed <= set(step["with"])
    assert re.fullmatch(r"<.*>@<.*>", step["uses"])  # nobody's address
