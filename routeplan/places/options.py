"""A question as a program asks it: options by keyword."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from routeplan.places.question import Question

if TYPE_CHECKING:
    from routeplan.places.access import OwnAccess


class Options(TypedDict, total=False):
    """The fields of a `Question` beside its two places, as they are given from Python.

    A lone text stands for a tuple of one, and a date for its text.
    """

    via: str | tuple[str, ...]
    modes: str
    avoid: str | tuple[str, ...]
    allow: str | tuple[str, ...]
    policy: str
    cargo: str
    load: str
    value_usd: float | None
    depart: str | date | None
    arrive_by: str | date | None
    on: str | date | None
    include_planned: bool
    by: str
    k: int | None
    max_overlap: float
    max_stretch: float | None
    differ: str
    max_days: float | None
    max_cost_usd: float | None
    max_co2e_kg: float | None
    max_transshipments: int | None
    front: str
    deadline: str | date | None
    draws: int
    duty: bool
    hs: str
    handover: str
    access: tuple[OwnAccess, ...]
    geocode: bool


def question_of(origin: str, destination: str, **options: Unpack[Options]) -> Question:
    """Make a question of options as Python has them: `question_of("Astana", "Poti", avoid="TR")`.

    Parameters
    ----------
    origin, destination
        Places by name, code or id.
    options
        The other fields of `Question`; a lone text stands for a tuple of one, a date for its text.

    Raises
    ------
    TypeError
        If there is no such option.
    """
    known = Options.__annotations__
    for name in options:
        if name not in known:
            close = get_close_matches(name, known, 1)
            hint = f"Did you mean {close[0]}?" if close else f"There are {', '.join(known)}."
            raise TypeError(f"no option is called {name!r}. {hint}")
    texts: dict[str, Any] = dict(options)
    for name in ("via", "avoid", "allow"):
        if name in texts:
            given = texts[name]
            texts[name] = (given,) if isinstance(given, str) else tuple(given)
    for name in ("depart", "arrive_by", "on", "deadline"):
        if isinstance(texts.get(name), date):
            texts[name] = texts[name].isoformat()
    return Question(origin, destination, **texts)
