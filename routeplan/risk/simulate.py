"""Percentiles of a sum by seeded simulation; causes shared by elements move them together.

Each element is drawn from the distribution `network.spread` fits to its percentiles, by the tables
of `risk.quantiles`. A cause always draws the same numbers, so that two ways that share a leg share
its luck and differ only where they differ. More draws go on where fewer ended.

What holds, and how well:

- A share of the draws, such as the punctual ones, has a standard error of at most 1 percentage
  point at 2,500 draws and of 0.16 at 100,000. In the same measure a P90 lies between the true P89
  and P91 in about nine of ten cases at 2,500.
- Elements of one cause rise and fall as one. Two causes follow the luck of the whole journey with
  the probability `common_share` each, so that their ranks correlate by its square, and each keeps
  its own distribution.
- P10, P50 and P90 of an element are data; the shape beyond P90 is the lognormal the fit chose. No
  data speak for it, and what rests on it alone, a P99 for example, is a guess of that shape.

A few draws are made in plain Python, because a handful of ways is drawn in less time than an array
library takes to be imported, and many draws by numpy; for equal draws both give the same numbers.
"""

from __future__ import annotations

from functools import lru_cache
from operator import add, itemgetter
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from routeplan.network.spread import Spread
from routeplan.risk.quantiles import LAST, LEVELS, last_slice, slices
from routeplan.scenario.request import DRAWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Taker = Callable[[Sequence[float]], Sequence[float]]

SEED = 20261101
VECTORISED_FROM = 20_000
"""From so many draws on numpy is quicker, its import included."""

COMMON = "the whole journey"
"""The name of the luck common to all causes."""

_BEYOND = "beyond the last level"
_CACHED = 512


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


def sum_percentiles(
    elements: Iterable[Element], common_share: float = 0.0, draws: int = DRAWS
) -> Spread:
    """Return the percentiles of the sum of elements, in hours; see `simulate_sum`."""
    return percentiles_of(sorted_sum(elements, common_share, draws))


def percentiles_of(ordered: Sequence[float]) -> Spread:
    """Return the 10th, 50th and 90th percentile of sorted draws."""
    last = len(ordered) - 1
    return Spread(*(ordered[round(share * last)] for share in (0.1, 0.5, 0.9)))


def sorted_sum(
    elements: Iterable[Element], common_share: float = 0.0, draws: int = DRAWS
) -> list[float]:
    """Draw the sum of elements as `simulate_sum` does and sort the draws."""
    if draws < VECTORISED_FROM:
        return sorted(simulate_sum(elements, common_share, draws))
    from routeplan.risk.vectorised import sum_array

    total = sum_array(by_cause(elements), common_share, draws)
    total.sort()
    return _as_list(total)


def simulate_sum(
    elements: Iterable[Element], common_share: float = 0.0, draws: int = DRAWS
) -> list[float]:
    """Draw the sum of elements, in hours; equal elements give equal draws.

    Parameters
    ----------
    elements
        The parts; those of one cause rise and fall together.
    common_share
        How often a cause follows the luck of the whole journey instead of its own, 0 to 1: a well
        run train is quick everywhere, a badly run one slow everywhere.
    draws
        How many, 2 or more; the first of many are those of a few.
    """
    causes = by_cause(elements)
    if draws >= VECTORISED_FROM:
        from routeplan.risk.vectorised import sum_array

        return _as_list(sum_array(causes, common_share, draws))
    return plain_sum(causes, common_share, draws)


def by_cause(elements: Iterable[Element]) -> dict[str, tuple[Spread, ...]]:
    """Group spreads by their cause, in the order of their first."""
    causes: dict[str, tuple[Spread, ...]] = {}
    for spread, cause in elements:
        causes[cause] = (*causes.get(cause, ()), spread)
    return causes


