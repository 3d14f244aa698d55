"""What the commands print, compared whole with tests/golden.

After a change that is meant, rewrite them with `pytest tests/cli --update-golden` and read the
difference. The version of the data is left out: it changes with the sources routeplan comes with.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from routeplan.cli.app import COMMANDS

GOLDEN = Path(__file__).parents[1] / "golden"
FIND = ("find", "Astana", "Baku")
MATRIX = ("matrix", str(Path(__file__).parents[1] / "data" / "places.csv"))
EXPLAIN = ("explain", "Astana", "Baku", "--why-not", "by ferry")
CASES: dict[str, tuple[str, ...]] = {
    "help.txt": ("--help",),
    **{f"help-{name}.txt": (name, "--help") for name in COMMANDS},
    "find.txt": (*FIND, "--format", "table"),
    "find-verbose.txt": (*FIND, "--format", "table", "--verbose", "-k", "1"),
    "find.tsv": (*FIND, "--format", "tsv"),
    "find.csv": (*FIND, "--format", "csv"),
    "find.md": (*FIND, "--format", "md"),
    "find-ru.txt": (*FIND, "--format", "table", "--lang", "ru"),
    "find-sr.txt": (*FIND, "--format", "table", "--lang", "sr"),
    "find-hours.txt": (*FIND, "--format", "table", "--depart", "2026-12-01T08:00", "-k", "1"),
    "find-hours.tsv": (*FIND, "--format", "tsv", "--arrive-by", "2026-12-25"),
    "find-days.txt": (*FIND, "--format", "table", "--depart", "2026-12..2027-02", "--by", "time"),
    "find-days.md": (*FIND, "--format", "md", "--depart", "2026-12..2026-12", "--deadline", "20d"),
    "find.json": (*FIND, "--format", "json", "-k", "1"),
    "find.geojson": (*FIND, "--format", "geojson", "-k", "1"),
    "matrix.txt": (*MATRIX, "--format", "table"),
    "matrix.tsv": (*MATRIX, "--format", "tsv", "--ways"),
    "matrix.md": (*MATRIX, "--format", "md", "--show", "time"),
    "matrix.json": (*MATRIX, "--format", "json", "--percentiles", "--by", "time,co2"),
    "explain.txt": (*EXPLAIN, "--format", "table"),
    "explain-hours.txt": (*EXPLAIN, "--format", "table", "--depart", "2026-12-01T08:00"),
    "explain-hours.tsv": (*EXPLAIN, "--format", "tsv", "--depart", "2026-12-01T08:00"),
    "explain.tsv": (*EXPLAIN, "--format", "tsv"),
    "explain.md": (*EXPLAIN, "--format", "md"),
    "explain.json": (*EXPLAIN, "--format", "json"),
    "show-place.txt": ("show", "Aktau", "--format", "table"),
    "show-place.tsv": ("show", "Aktau", "--format", "tsv"),
    "show-place.json": ("show", "Aktau", "--format", "json"),
    "show-link.txt": ("show", "sea-aktau-alat", "--format", "table"),
    "show-link.json": ("show", "sea-aktau-alat", "--format", "json"),
    "places.txt": ("places", "--format", "table"),
    "places.tsv": ("places", "--format", "tsv"),
    "places.md": ("places", "KZ", "--format", "md"),
    "sources.txt": ("sources", "example.org", "--format", "table"),
    "sources.tsv": ("sources", "example.org", "--format", "tsv"),
    "check.txt": ("check", "BROKEN"),
    "check.tsv": ("check", "BROKEN", "--format", "tsv"),
    "check.md": ("check", "BROKEN", "--format", "md"),
    "check.json": ("check", "BROKEN", "--format", "json"),
}
VERSION = re.compile(r'((?:version|версия|верзија)"?:? "?)[0-9a-f]{12}\b')
BROKEN_NODES = "node_id,name,country,lat,lon\nkz-a,A,KZ,51,71\nkz-b,B,Kazakhstan,91,71\n"
BROKEN_EDGES = (
    "edge_id,from_node,to_node,mode,distance_km,time_h\n"
    "rail-a-b,kz-a,kz-b,rial,-5,1\n"
    "rail-a-c,kz-a,kz-bb,rail,100,ten\n"
)


@pytest.fixture
def broken(tmp_path) -> Path:
    (tmp_path / "nodes.csv").write_text(BROKEN_NODES, "utf-8")
    (tmp_path / "edges.csv").write_text(BROKEN_EDGES, "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", CASES)
def test_the_command_prints_what_it_did(say, request, broken, name):
    said = say(*(broken if word == "BROKEN" else word for word in CASES[name]))
    assert said.code == (3 if name.startswith("check.") else 0)
    told = re.sub(
        r'((?:version|версия|верзија)"?:? "?)[0-9a-f]{12}\b', r"\g<1>............", said.out
    )
    file = GOLDEN / name
    if request.config.getoption("--update-golden", default=False):
        file.write_text(told, "utf-8", newline="\n")
    assert file.exists(), f"no {file.name}: pytest tests/cli --update-golden writes it"
    assert told == file.read_text("utf-8")


def test_no_golden_is_left_over():
    assert {file.name for file in GOLDEN.iterdir()} == set(CASES)
