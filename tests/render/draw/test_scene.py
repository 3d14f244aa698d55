"""What a map shows: tracks where known, dashes elsewhere, marks where something happens."""

from __future__ import annotations

import json
from itertools import pairwise

from routeplan.render.draw.scene import plan_scene
from routeplan.render.draw.shapes import Form, ShapeBook


def test_each_way_has_its_lines_in_order(scene, record):
    for way in record["ways"]:
        lines = [line for line in scene.lines if line.way == way["rank"]]
        numbers = [line.step for line in lines]
        assert numbers == sorted(numbers)
        for line in lines:
            assert line.style == way["steps"][line.step - 1]["mode"]


def test_the_lines_of_a_way_join(scene):
    lines = [line for line in scene.lines if line.way == 1]
    for before, here in pairwise(lines):
        assert before.points[-1] == here.points[0]


def test_the_first_way_has_tracks_gaps_and_a_sailing(scene):
    forms = {piece.form for line in scene.lines if line.way == 1 for piece in line.pieces}
    assert forms == {Form.TRACK, Form.SCHEMATIC, Form.LANE}


def test_marks_say_what_happens(scene):
    marks = {mark.name: mark for mark in scene.marks if mark.way == 1}
    assert marks["Astana"].kind == marks["Belgrade"].kind == "end"
    assert marks["Akhalkalaki"].kind == "gauge"
    assert "gauge change" in marks["Akhalkalaki"].title
    assert marks["Aktau port"].kind == "stop"
    assert "wait" in marks["Aktau port"].title
    assert marks["Boyuk Kesik"].kind == "border"


def test_a_line_of_ours_is_not_taken_for_another_link_of_the_same_id(book):
    start, end = (10.0, 10.0), (20.0, 10.0)
    (shape,) = book.shapes("sea-aktau-alat", start, end, "sea")
    assert shape.form is Form.SCHEMATIC
    assert (shape.points[0], shape.points[-1]) == (start, end)


def test_a_line_is_turned_to_run_with_the_leg(book):
    aktau, alat = (51.215, 43.605), (49.435, 39.985)
    there = book.shapes("sea-aktau-alat", aktau, alat, "sea")
    back = book.shapes("sea-alat-aktau", alat, aktau, "sea")
    assert there[0].form is Form.LANE
    assert there[0].points == back[0].points[::-1]


def test_gaps_turn_with_their_line(tmp_path):
    line = [[0, 0], [1, 0], [5, 0], [5.5, 0]]
    feature = {
        "type": "Feature",
        "properties": {"edge_ids": ["x"], "gaps": [1]},
        "geometry": {"type": "LineString", "coordinates": line},
    }
    (tmp_path / "geometry.geojson").write_text(json.dumps({"features": [feature]}), "utf-8")
    book = ShapeBook(tmp_path)
    there = book.shapes("x", (0, 0), (5.5, 0), "rail")
    assert [(s.points, s.form) for s in there] == [
        (((0, 0), (1, 0)), Form.TRACK),
        (((1, 0), (5, 0)), Form.SCHEMATIC),
        (((5, 0), (5.5, 0)), Form.TRACK),
    ]
    back = book.shapes("x", (5.5, 0), (0, 0), "rail")
    assert [s.points[::-1] for s in back][::-1] == [s.points for s in there]


def test_places_without_coordinates_are_left_out(record, book):
    places = {key: {**place, "lat": None} for key, place in record["places"].items()}
    empty = plan_scene({**record, "places": places}, book)
    assert (empty.lines, empty.marks) == ([], [])
