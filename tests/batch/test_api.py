"""Batches from Python: frames, files, records and streams."""

from __future__ import annotations

import subprocess
import sys
from itertools import count, islice
from pathlib import Path

import pandas as pd
import pytest

from routeplan import apply_changes, iter_batch, load_network, parse_changes, run_batch
from routeplan.batch.columns import COLUMN_NAMES
from routeplan.errors import DataError, RequestError

TINY = Path(__file__).parents[1] / "data" / "tiny"
NETWORK = load_network(TINY)
ENDS = {"origin": "Astana", "destination": "Baku"}
RECORDS = [
    {"scenario_id": "a", "max_days": 60},
    {"scenario_id": "b", "changes": "mode:rail cost*=2", "max_days": None},
    {"scenario_id": "c", "changes": "mode:rial cost*=2"},
    {"scenario_id": "d", "origin": "Aktau", "k": 2, "depart": pd.Timestamp("2026-01-15")},
    {"scenario_id": "e", "avoid": "az-alat-port"},
]


def test_a_frame_gives_a_frame_with_a_row_for_each_answer():
    found = run_batch(pd.DataFrame(RECORDS), NETWORK, defaults=ENDS, workers=1)
    assert list(found.columns) == list(COLUMN_NAMES)
    assert found["scenario_id"].tolist() == ["a", "b", "c", "d", "d", "e"]
    assert found["status"].tolist() == ["ok", "ok", "bad_row", "ok", "ok", "no_route"]
    assert found["row"].tolist() == [2, 3, 4, 5, 5, 6]
    assert found["rank"].isna().tolist() == [False, False, True, False, False, True]
    assert found["delta_cost_usd"][1] > 0
    assert found["expectations"].tolist()[:2] == ["ok", "none"]
    assert str(found["cost_usd"].dtype) == "float64"
    assert str(found["borders"].dtype) == "Int64"


def test_records_files_and_frames_are_one_table(tmp_path):
    frame = pd.DataFrame(RECORDS)
    frame.to_csv(tmp_path / "s.csv", index=False)
    expected = run_batch(frame, NETWORK, defaults=ENDS, workers=1)
    for table in (RECORDS, iter(RECORDS), tmp_path / "s.csv", str(tmp_path / "s.csv")):
        found = run_batch(table, NETWORK, defaults=ENDS, workers=1)
        pd.testing.assert_frame_equal(found, expected)


def test_a_stream_is_answered_before_the_next_record_is_asked_for():
    asked = []

    def endless():
        for number in count(1):
            asked.append(number)
            yield ENDS | {"load": f"{number}t"}

    found = list(islice(iter_batch(endless(), NETWORK), 3))
    assert asked == [1, 2, 3]
    assert [row["row"] for row in found] == [2, 3, 4]
    assert found[0]["cost_usd"] < found[1]["cost_usd"] < found[2]["cost_usd"]
    assert found[0]["error"] is None


def test_the_stream_has_the_rows_of_the_frame():
    frame = run_batch(RECORDS, NETWORK, defaults=ENDS, workers=1)
    stream = list(iter_batch(RECORDS, NETWORK, defaults=ENDS))
    assert [row["way"] for row in stream] == frame["way"].tolist()
    assert [row["cost_usd"] or 0 for row in stream] == frame["cost_usd"].fillna(0).tolist()


def test_a_list_is_a_cell_of_several():
    (row,) = iter_batch([ENDS | {"avoid": ["az-alat-port", "air"]}], NETWORK)
    assert row["status"] == "no_route"


@pytest.mark.slow
def test_workers_plan_on_the_network_that_was_given_from_a_script_without_a_guard(tmp_path):
    """And the script is run once: its workers do not run it again."""
    script = tmp_path / "script.py"
    script.write_text(
        "from routeplan import *\n"
        "changes = parse_changes('mode:rail cost*=2')\n"
        f"network = apply_changes(load_network({str(TINY)!r}), changes)\n"
        f"rows = [{ENDS!r} | {{'load': f'{{n}}t'}} for n in range(1, 9)]\n"
        "here, there = (run_batch(rows, network, workers=n) for n in (1, 2))\n"
        "print(here.equals(there), here['cost_usd'][0])\n",
        "utf-8",
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    dearer = apply_changes(NETWORK, parse_changes("mode:rail cost*=2"))
    (row,) = iter_batch([ENDS | {"load": "1t"}], dearer)
    assert done.stdout == f"True {row['cost_usd']}\n"


def test_edits_are_a_second_table():
    edits = [{"scenario_id": "a", "target": "mode:rail", "attribute": "cost", "op": "*=",
              "value": 2}]  # fmt: skip
    edited = run_batch(RECORDS[:1], NETWORK, defaults=ENDS, edits=edits, workers=1)
    written = run_batch(RECORDS[1:2], NETWORK, defaults=ENDS, workers=1)
    assert edited["cost_usd"].tolist() == written["cost_usd"].tolist()


def test_what_cannot_be_a_table_is_told():
    with pytest.raises(DataError, match=r"max_dais: unknown column. Did you mean max_days\?"):
        run_batch([ENDS | {"max_dais": 3}], NETWORK)
    with pytest.raises(DataError, match="cannot be read"):
        run_batch("none.csv", NETWORK)
    with pytest.raises(RequestError, match=r"record 2 has a key .*: lod"):
        list(iter_batch([ENDS, ENDS | {"lod": "1t"}], NETWORK))


def test_no_records_are_no_answers():
    assert len(run_batch([], NETWORK)) == 0
    assert list(iter_batch(iter(()), NETWORK)) == []
