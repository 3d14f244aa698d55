"""An evaluator small enough to predict, and rows that make it do what goes wrong in earnest."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from routeplan.batch.job import Job
from routeplan.network.findings import Finding, Severity


@dataclass(frozen=True)
class ToyRow:
    """A scenario of one word; the word may be an order."""

    scenario_id: str
    row: int
    word: str = ""


class Toy:
    """Answers a row with two ways, unless its word says otherwise.

    `die PATH N`: kill this process until it has been done N times, counted by files beside PATH;
    `sleep S`: take so long; `break`: raise; `bad`, `no`, `fail`: end so.
    """

    def evaluate_chunk(self, rows):
        return [result for row in rows for result in self._answer(row)]

    def check_chunk(self, rows):
        return [
            Finding("Q001", Severity.ERROR, "toy.csv", row.row, 0, "word", row.word, "is bad", "")
            for row in rows
            if row.word == "bad"
        ]

    def _answer(self, row):
        word, *details = row.word.split()[:1] + row.word.split()[1:] or [""]
        named = {"scenario_id": row.scenario_id, "row": row.row}
        if word == "sleep":
            time.sleep(float(details[0]))
        if word == "die" and not _died_often(Path(details[0]), int(details[1])):
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "break":
            raise ValueError("broken\non two lines")
        if word == "bad":
            return [named | {"status": "bad_row", "error": "bad", "expectations": "failed"}]
        if word == "no":
            return [named | {"status": "no_route", "error": "no way", "expectations": "ok"}]
        verdict = {"fail": "failed", "pass": "ok"}.get(word, "none")
        return [
            named
            | {
                "rank": rank,
                "status": "ok",
                "time_h_p50": row.row * 1.1 * rank,
                "cost_usd": row.row * 100.0,
                "way": 'A ~ "rail", B\nand C',
                "expectations": verdict if rank == 1 else "none",
                "failed": "max_days: 24.3 > 20" if word == "fail" and rank == 1 else "",
            }
            for rank in (1, 2)
        ]


def _died_often(mark: Path, times: int) -> bool:
    for number in range(times):
        try:
            mark.with_name(f"{mark.name}.{number}").touch(exist_ok=False)
        except FileExistsError:
            continue
        return False
    return True


def toy_job(key: str = "toy") -> Job:
    return Job(key, Toy)


def failing_job() -> Job:
    return Job("failing", partial(_fail, "no network"))


def _fail(text: str):
    raise LookupError(text)


def toy_rows(count: int, **words: str) -> list[ToyRow]:
    """Make rows 2, 3, ...; a keyword such as `s5="bad"` gives a row its word."""
    return [ToyRow(f"s{n}", n + 2, words.get(f"s{n}", "")) for n in range(count)]
