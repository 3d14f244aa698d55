from __future__ import annotations

from dataclasses import replace

import pytest
from tiny import tiny_network

from routeplan.analysis.broken import find_broken
from routeplan.errors import RequestError

SOURCES = """
    source_id, title,  weak
    survey,    Survey, no
    forum,     Forum,  yes
    copy,      Copy,   yes
"""
CARD = "{0}_id, kind, mode, {1}, source_ids, as_of{2}\nrail, move, rail, 240, survey, 2024{3}"
SOUND = {
    "sources": SOURCES,
    "times": CARD.format("time", "km_per_day", "", ""),
    "rates": CARD.format("rate", "usd_per_km", ", unit, price_year", ", feu, 2025"),
    "emissions": CARD.format("factor", "gco2e_per_tkm_wtw", "", ""),
    "cargo": "cargo_id, payload_t_per_feu, source_ids\ngeneral, 20, survey",
    "parameters": "parameter_id, value, source_ids\nprice_year, 2025, survey",
}


def _found(edge: str, older_than: str | None = None, **cards: str):
    """List what is broken of one train: its numbers and `source_ids, as_of` as given."""
    network = tiny_network(
        "edge_id, from_node, to_node, mode, distance_km, time_h, wait_h, source_ids, as_of\n"
        f"train, kz-alma, kz-bora, rail, {edge}",
        **(SOUND | cards),
    )
    broken = find_broken(network, older_than)
    return [(b.file, b.row, b.metric, b.problem, b.detail) for b in broken]


def _train(*found: tuple[str, str, str]):
    return [("edges.csv", "train", *parts) for parts in found]


def test_a_network_with_a_source_for_every_number_has_nothing_broken():
    assert _found("100, 5, 2, survey, 2024") == []


def test_each_number_without_a_source_is_listed():
    assert _found("100, 5, 2, ,") == _train(
        ("distance", "no source", ""), ("time", "no source", ""), ("wait", "no source", "")
    )


def test_a_number_the_row_does_not_give_needs_no_source():
    assert _found("100, , , distance:survey,") == []


def test_a_source_of_one_number_backs_no_other():
    assert _found("100, 5, , time:survey,") == _train(("distance", "no source", ""))


def test_a_source_that_is_not_in_sources_csv_is_listed_with_its_id():
    assert _found("100, , , hearsay,") == _train(("distance", "unknown source", "hearsay"))


def test_a_number_on_a_single_weak_source_is_listed():
    assert _found("100, 5, , forum|time:survey,") == _train(
        ("distance", "single weak source", "forum")
    )


@pytest.mark.parametrize("sources", ["forum|survey", "forum|copy"])
def test_a_weak_source_that_does_not_stand_alone_is_not_listed(sources):
    assert _found(f"100, , , {sources},") == []


def test_a_weak_source_beside_an_unknown_one_stands_alone():
    assert _found("100, , , forum|hearsay,") == _train(
        ("distance", "unknown source", "hearsay"), ("distance", "single weak source", "forum")
    )


@pytest.mark.parametrize(
    ("older_than", "as_of", "old"),
    [
        ("2024", "2023", True),
        ("2024", "2023-12", True),
        ("2024", "2024", False),
        ("2024", "2024-01", False),
        ("2024-06", "2024-05", True),
        ("2024-06", "2024", False),  # it may be of December
        ("2024-06-15", "2024-06-14", True),
        ("2024-06-15", "2024-06", False),
        ("2024", "", False),
        (None, "1999", False),
    ],
)
def test_a_number_is_old_if_all_its_date_lies_before(older_than, as_of, old):
    cards = {
        name: text.replace("2024", "2026") for name, text in SOUND.items() if name != "sources"
    }
    found = _found(f"100, , , survey, {as_of}", older_than, **cards)
    assert found == (_train(("distance", "old", as_of)) if old else [])


@pytest.mark.parametrize("older_than", ["soon", "2024-13", "24", ""])
def test_older_than_what_is_no_date_is_refused(older_than):
    with pytest.raises(RequestError, match=f'cannot read the date "{older_than}"'):
        _found("100, , , survey,", older_than)


@pytest.mark.parametrize(
    ("card", "row", "metrics"),
    [
        ("times", "rail", ["time"]),
        ("rates", "rail", ["cost"]),
        ("emissions", "rail", ["co2e"]),
        ("cargo", "general", [""]),
        ("parameters", "price_year", [""]),
    ],
)
def test_the_numbers_of_every_card_are_looked_at(card, row, metrics):
    found = _found("100, , , survey,", **{card: SOUND[card].replace("survey", "")})
    assert found == [(f"{card}.csv", row, metric, "no source", "") for metric in metrics]


def test_time_and_wait_of_a_card_have_each_their_own_source():
    times = "time_id, kind, mode, wait_h, source_ids\nrail, border, rail, 5, time:survey"
    assert _found("100, , , survey,", times=times) == [
        ("times.csv", "rail", "wait", "no source", "")
    ]


def test_the_numbers_of_a_season_are_looked_at():
    seasons = (
        "season_id, from_month_day, to_month_day, time_factor, wait_add_h, source_ids\n"
        "storm, 11-01, 03-31, 2, 12, time:forum"
    )
    assert _found("100, , , survey,", seasons=seasons) == [
        ("seasons.csv", "storm", "time", "single weak source", "forum"),
        ("seasons.csv", "storm", "wait", "no source", ""),
    ]


def test_our_own_numbers_all_have_a_known_source(real):
    problems = {broken.problem for broken in find_broken(real)}
    assert problems <= {"single weak source"}


def test_a_source_taken_away_is_missed(real):
    source_id = next(iter(find_broken(real))).detail
    fewer = replace(real, sources={k: v for k, v in real.sources.items() if k != source_id})
    assert ("unknown source", source_id) in {(b.problem, b.detail) for b in find_broken(fewer)}
