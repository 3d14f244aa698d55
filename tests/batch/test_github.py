"""Annotations and summary as GitHub takes them: few, escaped, and not too long."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from routeplan.batch.github import Annotation, Level, Section, Worst, summary_markdown


def annotation(weight=0.0, message="m", **place):
    return Annotation(Level.ERROR, f"weight {weight:g}", message, weight=weight, **place)


def test_an_annotation_is_one_escaped_line():
    written = Annotation(
        Level.WARNING, "a: b, c", "100 % of\r\nit: fine, ::error::no", "dir/s,1.csv", 12
    ).command()
    assert written == (
        "::warning file=dir/s%2C1.csv,line=12,title=a%3A b%2C c::"
        "100 %25 of%0D%0Ait: fine, ::error::no"
    )


def test_a_line_without_a_file_is_left_out():
    assert annotation(line=3).command() == "::error title=weight 0::m"


@given(st.text(), st.text(), st.text())
def test_no_text_breaks_out_of_its_line(title, message, file):
    written = Annotation(Level.ERROR, title, message, file, 1).command()
    assert "\n" not in written
    assert "\r" not in written
    assert written.startswith("::error ")


def test_up_to_ten_are_all_shown_the_heaviest_first():
    worst = Worst(Level.ERROR)
    for weight in (3, 1, 2):
        worst.add(annotation(weight))
    assert [c.split("::")[1] for c in worst.commands()] == [
        "error title=weight 3",
        "error title=weight 2",
        "error title=weight 1",
    ]


def test_of_more_than_ten_the_nine_worst_and_how_many_more():
    worst = Worst(Level.ERROR)
    for weight in [*range(50), 7, 7]:
        worst.add(annotation(weight))
    written = list(worst.commands())
    assert len(written) == 10
    assert [c.split("::")[1] for c in written[:9]] == [
        f"error title=weight {weight}" for weight in range(49, 40, -1)
    ]
    assert written[9] == (
        "::error title=43 more::The summary of the step and the results list them."
    )


def test_of_equal_weight_the_first_are_shown_in_their_order():
    worst = Worst(Level.ERROR)
    for number in range(30):
        worst.add(annotation(message=str(number)))
    assert [c.rpartition("::")[2] for c in worst.commands()][:9] == list("012345678")


def test_a_summary_is_markdown_that_shows_texts_as_they_are():
    text = summary_markdown([Section("Head", "Words.", ("a", "b"), [("x|y\n<b>", None)])])
    assert text == "## Head\n\nWords.\n\n| a | b |\n| --- | --- |\n| x\\|y \\<b\\> |  |\n\n"


def test_a_summary_that_is_too_long_is_cut_at_a_row_and_says_so():
    read = 0

    def rows():
        nonlocal read
        for number in range(10**7):
            read += 1
            yield (number, "ж" * 100)

    text = summary_markdown([Section("Head", "", ("a", "b"), rows())])
    assert 890_000 < len(text.encode()) <= 900_000
    assert read < 5000
    *_, last, empty, note = text.splitlines()
    assert last.endswith("ж |")
    assert empty == ""
    assert note.startswith("_Cut here")
