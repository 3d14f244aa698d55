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
FACTORS = (0.8, 0.9, 1.1, 1.25, 1.5, 2, 3)
HEADER = ("scenario_id", "origin", "destination", "by", "changes")


def rows(count: int, seed: int = 20261101) -> Iterator[tuple[str, ...]]:
    """Yield rows below HEADER; few are alike."""
    draw = random.Random(seed)  # noqa: S311 - not a secret
    pieces = [f"close node:{node}" for node in CLOSED]
    pieces += [f"{group} time_h*={f}" for group in SLOWER for f in FACTORS]
    pieces += [f"{group} wait_h+={h}" for group in SLOWER for h in (6, 12, 24)]
    pieces += [f"{group} cost*={f}" for group in DEARER for f in FACTORS]
    for number in range(count):
        origin, destination = draw.choice(PLACES)
        changes = "; ".join(draw.sample(pieces, draw.randint(1, 5)))
        yield f"s{number}", origin, destination, draw.choice(CRITERIA), changes


def write(path: Path, count: int) -> None:
    """Write a table of scenarios."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows(count))
