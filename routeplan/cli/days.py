"""`routeplan find ORIGIN DESTINATION --depart 2026-12..2027-02`: the best days of a range."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from routeplan.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from routeplan.language import Language
    from routeplan.network.model import Network
    from routeplan.places.question import Question
    from routeplan.render.output import Format, Look
    from routeplan.units import Currency


def print_days(
    network: Network,
    question: Question,
    form: Format,
    output: Path | None,
    look: Look,
    shown: tuple[Currency, Language],
) -> None:
    """Answer a range of days and write the answer.

    Parameters
    ----------
    network
        The facts.
    question
        Its `depart` is a range.
    form, output, look
        How and where to write.
    shown
        Currency and language of tables.
    """
    from routeplan.analysis.days import find_days
    from routeplan.render.days import days_text
    from routeplan.render.output import write_text

    if question.k is not None:
        raise RequestError(
            "-k is of one departure: a range of days shows the best way of each day."
        )
    answer = find_days(network, question)
    currency, language = shown
    prices = answer.prices.showing(currency)
    write_text(days_text(replace(answer, prices=prices, language=language), form, look), output)


def refuse(options: Mapping[str, object]) -> None:
    """Refuse options that a range of days does not go with.

    Raises
    ------
    RequestError
        If one of them is given.
    """
    for option, value in options.items():
        if value:
            raise RequestError(
                f"{option} is of one departure, and a range shows the best way of each day. "
                "Name one day in --depart."
            )
