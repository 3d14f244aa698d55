"""Scenario rows for the benchmarks: a question and one to five changes each, by a fixed seed."""

from __future__ import annotations

import csv
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLACES = (
    ("Astana", "Belgrade"),
    ("Belgrade", "Astana"),
    ("Almaty", "Istanbul"),
    ("Tashkent", "Constanta"),
    ("Xi'an", "Duisburg"),
    ("Baku", "Budapest"),
    ("Urumqi", "Tbilisi"),
    ("Karaganda", "Mersin"),
)
CRITERIA = ("", "", "", "", "time", "cost", "co2", "reliability")
CLOSED = (
    "ge-poti-port",
    "ge-batumi-port",
    "kz-aktau-port",
    "kz-kuryk-port",
    "az-alat-port",
    "tr-mersin-port",
    "ro-constanta-port",
    "kz-dostyk",
)
SLOWER = ("border:az-ge", "border:cn-kz", "border:ge-tr", "border:bg-tr", "mode:ferry")
DEARER = (
    "mode:rail&country:KZ",
    "mode:rail&country:AZ",
    "mode:rail&country:GE",
    "mode:rail&country:TR",
    "mode:ferry",
    "mode:sea",
    "mode:road&country:TR",
)
WAITS = (6, 12, 24)
FACTORS = (0.8, 0.9, 1.1, 1.25, 1.5, 2, 3)
HEADER = ("scenario_id", "origin", "destination", "by", "changes")


def rows(count: int, seed: int = 20261101) -> Iterator[tuple[str, ...]]:
    """Yield rows below HEADER: one to five groups of edges each, every one at one of its levels.

    There are some 10^8 of such combinations for every question: few rows are alike.
    """
    draw = random.Random(seed)  # noqa: S311 - not a secret
    groups = [(f"close node:{node}",) for node in CLOSED]
    groups += [
        (*(f"{group} time_h*={f}" for f in FACTORS), *(f"{group} wait_h+={h}" for h in WAITS))
        for group in SLOWER
    ]
    groups += [tuple(f"{group} cost*={f}" for f in FACTORS) for group in DEARER]
    for number in range(count):
        origin, destination = draw.choice(PLACES)
        chosen = draw.sample(groups, draw.randint(1, 5))
        changes = "; ".join(map(draw.choice, chosen))
        yield f"s{number}", origin, destination, draw.choice(CRITERIA), changes


def write(path: Path, count: int) -> None:
    """Write a table of scenarios."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows(count))
