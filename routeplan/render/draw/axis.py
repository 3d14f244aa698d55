"""Scales of a chart: from values to paper, with round ticks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from routeplan.render.draw.markup import Markup, join, number, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LOG_FROM = 8.0
"""A scale is logarithmic if the largest value is this many times the least."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale along one side of a chart.

    Parameters
    ----------
    low, high
        Values at its two ends; both above 0 if it is logarithmic.
    start, end
        Where they are on paper.
    log
        Whether equal steps are equal ratios.
    """

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def at(self, value: float) -> float:
        """Return where a value is on paper."""
        if self.log:
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self, count: int) -> list[float]:
        """Return about `count` round values on the scale."""
        if self.log:
            powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
            steps = (1, 2, 5) if self.high / self.low < 10 ** (count / 3) else (1,)
            values = [step * 10.0**power for power in powers for step in steps]
        else:
            step = round_step((self.high - self.low) / max(count, 1))
            first = math.ceil(self.low / step - 1e-9)
            values = [n * step for n in range(first, math.floor(self.high / step + 1e-9) + 1)]
        return [value for value in values if self.low <= value <= self.high * (1 + 1e-9)]


def round_step(rough: float) -> float:
    """Return 1, 2 or 5 times a power of ten, at least a rough step."""
    power = 10.0 ** math.floor(math.log10(rough)) if rough > 0 else 1.0
    return next(power * n for n in (1, 2, 5, 10) if power * n >= rough * (1 - 1e-9))


def scale_of(values: Sequence[float], start: float, end: float, *, zero: bool = False) -> Scale:
    """Choose a scale that holds the values with some room.

    Parameters
    ----------
    values
        At least one.
    start, end
        Where the scale begins and ends on paper.
    zero
        Begin at zero, and stay linear.
    """
    low, high = min(values), max(values)
    if zero:
        return Scale(0.0, high * 1.04 or 1.0, start, end)
    if low > 0 and high / low >= _LOG_FROM:
        room = (high / low) ** 0.06
        return Scale(low / room, high * room, start, end, log=True)
    room = 0.08 * (high - low) or 0.1 * abs(high) or 1.0
    return Scale(max(0.0, low - room) if low >= 0 else low - room, high + room, start, end)


def bottom_axis(
    scale: Scale, y: float, top: float, title: str, text: Callable[[float], str], count: int = 7
) -> Markup:
    """Draw a scale along the bottom with lines up to `top`."""
    ticks = join(
        *(
            _tick(f"M{number(at)} {number(top)}V{number(y)}", text(v), at, y + 16, "middle")
            for v, at in _placed(scale, count)
        )
    )
    middle = number((scale.start + scale.end) / 2)
    return join(
        ticks,
        tag("path", class_="axis", d=f"M{number(scale.start)} {number(y)}H{number(scale.end)}"),
        tag("text", title, class_="soft", x=middle, y=number(y + 33), text_anchor="middle"),
    )


def left_axis(
    scale: Scale, x: float, right: float, title: str, text: Callable[[float], str], count: int = 5
) -> Markup:
    """Draw a scale along the left side with lines to `right`; its title stands on top."""
    ticks = join(
        *(
            _tick(f"M{number(x)} {number(at)}H{number(right)}", text(v), x - 7, at + 4, "end")
            for v, at in _placed(scale, count)
        )
    )
    top = min(scale.start, scale.end)
    return join(
        ticks,
        tag("path", class_="axis", d=f"M{number(x)} {number(scale.start)}V{number(scale.end)}"),
        tag("text", title, class_="soft", x=number(x - 7), y=number(top - 10)),
    )


def _placed(scale: Scale, count: int) -> list[tuple[float, float]]:
    """Return the values of ticks and where they are on paper."""
    return [(value, scale.at(value)) for value in scale.ticks(count)]


def _tick(line: str, text: str, x: float, y: float, anchor: str) -> Markup:
    """Draw the line of a tick and its text."""
    return join(
        tag("path", class_="grid", d=line),
        tag("text", text, class_="soft", x=number(x), y=number(y), text_anchor=anchor),
    )
