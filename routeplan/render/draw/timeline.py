"""The words of a page: the list of ways, and each way step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.render.draw.markup import Markup, join, number, tag
from routeplan.render.draw.scene import MODE_NAMES
from routeplan.render.draw.series import money, range_bars
from routeplan.units import days_text, duration_text, kg_text, km_text, money_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.render.draw.bars import RangeBar


def way_cards(record: dict[str, Any], chosen: int = 1) -> Markup:
    """Write the ways as a group of radio buttons, each with its totals and a P10-P90 bar."""
    bars = range_bars(record)
    end = max(max(bar.p90, bar.mean) for bar in bars)
    itineraries = record["plan"]["itineraries"]
    return join(
        *(
            _card(record, way, itinerary, (bar, end), checked=way["rank"] == chosen)
            for way, itinerary, bar in zip(record["ways"], itineraries, bars, strict=True)
        )
    )


def _card(
    record: dict[str, Any],
    way: dict[str, Any],
    itinerary: dict[str, Any],
    bar: tuple[RangeBar, float],
    *,
    checked: bool,
) -> Markup:
    totals = itinerary["totals"]
    low, high = totals["time_h_p10"] / 24, totals["time_h_p90"] / 24
    return tag(
        "label",
        tag(
            "input",
            type="radio",
            name="way",
            value=way["rank"],
            checked="checked" if checked else None,
        ),
        tag("b", str(way["rank"]), class_="rank"),
        tag(
            "span",
            tag("span", way["label"], class_="name"),
            tag(
                "span",
                tag("b", days_text(totals["time_h_p50"])),
                f" ({low:.0f}-{high:.0f}) · ",
                tag("b", _amount(record, totals["cost_usd"])),
                f" · {kg_text(totals['co2e_kg'])} kg CO2e",
                class_="figures",
            ),
            _bar(*bar),
            tag("span", " ".join(itinerary["countries"]), class_="countries"),
            class_="card",
        ),
        class_="way-card",
    )


def _bar(bar: RangeBar, end: float) -> Markup:
    """Draw P10 to P90 with P50 and the average, 100 units wide for the slowest way."""
    low, middle, high, mean = (100 * v / end for v in (bar.p10, bar.p50, bar.p90, bar.mean))
    return tag(
        "svg",
        tag("path", class_="grid", d="M0 5H100"),
        tag("rect", class_="bar", x=number(low), y=1.5, width=number(high - low), height=7, rx=1.5),
        tag("path", class_="median", d=f"M{number(middle)} 0V10"),
        tag("path", class_="axis", d=f"M{number(mean)} 2.5V7.5"),
        class_="picture range-bar",
        viewBox="0 0 100 10",
        preserveAspectRatio="none",
        role="img",
        aria_label=bar.words(),
    )


def way_panels(record: dict[str, Any], chosen: int = 1) -> Markup:
    """Write every way: totals, how it is known, and its steps; all but one hidden."""
    return join(
        *(
            tag(
                "section",
                *_panel(record, way, itinerary),
                class_="panel",
                data_way=way["rank"],
                hidden=None if way["rank"] == chosen else "",
                aria_label=f"Way {way['rank']}",
            )
            for way, itinerary in zip(record["ways"], record["plan"]["itineraries"], strict=True)
        )
    )


def _panel(
    record: dict[str, Any], way: dict[str, Any], itinerary: dict[str, Any]
) -> Iterator[Markup]:
    totals = itinerary["totals"]
    yield tag("h2", f"Way {way['rank']}: {way['label']}")
    yield tag("p", itinerary["way"], class_="route")
    facts = {
        "km": km_text(totals["distance_km"]),
        "days on average": f"{totals['time_h'] / 24:.1f}",
        record["money"]["currency"]: money_text(money(record, totals["cost_usd"])),
        "kg CO2e": kg_text(totals["co2e_kg"]),
        "borders": str(totals["borders"]),
        "transshipments": str(totals["transshipments"]),
    }
    yield tag(
        "dl",
        *(tag("div", tag("dt", name), tag("dd", value)) for name, value in facts.items()),
        class_="facts",
    )
    yield tag("p", way["duration"], class_="soft")
    yield _known(itinerary["confidence"])
    steps = (_step(record, step, number) for number, step in enumerate(way["steps"], 1))
    yield tag("ol", *steps, class_="steps")


def _known(confidence: dict[str, dict[str, float]]) -> Markup:
    """Draw how time and cost are known, as two bars with their words."""
    rows = []
    for what, shares in confidence.items():
        text = ", ".join(f"{share:.0%} {name}" for name, share in shares.items() if share >= 0.005)
        left, parts = 0.0, []
        for name, share in shares.items():
            parts.append(
                tag(
                    "rect",
                    class_=f"fill {name}",
                    x=number(left),
                    width=number(100 * share),
                    height=10,
                )
            )
            left += 100 * share
        bar = tag(
            "svg",
            *parts,
            class_="picture share",
            viewBox="0 0 100 10",
            preserveAspectRatio="none",
            aria_hidden="true",
        )
        rows.append(tag("div", tag("span", f"{what} is known: {text or '0'}"), bar))
    return tag("div", *rows, class_="known")


def _step(record: dict[str, Any], step: dict[str, Any], place: int) -> Markup:
    moving = step["kind"] in ("move", "access")
    facts = [
        step.get("hours"),
        f"{km_text(step['distance_km'])} km" if step["distance_km"] >= 0.5 else None,
        duration_text(step["time_h"]) if step["time_h"] else None,
        _amount(record, step["cost_usd"]) if step["cost_usd"] else None,
        f"{kg_text(step['co2e_kg'])} kg CO2e" if step["co2e_kg"] else None,
    ]
    wait = step["wait_h"]
    action = MODE_NAMES[step["mode"]] if step["kind"] == "move" else step["action"]
    return tag(
        "li",
        tag("p", f"wait {duration_text(wait)}", class_="wait") if wait else None,
        tag(
            "details",
            tag(
                "summary",
                tag("span", action, class_="what"),
                " ",
                tag("span", step["where"], class_="where"),
                " ",
                tag("span", " · ".join(filter(None, facts)), class_="figures"),
            ),
            tag("p", f"by {step['via']}", class_="soft") if step["via"] else None,
            tag("div", class_="sources"),
        ),
        class_=f"step {step['mode'] if moving else step['kind']}",
        data_step=place,
    )


def _amount(record: dict[str, Any], usd: float) -> str:
    return f"{money_text(money(record, usd))} {record['money']['currency']}"
