"""The rows behind the numbers of an arc."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from routeplan.network.adjustment import Adjustment
    from routeplan.network.provenance import Sourced
    from routeplan.network.vocabulary import Metric


class Basis(NamedTuple):
    """The row one number comes from, and where it stands: `edges.csv`, or `file:row id`."""

    row: Sourced
    place: str
    metric: Metric


class Part(NamedTuple):
    """What another row adds to a number: a season to a wait, a standing truck to a cost.

    `amount` is dollars for a cost and average hours for a wait.
    """

    metric: Metric
    amount: float
    basis: Basis


def scenario_bases(adjustment: Adjustment, bases: Mapping[Metric, Basis]) -> dict[Metric, Basis]:
    """Name the scenario behind every number it changed; a new frequency is behind a wait."""
    found = {}
    for metric in adjustment.pieces:
        backed = [number for number, basis in bases.items() if basis.metric is metric]
        if not backed and adjustment.steps.get(metric):
            backed = [metric]
        for number in backed:
            found[number] = Basis(*adjustment.said(metric), metric)
    return found
