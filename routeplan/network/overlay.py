"""A user's own emission factors laid over those of the network."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from routeplan.errors import DataError
from routeplan.network.files import read_file
from routeplan.network.findings import Told
from routeplan.network.records import EmissionFactor
from routeplan.network.tables import read_table

if TYPE_CHECKING:
    from pathlib import Path

    from routeplan.network.model import Network


def overlay_factors(network: Network, path: Path) -> Network:
    """Return a network with the factors of a file in place of its own.

    A row of the file replaces the rows of the network for the same kind, mode and mode of departure
    whose vehicle, country, traction and distance it holds for; a blank cell holds for any. Cases
    the file does not name keep the network's factors.

    Parameters
    ----------
    network
        Left as it is.
    path
        A CSV file with the columns of emissions.csv.

    Raises
    ------
    DataError
        If the file cannot be read, has a column that is not known, or a row without a factor.
    """
    content = read_file(path)
    table = read_table(content, path.name, EmissionFactor)
    faults = list(table.findings)
    for row, line in zip(table.records, table.lines, strict=True):
        if row.gco2e_per_tkm_wtw is None and row.kgco2e_per_t_wtw is None:
            message, remedy = "a row without a factor would count nothing", "Give one, or drop it."
            name = "gco2e_per_tkm_wtw"
            faults.append(table.finding("C007", line, Told(name, "", message, remedy)))
    if faults:
        raise DataError(faults)
    kept = (
        row for row in network.emissions if not any(_holds_for(own, row) for own in table.records)
    )
    digest = hashlib.sha256(network.digest.encode() + content).hexdigest()
    return replace(network, emissions=(*table.records, *kept), digest=digest)


def _holds_for(own: EmissionFactor, row: EmissionFactor) -> bool:
    """Whether a row of the user answers, at the shortest distance, what a row of ours does."""
    from_km = row.from_km or 0
    return (
        (own.kind, own.mode, own.to_mode) == (row.kind, row.mode, row.to_mode)
        and own.vehicle in (None, row.vehicle)
        and own.country in ("", row.country)
        and own.traction in (None, row.traction)
        and (own.from_km or 0) <= from_km
        and (own.to_km is None or from_km < own.to_km)
    )
