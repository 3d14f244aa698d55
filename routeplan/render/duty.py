"""Import duty: rates, amounts, and whether a way keeps the condition of direct transport."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.language import number_text, say, say_name
from routeplan.places.countries import country_name
from routeplan.render.cells import plain
from routeplan.render.figures import money_text
from routeplan.render.way import label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routeplan.itinerary.duty import DutyAnswer, WayDuty
    from routeplan.itinerary.model import Plan
    from routeplan.network.records import Duty


def duty_dict(plan: Plan) -> dict[str, Any]:
    """Return the key `duty` of the JSON contract; nothing if no duty was asked for."""
    duty = plan.duty
    if duty is None:
        return {}
    preference = duty.preference
    return {
        "duty": {
            "import_country": duty.import_country,
            "origin_country": duty.origin_country,
            "hs": duty.hs or None,
            "value_usd": round(duty.value_usd, 2),
            "general": _row_dict(duty.general, preferential=False),
            "preference": None
            if preference is None
            else {
                **(_row_dict(preference, preferential=True) or {}),
                "known": duty.has_preference,
                "condition": preference.condition,
                "direct_transport": preference.direct_transport,
            },
            "ways": [_way_dict(way, rank) for rank, way in enumerate(duty.ways, 1)],
        }
    }


def duty_columns(plan: Plan, rank: int) -> dict[str, float | None]:
    """Return a way's duty as flat columns; blank where none was asked for or no rate is known."""
    ways = plan.duty.ways if plan.duty else ()
    way = _way_dict(ways[rank - 1], rank) if ways else {}
    return {
        "duty_general_usd": way.get("general_usd"),
        "duty_preferential_usd": way.get("preferential_usd"),
    }


def duty_title(duty: DutyAnswer) -> str:
    """Head the part on duty."""
    return say("Import duty in {country}", country=_country(duty.import_country))


def duty_sentences(plan: Plan) -> Iterator[str]:
    """Say the rate with and without preference, what it takes, and what is not known."""
    duty = plan.duty
    if duty is None:
        return
    if not duty.ways:
        yield say("No import duty: both places are in one country.")
        return
    cargo = plan.request.shipment.cargo
    yield say(
        "{cargo} taken to originate in {origin}, worth {value} USD. An estimate beside the ways, "
        "no part of their cost; the customs value is the goods and the freight to the border.",
        cargo=plain(say(cargo.name)) if cargo.name else cargo.cargo_id,
        origin=_country(duty.origin_country),
        value=money_text(duty.value_usd),
    )
    if duty.general is None:
        yield say(
            "Without preference: no rate is known for this cargo. Ask customs, or name its line "
            "with --hs."
        )
    else:
        row = duty.general
        yield say(
            "Without preference: {rate}, {regime} {where}",
            rate=_rate(row.mfn_rate, row.mfn_usd_per_t),
            regime=plain(row.regime),
            where=_where(row),
        )
    yield from _preference_sentences(duty)


def duty_rows(plan: Plan) -> list[dict[str, Any]]:
    """Return a row for each way: customs value, duty without and with preference, transit."""
    duty = plan.duty
    if duty is None:
        return []
    return [
        {
            "Way": rank,
            "Customs value": _money(plan, way.customs_value_usd),
            "Without": _money(plan, way.general_usd),
            "With": _money(plan, way.preferential_usd),
            "Third countries": _transit(way) or say("none: direct"),
        }
        for rank, way in enumerate(duty.ways, 1)
    ]


def _preference_sentences(duty: DutyAnswer) -> Iterator[str]:
    row = duty.preference
    if row is None:
        yield say("With preference: none is known between the two countries.")
        return
    if not duty.has_preference:
        yield say("With preference: there is none. {why}", why=f"{_condition(row)} {_where(row)}")
        return
    yield say(
        "With preference: {rate}, {regime} {where}",
        rate=_rate(row.preferential_rate, row.preferential_usd_per_t),
        regime=plain(row.regime),
        where=_where(row),
    )
    if row.condition:
        yield say("It takes: {condition}", condition=_condition(row))
    if not row.direct_transport:
        yield say("The cards name no rule of direct transport for it.")
    elif any(not way.is_direct for way in duty.ways):
        yield say(
            "Direct transport: a way through third countries keeps it only in transit under "
            "customs control, with papers for the whole way; reloading there is the weak point."
        )
    else:
        yield say("Direct transport: every way stays within the parties.")


def _where(row: Duty) -> str:
    """Name what a rate was read for, its date and its sources."""
    read_for = f"HS {row.hs}, " if row.hs else ""
    sources = ", ".join(row.source_ids)
    note = f" {plain(row.note).rstrip('.')}." if row.note else ""
    return f"({read_for}{row.as_of}, {'|'.join(row.confidence)}: {sources}).{note}"


def _condition(row: Duty) -> str:
    return f"{plain(row.condition).rstrip('.')}."


def _transit(way: WayDuty) -> str:
    """List the third countries and where the goods are reloaded in them."""
    text = " ".join(way.third_countries)
    if not way.reloaded_at:
        return text
    places = ", ".join(label(node) for node in way.reloaded_at)
    return say("{countries}; reloaded at {places}", countries=text, places=places)


def _rate(share: float | None, usd_per_t: float | None) -> str:
    parts = []
    if share is not None:
        parts.append(f"{number_text(f'{share * 100:g}')}%")
    if usd_per_t:
        parts.append(f"{number_text(f'{usd_per_t:g}')} USD/t")
    return " + ".join(parts)


def _money(plan: Plan, usd: float | None) -> str:
    if usd is None:
        return say("not known")
    return f"{money_text(plan.prices.shown(usd))} {plan.prices.currency.upper()}"


def _country(code: str) -> str:
    return say_name("country", country_name(code))


def _row_dict(row: Duty | None, *, preferential: bool) -> dict[str, Any] | None:
    if row is None:
        return None
    rate = row.preferential_rate if preferential else row.mfn_rate
    usd_per_t = row.preferential_usd_per_t if preferential else row.mfn_usd_per_t
    return {
        "duty_id": row.duty_id,
        "rate": rate,
        "specific_usd_per_t": usd_per_t,
        "regime": row.regime,
        "hs": row.hs,
        "as_of": row.as_of,
        "confidence": "|".join(row.confidence),
        "sources": list(row.source_ids),
        "note": row.note,
    }


def _way_dict(way: WayDuty, rank: int) -> dict[str, Any]:
    return {
        "rank": rank,
        "freight_to_border_usd": round(way.freight_usd, 2),
        "customs_value_usd": round(way.customs_value_usd, 2),
        "general_usd": None if way.general_usd is None else round(way.general_usd, 2),
        "preferential_usd": None
        if way.preferential_usd is None
        else round(way.preferential_usd, 2),
        "is_direct": way.is_direct,
        "third_countries": list(way.third_countries),
        "reloaded_at": [node.node_id for node in way.reloaded_at],
    }
