"""What a scenario does to a network, for its map: which links closed, which changed, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from routeplan.network.adjustment import UNCHANGED, Op
from routeplan.network.vocabulary import Metric, Status
from routeplan.units import duration_text, km_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from routeplan.network.adjustment import Adjustment
    from routeplan.network.model import Network
    from routeplan.network.records import Edge

SHUT, OPENED, ALTERED, SAME = "shut", "opened", "altered", "same"
"""What became of a link."""

WORDS = {
    SHUT: "closed by the change",
    OPENED: "opened by the change",
    ALTERED: "changed",
    SAME: "unchanged",
}


class Difference(NamedTuple):
    """One value of a link, before and after."""

    name: str
    before: str
    after: str


class Changed(NamedTuple):
    """What became of one link."""

    state: str
    differences: tuple[Difference, ...]


def changed_links(base: Network, network: Network) -> dict[str, Changed]:
    """Compare a changed network with the one it was made of.

    Parameters
    ----------
    base
        The network as it is.
    network
        What a scenario made of it.

    Returns
    -------
    dict
        Every link that differs, by id.
    """
    found = {}
    for edge_id, edge in network.edges.items():
        before = base.edges.get(edge_id)
        adjustment = network.adjustments.get(edge_id)
        if before is None or (before == edge and adjustment == base.adjustments.get(edge_id)):
            continue
        differences = (*_cells(before, edge), *_cards(before, adjustment or UNCHANGED))
        found[edge_id] = Changed(_state(before, edge), differences)
    return found


def _state(before: Edge, after: Edge) -> str:
    if after.status is Status.CLOSED and before.status is not Status.CLOSED:
        return SHUT
    usable = (Status.OPEN, Status.RESTRICTED)
    if after.status in usable and before.status not in usable:
        return OPENED
    return ALTERED


def _cells(before: Edge, after: Edge) -> list[Difference]:
    """List the cells of a row that differ, as a reader calls them."""
    found = []
    for field, (name, text) in _CELLS.items():
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            found.append(Difference(name, _shown(old, text), _shown(new, text)))
    return found


def _cards(before: Edge, adjustment: Adjustment) -> list[Difference]:
    """List what is done to numbers that the row leaves to a card."""
    return [
        Difference(
            _METRICS[metric],
            "own prices" if _has_own(before, metric) else "by the card",
            _piece(adjustment, metric),
        )
        for metric in adjustment.steps
        if metric in _METRICS
    ]


def _has_own(edge: Edge, metric: Metric) -> bool:
    return metric is Metric.COST and any(getattr(edge, name) is not None for name in _PRICES)


def _piece(adjustment: Adjustment, metric: Metric) -> str:
    steps = adjustment.steps[metric]
    return ", ".join(f"{_OPS[step.op]} {step.value:g}" for step in steps)


def _shown(value: Any, text: Callable[[Any], str]) -> str:  # noqa: ANN401 - any cell
    return "none" if value in (None, "", ()) else text(value)


def _hours(value: float) -> str:
    return duration_text(value)


def _number(value: float) -> str:
    return f"{value:g}"


def _listed(value: tuple[str, ...] | str) -> str:
    return value if isinstance(value, str) else ", ".join(value)


_PRICES = (
    "cost_usd_per_teu",
    "cost_usd_per_feu",
    "cost_usd_per_truck",
    "cost_usd_per_t",
    "cost_usd_per_kg",
)
_OPS = {Op.SET: "now", Op.ADD: "plus", Op.SUBTRACT: "less", Op.TIMES: "times", Op.OVER: "over"}
_METRICS = {
    Metric.TIME: "time",
    Metric.WAIT: "wait",
    Metric.COST: "cost",
    Metric.CO2E: "CO2e",
}
_CELLS: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "status": ("status", str),
    "time_h": ("time", _hours),
    "wait_h": ("wait", _hours),
    "per_week": ("departures a week", _number),
    "distance_km": ("km", km_text),
    **{name: (name.removeprefix("cost_").replace("_", " "), _number) for name in _PRICES},
    "capacity_teu_yr": ("capacity, TEU a year", km_text),
    "capacity_t_yr": ("capacity, t a year", km_text),
    "max_lot_t": ("largest lot, t", _number),
    "operator": ("operator", str),
    "corridor": ("corridor", str),
    "passages": ("passages", _listed),
    "season_id": ("season", str),
    "open_from": ("open from", str),
    "open_to": ("open to", str),
}
"""Column of edges.csv -> what a reader calls it, and how its value is written. The percentiles move
with their medians and are left out."""
