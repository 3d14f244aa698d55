"""Charts: the values of a plan, and where they are drawn."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.places.question import Question
from routeplan.planner import find_routes
from routeplan.render.draw import series
from routeplan.render.draw.answer import plan_svg
from routeplan.render.draw.axis import round_step, scale_of
from routeplan.render.draw.bars import RangeBar, ranges_svg, stack_svg
from routeplan.render.draw.distance import Profile, distance_svg
from routeplan.render.draw.front import FrontPoint, front_svg, undominated
from routeplan.render.draw.record import page_record
from routeplan.render.draw.sheet import Sheet
from routeplan.render.picture import Picture
from routeplan.units import money_text

SVG = "{http://www.w3.org/2000/svg}"
VALUES = st.lists(st.floats(1, 1e6), min_size=1, max_size=10)


@given(VALUES, st.booleans())
def test_a_scale_holds_its_values_and_its_ticks_are_on_it(values, zero):
    scale = scale_of(values, 100, 500, zero=zero)
    assert all(100 - 1e-6 <= scale.at(v) <= 500 + 1e-6 for v in values)
    assert all(scale.low <= tick <= scale.high * (1 + 1e-9) for tick in scale.ticks(5))


@pytest.mark.parametrize(("rough", "step"), [(0.9, 1), (1.1, 2), (3, 5), (6, 10), (0.03, 0.05)])
def test_steps_are_round(rough, step):
    assert round_step(rough) == pytest.approx(step)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1))
def test_the_front_is_what_nothing_beats(points):
    best = undominated(points)
    beaten = {p for p in points for q in points if q != p and q[0] <= p[0] and q[1] <= p[1]}
    assert set(best) == set(points) - beaten


def test_the_front_chart_places_its_points():
    points = [FrontPoint(1, "<a>", 8, 10, 12, 1000), FrontPoint(2, "b", 18, 20, 22, 500)]
    root = ET.fromstring(front_svg(points, currency="EUR"))  # noqa: S314 - our own
    dots = {
        g.get("data-way"): [float(g.find(f"{SVG}circle").get(k)) for k in ("cx", "cy")]
        for g in root.iter(f"{SVG}g")
        if "point" in (g.get("class") or "")
    }
    assert dots["1"][0] < dots["2"][0]  # sooner is left
    assert dots["1"][1] < dots["2"][1]  # dearer is higher
    assert "Way 1, <a>: 10.0 days, 1 000" in [t.text for t in root.iter(f"{SVG}title")]


def test_an_exact_front_is_drawn_where_it_is_given():
    points = [FrontPoint(1, "a", 8, 10, 12, 1000)]
    listed = front_svg(points)
    exact = front_svg(points, front=[(10, 1000), (11, 900), (12, 100)])
    path = re.search(r'class="front" d="([^"]+)"', exact)[1]
    assert path.count("H") == path.count("V") == 2
    assert re.search(r'class="front" d="([^"]+)"', listed)[1].count("H") == 0


def test_the_front_of_a_plan_is_drawn_with_its_ways(real):
    plan = find_routes(real, Question("Tashkent", "Istanbul", front="time,cost"))
    record = page_record(plan, {})
    assert len(record["front"]) == len(plan.front) > 1
    drawn = plan_svg(plan, Picture.FRONT)
    assert drawn.count('class="mean"') == len(plan.front)
    assert drawn.count('class="point') == len(plan.itineraries)


def test_profiles_add_up_to_the_totals(record):
    for name, key, unit in (("days", "time_h", 24), ("cost", "cost_usd", 1)):
        for profile, itinerary in zip(
            series.profiles(record, name), record["plan"]["itineraries"], strict=True
        ):
            assert profile.corners[-1][1] == pytest.approx(
                itinerary["totals"][key] / unit, rel=1e-3
            )
            assert profile.corners[-1][0] == pytest.approx(
                itinerary["totals"]["distance_km"], rel=1e-3
            )
            values = [value for _, value, _ in profile.corners]
            assert values == sorted(values)


def test_vertical_steps_are_named_where_they_stand(record):
    first = series.profiles(record, "days")[0]
    names = {name: km for km, _, name, _ in first.steps}
    assert names["Aktau port: wait for sea"] == pytest.approx(2362, rel=0.02)
    assert any("gauge change" in name for name in names)


def test_a_way_off_the_scale_is_named_not_drawn():
    near = Profile(1, "a", ((0, 0, ""), (100, 10, "rail")))
    far = Profile(2, "b", ((0, 0, ""), (100, 1000, "air")))
    drawn = distance_svg([near, far], value="USD", text=money_text, chosen=1)
    assert "off the scale: way 2: 1 000" in drawn
    assert drawn.count('class="profile') == 1
    assert "off the scale" not in distance_svg([near, far], value="USD", text=money_text, chosen=2)


def test_stacks_add_up_to_the_cost(record):
    for (_, _, parts), itinerary in zip(
        series.cost_stacks(record), record["plan"]["itineraries"], strict=True
    ):
        assert sum(parts.values()) == pytest.approx(itinerary["totals"]["cost_usd"], rel=1e-3)
        assert set(parts) <= set(series.COST_STYLES)


def test_a_bar_too_long_is_cut_and_says_so():
    stacks = [(n, "x", {"rail": 100.0}) for n in (1, 2, 3)] + [(4, "y", {"air": 9000.0})]
    drawn = stack_svg(stacks, {"rail": "rail", "air": "air"}, title="USD", text=money_text)
    assert "» 9 000" in drawn
    assert drawn.count("»") == 1


def test_range_bars_go_from_p10_to_p90():
    drawn = ranges_svg([RangeBar(1, "a", 10, 15, 30, 18), RangeBar(2, "b", 5, 6, 7, 6)])
    widths = [float(w) for w in re.findall(r'class="bar"[^>]* width="([\d.]+)"', drawn)]
    assert widths[0] == pytest.approx(10 * widths[1], rel=0.02)


def test_charts_in_a_page_are_buttons_without_a_style_of_their_own():
    points = [FrontPoint(1, "a", 8, 10, 12, 1000)]
    drawn = front_svg(points, sheet=Sheet(600, 300, inner=True))
    assert "<style>" not in drawn
    assert 'role="button"' in drawn
    assert "<style>" in front_svg(points)
    assert 'role="button"' not in front_svg(points)
