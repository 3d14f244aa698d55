"""Percentiles of a sum by seeded simulation; causes shared by elements move them together.

Each element is drawn from the distribution `network.spread` fits to its percentiles. A cause always
draws the same numbers, so that two ways that share a leg share its luck and differ only where they
differ. Plain Python on purpose: a handful of ways is drawn in less time than an array library takes
to be imported.
"""

from __future__ import annotations

from functools import cache
from operator import add
from random import Random
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

from routeplan.network.spread import Spread

if TYPE_CHECKING:
    from collections.abc import Iterable

DRAWS = 2500
SEED = 20261101
_LEVELS = 256


class Element(NamedTuple):
    """A part of a sum.

    Parameters
    ----------
    spread
        Its percentiles, in hours.
    cause
        What it moves with: elements of one cause rise and fall together.
    """

    spread: Spread
    cause: str


def sum_percentiles(elements: Iterable[Element], common_share: float = 0.0) -> Spread:
    """Return the percentiles of the sum of elements, in hours; see `simulate_sum`."""
    ordered = sorted(simulate_sum(elements, common_share))
    return Spread(*(ordered[round(share * (DRAWS - 1))] for share in (0.1, 0.5, 0.9)))


def simulate_sum(elements: Iterable[Element], common_share: float = 0.0) -> list[float]:
    """Draw the sum of elements DRAWS times, in hours; equal elements give equal draws.

    Parameters
    ----------
    elements
        The parts; those of one cause rise and fall together.
    common_share
        How often a cause follows the luck of the whole journey instead of its own, 0 to 1: a well
        run train is quick everywhere, a badly run one slow everywhere. Two causes then correlate
        by its square, and each keeps its own distribution.
    """
    tables: dict[str, list[float]] = {}
    for spread, cause in elements:
        table = _quantiles(spread)
        tables[cause] = list(map(add, tables[cause], table)) if cause in tables else table
    if not tables:
        return [0.0] * DRAWS
    draws = (
        map(table.__getitem__, _levels(cause, common_share)) for cause, table in tables.items()
    )
    return list(map(sum, zip(*draws, strict=True)))


@cache
def _levels(cause: str, common_share: float) -> bytes:
    """Draw the levels of a cause: each byte names one of 256 equally likely quantiles."""
    own = _random_bytes(cause)
    if not common_share:
        return own
    follows, common = _random_bytes(f"{cause} follows"), _random_bytes("the whole journey")
    limit = common_share * _LEVELS
    return bytes(c if f < limit else o for o, c, f in zip(own, common, follows, strict=True))


@cache
def _random_bytes(name: str) -> bytes:
    return Random(f"{SEED} {name}").randbytes(DRAWS)  # noqa: S311 - a simulation, not a secret


@cache
def _quantiles(spread: Spread) -> list[float]:
    """Tabulate the quantile function at the middle of each level."""
    return [spread.at(z) for z in _normal_quantiles()]


@cache
def _normal_quantiles() -> list[float]:
    normal = NormalDist()
    return [normal.inv_cdf((level + 0.5) / _LEVELS) for level in range(_LEVELS)]
