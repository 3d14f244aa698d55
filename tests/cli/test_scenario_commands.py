"""`routeplan scenarios` and `routeplan find --change` as a user has them."""

from __future__ import annotations

import csv
import io
import json

import pytest

ROW = "scenario_id,origin,destination,changes\na,Astana,Baku,close edge:sea-aktau-alat\n"


def test_a_new_table_can_be_checked_as_it_is(say, tmp_path, monkeypatch):
    monkeypatch.delenv("ROUTEPLAN_DATA")
    path = tmp_path / "mine.csv"
    written = say("scenarios", "new", path)
    assert (written.code, written.out) == (0, "")
    assert str(path) in written.err
    checked = say("scenarios", "check", path)
    assert (checked.code, checked.out, checked.err) == (0, "", "5 scenarios, clean\n")


def test_a_new_table_explains_every_column_and_selector(say):
    text = say("scenarios", "new").out
    remarks = [line for line in text.splitlines() if line.startswith("# ")]
    for word in ("scenario_id:", "must_avoid:", "close SELECTOR", "border:", "+= -= *= /="):
        assert any(word in remark for remark in remarks)
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("# ")))
    assert [row["scenario_id"] for row in rows][:2] == ["base", "poti-closed"]


def test_a_table_that_is_there_is_not_overwritten_unasked(say, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("kept", "utf-8")
    refused = say("scenarios", "new", path)
    assert refused.code == 74
    assert "--force" in refused.err
    assert path.read_text("utf-8") == "kept"
    assert say("scenarios", "new", path, "--force").code == 0
    assert path.read_text("utf-8") != "kept"


def test_checking_lists_every_finding_with_its_row_and_ends_with_3(say, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(f"{ROW}b,Astna,Baku,\nc,Astana,Baku,close edge:nope; x\n", "utf-8")
    said = say("scenarios", "check", path)
    assert said.code == 3
    lines = said.out.splitlines()
    assert [line.partition(":")[2][:6] for line in lines] == ["3 S013", "4 S011", "4 S012"]
    assert said.err == "3 scenarios, 3 errors, 0 warnings\n"


def test_checking_writes_findings_in_other_formats(say, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("origin,destination,by\nAstana,Baku,tme\n", "utf-8")
    (finding,) = json.loads(say("scenarios", "check", path, "--format", "json").out)
    assert (finding["code"], finding["line"], finding["field"]) == ("S007", 2, "by")
    output = tmp_path / "findings.csv"
    assert say("scenarios", "check", path, "-o", output, "-q").err == ""
    (row,) = csv.DictReader(io.StringIO(output.read_text("utf-8")))
    assert row["value"] == "tme"


def test_warnings_count_with_strict_only(say, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("origin,destination,mine\nAstana,Baku,1\n", "utf-8")
    assert say("scenarios", "check", path).code == 0
    assert say("scenarios", "check", path, "--strict").code == 1


def test_one_origin_and_destination_serve_all_rows(say, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("load\n1xFEU\n20t\n", "utf-8")
    assert say("scenarios", "check", path, "--from", "Astana", "--to", "Baku").code == 0
    refused = say("scenarios", "check", path)
    assert refused.code == 3
    assert "--from" in refused.out


def test_edits_are_checked_with_their_table(say, tmp_path):
    table, edits = tmp_path / "mine.csv", tmp_path / "edits.csv"
    table.write_text(ROW, "utf-8")
    edits.write_text("scenario_id,target,attribute,value\na,edge:nope,cost,5\n", "utf-8")
    said = say("scenarios", "check", table, "--edits", edits)
    assert said.code == 3
    assert 'no edge "nope"' in said.out


def test_a_sweep_is_written_and_checks_clean(say, tmp_path):
    output = tmp_path / "sweep.csv"
    arguments = ("--set", "origin=Astana", "--set", "destination=Baku", "--vary", "load=1xFEU,20t")
    change = ("--vary", "edge:sea-aktau-alat wait_h*=0.5..2/4")
    said = say("scenarios", "expand", *arguments, *change, "-o", output)
    assert (said.code, said.out, said.err) == (0, "", "8 scenarios\n")
    assert say("scenarios", "check", output).err == "8 scenarios, clean\n"
    latin = ("scenarios", "expand", *arguments, *change, "--latin", "3", "--seed", "1", "-q")
    sample = say(*latin)
    assert (len(sample.out.splitlines()), sample.err) == (4, "")
    assert sample == say(*latin)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("expand",), "nothing varies"),
        (("expand", "--vary", "loda=1,2"), "Did you mean load?"),
        (("expand", "none.toml"), "cannot read none.toml"),
        (("check", "none.csv"), "none.csv S001: cannot be read"),
        (("new", "no/such/folder/x.csv"), "cannot write"),
    ],
)
def test_a_mistake_is_told_in_one_line(say, arguments, told):
    said = say("scenarios", *arguments)
    assert said.code in (2, 3, 74)
    assert said.out == ""
    assert told in said.err
    assert said.err.count("\n") == 1


def test_an_answer_on_a_changed_network_says_what_was_changed_and_what_it_does(say):
    changes = "mode:rail cost*=2; mode:sea wait_h+=24"
    said = say("find", "Astana", "Baku", "--change", changes, "-f", "table")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[1].startswith("Changed: mode:rail cost*=2 (")
    assert lines[2].startswith("Changed: mode:sea wait_h+=24 (")
    assert lines[3].startswith("Against the network as it is (")
    assert "slower" in " ".join(lines[3:5])
    assert "USD more" in " ".join(lines[3:5])


def test_a_changed_answer_in_json_holds_the_unchanged_totals(say):
    plain = json.loads(say("find", "Astana", "Baku", "-f", "json").out)
    changed = json.loads(
        say("find", "Astana", "Baku", "-f", "json", "--change", "mode:rail cost*=2").out
    )
    assert "what_if" not in plain
    assert changed["what_if"]["changes"][0]["text"] == "mode:rail cost*=2"
    assert changed["what_if"]["unchanged"]["totals"] == plain["itineraries"][0]["totals"]
    assert changed["network"]["version"] != plain["network"]["version"]
    legs = changed["itineraries"][0]["legs"]
    rail = [leg for leg in legs if (leg["kind"], leg["mode"]) == ("move", "rail")]
    assert rail
    for leg in rail:
        assert leg["evidence"]["cost"]["basis"] == "scenario: mode:rail cost*=2"


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "geojson"])
def test_formats_without_room_for_words_say_it_on_standard_error(say, form):
    said = say("find", "Astana", "Baku", "-f", form, "--change", "mode:rail cost*=2")
    assert said.err.startswith("Changed: mode:rail cost*=2 (")
    assert "Changed" not in said.out


def test_a_change_that_leaves_no_way_says_that_there_was_one(say):
    said = say("find", "Astana", "Baku", "--change", "close country:KZ")
    assert (said.code, said.out) == (1, "")
    assert "Without the changes there is: " in said.err


def test_a_change_that_cannot_be_read_or_applied_is_told_in_one_line(say):
    for text, told in (("cose node:x", "Did you mean close?"), ("close edge:nope", "no edge")):
        said = say("find", "Astana", "Baku", "--change", text)
        assert (said.code, said.out) == (2, "")
        assert told in said.err
        assert said.err.count("\n") == 1
