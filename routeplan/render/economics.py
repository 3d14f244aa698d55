"""What a way costs all in all: the generalised cost by its parts, and what the cargo means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.itinerary.certainty import uncertainty_of
from routeplan.itinerary.shelf_life import shelf_life_h
from routeplan.language import number_text, say
from routeplan.render.cells import plain
from routeplan.render.figures import money_text
from routeplan.units import HOURS_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.itinerary.model import Itinerary, Plan
    from routeplan.scenario.request import RouteRequest

_ADDED = ("Freight", "Handling", "Borders", "Power", "Time", "CO2e")
"""The fields of `CostParts` that add up, as a table heads them."""


def parts_dict(itinerary: Itinerary) -> dict[str, Any]:
    """Return the generalised cost by its parts as the JSON contract has it.

    The first six add up to `generalised_cost_usd`; `carrying_usd` is a part of `time_usd`, and
    `reliability_usd` stands beside the sum.
    """
    parts = itinerary.cost_parts
    if parts is None:
        return {}
    found = {f"{name}_usd": cents / 100 for name, cents in parts._asdict().items()}
    reliability_usd = uncertainty_of(itinerary).reliability_cost_usd
    return found | {"reliability_usd": round(reliability_usd, 2)}


def cargo_dict(request: RouteRequest) -> dict[str, Any]:
    """Return what the cargo means for cost and time, as the JSON contract has it."""
    shipment = request.shipment
    cargo = shipment.cargo
    keeps_h = shelf_life_h(request)
    return {
        "cargo_id": cargo.cargo_id,
        "name": cargo.name,
        "hs": cargo.hs,
        "flags": list(cargo.flags),
        "reefer": cargo.reefer,
        "mass_t": shipment.mass_t,
        "value_usd": round(shipment.worth_usd, 2),
        "value_of_time_usd_per_h": round(shipment.value_of_time_usd_per_h, 4),
        "carrying_usd_per_h": round(shipment.carrying_usd_per_h, 4),
        "power_usd_per_h": round(shipment.boxes * (cargo.plug_usd_per_h or 0.0), 4),
        "shelf_life_h": keeps_h,
        "sources": list(cargo.source_ids),
    }


def shelf_life_dict(request: RouteRequest, itinerary: Itinerary) -> dict[str, Any]:
    """Return whether a way keeps the shelf life; nothing for a cargo without one."""
    keeps_h = shelf_life_h(request)
    if keeps_h is None:
        return {}
    totals = itinerary.totals
    return {
        "shelf_life": {
            "limit_h": keeps_h,
            "holds_p50": totals.time_h_p50 <= keeps_h,
            "holds_p90": totals.time_h_p90 <= keeps_h,
        }
    }


def cargo_sentence(plan: Plan) -> str:
    """Say what the goods are worth, what an hour of them costs, and how long they keep."""
    request = plan.request
    shipment, cargo, prices = request.shipment, request.shipment.cargo, plan.prices
    unit = prices.currency.upper()
    texts = [
        say(
            "{cargo}, {mass} t worth {value}: an hour costs {vot}.",
            cargo=plain(say(cargo.name)) if cargo.name else cargo.cargo_id,
            mass=number_text(f"{shipment.mass_t:g}"),
            value=f"{money_text(prices.shown(shipment.worth_usd))} {unit}",
            vot=f"{_small(prices.shown(shipment.value_of_time_usd_per_h))} {unit}",
        )
    ]
    if carrying := shipment.carrying_usd_per_h:
        usd = f"{_small(prices.shown(carrying))} {unit}"
        texts.append(say("Of that {usd} is capital, risk and ageing.", usd=usd))
    if cargo.plug_usd_per_h:
        power = prices.shown(shipment.boxes * cargo.plug_usd_per_h)
        texts.append(
            say("Power while it stands costs {usd} an hour.", usd=f"{_small(power)} {unit}")
        )
    if (keeps_h := shelf_life_h(request)) is not None:
        days = number_text(f"{keeps_h / HOURS_PER_DAY:g}")
        texts.append(say("It keeps {days} days.", days=days))
    return " ".join(texts)


def parts_title(plan: Plan) -> str:
    """Head the table of parts."""
    return say("Generalised cost by its parts, {unit}", unit=plan.prices.currency.upper())


def parts_rows(plan: Plan) -> list[dict[str, Any]]:
    """Return a row of each way's parts in whole units of money; the parts add up to `Sum`.

    A part that no way has is left out. `Capital` is within `Time`; `Uncertainty` beside the sum.
    """
    shown = [
        (rank, way, way.cost_parts)
        for rank, way in enumerate(plan.itineraries, 1)
        if way.cost_parts is not None
    ]
    used = [index for index in range(len(_ADDED)) if any(parts[index] for _, _, parts in shown)]
    rows = []
    for rank, way, parts in shown:
        money = [plan.prices.shown(parts[index] / 100) for index in used]
        *added, whole = adding_up(money)
        beside = uncertainty_of(way).reliability_cost_usd
        rows.append(
            {
                "Way": rank,
                **{_ADDED[i]: _whole(n) for i, n in zip(used, added, strict=True)},
                "Sum": _whole(whole),
                "Capital": _whole(round(plan.prices.shown(parts.carrying / 100))),
                "Uncertainty": _whole(round(plan.prices.shown(beside))),
            }
        )
    return rows


def parts_note() -> str:
    """Explain the table of parts."""
    return say(
        "Capital is a part of Time, not added to it. Uncertainty, the standard deviation at its "
        "price, stands beside the sum: it is no sum over the steps, so no search can minimise it "
        "exactly."
    )


def adding_up(amounts: Sequence[float]) -> list[int]:
    """Round amounts to whole numbers that add up to their rounded sum, which comes last.

    The largest remainders are rounded up (Hamilton's method), none by more than one.
    """
    whole = round(sum(amounts))
    floors = [int(amount // 1) for amount in amounts]
    by_rest = sorted(range(len(amounts)), key=lambda i: floors[i] - amounts[i])
    for index in by_rest[: whole - sum(floors)]:
        floors[index] += 1
    return [*floors, whole]


def parts_sentence(row: dict[str, Any]) -> str:
    """Write a row of parts as a sum, for where a table has no room."""
    added = " + ".join(f"{say(name)} {row[name]}" for name in _ADDED if name in row)
    return say("Way {rank}: {note}", rank=row["Way"], note=f"{added} = {row['Sum']}")


def _whole(amount: int) -> str:
    return number_text(f"{amount:,}".replace(",", " "))


def _small(amount: float) -> str:
    return number_text(f"{amount:.2f}")
