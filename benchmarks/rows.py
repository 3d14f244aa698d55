"""What a file of rows costs: CPU seconds, size and memory, for rows like those of a batch.

Each format is written by a process of its own. Run it with
`.venv/bin/python benchmarks/rows.py 100000`.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from routeplan.render.output import choose_format
from routeplan.render.rows.files import Field, open_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ("a.csv", "a.csv.gz", "a.tsv", "a.jsonl", "a.parquet", "a.sqlite", "a.xlsx")
NUMBERS = ("distance_km", "time_h", "time_h_p10", "time_h_p50", "time_h_p90", "cost_usd", "co2e_kg")
TEXTS = {
    "status": "ok",
    "origin": "kz-astana",
    "destination": "rs-belgrade",
    "tags": "best overall|cleanest",
    "countries": "KZ|AZ|GE|TR|BG|RS",
    "way": "Astana ~ rail ~ Aktau port ~ sea ~ Alat port ~ rail ~ Poti port ~ sea ~ Belgrade",
}
FIELDS = (
    Field("scenario_id"),
    *map(Field, TEXTS),
    *(Field(name, float) for name in NUMBERS),
    Field("transshipments", int),
    Field("borders", int),
    Field("in_time", bool),
    Field("error"),
)


def rows(count: int) -> Iterator[dict[str, object]]:
    """Yield rows: half of the columns differ from row to row, half repeat."""
    numbers = random.Random(1)  # noqa: S311 - figures to write, no secret
    for number in range(count):
        drawn = {name: round(numbers.random() * 9000, 2) for name in NUMBERS}
        counts = {"transshipments": 3, "borders": 5, "in_time": number % 3 > 0}
        yield {"scenario_id": f"scenario-{number}", **TEXTS, **drawn, **counts}


def write(path: Path, count: int) -> None:
    """Write one file and print what it cost."""
    started = time.process_time()
    with open_rows(path, FIELDS, choose_format(None, path), expected=count) as out:
        out.write_all(rows(count))
    seconds = time.process_time() - started
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size_mb = path.stat().st_size / 1e6
    print(f"{seconds:7.1f} s CPU {size_mb:7.1f} MB, peak {peak_mb:4.0f} MB memory  {path.name}")


def main() -> None:
    """Write every format in a process of its own, or the one that is named."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if len(sys.argv) > 2:
        write(Path(sys.argv[2]), count)
        return
    print(f"{count:,} rows of {len(FIELDS)} columns")
    with tempfile.TemporaryDirectory() as folder:
        for name in NAMES:
            path = Path(folder) / name
            subprocess.run([sys.executable, __file__, str(count), str(path)], check=True)
            path.unlink()


if __name__ == "__main__":
    main()
