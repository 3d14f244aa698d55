"""What `routeplan batch` does, in order.

`source.open_source` reads the scenarios, `evaluator.scenario_job` answers them, and
`render.rows.files.open_rows` writes the output.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from routeplan._version import __version__
from routeplan.batch.baseline import Change, compare, read_results, read_tolerances
from routeplan.batch.columns import RESULT_COLUMNS, Kind
from routeplan.batch.evaluator import DEFAULTS, scenario_job
from routeplan.batch.github import summary_markdown
from routeplan.batch.job import install
from routeplan.batch.journal import Journal
from routeplan.batch.lock import OutputLock
from routeplan.batch.report import (
    annotation_lines,
    counts_text,
    summary,
    trouble_line,
    write_junit,
)
from routeplan.batch.run import check, evaluate, troubles, write_payload, write_results
from routeplan.batch.source import Oddities, open_source
from routeplan.errors import EXIT_NO, DataError, OutputError, RequestError
from routeplan.kernel.engines import choose_solver
from routeplan.network.findings import Severity
from routeplan.network.read import load_network
from routeplan.render.output import Format, choose_format, told, whole_file
from routeplan.render.progress import progress_bar
from routeplan.render.rows.files import ROW_FORMATS, Field, check_size, open_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from routeplan.batch.baseline import Difference, Tolerance
    from routeplan.batch.job import Done, Job
    from routeplan.batch.run import RowSink, Source
    from routeplan.batch.where import Where
    from routeplan.kernel.engines import Solver
    from routeplan.render.rows.files import RowWriter

_LISTED = 20
_MOST_FINDINGS = 10_000
_STDIN = Path("-")
_FEW_BYTES = 1 << 16
"""A packed table below it is answered before a compiler has begun."""
_KINDS = {Kind.TEXT: str, Kind.INTEGER: int, Kind.NUMBER: float}
_FIELDS = tuple(Field(c.name, _KINDS[c.kind], c.meaning) for c in RESULT_COLUMNS)


@dataclass(frozen=True, slots=True)
class Order:
    """What the command line asks for; see `cli.batch` for each."""

    scenarios: Path
    edits: Path | None
    output: Path | None
    form: Format | None
    data: Path | None
    defaults: Mapping[str, str]
    where: Where
    search: Solver
    strict: bool
    validate_only: bool
    resume: bool
    junit: Path | None
    github: bool
    baseline: Path | None
    tolerance: str
    quiet: bool


@dataclass(frozen=True, slots=True)
class _Batch:
    """An order that was understood."""

    order: Order
    form: Format
    source: Source
    oddities: Oddities
    job: Job
    fingerprint: Mapping[str, str]
    tolerances: tuple[Tolerance, ...]

    def differences(self, journal: Journal) -> Iterator[Difference] | None:
        """Compare with the baseline; None without one."""
        if self.order.baseline is None:
            return None
        return compare(read_results(self.order.baseline), journal.rows(), self.tolerances)


def run_order(order: Order) -> None:
    """Do what is asked for.

    Raises
    ------
    typer.Exit
        With 1 if a row is bad, an expectation does not hold, or something is worse than the
        baseline.
    RouteplanError
        If it cannot be done.
    """
    with ExitStack() as stack:
        batch = _understand(order, stack)
        if order.strict:
            _refuse_bad_rows(batch)
        if order.validate_only:
            return
        journal = _open_journal(batch, stack)
        try:
            _evaluate(batch, journal)
            _write_output(batch, journal)
            failed = _report(batch, journal)
        except BaseException as error:
            _leave(batch, journal, error)
            raise
        journal.remove()
    if failed:
        raise typer.Exit(EXIT_NO)


def _understand(order: Order, stack: ExitStack) -> _Batch:
    """Find everything wrong with the order before any work is done."""
    if order.resume and not _is_kept(order.output):
        raise RequestError("--resume goes on with a file: name it with -o.")
    _refuse_same_files(order)
    if order.tolerance and order.baseline is None:
        raise RequestError("--tolerance is about --baseline: name the earlier results.")
    asked = order.form or (Format.CSV if order.output is None else None)
    form = choose_format(asked, order.output, ROW_FORMATS)
    tolerances = read_tolerances(order.tolerance)
    if order.baseline is not None:
        next(read_results(order.baseline), None)
    path, name = order.scenarios, str(order.scenarios)
    if order.scenarios == _STDIN:
        path, name = _kept_stdin(stack), "standard input"
    oddities = Oddities(_LISTED)
    defaults = {**DEFAULTS, **order.defaults}
    source = open_source(path, name, defaults, order.edits, oddities)
    check_size(order.output, form, source.total or 0)
    network = load_network(order.data)
    fingerprint = {
        "the scenarios": source.digest,
        "the data": network.digest,
        "the options": json.dumps(dict(order.defaults), sort_keys=True),
        "routeplan": __version__,
    }
    few = source.total is None and path.stat().st_size < _FEW_BYTES
    solver = choose_solver(order.search, 0 if few else source.total)
    job = scenario_job(network, order.data, solver)
    return _Batch(order, form, source, oddities, job, fingerprint, tolerances)


def _is_kept(output: Path | None) -> bool:
    """Tell whether an output is a file that a journal can stand beside, not a device or a pipe."""
    return output is not None and (output.is_file() or not output.exists())


def _refuse_same_files(order: Order) -> None:
    """Refuse to write over what is read, or one result over another."""
    files = {
        "SCENARIOS": order.scenarios,
        "--edits": order.edits,
        "--baseline": order.baseline,
        "-o": order.output,
        "--junit": order.junit,
    }
    seen: dict[Path, str] = {}
    for name, file in files.items():
        if file is None or not _is_kept(file):
            continue
        before = seen.setdefault(file.resolve(), name)
        if before != name:
            raise RequestError(
                f"{before} and {name} are one file, {file}: it would be overwritten. Name another."
            )


def _kept_stdin(stack: ExitStack) -> Path:
    """Copy standard input to a file, because rows may be read more than once."""
    if sys.stdin is None:
        raise RequestError("cannot read standard input: it is closed.")
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="routeplan-"))
    path = Path(folder) / "scenarios.csv"
    with path.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    return path


def _refuse_bad_rows(batch: _Batch) -> None:
    """Check all rows; of very many findings the first are told, and how many there are."""
    found = (f for f in check(batch.source, install(batch.job)) if f.severity is Severity.ERROR)
    findings = list(islice(found, _MOST_FINDINGS))
    more = sum(1 for _ in found)
    findings += batch.oddities.errors
    if more:
        typer.echo(f"{more:,} more findings are not listed.", err=True)
    if findings:
        raise DataError(findings)
    if batch.order.validate_only and not batch.order.quiet:
        _list_oddities(batch)
        typer.echo("clean", err=True)


def _list_oddities(batch: _Batch) -> None:
    """Tell what is odd about rows that were asked all the same."""
    for finding in batch.oddities.first:
        typer.echo(finding.one_line(), err=True)
    if more := batch.oddities.count - len(batch.oddities.first):
        typer.echo(f"... and {more:,} more like these.", err=True)


def _open_journal(batch: _Batch, stack: ExitStack) -> Journal:
    output = batch.order.output
    if output is not None and output.is_dir():
        raise OutputError(f"cannot write {output}: it is a folder. Name a file in it.")
    if output is None or not _is_kept(output):
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="routeplan-")))
        path = folder / "journal"
    else:
        stack.enter_context(OutputLock(output))
        path = output.with_name(output.name + ".journal")
    journal = Journal(path, batch.fingerprint)
    return stack.enter_context(journal.open(resume=batch.order.resume))


def _evaluate(batch: _Batch, journal: Journal) -> None:
    order, total = batch.order, batch.source.total
    with ExitStack() as stack:
        notify = stack.enter_context(
            progress_bar(total, journal.counts.scenarios, shown=not order.quiet)
        )
        live = order.output is None
        sink = stack.enter_context(_open_output(batch)) if live else None
        told = _teller(journal, notify, sink)
        evaluate(batch.source, batch.job, journal, order.where, told)


def _teller(
    journal: Journal, notify: Callable[[int], None], sink: RowSink | None
) -> Callable[[Done], None]:
    """Make what is called after each chunk: the bar moves, and standard output gets its rows."""

    def tell(done: Done) -> None:
        if sink is not None:
            write_payload(done.payload, sink)
        notify(journal.counts.scenarios)

    return tell


def _write_output(batch: _Batch, journal: Journal) -> None:
    if batch.order.output is not None:
        with _open_output(batch, journal.counts.answers) as sink:
            write_results(journal, sink)


def _open_output(batch: _Batch, expected: int = 0) -> AbstractContextManager[RowWriter]:
    return open_rows(batch.order.output, _FIELDS, batch.form, name="results", expected=expected)


def _report(batch: _Batch, journal: Journal) -> bool:
    """Tell a build and the user what came out; return whether the build should fail."""
    order, name, counts = batch.order, batch.source.name, journal.counts
    if order.junit is not None:
        with (
            whole_file(order.junit) as path,
            told(order.junit),
            path.open("w", encoding="utf-8", newline="") as file,
        ):
            write_junit(file, name, journal.rows(), batch.differences(journal))
    if order.github:
        _tell_github(batch, journal)
    regressions = _list_differences(batch, journal)
    if counts.troubled:
        _list(trouble_line(name, row) for row in troubles(journal))
    if not order.quiet:
        _list_oddities(batch)
        typer.echo(counts_text(counts), err=True)
    bad = counts.bad_row or counts.error or batch.oddities.errors
    return bool(bad or counts.failed or regressions)


def _list_differences(batch: _Batch, journal: Journal) -> int:
    found = batch.differences(journal)
    if found is None:
        return 0
    numbers: Counter[str] = Counter()
    regressions = 0

    def told() -> Iterator[str]:
        nonlocal regressions
        for difference in found:
            numbers[difference.change or ""] += 1
            if difference.is_regression:
                regressions += 1
                yield f"{difference.change}: {difference.title}: {difference.text}"

    _list(told())
    if not batch.order.quiet:
        parts = ", ".join(f"{numbers[change]} {change}" for change in Change if numbers[change])
        typer.echo(f"Beside {batch.order.baseline}: {parts or 'nothing changed'}.", err=True)
    return regressions


def _list(lines: Iterator[str]) -> None:
    """List the first few on standard error, and how many more there are."""
    for line in islice(lines, _LISTED):
        typer.echo(line, err=True)
    if more := sum(1 for _ in lines):
        typer.echo(f"... and {more} more.", err=True)


def _tell_github(batch: _Batch, journal: Journal) -> None:
    """Write annotations where GitHub reads them, and the summary to the file it names."""
    name = batch.source.name
    for line in annotation_lines(name, troubles(journal), batch.differences(journal) or ()):
        typer.echo(line, err=batch.order.output is None)
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        sections = summary(name, journal.counts, troubles(journal), batch.differences(journal))
        try:
            with Path(file).open("a", encoding="utf-8") as out:
                out.write(summary_markdown(sections))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise OutputError(f"cannot write $GITHUB_STEP_SUMMARY {file}: {reason}.") from None


def _leave(batch: _Batch, journal: Journal, error: BaseException) -> None:
    """Say what is safe when a run is cut short; a journal without results is not kept."""
    journal.close()
    if not journal.counts.scenarios:
        journal.remove()
    elif _is_kept(batch.order.output) and "--resume" not in str(error):
        text = f"{journal.counts.scenarios} scenarios are safe in {journal.path}"
        typer.echo(f"{text}: go on with --resume.", err=True)
