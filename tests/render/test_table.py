"""The table: readable at every width, the same words in colour and without."""

from __future__ import annotations

import dataclasses
import re

import pytest

from routeplan import Question, find_routes
from routeplan.render.output import PAGE, Format, Look
from routeplan.render.plan import plan_text

ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def real_plan(real):
    return find_routes(real, Question("Astana", "Belgrade"))


def _table(plan, width: int, **look: object) -> str:
    return plan_text(plan, Format.TABLE, Look(width=width, color=False, encoding="utf-8", **look))


@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_cut(real_plan, width, verbose):
    look = Look(width=width, color=False, encoding="utf-8")
    text = plan_text(real_plan, Format.TABLE, look, verbose=verbose)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    words = set(re.findall(r"\w{5,}", plan_text(real_plan, Format.TABLE, PAGE, verbose=True)))
    assert len(words) > 50
    if width >= 60:
        assert set(re.findall(r"\w{5,}", text)) <= words


def test_columns_are_left_out_before_they_are_squeezed(real_plan):
    heads = {
        width: next(line for line in _table(real_plan, width).splitlines() if "P50" in line)
        for width in (40, 60, 80)
    }
    assert heads[40].split() == ["Best", "at", "P50", "days"]
    assert heads[60].split() == ["Best", "at", "P50", "days", "P10-P90", "USD"]
    assert heads[80].split()[-4:] == ["USD", "kg", "CO2e", "Countries"]


def test_the_parts_come_in_their_order(real_plan):
    text = _table(real_plan, 80)
    order = [
        "Astana to Belgrade",
        "Best at",
        "1 Astana",
        "Way 1, step by step",
        "Door to door",
        "Time is",
        "Note: ",
        "Policy sanctions",
        "Times are built from",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_the_columns_of_the_steps_add_up_to_the_foot(tiny_plan):
    lines = _table(tiny_plan, 80).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("Step"))
    foot = next(i for i, line in enumerate(lines) if "total of averages" in line)
    usd = slice(lines[start].index("USD") - 4, lines[start].index("USD") + 3)
    steps = [
        int(cell.replace(" ", ""))
        for line in lines[start + 2 : foot - 1]
        if (cell := line[usd].strip())
    ]
    assert sum(steps) == int(lines[foot][usd].replace(" ", "")) == 3205


def test_colour_changes_no_word(tiny_plan):
    plain = plan_text(tiny_plan, Format.TABLE, Look(width=80, color=False, encoding="utf-8"))
    colored = plan_text(tiny_plan, Format.TABLE, Look(width=80, color=True, encoding="utf-8"))
    assert "\x1b[" in colored
    told = [line.rstrip() for line in ANSI.sub("", colored).splitlines()]
    assert told == plain.splitlines()


@pytest.mark.parametrize("encoding", ["ascii", "cp1251", "latin-1"])
def test_a_poor_encoding_gets_lines_it_can_write(tiny_plan, encoding):
    text = plan_text(tiny_plan, Format.TABLE, Look(width=80, color=False, encoding=encoding))
    assert text.encode(encoding).decode(encoding) == text
    assert "------" in text


def test_names_are_shown_as_they_are_and_obeyed_in_nothing(harmful_plan):
    text = _table(harmful_plan, 200)
    assert '[red]A</script>|=1+1, "B" `x` *y* [31m\\ <b>&' in text
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", text)


def test_a_network_without_dates_says_so(tiny_plan):
    undated = dataclasses.replace(tiny_plan, network_as_of="")
    assert "data of an unknown date, version" in " ".join(_table(undated, 200).split())
