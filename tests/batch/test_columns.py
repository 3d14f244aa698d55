"""Result rows as bytes and back: nothing is lost, whatever texts hold."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.batch.columns import (
    COLUMN_NAMES,
    RESULT_COLUMNS,
    Kind,
    RowStatus,
    decode_rows,
    encode_rows,
    harmless,
)
from routeplan.render.cells import spreadsheet_text

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
VALUES = {
    Kind.TEXT: TEXTS
    | st.sampled_from(
        [
            ",",
            '"',
            '""',
            "\r",
            "\n",
            "\r\n",
            "a,b",
            " ",
            "=1+1",
            "'=1",
            "''=1",
            "'",
            "-5",
            "'-5",
            "+a",
            "@b",
            "'a",
        ]
    ),
    Kind.INTEGER: st.integers(-(10**9), 10**9),
    Kind.NUMBER: st.floats(allow_nan=False, allow_infinity=False),
}
ROWS = st.fixed_dictionaries({c.name: st.none() | VALUES[c.kind] for c in RESULT_COLUMNS})


@given(st.lists(ROWS, max_size=5))
def test_rows_come_back_as_they_were(rows):
    expected = [{name: value if value != "" else None for name, value in r.items()} for r in rows]
    assert list(decode_rows(encode_rows(rows))) == expected


@given(st.lists(ROWS, max_size=5))
def test_any_reader_of_csv_takes_them(rows):
    text = encode_rows(rows).decode()
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len(read) == len(rows)
    assert {len(row) for row in read} <= {len(COLUMN_NAMES)}


def test_cells_are_written_plainly_and_quoted_only_where_needed():
    row = {"scenario_id": "a", "status": RowStatus.OK, "rank": 1, "cost_usd": 1200.0, "way": "x, y"}
    assert encode_rows([row]) == b'a,,1,ok,,,,,,,,,1200,,,,,,"x, y",,,,,,,,\n'


@pytest.mark.parametrize(
    "text", ["=1+1", "+a", "-x", "@b", "-5", "+10%", "a=b", "", "x", "\uff1d1"]
)
def test_formulas_are_made_harmless_as_in_every_csv_file(text):
    assert harmless(text) == spreadsheet_text(text)
    (cells,) = csv.reader(io.StringIO(encode_rows([{"scenario_id": text, "rank": -1}]).decode()))
    assert cells[:3] == [spreadsheet_text(text), "", "-1"]


@pytest.mark.parametrize(("text", "read"), [("a\0b", "a\ufffdb"), ("\ud800", "?")])
def test_what_no_file_can_hold_is_replaced(text, read):
    (row,) = decode_rows(encode_rows([{"scenario_id": text}]))
    assert row["scenario_id"] == read


def test_a_cell_may_be_a_megabyte_and_others_keep_their_limit():
    before = csv.field_size_limit()
    (row,) = decode_rows(encode_rows([{"error": "x" * 10**6}]))
    assert len(row["error"]) == 10**6
    assert csv.field_size_limit() == before
