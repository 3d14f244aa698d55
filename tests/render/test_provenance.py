"""Where each number of a way is from: the same evidence the JSON contract holds, row by row."""

from __future__ import annotations

import csv
import io
import json

import pytest

from routeplan.network.vocabulary import Metric
from routeplan.render.output import PAGE, Format, Look
from routeplan.render.provenance import provenance_rows, provenance_text
from routeplan.render.records import itinerary_dict

COLUMNS = [
    *("way", "leg", "where", "number", "value", "unit"),
    *("confidence", "as_of", "sources", "basis", "note"),
]


def _rows(plan) -> list[dict[str, object]]:
    return [
        row
        for rank, itinerary in enumerate(plan.itineraries, 1)
        for row in provenance_rows(itinerary, rank)
    ]


def test_every_number_of_every_leg_has_one_row_in_the_order_of_the_way(tiny_plan):
    for rank, itinerary in enumerate(tiny_plan.itineraries, 1):
        told = itinerary_dict(itinerary, rank)["legs"]
        expected = [
            (rank, number, metric)
            for number, leg in enumerate(told, 1)
            for metric in leg["evidence"]
        ]
        rows = provenance_rows(itinerary, rank)
        assert [(row["way"], row["leg"], row["number"]) for row in rows] == expected
        assert {str(metric) for metric in Metric} >= {row["number"] for row in rows}


def test_a_row_repeats_the_evidence_of_the_json_contract(tiny_plan):
    best = tiny_plan.itineraries[0]
    legs = itinerary_dict(best, 1)["legs"]
    for row in provenance_rows(best, 1):
        assert list(row) == COLUMNS
        evidence = legs[row["leg"] - 1]["evidence"][row["number"]]
        assert row["value"] == pytest.approx(evidence["value"], abs=0.006)
        assert row["sources"].split() == evidence["sources"]
        for name in ("unit", "confidence", "as_of", "basis", "note"):
            assert row[name] == evidence[name]


def test_the_numbers_of_a_voyage_come_each_from_their_own_row(tiny_plan):
    (way,) = (
        w for w in tiny_plan.itineraries if any(g.edge.edge_id == "sea-aktau-alat" for g in w.legs)
    )
    numbers = [leg.edge.edge_id for leg in way.legs]
    voyage = numbers.index("sea-aktau-alat") + 1
    found = {
        row["number"]: (row["value"], row["unit"], row["confidence"], row["sources"], row["basis"])
        for row in provenance_rows(way, 1)
        if row["leg"] == voyage
    }
    # the box pays the ship's own 900 USD; its tonnes go 470 km x 1.15 at 15 g/tkm
    assert found["distance"] == (470, "km", "published", "tariff-2025", "edges.csv")
    assert found["time"] == (26, "h", "measured", "survey-2024", "edges.csv")
    assert found["wait"] == (48, "h", "published", "tariff-2025", "edges.csv")
    assert found["cost"] == (900, "USD", "published", "tariff-2025", "edges.csv")
    assert found["co2e"][2:] == ("published", "survey-2024", "emissions.csv:sea")
    mass_t = tiny_plan.request.shipment.mass_t
    assert found["co2e"][:2] == (pytest.approx(mass_t * 470 * 1.15 * 15 / 1000, abs=0.01), "kg")


@pytest.mark.parametrize(("form", "delimiter"), [(Format.CSV, ","), (Format.TSV, "\t")])
def test_lines_and_json_hold_every_way_and_every_column(tiny_plan, form, delimiter):
    rows = _rows(tiny_plan)
    assert len({row["way"] for row in rows}) == len(tiny_plan.itineraries) > 1
    assert json.loads(provenance_text(tiny_plan, Format.JSON, PAGE)) == rows
    jsonl = provenance_text(tiny_plan, Format.JSONL, PAGE).splitlines()
    assert [json.loads(line) for line in jsonl] == rows
    text = provenance_text(tiny_plan, form, PAGE)
    read = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    assert [row["basis"] for row in read] == [row["basis"] for row in rows]
    assert list(read[0]) == COLUMNS


def test_a_table_shows_the_first_way_only(tiny_plan):
    text = provenance_text(tiny_plan, Format.TABLE, PAGE)
    rows = provenance_rows(tiny_plan.itineraries[0], 1)
    assert text.startswith("Way 1, where each number is from")
    header, _, *body = text.splitlines()[1:]
    assert header.split() == [name for name in COLUMNS if name not in {"way", "note"}]
    assert len([line for line in body if line.strip()]) == len(rows)


@pytest.mark.parametrize(
    ("width", "absent"), [(120, set()), (100, {"basis"}), (79, {"basis", "as_of"})]
)
def test_a_narrow_table_leaves_out_the_basis_then_the_date(tiny_plan, width, absent):
    look = Look(width=width, color=False, encoding="utf-8")
    text = provenance_text(tiny_plan, Format.TABLE, look)
    header = text.splitlines()[1].split()
    assert {"basis", "as_of"} - set(header) == absent
    assert max(map(len, text.splitlines()[1:])) <= width


def test_harmful_names_break_no_line(harmful_plan):
    rows = _rows(harmful_plan)
    text = provenance_text(harmful_plan, Format.TSV, PAGE)
    assert text.count("\n") == len(rows) + 1
    assert "\x1b" not in text
    assert "</script>" not in provenance_text(harmful_plan, Format.MD, PAGE).replace("&lt;", "")
