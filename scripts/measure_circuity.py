"""Measure by how much roads are longer than the straight line, by country: for parameters.csv.

    pip install "scgraph_data==2.0.0" "scgraph<3" anyascii
    PYTHONPATH=.:scripts python scripts/measure_circuity.py

Pairs of gazetteer towns of one country, 25 to 300 km apart, chosen with a fixed seed, are joined
by the shortest way over the highways of OpenStreetMap as thinned in scgraph_data. Printed are the
median of road over straight line, with its quartiles and the number of pairs. Thinning cuts bends,
so true roads are longer by some per cent; gaps in the thinned network make single pairs far longer,
which is why the median is taken and pairs of more than three times the straight line are left out.
"""

from __future__ import annotations

import gzip
import random
import statistics
import sys
from itertools import pairwise

from build_geometry import Network, distance_km

from routeplan.places.gazetteer import gazetteer_file

PAIRS, TRIES = 60, 20_000
LEAST_KM, MOST_KM = 25.0, 300.0
LEAST_PEOPLE = 5_000
MOST_RATIO = 3.0

Point = tuple[float, float]


def main(countries: list[str]) -> None:
    """Print one line per country."""
    towns = _towns()
    network = Network("road")
    for country in countries or sorted(towns):
        ratios = _ratios(network, towns[country], random.Random(country))  # noqa: S311 - a sample
        if len(ratios) >= 10:
            low, mid, high = statistics.quantiles(ratios, n=4)
            print(f"{country},{mid:.2f},{low:.2f},{high:.2f},{len(ratios)}", flush=True)
        else:
            print(f"{country},,,,{len(ratios)}", flush=True)


def _towns() -> dict[str, list[Point]]:
    towns: dict[str, list[Point]] = {}
    lines = gzip.decompress(gazetteer_file().read_bytes()).decode().splitlines()
    for line in lines[1:]:
        _, _, country, lat, lon, people, _ = line.split("\t")
        if int(people) >= LEAST_PEOPLE:
            towns.setdefault(country, []).append((float(lon), float(lat)))
    return towns


def _ratios(network: Network, towns: list[Point], chance: random.Random) -> list[float]:
    found: list[float] = []
    for _ in range(TRIES if len(towns) > 1 else 0):
        start, end = chance.sample(towns, 2)
        straight = distance_km(start, end)
        if not LEAST_KM <= straight <= MOST_KM:
            continue
        line = network.way(start, end, MOST_RATIO * straight)
        if line is None:
            continue
        whole = [start, *line, end]
        ratio = sum(distance_km(a, b) for a, b in pairwise(whole)) / straight
        if ratio <= MOST_RATIO:
            found.append(ratio)
        if len(found) == PAIRS:
            break
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
