"""How many of many values lie where: bars, and the share that lies below as a line."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from routeplan.language import say
from routeplan.render.draw.axis import Scale, bottom_axis, left_axis, round_step
from routeplan.render.draw.markup import Markup, join, number, tag
from routeplan.render.draw.sheet import Sheet, drawn_on

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PAPER = Sheet(460, 240)
_BINS = 24
_CURVE = 200
"""Points of the line of shares at most: more could not be told apart."""


def histogram_svg(
    values: Sequence[float],
    *,
    title: str,
    text: Callable[[float], str],
    sheet: Sheet = PAPER,
) -> str:
    """Draw a histogram with the empirical distribution function over it.

    Parameters
    ----------
    values
        At least one, in any order.
    title
        Of the scale along the bottom, with its unit.
    text
        How to write a value.
    sheet
        The size, and whether it stands in a page.
    """
    ordered = sorted(values)
    edges = bins(ordered[0], ordered[-1])
    counts = count_in(ordered, edges)
    left, right, bottom, top = 44, sheet.width - 40, sheet.height - 46, 30
    x = Scale(edges[0], edges[-1], left, right)
    y = Scale(0.0, 1.06 * max(counts), bottom, top)
    share = Scale(0.0, 1.0, bottom, y.at(max(counts)))
    bars = [
        tag(
            "rect",
            tag("title", f"{text(low)} - {text(high)}: {count}"),
            class_="bar",
            x=number(x.at(low) + 0.5),
            y=number(y.at(count)),
            width=number(max(0.5, x.at(high) - x.at(low) - 1)),
            height=number(bottom - y.at(count)),
        )
        for (low, high), count in zip(pairwise(edges), counts, strict=True)
        if count
    ]
    body = join(
        left_axis(y, left, right, say("scenarios"), _whole),
        bottom_axis(x, bottom, top, title, text, 5),
        *bars,
        _curve(ordered, x, share),
        *(_share_mark(share, value, right) for value in (0.0, 0.5, 1.0)),
    )
    middle = ordered[len(ordered) // 2]
    about = f"{len(ordered)} values from {text(ordered[0])} to {text(ordered[-1])}, "
    return drawn_on(sheet, body, title, f"{about}the middle one {text(middle)}")


def bins(low: float, high: float) -> list[float]:
    """Return round edges of about 12 to 24 equal bins that hold all from low to high."""
    step = round_step((high - low) / _BINS) if high > low else (abs(low) * 0.1 or 1.0)
    first = math.floor(low / step)
    last = max(first + 1, math.ceil(high / step))
    return [n * step for n in range(first, last + 1)]


def count_in(ordered: Sequence[float], edges: Sequence[float]) -> list[int]:
    """Count sorted values by bin; a value on an edge is in the bin above, on the last one below."""
    below = [0, *(bisect_left(ordered, edge) for edge in edges[1:-1]), len(ordered)]
    return [after - before for before, after in pairwise(below)]


def _curve(ordered: Sequence[float], x: Scale, share: Scale) -> Markup:
    count = len(ordered)
    points = sorted({ordered[(count - 1) * n // _CURVE] for n in range(_CURVE + 1)})
    path = [f"M{number(x.at(points[0]))} {number(share.at(0.0))}"]
    for value in points:
        reached = bisect_right(ordered, value) / count
        path.append(f"H{number(x.at(value))}V{number(share.at(reached))}")
    path.append(f"H{number(x.end)}")
    return tag("path", class_="share", d="".join(path))


def _share_mark(share: Scale, value: float, right: float) -> Markup:
    return tag(
        "text",
        f"{value:.0%}",
        class_="soft",
        x=number(right + 5),
        y=number(share.at(value) + 4),
    )


def _whole(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ") if value == int(value) else ""
