"""Numbers that cannot be trusted as they stand: without source, too old, or on one weak source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from routeplan.errors import RequestError
from routeplan.network.column import columns_of, is_date
from routeplan.network.files import FILES
from routeplan.network.provenance import sources_for
from routeplan.network.vocabulary import Metric, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from routeplan.network.model import Network

_USD_PER_UNIT = tuple(f"cost_usd_per_{unit}" for unit in Unit)
_PAYLOADS = ("payload_t_per_teu", "payload_t_per_feu", "payload_t_per_truck")
_NUMBERS: dict[str, dict[Metric | None, tuple[str, ...]]] = {
    "edges.csv": {
        Metric.DISTANCE: ("distance_km",),
        Metric.TIME: ("time_h",),
        Metric.WAIT: ("wait_h",),
        Metric.COST: _USD_PER_UNIT,
        Metric.CAPACITY: ("capacity_teu_yr", "capacity_t_yr", "max_lot_t"),
        Metric.FREQUENCY: ("per_week",),
    },
    "times.csv": {Metric.TIME: ("km_per_day", "time_h"), Metric.WAIT: ("wait_h",)},
    "rates.csv": {Metric.COST: ("usd_fixed", "usd_per_km")},
    "emissions.csv": {Metric.CO2E: ("gco2e_per_tkm_wtw", "kgco2e_per_t_wtw")},
    "cargo.csv": {None: (*_PAYLOADS, "value_usd_per_t", "vot_usd_per_t_h")},
    "seasons.csv": {
        Metric.TIME: ("time_factor",),
        Metric.WAIT: ("wait_factor", "wait_add_h"),
    },
    "parameters.csv": {None: ("value",)},
    "closures.csv": {None: ("name",)},
    "duty.csv": {None: ("mfn_rate", "mfn_usd_per_t", "preferential_rate")},
}
"""The numbers a row may give, by file; those of None stand for the row as a whole."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A number that cannot be trusted as it stands.

    Parameters
    ----------
    file, row, metric
        Where it is; `metric` is empty where the row as a whole is meant.
    problem
        `no source`, `unknown source`, `old` or `single weak source`.
    detail
        The date or the source.
    """

    file: str
    row: str
    metric: str
    problem: str
    detail: str


def find_broken(network: Network, older_than: str | None = None) -> list[Broken]:
    """List the numbers without a known source, before a date, or on a single weak source.

    Parameters
    ----------
    network
        The facts.
    older_than
        A date, YYYY or longer; None lists no number for its age. A row that speaks of a year or a
        month is older only if all of it lies before.

    Raises
    ------
    RequestError
        If `older_than` is not a date.
    """
    if older_than is not None and not is_date(older_than):
        raise RequestError(f'cannot read the date "{older_than}". Write it as 2020 or 2020-06.')
    found: list[Broken] = []
    for file, key, metric, record in _numbers(network):
        row = (file, key, metric or "")
        source_ids = sources_for(record, metric) if metric else record.source_ids
        found += _problems(network, row, source_ids)
        if older_than and record.as_of and record.as_of < older_than[: len(record.as_of)]:
            found.append(Broken(*row, "old", record.as_of))
    return found


def _numbers(network: Network) -> Iterator[tuple[str, str, Metric | None, Any]]:
    records: dict[str, Iterable[Any]] = {
        "edges.csv": network.edges.values(),
        "times.csv": network.times,
        "rates.csv": network.rates,
        "emissions.csv": network.emissions,
        "cargo.csv": network.cargoes.values(),
        "seasons.csv": network.seasons,
        "parameters.csv": network.parameters.values(),
        "closures.csv": network.closures,
        "duty.csv": network.duties,
    }
    for file, metrics in _NUMBERS.items():
        key = columns_of(FILES[file])[0].name
        for record in records[file]:
            for metric, columns in metrics.items():
                if any(getattr(record, name) is not None for name in columns):
                    yield file, getattr(record, key), metric, record


def _problems(
    network: Network, row: tuple[str, str, str], source_ids: tuple[str, ...]
) -> Iterator[Broken]:
    known = [network.sources[s] for s in source_ids if s in network.sources]
    if not source_ids:
        yield Broken(*row, "no source", "")
    for source_id in source_ids:
        if source_id not in network.sources:
            yield Broken(*row, "unknown source", source_id)
    if len(known) == 1 and known[0].weak:
        yield Broken(*row, "single weak source", known[0].source_id)
