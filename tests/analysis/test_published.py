from __future__ import annotations

import pytest
from tiny import tiny_network

from routeplan.analysis.published import (
    Published,
    PublishedStatus,
    Quantity,
    Scope,
    read_published,
)
from routeplan.errors import DataError

NETWORK = tiny_network("""
    from_node, to_node, mode, distance_km
    kz-alma,   kz-bora, rail, 100
    kz-bora,   kz-caro, rail, 100
""")
HEADER = "published_id, origin, destination, via, quantity, value_low, value, value_high, status"


def test_a_row_is_read_with_its_chain_and_figure(published):
    (row,) = published(
        NETWORK,
        """
        published_id, origin,  destination, via,     modes,      quantity, value, status, scope, counts, source_ids
        first-train,  kz-alma, kz-caro,     kz-bora, "rail,sea", time_h,   48,    actual, train, no,     news|diary
        """,  # noqa: E501 - a table
    )
    assert (row.origin, row.via, row.destination) == ("kz-alma", ("kz-bora",), "kz-caro")
    assert (row.quantity, row.value, row.modes) == (Quantity.TIME_H, 48, "rail,sea")
    assert (row.status, row.scope, row.counts) == (PublishedStatus.ACTUAL, Scope.TRAIN, False)
    assert row.source_ids == ("news", "diary")


def test_a_row_that_says_no_more_is_general_cargo_in_a_box_from_gate_to_gate_and_counts(published):
    (row,) = published(NETWORK, f"{HEADER}\na, kz-alma, kz-bora, , distance_km, , 100, , length")
    assert (row.cargo, row.load, row.scope, row.counts) == ("general", "1xFEU", Scope.GATE, True)
    assert (row.via, row.avoid, row.modes, row.depart) == ((), (), "", "")


@pytest.mark.parametrize(
    ("low", "value", "high", "central"),
    [
        (None, 5.0, None, 5),
        (4.0, None, 8.0, 6),
        (4.0, 5.0, 8.0, 5),
        (4.0, None, None, 4),
        (None, None, 8.0, 8),
        (0.0, None, 8.0, 4),
        (None, None, None, None),
    ],
)
def test_the_central_figure_is_the_figure_or_the_middle_of_its_range(low, value, high, central):
    assert Published(value_low=low, value=value, value_high=high).central == central


def _faults(published, *rows: str) -> list[tuple[str, int, str]]:
    with pytest.raises(DataError) as error:
        published(NETWORK, "\n".join([HEADER, *rows]))
    return [(fault.code, fault.line, fault.field) for fault in error.value.findings]


def test_every_place_the_network_lacks_is_named(published):
    faults = _faults(
        published,
        "a, kz-alma, kz-bora, ,                time_h, , 5, , actual",
        "b, kz-nowh, kz-bora, kz-caro|kz-lost, time_h, , 5, , actual",
        "c, kz-alma, kz-gone, ,                time_h, , 5, , actual",
    )
    assert faults == [("P001", 3, "origin"), ("P001", 3, "via"), ("P001", 4, "destination")]


def test_a_row_needs_a_figure_and_its_range_in_order(published):
    faults = _faults(
        published,
        "a, kz-alma, kz-bora, , time_h, ,   , , actual",
        "b, kz-alma, kz-bora, , time_h, 9,  , 5, actual",
        "c, kz-alma, kz-bora, , time_h, 9, 5, , actual",
    )
    assert faults == [("P002", 2, "value"), ("P002", 3, "value"), ("P002", 4, "value")]


def test_an_id_stands_once(published):
    faults = _faults(
        published,
        "a, kz-alma, kz-bora, , time_h, , 5, , actual",
        "a, kz-alma, kz-bora, , time_h, , 6, , actual",
    )
    assert faults == [("P003", 3, "published_id")]


@pytest.mark.parametrize(
    "row",
    [
        "a, kz-alma, kz-bora, , speed,  , 5,  , actual",
        "a, kz-alma, kz-bora, , time_h, , 5,  , rumour",
        "a, kz-alma, kz-bora, , time_h, , -5, , actual",
        "a, kz-alma, kz-bora, , time_h, , ,   ten, actual",
        "a, ,        kz-bora, , time_h, , 5,  , actual",
        "a, kz-alma, kz-bora, , time_h, , 5,  ,",
    ],
)
def test_a_cell_that_cannot_be_read_is_an_error(published, row):
    ((code, line, _),) = _faults(published, row)
    assert code in {"T009", "T010"}
    assert line == 2


def test_a_day_of_departure_is_a_date(published):
    with pytest.raises(DataError, match=r'depart "spring": expected a date'):
        published(
            NETWORK,
            """
            published_id, origin,  destination, quantity, value, status, depart
            a,            kz-alma, kz-bora,     time_h,   5,     actual, spring
            """,
        )


def test_a_file_that_is_not_there_is_one_finding_with_its_path(tmp_path):
    path = tmp_path / "none.csv"
    with pytest.raises(DataError) as error:
        read_published(path, NETWORK)
    assert str(error.value) == f"{path} T000: cannot be read, no such file or directory."


def test_a_folder_in_place_of_the_file_is_one_finding(tmp_path):
    with pytest.raises(DataError, match="T000: cannot be read") as error:
        read_published(tmp_path, NETWORK)
    assert len(error.value.findings) == 1


def test_a_file_without_rows_holds_no_figure(published):
    assert published(NETWORK, HEADER) == []
