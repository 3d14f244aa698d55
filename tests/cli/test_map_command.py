"""`routeplan map`, and what `find` draws."""

from __future__ import annotations

import pytest

from routeplan.cli.main import run


@pytest.fixture(autouse=True)
def tiny(monkeypatch):
    from pathlib import Path

    monkeypatch.setenv("ROUTEPLAN_DATA", str(Path(__file__).parents[1] / "data" / "tiny"))
    monkeypatch.setenv("ROUTEPLAN_NO_CACHE", "1")


@pytest.mark.parametrize(
    ("name", "start"), [("a.html", b"<!doctype html>"), ("a.svg", b"<svg "), ("a.png", b"\x89PNG")]
)
def test_find_and_map_write_files_by_their_suffix(tmp_path, name, start, capsys):
    for command in (["find", "Astana", "Baku", "-q"], ["map"]):
        file = tmp_path / f"{command[0]}-{name}"
        assert run([*command, "-o", str(file)]) == 0
        assert file.read_bytes().startswith(start)
    assert capsys.readouterr().out == ""
    assert len(list(tmp_path.iterdir())) == 2


def test_find_draws_in_a_pipe_too_if_asked(capsys):
    assert run(["find", "Astana", "Baku", "-q", "--picture", "spread"]) == 0
    assert capsys.readouterr().out.rstrip().endswith("P10   P50   P90")


def test_map_draws_with_characters_unless_asked_otherwise(capsys):
    assert run(["map", "--color-by", "confidence"]) == 0
    out = capsys.readouterr().out
    assert "Astana" in out
    assert "time published" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["find", "Astana", "Baku", "--picture", "map", "-f", "csv"],
            "drawn as svg, png or table, not as csv",
        ),
        (
            ["find", "Astana", "Baku", "--picture", "map", "-o", "x.html"],
            "a page holds every picture",
        ),
        (["find", "Astana", "Baku", "--picture", "mapp"], "Did you mean map?"),
        (["find", "Astana", "Baku", "-f", "png"], "Name a file: -o FILE.png"),
        (["find", "Astana", "Baku", "--sources", "-f", "svg"], "does not write svg"),
        (["map", "-f", "json"], "does not write json"),
        (["map", "--color-by", "colour"], "--color-by"),
    ],
)
def test_mistakes_are_said_in_one_line(capsys, arguments, said):
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_a_png_without_its_extra_names_it_before_any_work(tmp_path, capsys, monkeypatch):
    import importlib.util

    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name, *a: None if name == "resvg_py" else found(name, *a),
    )
    assert run(["find", "nowhere", "Baku", "-o", str(tmp_path / "a.png")]) == 2
    assert "pip install 'routeplan[png]'" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_network_of_the_users_own_brings_its_own_lines(tmp_path):
    (tmp_path / "nodes.csv").write_text("node_id,name,lat,lon\na,Aa,40,40\nb,Bb,42,45\n", "utf-8")
    (tmp_path / "edges.csv").write_text(
        "edge_id,from_node,to_node,mode,distance_km,time_h\nx,a,b,rail,480,10\n", "utf-8"
    )
    points = '"geometry":{"type":"LineString","coordinates":[[40,40],[41,43],[45,42]]}'
    line = f'{{"edge_ids":["x"]}},{points}'
    (tmp_path / "geometry.geojson").write_text(
        f'{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{line}}}]}}',
        "utf-8",
    )
    file = tmp_path / "net.svg"
    assert run(["map", "--data", str(tmp_path), "-o", str(file)]) == 0
    text = file.read_text("utf-8")
    assert 'class="line track"' in text
    assert 'class="line schematic"' not in text


ROWS = (
    "scenario_id,origin,destination,changes\n"
    "bare,,,close edge:sea-aktau-alat\n"
    "asked,Astana,Baku,close edge:sea-aktau-alat\n"
    "plain,Astana,Baku,\n"
)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(ROWS, "utf-8")
    return str(path)


def test_a_change_is_shown_and_with_places_what_moved(tmp_path, capsys):
    change = ["--change", "close edge:sea-aktau-alat"]
    for name in ("a.html", "a.svg"):
        assert run(["map", "Astana", "Baku", *change, "-o", str(tmp_path / name)]) == 0
        text = (tmp_path / name).read_text("utf-8")
        assert "closed by the change" in text
        assert "way before" in text
    told = capsys.readouterr()
    assert told.out == ""
    before, after = told.err.splitlines()[:2]
    assert before.startswith("before: Astana")
    assert after.startswith("after:  Astana")
    assert run(["map", *change]) == 0
    assert "x closed by the change" in capsys.readouterr().out


def test_a_row_of_a_table_is_shown_with_its_question_if_it_has_one(table, capsys):
    assert run(["map", "--scenarios", table, "--scenario", "bare"]) == 0
    told = capsys.readouterr()
    assert "closed by the change" in told.out
    assert told.err == ""
    assert run(["map", "--scenarios", table, "--scenario", "asked"]) == 0
    assert capsys.readouterr().err.startswith("before: Astana")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--color-by", "change"], "without a change there is nothing to compare"),
        (["Astana", "Baku"], "without a change there is nothing to compare"),
        (["Astana", "--change", "close mode:sea"], "name both ORIGIN and DESTINATION"),
        (["--scenarios", "TABLE"], "--scenarios FILE and --scenario ID go together"),
        (["--scenarios", "TABLE", "--scenario", "askd"], "Did you mean asked?"),
        (["--scenarios", "TABLE", "--scenario", "plain"], "without a change"),
        (["--change", "close node:nowhere"], "nowhere"),
    ],
)
def test_mistakes_about_changes_are_said_in_one_line(table, capsys, arguments, said):
    assert run(["map", *(table if text == "TABLE" else text for text in arguments)]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert len(told.err.splitlines()) == 1
