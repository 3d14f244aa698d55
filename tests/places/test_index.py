"""Names and codes of any script, and what is said when they cannot be told."""

# ruff: noqa: RUF001 - letters of other scripts are what these tests are about

from __future__ import annotations

import pytest
from tiny import tiny_network

from routeplan.errors import AmbiguousPlaceError, UnknownPlaceError
from routeplan.places.countries import country_name, find_country
from routeplan.places.index import PlaceIndex
from routeplan.places.keys import name_key

NODES = """
    node_id,     name,          country, kind,     city_id,  unlocode, iata, aliases
    kz-aktau,    Aktau,         KZ,      city,     ,         KZAAU,    ,     Актау|Шевченко
    kz-aktau-p,  Aktau port,    KZ,      seaport,  kz-aktau, KZAAU,    ,     Aktau|порт Актау
    kz-aktau-a,  Aktau airport, KZ,      airport,  kz-aktau, ,         SCO
    az-alat-p,   Alat port,     AZ,      seaport,  az-baku,  ,         ,     Baku|Ələt limanı
    az-baku,     Baku,          AZ,      city,     ,         AZBAK,    ,     Bakı|Баку|ბაქო|巴库
    ge-tbilisi,  Tbilisi,       GE,      city,     ,         GETBS,    TBS,  თბილისი
    tr-istanbul, İstanbul,      TR,      city,     ,         TRIST,    IST
    tr-izmir,    Izmir,         TR,      city,     ,         ,         ,     İzmir|Smyrna
    cn-khorgos,  Khorgos,       CN,      dry_port, ,         ,         ,     霍尔果斯
    kz-khorgos,  Khorgos,       KZ,      dry_port
    us-boston,   Boston,        US,      city
    kz-boston,   Boston,        KZ,      city
    rs-yard-b,   Yard south,    RS,      dry_port, rs-nis,   ,         ,     Yard
    rs-yard-a,   Yard north,    RS,      dry_port, rs-nis,   ,         ,     Yard
    rs-nis,      Niš,           RS,      city
"""
EDGES = "from_node, to_node, mode, distance_km\nkz-aktau-p, az-alat-p, sea, 470"


@pytest.fixture(scope="module")
def index():
    return PlaceIndex(tiny_network(EDGES, nodes=NODES))


@pytest.mark.parametrize(
    ("text", "node_id"),
    [
        ("kz-aktau-p", "kz-aktau-p"),
        ("KZ-Aktau-P", "kz-aktau-p"),
        ("Aktau", "kz-aktau"),
        ("  aktau  ", "kz-aktau"),
        ("AKTAU", "kz-aktau"),
        ("Aktau port", "kz-aktau-p"),
        ("aktau-port", "kz-aktau-p"),
        ("SCO", "kz-aktau-a"),
        ("sco", "kz-aktau-a"),
        ("AZBAK", "az-baku"),
        ("tbs", "ge-tbilisi"),
        ("Yard south", "rs-yard-b"),
    ],
)
def test_a_place_answers_to_its_id_name_and_codes(index, text, node_id):
    assert index.get(text) == node_id


@pytest.mark.parametrize(
    ("text", "node_id"),
    [
        ("Актау", "kz-aktau"),
        ("АКТАУ", "kz-aktau"),
        ("Порт Актау", "kz-aktau-p"),
        ("Баку", "az-baku"),
        ("Bakı", "az-baku"),
        ("BAKI", "az-baku"),
        ("ბაქო", "az-baku"),
        ("巴库", "az-baku"),
        ("თბილისი", "ge-tbilisi"),
        ("İstanbul", "tr-istanbul"),
        ("Istanbul", "tr-istanbul"),
        ("istanbul", "tr-istanbul"),
        ("ISTANBUL", "tr-istanbul"),
        ("ıstanbul", "tr-istanbul"),
        ("i̇stanbul", "tr-istanbul"),
        ("IZMIR", "tr-izmir"),
        ("ızmır", "tr-izmir"),
        ("Ələt limanı", "az-alat-p"),
        ("Alat limani", "az-alat-p"),
        ("霍尔果斯", "cn-khorgos"),
        ("Niš", "rs-nis"),
        ("Nis", "rs-nis"),
        ("Тбилиси", "ge-tbilisi"),
    ],
)
def test_a_name_is_understood_in_any_script_and_spelling_of_i(index, text, node_id):
    assert index.get(text) == node_id


def test_a_city_stands_for_its_terminals_of_the_same_name_and_code(index):
    assert index.get("KZAAU") == "kz-aktau"
    assert index.get("Aktau") == "kz-aktau"
    assert index.get("Baku") == "az-baku"


def test_terminals_of_one_city_with_one_name_are_one_place_whatever_their_order(index):
    assert index.get("Yard") == "rs-yard-a"


