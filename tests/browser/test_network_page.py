"""The page of the network in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import DESKTOP, HOSTILE, PHONE

AXE = (Path(__file__).parents[1] / "vendor/axe-core/axe.min.js").read_text("utf-8")
COUNT = "document.querySelectorAll('#ways-drawn .thin.{}').length"


def test_colour_follows_the_choice(opened, network_file):
    page = opened(network_file)
    assert page.run(COUNT.format("rail")) > 100
    assert page.run(COUNT.format("restricted")) == 0
    page.click("input[value=status]")
    assert page.run(COUNT.format("rail")) == 0
    assert page.run(COUNT.format("restricted")) > 10
    assert "restricted" in page.run("document.getElementById('legend').textContent")


def test_a_mode_can_be_hidden(opened, network_file):
    page = opened(network_file)
    page.click("input[value=road]")
    hidden = page.run("document.querySelectorAll('#ways-drawn .thin.gone').length")
    assert hidden == page.run(COUNT.format("road"))
    assert hidden > 100


def test_a_link_is_found_by_a_place_and_shown(opened, network_file):
    page = opened(network_file)
    page.run("document.getElementById('find').focus()")
    page.call("Input.insertText", text="Aktau port - Alat")
    page.settle()
    page.click("#found button")
    assert "sea-aktau-alat" in page.run("document.getElementById('link').textContent")
    assert page.run("document.querySelectorAll('.thin.on').length") == 1


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(opened, network_file, size):
    page = opened(network_file, size, dark=size == PHONE)
    assert page.axe(AXE) == []


def test_hostile_names_stay_text(opened, hostile_files):
    page = opened(hostile_files[1])
    page.run("document.getElementById('find').focus()")
    page.call("Input.insertText", text="onerror")
    page.settle()
    page.click("#found button")
    assert page.run("document.images.length") == 0
    assert "<img src=x onerror=alert(1)>" in page.run("document.getElementById('link').textContent")
    assert HOSTILE.split()[0] in page.run("document.getElementById('link').textContent")
