"""Changes on a network: what they do to edges, and that the network itself stays as it was."""

from __future__ import annotations

import pytest
from tiny import ask, best, request, tiny_network

from routeplan.errors import NoRouteError
from routeplan.graph.costing import Costing
from routeplan.network.adjustment import Op, Step
from routeplan.network.spread import Spread
from routeplan.network.vocabulary import Confidence, Metric, Status
from routeplan.scenario.apply import Editor, apply_changes, changed_edges
from routeplan.scenario.changes import ChangeError, parse_changes

NODES = """
    node_id,  name,  country, kind,    city_id
    kz-port,  Port,  KZ,      city
    kz-dock,  Dock,  KZ,      seaport, kz-port
"""
EDGES = """
    edge_id,  from_node, to_node, kind,      mode,  to_mode, directed, distance_km, time_h_p10, time_h, time_h_p90, wait_h, per_week, cost_usd_per_feu, capacity_t_yr, status,  open_from,  corridor, operator,  passages, season_id
    r1,       kz-alma,   kz-dock, move,      rail,  ,        no,       100,         8,          10,     20,         ,       ,         ,                 1000,          open,    ,           main,     Red Rail,  ,         s1
    r2,       kz-dock,   kz-cosy, move,      rail,  ,        no,       200,         ,           ,       ,           ,       ,         ,                 ,              open,    ,           side,     Blue Rail, ,
    s1,       kz-dock,   az-bora, move,      sea,   ,        no,       100,         ,           5,      ,           12,     7,        80,               ,              open,    ,           main,     ,          strait,
    h1,       kz-dock,   kz-dock, transship, rail,  sea,     no,       ,            ,           ,       ,           ,       ,         ,                 ,              open,    ,           ,         ,          ,
    b1,       az-bora,   ge-rest, border,    rail,  ,        no,       10,          ,           6,      ,           ,       ,         ,                 ,              open,    ,           main,     ,          ,
    p1,       ge-rest,   ge-nova, move,      rail,  ,        no,       100,         ,           ,       ,           ,       ,         ,                 ,              planned, 2030-01-01, ,         ,          ,
"""  # noqa: E501 - a table
SEASONS = """
    season_id, name, from_month_day, to_month_day
    s1,        Snow, 01-01,          02-01
    s2,        Rain, 03-01,          04-01
"""
NETWORK = tiny_network(EDGES, NODES, seasons=SEASONS)


def changed(text: str):
    return apply_changes(NETWORK, parse_changes(text))


def cells(text: str, edge_id: str, *names: str) -> tuple[object, ...]:
    edge = changed(text).edges[edge_id]
    return tuple(getattr(edge, name) for name in names)


def named(selector: str) -> list[str]:
    return list(changed_edges(NETWORK, parse_changes(f"{selector} cost*=2")))


