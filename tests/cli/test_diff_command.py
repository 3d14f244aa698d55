"""`diff`: two versions of the data."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

TINY = Path(__file__).parents[1] / "data" / "tiny"


@pytest.fixture
def newer(tmp_path) -> Path:
    """A copy of the tiny network in which a ship is dearer, and a border closer."""
    folder = tmp_path / "newer"
    shutil.copytree(TINY, folder)
    edges = folder / "edges.csv"
    text = edges.read_text("utf-8")
    assert ",900,2025," in text
    assert ",border,rail,,,no,middle,,7," in text
    text = text.replace(",900,2025,", ",990,2025,")
    text = text.replace(",border,rail,,,no,middle,,7,", ",border,rail,,,no,middle,,5,")
    edges.write_text(text, "utf-8")
    return folder


def _rows(text: str, delimiter: str = "\t") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def test_the_changed_cells_are_listed_by_key(say, newer):
    said = say("diff", TINY, newer)
    assert (said.code, said.err) == (0, "")
    rows = [tuple(row.values()) for row in _rows(said.out)]
    assert rows == [
        ("edges.csv", "border-az-ge-rail", "changed", "distance_km", "7.0", "5.0"),
        ("edges.csv", "sea-aktau-alat", "changed", "cost_usd_per_feu", "900.0", "990.0"),
    ]


def test_the_way_back_swaps_old_and_new(say, newer):
    forth, back = _rows(say("diff", TINY, newer).out), _rows(say("diff", newer, TINY).out)
    assert [(row["new"], row["old"]) for row in back] == [(r["old"], r["new"]) for r in forth]


def test_the_new_version_is_the_usual_data_if_none_is_named(say, newer):
    # the usual data of these tests are the tiny network
    assert say("diff", newer) == say("diff", newer, TINY)


def test_every_format_holds_the_same_rows(say, newer):
    told = json.loads(say("diff", TINY, newer, "--format", "json").out)
    assert told["schema"] == "routeplan/diff/1"
    assert _rows(say("diff", TINY, newer, "--format", "csv").out, ",") == told["rows"]
    assert _rows(say("diff", TINY, newer, "--format", "tsv").out) == told["rows"]
    assert all(not journey["same_way"] for journey in told["journeys"])
    for form in ("table", "md"):
        text = say("diff", TINY, newer, "--format", form).out
        assert "sea-aktau-alat" in text
        assert "kz-astana - rs-belgrade" in text


def test_a_version_does_not_differ_from_itself(say):
    same = "The two versions hold the same rows.\n"
    assert say("diff", TINY, TINY, "--format", "table") == (0, same, "")
    assert say("diff", TINY, TINY, "--format", "tsv") == (0, "", "")


def test_a_file_is_written_in_the_format_of_its_name(say, newer, tmp_path):
    assert say("diff", TINY, newer, "-o", tmp_path / "changes.csv") == (0, "", "")
    written = (tmp_path / "changes.csv").read_text("utf-8")
    assert written == say("diff", TINY, newer, "--format", "csv").out


@pytest.mark.parametrize("which", ["old", "new"])
def test_a_folder_that_is_not_there_is_told_in_one_line(say, tmp_path, which):
    gone = tmp_path / "gone"
    said = say("diff", *((gone, TINY) if which == "old" else (TINY, gone)))
    assert (said.code, said.out, said.err.count("\n")) == (3, "", 1)
    assert said.err.startswith(f"routeplan: {gone} T000: there is no such folder")


def test_a_file_in_place_of_a_folder_is_told_in_one_line(say):
    said = say("diff", TINY / "edges.csv", TINY)
    assert (said.code, said.out, said.err.count("\n")) == (3, "", 1)
    assert "is a file, not a folder" in said.err


@pytest.mark.parametrize("form", ["jsonl", "geojson"])
def test_a_format_it_does_not_write_is_told_in_one_line(say, form):
    said = say("diff", TINY, TINY, "--format", form)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert f"this command does not write {form}" in said.err
