"""The simulation of `risk.simulate` in numpy: the same bytes, tables and sums, hence numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from routeplan.risk.quantiles import LAST, LEVELS
from routeplan.risk.simulate import beyond, cause_last_slice, cause_slices, levels_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from routeplan.network.spread import Spread


def sum_array(
    causes: Mapping[str, tuple[Spread, ...]], common_share: float, draws: int
) -> NDArray[np.float64]:
    """Draw the sum of elements grouped by cause, in hours; see `risk.simulate.simulate_sum`."""
    total = np.zeros(draws)
    second = np.frombuffer(beyond(draws), np.uint8)
    for cause, spreads in causes.items():
        table = np.array(cause_slices(spreads))
        levels = np.frombuffer(levels_of(cause, common_share, draws), np.uint8)
        column = table[levels]
        last = np.flatnonzero(levels == LAST)
        column[last] = np.array(cause_last_slice(spreads, range(LEVELS)))[second[last]]
        total += column
    return total
