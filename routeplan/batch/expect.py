"""What a row expects of its first answer, and which of it does not hold."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from routeplan.batch.columns import RowStatus, Verdict
from routeplan.errors import RequestError
from routeplan.network.vocabulary import LINEHAUL
from routeplan.places.index import PlaceIndex
from routeplan.places.question import read_avoidance
from routeplan.scenario.request import read_modes
from routeplan.units import HOURS_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from routeplan.network.model import Network
    from routeplan.network.records import Edge
    from routeplan.network.vocabulary import Mode
    from routeplan.scenario.request import Avoidance

_LIMITS = ("max_days", "max_cost_usd", "max_co2e_kg")
EXPECTATION_COLUMNS = (*_LIMITS, "must_via", "must_avoid", "expect_mode", "expect_status")
"""Columns of a scenario table that hold an expectation."""

_OVER = re.compile(r": ([\d.]+) > ([\d.]+)$")


@dataclass(frozen=True, slots=True)
class Spot:
    """Something a way may touch.

    Parameters
    ----------
    text
        As the row writes it.
    what
        What it stands for: one place, country, edge, corridor, mode or passage.
    """

    text: str
    what: Avoidance


@dataclass(frozen=True, slots=True)
class Expectations:
    """What a row expects; what it leaves out is None or empty.

    Parameters
    ----------
    limits
        Column -> the most that is accepted, in the unit of the column's name. `max_days` is of the
        P50.
    via, avoid
        What the first way must and must not touch; a city is touched at any of its terminals.
    modes
        Modes the first way must use between cities, each of them.
    status
        `ok` or `no_route`.
    """

    limits: tuple[tuple[str, float], ...] = ()
    via: tuple[Spot, ...] = ()
    avoid: tuple[Spot, ...] = ()
    modes: frozenset[Mode] = frozenset()
    status: RowStatus | None = None

    @property
    def any(self) -> bool:
        """Whether the row expects anything at all."""
        return self != Expectations()


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


class ExpectationReader:
    """Reads the expectations of rows; what a text stands for is looked up once.

    Parameters
    ----------
    network
        What the names refer to.
    index
        Its places; made if not given.
    """

    def __init__(self, network: Network, index: PlaceIndex | None = None) -> None:
        self._network = network
        self._index = index or PlaceIndex(network)
        self._known: dict[str, Spot] = {}

    def read(self, cells: Mapping[str, str | None]) -> Expectations:
        """Read the expectation cells of a row; other cells do not matter.

        Raises
        ------
        RequestError
            If a cell cannot be understood; it names the column.
        """
        texts = {name: (cells.get(name) or "").strip() for name in EXPECTATION_COLUMNS}
        return Expectations(
            limits=tuple((n, _limit(n, texts[n])) for n in _LIMITS if texts[n]),
            via=self._spots("must_via", texts["must_via"]),
            avoid=self._spots("must_avoid", texts["must_avoid"]),
            modes=_modes(texts["expect_mode"]),
            status=_status(texts["expect_status"]),
        )

    def _spots(self, column: str, text: str) -> tuple[Spot, ...]:
        return tuple(self._spot(column, part.strip()) for part in text.split(",") if part.strip())

    def _spot(self, column: str, text: str) -> Spot:
        if text not in self._known:
            try:
                what = read_avoidance(self._network, self._index, [text])
            except RequestError as error:
                raise RequestError(f"{column}: {str(error).removeprefix('--avoid: ')}") from None
            self._known[text] = Spot(text, what)
        return self._known[text]


class Judge:
    """Holds outcomes against expectations.

    Parameters
    ----------
    network
        Whose edges the ways are made of.
    """

    def __init__(self, network: Network) -> None:
        self._network = network

    def judge(self, expected: Expectations, outcome: Outcome) -> tuple[Verdict, list[str]]:
        """Say whether a row got what it expects.

        Returns
        -------
        tuple
            The verdict, and a text for each expectation that failed: `max_days: 24.3 > 20`. A bad
            or broken row fails whatever it expects. Without an answer only the status is judged,
            and `no_route` is a failure unless the row expects it.
        """
        if not expected.any:
            return Verdict.NONE, []
        failed = self._failures(expected, outcome)
        return (Verdict.FAILED if failed else Verdict.OK), failed

    def _failures(self, expected: Expectations, outcome: Outcome) -> list[str]:
        wanted = expected.status or RowStatus.OK
        if outcome.status is not wanted:
            return [f"expect_status: {outcome.status}, not {wanted}"]
        if outcome.status is not RowStatus.OK:
            return []
        is_now = {
            "max_days": outcome.time_h_p50 / HOURS_PER_DAY,
            "max_cost_usd": outcome.cost_usd,
            "max_co2e_kg": outcome.co2e_kg,
        }
        failed = [
            f"{name}: {_above(is_now[name], limit)} > {limit:g}"
            for name, limit in expected.limits
            if is_now[name] > limit
        ]
        touched = _Touched(self._network, outcome.edges)
        failed += [f"must_via: not by {s.text}" for s in expected.via if not touched.has(s.what)]
        failed += [f"must_avoid: by {s.text}" for s in expected.avoid if touched.has(s.what)]
        if missing := sorted(expected.modes - touched.modes):
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

    def __init__(self, network: Network, edges: Iterable[Edge]) -> None:
        ways = tuple(edges)
        self._network = network
        self.nodes = {node_id for e in ways for node_id in (e.from_node, e.to_node)}
        self.edges = {e.edge_id for e in ways}
        self.countries = {network.nodes[node_id].country for node_id in self.nodes}
        self.corridors = {e.corridor for e in ways}
        self.passages = {name for e in ways for name in e.passages}
        self.modes = {e.mode for e in ways if e.kind in LINEHAUL and e.mode}

    def has(self, what: Avoidance) -> bool:
        """Tell whether any of what is named is touched."""
        places = {t for node_id in what.nodes for t in self._network.terminals(node_id)}
        return not (
            self.nodes.isdisjoint(places)
            and self.edges.isdisjoint(what.edges)
            and self.countries.isdisjoint(what.countries)
            and self.corridors.isdisjoint(what.corridors)
            and self.passages.isdisjoint(what.passages)
            and self.modes.isdisjoint(what.modes)
        )


def _limit(name: str, text: str) -> float:
    try:
        limit = float(text)
    except ValueError:
        limit = math.nan
    if not 0 <= limit < math.inf:
        raise RequestError(f'{name}: "{text}" is no limit. Write a number such as 25.')
    return limit


def _modes(text: str) -> frozenset[Mode]:
    try:
        return read_modes(text) if text else frozenset()
    except RequestError as error:
        raise RequestError(f"expect_mode: {str(error).replace('--mode ', '')}") from None


def _status(text: str) -> RowStatus | None:
    if not text:
        return None
    if text.lower() not in (RowStatus.OK, RowStatus.NO_ROUTE):
        raise RequestError(f'expect_status: "{text}" is none of ok, no_route.')
    return RowStatus(text.lower())


def _above(value: float, limit: float) -> str:
    """Write a value with enough decimals to show that it is above its limit."""
    for decimals in (1, 2, 4):
        text = f"{value:.{decimals}f}"
        if float(text) > limit:
            return text
    return repr(value)


def _modes_text(touched: _Touched) -> str:
    return ", ".join(sorted(touched.modes)) or "none"
