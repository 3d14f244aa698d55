"""A network by itself: loaded, asked, and sent to other processes."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tiny import tiny_network

from routeplan import (
    DataError,
    Network,
    NoRouteError,
    Question,
    RequestError,
    apply_changes,
    find_routes,
    load_network,
    parse_changes,
    plan_dict,
    question_of,
)
from routeplan.places.options import Options

TINY = Path(__file__).parents[1] / "data" / "tiny"


@pytest.fixture(scope="module")
def tiny():
    return Network.load(TINY)


def test_load_is_load_network(tiny, monkeypatch):
    assert tiny == load_network(TINY)
    assert tiny.digest == load_network(str(TINY)).digest
    monkeypatch.setenv("ROUTEPLAN_DATA", str(TINY))
    assert Network.load().digest == tiny.digest
    with pytest.raises(DataError):
        Network.load("/nowhere")


def test_find_is_find_routes(tiny):
    question = Question(
        "Astana", "Baku", load="2xTEU", avoid=("sea",), by="time", depart="2026-12-10"
    )
    options = {"load": "2xTEU", "avoid": "sea", "by": "time", "depart": date(2026, 12, 10)}
    assert plan_dict(tiny.find("Astana", "Baku", **options)) == plan_dict(
        find_routes(tiny, question)
    )


def test_find_raises_what_find_routes_raises(tiny):
    with pytest.raises(NoRouteError):
        tiny.find("Astana", "Baku", modes="barge")
    with pytest.raises(RequestError, match="Bakqoo"):
        tiny.find("Astana", "Bakqoo")
    with pytest.raises(TypeError, match=r"no option is called 'avoit'\. Did you mean avoid\?"):
        tiny.find("Astana", "Baku", avoit="TR")


def test_a_lone_text_is_one_text_and_a_date_its_text():
    question = question_of("A", "B", avoid="TR", via=["C", "D"], on=date(2030, 1, 2), k=3)
    assert question == Question("A", "B", avoid=("TR",), via=("C", "D"), on="2030-01-02", k=3)


def test_options_are_the_fields_of_a_question():
    fields = [
        name for name in Question.__dataclass_fields__ if name not in ("origin", "destination")
    ]
    assert list(Options.__annotations__) == fields


@pytest.mark.parametrize("changes", ["", "mode:rail cost*=1.2; close node:kz-aktau-port"])
@pytest.mark.parametrize("duplicate", [lambda n: pickle.loads(pickle.dumps(n)), copy.deepcopy])  # noqa: S301 - our own
def test_a_copy_is_equal_answers_alike_and_is_as_immutable(real, changes, duplicate):
    network = apply_changes(real, parse_changes(changes)) if changes else real
    network.as_of  # noqa: B018 - what was worked out is not sent along
    other = duplicate(network)
    assert other == network
    assert (other.digest, other.cache_key) == (network.digest, network.cache_key)
    assert other.version == network.version
    assert "as_of" not in vars(other)
    assert other.as_of == network.as_of
    for name in ("nodes", "edges", "sources", "cargoes", "parameters", "adjustments"):
        mapping = getattr(other, name)
        with pytest.raises(TypeError):
            mapping["new"] = None
    with pytest.raises(AttributeError):
        other.digest = ""
    asked = ("Astana", "Istanbul")
    assert plan_dict(other.find(*asked, k=1)) == plan_dict(network.find(*asked, k=1))


def test_a_plan_can_be_sent_too(tiny):
    plan = tiny.find("Astana", "Baku")
    assert pickle.loads(pickle.dumps(plan)) == plan  # noqa: S301 - our own


def test_another_process_answers_alike(tiny, tmp_path):
    file = tmp_path / "network.pickle"
    file.write_bytes(pickle.dumps(tiny))
    program = (
        "import pickle, sys\n"
        f"network = pickle.load(open({str(file)!r}, 'rb'))\n"
        "print(network.find('Astana', 'Baku').itineraries[0].totals.cost_usd)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert float(done.stdout) == tiny.find("Astana", "Baku").itineraries[0].totals.cost_usd


def test_a_network_made_in_a_program_can_be_sent():
    network = tiny_network("edge_id,from_node,to_node,mode,distance_km\na,kz-a,kz-b,road,10")
    assert pickle.loads(pickle.dumps(network)) == network  # noqa: S301 - our own
