"""Charts of ways: trade-off, time and cost along the way, cost by kind, certainty.

Plain values in, an SVG picture out. With `inner=True` a chart comes without its own style, to stand in
a page that has picture.css; what can be chosen there carries `data-way`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from routeplan.render.draw.axis import Scale, bottom_axis, left_axis, scale_of
from routeplan.render.draw.labels import text_width
from routeplan.render.draw.markup import Markup, join, number, tag
from routeplan.render.draw.style import standalone
from routeplan.units import km_text, money_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


_OFF_SCALE = 2.2
"""A way this many times the one the scale is made for is not drawn to scale."""


@dataclass(frozen=True, slots=True)
class FrontPoint:
    """One way in the trade-off chart: days at P10, P50 and P90, and what it costs."""

    way: int
    name: str
    days_p10: float
    days: float
    days_p90: float
    cost: float


@dataclass(frozen=True, slots=True)
class Profile:
    """Time or cost along one way.

    Parameters
    ----------
    way
        Its rank.
    name
        What it is called.
    corners
        Kilometres from the start, what has added up there, and the class that colours the piece
        before it; a vertical step is two corners at one distance. The first is the start.
    steps
        The vertical steps worth a name: kilometres, value after the step, name, class.
    """

    way: int
    name: str
    corners: tuple[tuple[float, float, str], ...]
    steps: tuple[tuple[float, float, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RangeBar:
    """Days of one way: P10, P50, P90 and the average."""

    way: int
    name: str
    p10: float
    p50: float
    p90: float
    mean: float


def front_svg(
    points: Sequence[FrontPoint],
    *,
    currency: str = "USD",
    front: Sequence[tuple[float, float]] = (),
    chosen: int = 1,
    width: int = 640,
    height: int = 360,
    inner: bool = False,
) -> str:
    """Draw time against cost: a point per way, its P10-P90 as a bar.

    Parameters
    ----------
    points
        At least one.
    currency
        Of the costs.
    front
        Days and cost of the points of the exact front, if it is known; drawn as steps. Without it
        the steps join the listed ways that no other listed way beats in both.
    chosen
        Rank of the way to stress.
    width, height
        Of the picture in pixels.
    inner
        For use within a page.
    """
    days = [v for p in points for v in (p.days_p10, p.days, p.days_p90)] + [d for d, _ in front]
    x = scale_of(days, 62, width - 16)
    y = scale_of([p.cost for p in points] + [c for _, c in front], height - 48, 30)
    order = sorted(points, key=lambda p: (p.way == chosen, -p.way))
    best = sorted(front) or undominated([(p.days, p.cost) for p in points])
    body = join(
        left_axis(y, 62, width - 16, f"cost, {currency}", money_text),
        bottom_axis(x, height - 48, 30, "days door to door, P50 with P10-P90", _plain),
        tag("path", class_="front", d=_steps(best, x, y)),
        *(_front_point(p, x, y, is_chosen=p.way == chosen, inner=inner) for p in order),
    )
    about = "; ".join(
        f"way {p.way}, {p.name}: {p.days:.1f} days, {money_text(p.cost)} {currency}" for p in points
    )
    return _picture(body, width, height, "Time against cost", about, inner=inner, role="group")


def undominated(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the points that no other equals or beats in both values, by the first value."""
    best: list[tuple[float, float]] = []
    for point in sorted(set(points)):
        if not best or point[1] < best[-1][1]:
            best.append(point)
    return best


