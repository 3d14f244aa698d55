"""What GitHub Actions shows of a batch: annotations beside the lines, and a summary of the step."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_ANNOTATIONS: Final = 10
"""GitHub shows so many of a kind for a step and drops the rest without a word."""

MOST_SUMMARY_BYTES: Final = 900_000
"""GitHub takes 1 MiB of summary for a step, and nothing at all above it."""

_LONGEST_MESSAGE = 1000


class Level(StrEnum):
    """A kind of annotation."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Annotation:
    """A message beside a line of a file.

    Parameters
    ----------
    level
        Its kind.
    title, message
        What to say.
    file, line
        Where; line 0 for nowhere in particular.
    weight
        The heavier, the sooner it is shown.
    """

    level: Level
    title: str
    message: str
    file: str = ""
    line: int = 0
    weight: float = 0.0

    def command(self) -> str:
        """Write it as the workflow command that GitHub reads from a step's output."""
        place = {"file": self.file, "line": str(self.line) if self.line and self.file else ""}
        named = {**place, "title": self.title}
        properties = ",".join(f"{k}={_property(v)}" for k, v in named.items() if v)
        message = self.message[:_LONGEST_MESSAGE]
        return f"::{self.level} {properties}::{_escaped(message)}"


@dataclass(slots=True)
class Worst:
    """Keeps the heaviest few of any number of annotations of one level, and counts the rest.

    Parameters
    ----------
    level
        Their kind.
    """

    level: Level
    count: int = 0
    _heap: list[tuple[float, int, Annotation]] = field(default_factory=list)

    def add(self, annotation: Annotation) -> None:
        """Take one in."""
        self.count += 1
        # of equal weight the one that came first is kept
        entry = (annotation.weight, -self.count, annotation)
        if len(self._heap) < MOST_ANNOTATIONS:
            heapq.heappush(self._heap, entry)
        else:
            heapq.heappushpop(self._heap, entry)

    def commands(self) -> Iterator[str]:
        """Write the worst, at most ten lines; the tenth says how many more there are."""
        ranked = [entry[2] for entry in sorted(self._heap, reverse=True)]
        if self.count > MOST_ANNOTATIONS:
            ranked = ranked[: MOST_ANNOTATIONS - 1]
            more = f"{self.count - len(ranked)} more"
            ranked.append(
                Annotation(self.level, more, "The summary of the step and the results list them.")
            )
        for annotation in ranked:
            yield annotation.command()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the summary: a heading, a sentence, and a table.

    Parameters
    ----------
    heading, text
        Markdown.
    head
        Names of the columns; empty for no table.
    rows
        Cells as plain text; read once, and no further than there is room.
    """

    heading: str
    text: str = ""
    head: Sequence[str] = ()
    rows: Iterable[Sequence[object]] = ()


def summary_markdown(sections: Iterable[Section], room: int = MOST_SUMMARY_BYTES) -> str:
    """Write a summary that fits.

    Parameters
    ----------
    sections
        In order.
    room
        Bytes; a table is cut where it is full, and the summary says so.
    """
    cut = "\n_Cut here: the whole is longer than GitHub takes. The results hold every row._\n"
    left = room - len(cut.encode())
    written = []
    for line in _lines(sections):
        left -= len(line.encode())
        if left < 0:
            written.append(cut)
            break
        written.append(line)
    return "".join(written)


def _lines(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield f"## {section.heading}\n\n"
        if section.text:
            yield f"{section.text}\n\n"
        if section.head:
            yield f"| {' | '.join(section.head)} |\n"
            yield f"|{' --- |' * len(section.head)}\n"
            for row in section.rows:
                yield f"| {' | '.join(_cell(value) for value in row)} |\n"
            yield "\n"


def _cell(value: object) -> str:
    """Write plain text so that a table of Markdown shows it as it is."""
    text = " ".join(str("" if value is None else value).split())
    for mark in "\\`*_{}[]<>|#~":
        text = text.replace(mark, f"\\{mark}")
    return text


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
