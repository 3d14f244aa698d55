"""What people write, in ten scripts, and what the packaged network takes it for.

spellings.csv holds text, script, how it is understood and the answer: a node id; `Name, CC` or
`lat,lon` off the network; for `ambiguous` all candidates, for `unknown` the first suggestion.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from routeplan.errors import AmbiguousPlaceError, RequestError, UnknownPlaceError
from routeplan.places.match import Place, PlaceMatch

with (Path(__file__).parent / "spellings.csv").open(encoding="utf-8", newline="") as file:
    SPELLINGS = [tuple(row) for row in csv.reader(file)][1:]
REFUSED = {"ambiguous", "unknown", "refused"}


def written(found: PlaceMatch | Place) -> str:
    """Write an answer as the table does."""
    if isinstance(found, PlaceMatch):
        return found.node_id
    return f"{found.name}, {found.country}" if found.country else f"{found.lat:g},{found.lon:g}"


@pytest.mark.parametrize(
    ("text", "how", "answer"), [(t, h, a) for t, _, h, a in SPELLINGS if h not in REFUSED]
)
def test_a_spelling_is_understood_and_in_the_way_it_should(own_index, text, how, answer):
    found = own_index.resolve(text)
    assert (written(found), str(found.how)) == (answer, how)


@pytest.mark.parametrize(
    ("text", "answer"), [(t, a) for t, _, h, a in SPELLINGS if h == "ambiguous"]
)
def test_a_name_of_several_places_is_asked_back_with_country_and_code(own_index, text, answer):
    with pytest.raises(AmbiguousPlaceError) as error:
        own_index.resolve(text)
    wanted = answer.split("|")
    assert len(error.value.candidates) == len(wanted)
    for candidate, place in zip(error.value.candidates, wanted, strict=True):
        if ", " in place:  # off the network: coordinates, country and the way to the network
            name = place.partition(",")[0]
            assert candidate.startswith(f"{name} (")
            assert " km from " in candidate
        else:
            assert candidate == own_index.describe(place)


@pytest.mark.parametrize(("text", "answer"), [(t, a) for t, _, h, a in SPELLINGS if h == "unknown"])
def test_a_name_nobody_has_is_unknown_and_at_most_brings_suggestions(own_index, text, answer):
    with pytest.raises(UnknownPlaceError) as error:
        own_index.resolve(text)
    assert error.value.suggestions[:1] == ((answer,) if answer else ())


@pytest.mark.parametrize("text", [t for t, _, h, _ in SPELLINGS if h == "refused"])
def test_coordinates_off_the_globe_are_refused(own_index, text):
    with pytest.raises(RequestError, match="are not on the globe"):
        own_index.resolve(text)


def test_the_table_is_as_wide_as_it_says():
    texts = [text for text, *_ in SPELLINGS]
    assert len(texts) == len(set(texts)) >= 300
    scripts = Counter(script for _, script, *_ in SPELLINGS)
    assert len(scripts - Counter({"Digits": 99})) >= 10
    for text, script, *_ in SPELLINGS:
        letters = {unicodedata.name(c).split()[0].title() for c in text if c.isalpha()}
        assert {"Han": "Cjk"}.get(script, script) in (letters or {"Digits"}), text


def test_an_off_network_answer_says_where_it_is_and_where_that_is_known_from(own_index):
    town = own_index.resolve("Жанаозен")
    assert isinstance(town, Place)
    assert (town.name, town.country, town.source) == ("Zhanaozen", "KZ", "gazetteer")
    assert (town.lat, town.lon) == pytest.approx((43.34, 52.86), abs=0.05)
    assert town.population > 50_000
    point = own_index.resolve(" 43.65 , 51.17 ")
    assert (point.lat, point.lon, point.country, point.source) == (43.65, 51.17, "", "coordinates")
