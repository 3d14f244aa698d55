"""How sure a way is, in words: its chance of the deadline, and what makes it uncertain."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from routeplan.itinerary.certainty import uncertainty_of
from routeplan.language import day_text, number_text, say
from routeplan.network.vocabulary import EdgeKind, Metric, Mode
from routeplan.render.figures import days_text, duration_text
from routeplan.render.way import Step, label, steps
from routeplan.units import HOURS_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.itinerary.certainty import Driver
    from routeplan.itinerary.model import Itinerary, Totals
    from routeplan.scenario.request import RouteRequest

_SHOWN = 3
VEHICLES = {
    Mode.RAIL: "train",
    Mode.ROAD: "truck",
    Mode.SEA: "ship",
    Mode.FERRY: "ferry",
    Mode.BARGE: "barge",
    Mode.AIR: "flight",
}
"""Mode -> what carries the load, in a plain word."""


def certainty_dict(itinerary: Itinerary) -> dict[str, Any]:
    """Return what makes a way uncertain as the JSON contract has it; legs count from 1."""
    found = uncertainty_of(itinerary)
    numbered = _step_of_each_leg(itinerary)
    return {
        "time_h_sd": round(found.time_h_sd, 2),
        "reliability_cost_usd": round(found.reliability_cost_usd, 2),
        "drivers": [
            {
                "label": _driver_text(driver, numbered),
                "cause": driver.cause,
                "share": round(driver.share, 4),
                "parts": [
                    {"leg": part.leg + 1, "metric": str(part.metric), "share": round(part.share, 4)}
                    for part in driver.parts
                ],
            }
            for driver in found.drivers
        ],
    }


def percent_text(share: float) -> str:
    """Write a chance in whole percent; no number of draws makes it certain or impossible."""
    if share >= 0.995:
        return ">99%"
    if share < 0.005:
        return "<1%"
    return f"{share:.0%}"


def deadline_text(hours: float) -> str:
    """Write a deadline: `25 d`, `12.5 d`, or `620 h` where days would need more than a decimal."""
    days = round(hours / HOURS_PER_DAY, 1)
    if days * HOURS_PER_DAY == hours:
        return f"{number_text(f'{days:g}')} {say('d')}"
    return f"{number_text(f'{hours:g}')} {say('h')}"


def due_text(request: RouteRequest) -> str:
    """Say when the load is due: after how long, and on which day if that is known."""
    hours, depart = request.deadline_h or 0.0, request.depart
    text = say("due within {time}", time=deadline_text(hours))
    days, rest = divmod(hours, HOURS_PER_DAY)
    if depart is None or rest or days > (date.max - depart).days:
        return text
    return say("{due}, by {day}", due=text, day=day_text(depart + timedelta(days=days)))


def certainty_sentences(itinerary: Itinerary, deadline_h: float | None) -> list[str]:
    """Say how likely a way keeps the deadline, if there is one, and what makes it uncertain."""
    found = [deadline_sentence(itinerary.totals, deadline_h), uncertainty_sentence(itinerary)]
    return [sentence for sentence in found if sentence]


def deadline_sentence(totals: Totals, deadline_h: float | None) -> str:
    """Say how likely a way keeps the deadline and how late it is; empty without a deadline."""
    share, lateness_h = totals.on_time_share, totals.expected_lateness_h
    if share is None or lateness_h is None:
        return ""
    if deadline_h is None:  # each way has its own: from when it leaves until it is to be there
        text = say("In time: {share}.", share=percent_text(share))
    else:
        within = deadline_text(deadline_h)
        text = say("Within {time}: {share}.", time=within, share=percent_text(share))
    if share == 1:
        return text
    late = say(
        "Expected lateness {mean}; when late, {late} on average.",
        mean=_lateness_text(lateness_h),
        late=_lateness_text(lateness_h / (1 - share)),
    )
    return f"{text} {late}"


def uncertainty_sentence(itinerary: Itinerary) -> str:
    """Name the causes that drive the spread of a way most; empty where nothing varies."""
    drivers = uncertainty_of(itinerary).drivers
    if not drivers:
        return ""
    numbered = _step_of_each_leg(itinerary)
    parts = [f"{_driver_text(d, numbered)} {d.share:.0%}" for d in drivers[:_SHOWN]]
    rest = sum(driver.share for driver in drivers[_SHOWN:])
    if rest >= 0.005:
        parts.append(say("all else {share}", share=f"{rest:.0%}"))
    return say("What makes it uncertain: {causes}.", causes="; ".join(parts))


def _driver_text(driver: Driver, numbered: Sequence[tuple[int, Step]]) -> str:
    """Name a driver by the step that holds most of it: `wait for ferry Kuryk port - Alat port`."""
    by_step: dict[int, dict[Metric, float]] = {}
    for part in driver.parts:
        number, _ = numbered[part.leg]
        shares = by_step.setdefault(number, dict.fromkeys(Metric, 0.0))
        shares[part.metric] += part.share
    main = max(by_step, key=lambda number: sum(by_step[number].values()))
    step, shares = dict(numbered)[main], by_step[main]
    text = (
        f"{step.action} {step.places}"
        if " - " in step.places
        else say("{step} at {place}", step=step.action, place=step.places)
    )
    if shares[Metric.WAIT] > shares[Metric.TIME]:
        text = _wait_text(step)
    others = len(by_step) - 1
    if not others:
        return text
    if others == 1:
        return say("{cause} and 1 step that moves with it", cause=text)
    return say("{cause} and {others} steps that move with it", cause=text, others=others)


def _wait_text(step: Step) -> str:
    if step.kind is EdgeKind.MOVE:
        vehicle = say(VEHICLES[step.legs[0].mode])
        return say("wait for {vehicle} {places}", vehicle=vehicle, places=step.places)
    place = label(step.legs[0].start)
    return say("wait at {place} ({step})", place=place, step=step.action)


def _step_of_each_leg(itinerary: Itinerary) -> list[tuple[int, Step]]:
    """Return for each leg the step of the leg table it stands in, and its number."""
    return [(n, step) for n, step in enumerate(steps(itinerary.legs)) for _ in step.legs]


def _lateness_text(hours: float) -> str:
    return days_text(hours) if hours >= HOURS_PER_DAY else duration_text(hours)
