"""The simulation of `risk.simulate` in numpy: the same bytes, tables and sums, hence numbers.

`sum_array` draws one sum of very many draws; `Summer` many sums that share their causes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from routeplan.network.spread import Spread
from routeplan.risk.quantiles import LAST, LEVELS
from routeplan.risk.simulate import (
    COMMON,
    beyond,
    by_cause,
    cause_last_slice,
    cause_slices,
    follows_common,
    random_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from numpy.typing import NDArray

    from routeplan.risk.simulate import Element

    Bytes = NDArray[np.uint8]


def sum_array(
    causes: Mapping[str, tuple[Spread, ...]], common_share: float, draws: int
) -> NDArray[np.float64]:
    """Draw the sum of elements grouped by cause, in hours; see `risk.simulate.simulate_sum`."""
    total = np.zeros(draws)
    common, second = _bytes(random_bytes(COMMON, draws)), _bytes(beyond(draws))
    for cause, spreads in causes.items():
        total += _column(spreads, _levels(cause, common_share, common), second)
    return total


class Summer:
    """Draws many sums: what a cause has drawn is remembered, and so are sums to begin from.

    Draws are whole multiples of a unit, see `risk.quantiles`: sums of them are exact, so that one
    can be made of another by taking off and adding what differs.

    Parameters
    ----------
    common_share, draws
        As for `risk.simulate.simulate_sum`.
    """

    def __init__(self, common_share: float, draws: int) -> None:
        self._draws = draws
        common, second = _bytes(random_bytes(COMMON, draws)), _bytes(beyond(draws))
        levels = lru_cache(_CACHED)(lambda cause: _levels(cause, common_share, common))
        self._column = lru_cache(_CACHED)(
            lambda cause, spreads: _column(spreads, levels(cause), second)
        )
        self._begun: dict[Hashable, tuple[dict[str, tuple[Spread, ...]], NDArray[np.float64]]] = {}
        self._places = [round(share * (draws - 1)) for share in (0.1, 0.5, 0.9)]

    def percentiles(self, elements: Iterable[Element], like: Hashable) -> Spread:
        """Return the percentiles of a sum; see `risk.simulate.sum_percentiles`.

        Parameters
        ----------
        elements
            The parts.
        like
            Equal for sums that have most parts in common.
        """
        parted = np.partition(self._sum(elements, like), self._places)
        return Spread(*parted[self._places].tolist())

    def sorted_sum(self, elements: Iterable[Element], like: Hashable) -> list[float]:
        """Draw a sum and sort the draws; see `risk.simulate.sorted_sum`."""
        hours: list[float] = np.sort(self._sum(elements, like)).tolist()
        return hours

    def _sum(self, elements: Iterable[Element], like: Hashable) -> NDArray[np.float64]:
        causes = by_cause(elements)
        before, begun = self._begun.get(like, ({}, None))
        total = np.zeros(self._draws) if begun is None else begun.copy()
        for cause, spreads in before.items():
            if causes.get(cause) != spreads:
                total -= self._column(cause, spreads)
        for cause, spreads in causes.items():
            if before.get(cause) != spreads:
                total += self._column(cause, spreads)
        if begun is None:
            if len(self._begun) >= _CACHED:
                self._begun.clear()
            self._begun[like] = causes, total.copy()
        return total


_CACHED = 512
"""Columns of a few thousand draws each: some 10 MB."""


def _column(spreads: tuple[Spread, ...], levels: Bytes, second: Bytes) -> NDArray[np.float64]:
    """Draw the elements of one cause together."""
    column = np.array(cause_slices(spreads))[levels]
    last = np.flatnonzero(levels == LAST)
    if len(last) < LEVELS:
        column[last] = cause_last_slice(spreads, second[last].tolist())
    else:
        column[last] = np.array(cause_last_slice(spreads, range(LEVELS)))[second[last]]
    return column


def _levels(cause: str, common_share: float, common: Bytes) -> Bytes:
    own = _bytes(random_bytes(cause, len(common)))
    if not common_share:
        return own
    follows = _bytes(follows_common(cause, common_share, len(common)))
    return own ^ ((own ^ common) & follows)


def _bytes(data: bytes) -> Bytes:
    return np.frombuffer(data, np.uint8)
