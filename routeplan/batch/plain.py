"""Scenarios from a CSV file, answered one by one with `planner.find_routes`.

The plainest reader and evaluator behind the two seams of a batch: `open_source` makes a
`run.Source` of a file, `plain_job` a `job.Job` of a network. The command uses nothing else of this
module.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routeplan.batch.columns import RowStatus
from routeplan.batch.expect import ExpectationReader, Judge, Outcome
from routeplan.batch.job import Job
from routeplan.batch.run import Source
from routeplan.errors import NoRouteError, RequestError, RouteplanError
from routeplan.network.findings import Finding, Severity, shortened
from routeplan.network.read import load_network
from routeplan.places.question import Question, read_question
from routeplan.planner import find_routes
from routeplan.scenario.request import Criterion
from routeplan.scenario.shipment import DEFAULT_CARGO, DEFAULT_LOAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from routeplan.itinerary.model import Itinerary, Plan
    from routeplan.network.model import Network

    Describe = Callable[[Itinerary], str]

_BLOCK = 1 << 20
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class PlainRow:
    """One row of the file.

    Parameters
    ----------
    scenario_id
        Its name, or its line where it has none.
    row
        Line of the file where it starts.
    cells
        Column and text.
    """

    scenario_id: str
    row: int
    cells: tuple[tuple[str, str], ...]


def open_source(path: Path, name: str) -> Source:
    """Open a CSV file of scenarios.

    Raises
    ------
    RequestError
        If it cannot be read.
    """
    digest, lines = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                lines += block.count(b"\n")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise RequestError(f"cannot read {name}: {reason}.") from None
    return Source(name, digest.hexdigest(), max(lines - 1, 0), partial(_read_rows, path))


def plain_job(
    network: Network, folder: Path | None, defaults: Mapping[str, str], describe: Describe
) -> Job:
    """Describe the evaluator to the workers.

    Parameters
    ----------
    network
        What is planned on; each worker loads it and must find the same.
    folder
        Where it lies; None is the data that comes with routeplan.
    defaults
        Cells of columns that a row leaves empty.
    describe
        Writes a way as one line.
    """
    asked = tuple(sorted(defaults.items()))
    load = partial(_load, folder, network.digest, asked, describe)
    return Job(hashlib.sha256(f"{network.digest} {asked}".encode()).hexdigest()[:16], load)


class PlainEvaluator:
    """Answers scenarios one by one; equal questions are answered once.

    Parameters
    ----------
    network
        The facts.
    defaults
        Cells of columns that a row leaves empty.
    describe
        Writes a way as one line.
    """

    def __init__(self, network: Network, defaults: Mapping[str, str], describe: Describe) -> None:
        self._network = network
        self._defaults = dict(defaults)
        self._describe = describe
        self._expectations = ExpectationReader(network)
        self._judge = Judge(network)
        self._answer = lru_cache(_REMEMBERED)(self._ask)

    def evaluate_chunk(self, rows: Sequence[PlainRow]) -> list[dict[str, Any]]:
        """Answer rows, see `job.Evaluator`."""
        return [result for row in rows for result in self._results(row)]

    def check_chunk(self, rows: Sequence[PlainRow]) -> list[Finding]:
        """List what is wrong with rows, see `job.Evaluator`."""
        findings = []
        for row in rows:
            try:
                cells = self._cells(row)
                self._expectations.read(cells)
                read_question(self._network, _question(cells))
            except RequestError as error:
                text = shortened(row.scenario_id)
                findings.append(
                    Finding("Q001", Severity.ERROR, "", row.row, 0, "", text, str(error)[:-1], "")
                )
        return findings

    def _results(self, row: PlainRow) -> list[dict[str, Any]]:
        named: dict[str, Any] = {"scenario_id": row.scenario_id, "row": row.row}
        cells = self._cells(row)
        try:
            expected = self._expectations.read(cells)
        except RequestError as error:
            return [named | _unanswered(error, "failed")]
        try:
            plan = self._answer(_question(cells))
        except RouteplanError as error:
            outcome = Outcome(_status(error))
            verdict, failed = self._judge.judge(expected, outcome)
            return [named | _unanswered(error, verdict) | {"failed": "; ".join(failed)}]
        verdict, failed = self._judge.judge(expected, _outcome(plan.itineraries[0]))
        results = [named | self._result(plan, rank) for rank in range(1, len(plan.itineraries) + 1)]
        results[0] |= {"expectations": str(verdict), "failed": "; ".join(failed)}
        return results

    def _cells(self, row: PlainRow) -> dict[str, str]:
        return self._defaults | {name: cell for name, cell in row.cells if cell}

    def _ask(self, question: Question) -> Plan:
        return find_routes(self._network, question)

    def _result(self, plan: Plan, rank: int) -> dict[str, Any]:
        way = plan.itineraries[rank - 1]
        totals = way.totals
        return {
            "rank": rank,
            "status": str(RowStatus.OK),
            "origin": plan.origin.node_id,
            "destination": plan.destination.node_id,
            "distance_km": round(totals.distance_km, 1),
            "time_h": round(totals.time_h, 2),
            "time_h_p10": round(totals.time_h_p10, 2),
            "time_h_p50": round(totals.time_h_p50, 2),
            "time_h_p90": round(totals.time_h_p90, 2),
            "cost_usd": round(totals.cost_usd, 2),
            "co2e_kg": round(totals.co2e_kg, 3),
            "generalised_cost_usd": round(totals.generalised_cost_usd, 2),
            "transshipments": totals.transshipments,
            "borders": totals.borders,
            "countries": "|".join(way.countries),
            "way": self._describe(way),
            "edges": "|".join(leg.edge.edge_id for leg in way.legs),
            "expectations": "none",
        }


def _load(
    folder: Path | None, digest: str, defaults: tuple[tuple[str, str], ...], describe: Describe
) -> PlainEvaluator:
    network = load_network(folder)
    if network.digest != digest:
        raise RequestError(
            f"a worker has other data (version {network.version}, not {digest[:12]}). Give every "
            "worker the same routeplan and the same folder."
        )
    return PlainEvaluator(network, dict(defaults), describe)


def _read_rows(path: Path) -> Iterator[PlainRow]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        lines = csv.reader(line.replace("\0", "\ufffd") for line in file)
        names = [name.strip() for name in next(lines, [])]
        start = lines.line_num + 1
        for cells in lines:
            if any(cells):
                named = tuple(zip(names, (c.strip() for c in cells), strict=False))
                scenario_id = dict(named).get("scenario_id") or f"row-{start}"
                yield PlainRow(scenario_id, start, named)
            start = lines.line_num + 1


def _question(cells: Mapping[str, str]) -> Question:
    if cells.get("changes"):
        raise RequestError(f'changes: "{shortened(cells["changes"])}" cannot be applied here.')
    k = cells.get("k") or "1"
    if not k.isdecimal():
        raise RequestError(f'k: "{shortened(k)}" is no number of answers.')
    for name in ("origin", "destination"):
        if not cells.get(name):
            raise RequestError(f"{name}: empty, and no default was given.")
    return Question(
        origin=cells["origin"],
        destination=cells["destination"],
        via=_listed(cells, "via"),
        modes=cells.get("modes", ""),
        avoid=_listed(cells, "avoid"),
        cargo=cells.get("cargo", DEFAULT_CARGO),
        load=cells.get("load", DEFAULT_LOAD),
        depart=cells.get("depart"),
        by=cells.get("by", Criterion.BALANCED),
        k=int(k),
    )


def _listed(cells: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cells.get(name, "").split(",") if part.strip())


def _status(error: RouteplanError) -> RowStatus:
    return RowStatus.NO_ROUTE if isinstance(error, NoRouteError) else RowStatus.BAD_ROW


def _unanswered(error: RouteplanError, verdict: str) -> dict[str, Any]:
    return {"status": str(_status(error)), "error": str(error), "expectations": str(verdict)}


def _outcome(way: Itinerary) -> Outcome:
    totals = way.totals
    edges = tuple(leg.edge for leg in way.legs)
    return Outcome(RowStatus.OK, totals.time_h_p50, totals.cost_usd, totals.co2e_kg, edges)
