"""Batches from Python: a table of scenarios in, a data frame or a stream of results out.

>>> from routeplan import run_batch
>>> found = run_batch([{"origin": "Astana", "destination": "Baku"}], workers=1)
>>> found["status"].tolist()
['ok']
"""

from __future__ import annotations

from collections.abc import Sized
from contextlib import closing
from functools import partial
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from routeplan.batch.columns import RESULT_COLUMNS, Kind, decode_rows, encode_rows
from routeplan.batch.engine import Chunks, map_chunks
from routeplan.batch.evaluator import DEFAULTS, ScenarioEvaluator, search_maker
from routeplan.batch.job import Job, evaluate_all
from routeplan.batch.where import Where
from routeplan.errors import RequestError
from routeplan.kernel.engines import Solver, choose_solver
from routeplan.network.read import load_network
from routeplan.scenario.columns import COLUMNS
from routeplan.scenario.edits import read_edits
from routeplan.scenario.table import ScenarioTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from os import PathLike

    import pandas as pd

    from routeplan.batch.columns import Row
    from routeplan.network.model import Network

    Table = str | PathLike[str] | pd.DataFrame | Iterable[Mapping[str, object]]

_numbers = count()
_TYPES = {Kind.TEXT: "object", Kind.INTEGER: "Int64", Kind.NUMBER: "float64"}


def run_batch(
    scenarios: Table,
    network: Network | None = None,
    *,
    defaults: Mapping[str, str] | None = None,
    edits: Table | None = None,
    workers: int | None = None,
) -> pd.DataFrame:
    """Answer a table of scenarios; equal tables give equal frames, on any number of workers.

    Parameters
    ----------
    scenarios
        A data frame, a file (CSV, gzip or Parquet; `-` is standard input), or records, with the
        columns of `routeplan scenarios new`: any of them, in any order, origin and destination
        at least.
    network
        The facts; those that come with routeplan if None.
    defaults
        Cells of rows that leave a column empty: `{"origin": "Astana"}`.
    edits
        A table of further changes by scenario_id.
    workers
        Processes. None means one for each core, or this process for a few rows; 1 means this
        process alone.

    Returns
    -------
    pandas.DataFrame
        One row for each answer, in the order of the scenarios, with the columns of a file of
        results. `status` says how each ended: a row that cannot be asked is `bad_row` and stops
        no other.

    Raises
    ------
    DataError
        If the table cannot be read or its columns cannot be told.
    """
    import pandas as pd

    total = len(scenarios) if isinstance(scenarios, Sized) and not _is_file(scenarios) else None
    table = _open(scenarios, defaults, edits)
    job = _job(network, choose_solver(Solver.AUTO, total or 0))
    with closing(map_chunks(job, Chunks(table.texts()), Where(workers=workers), total)) as found:
        rows = [row for done in found for row in decode_rows(done.payload)]
    return pd.DataFrame(
        {
            column.name: pd.Series([row[column.name] for row in rows], dtype=_TYPES[column.kind])
            for column in RESULT_COLUMNS
        }
    )


def iter_batch(
    scenarios: Table,
    network: Network | None = None,
    *,
    defaults: Mapping[str, str] | None = None,
    edits: Table | None = None,
    workers: int = 1,
) -> Iterator[Row]:
    """Answer scenarios as they come; memory does not grow with their number.

    Parameters
    ----------
    scenarios, network, defaults, edits
        As for `run_batch`. Records may come from an endless generator; the first one tells which
        keys are known beside those of the scenario table.
    workers
        With 1 a scenario is answered before the next is asked for. More processes read some ahead.

    Yields
    ------
    dict
        The answers of each scenario by result column, None for an empty cell.

    Raises
    ------
    DataError
        If the table cannot be read or its columns cannot be told.
    RequestError
        If a record has a key that the first one has not and no column is called.
    """
    table = _open(scenarios, defaults, edits)
    job = _job(network, choose_solver(Solver.AUTO, 0))
    if workers == 1:
        evaluator = job.load()
        for row in table:
            yield from decode_rows(encode_rows(evaluate_all(evaluator, [row])))
        return
    with closing(map_chunks(job, Chunks(table), Where(workers=workers))) as found:
        for done in found:
            yield from decode_rows(done.payload)


def _open(
    scenarios: Table, defaults: Mapping[str, str] | None, edits: Table | None
) -> ScenarioTable:
    source: Any = scenarios
    if not _is_file(scenarios) and not hasattr(scenarios, "itertuples"):
        source = _Records(source)
    further = None if edits is None else read_edits(edits)
    return ScenarioTable(source, defaults={**DEFAULTS, **(defaults or {})}, edits=further)


def _is_file(table: object) -> bool:
    return isinstance(table, str) or hasattr(table, "__fspath__") or hasattr(table, "read")


class _Records:
    """Records in the shape of a data frame, read one by one: a stream is not to be read ahead."""

    name = "records"

    def __init__(self, records: Iterable[Mapping[str, object]]) -> None:
        given = iter(records)
        first = next(given, None)
        self._records = given if first is None else chain([first], given)
        asked = {str(key).strip().lower() for key in first or ()}
        further = (
            column.name
            for column in COLUMNS.values()
            if asked.isdisjoint((column.name, *column.synonyms))
        )
        self.columns = [*(first or ()), *further]

    def itertuples(self, index: object = None, name: object = None) -> Iterator[tuple[object, ...]]:
        """Yield the values of each record in the order of the columns."""
        del index, name
        known = frozenset(self.columns)
        for number, record in enumerate(self._records, 1):
            if not known.issuperset(record):
                strange = ", ".join(sorted(str(key) for key in set(record) - known))
                raise RequestError(
                    f"record {number} has a key that is no column and not in the first: {strange}. "
                    "Give the first record every key."
                )
            yield tuple(map(record.get, self.columns))


def _job(network: Network | None, solver: Solver) -> Job:
    """Return what makes the evaluator in any process; a network of one's own goes along."""
    asked = load_network() if network is None else network
    load = partial(ScenarioEvaluator, asked, search_maker(solver))
    return Job(f"from Python {next(_numbers)}", load)
