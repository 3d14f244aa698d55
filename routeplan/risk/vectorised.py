"""The simulation of `risk.simulate` in numpy: the same bytes, tables and sums, hence numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from routeplan.risk.quantiles import LAST, LEVELS
from routeplan.risk.simulate import (
    COMMON,
    beyond,
    cause_last_slice,
    cause_slices,
    follows_common,
    random_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from routeplan.network.spread import Spread

    Bytes = NDArray[np.uint8]


def sum_array(
    causes: Mapping[str, tuple[Spread, ...]], common_share: float, draws: int
) -> NDArray[np.float64]:
    """Draw the sum of elements grouped by cause, in hours; see `risk.simulate.simulate_sum`."""
    total = np.zeros(draws)
    common, second = _bytes(random_bytes(COMMON, draws)), _bytes(beyond(draws))
    for cause, spreads in causes.items():
        levels = _levels(cause, common_share, common)
        column = np.array(cause_slices(spreads))[levels]
        last = np.flatnonzero(levels == LAST)
        column[last] = np.array(cause_last_slice(spreads, range(LEVELS)))[second[last]]
        total += column
    return total


def _levels(cause: str, common_share: float, common: Bytes) -> Bytes:
    own = _bytes(random_bytes(cause, len(common)))
    if not common_share:
        return own
    follows = _bytes(follows_common(cause, common_share, len(common)))
    return own ^ ((own ^ common) & follows)


def _bytes(data: bytes) -> Bytes:
    return np.frombuffer(data, np.uint8)
