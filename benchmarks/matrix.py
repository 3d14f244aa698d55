"""How long a matrix takes: one search per place against one `find` per pair.

Each round asks for a square matrix of other places of the real network, and for a few of its pairs
one by one, in turn; the figure is the median of the ratios of time per pair. Run it with
`make bench`.
"""

from __future__ import annotations

import statistics
import time
from random import Random
from typing import TYPE_CHECKING

from routeplan import load_network, matrix_of
from routeplan.analysis.matrix import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from routeplan.network.model import Network

ROUNDS = 3
PLACES = 300
SINGLE = 10


def main() -> None:
    """Print the ratio, and the seconds of the matrices."""
    network = load_network()
    network.find("Astana", "Belgrade")
    for name, options in (
        ("", {}),
        (" with percentiles", {"percentiles": True}),
    ):
        ratios, seconds, singles = [], [], []
        for number in range(ROUNDS):
            whole, one = _round(network, number, PLACES, **options)
            seconds.append(whole)
            singles.append(one)
            ratios.append(whole / PLACES**2 / one)
        low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
        print(
            f"{middle:.5f}  ({low:.5f}-{high:.5f})  a pair of {PLACES} x {PLACES}{name} / find  "
            f"({statistics.median(seconds):.1f} s / {statistics.median(singles):.3f} s)"
        )


def _round(network: Network, number: int, places: int, **options: bool) -> tuple[float, float]:
    """Return the seconds of a matrix, and of one of its pairs asked alone; compare their costs."""
    random = Random(number)  # noqa: S311 - a sample
    asked = random.sample(sorted(network.nodes), places)
    found = []
    whole = _seconds(lambda: found.append(matrix_of(network, asked, **options)))  # type: ignore[arg-type]
    reached = [pair for pair in found[0].pairs() if pair[-1].status is Status.OK]
    sample = random.sample(reached, SINGLE)
    plans = []
    alone = _seconds(
        lambda: plans.extend(network.find(o.node_id, d.node_id) for _, o, d, _ in sample)
    )
    for (_, origin, destination, cell), plan in zip(sample, plans, strict=True):
        if plan.itineraries[0].totals.cost_usd != cell.cost_usd:
            raise SystemExit(f"{origin.node_id} - {destination.node_id} differs")
    return whole, alone / SINGLE


def _seconds(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


if __name__ == "__main__":
    main()
