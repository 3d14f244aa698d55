"""`find --sources` and `--emission-factors`: where numbers are from, and numbers of your own."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

TINY = Path(__file__).parents[1] / "data" / "tiny"
FIND = ("find", "Astana", "Baku")
SEA = (*FIND, "--mode", "rail,sea", "-k", "1")
OWN = "factor_id,kind,mode,gco2e_per_tkm_wtw,gco2e_per_tkm_ttw,source_ids,as_of,confidence\n"
SHIP = "my-ship,move,sea,30,24,my-audit,2026,measured\n"


@pytest.fixture
def factors(tmp_path) -> Path:
    path = tmp_path / "factors.csv"
    path.write_text(OWN + SHIP, "utf-8")
    return path


def _rows(text: str, delimiter: str = "\t") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def _legs(say, *options) -> dict[str, dict]:
    told = json.loads(say(*SEA, *options, "--format", "json").out)
    return {leg["edge_id"]: leg for leg in told["itineraries"][0]["legs"]}


def test_sources_lists_the_evidence_of_the_json_answer(say):
    rows = _rows(say(*FIND, "--sources").out)
    told = json.loads(say(*FIND, "--format", "json").out)["itineraries"]
    expected = [
        (str(way["rank"]), str(number), metric, evidence["basis"], " ".join(evidence["sources"]))
        for way in told
        for number, leg in enumerate(way["legs"], 1)
        for metric, evidence in leg["evidence"].items()
    ]
    found = [(r["way"], r["leg"], r["number"], r["basis"], r["sources"]) for r in rows]
    assert found == expected


def test_every_format_of_sources_holds_the_same_rows(say):
    command = (*FIND, "--sources", "--format")
    rows = json.loads(say(*command, "json").out)
    assert [json.loads(line) for line in say(*command, "jsonl").out.splitlines()] == rows
    assert _rows(say(*command, "csv").out, ",") == _rows(say(*command, "tsv").out)
    assert len(_rows(say(*command, "tsv").out)) == len(rows)
    assert say(*command, "md").out.count("\n") == len(rows) + 2
    table = say(*command, "table").out
    assert table.startswith("Way 1, where each number is from")
    assert max(map(len, table.splitlines())) <= 80


def test_sources_are_no_map(say):
    said = say(*FIND, "--sources", "--format", "geojson")
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert "this command does not write geojson" in said.err


def test_the_json_answer_always_holds_value_unit_date_and_source_of_each_number(say):
    for leg in _legs(say).values():
        for evidence in leg["evidence"].values():
            assert {*("value", "unit", "confidence", "sources", "basis", "as_of", "note")} <= set(
                evidence
            )
            assert evidence["unit"] in {"km", "h", "USD", "kg"}


def test_a_factor_of_one_s_own_is_used_and_named(say, factors):
    ours, own = _legs(say), _legs(say, "--emission-factors", factors)
    ship = own["sea-aktau-alat"]
    # 30 g/tkm over 470 km, where ours has 15 g/tkm over 470 km x 1.15
    assert ours["sea-aktau-alat"]["co2e_kg"] / ship["co2e_kg"] == pytest.approx(15 * 1.15 / 30)
    assert ship["co2e_ttw_kg"] / ship["co2e_kg"] == pytest.approx(24 / 30)
    evidence = ship["evidence"]["co2e"]
    assert (evidence["basis"], evidence["sources"]) == ("emissions.csv:my-ship", ["my-audit"])
    assert (evidence["confidence"], evidence["as_of"]) == ("measured", "2026")
    train = "rail-astana-aktau"
    assert own[train]["co2e_kg"] == ours[train]["co2e_kg"] > 0


def test_factors_of_one_s_own_make_another_version_of_the_network(say, factors):
    def version(*options):
        return json.loads(say(*SEA, *options, "--format", "json").out)["network"]["version"]

    first = version("--emission-factors", factors)
    assert version("--emission-factors", factors) == first != version()
    factors.write_text(OWN + SHIP.replace("30", "31"), "utf-8")
    assert version("--emission-factors", factors) not in {first, version()}


def test_factors_that_are_not_there_are_told_in_one_line(say, tmp_path):
    missing = tmp_path / "none.csv"
    assert say(*FIND, "--emission-factors", missing) == (
        3,
        "",
        f"routeplan: {missing} T000: cannot be read, no such file or directory.\n",
    )
    said = say(*FIND, "--emission-factors", tmp_path)
    assert (said.code, said.out, said.err.count("\n")) == (3, "", 1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "factors.csv T001: the file is empty"),
        (OWN + "a,move,boat,30,24,,,\n", 'factors.csv:2:8 T010 mode "boat"'),
        (OWN + "a,move,sea,much,24,,,\n", 'T010 gco2e_per_tkm_wtw "much": expected a number'),
        (OWN + "a,move,sea\n", "factors.csv:2 T008"),
    ],
)
def test_factors_that_cannot_be_used_are_told_in_one_line(say, factors, text, told):
    factors.write_text(text, "utf-8")
    said = say(*FIND, "--emission-factors", factors)
    assert (said.code, said.out, said.err.count("\n")) == (3, "", 1)
    assert told in said.err
