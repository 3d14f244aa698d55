"""Changes in long form: one a row, in a table of their own."""

from __future__ import annotations

import io

import pytest

from routeplan.errors import DataError
from routeplan.scenario.edits import read_edits
from routeplan.scenario.table import ScenarioTable

HEADER = "scenario_id,target,attribute,op,value,note,author\n"
TABLE = b"scenario_id,origin,destination,changes\na,A,B,close edge:x\nb,A,B,\n"


def edits(text: str):
    return read_edits(io.BytesIO((HEADER + text).encode()))


def rows(text: str):
    return list(ScenarioTable(io.BytesIO(TABLE), edits=edits(text)))


def test_edits_come_behind_the_changes_of_their_row_in_their_order():
    first, second = rows(
        "a,edge:y,wait_h,*=,2,why,AB\na,node:z,close,,,,\na,edge:y,cost,,5,,\nb,edge:y,cost,+,20%,,\n"
    )
    assert [str(change) for change in first.changes] == [
        "close edge:x",
        "edge:y wait_h*=2",
        "close node:z",
        "edge:y cost=5",
    ]
    assert [str(change) for change in second.changes] == ["edge:y cost*=1.2"]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("a,edge:y,wait,=,2,,", ["S011", "Did you mean wait_h?"]),
        ("a,edge:y,wait_h,=,x,,", ["S011", '"edge:y wait_h=x"']),
        ("a,edge:y,wait_h,**,2,,", ["S011 op", "unknown operation"]),
        ("a,edge:y; edge:z,wait_h,=,2,,", ["S011 target", "a ; stands in it"]),
        ("a,y,wait_h,=,2,,", ["no prefix", "edge:y"]),
    ],
)
def test_a_faulty_edit_is_told_with_its_own_line_and_spoils_its_scenario_only(line, parts):
    first, second = rows(f"{line}\nb,edge:y,cost,=,1,,\n")
    (finding,) = first.problems
    assert finding.one_line().startswith("stream:2 ")
    for part in parts:
        assert part in finding.one_line()
    assert not second.findings


def test_an_edit_of_no_scenario_is_told_in_the_end():
    table = ScenarioTable(
        io.BytesIO(TABLE), edits=edits("a,edge:y,cost,=,1,,\nc,edge:y,cost,=,1,,\n")
    )
    assert len(list(table)) == 2
    (finding,) = table.unused_edits()
    assert finding.one_line() == (
        'stream:3 S014 scenario_id "c": no scenario has this id. Look for a slip.'
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty"),
        ("scenario_id,target\n", "attribute: this column is missing"),
        ("scenario_id,target,atribute\n", "Did you mean attribute?"),
        ("scenario_id,target,attribute,target\n", "this column stands twice"),
        (f"{HEADER},edge:y,cost,=,1,,\n", "scenario_id: empty"),
        (f"{HEADER}a,edge:y,cost\n", "3 cells where the header has 7"),
        (f'{HEADER}a,"edge:y,cost,=,1,,\n', "quotation mark"),
    ],
)
def test_a_table_of_edits_that_cannot_be_told_apart_is_refused(text, told):
    with pytest.raises(DataError, match=r"stream") as error:
        read_edits(io.BytesIO(text.encode()))
    assert told in str(error.value)
