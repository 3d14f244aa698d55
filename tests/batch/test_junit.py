"""JUnit XML that parsers read, with the right counts, whatever the texts hold."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped

from routeplan.batch.junit import Case, JUnitWriter

PROBLEMS = {"failure": Failure, "error": Error, "skipped": Skipped}


def write(path, suites):
    with path.open("w", encoding="utf-8", newline="\n") as file, JUnitWriter(file) as out:
        for name, cases in suites:
            out.suite(name)
            for case in cases:
                out.add(case)
    return path


def parsed(file):
    return ET.parse(file).getroot()  # noqa: S314 - we have written it


def test_a_real_parser_reads_cases_counts_and_places(tmp_path):
    cases = [
        Case("base Astana → Belgrade", "scenarios.csv", 2),
        Case("slow", "scenarios.csv", 3, "failure", "max_days: 24.3 > 20"),
        Case("bad", "scenarios.csv", 4, "error", 'unknown place "X"\nDid you mean Y?'),
        Case("left out", "scenarios.csv", 5, "skipped", "later"),
    ]
    file = write(tmp_path / "r.xml", [("scenarios", cases), ("baseline", cases[:2])])
    whole = JUnitXml.fromfile(str(file))
    assert (whole.tests, whole.failures, whole.errors, whole.skipped) == (6, 2, 1, 1)
    first, second = whole
    assert (first.name, first.tests, first.failures, first.errors) == ("scenarios", 4, 1, 1)
    assert (second.name, second.tests, second.failures) == ("baseline", 2, 1)
    read = list(first)
    assert [case.name for case in read] == [case.name for case in cases]
    assert [(c._elem.get("file"), c._elem.get("line")) for c in read][1] == ("scenarios.csv", "3")
    assert [type(r) for c in read for r in c.result] == [Failure, Error, Skipped]
    assert read[1].result[0].message == "max_days: 24.3 > 20"
    assert read[2].result[0].text == 'unknown place "X"\nDid you mean Y?'


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=[])),
            st.sampled_from(["", *PROBLEMS]),
            st.text(st.characters(exclude_categories=[])),
        )
    )
)
def test_any_text_makes_well_formed_xml_with_as_many_cases_as_it_says(tmp_path_factory, found):
    cases = [Case(name, name, 1, problem, text) for name, problem, text in found]
    file = write(tmp_path_factory.mktemp("any") / "r.xml", [("s", cases)])
    root = parsed(file)
    assert len(root.findall("*/testcase")) == int(root.get("tests")) == len(cases)
    for plural, problem in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert len(root.findall(f"*/*/{problem}")) == int(root.get(plural))


def test_control_characters_are_replaced_and_line_ends_kept(tmp_path):
    case = Case("a\x1b[31m\x00b\ud800", "f\ttab", 1, "failure", "x\x0by\r\nz")
    (read,) = parsed(write(tmp_path / "r.xml", [("s\n", [case])])).iter("testcase")
    assert read.get("name") == "a\ufffd[31m\ufffdb\ufffd"
    assert read.get("file") == "f\ttab"
    assert read.find("failure").text == "x\ufffdy\nz"


def test_no_cases_are_an_empty_suite(tmp_path):
    root = parsed(write(tmp_path / "r.xml", [("s", [])]))
    assert (root.get("tests"), root[0].get("tests"), len(root[0])) == ("0", "0", 0)


def test_the_counts_fit_in_the_room_left_for_them(tmp_path):
    file = tmp_path / "r.xml"
    with file.open("w", encoding="utf-8") as out, JUnitWriter(out) as writer:
        writer.suite("s")
        writer._suite._counts["tests"] = writer._total._counts["tests"] = 10**15 - 1
    assert parsed(file).get("tests") == "999999999999999"


@pytest.mark.slow
def test_a_million_cases_take_no_more_memory_than_a_thousand(tmp_path):
    resource = pytest.importorskip("resource")

    def peak(count):
        bad = Case("s", "scenarios.csv", 1, "failure", "max_days: 24.3 > 20")
        good = Case("t", "scenarios.csv", 2)
        cases = (good if number % 4 else bad for number in range(count))
        write(tmp_path / "r.xml", [("s", cases)])
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    few, many = peak(1000), peak(1_000_000)
    assert many - few < 20_000  # KiB; the file has 80 MB
    seen = 0

    def start(name, _):
        nonlocal seen
        seen += name == "testcase"

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with (tmp_path / "r.xml").open("rb") as file:
        head = file.read(300)
        file.seek(0)
        parser.ParseFile(file)
    assert seen == 1_000_000
    assert b'tests="1000000" failures="250000"' in head
    (tmp_path / "r.xml").unlink()


def test_a_run_that_fails_leaves_no_counts_behind(tmp_path):
    file = tmp_path / "r.xml"
    out = file.open("w", encoding="utf-8")

    def run():
        with out, JUnitWriter(out) as writer:
            writer.suite("s")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run()
    assert "tests=" not in file.read_text("utf-8")
