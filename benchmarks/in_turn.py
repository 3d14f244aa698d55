"""Two ways to the same result, run in turn: a machine that slows down slows both."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def compare(
    name: str,
    ours: Callable[[], object],
    theirs: Callable[[], object],
    rounds: int = 7,
    clock: Callable[[], float] = time.perf_counter,
) -> None:
    """Print how many times quicker ours is: the median of the ratios, the least and the most."""
    pairs = [(seconds(ours, clock), seconds(theirs, clock)) for _ in range(rounds)]
    ratios = [b / a for a, b in pairs]
    middle = statistics.median(ratios)
    own, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(
        f"{middle:7.2f}x  ({min(ratios):.2f}-{max(ratios):.2f})  {name}  "
        f"({1000 * own:.1f} ms / {1000 * other:.1f} ms)"
    )


def seconds(run: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Return how long a call takes."""
    started = clock()
    run()
    return clock() - started
