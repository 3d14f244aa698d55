"""`routeplan report` as a user has it."""

from __future__ import annotations

import pytest

PAIR = ("report", "Astana", "Baku")
ROWS = (
    "scenario_id,title,origin,destination,modes,changes\n"
    "shut,No ships,,,,close edge:sea-aktau-alat\n"
    "truck,By truck,Astana,Baku,road,\n"
    "back,The way back,Baku,Astana,,\n"
)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(ROWS, "utf-8")
    return path


def test_a_page_is_written_by_its_suffix_and_whole(say, tmp_path, table):
    file = tmp_path / "r.html"
    told = say(*PAIR, "--scenarios", table, "-o", file)
    assert (told.code, told.out) == (0, "")
    assert told.err == "2 what-ifs answered, 1 of other places left out.\n"
    page = file.read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "No ships" in page
    assert "The way back" not in page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.html", "rows.csv"]


def test_markdown_has_its_figures_beside_it(say, tmp_path):
    assert say(*PAIR, "-o", tmp_path / "r.md").code == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [
        "r-along-cost.svg",
        "r-along-days.svg",
        "r-map.svg",
        "r-parts.svg",
        "r-spread.svg",
        "r.md",
    ]


def test_without_a_file_markdown_goes_to_standard_output(say):
    told = say(*PAIR, "--what-if", "close edge:sea-aktau-alat", "--deadline", "20d", "-q")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("# Astana to Baku\n")
    assert "the deadline of 20 d is kept" in told.out
    assert "| close edge:sea-aktau-alat |" in told.out
    assert ".svg" not in told.out


def test_a_changed_network_is_reported_on_and_said_so(say):
    out = say(*PAIR, "--change", "mode:rail cost*=2").out
    assert "Changed: mode:rail cost\\*=2" in out


def test_a_policy_file_holds_and_its_reasons_are_told(say, tmp_path):
    policy = tmp_path / "ours.toml"
    policy.write_text('[avoid.countries]\nGE = "Transit permits take weeks."\n', "utf-8")
    said = say("report", "Astana", "Baku", "--policy", policy, "--format", "md")
    assert said.code == 0
    assert "Transit permits take weeks" in said.out


def test_empty_cells_take_the_question_of_the_report(say, table):
    out = say(*PAIR, "--scenarios", table, "--load", "10t", "--mode", "rail,sea", "-q").out
    assert "| No ships |" in out
    assert "no way is left" in out


def test_words_and_money_are_those_asked_for(say):
    out = say(*PAIR, "--lang", "ru").out
    assert out.startswith("# Астана - Баку\n")


def test_results_of_a_batch_are_reported_on(say, tmp_path):
    header = "scenario_id,rank,status,error,time_h_p50,cost_usd,expectations,failed\n"
    new, old = tmp_path / "new.csv", tmp_path / "old.csv"
    new.write_text(header + "a,1,ok,,240,5000,failed,max_days\nb,,no_route,cut,,,,\n", "utf-8")
    old.write_text(header + "a,1,ok,,200,5000,ok,\nb,,no_route,cut,,,,\n", "utf-8")
    told = say("report", "--results", new, "--baseline", old)
    assert (told.code, told.err) == (0, "")
    assert "| a | 8.3 → 10.0 | +1.7 | 0 |  |" in told.out
    assert "| a | max\\_days |" in told.out or "| a | max_days |" in told.out
    assert "| b | cut |" in told.out
    page = tmp_path / "b.html"
    assert say("report", "--results", new, "-o", page).code == 0
    assert "<figure>" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["report"], 2, "name ORIGIN and DESTINATION"),
        (["report", "Astana"], 2, "name ORIGIN and DESTINATION"),
        ([*PAIR, "-o", "x.pdf"], 2, "Write -o x.html"),
        ([*PAIR, "-o", "x.csv"], 2, "It writes html, md"),
        ([*PAIR, "--edits", "e.csv"], 2, "--scenarios FILE"),
        ([*PAIR, "--results", "r.csv"], 2, "leave places, scenarios and changes off"),
        (["report", "--baseline", "r.csv"], 2, "compared with --results"),
        (["report", "--results", "none.csv"], 3, "no such file"),
        ([*PAIR, "--scenarios", "none.csv"], 3, "none.csv"),
        ([*PAIR, "--mode", "air"], 1, "no route"),
        ([*PAIR, "--what-if", "clsoe x"], 0, ""),
        ([*PAIR, "--change", "clsoe x"], 2, "clsoe"),
    ],
)
def test_mistakes_are_said_in_one_line(say, monkeypatch, tmp_path, arguments, code, said):
    monkeypatch.chdir(tmp_path)
    told = say(*arguments)
    assert told.code == code
    assert said in told.err
    assert "Traceback" not in told.err
    assert len(told.err.splitlines()) <= 1
    assert list(tmp_path.iterdir()) == []
