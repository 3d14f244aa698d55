"""Changes and a network -> another network; the first is never touched."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from routeplan.scenario.attributes import ValueRefusedError, attributes
from routeplan.scenario.changes import MAX_FAULTS, VERBS, ChangeError, Fault, told_more
from routeplan.scenario.edit import EdgeEdit
from routeplan.scenario.selector import EdgeIndex, SelectorError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from routeplan.network.adjustment import Adjustment
    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.scenario.changes import Change


@dataclass(frozen=True)
class Edited:
    """What changes do to a network.

    Parameters
    ----------
    base
        The network they were applied to.
    edges
        The edges that differ, by id; None for one that is closed.
    adjustments
        What is done to numbers of these edges that stand on cards, and which were changed.
    counts
        For each change, how many edges it names.
    edits
        The changes edge by edge, of which all the rest is made.
    """

    base: Network
    edges: Mapping[str, Edge | None]
    adjustments: Mapping[str, Adjustment]
    counts: tuple[int, ...]
    edits: Mapping[str, EdgeEdit]

    @cached_property
    def network(self) -> Network:
        """The network with the changes, closed edges among its edges; made when first asked for."""
        if not self.edits:
            return self.base
        edges = {edge_id: edit.edge() for edge_id, edit in self.edits.items()}
        return replace(
            self.base,
            edges=MappingProxyType({**self.base.edges, **edges}),
            adjustments=MappingProxyType({**self.base.adjustments, **self.adjustments}),
            digest=_digest(self.base, self.edits),
        )


class Editor:
    """Applies changes to one network, again and again: what selectors name is remembered.

    Parameters
    ----------
    network
        Left as it is.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._index = EdgeIndex(network)

    def find_faults(self, changes: Sequence[Change]) -> tuple[Fault, ...]:
        """List what keeps changes from being applied: selectors that name nothing, bad numbers."""
        return self._run(changes)[1]

    def edit(self, changes: Sequence[Change]) -> Edited:
        """Apply changes, in their order.

        Raises
        ------
        ChangeError
            If a selector names no edge, a number is missing, or one becomes impossible; it carries
            every such piece.
        """
        edits, faults, counts = self._run(changes)
        if faults:
            raise ChangeError(faults)
        edges = {e: None if edit.is_closed else edit.edge() for e, edit in edits.items()}
        adjusted = {e: made for e, edit in edits.items() if (made := edit.adjustment())}
        return Edited(self._network, edges, adjusted, counts, edits)

    def _run(
        self, changes: Sequence[Change]
    ) -> tuple[dict[str, EdgeEdit], tuple[Fault, ...], tuple[int, ...]]:
        edits: dict[str, EdgeEdit] = {}
        faults: list[Fault] = []
        counts: list[int] = []
        total = 0
        for change in changes:
            try:
                named = self._index.find(change.selector)
                self._take(change, named, edits)
            except (SelectorError, ValueRefusedError) as error:
                faults.append(Fault(_text(change), change.offset, error.reason, error.remedy))
                if len(faults) >= MAX_FAULTS:
                    faults[-1] = told_more(faults[-1], "Later pieces were not looked at.")
                    break
                continue
            counts.append(len(named))
            total += len(named)
            if total > _MOST_EDITS:
                faults.append(_endless(change, total))
                break
        if not faults:
            faults = _disorder(edits, changes)
        return edits, tuple(faults), tuple(counts)

    def _take(self, change: Change, named: Sequence[str], edits: dict[str, EdgeEdit]) -> None:
        """Take one change on all edges it names."""
        network = self._network
        metric = None if change.attribute in VERBS else attributes()[change.attribute].metric
        text = _text(change)
        taken = False
        if change.attribute == "season_id" and change.value not in _seasons(network):
            known = ", ".join(sorted(_seasons(network)))
            raise ValueRefusedError(f'no season is called "{change.value}"', f"Known are {known}.")
        for edge_id in named:
            edit = edits.get(edge_id)
            if edit is None:
                before = network.adjustments.get(edge_id)
                edit = edits[edge_id] = EdgeEdit(network.edges[edge_id], before)
            if edit.take(change):
                taken = True
                if metric is not None:
                    edit.name(metric, text)
        if not taken:
            is_price = change.attribute.startswith("cost_usd_per_")
            raise ValueRefusedError(
                f"no edge it names has a {change.attribute} of its own",
                "Use cost for all prices." if is_price else f"Set it: {change.attribute}=VALUE.",
            )


_MOST_EDITS = 1_000_000
"""What one scenario may do, counted in edges named by its pieces: some seconds of work."""


def apply_changes(network: Network, changes: Sequence[Change]) -> Network:
    """Return the network with changes, of another digest; the network itself for none.

    Parameters
    ----------
    network
        The facts, left as they are.
    changes
        What is done to them, in this order; `parse_changes` reads them from text.

    Raises
    ------
    ChangeError
        If one of them cannot be applied; it carries every piece that cannot.
    """
    return Editor(network).edit(changes).network


def changed_edges(network: Network, changes: Sequence[Change]) -> Mapping[str, Edge | None]:
    """Return only the edges that changes make another, by id; None for one that is closed.

    Beside its record an edge may differ in `network.adjustments`: see `Editor.edit` for both.

    Raises
    ------
    ChangeError
        As `apply_changes`.
    """
    return Editor(network).edit(changes).edges


def _endless(change: Change, total: int) -> Fault:
    reason = f"the pieces up to here name {total:,} edges, each counted as often as it is named"
    remedy = f"At most {_MOST_EDITS:,} are taken: multiply factors into one piece."
    return Fault(_text(change), change.offset, reason, remedy)


def _text(change: Change) -> str:
    return change.text or str(change)


def _seasons(network: Network) -> set[str]:
    return {season.season_id for season in network.seasons}


def _disorder(edits: Mapping[str, EdgeEdit], changes: Sequence[Change]) -> list[Fault]:
    """Report the first edge whose percentiles no longer rise, at the last change of one of them."""
    for edge_id, edit in edits.items():
        for stem in edit.fallen():
            change = next(c for c in reversed(changes) if c.attribute.startswith(stem))
            low, mid, high = (f"{edit.cell(f'{stem}{end}'):g}" for end in ("_p10", "", "_p90"))
            reason = f"{stem} of {edge_id} would be {low}, {mid} and {high} h as P10, P50 and P90"
            remedy = f"Percentiles must rise; {stem} alone takes the others with it."
            return [Fault(_text(change), change.offset, reason, remedy)]
    return []


def _digest(network: Network, edits: Mapping[str, EdgeEdit]) -> str:
    digest = hashlib.sha256(network.digest.encode())
    for edge_id in sorted(edits):
        digest.update(f"\n{edge_id} {edits[edge_id].fingerprint()}".encode())
    return digest.hexdigest()
