"""Writes what the seeds' scenarios say into seeds/README.md: `make readme`.

The sentences are ours, the numbers the program's; a test holds the table to the program. Whoever
changes the data reads the sentences again.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from routeplan.batch.api import iter_batch
from routeplan.render.listing import markdown_table

SEEDS = Path(__file__).parents[1] / "seeds"
TOLD = (
    ("serbia-joins-rail", "exit-turkiye", "Block trains on to Belgrade save days at no price."),
    (
        "serbia-joins-sea",
        "exit-black-sea",
        "Twice the feeders save four days of waiting; the barge stays too slow to be chosen.",
    ),
    (
        "caspian-ferry-doubled",
        "base-astana-belgrade-general",
        "Boxes move from the container ship to the rail ferry: slower here, but cheaper.",
    ),
    (
        "caspian-feeder-doubled",
        "base-astana-belgrade-general",
        "Half the wait at Aktau is a day off the whole.",
    ),
    (
        "alat-upgraded",
        "base-astana-belgrade-general",
        "Quicker handling at Alat helps about as much as twice the ships.",
    ),
    (
        "winter-poti-closed",
        "winter-base",
        "Batumi takes over for a few dollars: Poti alone is no bottleneck.",
    ),
    (
        "winter-georgian-ports-closed",
        "winter-base",
        "Without both ports Türkiye is left: the cheapest way is lost, not the link.",
    ),
    ("btk-queue", "exit-turkiye", "Who stays on the railway loses what the queue takes."),
    (
        "btk-full",
        "base-astana-belgrade-general",
        "With no slot on the railway a truck from Batumi is the best way, quicker and dearer.",
    ),
    (
        "turkish-border-halved",
        "base-astana-belgrade-general",
        "Borders in half the time make the truck from Batumi the best way, three days quicker.",
    ),
    (
        "turkish-border-halved-truck",
        "truck-base",
        "For trucks alone it saves a day and their standing charge.",
    ),
    (
        "tripp-2030",
        "base-2030-turkiye",
        "TRIPP is a second railway to Türkiye of about the same time and price.",
    ),
    (
        "tashkent-by-turkmenbashi",
        "tashkent-by-aktau",
        "Uzbekistan saves money by Turkmenbashi and loses days to its ferry.",
    ),
    (
        "tashkent-turkmenbashi-ferry-doubled",
        "tashkent-by-turkmenbashi",
        "Twice the ferries give back most of these days.",
    ),
    (
        "without-azerbaijan",
        "base-astana-belgrade-general",
        "Without Azerbaijan it goes round by China and Africa: about the price, thrice the time.",
    ),
    (
        "trade-2030",
        "trade-2025",
        "44 % more boxes cost 44 % more: neither scale nor a full ship is in the model yet.",
    ),
)
"""Scenario, the row to compare it with, and what the difference says."""


def results() -> list[dict[str, Any]]:
    """Answer the seeds' scenarios."""
    return list(iter_batch(SEEDS / "scenarios.csv"))


def table(answers: list[dict[str, Any]]) -> str:
    """Compare the scenarios with their rows, in Markdown."""
    found = {row["scenario_id"]: row for row in answers}
    rows = []
    for scenario, beside, sentence in TOLD:
        now, before = found[scenario], found[beside]
        days = [row["time_h_p50"] / 24 for row in (now, before)]
        usd = [row["cost_usd"] for row in (now, before)]
        rows.append(
            {
                "scenario": f"`{scenario}`",
                "beside": f"`{beside}`",
                "P50, days": f"{days[0]:.1f} ({days[0] - days[1]:+.1f})",
                "USD": f"{usd[0]:,.0f} ({usd[0] - usd[1]:+,.0f})",
                "what it says": sentence,
            }
        )
    return markdown_table(rows).replace("\\`", "`")


def with_table(text: str, answers: list[dict[str, Any]]) -> str:
    """Return seeds/README.md with its table written anew."""
    body = table(answers)
    pattern = re.compile(r"(<!-- results -->\n).*?(<!-- /results -->)", re.DOTALL)
    text, count = pattern.subn(lambda found: f"{found[1]}{body}{found[2]}", text)
    if count != 1:
        raise ValueError(f"seeds/README.md has {count} blocks called results")
    return text


if __name__ == "__main__":
    file = SEEDS / "README.md"
    file.write_text(with_table(file.read_text("utf-8"), results()), "utf-8")
