"""Rows of a scenario table -> result rows.

    row ──> request, changes      places.scenarios.RowReader: what it asks, or what is wrong with it
        ──> path of arcs          search.Search.best: the one seam for a faster engine
        ──> totals, percentiles,  answers.Answers: made of the arcs and the request alone, once for
            way, countries        equal ones; beside the same question without changes
        ──> status, verdict       expect.Judge, and the row's cells

A row that asks for one way (`k` of 1 or empty) is answered with the path that the search finds. One
that asks for several, or for a front, goes to `planner.plan` unless the search takes it. What a
search must do to be used in place of `NetworkxSearch`: find a path of the same least weight for
equal request and changes, and hand out one `Arc` object for equal numbers, so that equal paths are
told only once.
"""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from routeplan.batch.answers import Answers
from routeplan.batch.columns import RowStatus, Verdict, encode_rows
from routeplan.batch.expect import Judge, Outcome
from routeplan.batch.job import Job, count
from routeplan.batch.quick import QuickRows
from routeplan.batch.search import KernelSearch, NetworkxSearch
from routeplan.errors import NoRouteError, RequestError
from routeplan.kernel.engines import Solver
from routeplan.network.findings import Severity
from routeplan.network.read import load_network
from routeplan.places.scenarios import Must, RowReader
from routeplan.scenario.columns import EXPECTATION_COLUMNS
from routeplan.scenario.form import NOTHING_EXPECTED, read_row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from routeplan.batch.job import Counts
    from routeplan.batch.search import Search
    from routeplan.network.findings import Finding
    from routeplan.network.model import Network
    from routeplan.scenario.apply import Editor
    from routeplan.scenario.form import RowText, ScenarioRow

    SearchMaker = Callable[[Network, Editor], Search]

DEFAULTS: Mapping[str, str] = {"k": "1"}
"""Cells of rows that leave them empty, where a batch differs from `routeplan find`."""

_OK = {"status": str(RowStatus.OK), "expectations": str(Verdict.NONE)}
_EXPECTING = frozenset(column.name for column in EXPECTATION_COLUMNS)


class ScenarioEvaluator:
    """Answers scenario rows, see `job.Evaluator`.

    Several threads may ask at once: one of them works, others search with the compiled kernel.

    Parameters
    ----------
    network
        The facts without any scenario's changes.
    make_search
        Makes what finds the ways, of the network and of what applies changes to it.
    """

    def __init__(self, network: Network, make_search: SearchMaker = KernelSearch) -> None:
        self._reader = RowReader(network)
        editor = self._reader.editor
        search = make_search(network, editor)
        self._answers = Answers(network, editor, search)
        self._judge = Judge(network)
        self._lock = threading.RLock()
        self._quick = None
        if isinstance(search, KernelSearch):
            self._quick = QuickRows(
                self._reader, search.kernel, self._answers, self._results, self._lock
            )

    def evaluate_chunk(self, rows: Sequence[ScenarioRow | RowText]) -> list[dict[str, Any]]:
        """Answer rows: one result for each way, in order; a bad row gets one that says why."""
        with self._lock:
            return [result for row in rows for result in self._results(read_row(row))]

    def encode_chunk(self, rows: Sequence[ScenarioRow | RowText]) -> tuple[bytes, Counts]:
        """Answer rows as `evaluate_chunk`, to the bytes of their results and what they came to."""
        if self._quick is not None:
            return self._quick.encode(rows)
        results = self.evaluate_chunk(rows)
        return encode_rows(results), count(results, len(rows))

    def check_chunk(self, rows: Sequence[ScenarioRow | RowText]) -> list[Finding]:
        """List what is wrong with rows, without answering them."""
        with self._lock:
            return [finding for row in rows for finding in self._reader.check(read_row(row))]

    def _results(self, row: ScenarioRow) -> list[dict[str, Any]]:
        named: dict[str, Any] = {"scenario_id": row.scenario_id, "row": row.row}
        try:
            request, must = self._reader.request(row), self._reader.must(row)
            named |= {"origin": request.origin, "destination": request.destination}
            answers = self._answers.answer(request, row.changes)
        except NoRouteError as error:
            told = self._verdict(row, must, Outcome(RowStatus.NO_ROUTE))
            return [named | {"status": str(RowStatus.NO_ROUTE), "error": str(error)} | told]
        except RequestError as error:
            return [named | self._bad(row, error)]
        results = [{**named, **_OK, **answer.cells} for answer in answers]
        if row.expectations != NOTHING_EXPECTED:
            results[0] |= self._verdict(row, must, Outcome.of(answers[0].itinerary))
        return results

    def _verdict(self, row: ScenarioRow, must: Must, outcome: Outcome) -> dict[str, str]:
        verdict, failed = self._judge.judge(row.expectations, must, outcome)
        return {"expectations": str(verdict), "failed": "; ".join(failed)}

    def _bad(self, row: ScenarioRow, error: RequestError) -> dict[str, str]:
        """Say all that is wrong with a row; where it expects anything, that has failed."""
        faults = [f for f in self._reader.check(row) if f.severity is Severity.ERROR]
        told = self._verdict(row, Must(), Outcome(RowStatus.BAD_ROW))
        if not _EXPECTING.isdisjoint(fault.field for fault in faults):
            told["expectations"] = str(Verdict.FAILED)
        text = " ".join(fault_text(fault) for fault in faults) or str(error)
        return {"status": str(RowStatus.BAD_ROW), "error": text, **told}


def fault_text(fault: Finding) -> str:
    """Write a finding for the row it is about: column, value, what is wrong, what to do."""
    value = f' "{fault.value}"' if fault.value else ""
    column = f"{fault.field}{value}: " if fault.field else ""
    return f"{column}{fault.message}.{' ' if fault.remedy else ''}{fault.remedy}"


def scenario_job(network: Network, folder: Path | None, solver: Solver = Solver.PYTHON) -> Job:
    """Describe the evaluator to workers that load the network themselves.

    Parameters
    ----------
    network
        What is planned on; a worker that loads another refuses to work.
    folder
        Where it lies; None is the data that comes with routeplan.
    solver
        What finds the ways.
    """
    load = partial(_load, folder, network.digest, solver)
    return Job(f"scenarios {network.digest} {solver}", load)


def search_maker(solver: Solver) -> SearchMaker:
    """Return what makes the search of a solver."""
    if solver is Solver.NETWORKX:
        return NetworkxSearch
    return partial(KernelSearch, solver=solver)


def _load(folder: Path | None, digest: str, solver: Solver) -> ScenarioEvaluator:
    network = load_network(folder)
    if network.digest != digest:
        raise RequestError(
            f"a worker has other data (version {network.version}, not {digest[:12]}). Give every "
            "worker the same routeplan and the same folder."
        )
    return ScenarioEvaluator(network, search_maker(solver))