@pytest.mark.parametrize(
    ("text", "node_id"),
    [
        ("Khorgos, KZ", "kz-khorgos"),
        ("Khorgos,CN", "cn-khorgos"),
        ("khorgos , kazakhstan", "kz-khorgos"),
        ("Хоргос, China", "cn-khorgos"),
        ("Istanbul, Turkey", "tr-istanbul"),
        ("Istanbul, Türkiye", "tr-istanbul"),
        ("Boston, us", "us-boston"),
        ("Aktau, KZ", "kz-aktau"),
    ],
)
def test_a_country_behind_the_name_tells_places_apart(index, text, node_id):
    assert index.get(text) == node_id


def test_a_name_of_two_places_is_ambiguous_and_both_are_named(index):
    with pytest.raises(AmbiguousPlaceError) as error:
        index.get("Khorgos")
    assert error.value.candidates == (
        "Khorgos (cn-khorgos, China)",
        "Khorgos (kz-khorgos, Kazakhstan)",
    )
    assert str(error.value) == (
        '"Khorgos" may be Khorgos (cn-khorgos, China) or Khorgos (kz-khorgos, Kazakhstan). '
        "Use one of these ids."
    )


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Aktaau", "Aktau (kz-aktau, Kazakhstan)"),
        ("Istanbull", "İstanbul (tr-istanbul, Türkiye)"),
        ("Тбилисск", "Tbilisi (ge-tbilisi, Georgia)"),
        ("Bostom, US", "Boston (us-boston, US)"),
    ],
)
def test_a_near_miss_is_suggested_and_never_taken(index, text, suggestion):
    with pytest.raises(UnknownPlaceError) as error:
        index.get(text)
    assert suggestion in error.value.suggestions
    assert f"Did you mean {error.value.suggestions[0]}" in str(error.value)


@pytest.mark.parametrize(
    "text",
    ["", "   ", ",", ", KZ", "Zzyzx", "-", "?!", "\x00", "🚂", "Aktau, RS", "Tbilisi, KZ, GE, RS"],
)
def test_what_nothing_answers_to_is_unknown(index, text):
    with pytest.raises(UnknownPlaceError, match="unknown place"):
        index.get(text)


def test_a_long_text_is_cut_in_the_message(index):
    with pytest.raises(UnknownPlaceError) as error:
        index.get("Aktau " * 2_000)
    assert len(str(error.value)) < 400


@pytest.mark.parametrize("text", ["[bold]Paris[/bold]", "<script>alert(1)</script>", "[/red]"])
def test_text_that_looks_like_markup_is_only_text(index, text):
    with pytest.raises(UnknownPlaceError) as error:
        index.get(text)
    assert str(error.value).startswith(f'unknown place "{text}".')


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("aktau", ["kz-aktau", "kz-aktau-p", "kz-aktau-a"]),
        ("порт", ["kz-aktau-p", "kz-aktau-a", "az-alat-p"]),
        ("Georgia", ["ge-tbilisi"]),
        ("TR", ["tr-istanbul", "tr-izmir"]),
        ("us", ["us-boston"]),
        ("nothing of the kind", []),
    ],
)
def test_a_search_lists_what_holds_the_text_or_lies_in_the_country(index, text, found):
    assert [match.node_id for match in index.search(text)] == found


def test_a_description_can_be_typed_back_by_its_id(index):
    assert index.describe("az-baku") == "Baku (az-baku, Azerbaijan)"
    assert index.get(index.describe("az-baku").partition("(")[2].partition(",")[0]) == "az-baku"


def test_a_place_without_country_is_described_without():
    network = tiny_network(
        "from_node, to_node, mode, distance_km\na, b, rail, 1", nodes="node_id\na\nb"
    )
    assert PlaceIndex(network).describe("a") == "a (a)"
    assert PlaceIndex(network).find_country("") is None


@pytest.mark.parametrize(
    ("text", "key"),
    [("Актау", "aktau"), ("Ələt", "alat"), ("Xi'an", "xian"), ("Тбилиси", "tbilisi"), ("—", "")],
)
def test_a_key_is_latin_letters_and_digits(text, key):
    assert name_key(text) == key


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KZ", "KZ"),
        ("kz", "KZ"),
        (" Kazakhstan ", "KZ"),
        ("türkiye", "TR"),
        ("Turkey", "TR"),
        ("TÜRKIYE", "TR"),
        ("XX", None),
        ("", None),
        ("Kaz", None),
    ],
)
def test_a_country_answers_to_its_code_and_names(text, code):
    assert find_country(text) == code


def test_a_country_without_a_name_here_is_called_by_its_code():
    assert (country_name("GE"), country_name("US")) == ("Georgia", "US")
