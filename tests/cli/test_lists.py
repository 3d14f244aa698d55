"""`find` and the lists: what each option does to what is printed."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

TINY = Path(__file__).parents[1] / "data" / "tiny"
FIND = ("find", "Astana", "Baku")


def _rows(text: str, delimiter: str = "\t") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def test_version_says_name_and_number(say):
    assert re.fullmatch(r"routeplan \d+\.\d+\.\d+\S*\n", say("--version").out)


def test_help_is_had_by_either_option(say):
    assert say("find", "-h") == say("find", "--help")
    assert say("find", "-h").code == 0


def test_choices_may_be_written_in_upper_case(say):
    assert say(*FIND, "--by", "TIME", "--format", "TSV") == say(*FIND, "--by", "time")


def test_k_limits_the_number_of_ways(say):
    (only,) = _rows(say(*FIND, "-k", "1").out)
    assert only["way"] == _rows(say(*FIND).out)[0]["way"]
    assert len(_rows(say(*FIND, "-k", "2").out)) <= 2


def test_by_decides_which_way_comes_first(say):
    fastest, *slower = _rows(say(*FIND, "--by", "time").out)
    assert all(float(fastest["time_h"]) <= float(way["time_h"]) for way in slower)
    cheapest, *dearer = _rows(say(*FIND, "--by", "cost").out)
    assert all(float(cheapest["cost_usd"]) <= float(way["cost_usd"]) for way in dearer)


def test_quiet_leaves_the_notes_out(say):
    table = (*FIND, "--format", "table")
    assert "Note: " in say(*table).out
    assert "Note: " not in say(*table, "--quiet").out
    assert say(*FIND, "--format", "json", "-q") == say(*FIND, "--format", "json")


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "geojson"])
def test_notes_and_policy_go_to_standard_error_where_the_answer_has_no_place_for_them(say, form):
    told = say(*FIND, "--format", form)
    notes = json.loads(say(*FIND, "--format", "json").out)["warnings"]
    assert told.err.splitlines()[:-1] == notes
    assert told.err.splitlines()[-1].startswith("Policy sanctions: Russia")
    quiet = say(*FIND, "--format", form, "--quiet")
    assert (quiet.out, quiet.err) == (told.out, "")


def test_verbose_names_the_sources_of_every_step_of_every_way(say):
    plain, verbose = say(*FIND, "--format", "table").out, say(*FIND, "-v", "--format", "table").out
    assert "tariff-2025" not in plain
    assert verbose.count("step by step") == verbose.count("Where the numbers come from") > 1
    assert "cost published: tariff-2025" in verbose


def test_the_heading_repeats_what_was_asked_for(say):
    said = say(
        *FIND,
        *("--via", "Aktau port", "--mode", "rail,sea", "--depart", "2026-12-01"),
        *("--avoid", "ferry", "--load", "2xTEU", "--by", "cost", "--format", "table"),
    )
    heading = " ".join(said.out.split("\n\n")[0].split())
    assert heading == (
        "Astana to Baku 2xTEU general cargo, 24 t | cheapest first | via Aktau port | "
        "only by rail, sea | departing 2026-12-01"
    )
    assert "Avoided as asked: ferry." in " ".join(said.out.split())


def test_the_policy_line_says_who_is_kept_out_and_how_to_lift_it(say):
    kept_out = " ".join(say(*FIND, "--format", "table").out.split())
    assert (
        "Policy sanctions: Russia, Belarus and Iran kept out, under broad sanctions of the EU and "
        "the USA (--policy none lifts this)." in kept_out
    )
    lifted = say(*FIND, "--format", "table", "--policy", "none").out
    assert "Policy none: no country is kept out." in lifted


def test_places_are_found_by_part_of_a_name_in_any_script_or_by_country(say):
    assert [row["node_id"] for row in _rows(say("places", "порт Акт").out)] == ["kz-aktau-port"]
    assert {row["country"] for row in _rows(say("places", "AZ").out)} == {"AZ"}
    assert len(_rows(say("places").out)) == len(_rows((TINY / "nodes.csv").read_text("utf-8"), ","))


def test_places_say_why_each_is_listed_and_which_one_find_takes(say):
    rows = _rows(say("places", "Актау").out)
    told = [(row["node_id"], row["match"], row["matched"], row["taken"]) for row in rows]
    assert told[:2] == [
        ("kz-aktau", "alias", "Актау", "yes"),
        ("kz-aktau-port", "part", "порт Актау", "no"),
    ]
    assert {(row["node_id"], row["match"], row["kind"]) for row in rows[2:]} == {
        ("", "gazetteer", "town")
    }


def test_places_list_the_terminals_of_a_city_whatever_they_are_called(say):
    rows = {row["node_id"]: row for row in _rows(say("places", "Баку").out)}
    assert (rows["az-baku"]["match"], rows["az-baku"]["taken"]) == ("key", "yes")
    assert (rows["az-alat-port"]["match"], rows["az-alat-port"]["matched"]) == ("terminal", "Baku")


def test_a_town_off_the_network_is_listed_with_the_nearest_place_on_it(say):
    (town,) = _rows(say("places", "Жанаозен").out)
    assert (town["node_id"], town["name"], town["country"]) == ("", "Zhanaozen", "KZ")
    assert (town["match"], town["nearest"]) == ("gazetteer", "Aktau port")
    assert 120 < float(town["nearest_km"]) < 150
    (point,) = _rows(say("places", "43.6,51.2").out)
    assert (point["match"], point["lat"], point["lon"]) == ("coordinates", "43.6", "51.2")


def test_a_place_off_the_network_is_joined_or_refused_with_the_nearest_ones(say):
    for text in ("Жанаозен", "43.34,52.85"):
        assert say("find", text, "Baku").code == 0
        said = say("show", text)
        assert (said.code, said.out) == (2, "")
        assert "is off the network. Nearest: Aktau (kz-aktau, Kazakhstan), 14" in said.err
        assert said.err.count("\n") == 1


def test_places_without_a_match_bring_suggestions(say):
    said = say("places", "Aktao")
    assert (said.code, said.out) == (2, "")
    assert "Did you mean Aktau" in said.err


def test_sources_tell_how_many_rows_rest_on_each(say):
    (atlas,) = _rows(say("sources", "atlas-2026").out)
    nodes = _rows((TINY / "nodes.csv").read_text("utf-8"), ",")
    assert int(atlas["rows"]) == sum(row["source_ids"] == "atlas-2026" for row in nodes)
    assert atlas["url"] == "https://example.org/atlas"
    assert say("sources", "nothing like it").code == 2


def test_show_takes_a_place_by_any_name_and_a_link_by_its_id(say):
    assert say("show", "Актау") == say("show", "kz-aktau")
    link = json.loads(say("show", "sea-aktau-alat", "--format", "json").out)
    assert link["title"] == "sea-aktau-alat: Aktau port <-> Alat port"
    assert [(source["source_id"], source["for"]) for source in link["sources"]] == [
        ("survey-2024", ["time"]),
        ("tariff-2025", []),
    ]


def test_show_of_a_city_lists_the_links_of_its_terminals_once_with_units(say):
    links = json.loads(say("show", "Aktau", "--format", "json").out)["links"]
    ids = [link["edge_id"] for link in links]
    assert len(ids) == len(set(ids)) == 7
    sea = links[ids.index("sea-aktau-alat")]
    assert (sea["distance_km"], sea["time_h"], sea["wait_h"]) == (470, 26, 48)


def test_show_suggests_links_as_well(say):
    said = say("show", "sea-aktau-alatt")
    assert (said.code, said.out) == (2, "")
    assert "Did you mean sea-aktau-alat?" in said.err


def test_check_counts_what_it_finds(say, tmp_path):
    assert say("check", TINY) == (0, "", "clean\n")
    assert say("check", TINY, "--quiet") == (0, "", "")
    said = say("check", tmp_path / "none")
    assert said.code == 3
    assert said.err == "1 error, 0 warnings\n"
    assert said.out.startswith(f"{tmp_path / 'none'} T000")


def test_check_is_strict_only_if_asked(say, tmp_path):
    for file in TINY.iterdir():
        text = file.read_text("utf-8")
        (tmp_path / file.name).write_text(text.replace("node_id,name", "node_id,nmae", 1), "utf-8")
    lenient, strict = say("check", tmp_path), say("check", tmp_path, "--strict")
    assert (lenient.code, strict.code) == (0, 1)
    assert lenient.out == strict.out
    assert "nmae" in lenient.out


@pytest.mark.parametrize("command", [("places",), ("sources",), ("check", "--rules")])
def test_every_format_of_a_list_holds_the_same_rows(say, command):
    rows = json.loads(say(*command, "--format", "json").out)
    lines = say(*command, "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == rows
    commas = _rows(say(*command, "--format", "csv").out, ",")
    tabs = _rows(say(*command, "--format", "tsv").out)
    assert len(commas) == len(tabs) == len(rows)
    assert list(commas[0]) == list(tabs[0]) == list(rows[0])
    assert say(*command, "--format", "md").out.count("\n") == len(rows) + 2


def test_a_table_at_80_columns_breaks_no_word(say):
    for command in (("places",), ("show", "Aktau"), FIND):
        said = say(*command, "--format", "table")
        assert max(map(len, said.out.splitlines())) <= 80
    assert "kz-aktau-port" in say("places", "--format", "table").out
    assert "hub-aktau-road-ferry" in say("show", "Aktau", "--format", "table").out


def test_an_address_stays_in_one_piece_however_narrow_the_table(say, monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    assert "  https://example.org/tariff\n" in say("sources", "tariff", "--format", "table").out
    assert "  https://example.org/tariff\n" in say("show", "access-alat", "--format", "table").out
