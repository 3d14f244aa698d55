"""The scripts of examples/ run as they are, from anywhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples"


def test_the_sweep_finds_where_the_ferry_takes_over(tmp_path):
    done = subprocess.run(
        [sys.executable, EXAMPLES / "ferry_sweep.py"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^0\.25 +ferry", done.stdout, re.MULTILINE)
    assert re.search(
        r"^az-alat-port: \+\d+\.\d days, .* USD by Astana ~ ", done.stdout, re.MULTILINE
    )
