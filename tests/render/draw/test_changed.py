"""What a change did, on maps: closed, altered, opened, moved."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from tiny import tiny_network

from routeplan.analysis.whatif import find_changed
from routeplan.places.question import Question
from routeplan.planner import find_routes
from routeplan.render.draw.answer import ShownChange, network_text, plan_drawing, plan_svg
from routeplan.render.draw.changed import changed_links
from routeplan.render.draw.network_map import network_page, network_record, network_scene
from routeplan.render.draw.record import page_record
from routeplan.render.draw.routes import middle
from routeplan.render.draw.scene import plan_scene
from routeplan.render.output import Format, Look
from routeplan.render.picture import ColorBy, Picture
from routeplan.scenario.apply import apply_changes
from routeplan.scenario.changes import parse_changes

PLAIN = Look(width=100, color=False, encoding="utf-8")
CHANGE = "close edge:gauge-ge-akhalkalaki-west; close node:ge-poti-port; mode:rail cost*=1.2"
SHUT_BTK = "close edge:gauge-ge-akhalkalaki-west"
SHUT_POTI = "close node:ge-poti-port"


@pytest.fixture(scope="module")
def changed(real):
    return apply_changes(real, parse_changes(CHANGE))


def of(network, text):
    links = changed_links(network, apply_changes(network, parse_changes(text)))
    return {
        edge_id: (link.state, [tuple(difference) for difference in link.differences])
        for edge_id, link in links.items()
    }


def test_each_link_says_what_became_of_it():
    network = tiny_network("""
        edge_id, from_node, to_node, mode, distance_km, time_h, wait_h, per_week, status
        rail-ab, kz-a,         kz-b,       rail, 100,         12,     ,       ,         open
        sea-ab,  kz-a,         kz-b,       sea,  100,         ,       48,     1,        open
        road-ab, kz-a,         kz-b,       road, 100,         ,       ,       ,         planned
    """)
    assert of(network, "close edge:rail-ab") == {
        "rail-ab": ("shut", [("status", "open", "closed")])
    }
    assert of(network, "open edge:road-ab") == {
        "road-ab": ("opened", [("status", "planned", "open")])
    }
    assert of(network, "edge:rail-ab time_h*=0.5") == {
        "rail-ab": ("altered", [("time", "12 h", "6 h")])
    }
    assert of(network, "edge:sea-ab per_week*=2; edge:sea-ab wait_h*=0.5") == {
        "sea-ab": ("altered", [("wait", "2.0 d", "24 h"), ("departures a week", "1", "2")])
    }
    assert of(network, "edge:sea-ab cost*=1.2; edge:sea-ab time_h+=3") == {
        "sea-ab": (
            "altered",
            [("cost", "by the card", "times 1.2"), ("time", "by the card", "plus 3")],
        )
    }


def test_nothing_changed_is_nothing_to_show(real):
    assert changed_links(real, real) == {}


def test_what_closed_is_crossed_out_and_what_changed_is_told(real, changed, book):
    record = network_record(changed, real)
    scene = network_scene(record, book, ColorBy.CHANGE)
    shut = [link for link in record["links"] if link["change"] == "shut"]
    crosses = [mark for mark in scene.marks if mark.kind == "shut"]
    assert len(shut) > 3
    assert len(crosses) == len(shut) + len(record["shut_places"])
    assert record["shut_places"] == ["ge-akhalkalaki", "ge-poti-port"]
    assert {line.style for line in scene.lines} == {"shut", "altered", "same"}
    page = network_page(record, book, ColorBy.CHANGE)
    assert "by the change:" in page
    assert "by the card → times 1.2" in page
    assert 'value="change" checked' in page


def test_a_network_as_it_is_offers_no_colour_of_change(real, book):
    page = network_page(network_record(real), book, ColorBy.MODE)
    assert 'value="change"' not in page
    assert "· by the change" not in page


@pytest.mark.parametrize("form", [Format.SVG, Format.TABLE])
def test_the_ways_before_and_after_are_drawn_in_every_format(real, form):
    plan = find_changed(real, Question("Astana", "Belgrade", k=1), [SHUT_BTK, SHUT_POTI])
    network = apply_changes(real, parse_changes(f"{SHUT_BTK}; {SHUT_POTI}"))
    routes = (("was", plan.what_if.unchanged), ("now", plan.itineraries[0]))
    shown = ShownChange(real, routes, ("changed",))
    text = network_text(network, form, ColorBy.CHANGE, PLAIN, change=shown)
    assert "way before" in text
    assert "way after" in text
    if form is Format.SVG:
        root = ET.fromstring(text)  # noqa: S314 - our own
        groups = [g.get("class") for g in root.iter() if g.get("class")]
        assert (
            groups.count("was")
            == sum(leg.start != leg.end for leg in plan.what_if.unchanged.legs) + 1
        )  # the legend
        assert "cross" in groups
    else:
        assert max(map(len, text.splitlines())) <= 100
        assert {"x closed by the change", "o way before"} <= {
            part.strip() for part in text.splitlines()[-1].split("   ")
        }


def test_a_plan_on_a_changed_network_shows_the_way_before_and_what_shut_it(real, book):
    plan = find_changed(real, Question("Astana", "Belgrade"), [SHUT_BTK])
    assert {old.edge_id for old, _ in plan.what_if.links} == {"gauge-ge-akhalkalaki-west"}
    record = page_record(plan, real.sources)
    assert [link["edge_id"] for link in record["shut"]] == ["gauge-ge-akhalkalaki-west"]
    scene = plan_scene(record, book)
    assert any(line.style == "was" for line in scene.lines)
    crosses = [mark for mark in scene.marks if mark.kind == "shut"]
    assert len(crosses) == 1
    assert "closed" in crosses[0].title
    assert "way before" in plan_svg(plan)
    assert "way before" in plan_drawing(plan, Picture.MAP, PLAIN)


def test_a_change_that_moves_nothing_draws_no_way_before(real):
    plan = find_changed(real, Question("Astana", "Belgrade"), ["close node:ge-poti-port"])
    assert page_record(plan, {})["routes"] == []
    assert page_record(find_routes(real, Question("Astana", "Baku")), {})["routes"] == []


def test_the_middle_of_a_line_is_on_it():
    assert middle([(0, 0), (10, 4)]) == (5, 2)
    assert middle([(0, 0), (1, 1), (10, 4)]) == (1, 1)
