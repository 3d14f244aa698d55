"""How long it takes to draw the time of a way: numpy against plain Python, equal numbers.

The way has 15 legs, each with a duration and a wait of a cause of its own, 30 in all. Each pair is
run in turn, nothing kept from one run to the next, so that a machine that slows down slows both;
the figure is the median of the ratios, and the seconds beside it are for orientation. Run it with
`make bench`.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from routeplan.network.spread import Spread
from routeplan.risk import quantiles, simulate
from routeplan.risk.certainty import variance_of
from routeplan.risk.vectorised import sum_array

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 15
DRAWS = (2_500, 100_000)
COMMON_SHARE = 0.55
WAY = [
    simulate.Element(Spread(0.6 * hours, hours, 2.2 * hours), f"leg {leg} {what}")
    for leg in range(1, 16)
    for what, hours in (("time", 4.0 * leg), ("wait", 3.0 * leg))
]


def main() -> None:
    """Print the ratio of each pair."""
    causes = simulate.by_cause(WAY)
    for draws in DRAWS:
        plain = simulate.plain_sum(causes, COMMON_SHARE, draws)
        if plain != sum_array(causes, COMMON_SHARE, draws).tolist():
            raise SystemExit(f"the two ways differ at {draws} draws")
        numpy, python = _in_turn(
            lambda draws=draws: sum_array(causes, COMMON_SHARE, draws).sort(),
            lambda draws=draws: sorted(simulate.plain_sum(causes, COMMON_SHARE, draws)),
        )
        _print(f"{draws} draws of 15 legs, numpy / plain Python", numpy, python)
    drivers, draw = _in_turn(
        lambda: variance_of(WAY, COMMON_SHARE), lambda: simulate.sum_percentiles(WAY, COMMON_SHARE)
    )
    _print(f"what drives the spread / {simulate.DRAWS} draws", drivers, draw)


def _in_turn(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[list[float], ...]:
    pairs = [(_seconds(ours), _seconds(theirs)) for _ in range(ROUNDS)]
    return tuple(map(list, zip(*pairs, strict=True)))


def _seconds(run: Callable[[], object]) -> float:
    for module in (simulate, quantiles):
        for kept in vars(module).values():
            if hasattr(kept, "cache_clear"):
                kept.cache_clear()
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def _print(name: str, ours: list[float], theirs: list[float]) -> None:
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
    seconds = f"{statistics.median(ours):.4f} s / {statistics.median(theirs):.4f} s"
    print(f"{middle:5.2f}  ({low:.2f}-{high:.2f})  {name}  ({seconds})")


if __name__ == "__main__":
    main()
