"""Where chunks are evaluated: in this process, by threads, by processes, or on a Dask cluster.

All give the same bytes: chunks are independent, and results come back in the order of the input.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import islice
from typing import TYPE_CHECKING, Any

from routeplan.batch.job import install, rarely_collected, run_chunk, uninstall
from routeplan.batch.where import Engine
from routeplan.errors import WorkerError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from concurrent.futures import Future

    from routeplan.batch.job import Done, Job
    from routeplan.batch.where import Where

_TRIES = 3
_FIRST_CHUNK = 8
_LARGEST_CHUNK = 4096
_CHUNK_S = 0.5


class Chunks:
    """Cuts rows into chunks that take about half a second each.

    Little is lost with a killed run then, and little time goes into handing over. Where a chunk
    ends does not show in the results.

    Parameters
    ----------
    rows
        In input order.
    """

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = iter(rows)
        self._size = _FIRST_CHUNK

    def __iter__(self) -> Iterator[list[Any]]:
        while chunk := list(islice(self._rows, self._size)):
            yield chunk

    def learn(self, done: Done) -> None:
        """Adapt the size to what a chunk took, by at most a factor of four."""
        if done.counts.scenarios:
            fitting = int(_CHUNK_S * done.counts.scenarios / max(done.seconds, 1e-9))
            fitting = min(max(fitting, self._size // 4), self._size * 4)
            self._size = min(max(fitting, 1), _LARGEST_CHUNK)


class InOrder:
    """Chunks under way: handed out with a ticket each, put back in any order, yielded in theirs.

    Parameters
    ----------
    chunks
        In input order.
    window
        How many may be out or waiting for one before them.
    """

    def __init__(self, chunks: Iterable[list[Any]], window: int) -> None:
        self._source = enumerate(chunks)
        self._window = window
        self._out: dict[int, list[Any]] = {}
        self._back: dict[int, Done] = {}
        self._ahead: tuple[int, list[Any]] | None = None
        self._turn = 0
        self._ended = False

    @property
    def has_room(self) -> bool:
        """Whether another chunk may be handed out."""
        return not self._ended and len(self._out) + len(self._back) < self._window

    @property
    def is_done(self) -> bool:
        """Whether every chunk has come back."""
        return self._ended and not self._out

    def next_ticket(self) -> int | None:
        """Hand out the next chunk; None after the last."""
        self.look_ahead()
        following, self._ahead = self._ahead, None
        if following is None:
            self._ended = True
            return None
        self._out[following[0]] = following[1]
        return following[0]

    def look_ahead(self) -> None:
        """Read the next chunk already, while others are evaluated."""
        if self._ahead is None and self.has_room:
            self._ahead = next(self._source, None)

    def rows(self, ticket: int) -> list[Any]:
        """Return the rows of a chunk that is out."""
        return self._out[ticket]

    def put(self, ticket: int, done: Done) -> None:
        """Put back what became of a chunk."""
        del self._out[ticket]
        self._back[ticket] = done

    def ready(self) -> Iterator[Done]:
        """Yield those whose turn it is."""
        while self._turn in self._back:
            yield self._back.pop(self._turn)
            self._turn += 1


def map_chunks(
    job: Job, chunks: Chunks, where: Where, total: int | None = None
) -> Generator[Done, None, None]:
    """Evaluate chunks and yield what became of them, in their order.

    Parameters
    ----------
    job
        The evaluator.
    chunks
        Taken one by one as workers become free, so that memory does not grow with their number.
    where
        Engine and number of workers.
    total
        Number of rows, if known.

    Raises
    ------
    WorkerError
        If a chunk has ended three workers, or the cluster is gone.
    """
    engine = where.chosen(total)
    if engine is Engine.SERIAL:
        found = _map_here(job, chunks)
    elif engine is Engine.THREADS:
        found = _map_threads(job, chunks, where.processes)
    elif engine is Engine.POOL:
        found = _map_pool(job, chunks, where.processes)
    else:
        from routeplan.batch.cluster import map_cluster

        found = map_cluster(job, chunks, where)
    for done in found:
        chunks.learn(done)
        yield done


def name_rows(rows: list[Any]) -> str:
    """Say which rows a chunk holds, by their lines in the input."""
    first, last = rows[0], rows[-1]
    if len(rows) == 1:
        return f"row {first.row} ({first.scenario_id})"
    return f"rows {first.row} to {last.row} ({first.scenario_id} to {last.scenario_id})"


def _map_here(job: Job, chunks: Chunks) -> Iterator[Done]:
    install(job)
    try:
        for rows in chunks:
            yield run_chunk(job.key, rows)
    finally:
        uninstall(job.key)


def _map_threads(job: Job, chunks: Chunks, workers: int) -> Iterator[Done]:
    install(job)
    line = InOrder(chunks, workers + 1)
    out: dict[Future[Done], int] = {}
    with rarely_collected(), ThreadPoolExecutor(workers) as threads:
        try:
            while True:
                while line.has_room and (ticket := line.next_ticket()) is not None:
                    out[threads.submit(run_chunk, job.key, line.rows(ticket))] = ticket
                if line.is_done:
                    return
                line.look_ahead()
                for done in wait(out, return_when=FIRST_COMPLETED).done:
                    line.put(out.pop(done), done.result())
                yield from line.ready()
        finally:
            threads.shutdown(cancel_futures=True)
            uninstall(job.key)


def _map_pool(job: Job, chunks: Chunks, workers: int) -> Iterator[Done]:
    from routeplan.batch.pool import Pool, WorkerLostError

    pool, line, again = Pool(job, workers), InOrder(chunks, 4 * workers), deque[int]()
    losses: dict[int, int] = {}
    try:
        while True:
            while pool.has_room and (again or line.has_room):
                ticket = again.popleft() if again else line.next_ticket()
                if ticket is None:
                    break
                pool.give(ticket, line.rows(ticket))
            if line.is_done:
                return
            line.look_ahead()
            try:
                line.put(*pool.take())
            except WorkerLostError as lost:
                losses[lost.ticket] = losses.get(lost.ticket, 0) + 1
                if losses[lost.ticket] == _TRIES:
                    raise given_up(line.rows(lost.ticket), lost.how) from None
                again.append(lost.ticket)
            yield from line.ready()
    finally:
        pool.close()


def given_up(rows: list[Any], how: str) -> WorkerError:
    """Make the error for rows that have ended a worker too often."""
    return WorkerError(
        f"{name_rows(rows)}: worker after worker ended over them ({how}); the memory may not "
        "suffice. What was done is kept: go on with --resume and fewer --workers."
    )
