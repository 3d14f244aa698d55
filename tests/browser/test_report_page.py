"""Reports in a browser: nothing asked for, nothing to complain about, two pages of A4."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tiny import ask

from routeplan.analysis.effects import find_effects
from routeplan.analysis.results import Result
from routeplan.analysis.whatif import find_changed
from routeplan.language import Language
from routeplan.network.read import load_network
from routeplan.places.question import Question
from routeplan.planner import find_routes
from routeplan.render.draw.answer import ShownChange, network_text, plan_page_text
from routeplan.render.output import PAGE, Format
from routeplan.render.picture import ColorBy
from routeplan.render.report.html import report_page
from routeplan.render.report.plan import plan_report
from routeplan.render.report.results import results_report
from routeplan.scenario.apply import apply_changes
from routeplan.scenario.changes import parse_changes
from routeplan.scenario.table import ScenarioTable
from tests.browser.conftest import DESKTOP, HOSTILE, PHONE

AXE = (Path(__file__).parents[1] / "vendor/axe-core/axe.min.js").read_text("utf-8")
SEEDS = Path(__file__).parents[2] / "seeds" / "scenarios.csv"
CHANGE = "close edge:gauge-ge-akhalkalaki-west; mode:rail&country:KZ time_h*=0.5"


@pytest.fixture(scope="session")
def answered(real):
    """Astana - Belgrade with the what-ifs of the seeds."""
    plan = ask(real, "Astana", "Belgrade")
    return plan, find_effects(real, plan, ScenarioTable(str(SEEDS)))


@pytest.fixture(scope="session")
def reports(real, answered, tmp_path_factory) -> dict[str, Path]:
    """The report in each language, one without what-ifs, and that of a batch."""
    from dataclasses import replace

    plan, effects = answered
    folder = tmp_path_factory.mktemp("reports")
    results = [
        Result(f"s{n}", "ok", "kz-a", "rs-b", 200.0 + n * n % 97, 5000.0 + 7 * n, 9.0, n % 5 - 2.0)
        for n in range(400)
    ] + [Result("shut", "no_route", error=HOSTILE)]
    pages = {
        **{str(one): plan_report(replace(plan, language=one), real, effects) for one in Language},
        "alone": plan_report(ask(real, "Belgrade", "Astana", deadline="25d"), real),
        "batch": results_report(results, name=f"{HOSTILE}.csv"),
    }
    found = {}
    for name, report in pages.items():
        found[name] = folder / f"{name}.html"
        found[name].write_text(report_page(report), "utf-8")
    return found


def page_count(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("name", [*map(str, Language), "alone", "batch"])
def test_it_prints_on_two_pages_of_a4(opened, reports, name):
    pdf = opened(reports[name]).pdf()
    assert page_count(pdf) == (1 if name == "batch" else 2)
    sizes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox\s*\[([^]]+)\]", pdf)}
    assert all(abs(w - 595) < 2 and abs(h - 842) < 2 for _, _, w, h in sizes)
    assert reports[name].stat().st_size < 600_000


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", ["en", "sr", "batch"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(opened, reports, name, size, dark):
    page = opened(reports[name], size, dark=dark)
    assert page.axe(AXE) == []


def test_a_phone_shows_it_without_scrolling_sideways(opened, reports):
    page = opened(reports["en"], PHONE)
    assert page.run("document.documentElement.scrollWidth") <= PHONE[0]


def test_dark_is_for_screens_and_paper_is_white(opened, reports):
    page = opened(reports["en"], dark=True)
    shade = "getComputedStyle(document.body).backgroundColor"
    assert max(map(int, re.findall(r"\d+", page.run(shade)))) < 60
    ink = "getComputedStyle(document.body).color"
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    page.call("Emulation.setEmulatedMedia", media="print", features=features)
    assert page.run(shade) == "rgb(255, 255, 255)"
    assert page.run(ink) == "rgb(0, 0, 0)"
    land = "getComputedStyle(document.querySelector('#map .land')).fill"
    assert min(map(int, re.findall(r"\d+", page.run(land)))) > 200


def test_no_text_of_a_table_is_cut_off_on_paper(opened, reports):
    page = opened(reports["ru"], (720, 1000))
    page.call("Emulation.setEmulatedMedia", media="print")
    page.settle()
    wide = (
        "[...document.querySelectorAll('table')].filter(t => t.scrollWidth > "
        "document.body.clientWidth + 1).length"
    )
    assert page.run(wide) == 0
    shown = "[...document.querySelectorAll('.beyond')].filter(r => r.offsetHeight).length"
    assert page.run(shown) == 0


@pytest.fixture(scope="session")
def hostile_report(hostile_files, tmp_path_factory) -> Path:
    """A report on the network whose names are meant to do harm, in an answer and in what-ifs."""
    folder = hostile_files[0].parent
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROUTEPLAN_NO_CACHE", "1")
        network = load_network(folder)
    plan = find_routes(network, Question("Astana", "Baku"))
    rows = [{"scenario_id": "x", "title": HOSTILE, "changes": "mode:rail time_h*=2"}]
    defaults = {"origin": "Astana", "destination": "Baku"}
    effects = find_effects(network, plan, ScenarioTable(rows, defaults=defaults))
    file = tmp_path_factory.mktemp("hostile-report") / "report.html"
    file.write_text(report_page(plan_report(plan, network, effects, folder)), "utf-8")
    return file


def test_hostile_names_stay_text(opened, hostile_report, reports):
    for file in (hostile_report, reports["batch"]):
        page = opened(file)
        assert page.run("document.images.length + document.scripts.length") == 0
        assert page.run("document.querySelectorAll('b').length") == 0
        assert "<img src=x onerror=alert(1)>" in page.run("document.body.textContent")
        text = page.run("document.documentElement.outerHTML")
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)
        links = "[...document.links].filter(a => !/^https?:/.test(a.protocol)).length"
        assert page.run(links) == 0


@pytest.fixture(scope="session")
def changed_files(real, tmp_path_factory) -> list[Path]:
    """The maps of a change: of the network, and of an answer."""
    folder = tmp_path_factory.mktemp("changed")
    network = apply_changes(real, parse_changes(CHANGE))
    plan = find_changed(real, Question("Astana", "Belgrade"), [CHANGE])
    routes = (("was", plan.what_if.unchanged), ("now", plan.itineraries[0]))
    shown = ShownChange(real, routes, (f"changed: {CHANGE}",))
    files = [folder / "network.html", folder / "route.html"]
    text = network_text(network, Format.HTML, ColorBy.CHANGE, PAGE, change=shown)
    files[0].write_text(text, "utf-8")
    files[1].write_text(plan_page_text(plan, real.sources), "utf-8")
    return files


def test_the_network_of_a_change_shows_old_and_new_in_the_panel(opened, changed_files):
    page = opened(changed_files[0])
    assert page.run("document.querySelectorAll('#ways-drawn .thin.altered').length") > 20
    assert page.run("document.querySelectorAll('#ways-drawn > g > .was').length") > 20
    assert page.run("document.querySelectorAll('.cross').length") >= 1
    assert "way after" in page.run("document.getElementById('legend').textContent")
    page.run("document.getElementById('find').focus()")
    page.call("Input.insertText", text="Astana rail - Karaganda")
    page.settle()
    page.click("#found button")
    assert re.search(
        r"time[\d. ]+[hd] → [\d. ]+h", page.run("document.getElementById('link').textContent")
    )
    page.click("input[value=mode]")
    assert page.run("document.querySelectorAll('#ways-drawn .thin.altered').length") == 0
    assert page.run("document.querySelectorAll('#ways-drawn > g > .was').length") > 20


def test_the_way_before_stays_in_sight_whatever_way_is_chosen(opened, changed_files):
    page = opened(changed_files[1])
    before = "document.querySelector('#ways-drawn > g[data-way=\"0\"]')"
    cross = "document.querySelector('#marks-drawn > g[data-way=\"0\"]')"
    for way in (1, 3):
        page.click(f".way-card:nth-of-type({way})")
        assert page.run(f"{before}.classList.contains('other')") is False
        assert page.run(f"{cross}.classList.contains('away')") is False
        assert page.run(f"{cross}.querySelectorAll('.cross').length") == 1


@pytest.mark.parametrize("number", [0, 1], ids=["network", "answer"])
def test_axe_finds_nothing_in_the_maps_of_a_change(opened, changed_files, number):
    assert opened(changed_files[number]).axe(AXE) == []
    assert opened(changed_files[number], PHONE, dark=True).axe(AXE) == []
