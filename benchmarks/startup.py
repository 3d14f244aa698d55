"""How long the command takes from the shell, as a ratio to importing its libraries.

Each pair is run in turn, so that a machine that slows down slows both; the figure is the median of
the ratios. Before it is measured each is run once, so that both are compiled and cached, as after
the first run of an installed program. Run it with `make bench`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

ROUNDS = 15
LIBRARIES = "import typer, rich, networkx"
PAIRS = {
    "find Astana Belgrade, tsv / importing typer, rich, networkx": (
        ["-m", "routeplan", "find", "Astana", "Belgrade", "--quiet"],
        ["-c", LIBRARIES],
    ),
    "find Astana Belgrade, table / importing typer, rich, networkx": (
        ["-m", "routeplan", "find", "Astana", "Belgrade", "--format", "table"],
        ["-c", LIBRARIES],
    ),
    "the same without the cache / importing typer, rich, networkx": (
        ["-m", "routeplan", "find", "Astana", "Belgrade", "--format", "table"],
        ["-c", LIBRARIES],
    ),
    "--help / importing typer": (["-m", "routeplan", "--help"], ["-c", "import typer"]),
    "--version / importing typer": (["-m", "routeplan", "--version"], ["-c", "import typer"]),
}


def main() -> None:
    """Print the ratio of each pair."""
    for name, (ours, theirs) in PAIRS.items():
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        if "without the cache" in name:
            environment["ROUTEPLAN_NO_CACHE"] = "1"
        _seconds(ours, environment)
        _seconds(theirs, environment)
        ratios = [
            _seconds(ours, environment) / _seconds(theirs, environment) for _ in range(ROUNDS)
        ]
        low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
        print(f"{middle:5.2f}  ({low:.2f}-{high:.2f})  {name}")


def _seconds(arguments: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment
    )
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
