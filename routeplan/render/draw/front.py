"""The trade-off chart: time against cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from routeplan.render.draw.axis import Scale, bottom_axis, left_axis, scale_of
from routeplan.render.draw.markup import Markup, join, number, tag
from routeplan.render.draw.sheet import Sheet, drawn_on, plain_number
from routeplan.units import money_text

if TYPE_CHECKING:
    from collections.abc import Sequence

PAPER = Sheet(640, 360)


@dataclass(frozen=True, slots=True)
class FrontPoint:
    """One way in the trade-off chart: days at P10, P50 and P90, and what it costs."""

    way: int
    name: str
    days_p10: float
    days: float
    days_p90: float
    cost: float


def front_svg(
    points: Sequence[FrontPoint],
    *,
    currency: str = "USD",
    front: Sequence[tuple[float, float]] = (),
    chosen: int = 1,
    sheet: Sheet = PAPER,
) -> str:
    """Draw time against cost: a point per way, its P10-P90 as a bar.

    Parameters
    ----------
    points
        At least one.
    currency
        Of the costs.
    front
        Days and cost of the ways of the exact front, if it is known: small dots, the steps join
        those that no other beats in both. Without it the steps join the listed ways of that kind.
    chosen
        Rank of the way to stress.
    sheet
        The size, and whether it stands in a page.
    """
    width, height = sheet.width, sheet.height
    days = [v for p in points for v in (p.days_p10, p.days, p.days_p90)] + [d for d, _ in front]
    x = scale_of(days, 62, width - 16)
    y = scale_of([p.cost for p in points] + [c for _, c in front], height - 48, 30)
    order = sorted(points, key=lambda p: (p.way == chosen, -p.way))
    best = undominated(front or [(p.days, p.cost) for p in points])
    body = join(
        left_axis(y, 62, width - 16, f"cost, {currency}", money_text),
        bottom_axis(x, height - 48, 30, "days door to door, P50 with P10-P90", plain_number),
        tag("path", class_="front", d=_steps(best, x, y)),
        *(
            tag("circle", class_="mean", cx=number(x.at(days)), cy=number(y.at(cost)), r=2.5)
            for days, cost in front
        ),
        *(_front_point(p, x, y, is_chosen=p.way == chosen, inner=sheet.inner) for p in order),
    )
    about = "; ".join(
        f"way {p.way}, {p.name}: {p.days:.1f} days, {money_text(p.cost)} {currency}" for p in points
    )
    return drawn_on(sheet, body, "Time against cost", about, role="group")


def undominated(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the points that no other equals or beats in both values, by the first value."""
    best: list[tuple[float, float]] = []
    for point in sorted(set(points)):
        if not best or point[1] < best[-1][1]:
            best.append(point)
    return best


def _front_point(point: FrontPoint, x: Scale, y: Scale, *, is_chosen: bool, inner: bool) -> Markup:
    u, v = x.at(point.days), y.at(point.cost)
    title = f"Way {point.way}, {point.name}: {point.days:.1f} days, {money_text(point.cost)}"
    return tag(
        "g",
        tag("title", title),
        tag(
            "path",
            class_="range",
            d=f"M{number(x.at(point.days_p10))} {number(v)}H{number(x.at(point.days_p90))}",
        ),
        tag("circle", class_="dot", cx=number(u), cy=number(v), r=11),
        tag(
            "text",
            str(point.way),
            class_="strong",
            x=number(u),
            y=number(v + 4.3),
            text_anchor="middle",
        ),
        class_="point chosen" if is_chosen else "point",
        data_way=point.way,
        role="button" if inner else None,
        tabindex=0 if inner else None,
        aria_label=title if inner else None,
    )


def _steps(best: Sequence[tuple[float, float]], x: Scale, y: Scale) -> str:
    """Join points of a front by right angles: between two of them nothing is gained yet."""
    if not best:
        return ""
    first, *others = best
    path = f"M{number(x.at(first[0]))} {number(y.at(first[1]))}"
    return path + "".join(f"H{number(x.at(days))}V{number(y.at(cost))}" for days, cost in others)
