"""A batch on a Dask cluster: the same bytes, also when a worker is killed in the middle."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from toy_batch import failing_job, toy_job, toy_rows

from routeplan.batch.engine import Chunks, map_chunks
from routeplan.batch.where import Engine, Where
from routeplan.errors import RequestError, WorkerError

pytest.importorskip("distributed")
posix = pytest.mark.skipif(os.name == "nt", reason="signals as of POSIX")
pytestmark = [
    pytest.mark.slow,
    # what the cluster leaves to the collector at its end is its own
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
HERE = Path(__file__).parent
START_S = 60


def run(rows, where, job=None):
    return b"".join(d.payload for d in map_chunks(job or toy_job(), Chunks(rows), where))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """A scheduler and workers as processes of their own, as on a cluster."""

    def __init__(self, folder: Path) -> None:
        self.address = f"tcp://127.0.0.1:{free_port()}"
        self._folder = folder
        self.scheduler = self._start(
            "dask_scheduler", "--host", self.address, "--no-dashboard", "--no-show"
        )
        self.workers: list[subprocess.Popen[bytes]] = []

    def add_worker(self) -> None:
        self.workers.append(
            self._start("dask_worker", self.address, "--no-nanny", "--nthreads=1", "--no-dashboard")
        )

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", f"distributed.cli.{program}", *arguments],
            env=os.environ
            | {"PYTHONPATH": str(HERE), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"},
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    monkeypatch.setattr("routeplan.batch.cluster._CONNECT_S", START_S)
    made = Cluster(tmp_path)
    try:
        made.add_worker()
        made.add_worker()
        yield made
    finally:
        made.close()


def wait_until(true) -> None:
    end = time.monotonic() + START_S
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@posix
def test_a_worker_killed_in_the_middle_changes_no_byte(cluster, tmp_path):
    rows = toy_rows(80, **{f"s{n}": "sleep 0.05" for n in range(80)})
    rows[50] = toy_rows(51, s50=f"die {tmp_path / 'mark'} 1")[50]
    where = Where(Engine.DASK, scheduler=cluster.address)
    payloads = []
    for number, done in enumerate(map_chunks(toy_job(), Chunks(rows), where)):
        payloads.append(done.payload)
        if number == 0:
            cluster.add_worker()  # the row that kills takes one of them with it
    wait_until(lambda: any(worker.poll() is not None for worker in cluster.workers))
    assert (tmp_path / "mark.0").exists()
    assert b"".join(payloads) == run(toy_rows(80), Where(Engine.SERIAL))


@posix
def test_a_scheduler_that_dies_is_told_and_what_was_done_is_kept(cluster, monkeypatch):
    monkeypatch.setattr("routeplan.batch.cluster._CONNECT_S", 8)
    rows = toy_rows(2000, **{f"s{n}": "sleep 0.02" for n in range(2000)})
    found = map_chunks(toy_job(), Chunks(rows), Where(Engine.DASK, scheduler=cluster.address))
    assert next(found).counts.ok
    threading.Timer(0.2, cluster.scheduler.kill).start()
    with pytest.raises(WorkerError, match=r"scheduler is gone.*--resume"):
        list(found)


def test_an_address_where_nothing_answers_is_told(monkeypatch):
    monkeypatch.setattr("routeplan.batch.cluster._CONNECT_S", 1)
    where = Where(Engine.DASK, scheduler=f"tcp://127.0.0.1:{free_port()}")
    with pytest.raises(RequestError, match="no Dask scheduler answers there"):
        run(toy_rows(3), where)


@posix
def test_what_cannot_be_evaluated_is_told(cluster, tmp_path):
    where = Where(Engine.DASK, scheduler=cluster.address)
    with pytest.raises(LookupError, match="no network"):
        run(toy_rows(3), where, failing_job())
    rows = toy_rows(3, s0=f"die {tmp_path / 'mark'} 99")
    with pytest.raises(WorkerError, match=r"rows 2 to 4 .*ended over them \(last on .*--resume"):
        run(rows, where)


def test_without_the_extra_the_way_to_get_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RequestError, match=r"routeplan\[cluster\].*--engine pool"):
        run(toy_rows(3), Where(Engine.DASK))
