"""The report of a batch."""

from __future__ import annotations

from routeplan.analysis.results import Moved, Result
from routeplan.language import Language
from routeplan.render.report.blocks import Figure, Table, Text
from routeplan.render.report.html import report_page
from routeplan.render.report.markdown import report_markdown
from routeplan.render.report.results import results_report

RESULTS = [
    *(
        Result(
            f"s{n}", "ok", "kz-a", "rs-b", 240.0 + n, 5000.0 + n, 900.0, float(n), 0.0, 0.0, "ok"
        )
        for n in range(60)
    ),
    Result("late", "ok", "kz-a", "rs-b", 900.0, 5000.0, 900.0, expectations="failed", failed="max"),
    Result("shut", "no_route", "kz-a", "rs-b", error="no route joins them"),
    Result("wrong", "bad_row", error="unknown place <script>"),
    Result("broken", "error", error="a bug"),
]


def sections(report):
    return {section.name: section for section in report.sections}


def test_it_counts_spreads_ranks_and_lists_what_failed():
    found = sections(results_report(RESULTS, name="results.csv"))
    assert list(found) == ["answer", "spread", "effects", "failed", "no_route", "bad_row", "error"]
    sentences = [block.text for block in found["answer"].blocks if isinstance(block, Text)]
    assert sentences == [
        "Of 64 scenarios 61 have a way, 1 have none and 2 could not be answered.",
        (
            "Half of the ways take 11 days or less and cost 5 000 USD or less; they run from 10 to "
            "38 days and from 5 000 to 5 100 USD."
        ),
        "Of 61 scenarios that expect something, 1 fail.",
    ]
    (effects,) = found["effects"].blocks
    assert isinstance(effects, Table)
    assert effects.rows[0][:3] == ("s59", "12.5", "+2.5")
    assert len(effects.rows) == 50
    assert "(50 of 59)" in effects.caption
    assert [row[0] for row in found["failed"].blocks[0].rows] == ["late"]
    assert found["no_route"].blocks[0].rows == (("shut", "no route joins them"),)


def test_earlier_results_are_compared_with():
    moved = [
        Moved(None, RESULTS[0]),
        Moved(RESULTS[0], RESULTS[61]),
        Moved(RESULTS[0], RESULTS[59]),
    ]
    (table,) = sections(results_report(RESULTS, moved, name="r"))["baseline"].blocks
    assert table.rows[0][:2] == ("s0", "new")
    assert table.rows[1][1] == "10.0 → no way"
    assert table.rows[2] == ("s59", "10.0 → 12.5", "+2.5", "+59", "0")
    nothing = sections(results_report(RESULTS, [], name="r"))["baseline"].blocks
    assert nothing == (Text("Nothing differs."),)


def test_results_without_answers_have_no_figures():
    found = sections(results_report(RESULTS[-2:], name="r"))
    assert "spread" not in found
    assert not any(isinstance(b, Figure) for s in found.values() for b in s.blocks)


def test_it_is_written_in_every_format_and_language():
    for language in Language:
        report = results_report(RESULTS, name="r<b>.csv", language=language)
        page = report_page(report)
        assert "<script>" not in page
        assert "r&lt;b&gt;.csv" in page
        assert page.count("<figure>") == 2
        assert "unknown place &lt;script>" in report_markdown(report)
