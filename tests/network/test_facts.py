from __future__ import annotations

import pytest

from routeplan.network.column import columns_of, is_date
from routeplan.network.files import FILES
from routeplan.network.frames import edge_frame, node_frame
from routeplan.network.provenance import confidence_for, sources_for
from routeplan.network.read import load_network
from routeplan.network.records import Edge
from routeplan.network.spread import Spread
from routeplan.network.usage import count_uses
from routeplan.network.vocabulary import Confidence, Metric, Unit


def test_a_number_s_own_source_comes_before_the_row_s():
    edge = Edge(source_ids=("time:survey", "tariff", "time:diary"))
    assert sources_for(edge, Metric.TIME) == ("survey", "diary")
    assert sources_for(edge, Metric.COST) == ("tariff",)
    assert sources_for(Edge(source_ids=("time:survey",)), Metric.COST) == ()


def test_a_number_s_own_confidence_comes_before_the_row_s():
    edge = Edge(confidence=("published", "time:measured"))
    assert confidence_for(edge, Metric.TIME) is Confidence.MEASURED
    assert confidence_for(edge, Metric.WAIT) is Confidence.PUBLISHED
    assert confidence_for(Edge(), Metric.WAIT) is Confidence.ASSUMED


def test_a_lone_median_has_no_spread():
    assert Edge(time_h=5.0).time == Spread(5, 5, 5)
    assert Edge(time_h_p10=4.0, time_h=5.0, time_h_p90=9.0).time == Spread(4, 5, 9)
    assert Edge().time is None
    assert Edge(wait_h=0.0).wait == Spread(0, 0, 0)


def test_a_blank_price_is_unknown_and_a_zero_is_free():
    assert Edge().price_usd(Unit.FEU) is None
    assert Edge(cost_usd_per_feu=0.0).price_usd(Unit.FEU) == 0


def test_a_city_stands_for_its_terminals(tiny):
    network = load_network(tiny())
    assert network.terminals("kz-aktau") == ("kz-aktau", "kz-aktau-port")
    assert network.terminals("kz-astana") == ("kz-astana",)


def test_a_missing_parameter_has_the_default_asked_for(tiny):
    network = load_network(tiny())
    assert network.parameter("reliability_ratio", 9) == 1
    assert network.parameter("unheard_of", 9) == 9


def test_tables_come_as_data_frames(tiny):
    network = load_network(tiny())
    nodes, edges = node_frame(network), edge_frame(network)
    assert list(nodes.index) == list(network.nodes)
    assert list(edges.index) == list(network.edges)
    assert nodes.loc["kz-astana", "lat"] == 51.17
    assert edges.loc["sea-aktau-alat", "wait_h"] == 48


def test_the_rows_that_name_a_source_are_counted(tiny):
    uses = count_uses(
        load_network(tiny("cargo general source_ids=time:atlas-2026|cost:atlas-2026"))
    )
    assert uses["atlas-2026"] == 9 + 1
    assert uses["nobody"] == 0


@pytest.mark.parametrize("file", FILES)
def test_every_column_is_explained_and_can_be_read(file):
    names = []
    for column in columns_of(FILES[file]):
        assert column.meaning
        assert not column.meaning.endswith(".")
        names += [column.name, *column.synonyms]
        if column.choices:
            assert [column.parse(choice.upper()) for choice in column.choices]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026", True),
        ("2026-03", True),
        ("2026-03-31", True),
        ("2026-13", False),
        ("2026-3", False),
        ("26", False),
        ("2026-03-31T00", False),
    ],
)
def test_dates_are_years_months_or_days(text, expected):
    assert is_date(text) is expected
