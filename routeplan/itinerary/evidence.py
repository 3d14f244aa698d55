"""Where a number of an answer comes from: how it is known, by which sources, in which row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from routeplan.network.provenance import confidence_for, sources_for
from routeplan.network.vocabulary import Confidence, Metric
from routeplan.scenario.door import ESTIMATE, OWN

if TYPE_CHECKING:
    from routeplan.graph.basis import Basis


_OF_DOORS = {ESTIMATE: "estimate", OWN: "access table"}


class Evidence(NamedTuple):
    """Where one number comes from.

    `basis` is the row that holds it: `edges.csv` for the edge itself, else `file:row id`; of a
    truck to a door, `estimate` or the user's `access table`. `as_of` is the date that row speaks
    of, `note` what it says of its derivation.
    """

    confidence: Confidence
    source_ids: tuple[str, ...]
    basis: str
    as_of: str = ""
    note: str = ""


class AddedPart(NamedTuple):
    """What another row adds to a number of a leg, and where that is from."""

    metric: Metric
    amount: float
    evidence: Evidence


def evidence_of(basis: Basis) -> Evidence:
    """Read the evidence off the row behind a number; a wait made of a frequency is derived."""
    confidence = confidence_for(basis.row, basis.metric)
    if basis.metric is Metric.FREQUENCY and confidence is not Confidence.ASSUMED:
        confidence = Confidence.DERIVED
    sources = sources_for(basis.row, basis.metric)
    return Evidence(confidence, sources, _place(basis), basis.row.as_of, basis.row.note)


def _place(basis: Basis) -> str:
    """Say where the row stands; a truck of this question alone stands in no file of the data."""
    edge_id = getattr(basis.row, "edge_id", "")
    said = (place for begin, place in _OF_DOORS.items() if edge_id.startswith(begin))
    return next(said, basis.place)