@pytest.mark.parametrize(
    ("selector", "edges"),
    [
        ("edge:r1", ["r1"]),
        ("edge:R*", ["r1", "r2"]),
        ("edge:?1", ["r1", "s1", "h1", "b1", "p1"]),
        ("edge:r1,s1", ["r1", "s1"]),
        ("edge:r1,node:ge-nova", ["r1", "p1"]),
        ("node:kz-dock", ["r1", "r2", "s1", "h1"]),
        ("node:kz-port", ["r1", "r2", "s1", "h1"]),
        ("mode:rail", ["r1", "r2", "b1", "p1"]),
        ("mode:sea,rail", ["r1", "r2", "s1", "b1", "p1"]),
        ("mode:rail-sea", ["h1"]),
        ("mode:sea-rail", ["h1"]),
        ("country:KZ", ["r1", "r2", "h1"]),
        ("country:kz&mode:rail", ["r1", "r2"]),
        ("!country:KZ", ["s1", "b1", "p1"]),
        ("!country:KZ,GE", ["s1", "b1"]),
        ("border:az-ge", ["b1"]),
        ("border:GE-AZ", ["b1"]),
        ("border:ge", ["b1"]),
        ("corridor:main", ["r1", "s1", "b1"]),
        ("corridor:main&!mode:sea", ["r1", "b1"]),
        ("kind:transship", ["h1"]),
        ("operator:red rail", ["r1"]),
        ("operator:*rail", ["r1", "r2"]),
        ("passage:strait", ["s1"]),
        ("season:s1", ["r1"]),
        ("status:planned", ["p1"]),
    ],
)
def test_a_selector_names_the_edges_that_fulfil_it(selector, edges):
    assert named(selector) == edges


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("close edge:r9", ['no edge "r9"', "Known are b1, h1, p1, r1, r2, s1."]),
        ("close node:kz-dok", ['no node "kz-dok"', "Did you mean kz-dock"]),
        ("close node:Dock", ['no node "dock"', "Write its id: node:kz-dock."]),
        ("close country:XX", ['no country "xx"', "Known are ge, kz."]),
        ("close edge:x*", ['fits "x*"']),
        ("close mode:sea&country:KZ", ["no edge fulfils all of it"]),
        ("edge:r1 per_week*=2", ["no edge it names has a per_week of its own"]),
        ("edge:r1 cost_usd_per_feu+=5", ["cost_usd_per_feu of its own", "Use cost"]),
        ("edge:r1 time_h+=9000", ["time_h_p10 of r1 9008", "from 0 to 8760"]),
        ("edge:s1 per_week*=0", ["per_week of s1 0", "0.01"]),
        ("edge:r1 time_h_p10=30", ["30, 10 and 20 h", "Percentiles must rise"]),
        ("edge:r1 season_id=s9", ['no season is called "s9"', "s1, s2"]),
    ],
)
def test_what_cannot_be_applied_is_told_with_its_piece(text, told):
    with pytest.raises(ChangeError) as error:
        changed(text)
    for part in (text, *told):
        assert part in str(error.value)


def test_every_piece_that_cannot_be_applied_is_told_at_once():
    with pytest.raises(ChangeError) as error:
        changed("close edge:r8; close edge:r1; close edge:r9")
    assert [fault.piece for fault in error.value.faults] == ["close edge:r8", "close edge:r9"]


@pytest.mark.parametrize(
    ("text", "spread"),
    [
        ("edge:r1 time_h*=2", (16, 20, 40)),
        ("edge:r1 time_h/=2", (4, 5, 10)),
        ("edge:r1 time_h=5", (4, 5, 10)),
        ("edge:r1 time_h+=2", (10, 12, 22)),
        ("edge:r1 time_h-=9", (0, 1, 11)),
        ("edge:r1 time_h*=2; edge:r1 time_h+=1", (17, 21, 41)),
        ("edge:r1 time_h_p90*=2", (8, 10, 40)),
    ],
)
def test_a_median_takes_its_percentiles_with_it(text, spread):
    assert cells(text, "r1", "time_h_p10", "time_h", "time_h_p90") == spread


def test_percentiles_a_row_leaves_blank_stay_blank():
    assert cells("edge:s1 time_h*=2", "s1", "time_h_p10", "time_h", "time_h_p90") == (
        None,
        10,
        None,
    )


def test_a_new_median_moves_percentiles_up_where_the_old_one_is_zero():
    edges = "edge_id, from_node, to_node, mode, distance_km, wait_h_p10, wait_h, wait_h_p90\n"
    network = tiny_network(f"{edges}r1, kz-a, kz-b, rail, 1, 0, 0, 24")
    edge = apply_changes(network, parse_changes("edge:r1 wait_h=6")).edges["r1"]
    assert (edge.wait_h_p10, edge.wait_h, edge.wait_h_p90) == (6, 6, 30)


def test_numbers_and_words_are_set():
    text = "edge:s1 per_week*=2; edge:s1 max_lot_t=50; edge:s1 passages=a|b; edge:r1 capacity*=3"
    assert cells(text, "s1", "per_week", "max_lot_t", "passages") == (14, 50, ("a", "b"))
    assert cells(text, "r1", "capacity_t_yr", "capacity_teu_yr") == (3000, None)
    assert cells("edge:r1 season_id=s2", "r1", "season_id") == ("s2",)


