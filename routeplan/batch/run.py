"""The recipe of a batch: rows -> chunks -> journal -> output and reports."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from routeplan.batch.columns import RowStatus, Verdict, decode_rows
from routeplan.batch.engine import Chunks, map_chunks
from routeplan.batch.job import is_first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from routeplan.batch.columns import Row
    from routeplan.batch.job import Done, Evaluator, Job, ScenarioLike
    from routeplan.batch.journal import Journal
    from routeplan.batch.where import Where
    from routeplan.network.findings import Finding

_CHECKED_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Source:
    """Scenarios that can be read again from the start.

    Parameters
    ----------
    name
        What the user calls it, for messages.
    digest
        Hash of all bytes the rows depend on.
    total
        Number of rows, if it is known without reading them; it need not be exact.
    rows
        Opens a fresh pass over the rows. Equal digests give equal rows.
    """

    name: str
    digest: str
    total: int | None
    rows: Callable[[], Iterator[ScenarioLike]]


class RowSink(Protocol):
    """Where result rows are written; opened and closed by who asks for it."""

    def write_all(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows: cells by result column, None for empty."""


@runtime_checkable
class CsvSink(Protocol):
    """A sink whose form is that of the journal, so that bytes are copied."""

    def write_csv(self, lines: bytes, /) -> None:
        """Write rows as `columns.encode_rows` has written them."""


def evaluate(
    source: Source, job: Job, journal: Journal, where: Where, notify: Callable[[Done], None]
) -> None:
    """Evaluate what the journal does not have yet, and keep it there chunk by chunk.

    Parameters
    ----------
    source
        The scenarios.
    job
        The evaluator.
    journal
        Open; what it holds is not evaluated again.
    where
        Engine and workers.
    notify
        Called after each chunk was kept.

    Raises
    ------
    OutputError
        If the journal cannot be written.
    WorkerError
        If rows end every worker, or a cluster is gone.
    """
    have = journal.counts.scenarios
    left = None if source.total is None else max(source.total - have, 0)
    rows = islice(source.rows(), have, None)
    with closing(map_chunks(job, Chunks(rows), where, left)) as found:
        for done in found:
            journal.append(done)
            notify(done)


def check(source: Source, evaluator: Evaluator) -> Iterator[Finding]:
    """Yield what is wrong with the scenarios, in their order, without answering them."""
    rows = source.rows()
    while chunk := list(islice(rows, _CHECKED_AT_ONCE)):
        for finding in evaluator.check_chunk(chunk):
            yield finding if finding.file else finding._replace(file=source.name)


def write_results(journal: Journal, sink: RowSink) -> None:
    """Write all results of a journal to a sink."""
    for record in journal.records():
        write_payload(record.payload, sink)


def write_payload(payload: bytes, sink: RowSink) -> None:
    """Write one chunk to a sink, as bytes where the sink takes them."""
    if isinstance(sink, CsvSink):
        sink.write_csv(payload)
    else:
        sink.write_all(decode_rows(payload))


def troubles(journal: Journal) -> Iterator[Row]:
    """Yield the first row of each scenario that was bad, broke, or is not what its row expects."""
    for record in journal.records():
        if record.counts.troubled:
            yield from (row for row in record.rows() if is_first(row) and is_trouble(row))


def is_trouble(row: Mapping[str, Any]) -> bool:
    """Tell whether the first row of a scenario is one to look at."""
    bad = row["status"] in (RowStatus.BAD_ROW, RowStatus.ERROR)
    return bad or row["expectations"] == Verdict.FAILED
