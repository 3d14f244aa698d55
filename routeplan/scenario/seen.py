"""Which texts were seen before, in 16 to 32 bytes each: a million scenario ids stay small."""

from __future__ import annotations

from array import array

_FIRST_SIZE = 1 << 12


class Seen:
    """A set of texts that keeps only 64 bits of each.

    Two of a million texts are taken for one with a chance of 1 in 30 million.
    """

    def __init__(self) -> None:
        self._slots = array("q", bytes(8 * _FIRST_SIZE))
        self._count = 0

    def add(self, text: str) -> bool:
        """Add a text; False if it was there."""
        key = hash(text) or 1
        slots = self._slots
        mask = len(slots) - 1
        place = key & mask
        while (here := slots[place]) != 0:
            if here == key:
                return False
            place = (place + 1) & mask
        slots[place] = key
        self._count += 1
        if 2 * self._count > len(slots):
            self._grow()
        return True

    def _grow(self) -> None:
        old = self._slots
        self._slots = slots = array("q", bytes(8 * 2 * len(old)))
        mask = len(slots) - 1
        for key in filter(None, old):
            place = key & mask
            while slots[place]:
                place = (place + 1) & mask
            slots[place] = key
