"""What import duty the cards give for a journey: an estimate, never a promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from routeplan.network.model import Network
    from routeplan.network.records import Duty
    from routeplan.scenario.shipment import Shipment


@dataclass(frozen=True, slots=True)
class DutyQuote:
    """The duty with and without preference, and what the preference takes.

    Parameters
    ----------
    general, preference
        The rows it is from; None where the cards know of none.
    general_usd, preferential_usd
        The amounts; None where there is no rate.
    """

    general: Duty | None
    preference: Duty | None
    general_usd: float | None
    preferential_usd: float | None


def quote_duty(
    network: Network,
    destination: str,
    origin: str,
    shipment: Shipment,
    freight_usd: float,
    hs: str = "",
) -> DutyQuote | None:
    """Look up what a shipment would pay on import; the duty is no part of any way's cost.

    duty = rate x (value + freight) + specific rate x mass. The value at the border counts, so the
    freight is what is paid up to the border of the country of import; the whole of it gives the
    upper bound. Whether the goods originate where they are loaded, and whether the papers say so,
    is for the shipper.

    Parameters
    ----------
    network
        The facts.
    destination, origin
        Country codes of import and of origin.
    shipment
        Its cargo, mass and value; without a value, that of its type of cargo.
    freight_usd
        What its carriage costs.
    hs
        Digits of the goods' HS code. Then a row read for another code does not count, whatever its
        cargo, and one read for this code does; without it the rows of the type of cargo count.

    Returns
    -------
    DutyQuote or None
        None within one country.
    """
    if destination == origin:
        return None
    general, preference = _rows_for(network, destination, origin, shipment.cargo.cargo_id, hs)
    amounts: list[float | None] = [None, None]
    if general is not None:
        rates = general.mfn_rate, general.mfn_usd_per_t
        amounts[0] = _amount_usd(rates, shipment, freight_usd)
    if preference is not None:
        rates = preference.preferential_rate, preference.preferential_usd_per_t
        amounts[1] = _amount_usd(rates, shipment, freight_usd)
    return DutyQuote(general, preference, *amounts)


def _rows_for(
    network: Network, destination: str, origin: str, cargo_id: str, hs: str
) -> tuple[Duty | None, Duty | None]:
    """Return the row of the general rate and that of the preference, None where there is none."""
    fitting = [
        row
        for row in network.duties
        if destination in row.destinations
        and (not row.origins or origin in row.origins)
        and _is_for(row, cargo_id, hs)
    ]
    general = (row for row in fitting if row.mfn_rate is not None or row.mfn_usd_per_t)
    return _most_specific(general), _most_specific(row for row in fitting if row.origins)


def _amount_usd(
    rates: tuple[float | None, float | None], shipment: Shipment, freight_usd: float
) -> float | None:
    """Return what a share of value and freight, and USD per tonne, come to; None for neither."""
    share, usd_per_t = rates
    if share is None and usd_per_t is None:
        return None
    base_usd = shipment.worth_usd + freight_usd
    return (share or 0.0) * base_usd + (usd_per_t or 0.0) * shipment.mass_t


def _is_for(row: Duty, cargo_id: str, hs: str) -> bool:
    if hs and row.hs:
        return covers_hs(row.hs, hs)
    return row.cargo_id in ("", cargo_id)


def covers_hs(told: str, hs: str) -> bool:
    """Whether a row's `hs`, a code or a range of chapters such as `72-81`, covers a code.

    A row read for a line of a heading stands for the heading, as the only rate known of it.
    """
    first, _, last = told.partition("-")
    if last:
        return first <= hs[: len(first)] <= last
    return told.startswith(hs) or hs.startswith(told)


def _most_specific(rows: Iterable[Duty]) -> Duty | None:
    """Return the row that names the cargo, then the one that names the fewest countries."""
    return min(
        rows,
        key=lambda row: (
            not row.cargo_id,
            not row.origins,
            len(row.origins),
            len(row.destinations),
        ),
        default=None,
    )
