"""Whatever is not markup is escaped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from routeplan.render.draw.evidence import safe_url, script_json
from routeplan.render.draw.markup import Markup, join, number, tag


def test_text_and_attributes_are_escaped_and_markup_is_not():
    made = tag("p", "<b>", Markup("<i></i>"), title='"&', class_="a", data_way=1, hidden=None)
    assert made == '<p title="&quot;&amp;" class="a" data-way="1">&lt;b&gt;<i></i></p>'


def test_marks_that_turn_a_line_become_blanks():
    assert join("a\u202eb\nc") == "a b c"


@given(st.text())
def test_no_text_opens_an_element(text):
    made = tag("p", text, title=text)
    assert made.count("<") == 2
    assert made.count(">") == 2


@given(
    st.recursive(st.text() | st.integers(), lambda c: st.lists(c) | st.dictionaries(st.text(), c))
)
def test_json_in_a_page_cannot_end_its_element_and_reads_back(value):
    import json

    text = script_json(value)
    assert "<" not in text
    assert json.loads(text) == value


def test_only_web_addresses_are_linked():
    assert safe_url("https://a.example/x") == "https://a.example/x"
    assert safe_url("javascript:alert(1)") == ""
    assert safe_url(" data:text/html,x") == ""


def test_numbers_have_no_needless_zeros():
    assert [number(v) for v in (1.0, 1.25, -0.04, 100.0)] == ["1", "1.2", "0", "100"]
