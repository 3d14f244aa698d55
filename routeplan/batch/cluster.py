"""Chunks on a Dask cluster, one started here or one that runs elsewhere; the extra `cluster`."""

from __future__ import annotations

import logging
import warnings
from collections import deque
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any

from routeplan._version import __version__
from routeplan.batch.engine import InOrder, given_up
from routeplan.batch.job import install, run_chunk, uninstall
from routeplan.errors import RequestError, WorkerError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from distributed import Client, Future, Worker

    from routeplan.batch.engine import Chunks
    from routeplan.batch.job import Done, Job
    from routeplan.batch.where import Where

_CHUNKS_PER_THREAD = 2
_CONNECT_S = 10


def map_cluster(job: Job, chunks: Chunks, where: Where) -> Iterator[Done]:
    """Evaluate chunks on a cluster; see `engine.map_chunks`.

    A chunk whose worker ends is given to another by the scheduler. Workers may join and leave.

    Raises
    ------
    RequestError
        If the extra is not installed, or nothing answers at the scheduler's address.
    WorkerError
        If a chunk has ended several workers, or the scheduler is gone.
    """
    distributed = _import()
    with ExitStack() as stack:
        client = stack.enter_context(_client(where))
        name = f"routeplan-{job.key}"
        client.wait_for_workers(1)  # what a worker cannot load is told by those that are there
        client.register_plugin(_plugin(job), name=name)
        stack.callback(_forget, client, name)
        try:
            yield from _collect(client, job, chunks)
        except (
            distributed.CancelledError,
            distributed.client.ClosedClientError,
            OSError,  # also a closed connection and a time-out
        ) as error:
            raise WorkerError(
                f"the Dask scheduler is gone ({type(error).__name__}). What was done is kept: "
                "start it again and go on with --resume."
            ) from None


def _collect(client: Client, job: Job, chunks: Chunks) -> Iterator[Done]:
    from distributed import KilledWorker

    line = InOrder(chunks, _window(client))
    out: deque[tuple[int, Future[Done]]] = deque()
    try:
        while not line.is_done or out:
            while line.has_room and (ticket := line.next_ticket()) is not None:
                task = client.submit(run_chunk, job.key, line.rows(ticket), pure=False)
                out.append((ticket, task))
            if not out:
                return
            ticket, task = out[0]
            try:
                done = task.result()
            except KilledWorker as error:
                raise given_up(line.rows(ticket), f"last on {error.last_worker}") from None
            out.popleft()
            line.put(ticket, done)
            yield from line.ready()
    finally:
        with suppress(Exception):  # the cluster may be gone
            client.cancel([task for _, task in out])


def _window(client: Client) -> int:
    """Return how many chunks may be out: enough for every thread to have one and one waiting."""
    threads: int = sum(client.nthreads().values())
    return _CHUNKS_PER_THREAD * max(threads, 2)


@contextmanager
def _client(where: Where) -> Iterator[Client]:
    from distributed import Client, LocalCluster

    with _quiet():
        if where.scheduler is None:
            with (
                LocalCluster(
                    n_workers=where.processes,
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address=None,
                    silence_logs=logging.CRITICAL,
                ) as cluster,
                Client(cluster) as client,
            ):
                yield client
            return
        try:
            client = Client(where.scheduler, timeout=_CONNECT_S)
        except (OSError, TimeoutError, ValueError) as error:
            raise RequestError(
                f'--scheduler "{where.scheduler}": no Dask scheduler answers there ({error}). '
                "Start one with `dask scheduler`, or leave the option out for one on this machine."
            ) from None
        with client:
            yield client


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the cluster's log off standard error: what matters is raised."""
    names = [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    before = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            # a cluster beside it holds the port of the pages that nobody asked for here
            warnings.filterwarnings("ignore", r"\s*Port \d+ is already in use", UserWarning)
            yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


def _plugin(job: Job) -> Any:  # noqa: ANN401 - a class made where dask is imported
    """Make what every worker runs at its start, those that join later too."""
    from distributed import WorkerPlugin

    class Install(WorkerPlugin):
        def setup(self, worker: Worker) -> None:
            del worker
            _install_same(job, __version__)

        def teardown(self, worker: Worker) -> None:
            del worker
            uninstall(job.key)

    return Install()


def _install_same(job: Job, version: str) -> None:
    """Load the evaluator, if this worker has the version of routeplan that asks."""
    if version != __version__:
        raise RequestError(
            f"a Dask worker has routeplan {__version__}, this is {version}. Install one version."
        )
    install(job)


def _forget(client: Client, name: str) -> None:
    with suppress(Exception):  # the cluster may be gone
        client.unregister_worker_plugin(name)


def _import() -> Any:  # noqa: ANN401 - a module
    try:
        import distributed
    except ImportError:
        raise RequestError(
            "--engine dask needs the extra `cluster`: pip install 'routeplan[cluster]'. "
            "Without it --engine pool uses every core of this machine."
        ) from None
    return distributed