def plain_sum(
    causes: Mapping[str, tuple[Spread, ...]], common_share: float, draws: int
) -> list[float]:
    """Draw the sum of elements grouped by cause without numpy."""
    if not causes:
        return [0.0] * draws
    columns = [_column(cause, spreads, common_share, draws) for cause, spreads in causes.items()]
    return list(map(sum, zip(*columns, strict=True)))


def draw_element(element: Element, common_share: float, draws: int) -> Sequence[float]:
    """Draw one element alone, in hours; in each draw it has the luck it has in a sum."""
    return _column(element.cause, (element.spread,), common_share, draws)


def cause_slices(spreads: Sequence[Spread]) -> list[float]:
    """Add up the slices of elements that move together."""
    return _added([slices(spread) for spread in spreads])


def cause_last_slice(spreads: Sequence[Spread], seconds: Sequence[int]) -> list[float]:
    """Add up the cut last slice of elements that move together."""
    return _added([last_slice(spread, seconds) for spread in spreads])


def random_bytes(name: str, draws: int) -> bytes:
    """Draw bytes of a name's own luck; more draws begin with those of fewer."""
    whole_words = draws + -draws % 4
    return Random(f"{SEED} {name}").randbytes(whole_words)[:draws]  # noqa: S311 - a simulation, not a secret


def levels_of(cause: str, common_share: float, draws: int) -> bytes:
    """Draw the levels of a cause, each equally likely."""
    own = random_bytes(cause, draws)
    if not common_share:
        return own
    follows = _number(follows_common(cause, common_share, draws))
    # bytes chosen as one long number, a hundred times quicker than one by one
    chosen = _number(own) ^ ((_number(own) ^ _common_number(draws)) & follows)
    return chosen.to_bytes(draws, "little")


def follows_common(cause: str, common_share: float, draws: int) -> bytes:
    """Draw where a cause follows the luck of the whole journey: 255 there, 0 elsewhere."""
    return random_bytes(f"{cause} follows", draws).translate(_below(common_share))


def beyond(draws: int) -> bytes:
    """Draw the second bytes, which cut the last level.

    One series serves all causes: two independent causes need it in the same draw only once in
    65,536, and two that follow the common luck must share it.
    """
    return random_bytes(_BEYOND, draws)


@lru_cache(_CACHED)
def _column(
    cause: str, spreads: tuple[Spread, ...], common_share: float, draws: int
) -> Sequence[float]:
    """Draw the elements of one cause together."""
    if all(spread.p10 == spread.p90 for spread in spreads):
        return cause_slices(spreads)[:1] * draws
    take, last = _takers(cause, common_share, draws)
    column = list(take(cause_slices(spreads)))
    second = _second_bytes(draws)
    tail = cause_last_slice(spreads, [second[draw] for draw in last])
    for draw, hours in zip(last, tail, strict=True):
        column[draw] = hours
    return column


@lru_cache(_CACHED)
def _takers(cause: str, common_share: float, draws: int) -> tuple[Taker, list[int]]:
    """Return what takes a cause's draws from its table, and the draws of the last level."""
    levels = levels_of(cause, common_share, draws)
    last, found = [], levels.find(LAST)
    while found >= 0:
        last.append(found)
        found = levels.find(LAST, found + 1)
    return itemgetter(*levels), last


@lru_cache(4)
def _second_bytes(draws: int) -> bytes:
    return beyond(draws)


@lru_cache(4)
def _common_number(draws: int) -> int:
    return _number(random_bytes(COMMON, draws))


@lru_cache(4)
def _below(common_share: float) -> bytes:
    """Return the table that turns bytes below a share of 256 into ones, the others into zeros."""
    limit = common_share * LEVELS
    return bytes(LAST if byte < limit else 0 for byte in range(LEVELS))


def _as_list(array: NDArray[np.float64]) -> list[float]:
    hours: list[float] = array.tolist()
    return hours


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _added(tables: Sequence[list[float]]) -> list[float]:
    total = tables[0]
    for table in tables[1:]:
        total = list(map(add, total, table))
    return total
