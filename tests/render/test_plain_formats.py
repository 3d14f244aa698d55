"""CSV, TSV, Markdown and GeoJSON can be read back, whatever the names hold."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from routeplan.render.cells import cell_text, markdown_text, plain
from routeplan.render.facts import FACTS_FORMATS, facts_about, facts_text
from routeplan.render.output import PAGE, Format
from routeplan.render.plan import plan_text
from routeplan.render.records import itinerary_dict

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _read(text: str, delimiter: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


@pytest.mark.parametrize(("form", "delimiter"), [(Format.CSV, ","), (Format.TSV, "\t")])
def test_rows_read_back_as_the_itineraries_they_were(tiny_plan, form, delimiter):
    rows = _read(plan_text(tiny_plan, form), delimiter)
    assert len(rows) == len(tiny_plan.itineraries)
    for rank, (row, itinerary) in enumerate(zip(rows, tiny_plan.itineraries, strict=True), 1):
        told = itinerary_dict(itinerary, rank)
        assert int(row["rank"]) == rank
        assert row["tags"].split("|") == told["tags"]
        assert row["countries"].split("|") == told["countries"]
        totals = dict(told["totals"])
        totals |= totals.pop("generalised_parts")
        assert {key: float(row[key]) if row[key] else None for key in totals} == totals
        assert row["way"] == told["way"]


def test_a_record_of_tsv_is_one_line_whatever_it_holds(harmful_plan, harmful_network):
    text = plan_text(harmful_plan, Format.TSV)
    assert text.count("\n") == len(harmful_plan.itineraries) + 1
    facts = facts_text(facts_about(harmful_network, "kz-aktau-port"), Format.TSV, PAGE)
    assert all(line.count("\t") == 1 for line in facts.splitlines())
    assert not CONTROL.search(text + facts)


@pytest.mark.parametrize(("form", "delimiter"), [(Format.CSV, ","), (Format.TSV, "\t")])
def test_harmful_names_do_not_break_rows(harmful_plan, form, delimiter):
    rows = _read(plan_text(harmful_plan, form), delimiter)
    assert [int(row["rank"]) for row in rows] == [*range(1, len(harmful_plan.itineraries) + 1)]
    assert all(None not in row for row in rows)
    assert '[red]A</script>|=1+1, "B" `x` *y*' in rows[0]["way"]


def test_markdown_tables_keep_their_columns_and_take_no_orders(harmful_plan):
    text = plan_text(harmful_plan, Format.MD)
    tables = [line for line in text.splitlines() if line.startswith("|")]
    columns = [len(re.findall(r"(?<!\\)\|", line)) for line in tables]
    assert sorted(set(columns)) == [8, 9]  # the ways also say what they are against the first
    assert r"\[red\]A&lt;/script>\|=1+1," in text
    assert "<b>" not in text
    assert not CONTROL.search(text)


def test_markdown_holds_the_short_list_the_steps_the_notes_and_the_policy(tiny_plan):
    text = plan_text(tiny_plan, Format.MD)
    assert text.startswith("# Astana to Baku\n\n")
    for itinerary in tiny_plan.itineraries:
        assert f"| {', '.join(itinerary.tags)} |" in text
    for warning in tiny_plan.warnings:
        assert f"- {warning}\n" in text
    assert "## Way 1, step by step" in text
    assert "- Policy sanctions: " in text
    assert "Time is " in text


@pytest.mark.parametrize("which", ["tiny_plan", "harmful_plan"])
def test_geojson_has_longitude_first_and_its_closed_form(request, which):
    plan = request.getfixturevalue(which)
    told = json.loads(plan_text(plan, Format.GEOJSON))
    assert list(told) == ["type", "features"]
    assert told["type"] == "FeatureCollection"
    legs = [leg for itinerary in plan.itineraries for leg in itinerary.legs]
    assert len(told["features"]) == len(legs)
    for feature, leg in zip(told["features"], legs, strict=True):
        assert set(feature) == {"type", "geometry", "properties"}
        assert feature["type"] == "Feature"
        ends = [[leg.start.lon, leg.start.lat], [leg.end.lon, leg.end.lat]]
        if leg.start == leg.end:
            assert feature["geometry"] == {"type": "Point", "coordinates": ends[0]}
        else:
            assert feature["geometry"] == {"type": "LineString", "coordinates": ends}
        assert feature["properties"]["edge_id"] == leg.edge.edge_id


def test_geojson_of_the_real_network_lies_where_the_corridor_is(real):
    from routeplan import Question, find_routes

    told = json.loads(
        plan_text(find_routes(real, Question("Astana", "Belgrade", k=1)), Format.GEOJSON)
    )
    points = [
        point
        for feature in told["features"]
        for point in (
            [feature["geometry"]["coordinates"]]
            if feature["geometry"]["type"] == "Point"
            else feature["geometry"]["coordinates"]
        )
    ]
    assert all(15 < lon < 80 and 35 < lat < 56 for lon, lat in points)


@pytest.mark.parametrize("form", FACTS_FORMATS)
def test_facts_of_a_harmful_place_are_written_in_every_format(harmful_network, form):
    text = facts_text(facts_about(harmful_network, "kz-aktau-port"), form, PAGE)
    assert "[red]A</script>" in text
    if form is not Format.JSON:
        assert not CONTROL.search(text)
    else:
        assert json.loads(text)["values"]["name"].startswith("[red]A</script>|=1+1,\t\u202e")


@pytest.mark.parametrize(
    ("value", "told"),
    [(None, ""), (True, "yes"), (False, "no"), (3.0, "3"), (2.5, "2.5"), (("a", "b"), "a|b")],
)
def test_a_value_of_a_cell_is_written_plainly(value, told):
    assert cell_text(value) == told


def test_a_plain_text_is_left_alone():
    assert plain("Türkiye, Ələt, 阿拉特港") == "Türkiye, Ələt, 阿拉特港"
    assert plain("two\nlines\x1b[31m") == "two lines [31m"


def test_markdown_signs_are_escaped_once():
    assert markdown_text("a|b [c] *d* `e` <f>") == r"a\|b \[c\] \*d\* \`e\` &lt;f>"
