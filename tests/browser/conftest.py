"""Pages opened from disk in a real browser."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from routeplan.network.read import load_network
from routeplan.places.question import Question
from routeplan.planner import find_routes
from routeplan.render.draw.answer import network_text, plan_page_text
from routeplan.render.output import PAGE, Format
from routeplan.render.picture import ColorBy
from tests.browser.chromium import Browser, find_chromium

TINY = Path(__file__).parents[1] / "data" / "tiny"
HOSTILE = "</script><img src=x onerror=alert(1)> [red] \u202eabc\u202c <b>&amp;\"'"
DESKTOP, PHONE = (1400, 900), (390, 844)


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    program = find_chromium()
    if program is None:
        message = "no Chromium on this machine (apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    running = Browser(program, tmp_path_factory.mktemp("profile"))
    yield running
    running.close()


@pytest.fixture(scope="session")
def plan_file(real, tmp_path_factory) -> Path:
    """The page of Astana - Belgrade."""
    plan = find_routes(real, Question("Astana", "Belgrade"))
    file = tmp_path_factory.mktemp("pages") / "route.html"
    file.write_text(plan_page_text(plan, real.sources), "utf-8")
    return file


@pytest.fixture(scope="session")
def network_file(real, tmp_path_factory) -> Path:
    """The page of the network."""
    file = tmp_path_factory.mktemp("pages") / "network.html"
    file.write_text(network_text(real, Format.HTML, ColorBy.MODE, PAGE), "utf-8")
    return file


@pytest.fixture(scope="session")
def hostile_files(tmp_path_factory) -> list[Path]:
    """Both pages of a network whose names, sources and notes are meant to do harm."""
    folder = tmp_path_factory.mktemp("hostile")
    for source in TINY.glob("*.csv"):
        text = source.read_text("utf-8")
        quoted = '"' + HOSTILE.replace('"', '""') + '"'
        if source.name == "nodes.csv":
            assert ",Aktau port," in text
            text = text.replace(",Aktau port,", f",{quoted},")
        if source.name == "sources.csv":
            assert text.count(",https://") > 0
            text = text.replace(",https://", ",javascript:alert(2)//")
        (folder / source.name).write_text(text, "utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROUTEPLAN_NO_CACHE", "1")
        network = load_network(folder)
    plan = find_routes(network, Question("Astana", "Baku"))
    pages = [folder / "route.html", folder / "network.html"]
    pages[0].write_text(plan_page_text(plan, network.sources, folder), "utf-8")
    pages[1].write_text(network_text(network, Format.HTML, ColorBy.MODE, PAGE, folder), "utf-8")
    return pages


@pytest.fixture
def opened(browser):
    """Open files, and close them after the test; a page must ask for nothing and not complain."""
    pages = []

    def open_page(file, size=DESKTOP, *, dark=False):
        page = browser.open(file, width=size[0], height=size[1], dark=dark)
        pages.append((page, file))
        return page

    yield open_page
    for page, file in pages:
        page.run("0")  # what happened until now is read
        page.close()
        assert page.requests == [file.as_uri()]
        assert page.complaints == []
