"""The key of a name: what is left of it when script, accents, case and punctuation are gone."""

from __future__ import annotations

_HAN = (("\u3400", "\u9fff"), ("\uf900", "\ufaff"))


def name_key(text: str) -> str:
    """Reduce a name of any script to Latin letters and digits, lower case.

    Актау and Aktau get one key, as do İstanbul and Istanbul.
    """
    from anyascii import anyascii

    latin = anyascii(text.replace("Ə", "A").replace("ə", "a"))
    return "".join(c for c in latin.casefold() if c.isalnum())


def has_han(text: str) -> bool:
    """Tell whether a text holds Chinese characters.

    Many of them share one sound, so a key is no proof that two such names are the same:
    义乌 and 伊吾 are both yiwu.
    """
    return any(first <= c <= last for c in text for first, last in _HAN)
