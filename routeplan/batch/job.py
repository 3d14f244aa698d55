"""What is evaluated, and a chunk of it in whichever process it runs."""

from __future__ import annotations

import gc
import socket
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from routeplan.batch.columns import RowStatus, Verdict, encode_rows
from routeplan.errors import WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from routeplan.network.findings import Finding


class ScenarioLike(Protocol):
    """What the machinery knows of a scenario; all else is between reader and evaluator."""

    @property
    def scenario_id(self) -> str:
        """The scenario's name."""

    @property
    def row(self) -> int:
        """Line of the input file where it starts, from 1."""


class Evaluator(Protocol):
    """Answers scenarios. Deterministic: equal rows give equal answers, in any chunk and process.

    It may be called from several threads at once.
    """

    def evaluate_chunk(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Answer rows: one or more flat results for each, in order, by result column."""

    def check_chunk(self, rows: Sequence[Any]) -> list[Finding]:
        """List what is wrong with rows, without answering them; the file's name may be left out."""


@runtime_checkable
class Encoder(Protocol):
    """An evaluator that writes the bytes of its results itself, the same and sooner."""

    def encode_chunk(self, rows: Sequence[Any]) -> tuple[bytes, Counts]:
        """Answer rows: what `columns.encode_rows` makes of the results, and what they came to."""


@dataclass(frozen=True)
class Job:
    """What every worker is given once.

    Parameters
    ----------
    key
        Tells this job from others in the same process.
    load
        Makes the evaluator, in the process that uses it; picklable.
    """

    key: str
    load: Callable[[], Evaluator]


@dataclass(frozen=True, slots=True)
class Counts:
    """What a chunk came to; counts of scenarios, but for `answers`, which are rows written."""

    scenarios: int = 0
    answers: int = 0
    ok: int = 0
    no_route: int = 0
    bad_row: int = 0
    error: int = 0
    expected: int = 0
    failed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(self.values(), other.values(), strict=True)))

    def values(self) -> tuple[int, ...]:
        """Return the counts in the order of their fields."""
        return tuple(getattr(self, name) for name in self.__slots__)

    @property
    def troubled(self) -> bool:
        """Whether a scenario was bad, broke, or is not what its row expects."""
        return bool(self.bad_row or self.error or self.failed)


@dataclass(frozen=True, slots=True)
class Done:
    """An evaluated chunk.

    Parameters
    ----------
    payload
        The result rows, as `columns.encode_rows` writes them.
    counts
        What they came to.
    seconds
        How long the evaluation took.
    """

    payload: bytes
    counts: Counts
    seconds: float


_COLLECT = (50_000, 20, 50)
_evaluators: dict[str, Evaluator] = {}
_loading = threading.Lock()


def install(job: Job) -> Evaluator:
    """Load the job's evaluator into this process, once."""
    with _loading:
        if job.key not in _evaluators:
            _evaluators[job.key] = job.load()
        return _evaluators[job.key]


def uninstall(key: str) -> None:
    """Forget a job's evaluator."""
    with _loading:
        _evaluators.pop(key, None)


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Look for rings of objects less often.

    What answers chunks remembers much and makes few rings: looking for them costs a fifth.
    """
    before = gc.get_threshold()
    gc.freeze()  # what is loaded stays
    gc.set_threshold(*_COLLECT)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def run_chunk(key: str, rows: Sequence[ScenarioLike]) -> Done:
    """Evaluate a chunk by the evaluator that `install` has put here.

    Raises
    ------
    WorkerError
        If there is none: a worker of a cluster that joined late could not load it.
    """
    started = time.perf_counter()
    evaluator = _evaluators.get(key)
    if evaluator is None:
        raise WorkerError(
            f"a worker ({socket.gethostname()}) has joined that cannot load what is asked; its log "
            "says why. What was done is kept: mend it, or take it away, and go on with --resume."
        )
    payload, counts = _encoded(evaluator, rows)
    return Done(payload, counts, time.perf_counter() - started)


def _encoded(evaluator: Evaluator, rows: Sequence[ScenarioLike]) -> tuple[bytes, Counts]:
    if isinstance(evaluator, Encoder):
        with suppress(Exception):  # a row breaks it: which one is found below
            return evaluator.encode_chunk(rows)
    results = evaluate_all(evaluator, rows)
    return encode_rows(results), count(results, len(rows))


def evaluate_all(evaluator: Evaluator, rows: Sequence[ScenarioLike]) -> list[dict[str, Any]]:
    """Evaluate rows; one that the evaluator breaks on gets status `error`, the others their answer.

    A bug in one row of a million must not cost a night's work.
    """
    try:
        return evaluator.evaluate_chunk(rows)
    except Exception as error:
        if len(rows) == 1:
            return [_broken(rows[0], error)]
    return [result for row in rows for result in evaluate_all(evaluator, [row])]


def is_first(result: Mapping[str, Any]) -> bool:
    """Tell whether a result row is the first of its scenario."""
    return result.get("rank") in (None, 1)


def count(results: Sequence[dict[str, Any]], scenarios: int) -> Counts:
    """Count what a chunk of results came to."""
    statuses = dict.fromkeys((str(status) for status in RowStatus), 0)
    expected = failed = 0
    for result in results:
        if is_first(result):
            statuses[result["status"]] += 1
            verdict = result.get("expectations") or Verdict.NONE
            expected += verdict != Verdict.NONE
            failed += verdict == Verdict.FAILED
    return Counts(scenarios, len(results), **statuses, expected=expected, failed=failed)


def _broken(row: ScenarioLike, error: Exception) -> dict[str, Any]:
    text = f"{type(error).__name__}: {error}".rstrip(": ")
    return {
        "scenario_id": row.scenario_id,
        "row": row.row,
        "status": str(RowStatus.ERROR),
        "error": f"a bug of routeplan, please report it: {text}",
        "expectations": str(Verdict.NONE),
    }
