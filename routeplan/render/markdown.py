"""A plan as Markdown: for a step summary, a ticket or a mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.render.listing import markdown_table
from routeplan.render.way import label, steps, way_text
from routeplan.units import days_text, duration_text, kg_text, km_text, usd_text

if TYPE_CHECKING:
    from routeplan.itinerary.model import Plan


def plan_markdown(plan: Plan) -> str:
    """Write a plan as a heading, the short list, and the first way step by step."""
    shipment = plan.request.shipment
    ways = [
        {
            "": rank,
            "Best at": ", ".join(i.tags),
            "Way": way_text(i),
            "Days P50 (P10-P90)": f"{i.totals.time_h_p50 / 24:.1f} "
            f"({i.totals.time_h_p10 / 24:.1f}-{i.totals.time_h_p90 / 24:.1f})",
            "USD": usd_text(i.totals.cost_usd),
            "kg CO2e": kg_text(i.totals.co2e_kg),
            "Countries": " ".join(i.countries),
        }
        for rank, i in enumerate(plan.itineraries, 1)
    ]
    first = plan.itineraries[0]
    legs = [
        {
            "Step": step.action,
            "Where": step.places + (f" (by {step.via})" if step.via else ""),
            "km": km_text(step.distance_km) if step.distance_km else "",
            "Wait": duration_text(step.wait_h) if step.wait_h else "",
            "Time": duration_text(step.time_h) if step.time_h else "",
            "USD": usd_text(step.cost_usd) if step.cost_usd else "",
            "kg CO2e": kg_text(step.co2e_kg) if step.co2e_kg else "",
        }
        for step in steps(first.legs)
    ]
    notes = "".join(f"- {warning}\n" for warning in plan.warnings)
    return (
        f"# {label(plan.origin)} to {label(plan.destination)}\n\n"
        f"{shipment.text} {shipment.cargo.cargo_id}, {shipment.mass_t:g} t, "
        f"data of {plan.network_as_of} (version {plan.network_version}).\n\n"
        f"{markdown_table(ways)}\n"
        f"## Way 1, step by step\n\n{markdown_table(legs)}\n"
        f"Median {days_text(first.totals.time_h_p50)}, "
        f"{days_text(first.totals.time_h_p10)} to {days_text(first.totals.time_h_p90)} "
        f"in 8 of 10 cases.\n" + (f"\n{notes}" if notes else "")
    )
