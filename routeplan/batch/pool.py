"""Worker processes of our own, with one chunk each: a killed worker is known by its chunk.

The standard pool breaks whole when a worker is killed, cannot tell which chunk did it, and leaves
its workers behind when its owner is killed. Here a worker hears only its own pipe: when the pipe
closes, whoever ended, the other side knows.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from types import ModuleType
from typing import TYPE_CHECKING, Any

from routeplan.batch.job import Done, install, rarely_collected, run_chunk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from routeplan.batch.job import Job

_GRACE_S = 1.0


class WorkerLostError(Exception):
    """A worker ended in the middle of a chunk.

    Parameters
    ----------
    ticket
        Of the chunk.
    how
        What is known of its end.
    """

    def __init__(self, ticket: int, how: str) -> None:
        super().__init__(how)
        self.ticket = ticket
        self.how = how


class Pool:
    """A fixed number of worker processes.

    Parameters
    ----------
    job
        What each is given at its start.
    workers
        How many.
    """

    def __init__(self, job: Job, workers: int) -> None:
        self._job = job
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._count = workers

    @property
    def has_room(self) -> bool:
        """Whether a chunk can be given to a worker that has none."""
        return len(self._busy()) < self._count

    def give(self, ticket: int, rows: list[Any]) -> None:
        """Give a chunk to a free worker; one is started if all that run have one."""
        worker = next((w for w in self._workers if w.ticket is None), None) or self._start()
        worker.ticket = ticket
        with suppress(BrokenPipeError, ConnectionError):  # it has ended: `take` will say so
            worker.connection.send((ticket, rows))

    def take(self) -> tuple[int, Done]:
        """Wait for a chunk.

        Returns
        -------
        tuple
            Its ticket and what became of it.

        Raises
        ------
        WorkerLostError
            If a worker ended over its chunk; its place is free for another.
        Exception
            What the worker's start raised.
        """
        (ready, *_) = wait([worker.connection for worker in self._busy()])
        worker = next(w for w in self._workers if w.connection is ready)
        try:
            ticket, answer = worker.connection.recv()
        except (EOFError, OSError):
            raise self._lost(worker) from None
        worker.ticket = None
        if isinstance(answer, Exception):
            raise answer
        return ticket, answer

    def close(self) -> None:
        """End all workers, at once if they are in the middle of a chunk."""
        busy = self._busy()
        for worker in self._workers:
            worker.connection.close()
        for worker in busy:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join(_GRACE_S)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.process.close()
        self._workers.clear()

    def _busy(self) -> list[_Worker]:
        return [worker for worker in self._workers if worker.ticket is not None]

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._job), daemon=True)
        with _keyboard_held(), _main_unnamed():
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _lost(self, worker: _Worker) -> WorkerLostError:
        assert worker.ticket is not None  # noqa: S101 - only busy ones are waited for
        worker.connection.close()
        worker.process.join(_GRACE_S)
        worker.process.kill()
        worker.process.join()
        code = worker.process.exitcode or 0
        worker.process.close()
        self._workers.remove(worker)
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return WorkerLostError(worker.ticket, how)


class _Worker:
    """A process, our end of its pipe, and the ticket of the chunk it has."""

    __slots__ = ("connection", "process", "ticket")

    def __init__(
        self, process: multiprocessing.process.BaseProcess, connection: Connection[Any, Any]
    ) -> None:
        self.process = process
        self.connection = connection
        self.ticket: int | None = None


@contextmanager
def _keyboard_held() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach: their owner ends them.

    The mask is inherited; a Ctrl-C that comes meanwhile reaches the owner afterwards.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _main_unnamed() -> Iterator[None]:
    """Start processes that do not run the user's script again: nothing of it is needed there.

    Without this a script that asks for a batch outside `if __name__ == "__main__"` would ask again
    in each of its workers.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _serve(connection: Connection[Any, Any], job: Job) -> None:
    """Evaluate chunks until the pipe closes."""
    with suppress(KeyboardInterrupt, EOFError, BrokenPipeError, ConnectionError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        failure: Exception | None = None
        try:
            install(job)
        except Exception as error:
            failure = error
        with rarely_collected():
            while True:
                ticket, rows = connection.recv()
                connection.send((ticket, failure or run_chunk(job.key, rows)))
