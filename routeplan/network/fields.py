"""What columns of many data files have in common: how their text looks, and those of evidence.

A pattern is a regular expression of the whole cell, and words for it in messages.
"""

from __future__ import annotations

from routeplan.network.column import column

ID = (r"[^\s|;:&*]+", "an id without spaces and without | ; : & *")
COUNTRY = (r"[A-Z]{2}", "an ISO 3166-1 code of two capitals, such as KZ")
DATE = (r"\d{4}(-\d{2}(-\d{2})?)?", "a date such as 2026, 2026-03 or 2026-03-31")
DAY = (r"\d{4}-\d{2}-\d{2}", "a day such as 2026-03-31")
MONTH_DAY = (r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "month and day, such as 11-01")
LOCODE = (r"[A-Z]{2}[A-Z2-9]{3}", "a UN/LOCODE of five characters, such as KZAAU")
TIMEZONE = (r"[A-Z]\w*(/[A-Z][\w+-]*)*", "an IANA time zone such as Asia/Almaty")
CLOCK = (r"([01]\d|2[0-3]):[0-5]\d|24:00", "an hour such as 22:00, or 24:00 at the end")
IATA = (r"[A-Z]{3}", "an IATA code of three capitals, such as NQZ")
HOURS = (0, 24 * 365)
USD = (0, 1e9)


def source_ids() -> tuple[str, ...]:
    """Make the column of the sources of a row."""
    field: tuple[str, ...] = column(
        "`|`-separated source ids; `time:id` backs one number only "
        "(distance, time, wait, cost, co2e, capacity, frequency)",
        default=(),
    )
    return field


def as_of() -> str:
    """Make the column of the date a row speaks of."""
    field: str = column("the date the row speaks of", default="", pattern=DATE)
    return field


def confidence() -> tuple[str, ...]:
    """Make the column of how a row is known."""
    field: tuple[str, ...] = column(
        "measured, published, derived or assumed; exceptions follow as `|time:assumed`", default=()
    )
    return field


def note() -> str:
    """Make the column of remarks."""
    field: str = column("what a reader should know: derivation, doubts, judgement", default="")
    return field
