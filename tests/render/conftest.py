"""Plans to render: one on the tiny network, one on the same with names meant to do harm."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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
