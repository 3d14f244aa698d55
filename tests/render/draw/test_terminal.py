"""Maps and charts with characters: 80 columns, no colour, ASCII."""

from __future__ import annotations

import pytest

from routeplan.render.draw.answer import network_text, plan_drawing
from routeplan.render.draw.canvas import Canvas
from routeplan.render.output import Format, Look
from routeplan.render.picture import ColorBy, Picture

PLAIN = Look(width=80, color=False, encoding="utf-8")
ASCII = Look(width=80, color=False, encoding="ascii")


@pytest.mark.parametrize("picture", list(Picture))
@pytest.mark.parametrize("look", [PLAIN, ASCII], ids=["utf-8", "ascii"])
@pytest.mark.parametrize("width", [60, 80])
def test_a_drawing_fits_its_terminal(belgrade, picture, look, width):
    text = plan_drawing(belgrade, picture, Look(width=width, color=False, encoding=look.encoding))
    lines = text.splitlines()
    assert len(lines) >= 7
    assert max(map(len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)
    text.encode(look.encoding)
    assert "\x1b" not in text


def test_without_colour_each_mode_has_its_own_character(belgrade):
    text = plan_drawing(belgrade, Picture.MAP, PLAIN)
    *sheet, legend = text.splitlines()
    assert legend.startswith("# rail   = truck   ~ sea")
    assert "".join(sheet).count("#") > 50
    assert "".join(sheet).count("~") > 4
    for name in ("Astana", "Belgrade", "Aktau port"):
        assert name in text


def test_with_colour_lines_are_dots_in_the_colours_of_the_table(belgrade):
    text = plan_drawing(belgrade, Picture.MAP, Look(width=80, color=True, encoding="utf-8"))
    assert "#" not in text.replace("\x1b", "")
    assert "\x1b[32m" in text  # rail is green
    assert "\x1b[94m" in text  # the sea is bright blue


def test_the_front_shows_every_way(belgrade):
    text = plan_drawing(belgrade, Picture.FRONT, PLAIN)
    body = [line[11:] for line in text.splitlines()[:15]]
    for rank in range(1, len(belgrade.itineraries) + 1):
        assert any(str(rank) in line for line in body), rank


def test_steps_along_the_way_have_letters_and_names(belgrade):
    text = plan_drawing(belgrade, Picture.TIME, PLAIN)
    assert " c Aktau port: wait for sea\n" in text
    assert "kilometres from the start" in text


def test_a_network_can_be_drawn_too(real):
    text = network_text(real, Format.TABLE, ColorBy.STATUS, PLAIN)
    assert max(map(len, text.splitlines())) <= 80
    assert text.splitlines()[-1].startswith("# open   = restricted")


def test_a_canvas_sets_the_dot_that_is_meant():
    canvas = Canvas(2, 1)
    canvas.dot(0, 0)
    canvas.dot(3, 3)
    canvas.dot(99, 0)
    canvas.dot(-1, 0)
    assert canvas.text().plain == "\u2801\u2880\n"


def test_texts_keep_clear_of_texts_and_of_lines_if_asked():
    canvas = Canvas(10, 1)
    canvas.line([(0, 0), (6, 0)], char="#")
    canvas.put(8, 0, "ab")
    assert canvas.text().plain == "####    ab\n"
    assert canvas.is_free(0, 0, 4)
    assert not canvas.is_free(0, 0, 4, of_lines=True)
    assert not canvas.is_free(7, 0, 2)
    assert not canvas.is_free(7, 0, 9)
    assert not canvas.is_free(0, 1, 1)
