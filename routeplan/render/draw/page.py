"""One HTML file with everything in it: opens anywhere, asks nobody."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Any

from routeplan.render.draw.bars import ranges_svg, stack_svg
from routeplan.render.draw.distance import distance_svg
from routeplan.render.draw.evidence import cleaned, evidence_data, script_json
from routeplan.render.draw.front import front_svg
from routeplan.render.draw.map_svg import credit_lines, legend_rows
from routeplan.render.draw.markup import Markup, join, tag
from routeplan.render.draw.scene import plan_scene
from routeplan.render.draw.series import (
    COST_STYLES,
    cost_stacks,
    front_points,
    profiles,
    range_bars,
)
from routeplan.render.draw.sheet import Sheet, plain_number
from routeplan.render.draw.style import minified, static_text
from routeplan.render.draw.timeline import way_cards, way_panels
from routeplan.render.draw.world import world_map
from routeplan.units import money_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from routeplan.render.draw.scene import Scene
    from routeplan.render.draw.shapes import ShapeBook

_SHEET = Sheet(900, 320, inner=True)
_SLOT = re.compile(r"<!--\s*slot (\w+)\s*-->")


def plan_page(record: dict[str, Any], book: ShapeBook) -> str:
    """Write the page of a plan.

    Parameters
    ----------
    record
        What `page_record` returns.
    book
        Shapes of links.

    Returns
    -------
    str
        A whole HTML file: no request leaves it, and its content security policy allows none.
    """
    scene = plan_scene(record, book)
    slots = {
        "title": join(record["title"]),
        "request": join(" · ".join(record["request"])),
        "ways": way_cards(record),
        "map": world_map(scene),
        "legend": legend(scene),
        "credits": join(" · ".join(credit_lines(scene))),
        "panels": way_panels(record),
        "charts": join(*_charts(record)),
        "notes": join(*(tag("li", note) for note in record["notes"])),
        "data": Markup(script_json(cleaned(evidence_data(record)))),
    }
    return filled_page("plan.html", slots, ("page.css",), ("view.js", "plan.js"))


def filled_page(
    template: str, slots: Mapping[str, Markup], styles: tuple[str, ...], scripts: tuple[str, ...]
) -> str:
    """Fill a template of the static folder.

    Parameters
    ----------
    template
        File with `<!-- slot NAME -->` comments.
    slots
        What stands in each; `style`, `script` and `policy` are added, and `lang`, English, if it
        is missing.
    styles, scripts
        Files put together, the palette and the picture styles first.
    """
    css = minified("\n".join(map(static_text, ("palette.css", "picture.css", *styles))))
    script = "\n".join(map(static_text, scripts))
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src '{_digest(css)}'; script-src '{_digest(script)}'"
    )
    added = {"style": css, "script": script, "policy": join(policy)}
    known: dict[str, str] = {"lang": "en", **slots, **added}
    known["head"] = _filled("head.html", known).rstrip()
    return _filled(template, known)


def _filled(template: str, known: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda found: known[found[1]], static_text(template))


def legend(scene: Scene) -> Markup:
    """Write what the lines and marks mean, as a list."""
    return join(
        *(
            tag(
                "li",
                tag(
                    "svg",
                    tag("g", figure, class_=style or None, transform="translate(2 8)"),
                    class_="picture",
                    viewBox="0 0 30 16",
                    width=30,
                    height=16,
                    aria_hidden="true",
                ),
                name,
            )
            for figure, style, name in legend_rows(scene, scene.marks)
        )
    )


def _charts(record: dict[str, Any]) -> Iterator[Markup]:
    """Yield the charts; those along the way once for each way, to be shown with it."""
    currency = record["money"]["currency"]
    points = front_points(record)
    front = [(p["days"], p["cost"]) for p in record["front"]]
    yield _chart(
        "front",
        front_svg(points, currency=currency, front=front, sheet=_SHEET),
    )
    for name, value, text in (
        ("days", "days", plain_number),
        ("cost", currency, money_text),
    ):
        lines = profiles(record, name)
        for way in record["ways"]:
            drawn = distance_svg(lines, value=value, text=text, chosen=way["rank"], sheet=_SHEET)
            yield _chart(name, drawn, way["rank"])
    stack = stack_svg(
        cost_stacks(record),
        COST_STYLES,
        title=currency,
        text=money_text,
        width=_SHEET.width,
        inner=True,
    )
    yield _chart("stack", stack)
    yield _chart("ranges", ranges_svg(range_bars(record), width=_SHEET.width, inner=True))


def _chart(name: str, drawn: str, way: int | None = None) -> Markup:
    shown = name == "front" and way in (None, 1)
    return tag(
        "div",
        Markup(drawn),
        class_="chart",
        data_chart=name,
        tabindex=0,
        data_way=way,
        hidden=None if shown else "",
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
