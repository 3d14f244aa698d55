"""A network opened for the doors of a question: the facts, prices and compiled form stay."""

from __future__ import annotations

import pytest

from routeplan import Question, load_network, plan, read_question
from routeplan.graph import pricing
from routeplan.graph.doors import open_doors
from routeplan.network.cache import cache_folder
from routeplan.network.files import packaged_data
from routeplan.network.vocabulary import Mode, Unit


@pytest.fixture(scope="module")
def cached(tmp_path_factory):
    """Our own network, read with a cache folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("ROUTEPLAN_NO_CACHE", raising=False)
        load_network(packaged_data())
        yield load_network(packaged_data())


@pytest.fixture(scope="module")
def asked(cached):
    return read_question(cached, Question("Karaganda", "Kragujevac"))


def test_without_doors_the_network_is_itself(cached):
    asked = read_question(cached, Question("Astana", "Belgrade"))
    assert asked.doors == ()
    assert open_doors(cached, asked) is cached


def test_the_facts_stay_and_doors_are_opened_once(cached, asked):
    edges, nodes = len(cached.edges), len(cached.nodes)
    opened = open_doors(cached, asked)
    assert (len(cached.edges), len(cached.nodes)) == (edges, nodes)
    assert len(opened.nodes) == nodes + 1
    assert len(opened.edges) == edges + len(asked.doors[0].links)
    assert opened.digest == cached.digest
    assert open_doors(opened, asked) is opened


def test_the_compiled_form_of_the_facts_is_used_and_left_alone(cached, asked, monkeypatch):
    plain = pricing.price_arcs(cached, asked.shipment)
    files = {path: path.read_bytes() for path in cache_folder().iterdir()}

    def refuse(*_args):
        raise AssertionError("compiled, where the cache would have done")

    monkeypatch.setattr(pricing, "_compile", refuse)
    opened = open_doors(cached, asked)
    arcs = pricing.price_arcs(opened, asked.shipment)
    assert [arc.vector for arc in arcs[: len(plain)]] == [arc.vector for arc in plain]
    assert {arc.edge.edge_id for arc in arcs[len(plain) :]} == set(opened.added)
    assert len(arcs) == len(plain) + 2 * len(opened.added)
    assert {path: path.read_bytes() for path in cache_folder().iterdir()} == files


def test_a_compiled_form_made_with_doors_open_is_that_of_the_facts(cached, asked, monkeypatch):
    plain = pricing.price_arcs(cached, asked.shipment)
    kept = {}
    monkeypatch.setattr(pricing, "read_value", kept.get)
    monkeypatch.setattr(pricing, "write_value", kept.__setitem__)
    pricing.price_arcs(open_doors(cached, asked), asked.shipment)
    again = pricing.price_arcs(cached, asked.shipment)
    assert [arc.edge.edge_id for arc in again] == [arc.edge.edge_id for arc in plain]
    assert [arc.vector for arc in again] == [arc.vector for arc in plain]


def test_a_truck_costs_the_road_card_but_at_least_the_access_card(cached, asked):
    opened = open_doors(cached, asked)
    road = next(r for r in cached.rates if r.rate_id == "road-rs-truck")
    access = next(r for r in cached.rates if r.rate_id == "access-truck")
    for edge_id in opened.added:
        edge = opened.edges[edge_id]
        least = max(
            rate.usd_per_km * edge.distance_km + (rate.usd_fixed or 0) for rate in (road, access)
        )
        assert edge.mode is Mode.ROAD
        assert edge.price_usd(Unit.TRUCK) == pytest.approx(least)
        assert edge.time.p10 < edge.time.p50 < edge.time.p90


@pytest.mark.parametrize("ends", [("Karaganda", "Kragujevac"), ("Fergana", "Plovdiv")])
def test_door_to_door_on_our_own_network(cached, ends):
    found = plan(cached, read_question(cached, Question(*ends)))
    first = found.itineraries[0]
    assert (first.legs[0].start, first.legs[-1].end) == (found.origin, found.destination)
    assert 10 < first.totals.time_h_p50 / 24 < 40
    assert found.network_version == cached.version


def test_the_same_question_gives_the_same_answer(cached, asked):
    same = read_question(cached, Question("Караганда", "Крагујевац"))
    assert plan(cached, asked) == plan(cached, same)
