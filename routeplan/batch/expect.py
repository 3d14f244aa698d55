"""What a row expects of its first answer, and which of it does not hold."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from routeplan.batch.columns import RowStatus, Verdict
from routeplan.network.vocabulary import LINEHAUL
from routeplan.scenario.request import read_modes
from routeplan.scenario.table import NOTHING_EXPECTED
from routeplan.units import HOURS_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from routeplan.itinerary.model import Itinerary
    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.places.scenarios import Must
    from routeplan.scenario.request import Avoidance
    from routeplan.scenario.table import Expectations

_OVER = re.compile(r": ([\d.]+) > ([\d.]+)$")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What expectations look at in the first answer of a row.

    Parameters
    ----------
    status
        How the row ended; the rest is empty unless it is `ok`.
    time_h_p50, cost_usd, co2e_kg
        Totals.
    edges
        The way.
    """

    status: RowStatus
    time_h_p50: float = 0.0
    cost_usd: float = 0.0
    co2e_kg: float = 0.0
    edges: tuple[Edge, ...] = ()

    @classmethod
    def of(cls, itinerary: Itinerary) -> Outcome:
        """Return what is looked at in a way."""
        totals = itinerary.totals
        edges = tuple(leg.edge for leg in itinerary.legs)
        return cls(RowStatus.OK, totals.time_h_p50, totals.cost_usd, totals.co2e_kg, edges)


class Judge:
    """Holds outcomes against expectations.

    Parameters
    ----------
    network
        Whose edges the ways are made of.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._terminals = lru_cache(maxsize=None)(network.terminals)

    def judge(
        self, expected: Expectations, must: Must, outcome: Outcome
    ) -> tuple[Verdict, list[str]]:
        """Say whether a row got what it expects.

        Parameters
        ----------
        expected
            As the row says it.
        must
            What its `must_via` and `must_avoid` stand for in the network.
        outcome
            What came out.

        Returns
        -------
        tuple
            The verdict, and a text for each expectation that failed: `max_days: 24.3 > 20`. A bad
            or broken row fails whatever it expects. Without an answer only the status is judged,
            and `no_route` is a failure unless the row expects it.
        """
        if expected == NOTHING_EXPECTED:
            return Verdict.NONE, []
        failed = self._failures(expected, must, outcome)
        return (Verdict.FAILED if failed else Verdict.OK), failed

    def _failures(self, expected: Expectations, must: Must, outcome: Outcome) -> list[str]:
        wanted = expected.expect_status or RowStatus.OK
        if outcome.status != wanted:
            return [f"expect_status: {outcome.status}, not {wanted}"]
        if outcome.status is not RowStatus.OK:
            return []
        limits = (
            ("max_days", outcome.time_h_p50 / HOURS_PER_DAY, expected.max_days),
            ("max_cost_usd", outcome.cost_usd, expected.max_cost_usd),
            ("max_co2e_kg", outcome.co2e_kg, expected.max_co2e_kg),
        )
        failed = [
            f"{name}: {_above(value, limit)} > {limit:g}"
            for name, value, limit in limits
            if limit is not None and value > limit
        ]
        touched = _Touched(self._network, outcome.edges, self._terminals)
        via = zip(expected.must_via, must.via, strict=True)
        failed += [f"must_via: not by {text}" for text, what in via if not touched.has(what)]
        avoid = zip(expected.must_avoid, must.avoid, strict=True)
        failed += [f"must_avoid: by {text}" for text, what in avoid if touched.has(what)]
        modes = read_modes(",".join(expected.expect_mode)) if expected.expect_mode else frozenset()
        if missing := sorted(modes - touched.modes):
            failed.append(f"expect_mode: no {', '.join(missing)}, but {_modes_text(touched)}")
        return failed


def excess_of(failed: str) -> float:
    """Return by what share a failure text is over its limit; infinity where it is no number."""
    over = _OVER.search(failed)
    if not over or not float(over[2]):
        return math.inf
    return float(over[1]) / float(over[2]) - 1


class _Touched:
    """All that a way touches."""

    def __init__(
        self, network: Network, edges: Iterable[Edge], terminals: Callable[[str], tuple[str, ...]]
    ) -> None:
        ways = tuple(edges)
        self._terminals = terminals
        self.nodes = {node_id for e in ways for node_id in (e.from_node, e.to_node)}
        self.edges = {e.edge_id for e in ways}
        self.countries = {network.nodes[node_id].country for node_id in self.nodes}
        self.corridors = {e.corridor for e in ways}
        self.passages = {name for e in ways for name in e.passages}
        self.modes = {e.mode for e in ways if e.kind in LINEHAUL and e.mode}

    def has(self, what: Avoidance) -> bool:
        """Tell whether any of what is named is touched."""
        places = {t for node_id in what.nodes for t in self._terminals(node_id)}
        return not (
            self.nodes.isdisjoint(places)
            and self.edges.isdisjoint(what.edges)
            and self.countries.isdisjoint(what.countries)
            and self.corridors.isdisjoint(what.corridors)
            and self.passages.isdisjoint(what.passages)
            and self.modes.isdisjoint(what.modes)
        )


def _above(value: float, limit: float) -> str:
    """Write a value with enough decimals to show that it is above its limit."""
    for decimals in (1, 2, 4):
        text = f"{value:.{decimals}f}"
        if float(text) > limit:
            return text
    return repr(value)


def _modes_text(touched: _Touched) -> str:
    return ", ".join(sorted(touched.modes)) or "none"
