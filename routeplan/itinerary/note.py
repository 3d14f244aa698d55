"""A sentence of the answer that can still be said in another language."""

from __future__ import annotations


class Note(str):
    """An English sentence that remembers what it is made of, to be said in another language.

    Parameters
    ----------
    template
        The sentence with names in braces.
    values
        What stands there: words, numbers as text, places as nodes, other notes.
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, **values: object) -> Note:
        """Write the sentence out in English."""
        words = {name: getattr(value, "name", value) for name, value in values.items()}
        note = super().__new__(cls, template.format(**words))
        note.template, note.values = template, values
        return note