def distance_svg(
    profiles: Sequence[Profile],
    *,
    value: str,
    text: Callable[[float], str],
    chosen: int = 1,
    width: int = 900,
    height: int = 380,
    inner: bool = False,
) -> str:
    """Draw what adds up along the way against distance, as UNESCAP's time/cost-distance method does.

    A slope is movement, a vertical step is a border, a port or a wait. After UNESCAP, Time/Cost-
    Distance methodology (Beresford and Dubey).

    Parameters
    ----------
    profiles
        At least one.
    value
        Title of the upright scale, with its unit.
    text
        How to write a value.
    chosen
        Rank of the profile to stress: it is coloured, its steps are named, and the scales are made
        for it. Profiles over twice as high are left out, and named below.
    width, height
        Of the picture in pixels.
    inner
        For use within a page.
    """
    limit = _OFF_SCALE * next((p.corners[-1][1] for p in profiles if p.way == chosen), 0.0)
    shown = [p for p in profiles if p.corners[-1][1] <= limit or not limit]
    x = scale_of([corner[0] for p in shown for corner in p.corners], 66, width - 20, zero=True)
    y = scale_of([corner[1] for p in shown for corner in p.corners], height - 48, 34, zero=True)
    order = sorted(shown, key=lambda p: (p.way == chosen, -p.way))
    off = [f"way {p.way}: {text(p.corners[-1][1])}" for p in profiles if p not in shown]
    body = join(
        left_axis(y, 66, width - 20, value, text),
        bottom_axis(x, height - 48, 34, "kilometres from the start", km_text),
        *(_profile(p, x, y, is_chosen=p.way == chosen) for p in order),
        tag(
            "text",
            f"off the scale: {', '.join(off)}",
            class_="soft",
            x=width - 20,
            y=20,
            text_anchor="end",
        )
        if off
        else None,
    )
    about = "; ".join(
        f"way {p.way}, {p.name}: {km_text(p.corners[-1][0])} km, {text(p.corners[-1][1])}"
        for p in profiles
    )
    return _picture(body, width, height, f"{value} along the way", about, inner=inner)


