"""Ways over land: round gulfs, lakes and neighbours, never across a sea or onto an island."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from routeplan.places.land import load_land
from routeplan.places.landway import CLOSED_OFF, CUT_KM, areas_at, closed_off, land_way
from routeplan.places.outline import distance_km

FAR_KM = 3000.0
PLACES = {
    "Aktau": (51.17, 43.65),
    "Atyrau": (51.92, 47.10),
    "Zhanaozen": (52.86, 43.34),
    "Kragujevac": (20.92, 44.02),
    "Belgrade": (20.47, 44.80),
    "Batumi": (41.64, 41.65),
    "Poti": (41.66, 42.15),
    "Sukhumi": (41.02, 43.00),
    "Zugdidi": (41.87, 42.51),
    "Tskhinvali": (43.97, 42.23),
    "Gori": (44.11, 41.98),
    "Tashkent": (69.25, 41.31),
    "Fergana": (71.78, 40.38),
    "Bursa": (29.06, 40.19),
    "Tekirdag": (27.51, 40.98),
    "Uskudar": (29.05, 41.02),
    "Corlu": (27.80, 41.16),
    "Canakkale": (26.41, 40.15),
    "Van": (43.40, 38.50),
    "Tatvan": (42.28, 38.50),
    "Rhodes": (28.22, 36.44),
    "Heraklion": (25.13, 35.33),
    "Corfu": (19.92, 39.62),
    "Athens": (23.72, 37.98),
    "Chalkida": (23.60, 38.46),
    "Patras": (21.73, 38.25),
    "Nakhchivan": (45.41, 39.21),
    "Baku": (49.87, 40.41),
}


def way(start: str, end: str, country: str):
    return land_way(PLACES[start], PLACES[end], country, FAR_KM)


@pytest.mark.parametrize(
    ("start", "end", "country"),
    [("Zhanaozen", "Aktau", "KZ"), ("Kragujevac", "Belgrade", "RS"), ("Gori", "Poti", "GE")],
)
def test_over_land_the_way_is_the_straight_line(start, end, country):
    found = way(start, end, country)
    assert found.line_km == pytest.approx(distance_km(PLACES[start], PLACES[end]))
    assert found.outline_km == 0


@pytest.mark.parametrize(
    ("start", "end", "country", "least", "most"),
    [
        ("Aktau", "Atyrau", "KZ", 1.4, 2.0),  # the line lies in the Caspian
        ("Batumi", "Poti", "GE", 1.0, 1.3),  # along the coast, a little off it
        ("Tashkent", "Fergana", "UZ", 1.05, 1.4),  # Tajikistan lies between
        ("Van", "Tatvan", "TR", 1.1, 1.6),  # over the lake
        ("Patras", "Athens", "GR", 1.0, 1.4),  # over the Gulf of Corinth
        ("Bursa", "Tekirdag", "TR", 1.6, 2.5),  # over the Sea of Marmara, by Istanbul
        ("Uskudar", "Corlu", "TR", 1.0, 1.1),  # over the Bosporus, which has bridges
        ("Canakkale", "Tekirdag", "TR", 1.0, 1.2),  # over the Dardanelles, which have one
        ("Chalkida", "Athens", "GR", 1.0, 1.1),  # from Euboea, by a bridge
    ],
)
def test_water_and_neighbours_are_gone_round(start, end, country, least, most):
    straight_km = distance_km(PLACES[start], PLACES[end])
    assert least <= sum(way(start, end, country)) / straight_km <= most


@pytest.mark.parametrize(
    ("start", "end", "country"),
    [
        ("Rhodes", "Athens", "GR"),
        ("Heraklion", "Athens", "GR"),
        ("Corfu", "Athens", "GR"),
        ("Nakhchivan", "Baku", "AZ"),  # Armenia lies between, on all sides
        ("Sukhumi", "Poti", "GE"),
        ("Tskhinvali", "Gori", "GE"),
        ("Aktau", "Baku", "KZ"),
        ("Belgrade", "Athens", "GR"),
    ],
)
def test_no_way_leads_to_an_island_an_exclave_or_over_a_closed_line(start, end, country):
    assert way(start, end, country) is None
    assert way(end, start, country) is None


def test_a_way_longer_than_asked_for_is_none():
    start, end = PLACES["Aktau"], PLACES["Atyrau"]
    whole_km = sum(land_way(start, end, "KZ", FAR_KM))
    assert land_way(start, end, "KZ", whole_km + 1) is not None
    assert land_way(start, end, "KZ", whole_km - 1) is None


def test_a_place_is_in_the_country_it_lies_in_or_just_off():
    land = load_land()

    def countries(*place: float) -> set[str]:
        return {land.areas[number].country for number in areas_at(place)}

    assert countries(20.92, 44.02) == {"RS"}
    assert countries(69.2, 41.3) == {"UZ"}
    assert countries(21.17, 42.67) == {"XK"}
    assert countries(51.10, 43.62) == {"KZ"}  # a mole off Aktau
    assert countries(51.0, 41.0) == set()  # the Caspian
    assert countries(-150.0, 10.0) == set()  # the Pacific


def test_the_towns_beside_a_closed_line_are_on_their_side():
    assert closed_off(PLACES["Sukhumi"]) == "Abkhazia"
    assert closed_off(PLACES["Tskhinvali"]) == "South Ossetia"
    for town in ("Zugdidi", "Gori", "Poti", "Batumi"):
        assert closed_off(PLACES[town]) == ""
    assert all(ring[0] == ring[-1] for _, ring in CLOSED_OFF)


def test_every_area_has_a_code_and_closed_rings():
    land = load_land()
    assert {"KZ", "AZ", "GE", "TR", "BG", "RS", "RO", "UZ", "TM"} <= {a.country for a in land.areas}
    for area in land.areas:
        assert len(area.country) == 2
        assert all(ring[0] == ring[-1] for ring in area.rings)


BOXES = {
    "KZ": (47.0, 90.0, 41.0, 55.0),
    "TR": (26.0, 44.5, 36.0, 42.0),
    "GR": (19.5, 28.5, 34.8, 41.7),
    "AZ": (44.8, 50.5, 38.4, 41.9),
    "TM": (52.5, 66.5, 35.2, 42.8),
    "IT": (7.0, 18.5, 37.0, 46.5),
}


@st.composite
def pairs(draw):
    country = draw(st.sampled_from(sorted(BOXES)))
    west, east, south, north = BOXES[country]
    place = st.tuples(st.floats(west, east), st.floats(south, north))
    start = draw(place)
    off = draw(st.tuples(st.floats(-4, 4), st.floats(-4, 4)))
    return country, start, (start[0] + off[0], start[1] + off[1])


@settings(max_examples=25)
@given(pairs())
def test_a_way_is_never_shorter_than_the_straight_line_and_the_same_both_ways(pair):
    country, start, end = pair
    there, back = (land_way(a, b, country, FAR_KM) for a, b in ((start, end), (end, start)))
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert sum(there) == pytest.approx(sum(back), rel=1e-6, abs=0.01)
        assert sum(there) >= distance_km(start, end) * (1 - 1e-9) - 0.01
        assert min(there) >= 0


@settings(max_examples=25)
@given(pairs())
def test_a_way_never_crosses_water_wider_than_the_map_is_wrong(pair):
    country, start, end = pair
    straight_km = distance_km(start, end)
    assume(5 < straight_km < 400)
    land, count = load_land(), int(straight_km) + 2
    line = [
        (start[0] + (end[0] - start[0]) * n / count, start[1] + (end[1] - start[1]) * n / count)
        for n in range(count + 1)
    ]
    wet = [sum(1 for _ in run) for dry, run in groupby(land.covers(*p) for p in line) if not dry]
    if any(run > CUT_KM + 2 for run in wet):
        found = land_way(start, end, country, FAR_KM)
        assert found is None or found.outline_km > 0 or found.line_km > straight_km
