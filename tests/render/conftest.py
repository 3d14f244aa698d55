"""Plans to render: one on the tiny network, one on the same with names meant to do harm."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from routeplan.network.column import changed
from routeplan.network.read import load_network
from routeplan.places.question import Question
from routeplan.planner import find_routes

if TYPE_CHECKING:
    from routeplan.itinerary.model import Plan
    from routeplan.network.model import Network

TINY = Path(__file__).parents[1] / "data" / "tiny"
HARMFUL = '"[red]A</script>|=1+1,\t\u202e""B""\n`x` *y* \x1b[31m\\ <b>&"'


@pytest.fixture(scope="session")
def tiny_network() -> Network:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROUTEPLAN_NO_CACHE", "1")
        return load_network(TINY)


@pytest.fixture(scope="session")
def tiny_plan(tiny_network) -> Plan:
    return find_routes(tiny_network, Question("Astana", "Baku"))


@pytest.fixture(scope="session")
def harmful_network(tmp_path_factory) -> Network:
    folder = tmp_path_factory.mktemp("harmful") / "network"
    shutil.copytree(TINY, folder)
    nodes = folder / "nodes.csv"
    text = nodes.read_text("utf-8")
    assert ",Aktau port," in text
    nodes.write_text(text.replace(",Aktau port,", f",{HARMFUL},"), "utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROUTEPLAN_NO_CACHE", "1")
        return load_network(folder)


@pytest.fixture(scope="session")
def harmful_plan(harmful_network) -> Plan:
    return find_routes(harmful_network, Question("Astana", "Baku"))


HOSTILE = (
    "</script><b>bold</b>",
    "[red]rot[/red]",
    '=HYPERLINK("http://example.org","click")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "&<>\"'",
    "]]> &amp; %s {0} \\n",
    "\u200f\u0642\u0637\u0627\u0631\u202eabc\u2066",
    "bell\x07 escape\x1b[31m delete\x7f",
    "tab\tline\nreturn\rend",
    "not a character \ufffe\uffff",
    "x'); DROP TABLE ways; --",
    "_x0041_",
    "Ақтау Ələt Türkiye 阿拉特港 𐎠",
)
"""Names meant to do harm, and one that means well."""


@pytest.fixture(params=HOSTILE, ids=ascii)
def hostile(request, tiny_network) -> tuple[str, Network, Plan]:
    """A name meant to do harm, the network whose origin has it, and a plan from there."""
    name = request.param
    nodes = dict(tiny_network.nodes)
    nodes["kz-astana"] = changed(nodes["kz-astana"], name=name, note=name)
    network = replace(tiny_network, nodes=MappingProxyType(nodes))
    return name, network, find_routes(network, Question("kz-astana", "az-baku", k=1))
