"""The choice of where a batch is evaluated; light, because the command line reads it at start."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum

_SMALL = 64


class Engine(StrEnum):
    """Where chunks are evaluated."""

    SERIAL = "serial"
    THREADS = "threads"
    POOL = "pool"
    DASK = "dask"


@dataclass(frozen=True, slots=True)
class Where:
    """Where to evaluate.

    Parameters
    ----------
    engine
        Which engine; None means a pool, or this process alone where there is little to do.
    workers
        Processes or threads; None means one for each core. A scheduler of one's own has its own.
    scheduler
        Address of a Dask scheduler, `tcp://host:8786`; None starts one here.
    """

    engine: Engine | None = None
    workers: int | None = None
    scheduler: str | None = None

    def chosen(self, total: int | None) -> Engine:
        """Choose the engine.

        Parameters
        ----------
        total
            Number of rows; None if it is not known.
        """
        if self.engine is not None:
            return self.engine
        if self.scheduler is not None:
            return Engine.DASK
        small = total is not None and total < _SMALL
        if small or self.processes == 1:
            return Engine.SERIAL
        return Engine.POOL

    @property
    def processes(self) -> int:
        """How many processes or threads."""
        return self.workers or available_cores()


def available_cores() -> int:
    """Return the number of cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
