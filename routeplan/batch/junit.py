"""A batch as JUnit XML: written case by case in flat memory, with the right counts in its head."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from types import TracebackType

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_COUNTS = ("tests", "failures", "errors", "skipped")
_DIGITS = 15
_LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Case:
    """One test.

    Parameters
    ----------
    name
        What is tested.
    file, line
        Where it is written; line 0 if nowhere.
    problem
        Empty if it passed, else `failure`, `error` or `skipped`.
    text
        What is wrong.
    """

    name: str
    file: str
    line: int
    problem: str = ""
    text: str = ""


class JUnitWriter:
    """Writes suites of cases to a file that can be sought in, such as a plain file.

    The counts stand before the cases that they count, so room is left for them, and they are
    written there at the end: blanks before the `>` of a tag mean nothing in XML. No times are
    written: equal runs give equal bytes.

    Parameters
    ----------
    file
        Opened for writing text in UTF-8.
    name
        Of the whole.
    """

    def __init__(self, file: IO[str], name: str = "routeplan") -> None:
        self._file = file
        self._total = _Tag("testsuites", name)
        self._suite: _Tag | None = None

    def __enter__(self) -> JUnitWriter:
        self._file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        self._total.begin(self._file)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write the ends and the counts; nothing if the writing has failed."""
        if error is None:
            self._end_suite()
            self._total.end(self._file)

    def suite(self, name: str) -> None:
        """Begin a suite; it ends with the next or with the file."""
        self._end_suite()
        self._suite = _Tag("testsuite", name)
        self._suite.begin(self._file)

    def add(self, case: Case) -> None:
        """Write a case of the suite."""
        assert self._suite is not None, "no suite begun"  # noqa: S101 - a bug of ours
        for tag in (self._suite, self._total):
            tag.count(case.problem)
        line = f' line="{case.line}"' if case.line else ""
        head = (
            f"<testcase name={_quoted(case.name)} classname={_quoted(case.file)} "
            f"file={_quoted(case.file)}{line}"
        )
        if not case.problem:
            self._file.write(f"{head}/>\n")
            return
        text = case.text[:_LONGEST_TEXT]
        first = text.partition("\n")[0]
        self._file.write(
            f"{head}><{case.problem} message={_quoted(first)}>{escape(_clean(text))}"
            f"</{case.problem}></testcase>\n"
        )

    def _end_suite(self) -> None:
        if self._suite is not None:
            self._suite.end(self._file)
            self._suite = None


class _Tag:
    """An element whose head holds counts that are known at its end."""

    def __init__(self, tag: str, name: str) -> None:
        self._tag = tag
        self._name = name
        self._counts = dict.fromkeys(_COUNTS, 0)
        self._place = 0

    def count(self, problem: str) -> None:
        self._counts["tests"] += 1
        if problem:
            plural = {"failure": "failures", "error": "errors", "skipped": "skipped"}[problem]
            self._counts[plural] += 1

    def begin(self, file: IO[str]) -> None:
        file.write(f"<{self._tag} name={_quoted(self._name)}")
        self._place = file.tell()
        file.write(" " * len(self._attributes(10**_DIGITS - 1)) + ">\n")

    def end(self, file: IO[str]) -> None:
        file.write(f"</{self._tag}>\n")
        here = file.tell()
        file.seek(self._place)
        file.write(self._attributes(None))
        file.seek(here)

    def _attributes(self, number: int | None) -> str:
        counts = self._counts.items()
        return "".join(f' {name}="{n if number is None else number}"' for name, n in counts)


def _clean(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _quoted(text: str) -> str:
    # a line end in an attribute is read as a blank unless written as a reference
    return quoteattr(_clean(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
