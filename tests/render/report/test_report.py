"""A report as HTML and Markdown: what stands in it, escaped, the same every time."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tiny import ask, tiny_network

from routeplan.analysis.effects import find_effects
from routeplan.language import Language
from routeplan.network.vocabulary import Metric
from routeplan.render.report.blocks import Column, Figure, Items, Link, Report, Section, Table, Text
from routeplan.render.report.evidence import source_weights
from routeplan.render.report.html import report_page
from routeplan.render.report.markdown import report_figures, report_markdown
from routeplan.render.report.plan import plan_report
from routeplan.scenario.table import ScenarioTable

SECTIONS = (
    "answer",
    "ways",
    "map",
    "along",
    "sure",
    "assumptions",
    "emissions",
    "sources",
    "notes",
)
HOSTILE = "</script><img src=x onerror=alert(1)> [red](javascript:alert(1)) | <b>"


class Reader(HTMLParser):
    """Notes the ids, the links and whether every element is closed."""

    VOID = frozenset({"meta", "br", "circle", "path", "rect", "img", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [value for name, value in attrs if name in ("href", "src")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag


def parsed(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    return reader


@pytest.fixture(scope="module")
def belgrade(real):
    return ask(real, "Astana", "Belgrade", deadline="25d")


@pytest.fixture(scope="module")
def report(real, belgrade):
    rows = [
        {"scenario_id": "a", "title": "Akhalkalaki shut", "changes": "close node:ge-akhalkalaki"},
        {"scenario_id": "b", "title": "By truck", "modes": "road,ferry"},
        {"scenario_id": "c", "title": "Ten boxes", "load": "10xFEU"},
        {"scenario_id": "d", "title": "Lost", "via": "Atlantis"},
        {"scenario_id": "e", "title": "Tashkent", "origin": "Tashkent"},
    ]
    defaults = {"origin": "Astana", "destination": "Belgrade"}
    effects = find_effects(real, belgrade, ScenarioTable(rows, defaults=defaults))
    return plan_report(belgrade, real, effects)


def test_a_page_has_every_section_once_and_nothing_to_run(report):
    page = report_page(report)
    found = parsed(page)
    assert [name for name in found.ids if "-" not in name] == [
        *SECTIONS[:4],
        *SECTIONS[4:],
    ]
    assert "what-if" in found.ids
    assert "script" not in found.tags
    assert len(page.encode()) < 600_000
    assert all(link.startswith(("http://", "https://")) for link in found.links)
    assert "default-src 'none'" in page


def test_the_tables_hold_what_the_plan_has(report, belgrade):
    tables = {b.caption: b for s in report.sections for b in s.blocks if isinstance(b, Table)}
    ways = next(table for table in tables.values() if table.rows[0][0] == "1")
    assert len(ways.rows) == len(belgrade.itineraries)
    assert ways.rows[0][5].endswith("%")
    emitted = next(table for caption, table in tables.items() if caption.startswith("Emissions"))
    kilograms = [float(str(row[3]).replace(" ", "")) for row in emitted.rows]
    assert sum(kilograms[1:]) == pytest.approx(kilograms[0], abs=0.6 * len(kilograms))
    assert kilograms[1:] == sorted(kilograms[1:], reverse=True)


def test_the_what_ifs_stand_by_kind_and_what_is_left_out_is_told(report):
    section = next(section for section in report.sections if section.name == "what-if")
    changes, questions, loads = (b for b in section.blocks if isinstance(b, Table))
    assert [table.rows[0][0] for table in (changes, questions, loads)] == [
        "Akhalkalaki shut",
        "By truck",
        "Ten boxes",
    ]
    assert "→" in changes.rows[0][1]
    texts = " ".join(b.text for b in section.blocks if isinstance(b, Text))
    assert "Rows of other places: 1." in texts
    (faults,) = (b for b in section.blocks if isinstance(b, Items))
    assert "Atlantis" in str(faults.items[0])


def test_the_weights_of_the_sources_add_up_to_what_is_known(belgrade):
    way = belgrade.itineraries[0]
    weights = source_weights(way)
    assert list(weights.values()) == sorted(weights.values(), reverse=True)
    totals = way.totals
    known = 0.0
    for leg in way.legs:
        for metric, part in (
            (Metric.TIME, leg.time_h.mean / totals.time_h),
            (Metric.WAIT, leg.wait_h.mean / totals.time_h),
            (Metric.COST, leg.cost_usd / totals.cost_usd),
            (Metric.CO2E, leg.co2e_kg / totals.co2e_kg),
        ):
            if metric in leg.evidence and leg.evidence[metric].source_ids:
                known += part
    assert sum(weights.values()) == pytest.approx(known)
    assert known > 2.5


def test_a_report_is_the_same_every_time(real, belgrade):
    pages = [report_page(plan_report(belgrade, real)) for _ in range(2)]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("language", list(Language))
def test_its_words_are_of_its_language(real, belgrade, language):
    spoken = plan_report(replace(belgrade, language=language), real)
    page = report_page(spoken)
    assert f'<html lang="{language}">' in page
    assert ("In short" in page) == (language is Language.EN)
    assert ("kilometres from the start" in page) == (language is Language.EN)
    parsed(page)


def test_a_network_without_coordinates_has_a_report_without_a_map():
    network = tiny_network(
        "edge_id, from_node, to_node, mode, distance_km\nrail-ab, kz-a, kz-b, rail, 100\n"
    )
    report = plan_report(ask(network, "kz-a", "kz-b"), network)
    names = [section.name for section in report.sections]
    assert "map" not in names
    assert "along" in names
    assert "The data name no source." in report_page(report)


def hostile_report() -> Report:
    table = Table(
        HOSTILE,
        (Column(HOSTILE), Column("n", is_number=True)),
        ((Link(HOSTILE, "javascript:alert(1)"), HOSTILE),),
    )
    items = Items((HOSTILE, Link("ok", "https://example.org/a?b=<c>&d")))
    figure = Figure("f", HOSTILE, lambda inner: f"<svg>{inner}</svg>")
    section = Section("s", HOSTILE, (Text(HOSTILE), table, items, figure))
    return Report(HOSTILE, HOSTILE, (section,), HOSTILE)


def test_hostile_texts_stay_text_in_a_page():
    found = parsed(report_page(hostile_report()))
    assert "img" not in found.tags
    assert "b" not in found.tags
    assert found.links == ["https://example.org/a?b=<c>&d"]


def test_hostile_texts_stay_text_in_markdown():
    text = report_markdown(hostile_report(), "a b")
    assert "<img" not in text
    assert "](javascript" not in text.replace("\\]", "")
    assert "](https://example.org" in text or "https://example.org/a?b=&lt;c>&d" in text
    assert "(a%20b-f.svg)" in text
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {3}


def test_markdown_links_to_the_figures_that_are_written(report):
    text = report_markdown(report, "astana")
    names = re.findall(r"\]\((astana-[\w-]+\.svg)\)", text)
    written = dict(report_figures(report, "astana"))
    assert sorted(names) == sorted(written)
    assert len(names) == 5
    assert all(svg.startswith("<svg") and "xmlns" in svg for svg in written.values())
    assert ".svg" not in report_markdown(report)
