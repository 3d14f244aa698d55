"""What a build is told of a batch: JUnit cases, annotations, and the summary of the step."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from routeplan.batch.baseline import Change
from routeplan.batch.columns import RowStatus, Verdict
from routeplan.batch.expect import excess_of
from routeplan.batch.github import Annotation, Level, Section, Worst
from routeplan.batch.job import is_first
from routeplan.batch.junit import Case, JUnitWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import IO

    from routeplan.batch.baseline import Difference
    from routeplan.batch.job import Counts

    Result = Mapping[str, Any]

_BASELINE_LEVELS = {
    Change.WORSE: Level.ERROR,
    Change.MISSING: Level.WARNING,
    Change.BETTER: Level.NOTICE,
}


def write_junit(
    file: IO[str], name: str, rows: Iterable[Result], differences: Iterable[Difference] | None
) -> None:
    """Write a batch as JUnit XML: a case for each scenario, and one for each compared result.

    Parameters
    ----------
    file
        Open for text, UTF-8, seekable.
    name
        The scenario file, as the user wrote it.
    rows
        All result rows.
    differences
        From `baseline.compare`; None without a baseline.
    """
    with JUnitWriter(file) as out:
        out.suite("scenarios")
        for row in rows:
            if is_first(row):
                out.add(_case(name, row))
        if differences is not None:
            out.suite("baseline")
            for difference in differences:
                out.add(_baseline_case(name, difference))


def annotation_lines(
    name: str, troubled: Iterable[Result], differences: Iterable[Difference] = ()
) -> Iterator[str]:
    """Write the workflow commands: at most ten of each level, the worst first."""
    worst = {level: Worst(level) for level in Level}
    for row in troubled:
        worst[Level.ERROR].add(_annotation(name, row))
    for difference in differences:
        level = _BASELINE_LEVELS.get(difference.change) if difference.change else None
        if level:
            if difference.is_regression:
                level = Level.ERROR
            worst[level].add(_baseline_annotation(name, level, difference))
    for kept in worst.values():
        yield from kept.commands()


def summary(
    name: str,
    counts: Counts,
    troubled: Iterable[Result],
    differences: Iterable[Difference] | None,
) -> Iterator[Section]:
    """Make the sections of the summary of a step."""
    yield Section(f"routeplan batch {_plain(name)}", counts_text(counts))
    if counts.troubled:
        rows = ((r["row"], r["scenario_id"], r["status"], trouble_text(r)) for r in troubled)
        yield Section("To look at", "", ("row", "scenario", "status", "what"), rows)
    if differences is not None:
        changed = (d for d in differences if d.change)
        rows = ((d.change, d.scenario_id, d.rank, d.text) for d in changed)
        head = ("change", "scenario", "answer", "what")
        yield Section("Beside the baseline", "Nothing listed is nothing changed.", head, rows)


def trouble_text(row: Result) -> str:
    """Say what is wrong with the first row of a scenario, in one line."""
    return " ".join(_problem_text(row).split())


def trouble_line(name: str, row: Result) -> str:
    """Write a scenario to look at for a terminal: file, line, id and what is wrong."""
    return f"{name}:{row['row']} {row['scenario_id']}: {trouble_text(row)}"


def counts_text(counts: Counts) -> str:
    """Say what a batch came to: `60 scenarios: 58 ok, 2 no route. 21 expect, 1 failed.`."""
    words = (
        (counts.ok, "ok"),
        (counts.no_route, "no route"),
        (counts.bad_row, "bad rows" if counts.bad_row > 1 else "bad row"),
        (counts.error, "broken"),
    )
    parts = ", ".join(f"{number} {word}" for number, word in words if number)
    plural = "" if counts.scenarios == 1 else "s"
    text = f"{counts.scenarios} scenario{plural}{': ' if parts else ''}{parts}."
    if counts.expected:
        passed = counts.expected - counts.failed
        text += f" Expectations: {passed} of {counts.expected} hold."
    return text


def _case(name: str, row: Result) -> Case:
    title = str(row["scenario_id"] or f"row {row['row']}")
    problem = ""
    if _is_broken(row):
        problem = "error"
    elif row["expectations"] == Verdict.FAILED:
        problem = "failure"
    return Case(title, name, row["row"] or 0, problem, _problem_text(row) if problem else "")


def _is_broken(row: Result) -> bool:
    return row["status"] in (RowStatus.BAD_ROW, RowStatus.ERROR)


def _problem_text(row: Result) -> str:
    first, second = ("error", "failed") if _is_broken(row) else ("failed", "error")
    return str(row[first] or row[second] or row["status"])


def _baseline_case(name: str, difference: Difference) -> Case:
    title = difference.title
    problem = "failure" if difference.is_regression else ""
    return Case(title, name, difference.row, problem, f"{difference.change}: {difference.text}")


def _annotation(name: str, row: Result) -> Annotation:
    texts = str(row["failed"] or "").split("; ")
    weight = math.inf if _is_broken(row) else max(map(excess_of, texts))
    title = str(row["scenario_id"])
    return Annotation(Level.ERROR, title, trouble_text(row), name, row["row"] or 0, weight)


def _baseline_annotation(name: str, level: Level, difference: Difference) -> Annotation:
    message = f"{difference.change}: {difference.text}"
    weight = difference.share
    return Annotation(level, difference.title, message, name, difference.row, weight)


def _plain(name: str) -> str:
    return " ".join(name.split())
