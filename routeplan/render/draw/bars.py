"""Bars: what the cost of each way is made of, and how sure its time is."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from routeplan.language import say
from routeplan.render.draw.axis import Scale, bottom_axis
from routeplan.render.draw.labels import text_width
from routeplan.render.draw.markup import Markup, join, number, tag
from routeplan.render.draw.sheet import Sheet, drawn_on, plain_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_PITCH, _DENSE, _DENSE_BELOW = 30, 22, 500
"""Pixels from bar to bar, in a picture as wide as a page and in one below that many pixels."""
_CUT = 4.4
"""A bar longer than this many times the median is cut, so that the others can be told apart."""


@dataclass(frozen=True, slots=True)
class RangeBar:
    """Days of one way: P10, P50, P90 and the average."""

    way: int
    name: str
    p10: float
    p50: float
    p90: float
    mean: float

    def words(self) -> str:
        """Write the numbers out."""
        return (
            f"P10 {self.p10:.1f}, P50 {self.p50:.1f}, P90 {self.p90:.1f}, "
            f"average {self.mean:.1f} days"
        )


def stack_svg(
    stacks: Sequence[tuple[int, str, Mapping[str, float]]],
    styles: Mapping[str, str],
    *,
    title: str,
    text: Callable[[float], str],
    width: float = 640,
    inner: bool = False,
) -> str:
    """Draw what each way's total is made of.

    Parameters
    ----------
    stacks
        Rank, name and parts of each way; a part that is 0 may be left out.
    styles
        Part -> class that colours it, in the order they are drawn.
    title
        Of the scale, with its unit.
    text
        How to write a value.
    width
        Of the picture in pixels; its height follows from the number of ways.
    inner
        For use within a page.
    """
    totals = [sum(parts.values()) for _, _, parts in stacks]
    used = {p: s for p, s in styles.items() if any(parts.get(p) for _, _, parts in stacks)}
    key, extra = _key(used, width)
    pitch = _pitch(width)
    height = pitch * len(stacks) + 96 + extra
    x = Scale(0, _stack_end(totals), 30, width - 96)
    rows = []
    for index, ((way, name, parts), total) in enumerate(zip(stacks, totals, strict=True)):
        top = 40 + extra + pitch * index
        tipped = {part: (parts.get(part, 0.0), style) for part, style in styles.items()}
        bars = _stack(tipped, x, top, text)
        cut = "» " if total > x.high else ""
        end = tag("text", f"{cut}{text(total)}", x=number(x.at(min(total, x.high)) + 6), y=top + 14)
        label = tag("text", str(way), class_="strong", x=20, y=top + 14, text_anchor="end")
        rows.append(tag("g", tag("title", f"Way {way}, {name}"), label, *bars, end, data_way=way))
    axis = bottom_axis(x, height - 48, 34 + extra, title, text, 5)
    body = join(axis, *rows, key)
    about = "; ".join(
        f"way {way}, {name}: {text(total)}"
        for (way, name, _), total in zip(stacks, totals, strict=True)
    )
    return drawn_on(Sheet(width, height, inner=inner), body, title, about)


def _stack(
    parts: Mapping[str, tuple[float, str]], x: Scale, top: int, text: Callable[[float], str]
) -> list[Markup]:
    """Draw the parts of one bar, amount and style of each, as far as the scale reaches."""
    left, bars = 0.0, []
    for part, (amount, style) in parts.items():
        wide = x.at(min(left + amount, x.high)) - x.at(min(left, x.high))
        if wide > 0:
            tip = tag("title", f"{part}: {text(amount)}")
            at, wide_px = number(x.at(left)), number(wide)
            fill = f"fill {style}"
            bars.append(tag("rect", tip, class_=fill, x=at, y=top, width=wide_px, height=20))
        left += amount
    return bars


def ranges_svg(bars: Sequence[RangeBar], *, width: float = 640, inner: bool = False) -> str:
    """Draw P10 to P90 of each way as a bar, P50 as a line, the average as a point.

    Parameters
    ----------
    bars
        At least one.
    width
        Of the picture in pixels; its height follows from the number of ways.
    inner
        For use within a page.
    """
    pitch = _pitch(width)
    height = pitch * len(bars) + 76
    x = Scale(0, max(max(b.p90, b.mean) for b in bars) * 1.04, 30, width - 20)
    rows = []
    for index, bar in enumerate(bars):
        y = 20 + pitch * index
        low, high = x.at(bar.p10), x.at(bar.p90)
        tip = f"Way {bar.way}, {bar.name}: {bar.words()}"
        rows.append(
            tag(
                "g",
                tag("title", tip),
                tag("text", str(bar.way), class_="strong", x=20, y=y + 14, text_anchor="end"),
                tag(
                    "rect",
                    class_="bar",
                    x=number(low),
                    y=y + 3,
                    width=number(high - low),
                    height=14,
                    rx=3,
                ),
                tag("path", class_="median", d=f"M{number(x.at(bar.p50))} {y}v20"),
                tag("circle", class_="mean", cx=number(x.at(bar.mean)), cy=y + 10, r=2.6),
                data_way=bar.way,
            )
        )
    title = say("days door to door: bar P10 to P90, line P50, point average")
    body = join(bottom_axis(x, height - 48, 14, title, plain_number), *rows)
    about = "; ".join(f"way {b.way}, {b.name}: P50 {b.p50:.1f} days" for b in bars)
    return drawn_on(Sheet(width, height, inner=inner), body, "How sure the time is", about)


def _pitch(width: float) -> int:
    return _DENSE if width < _DENSE_BELOW else _PITCH


def _stack_end(totals: Sequence[float]) -> float:
    """Return the end of a scale on which most bars can be told apart; longer ones are cut."""
    usual = [total for total in totals if total <= _CUT * median(totals)]
    return 1.02 * max(usual) or 1.0


def _key(styles: Mapping[str, str], width: float) -> tuple[Markup, int]:
    """Draw what the colours mean, in as many rows as it takes; return it with its extra height."""
    x, y = 30.0, 10
    items = []
    for name, style in styles.items():
        wide = 34 + text_width(name, 12)
        if x + wide > width and x > 30:
            x, y = 30.0, y + 18
        items.append(
            tag("rect", class_=f"fill {style}", x=number(x), y=y, width=12, height=12, rx=2)
        )
        items.append(tag("text", name, x=number(x + 17), y=y + 10))
        x += wide
    return join(*items), y - 10
