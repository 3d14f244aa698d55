"""Projection, frames, thinning, clipping, great circles."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.render.draw.geometry import Frame, arc, clip_ring, distance_km, fit, mercator, thin
from routeplan.render.draw.paths import path_data

PLACES = st.tuples(st.floats(-170, 170), st.floats(-80, 80))
POINTS = st.tuples(st.floats(-500, 1500), st.floats(-500, 1500))


def test_a_degree_of_the_equator_is_111_km():
    assert distance_km((0, 0), (1, 0)) == pytest.approx(111.195, abs=0.01)


def test_mercator_keeps_longitude_and_stretches_to_the_poles():
    assert mercator((50, 0)) == pytest.approx((50, 0), abs=1e-9)
    # y = ln tan(45 + 60/2 degrees) = 1.31696 radians
    assert mercator((50, 60))[1] == pytest.approx(-math.degrees(1.316958), abs=1e-4)


@given(st.lists(PLACES, min_size=1, max_size=20))
def test_a_fitted_frame_holds_its_places(places):
    frame = fit(places, 800, 500, margin=0.1)
    assert all(frame.holds(*frame.at(place)) for place in places)


@given(PLACES, PLACES)
def test_an_arc_is_as_long_as_the_distance(a, b):
    line = arc(a, b)
    assert (line[0], line[-1]) == (a, b)
    drawn = sum(distance_km(p, q) for p, q in pairwise(line))
    assert drawn == pytest.approx(distance_km(a, b), rel=1e-6, abs=1e-6)


@given(st.lists(POINTS, min_size=3, max_size=30))
def test_a_clipped_area_stays_in_its_frame(ring):
    frame = Frame(0, 0, 1, 1000, 600)
    for x, y in clip_ring([*ring, ring[0]], frame, 3):
        assert frame.holds(x, y, 3 + 1e-6)


def test_a_square_over_the_corner_is_cut_to_a_quarter():
    frame = Frame(0, 0, 1, 100, 100)
    square = [(-50, -50), (50, -50), (50, 50), (-50, 50), (-50, -50)]
    assert set(clip_ring(square, frame, 0)) == {(0, 0), (50, 0), (50, 50), (0, 50)}


@given(st.lists(POINTS, min_size=1, max_size=30))
def test_thinning_keeps_both_ends(line):
    kept = thin(line, 5)
    assert kept[0] == line[0]
    assert len(kept) == 1 or kept[-1] == line[-1]


def test_path_data_writes_short_steps_without_drift():
    assert path_data([(0, 0), (0.14, 0), (0.28, 0), (10, -2)]) == "M0 0l0.1 0 0.2 0 9.7-2"
    assert path_data([(1, 1), (2, 1), (2, 2)], 0, closed=True) == "M1 1l1 0 0 1z"
    assert path_data([(3, 4)]) == "M3 4h0"
    assert path_data([]) == ""
