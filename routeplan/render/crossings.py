"""Countries, borders and passages of a way: in one sentence, and as the JSON contract has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.itinerary.crossings import crossings
from routeplan.language import say, say_name
from routeplan.places.countries import country_name
from routeplan.render.figures import duration_text
from routeplan.render.way import label, passages

if TYPE_CHECKING:
    from routeplan.itinerary.crossings import Crossing
    from routeplan.itinerary.model import Itinerary


def crossing_dicts(itinerary: Itinerary) -> list[dict[str, Any]]:
    """Return each change of country as the JSON contract has it; `land` is a border on land."""
    return [
        {
            "leg": number,
            "edge_id": leg.edge.edge_id,
            "mode": str(leg.mode),
            "land": found.is_land,
            "from_country": leg.start.country,
            "to_country": leg.end.country,
            "from": leg.start.node_id,
            "to": leg.end.node_id,
            "name": f"{label(leg.start)} - {label(leg.end)}",
            "time_h_mean": round(leg.time_h.mean, 3),
            "wait_h_mean": round(leg.wait_h.mean, 3),
            "cost_usd": round(leg.cost_usd, 2),
        }
        for found in crossings(itinerary.legs)
        for number, leg in (found,)
    ]


def crossings_sentence(itinerary: Itinerary) -> str:
    """Name the countries, where each border is crossed and how long it takes, and the passages."""
    names = ", ".join(say_name("country", country_name(code)) for code in itinerary.countries)
    texts = [say("Countries: {names}.", names=names)]
    found = [_crossing_text(crossing) for crossing in crossings(itinerary.legs)]
    if found:
        texts.append(say("Borders: {names}.", names="; ".join(found)))
    if straits := passages(itinerary):
        texts.append(say("Straits and canals: {names}.", names=", ".join(straits)))
    return " ".join(texts)


def _crossing_text(crossing: Crossing) -> str:
    leg = crossing.leg
    between = f"{leg.start.country}-{leg.end.country}"
    where = f"{label(leg.start)} - {label(leg.end)}"
    if not crossing.is_land:
        return f"{between} {where} ({say(leg.mode)})"
    return f"{between} {where} ({say(leg.mode)}, {duration_text(leg.mean_h)})"
