"""Pages and pictures as files: whole, small, the same every time, harmless."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from routeplan.errors import RequestError
from routeplan.render.draw.answer import network_text, plan_page_text, plan_svg, png_bytes
from routeplan.render.draw.network_map import link_class, network_record, network_scene
from routeplan.render.output import PAGE, Format
from routeplan.render.picture import ColorBy, Picture
from routeplan.units import Currency

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def page(belgrade, real):
    return plan_page_text(belgrade, real.sources)


def test_a_page_is_small_and_the_same_every_time(page, belgrade, real):
    assert 100_000 < len(page.encode()) < 600_000
    assert plan_page_text(belgrade, real.sources) == page


def test_a_page_loads_nothing(page):
    assert not re.search(r"<(link|img|iframe|object|embed|base|form)\b", page)
    assert not re.search(r"\b(src|srcset|action|formaction|background)=", page)
    assert "url(" not in page.split("</style>")[0]
    assert " style=" not in page


def test_the_policy_allows_the_pages_own_script_and_style_only(page):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[1]
    rules = dict(rule.split(" ", 1) for rule in policy.replace("&#x27;", "'").split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for rule, pattern in (
        ("script-src", r"<script>(.*?)</script>"),
        ("style-src", r"<style>(.*?)</style>"),
    ):
        (text,) = re.findall(pattern, page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"


def test_a_page_holds_every_value_of_the_contract_it_names(page, record):
    words = re.sub(r"<[^>]+>", " ", page)
    for way, itinerary in zip(record["ways"], record["plan"]["itineraries"], strict=True):
        assert f"{itinerary['totals']['time_h_p50'] / 24:.1f} d" in words
        for step in way["steps"]:
            assert step["where"] in words


def test_a_page_owes_its_credits(page):
    assert "© OpenStreetMap contributors" in page
    assert "Natural Earth" in page


def test_a_page_in_euros_shows_euros(belgrade, real):
    prices = belgrade.prices._replace(currency=Currency.EUR)
    text = plan_page_text(replace(belgrade, prices=prices), real.sources)
    cost = belgrade.itineraries[0].totals.cost_usd / belgrade.prices.usd_per_eur
    assert f"{cost:,.0f} EUR".replace(",", " ") in text


@pytest.mark.parametrize("picture", list(Picture))
def test_each_picture_is_an_svg_that_says_what_it_is(picture, belgrade):
    text = plan_svg(belgrade, picture)
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}title").text
    assert len(root.find(f"{SVG}desc").text) > 10
    assert "var(" not in text
    assert plan_svg(belgrade, picture) == text
    left, top, right, bottom = map(float, root.get("viewBox").split())
    assert (left, top) == (0, 0)
    assert right > 300
    assert bottom > 100


def test_the_map_stresses_the_way_that_is_chosen(belgrade):
    first, second = (plan_svg(belgrade, chosen=rank) for rank in (1, 2))
    assert "Akhalkalaki" in re.findall(r'class="name"[^>]*>([^<]+)', first)
    assert "Batumi port" in re.findall(r'class="name"[^>]*>([^<]+)', second)


def test_a_map_without_tracks_owes_osm_nothing(real):
    record = network_record(real)
    only_sea = {**record, "links": [link for link in record["links"] if link["mode"] == "sea"]}
    from routeplan.render.draw.map_svg import map_svg
    from routeplan.render.draw.shapes import ShapeBook

    assert "OpenStreetMap" not in map_svg(network_scene(only_sea, ShapeBook(), ColorBy.MODE))
    assert "OpenStreetMap" in map_svg(network_scene(record, ShapeBook(), ColorBy.MODE))


def test_a_png_has_twice_the_pixels_of_its_svg(belgrade):
    svg = plan_svg(belgrade, Picture.FRONT)
    png = png_bytes(svg)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(png[i : i + 4], "big") for i in (16, 20))
    assert (width, height) == (1280, 720)


@pytest.mark.parametrize("color_by", [c for c in ColorBy if c is not ColorBy.CHANGE])
def test_the_network_is_coloured_by_what_is_asked(real, color_by):
    text = network_text(real, Format.SVG, color_by, PAGE)
    root = ET.fromstring(text)  # noqa: S314 - our own
    drawn = {
        g.get("class").split()[0] for g in root.iter(f"{SVG}g") if "thin" in (g.get("class") or "")
    }
    record = network_record(real)
    assert drawn == {link_class(link, color_by) for link in record["links"]}
    assert len(drawn) > 1


def test_a_link_is_drawn_once_and_lists_all_its_edges(real):
    links = network_record(real)["links"]
    listed = [edge_id for link in links for edge_id in link["edge_ids"]]
    assert len(listed) == len(set(listed))
    assert len(links) < len(listed)
    assert set(listed) == {e.edge_id for e in real.edges.values() if e.kind in ("move", "border")}


def test_capacities_fall_into_classes_a_teu_as_ten_tonnes():
    link = {"capacity_t_yr": None, "capacity_teu_yr": None}
    assert link_class(link, ColorBy.CAPACITY) == "cap-0"
    assert link_class({**link, "capacity_t_yr": 99_999}, ColorBy.CAPACITY) == "cap-1"
    assert link_class({**link, "capacity_teu_yr": 10_000}, ColorBy.CAPACITY) == "cap-2"
    assert link_class({**link, "capacity_t_yr": 1e7}, ColorBy.CAPACITY) == "cap-4"


def test_a_network_without_coordinates_is_an_error_in_words(real):
    bare = replace(real, nodes={key: replace_place(node) for key, node in real.nodes.items()})
    with pytest.raises(RequestError, match="no place has coordinates"):
        network_text(bare, Format.SVG, ColorBy.MODE, PAGE)
    with pytest.raises(RequestError, match="no place has coordinates"):
        network_text(bare, Format.TABLE, ColorBy.MODE, PAGE)


def replace_place(node):
    return (
        node._replace(lat=None, lon=None)
        if hasattr(node, "_replace")
        else replace(node, lat=None, lon=None)
    )


def test_harmful_names_stay_text_in_every_picture(harmful_plan, harmful_network):
    for picture in Picture:
        text = plan_svg(harmful_plan, picture)
        ET.fromstring(text)  # noqa: S314 - our own
        assert "<b>" not in text
    page = plan_page_text(harmful_plan, harmful_network.sources)
    assert page.count("</script>") == 2
    assert "[red]A" in page
