"""The language of what people read: labels, names, numbers and dates of a table.

What programs read - JSON, CSV, errors - is always English. Translations are gettext catalogues in
`locale/`; `scripts/compile_messages.py` compiles them. A word without a translation stays English.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime
    from gettext import NullTranslations

    Asked = ParamSpec("Asked")
    Answer = TypeVar("Answer")


class Language(StrEnum):
    """A language tables can speak; Serbian in either of its scripts."""

    EN = "en"
    RU = "ru"
    SR = "sr"
    SR_LATN = "sr-latn"


LOCALE = Path(__file__).parent / "locale"
_CATALOGUE = {Language.RU: "ru", Language.SR: "sr", Language.SR_LATN: "sr"}
_GROUP, _POINT = {Language.RU: " "}, ","
_NUMBER = re.compile(r"[+-]?\d[\d ]*(\.\d+)?%?")
_LATIN = {
    **dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True)),
    "љ": "lj",
    "њ": "nj",
    "џ": "dž",
}
_TO_LATIN = str.maketrans(_LATIN | {c.upper(): latin.capitalize() for c, latin in _LATIN.items()})

_spoken: ContextVar[Language] = ContextVar("language", default=Language.EN)


class _HasLanguage(Protocol):
    @property
    def language(self) -> Language: ...


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language within a block; the code of other threads is not touched."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def in_its_language(
    write: Callable[Asked, Answer],
) -> Callable[Asked, Answer]:
    """Make a function speak the language of its first argument, a plan."""

    @wraps(write)
    def written(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        asked: _HasLanguage = args[0]  # type: ignore[assignment]  # a plan, by contract
        with speaking(asked.language):
            return write(*args, **kwargs)

    return written


def say(message: str, **values: object) -> str:
    """Say a message in the language spoken.

    Parameters
    ----------
    message
        English, with names in braces for what differs: the key of the catalogues.
    values
        What stands in the braces, already in the language spoken.
    """
    language = _spoken.get()
    text = (
        message if language is Language.EN or not message else _catalogue(language).gettext(message)
    )
    return _scripted(language, text).format(**values) if values else _scripted(language, text)


def say_name(kind: str, name: str) -> str:
    """Say a name of the data: a `place` or a `country` by its English name."""
    language = _spoken.get()
    if language is Language.EN:
        return name
    return _scripted(language, _catalogue(language).pgettext(kind, name))


def number_text(text: str) -> str:
    """Write a number as the language does, from its English form `12 345.6`."""
    language = _spoken.get()
    if language is Language.EN or not _NUMBER.fullmatch(text):
        return text
    whole, point, part = text.partition(".")
    return whole.replace(" ", _GROUP.get(language, ".")) + (_POINT if point else "") + part


def day_text(day: date) -> str:
    """Write a day: 2026-12-01, or 01.12.2026 where the language does."""
    return day.isoformat() if _spoken.get() is Language.EN else f"{day:%d.%m.%Y}"


def moment_text(moment: datetime) -> str:
    """Write a day with its hour: 2026-12-01 08:00, or 01.12.2026 08:00."""
    return f"{day_text(moment.date())} {moment:%H:%M}"


def hour_text(moment: datetime) -> str:
    """Write a day of a known year with its hour: 12-01 08:00, or 01.12. 08:00."""
    form = "%m-%d %H:%M" if _spoken.get() is Language.EN else "%d.%m. %H:%M"
    return f"{moment:{form}}"


@cache
def _catalogue(language: Language) -> NullTranslations:
    from gettext import translation

    return translation("routeplan", LOCALE, [_CATALOGUE[language]])


def _scripted(language: Language, text: str) -> str:
    return text.translate(_TO_LATIN) if language is Language.SR_LATN else text
