"""The changes of one edge, taken one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.network.adjustment import Adjustment, Op, Step
from routeplan.network.column import changed
from routeplan.network.vocabulary import Status
from routeplan.scenario.attributes import SPREADS, ValueRefusedError, attributes

if TYPE_CHECKING:
    from routeplan.network.records import Edge
    from routeplan.network.vocabulary import Metric
    from routeplan.scenario.changes import Change

_ENDS = ("_p10", "", "_p90")
_FOLDED = (Op.TIMES, Op.OVER, Op.ADD, Op.SUBTRACT)
_NAMED = 3
"""Pieces a changed number names; further ones are counted."""


class EdgeEdit:
    """Collects what changes do to an edge.

    Parameters
    ----------
    edge
        Left as it is.
    before
        What an earlier scenario already does to it, or None.
    """

    def __init__(self, edge: Edge, before: Adjustment | None) -> None:
        self._edge = edge
        self._cells: dict[str, Any] = {}
        self._steps: dict[Metric, list[Step]] = {}
        self._pieces: dict[Metric, list[str]] = {}
        self._unnamed: dict[Metric, int] = {}
        if before:
            self._steps = {metric: list(steps) for metric, steps in before.steps.items()}
            self._pieces = {metric: [text] for metric, text in before.pieces.items()}

    def cell(self, name: str) -> Any:  # noqa: ANN401 - any column's value
        """Return the value of a column as changed so far."""
        return self._cells[name] if name in self._cells else getattr(self._edge, name)

    def take(self, change: Change) -> bool:
        """Take a change; False if it is about a number this edge leaves blank.

        Raises
        ------
        ValueRefusedError
            If a number would leave the range of its column.
        """
        name = change.attribute
        if name == "close":
            self._cells["status"] = Status.CLOSED
        elif name == "open":
            self._cells |= {"status": Status.OPEN, "open_from": "", "open_to": ""}
        elif name in SPREADS:
            self._take_spread(name, Step(change.op, change.value))
        elif name == "capacity":
            return self._take_capacities(Step(change.op, change.value))
        elif attributes()[name].column is None:
            self._add_step(name, Step(change.op, change.value))
        elif change.op is Op.SET:
            self._cells[name] = change.value
        else:
            return self._take_number(name, Step(change.op, change.value))
        return True

    def name(self, metric: Metric, text: str) -> None:
        """Remember the text that changed a number; beyond the first few only that there was one."""
        named = self._pieces.setdefault(metric, [])
        if text in named:
            return
        if len(named) < _NAMED:
            named.append(text)
        else:
            self._unnamed[metric] = self._unnamed.get(metric, 0) + 1

    def fallen(self) -> list[str]:
        """List which of time_h and wait_h no longer rise from the 10th to the 90th percentile."""
        return [stem for stem in SPREADS if self._cells and self._falls(stem)]

    @property
    def is_closed(self) -> bool:
        """Whether no way can use the edge."""
        return self.cell("status") is Status.CLOSED

    def edge(self) -> Edge:
        """Return the edge with its new cells."""
        return changed(self._edge, **self._cells) if self._cells else self._edge

    def adjustment(self) -> Adjustment | None:
        """Return what is done to numbers on cards, and which numbers were changed."""
        if not self._pieces:
            return None
        steps = {metric: tuple(steps) for metric, steps in self._steps.items()}
        return Adjustment(steps, {metric: self._joined(metric) for metric in self._pieces})

    def fingerprint(self) -> str:
        """Write all that differs; equal texts mean equal edges."""
        cells = sorted((name, str(value)) for name, value in self._cells.items())
        steps = sorted((m, [(str(s.op), s.value) for s in done]) for m, done in self._steps.items())
        return (
            f"{cells} {steps} {sorted((metric, self._joined(metric)) for metric in self._pieces)}"
        )

    def _take_spread(self, stem: str, step: Step) -> None:
        """Change a median and its percentiles where the row has one, else the card's."""
        median = self.cell(stem)
        if median is None:
            self._add_step(stem, step)
            return
        factor = step.value / median if median else None
        for end in _ENDS:
            old = self.cell(f"{stem}{end}")
            if old is None:
                continue
            if step.op is not Op.SET:
                new = step.on(old)
            elif not end:
                new = step.value
            else:
                new = old * factor if factor is not None else old + step.value
            self._set_number(f"{stem}{end}", new)

    def _take_capacities(self, step: Step) -> bool:
        teu = self._take_number("capacity_teu_yr", step)
        return self._take_number("capacity_t_yr", step) or teu

    def _take_number(self, name: str, step: Step) -> bool:
        old = self.cell(name)
        if old is None:
            return False
        self._set_number(name, step.on(old))
        return True

    def _set_number(self, name: str, new: float) -> None:
        column = attributes()[name].column
        assert column is not None  # noqa: S101 - only the names of columns come here
        low, high = column.minimum, column.maximum
        if (low is not None and new < low) or (high is not None and new > high):
            raise ValueRefusedError(
                f"it would make {name} of {self._edge.edge_id} {new:g}",
                f"{name} lies from {low:g} to {high:g}.",
            )
        self._cells[name] = new

    def _add_step(self, name: str, step: Step) -> None:
        """Add a step; runs of one operation become one step, so that many cost no more than few."""
        metric = attributes()[name].metric
        assert metric is not None  # noqa: S101 - what has no column backs a quantity
        steps = self._steps.setdefault(metric, [])
        if step.op is Op.SET:
            steps[:] = [step]
        elif steps and steps[-1].op is step.op and step.op in _FOLDED:
            last = steps[-1].value
            product = step.op in (Op.TIMES, Op.OVER)
            value = last * step.value if product else last + step.value
            steps[-1] = Step(step.op, value)
        else:
            steps.append(step)

    def _falls(self, stem: str) -> bool:
        values = [self.cell(f"{stem}{end}") for end in _ENDS]
        if values[1] is None:
            return False
        low, mid, high = (values[1] if value is None else value for value in values)
        return not low <= mid <= high

    def _joined(self, metric: Metric) -> str:
        """Write the pieces that changed a number, the first few in full."""
        more = self._unnamed.get(metric)
        return "; ".join([*self._pieces[metric], *([f"and {more} more"] if more else [])])
