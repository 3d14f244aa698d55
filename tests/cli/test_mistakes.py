"""Every mistake of a user ends in one clear line on stderr, the right exit code, empty stdout."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

TINY = Path(__file__).parents[1] / "data" / "tiny"
LONG = "x" * 10_000


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["Astna", "Baku"], ['"Astna"', "Did you mean Astana (kz-astana, Kazakhstan)?"]),
        (["", "Baku"], ['unknown place ""', "routeplan places"]),
        ([",", "Baku"], ['unknown place ","']),
        (["[red]", "Baku"], ['unknown place "[red]"']),
        (["[/red]", "Baku"], ['unknown place "[/red]"']),
        (["</script>", "Baku"], ['unknown place "</script>"']),
        (["Astana", "Astana"], ["origin and destination are both Astana"]),
        (["Astana", "Baku", "--via", "Atlantis"], ['unknown place "Atlantis"']),
        (["Astana", "Baku", "--avoid", "mode:rial"], ["--avoid", '"rial"', "Did you mean rail?"]),
        (["Astana", "Baku", "--mode", "rial"], ['unknown mode "rial"', "rail, road, sea"]),
        (["Astana", "Baku", "--cargo", "genral"], ['"genral"', "Did you mean general?"]),
        (["Astana", "Baku", "--load", "nonsense"], ['"nonsense"', "1xFEU"]),
        (["Astana", "Baku", "--load", "-5t"], ['"-5t"', "1xFEU"]),
        (["Astana", "Baku", "--value", "nan"], ["nan", "0 or more"]),
        (["Astana", "Baku", "--value", "-1"], ["-1", "0 or more"]),
        (["Astana", "Baku", "--value", "inf"], ["inf", "0 or more"]),
        (["Astana", "Baku", "--depart", "soon"], ['"soon"', "2026-12-01"]),
        (["Astana", "Baku", "--depart", "2026-02-30"], ['"2026-02-30"', "2026-12-01"]),
        (["Astana", "Baku", "-k", "0"], ["-k 0", "1 to 50"]),
        (["Astana", "Baku", "-k", "51"], ["-k 51", "1 to 50"]),
        (["Astana", "Baku", "--by", "tme"], ['--by "tme"', "Did you mean time?", "reliability"]),
        (["Astana", "Baku", "--policy", "nne"], ['policy "nne"', "Did you mean none?"]),
        (["Astana", "Baku", "--format", "jsn"], ['--format "jsn"', "Did you mean json?"]),
        (["Astana", "Baku", "--format", "?"], ['--format "?"', "Choose one of table"]),
        (["Astana", "Baku", "-o", "plan.docx"], ['"plan.docx"', ".geojson", "--format"]),
        (["Astana", "Baku", "-o", "plan"], ['"plan"', "--format"]),
    ],
)
def test_a_question_that_cannot_be_asked_is_answered_in_one_line(say, arguments, told):
    said = say("find", *arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("routeplan: ")
    assert said.err.count("\n") == 1
    for part in told:
        assert part in said.err


def test_a_name_of_ten_thousand_letters_is_not_repeated_in_full(say):
    said = say("find", LONG, "Baku")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith('routeplan: unknown place "xxx')
    assert len(said.err) < 500


def test_what_a_user_typed_cannot_steer_the_terminal(say):
    said = say("find", "a\x1b[31mb\nc\u202ed", "Baku")
    assert said.code == 2
    assert r'"a\x1b[31mb\nc\u202ed"' in said.err
    assert said.err.count("\n") == 1


def test_no_way_is_an_answer_with_a_code_of_its_own(say):
    said = say("find", "Astana", "Baku", "--mode", "air")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("routeplan: no route from Astana to Baku")
    assert "--mode" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["fnd", "Astana"],
        ["find", "Astana"],
        ["find", "Astana", "Baku", "Tbilisi"],
        ["find", "Astana", "Baku", "--polcy", "none"],
        ["find", "Astana", "Baku", "-k", "many"],
        ["find", "Astana", "Baku", "--value", "much"],
        ["--versoin"],
    ],
)
def test_a_wrong_command_line_is_told_plainly(say, arguments):
    said = say(*arguments)
    assert (said.code, said.out) == (2, "")
    assert "Error: " in said.err
    assert "╭" not in said.err
    assert "\x1b" not in said.err


def test_a_misspelt_command_or_option_brings_the_right_one(say):
    assert "Did you mean 'find'?" in say("fnd", "Astana").err
    assert "--policy" in say("find", "Astana", "Baku", "--polcy", "none").err


def _empty(folder: Path) -> None:
    (folder / "nodes.csv").write_text("", "utf-8")


def _missing(folder: Path) -> None:
    (folder / "edges.csv").unlink()


def _semicolons(folder: Path) -> None:
    path = folder / "edges.csv"
    path.write_text(path.read_text("utf-8").replace(",", ";"), "utf-8")


def _utf16(folder: Path) -> None:
    path = folder / "nodes.csv"
    path.write_text(path.read_text("utf-8"), "utf-16")


def _nul(folder: Path) -> None:
    with (folder / "nodes.csv").open("a", encoding="utf-8") as file:
        file.write("a\0b\n")


def _open_quote(folder: Path) -> None:
    (folder / "nodes.csv").write_text('node_id,name\nkz-astana,"Astana\n', "utf-8")


@pytest.mark.parametrize(
    ("spoil", "file"),
    [
        (_empty, "nodes.csv"),
        (_missing, "edges.csv"),
        (_semicolons, "edges.csv"),
        (_utf16, "nodes.csv"),
        (_nul, "nodes.csv"),
        (_open_quote, "nodes.csv"),
    ],
)
def test_broken_data_is_named_and_ends_with_3(say, tmp_path, spoil, file):
    folder = tmp_path / "network"
    shutil.copytree(TINY, folder)
    spoil(folder)
    said = say("find", "Astana", "Baku", "--data", folder)
    assert (said.code, said.out) == (3, "")
    assert file in said.err
    assert all(line.startswith("routeplan: ") for line in said.err.splitlines())


@pytest.mark.parametrize("command", [["find", "A", "B"], ["show", "A"], ["places"], ["sources"]])
def test_a_data_folder_that_is_none_is_named(say, tmp_path, command):
    missing, file = tmp_path / "none", tmp_path / "file"
    file.touch()
    for folder in (missing, file):
        said = say(*command, "--data", folder)
        assert (said.code, said.out) == (3, "")
        assert said.err.startswith(f"routeplan: {folder} ")
        assert said.err.count("\n") == 1


def test_the_data_folder_may_be_named_by_the_environment(say, tmp_path, monkeypatch):
    monkeypatch.setenv("ROUTEPLAN_DATA", str(tmp_path / "none"))
    assert say("places").code == 3
    assert say("places", "--data", TINY).code == 0


def test_a_fault_of_the_program_is_called_one(say, monkeypatch):
    def fail(_asked, _output):
        raise ZeroDivisionError("nobody expects this")

    monkeypatch.setattr("routeplan.render.output.choose_format", fail)
    said = say("find", "Astana", "Baku")
    assert (said.code, said.out) == (70, "")
    assert "Traceback" in said.err
    assert said.err.endswith("Please report it with the lines above.\n")