def stack_svg(
    stacks: Sequence[tuple[int, str, Mapping[str, float]]],
    styles: Mapping[str, str],
    *,
    title: str,
    text: Callable[[float], str],
    width: int = 640,
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
        Of the picture in pixels.
    inner
        For use within a page.
    """
    totals = [sum(parts.values()) for _, _, parts in stacks]
    height = 30 * len(stacks) + 96
    x = Scale(0, _stack_end(totals), 30, width - 96)
    rows = []
    for index, ((way, name, parts), total) in enumerate(zip(stacks, totals, strict=True)):
        left, top = 0.0, 40 + 30 * index
        bars = []
        for part, style in styles.items():
            amount = parts.get(part, 0.0)
            wide = x.at(min(left + amount, x.high)) - x.at(min(left, x.high))
            if wide > 0:
                tip = tag("title", f"{part}: {text(amount)}")
                bars.append(
                    tag(
                        "rect",
                        tip,
                        class_=f"fill {style}",
                        x=number(x.at(left)),
                        y=top,
                        width=number(wide),
                        height=20,
                    )
                )
            left += amount
        cut = "» " if total > x.high else ""
        end = tag("text", f"{cut}{text(total)}", x=number(x.at(min(total, x.high)) + 6), y=top + 14)
        label = tag("text", str(way), class_="strong", x=20, y=top + 14, text_anchor="end")
        rows.append(tag("g", tag("title", f"Way {way}, {name}"), label, *bars, end, data_way=way))
    used = {p: s for p, s in styles.items() if any(parts.get(p) for _, _, parts in stacks)}
    axis = bottom_axis(x, height - 48, 34, title, text, 5)
    body = join(axis, *rows, _key(used))
    about = "; ".join(
        f"way {way}, {name}: {text(total)}"
        for (way, name, _), total in zip(stacks, totals, strict=True)
    )
    return _picture(body, width, height, title, about, inner=inner)


def ranges_svg(bars: Sequence[RangeBar], *, width: int = 640, inner: bool = False) -> str:
    """Draw P10 to P90 of each way as a bar, P50 as a line, the average as a point.

    Parameters
    ----------
    bars
        At least one.
    width
        Of the picture in pixels.
    inner
        For use within a page.
    """
    height = 30 * len(bars) + 76
    x = Scale(0, max(max(b.p90, b.mean) for b in bars) * 1.04, 30, width - 20)
    rows = []
    for index, bar in enumerate(bars):
        y = 20 + 30 * index
        low, high = x.at(bar.p10), x.at(bar.p90)
        tip = f"Way {bar.way}, {bar.name}: P10 {bar.p10:.1f}, P50 {bar.p50:.1f}, P90 {bar.p90:.1f}, average {bar.mean:.1f} days"
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
    title = "days door to door: bar P10 to P90, line P50, point average"
    body = join(bottom_axis(x, height - 48, 14, title, _plain), *rows)
    about = "; ".join(f"way {b.way}, {b.name}: P50 {b.p50:.1f} days" for b in bars)
    return _picture(body, width, height, "How sure the time is", about, inner=inner)


def _stack_end(totals: Sequence[float]) -> float:
    """Return the end of a scale on which most bars can be told apart; longer ones are cut."""
    usual = [total for total in totals if total <= 2 * _OFF_SCALE * median(totals)]
    return 1.02 * max(usual) or 1.0


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
    """Join points of a front by right angles: between two points neither value is reached earlier."""
    if not best:
        return ""
    first, *others = best
    path = f"M{number(x.at(first[0]))} {number(y.at(first[1]))}"
    return path + "".join(f"H{number(x.at(days))}V{number(y.at(cost))}" for days, cost in others)


def _profile(profile: Profile, x: Scale, y: Scale, *, is_chosen: bool) -> Markup:
    end_km, end, _ = profile.corners[-1]
    return tag(
        "g",
        tag("title", f"Way {profile.way}, {profile.name}"),
        *(_pieces(profile, x, y) if is_chosen else [_whole(profile, x, y)]),
        *(_step_names(profile, x, y) if is_chosen else []),
        tag(
            "text",
            str(profile.way),
            class_="strong",
            x=number(x.at(end_km) + 4),
            y=number(y.at(end) + 4),
        ),
        class_="chosen" if is_chosen else None,
    )


def _whole(profile: Profile, x: Scale, y: Scale) -> Markup:
    line = "L".join(f"{number(x.at(km))} {number(y.at(value))}" for km, value, _ in profile.corners)
    return tag("path", class_="profile", d=f"M{line}")


def _pieces(profile: Profile, x: Scale, y: Scale) -> list[Markup]:
    """Draw a profile in pieces of one colour."""
    pieces: list[tuple[str, list[str]]] = []
    for (km0, value0, _), (km, value, style) in pairwise(profile.corners):
        if not pieces or pieces[-1][0] != style:
            pieces.append((style, [f"M{number(x.at(km0))} {number(y.at(value0))}"]))
        pieces[-1][1].append(f"L{number(x.at(km))} {number(y.at(value))}")
    return [tag("path", class_=f"profile {style}", d="".join(path)) for style, path in pieces]


def _step_names(profile: Profile, x: Scale, y: Scale) -> list[Markup]:
    """Name the vertical steps, right of the line, where there is room under the one before."""
    named = []
    taken: list[tuple[float, float, float]] = []
    for km, value, name, style in profile.steps:
        u, v = x.at(km), y.at(value)
        wide = text_width(name, 11) + 8
        right = u + 8 + wide < x.end
        left = u + 8 if right else u - 8 - wide
        v += 12
        if any(left < b and a < left + wide and abs(v - w) < 13 for a, b, w in taken):
            continue
        taken.append((left, left + wide, v))
        named.append(tag("circle", class_=f"fill {style}", cx=number(u), cy=number(v - 12), r=3))
        anchor = "start" if right else "end"
        named.append(
            tag(
                "text",
                name,
                class_="soft",
                x=number(u + (8 if right else -8)),
                y=number(v),
                text_anchor=anchor,
            )
        )
    return named


def _key(styles: Mapping[str, str]) -> Markup:
    x = 30.0
    items = []
    for name, style in styles.items():
        items.append(
            tag("rect", class_=f"fill {style}", x=number(x), y=10, width=12, height=12, rx=2)
        )
        items.append(tag("text", name, x=number(x + 17), y=20))
        x += 34 + text_width(name, 12)
    return join(*items)


def _plain(value: float) -> str:
    return number(value, 1)


def _picture(
    body: Markup,
    width: float,
    height: float,
    title: str,
    about: str,
    *,
    inner: bool,
    role: str = "img",
) -> str:
    if not inner:
        return standalone(body, width, height, title, about)
    return tag(
        "svg",
        tag("title", title),
        tag("desc", about),
        body,
        viewBox=f"0 0 {width:g} {height:g}",
        class_="picture",
        role=role,
        aria_label=f"{title}. {about}",
    )
