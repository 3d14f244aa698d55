"""A plan as tables with fixed columns: for workbooks, databases and the tables beside a map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.render.cells import cell_text
from routeplan.render.duty import duty_sentences
from routeplan.render.kept_out import kept_out_sentences
from routeplan.render.provenance import provenance_rows
from routeplan.render.records import front_rows, itinerary_dict, itinerary_rows, plan_dict
from routeplan.render.rows.tables import about_table, columns_table, source_table, table_of
from routeplan.render.rows.writer import Field, Table
from routeplan.render.way import label
from routeplan.render.words import (
    data_sentence,
    policy_sentence,
    request_texts,
    title_text,
    what_if_sentences,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from routeplan.itinerary.model import Leg, Plan
    from routeplan.network.records import Source

_FIELDS = (
    Field("rank", int, "number of the way, the best by the criterion asked for first"),
    Field("tags", str, "what the way is best at"),
    Field("origin", str, "id of the place of departure"),
    Field("destination", str, "id of the place of arrival"),
    Field("ready", str, "when the leg is reached, local time with its offset from UTC"),
    Field("depart", str, "when it departs, local time with its offset from UTC"),
    Field("arrive", str, "when it arrives on average, local time with its offset from UTC"),
    Field("distance_km", float, "length in km"),
    Field("time_h", float, "hours: of a way the average door to door, of a leg the median"),
    Field("time_h_p10", float, "hours, 10th percentile"),
    Field("time_h_p50", float, "hours, median, of the whole way; medians of legs do not add up"),
    Field("time_h_p90", float, "hours, 90th percentile"),
    Field("time_h_mean", float, "hours, average; averages add up"),
    Field("wait_h", float, "wait before the leg in hours, median"),
    Field("wait_h_p10", float, "wait in hours, 10th percentile"),
    Field("wait_h_p90", float, "wait in hours, 90th percentile"),
    Field("wait_h_mean", float, "wait in hours, average"),
    Field("cost_usd", float, "cost of the shipment in US dollars of the price year"),
    Field("cost_eur", float, "the same in euros; blank without a rate"),
    Field("co2e_kg", float, "kg CO2e, well-to-wheel"),
    Field("co2e_ttw_kg", float, "kg CO2e, tank-to-wheel"),
    Field("generalised_cost_usd", float, "cost, value of time and CO2 price together"),
    Field("freight_usd", float, "generalised cost: what moves the cargo"),
    Field("handling_usd", float, "generalised cost: hubs and changes of gauge"),
    Field("border_usd", float, "generalised cost: land borders"),
    Field("power_usd", float, "generalised cost: power of a cooled load while it stands"),
    Field("time_usd", float, "generalised cost: value of time x average hours"),
    Field("co2_usd", float, "generalised cost: price of CO2 x emissions"),
    Field("carrying_usd", float, "part of time_usd: capital, risk and ageing of the goods"),
    Field("reliability_usd", float, "beside the generalised cost: what the uncertain time costs"),
    Field("duty_general_usd", float, "import duty without preference; blank if not asked or known"),
    Field("duty_preferential_usd", float, "import duty with preference, on its conditions"),
    Field("transshipments", int, "changes of mode"),
    Field("borders", int, "land borders"),
    Field("countries", str, "ISO codes in the order they are entered"),
    Field("border_posts", str, "posts at which land borders are entered"),
    Field("origin_terminal", str, "id of the terminal of the origin that is used"),
    Field("destination_terminal", str, "id of the terminal of the destination that is used"),
    Field("estimated_km", float, "km by truck that are estimated from a straight line"),
    Field("estimated", bool, "whether its km are estimated from a straight line"),
    Field("passages", str, "straits and canals passed"),
    Field("assumed_time_share", float, "share of the time that is a judgement"),
    Field("assumed_cost_share", float, "share of the cost that is a judgement"),
    Field("way", str, "the way in one line"),
    Field("leg", int, "number of the leg within its way"),
    Field("from_name", str, "name of the place the leg begins at"),
    Field("to_name", str, "name of the place the leg ends at"),
    Field("shape", str, "what the line is: schematic is straight, for orientation only"),
    Field("kind", str, "what happens, or what the place is"),
    Field("mode", str, "mode of carriage; of arrival for a transshipment"),
    Field("to_mode", str, "mode of departure of a transshipment"),
    Field("vehicle", str, "what rolls onto the ferry"),
    Field("edge_id", str, "id of the link in the data"),
    Field("status", str, "whether the link can be used"),
    Field("from", str, "id of the place the leg begins at"),
    Field("to", str, "id of the place the leg ends at"),
    Field("on_time_share", float, "share of the draws that arrive by the deadline"),
    Field("expected_lateness_h", float, "average of the hours after the deadline, 0 if in time"),
    Field("on_front", bool, "whether no other way beats it in all of time, cost and CO2e"),
    Field("time_h_p90_sum", float, "sum of the 90th percentiles of legs and waits, in hours"),
    Field("edges", str, "ids of the links in the data, in order"),
    Field("lots", int, "departures the shipment is spread over"),
    Field("confidence", str, "measured, published, derived or assumed: the worst of its numbers"),
    Field("sources", str, "ids of the sources; the table sources has their addresses"),
    Field("where", str, "the leg's places"),
    Field("number", str, "which number; `of it` is a part of the one above"),
    Field("value", float, "its value"),
    Field("unit", str, "its unit"),
    Field("as_of", str, "the date it speaks of"),
    Field("basis", str, "the row of the data that holds it"),
    Field("note", str, "what a reader should know of it"),
)
PLAN_FIELDS = {field.name: field for field in _FIELDS}
"""Every column of the tables and map layers of a plan, by name."""

_FRONT_NUMBER = Field("number", int, "number of the way on the front")


def way_table(plan: Plan) -> Table:
    """Return one row per way: the columns of CSV."""
    return table_of("ways", itinerary_rows(plan), PLAN_FIELDS)


def front_table(plan: Plan) -> Table:
    """Return one row per way of the front of trade-offs; without rows if none was asked for."""
    rows = [
        {key: cell_text(value) if isinstance(value, list) else value for key, value in row.items()}
        for row in front_rows(plan)
    ]
    return table_of("front", rows, {**PLAN_FIELDS, _FRONT_NUMBER.name: _FRONT_NUMBER})


def plan_tables(plan: Plan, sources: Mapping[str, Source]) -> list[Table]:
    """Return a plan as tables: ways, front if asked for, legs, numbers, sources, about, columns.

    Parameters
    ----------
    plan
        The answer.
    sources
        The sources of its network by id; those the plan names are written.
    """
    legs = [
        leg_row(leg, values, rank, number)
        for rank, itinerary in enumerate(plan.itineraries, 1)
        for number, (leg, values) in enumerate(
            zip(itinerary.legs, itinerary_dict(itinerary, rank)["legs"], strict=True), 1
        )
    ]
    front = front_table(plan)
    tables = [
        way_table(plan),
        *([front] if front.rows else []),
        table_of("legs", legs, PLAN_FIELDS),
        table_of("numbers", _numbers(plan), PLAN_FIELDS),
        source_table([sources[name] for name in _named(plan) if name in sources]),
        about_table(_about(plan)),
    ]
    return [*tables, columns_table(tables)]


def leg_row(leg: Leg, values: Mapping[str, Any], rank: int, number: int) -> dict[str, Any]:
    """Return a leg as a flat row: its part of the JSON contract without the evidence."""
    flat = {
        key: cell_text(value) if isinstance(value, list) else value
        for key, value in values.items()
        if key != "evidence"
    }
    names = {"from_name": label(leg.start), "to_name": label(leg.end)}
    return {"rank": rank, "leg": number, **names, **flat}


def plan_notes(plan: Plan) -> list[str]:
    """List what a reader should know beside the numbers, for formats with room for a text."""
    notes = (
        *what_if_sentences(plan),
        *plan.warnings,
        *duty_sentences(plan),
        *kept_out_sentences(plan, addresses=True),
    )
    return [*notes, policy_sentence(plan), data_sentence(plan)]


def _numbers(plan: Plan) -> list[dict[str, Any]]:
    return [
        {"rank" if key == "way" else key: value for key, value in row.items()}
        for rank, itinerary in enumerate(plan.itineraries, 1)
        for row in provenance_rows(itinerary, rank)
    ]


def _named(plan: Plan) -> list[str]:
    """List the sources that the numbers of a plan name, in order."""
    return sorted({name for row in _numbers(plan) for name in row["sources"].split()})


def _about(plan: Plan) -> list[tuple[str, str]]:
    told = plan_dict(plan)
    parts = {part: told[part] for part in ("request", "prices", "network")}
    return [
        ("title", title_text(plan)),
        ("question", ", ".join(request_texts(plan))),
        *(("note", note) for note in plan_notes(plan)),
        *_flattened(parts),
    ]


def _flattened(values: Mapping[Any, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Yield nested values with the keys above them: `request.avoid.modes`."""
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _flattened(value, f"{above}{key}.")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield from _flattened(dict(enumerate(value, 1)), f"{above}{key}.")
        else:
            yield f"{above}{key}", cell_text(value)
