"""Changes as text: what can be written, and what each mistake is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.network.adjustment import Op
from routeplan.scenario.attributes import attributes
from routeplan.scenario.changes import (
    MAX_FAULTS,
    VERBS,
    Change,
    ChangeError,
    parse_changes,
    read_changes,
    write_changes,
)
from routeplan.scenario.selector import PREFIXES, Item, Selector, Term


def written(text: str) -> list[str]:
    return [str(change) for change in parse_changes(text)]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("close node:ge-poti-port", "close node:ge-poti-port"),
        ("OPEN edge:x", "open edge:x"),
        ("edge:a wait_h*=2", "edge:a wait_h*=2"),
        ("edge:a wait_h *= 2", "edge:a wait_h*=2"),
        ("mode:rail & country:KZ cost*=1.2", "mode:rail&country:kz cost*=1.2"),
        ("mode:rail,sea cost+=100", "mode:rail,sea cost+=100"),
        ("!country:RU,BY cost=3", "!country:ru,by cost=3"),
        ("edge:a,node:b cost=3", "edge:a,node:b cost=3"),
        ("edge:a cost+=20%", "edge:a cost*=1.2"),
        ("edge:a cost-=20%", "edge:a cost*=0.8"),
        ("edge:a cost*=50 %", "edge:a cost*=0.5"),
        ("edge:a wait_h+=-4", "edge:a wait_h-=4"),
        ("edge:a wait_h-=-4", "edge:a wait_h+=4"),
        ("edge:a status=Closed", "edge:a status=closed"),
        ("edge:a forbids=open|dangerous", "edge:a forbids=open|dangerous"),
        ("edge:a open_from=2030-01-01", "edge:a open_from=2030-01-01"),
        ("operator:Air  Astana cost*=2", "operator:air astana cost*=2"),
        ("edge:a capacity*=2", "edge:a capacity*=2"),
    ],
)
def test_a_piece_means_one_thing_however_it_is_spaced(text, means):
    assert written(text) == [means]


def test_pieces_are_separated_by_semicolons_and_empty_ones_are_passed_over():
    assert written(" ;close node:a;; \nedge:b cost=1 ;") == ["close node:a", "edge:b cost=1"]
    assert parse_changes("") == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("edge:a", ["there is no =", "SELECTOR ATTRIBUTE OP VALUE"]),
        ("clsoe edge:a", ['unknown verb "clsoe"', "Did you mean close?"]),
        ("edge:a time*=2", ['unknown attribute "time"', "Did you mean time_h?"]),
        ("edge:a price=2", ['"price"', "Did you mean cost?"]),
        ("edge:a wat_h=2", ['"wat_h"', "Did you mean wait_h?"]),
        ("edge:a from_node=kz-x", ['"from_node"', "cannot be changed"]),
        ("edge:a xyzzy=2", ['"xyzzy"', "columns of edges.csv"]),
        ("edge:a status=opn", ['"opn"', "open, restricted, planned, closed"]),
        ("edge:a status*=2", ["status can only be set"]),
        ("eg:a cost=1", ['unknown selector "eg:"', "Did you mean edge:?"]),
        ("sea-aktau-alat cost=1", ["no prefix", "edge:sea-aktau-alat"]),
        ("cost=1", ["a selector is missing"]),
        ("edge:a =1", ["an attribute is missing"]),
        ("=1", ["selector and attribute are missing"]),
        ("edge:a cost=", ["a value is missing"]),
        ("edge: cost=1", ['nothing stands behind "edge:"']),
        ("edge:a& cost=1", ["a selector is missing"]),
        ("edge:a,!b cost=1", ["! stands inside a term"]),
        ("edge:a cost*=-1", ['*= "-1"', "0 or more"]),
        ("edge:a cost/=0", ['/= "0"', "above 0"]),
        ("edge:a cost*=1,2", ['"1,2"', "decimal point"]),
        ("edge:a cost*=nan", ['"nan"', "finite"]),
        ("edge:a cost*=inf", ['"inf"', "finite"]),
        ("edge:a cost*=1_0", ['"1_0"', "not a number"]),
        ("edge:a cost*=١٢", ["not a number"]),
        ("edge:a cost*=1e9", ["out of range"]),
        ("edge:a cost+=1e10", ["out of range"]),
        ("edge:a cost=-5", ["cannot be -5"]),
        ("edge:a cost-=120%", ["more than the whole"]),
        ("edge:a cost/=20%", ["no percentage"]),
        ("edge:a time_h=9999", ["8760 or less"]),
        ("edge:a per_week=soon", ["a number"]),
        ("edge:a capacity=5", ["multiplied or divided"]),
        ("edge:a open_from=2030-1-1", ["a day such as"]),
        ("edge:a cost==5", ['"=5"']),
    ],
)
def test_a_piece_that_cannot_be_read_says_what_is_wrong_and_what_to_do(text, told):
    (fault,) = read_changes(text).faults
    for part in told:
        assert part in fault.one_line()


def test_every_fault_of_a_cell_is_told_at_once_with_where_it_stands():
    text = "edge:a time=2; close node:b;  edge:c cost*=x"
    reading = read_changes(text)
    assert [str(change) for change in reading.changes] == ["close node:b"]
    assert [(fault.piece, fault.offset) for fault in reading.faults] == [
        ("edge:a time=2", 1),
        ("edge:c cost*=x", 31),
    ]
    assert all(text[fault.offset - 1 :].startswith(fault.piece) for fault in reading.faults)
    with pytest.raises(ChangeError, match=r"edge:a time=2.*edge:c cost") as error:
        parse_changes(text)
    assert len(error.value.faults) == 2


def test_a_megabyte_of_mistakes_is_told_in_few_lines():
    faults = read_changes("clsoe edge:a;" * 80_000).faults
    assert len(faults) == MAX_FAULTS
    assert faults[-1].remedy.endswith("79,950 more pieces are wrong.")


@pytest.mark.parametrize(
    ("unit", "readable", "faults"),
    [
        ("edge:x cost*=2;", 66_666, 0),
        ("x", 0, 1),
        ("a ", 0, 1),
        ("edge:a,", 0, 1),
        ("edge:a&", 0, 1),
        ("*=", 0, 1),
        (";", 0, 0),
    ],
)
def test_a_megabyte_of_anything_is_read(unit, readable, faults):
    reading = read_changes(unit * (1_000_000 // len(unit)))
    assert (len(reading.changes), len(reading.faults)) == (readable, faults)
    assert all(len(fault.one_line()) < 400 for fault in reading.faults)


NAMES = st.text("abcdefgh-0123456789", min_size=1, max_size=12).map(lambda t: f"k{t}")
TERMS = st.builds(
    Term,
    st.lists(
        st.builds(Item, st.sampled_from(sorted(PREFIXES)), NAMES | NAMES.map(lambda n: f"{n}*")),
        min_size=1,
        max_size=3,
    ).map(tuple),
    st.booleans(),
)
SELECTORS = st.lists(TERMS, min_size=1, max_size=3).map(lambda terms: Selector(tuple(terms)))
NUMBERS = st.floats(0.001, 100, allow_nan=False)


@st.composite
def changes(draw: st.DrawFn) -> Change:
    selector = draw(SELECTORS)
    if draw(st.booleans()):
        return Change(selector, draw(st.sampled_from(VERBS)))
    name = draw(st.sampled_from(sorted(n for n, a in attributes().items() if a.is_number)))
    op = draw(st.sampled_from(Op))
    if name == "capacity" and op is Op.SET:
        op = Op.TIMES
    return Change(selector, name, op, draw(NUMBERS.map(lambda v: max(v, 0.01))))


@given(st.lists(changes(), max_size=5))
def test_what_is_written_reads_back_as_the_same(listed):
    assert list(parse_changes(write_changes(listed))) == listed


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_exception(text):
    reading = read_changes(text)
    assert len(reading.changes) + len(reading.faults) <= text.count(";") + 1