def test_closing_and_opening():
    assert changed_edges(NETWORK, parse_changes("close edge:r1; close mode:sea")) == {
        "r1": None,
        "s1": None,
    }
    assert changed("close edge:r1").edges["r1"].status is Status.CLOSED
    assert cells("open edge:p1", "p1", "status", "open_from") == (Status.OPEN, "")
    assert cells("edge:p1 status=open", "p1", "status", "open_from") == (
        Status.OPEN,
        "2030-01-01",
    )


def test_only_edges_that_differ_are_listed_and_counted():
    edited = Editor(NETWORK).edit(parse_changes("close edge:r1; mode:sea wait_h=1; edge:s1 cost=9"))
    assert edited.counts == (1, 1, 1)
    assert list(edited.edges) == ["r1", "s1"]
    assert edited.edges["s1"].wait_h == 1
    assert list(edited.adjustments) == ["s1"]
    assert edited.network.edges["r2"] is NETWORK.edges["r2"]


def test_no_change_gives_the_network_itself():
    assert apply_changes(NETWORK, ()) is NETWORK


def test_the_network_stays_as_it_was():
    edges, digest = dict(NETWORK.edges), NETWORK.digest
    other = changed("close mode:rail; edge:s1 wait_h=1; mode:sea cost*=2; edge:s1 corridor=x")
    assert dict(NETWORK.edges) == edges
    assert (NETWORK.digest, dict(NETWORK.adjustments)) == (digest, {})
    with pytest.raises(TypeError):
        other.edges["s1"] = edges["s1"]


def test_the_digest_tells_changes_apart_and_not_how_they_are_written():
    digests = {
        changed(text).digest
        for text in ("close edge:r1", "close edge:r2", "edge:r1 time_h=6", "edge:r1 time_h=7")
    }
    assert len(digests | {NETWORK.digest}) == 5
    same = {changed(f"{a}; {b}").digest for a, b in _orders("close edge:r1", "edge:s1 wait_h=6")}
    assert len(same) == 1


def test_changes_may_follow_changes():
    once = changed("edge:r2 cost*=2; edge:r2 time_h*=2")
    twice = apply_changes(once, parse_changes("edge:r2 cost+=10; edge:r2 time_h*=2"))
    assert twice.adjustments["r2"].steps == {
        Metric.COST: (Step(Op.TIMES, 2), Step(Op.ADD, 10)),
        Metric.TIME: (Step(Op.TIMES, 4),),
    }
    assert twice.adjustments["r2"].pieces[Metric.COST] == "edge:r2 cost*=2; edge:r2 cost+=10"


