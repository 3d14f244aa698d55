"""Coordinates as people write them, and what is near."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import tiny_network

from routeplan.errors import RequestError
from routeplan.places.match import How, Place
from routeplan.places.points import great_circle_km, nearest_nodes, read_coordinates


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("43.65,51.17", 43.65, 51.17),
        ("43.65, 51.17", 43.65, 51.17),
        ("  43.65 51.17 ", 43.65, 51.17),
        ("43.65;51.17", 43.65, 51.17),
        ("43,51", 43, 51),
        ("43.65N,51.17E", 43.65, 51.17),
        ("43.65° N, 51.17° E", 43.65, 51.17),
        ("33.9s 18.4e", -33.9, 18.4),
        ("38.9N 77W", 38.9, -77),
        ("-33.9,18.4", -33.9, 18.4),
        ("geo:43.65,51.17", 43.65, 51.17),
        ("90,-180", 90, -180),
    ],
)
def test_coordinates_are_degrees_north_then_east(text, lat, lon):
    place = read_coordinates(text)
    assert (place.lat, place.lon, place.how) == (lat, lon, How.COORDINATES)


@pytest.mark.parametrize(
    "text",
    ["", "43.65", "Aktau", "43.65,51.17,3", "43.,51", "E40", "20t 5", "43,65, 51,17", "1e1,2"],
)
def test_what_is_no_pair_of_numbers_is_no_coordinates(text):
    assert read_coordinates(text) is None


@pytest.mark.parametrize("text", ["91,0", "-90.1,0", "0,180.5", "95,200", "999,999"])
def test_a_point_off_the_globe_is_refused_with_what_to_write(text):
    with pytest.raises(
        RequestError, match=r"are not on the globe\. Write degrees north, then east"
    ):
        read_coordinates(text)


@given(
    st.floats(-90, 90, allow_nan=False).map(lambda x: round(x, 4)),
    st.floats(-180, 180, allow_nan=False).map(lambda x: round(x, 4)),
)
def test_a_point_is_read_as_it_is_written(lat, lon):
    place = read_coordinates(f"{lat:.4f},{lon:.4f}")
    assert (place.lat, place.lon) == (lat, lon)


def test_distances_are_those_of_a_sphere_of_mean_radius():
    assert great_circle_km((0, 0), (0, 0)) == 0
    assert great_circle_km((0, 0), (0, 180)) == pytest.approx(20_015.1, abs=0.1)
    assert great_circle_km((90, 0), (0, 50)) == pytest.approx(10_007.6, abs=0.1)
    assert great_circle_km((43.65, 51.17), (40.39, 49.85)) == pytest.approx(378, abs=2)


def test_the_nearest_places_come_first_and_junctions_only_if_there_is_nothing_else():
    edges = "from_node, to_node, mode, distance_km\nnear, far, rail, 600"
    nodes = """
        node_id, kind,     lat, lon
        near,    junction, 0,   1
        far,     city,     0,   5
        further, seaport,  0,   6
        nowhere, city,     ,
    """
    network = tiny_network(edges, nodes=nodes)
    here = Place("here", "", 0.0, 0.0, How.COORDINATES)
    found = nearest_nodes(network.nodes.values(), here, 5)
    assert [node.node_id for _, node in found] == ["far", "further"]
    assert [round(km) for km, _ in found] == [556, 667]
    (only,) = nearest_nodes([network.nodes["near"]], here, 5)
    assert only[1].node_id == "near"
    assert nearest_nodes([network.nodes["nowhere"]], here, 5) == []
