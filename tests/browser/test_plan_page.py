"""The page of a plan in a browser: clicks, keys, phone, dark, print, accessibility."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.conftest import DESKTOP, HOSTILE, PHONE

AXE = (Path(__file__).parents[1] / "vendor/axe-core/axe.min.js").read_text("utf-8")
WAY = "document.querySelector('input[name=way]:checked').value"
CURRENT = "document.querySelector('.panel:not([hidden]) .step[aria-current]')?.dataset.step ?? null"
VIEW = "document.getElementById('map').getAttribute('viewBox').split(' ').map(Number)"
TOLD = "document.getElementById('told').textContent"


def test_a_click_on_a_way_shows_it_everywhere(opened, plan_file):
    page = opened(plan_file)
    before = page.run(VIEW)
    page.click(".way-card:nth-of-type(6)")
    assert page.run(WAY) == "6"
    shown = (
        "[...document.querySelectorAll('.panel')].filter(p => !p.hidden).map(p => p.dataset.way)"
    )
    assert page.run(shown) == ["6"]
    faint = "[...document.querySelectorAll('#ways-drawn > .other')].length"
    assert page.run(faint) == page.run("document.querySelectorAll('#ways-drawn > g').length") - 1
    assert page.run("document.querySelector('.point.chosen').dataset.way") == "6"
    assert page.run(VIEW) != before


def test_arrow_keys_switch_between_the_ways(opened, plan_file):
    page = opened(plan_file)
    page.run("document.querySelector('input[name=way]').focus()")
    page.press("ArrowDown")
    assert page.run(WAY) == "2"


def test_a_point_of_the_trade_off_chooses_its_way_by_click_and_by_key(opened, plan_file):
    page = opened(plan_file)
    page.click(".point[data-way='4'] .dot")
    assert page.run(WAY) == "4"
    page.run("document.querySelector(\".point[data-way='6']\").focus()")
    page.press("Enter")
    assert page.run(WAY) == "6"


def test_a_leg_answers_to_the_mouse(opened, plan_file):
    page = opened(plan_file)
    x, y = page.run(
        """(() => { const svg = document.getElementById('map');
        const leg = document.querySelector('#ways-drawn > g:not(.other) .leg.sea .line');
        const middle = leg.getPointAtLength(leg.getTotalLength() / 2);
        const p = middle.matrixTransform(svg.getScreenCTM());
        return [p.x, p.y] })()"""
    )
    page.click_at(x, y)
    step = page.run(CURRENT)
    assert step is not None
    assert page.run(TOLD).startswith("sea · Aktau port - Alat port")
    assert page.run(
        f"document.querySelector('.panel:not([hidden]) .step[data-step=\"{step}\"] details').open"
    )


def test_a_leg_answers_to_the_keyboard_and_escape_goes_back(opened, plan_file):
    page = opened(plan_file)
    home = page.run(VIEW)
    page.run("document.querySelector('#ways-drawn > g:not(.other) .leg.sea').focus()")
    page.press("Enter")
    zoomed = page.run(VIEW)
    assert zoomed[2] < 0.7 * home[2]
    assert page.run(CURRENT) is not None
    page.press("Escape")
    assert page.run(CURRENT) is None
    assert page.run(VIEW) == pytest.approx(home, abs=1)


def test_a_step_shows_where_its_numbers_are_from(opened, plan_file):
    page = opened(plan_file)
    page.click(".panel:not([hidden]) .step.sea summary")
    rows = "document.querySelectorAll('.panel:not([hidden]) .step.sea .sources tr').length"
    assert page.run(rows) >= 4
    links = page.run(
        "[...document.querySelectorAll('.step.sea .sources a')].map(a => [a.protocol, a.rel])"
    )
    assert links
    assert all(link == ["https:", "noopener noreferrer"] for link in links)


def test_the_map_zooms_and_moves_by_keys_buttons_and_wheel(opened, plan_file):
    page = opened(plan_file)
    start = page.run(VIEW)
    page.run("document.getElementById('map').focus()")
    page.press("+")
    nearer = page.run(VIEW)
    assert nearer[2] == pytest.approx(0.7 * start[2], rel=0.01)
    page.press("ArrowRight")
    assert page.run(VIEW)[0] > nearer[0]
    page.press("0")
    assert page.run(VIEW) == pytest.approx(start, abs=1)
    page.click("[data-do=out]")
    assert page.run(VIEW)[2] > start[2]
    page.call("Input.dispatchMouseEvent", type="mouseWheel", x=900, y=200, deltaX=0, deltaY=-120)
    page.settle()
    assert page.run(VIEW)[2] < 1.6 * start[2]


def test_labels_lie_on_no_other(opened, plan_file):
    page = opened(plan_file)
    boxes = page.run(
        """[...document.querySelectorAll('#map .name')].map(t => t.getBoundingClientRect())
        .filter(b => b.width).map(b => [b.left, b.top, b.right, b.bottom])"""
    )
    assert len(boxes) >= 4
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            # the box of a text is higher than its letters by about 3 pixels on each side
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] - 3 <= b[1] + 3 or b[3] - 3 <= a[1] + 3
            assert apart, (a, b)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(opened, plan_file, size, dark):
    page = opened(plan_file, size, dark=dark)
    page.click(".panel:not([hidden]) .step.sea summary")
    assert page.axe(AXE) == []


def test_a_phone_scrolls_down_only(opened, plan_file):
    page = opened(plan_file, PHONE)
    assert page.run("document.documentElement.scrollWidth") <= PHONE[0]
    assert page.run("document.getElementById('map').getBoundingClientRect().width") > 380


def test_dark_is_dark(opened, plan_file):
    page = opened(plan_file, dark=True)
    colour = page.run("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", colour))) < 60


def test_it_prints_on_one_page(opened, plan_file):
    page = opened(plan_file)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf())) == 1


def test_hostile_names_stay_text(opened, hostile_files):
    page = opened(hostile_files[0])
    for summary in range(page.run("document.querySelectorAll('.step').length")):
        page.run(f"document.querySelectorAll('.step summary')[{summary}].click()")
    page.settle()
    assert page.run("document.images.length") == 0
    assert page.run("document.querySelectorAll('b').length") == page.run(
        "document.querySelectorAll('b.rank, .figures b').length"
    )
    shown = HOSTILE.replace("\u202e", " ").replace("\u202c", " ")
    text = " ".join(page.run("document.body.textContent").split())
    assert " ".join(shown.split()) in text
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)
    assert page.run("[...document.links].filter(a => a.protocol === 'javascript:').length") == 0
    assert page.run("document.querySelectorAll('.sources td').length") > 0