def _orders(a: str, b: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (a, b), (b, a)


LINE = "edge_id, from_node, to_node, mode, distance_km\nr1, kz-alma, kz-bora, rail, 100"


@pytest.mark.parametrize(
    ("text", "hours", "usd", "kg"),
    [
        ("", 10, 100, 20),
        ("edge:r1 cost*=1.2", 10, 120, 20),
        ("edge:r1 cost+=100", 10, 200, 20),
        ("edge:r1 cost-=500", 10, 0, 20),
        ("edge:r1 cost=55", 10, 55, 20),
        ("edge:r1 cost=55; edge:r1 cost*=2; edge:r1 cost+=1", 10, 111, 20),
        ("edge:r1 cost_usd_per_feu=70; edge:r1 cost*=2", 10, 140, 20),
        ("edge:r1 time_h*=2", 20, 100, 20),
        ("edge:r1 time_h=3", 3, 100, 20),
        ("edge:r1 wait_h=5", 15, 100, 20),
        ("edge:r1 distance_km*=2", 20, 200, 40),
        ("edge:r1 co2e*=0.5", 10, 100, 10),
        ("edge:r1 co2e=2", 10, 100, 40),
        ("edge:r1 co2e+=1", 10, 100, 40),
    ],
)
def test_a_change_acts_on_the_numbers_of_the_cards_too(text, hours, usd, kg):
    network = apply_changes(tiny_network(LINE), parse_changes(text))
    totals = best(network, "kz-alma", "kz-bora").totals
    assert (totals.time_h, totals.cost_usd, totals.co2e_kg) == (hours, usd, kg)


def test_an_added_price_is_per_box_and_a_load_by_mass_pays_its_share():
    network = apply_changes(tiny_network(LINE), parse_changes("edge:r1 cost=100"))
    prices = [
        best(network, "kz-alma", "kz-bora", load=load).totals.cost_usd
        for load in ("1xFEU", "2xTEU", "1xTEU", "3xFEU", "20t", "2t")
    ]
    assert prices == [100, 100, 50, 300, 100, 20]


def test_a_changed_number_names_the_scenario_and_others_their_rows():
    network = changed("mode:rail cost*=2; edge:r1 time_h*=2; edge:s1 per_week=14")
    leg = ask(network, "kz-alma", "kz-dock").itineraries[0].legs[0]
    assert leg.evidence[Metric.COST].basis == "scenario: mode:rail cost*=2"
    assert leg.evidence[Metric.TIME].basis == "scenario: edge:r1 time_h*=2"
    assert leg.evidence[Metric.TIME].confidence is Confidence.ASSUMED
    assert leg.evidence[Metric.DISTANCE].basis == "edges.csv"


def test_a_wait_made_of_a_changed_frequency_names_the_scenario():
    edges = "edge_id, from_node, to_node, mode, distance_km, per_week\ns1, kz-a, az-b, sea, 100, 7"
    network = apply_changes(tiny_network(edges), parse_changes("edge:s1 per_week*=2"))
    leg = best(network, "kz-a", "az-b").legs[0]
    assert leg.wait_h.p50 == 6
    assert leg.evidence[Metric.WAIT].basis == "scenario: edge:s1 per_week*=2"


def test_edges_and_adjustments_alone_price_what_the_changed_network_does():
    changes = parse_changes("mode:rail cost*=2; mode:rail,sea time_h+=3; close edge:b1")
    edited = Editor(NETWORK).edit(changes)
    asked = request(NETWORK, "kz-alma", "kz-cosy")
    alone = Costing(NETWORK, asked.shipment).adjusted(edited.adjustments)
    whole = Costing(edited.network, asked.shipment)
    for edge_id, edge in edited.edges.items():
        if edge is not None:
            assert alone.vectors(edge) == whole.vectors(edited.network.edges[edge_id])
    assert edited.edges["b1"] is None


def test_what_is_closed_is_not_used():
    with pytest.raises(NoRouteError):
        ask(changed("close node:kz-port"), "kz-alma", "kz-cosy")


def test_a_planned_link_that_is_opened_is_used():
    network = changed("open edge:p1")
    assert best(network, "ge-rest", "ge-nova").legs[0].edge.edge_id == "p1"


def test_steps_scale_shift_and_set_percentiles():
    spread = Spread(8, 10, 20)
    assert Step(Op.TIMES, 2).on_spread(spread) == (16, 20, 40)
    assert Step(Op.OVER, 2).on_spread(spread) == (4, 5, 10)
    assert Step(Op.ADD, 1).on_spread(spread) == (9, 11, 21)
    assert Step(Op.SUBTRACT, 9).on_spread(spread) == (0, 1, 11)
    assert Step(Op.SET, 5).on_spread(spread) == (4, 5, 10)
    assert Step(Op.SET, 5).on_spread(Spread(0, 0, 3)) == (5, 5, 8)


@pytest.mark.parametrize(
    "piece", ["mode:rail cost*=1.01", "edge:r1 time_h*=1.00001; edge:s1 cost+=1"]
)
def test_a_megabyte_of_changes_is_applied_and_steps_do_not_pile_up(piece):
    pieces = parse_changes(f"{piece};" * (1_000_000 // len(piece)))
    network = apply_changes(NETWORK, pieces)
    assert all(len(steps) == 1 for a in network.adjustments.values() for steps in a.steps.values())


def test_work_without_end_is_refused_at_the_piece_that_goes_too_far(monkeypatch):
    monkeypatch.setattr("routeplan.scenario.apply._MOST_EDITS", 100)
    with pytest.raises(ChangeError, match="the pieces up to here name 102 edges") as error:
        changed("edge:* cost*=1;" * 400)
    (fault,) = error.value.faults
    assert fault.offset == 1 + 16 * len("edge:* cost*=1;")
