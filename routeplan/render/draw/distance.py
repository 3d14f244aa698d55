"""Time and cost along the way, as UNESCAP draws them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from routeplan.language import say
from routeplan.render.draw.axis import Scale, bottom_axis, left_axis, scale_of
from routeplan.render.draw.labels import text_width
from routeplan.render.draw.markup import Markup, join, number, tag
from routeplan.render.draw.sheet import Sheet, drawn_on
from routeplan.units import km_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PAPER = Sheet(900, 380)
_OFF_SCALE = 2.2
"""A way this many times the one the scale is made for is not drawn to scale."""


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


def distance_svg(
    profiles: Sequence[Profile],
    *,
    value: str,
    text: Callable[[float], str],
    chosen: int = 1,
    sheet: Sheet = PAPER,
) -> str:
    """Draw what adds up along the way, as UNESCAP's time/cost-distance method does.

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
    sheet
        The size, and whether it stands in a page.
    """
    width, height = sheet.width, sheet.height
    limit = _OFF_SCALE * next((p.corners[-1][1] for p in profiles if p.way == chosen), 0.0)
    shown = [p for p in profiles if p.corners[-1][1] <= limit or not limit]
    x = scale_of([corner[0] for p in shown for corner in p.corners], 66, width - 20, zero=True)
    y = scale_of([corner[1] for p in shown for corner in p.corners], height - 48, 34, zero=True)
    order = sorted(shown, key=lambda p: (p.way == chosen, -p.way))
    off = [
        say("way {rank}: {value}", rank=p.way, value=text(p.corners[-1][1]))
        for p in profiles
        if p not in shown
    ]
    body = join(
        left_axis(y, 66, width - 20, value, text),
        bottom_axis(x, height - 48, 34, say("kilometres from the start"), km_text),
        *(_profile(p, x, y, is_chosen=p.way == chosen) for p in order),
        tag(
            "text",
            say("off the scale: {ways}", ways=", ".join(off)),
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
    return drawn_on(sheet, body, f"{value} along the way", about)


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
            class_="strong halo",
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
                class_="soft halo",
                x=number(u + (8 if right else -8)),
                y=number(v),
                text_anchor=anchor,
            )
        )
    return named
