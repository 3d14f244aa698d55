"""What a scenario does to an edge beyond its own cells, and which of its numbers it changed.

A price, an emission or a default time stands on a card, not in the edge's row. A scenario changes
it by steps that are taken on whatever number the row or the card gives.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from routeplan.network.spread import Spread
from routeplan.network.vocabulary import Confidence, Metric

if TYPE_CHECKING:
    from collections.abc import Mapping


class Op(StrEnum):
    """What is done to a number."""

    SET = "="
    ADD = "+="
    SUBTRACT = "-="
    TIMES = "*="
    OVER = "/="


class Step(NamedTuple):
    """One operation on a number."""

    op: Op
    value: float

    def on(self, old: float, per: float = 1.0) -> float:
        """Return the new number; `per` turns an amount per unit into one for the whole.

        A subtraction stops at 0: no time, price or emission is negative.
        """
        match self.op:
            case Op.SET:
                return self.value * per
            case Op.ADD:
                return old + self.value * per
            case Op.SUBTRACT:
                return max(0.0, old - self.value * per)
            case Op.TIMES:
                return old * self.value
        return old / self.value

    def on_spread(self, old: Spread) -> Spread:
        """Return new percentiles: a new median or a factor scales all three, a sum shifts them."""
        if self.op is not Op.SET:
            return Spread(*(self.on(value) for value in old))
        if old.p50 <= 0:
            return old.shifted(self.value - old.p50)
        return Spread(old.p10 * self.value / old.p50, self.value, old.p90 * self.value / old.p50)


class Said(NamedTuple):
    """The scenario as the source of a number: a judgement of whoever wrote it."""

    note: str
    source_ids: tuple[str, ...] = ()
    as_of: str = ""
    confidence: tuple[str, ...] = (Confidence.ASSUMED,)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What a scenario changes of one edge's numbers.

    Parameters
    ----------
    steps
        Operations on the number the row or a card gives, in the order they are taken. Costs are in
        USD of the price year per 40' container or truck, emissions in kg CO2e per tonne, both over
        the whole edge; times and waits in hours.
    pieces
        Every number that was changed, by steps or in its cell: the text that changed it.
    """

    steps: Mapping[Metric, tuple[Step, ...]] = field(default_factory=dict)
    pieces: Mapping[Metric, str] = field(default_factory=dict)

    def number(self, metric: Metric, old: float, per: float = 1.0) -> float:
        """Take the steps of a metric on a number; `per` as in `Step.on`."""
        for step in self.steps.get(metric, ()):
            old = step.on(old, per)
        return old

    def spread(self, metric: Metric, old: Spread) -> Spread:
        """Take the steps of a metric on three percentiles."""
        for step in self.steps.get(metric, ()):
            old = step.on_spread(old)
        return old

    def said(self, metric: Metric) -> tuple[Said, str]:
        """Return the scenario as a row that backs a changed metric, and its place."""
        piece = self.pieces[metric]
        return Said("changed by the scenario, not by a source"), f"scenario: {piece}"


UNCHANGED = Adjustment()
"""Of an edge no scenario touches."""
