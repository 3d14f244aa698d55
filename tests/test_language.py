"""Tables in other languages: every message translated, JSON and errors the same as ever."""

from __future__ import annotations

import ast
import csv
import string
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from polib import pofile

from routeplan.itinerary.shelf_life import BEST_WITHIN, PAST_SHELF_LIFE
from routeplan.language import (
    LOCALE,
    Language,
    day_text,
    number_text,
    say,
    say_name,
    speaking,
)
from routeplan.network.files import packaged_data
from routeplan.network.read import load_network
from routeplan.network.vocabulary import Confidence, Metric, Mode
from routeplan.places.countries import COUNTRY_NAMES
from routeplan.places.index import PlaceIndex
from routeplan.render.draw.map_svg import MARK_NAMES
from routeplan.render.draw.routes import ROUTE_NAMES
from routeplan.render.draw.series import COST_STYLES
from routeplan.render.figures import days_text, duration_text, kg_text, km_text, money_text
from routeplan.render.report.answer import UNIT_TEXTS
from routeplan.render.words import STAND_IN, UNBEATEN
from routeplan.scenario.request import BEST_AT

PACKAGE = Path(__file__).parents[1] / "routeplan"
CATALOGUES = {path.parents[1].name: path for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))}
OTHERS = [language for language in Language if language is not Language.EN]
HEADS = ("P50 days", "P10-P90", "USD", "EUR", "kg CO2e", "Countries")
COLUMNS = ("km", "Wait", "Time", "Time is", "On time", "Leaves", "Arrives", "Days")
FRONT = ("Listed as", "Average", "P50", "P90", "Changes", "Way")
MEASURES = ("cost", "CO2e", "average time", "the sum of 90th percentiles", "transshipments")
VEHICLES = ("train", "truck", "ship", "ferry", "barge", "flight")
FAMILIES = ("by air", "by ocean", "by truck", "by rail and ship")
PARTS = ("Freight", "Handling", "Borders", "Power", "Sum", "Capital", "Uncertainty")
DUTY = ("Customs value", "Without", "With", "Third countries")
IN_NOTES = ("time", "price", "emission factor", "flights", "sailings", "departures")
BY_TABLE = (
    *("d", "h", "min", UNBEATEN, STAND_IN, PAST_SHELF_LIFE, BEST_WITHIN, *BEST_AT.values()),
    *(*PARTS, *DUTY),
    *(*HEADS, *COLUMNS, *FAMILIES, *IN_NOTES, *FRONT, *MEASURES, *VEHICLES),
    *("borders: {names}", "terminals: {names}", "by {names}"),
    "{start} - {end} by {mode} is planned, announced for {day}.",
    *(*UNIT_TEXTS.values(), *MARK_NAMES.values(), *ROUTE_NAMES.values(), *COST_STYLES),
    *map(str, (*Mode, *Confidence, *Metric)),
)
"""What the code says by way of a table of words, where no literal stands in the call."""


@pytest.fixture(scope="module")
def network():
    return load_network(packaged_data())


def said_in_code() -> set[str]:
    """Find the messages that stand as literals in calls of `say` and `Note`."""
    calls = (
        node
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("say", "Note")
    )
    said = [call.args[0] for call in calls]
    either = [(arg.body, arg.orelse) for arg in said if isinstance(arg, ast.IfExp)]
    written = (*said, *(branch for both in either for branch in both))
    return {arg.value for arg in written if isinstance(arg, ast.Constant)}


def all_messages(network) -> set[tuple[str | None, str]]:
    with (packaged_data() / "edges.csv").open(encoding="utf-8", newline="") as file:
        passages = {name for row in csv.DictReader(file) for name in row["passages"].split("|")}
    words = said_in_code() | set(BY_TABLE) | (passages - {""})
    words |= {cargo.name for cargo in network.cargoes.values()}
    return {
        *((None, word) for word in words),
        *(("place", node.name) for node in network.nodes.values()),
        *(("country", name) for name in COUNTRY_NAMES.values()),
    }


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_message_name_and_country_is_translated_and_nothing_else(network, language):
    entries = {(entry.msgctxt, entry.msgid): entry for entry in pofile(str(CATALOGUES[language]))}
    assert set(entries) == all_messages(network)
    assert [key for key, entry in entries.items() if not entry.translated()] == []


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_translation_fills_in_the_same_things(language):
    def holes(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text)} - {None}

    for entry in pofile(str(CATALOGUES[language])):
        assert holes(entry.msgstr) == holes(entry.msgid), entry.msgid


@pytest.mark.parametrize("language", CATALOGUES)
def test_the_compiled_catalogue_is_that_of_its_source(language):
    path = CATALOGUES[language]
    assert path.with_suffix(".mo").read_bytes() == pofile(str(path)).to_binary(), "make messages"


def test_the_languages_are_those_there_is_a_catalogue_for():
    assert {str(language).partition("-")[0] for language in OTHERS} == set(CATALOGUES)


@pytest.mark.parametrize("language", OTHERS)
def test_a_name_that_is_shown_can_be_typed_back(network, language):
    index = PlaceIndex(network)
    with speaking(language):
        for node in network.nodes.values():
            found = index.find(say_name("place", node.name))
            city = network.nodes.get(node.city_id, node).node_id
            assert {node.node_id, city} & set(found), node.node_id
            assert len(found) == 1 or node.node_id == "rs-dimitrovgrad"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["17.4 d", "6 h", "35 min", "12 345", "7.25", "0.5", "2 346", "2026-12-01"]),
        ("ru", ["17,4 сут", "6 ч", "35 мин", "12 345", "7,25", "0,5", "2 346", "01.12.2026"]),
        ("sr", ["17,4 дана", "6 h", "35 min", "12.345", "7,25", "0,5", "2.346", "01.12.2026"]),
        ("sr-latn", ["17,4 dana", "6 h", "35 min", "12.345", "7,25", "0,5", "2.346", "01.12.2026"]),
    ],
)
def test_numbers_units_and_days_follow_the_language(language, expected):
    with speaking(Language(language)):
        assert [
            days_text(417.6),
            duration_text(6),
            duration_text(35 / 60),
            money_text(12_345.4),
            money_text(7.25),
            kg_text(0.5),
            km_text(2346),
            day_text(date(2026, 12, 1)),
        ] == expected


@pytest.mark.parametrize("text", ["", "1xFEU", "P10", "2026-05", "12-34", "v1.2.3", "x"])
def test_what_is_no_number_stays_as_it_is(text):
    with speaking(Language.RU):
        assert number_text(text) == text


def test_a_word_without_a_translation_stays_english():
    with speaking(Language.RU):
        assert (say("unheard of"), say("")) == ("unheard of", "")
        assert say_name("place", "Timbuktu") == "Timbuktu"
        assert say_name("place", "") == ""


def test_braces_in_what_is_filled_in_are_only_text():
    with speaking(Language.RU):
        assert say("via {places}", places="{x} {0}") == "через {x} {0}"


def test_serbian_is_one_translation_in_two_scripts():
    with speaking(Language.SR):
        assert (say_name("place", "Nis"), say("cheapest")) == ("Ниш", "најјефтинији")
    with speaking(Language.SR_LATN):
        assert (say_name("place", "Nis"), say("cheapest")) == ("Niš", "najjeftiniji")
        assert say_name("place", "Ljubljana") == "Ljubljana"
        assert say("via {places}", places="Ниш") == "preko: Ниш"


def test_a_language_holds_for_its_block_and_its_thread_only():
    with speaking(Language.RU):
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(say, "rail").result() == "rail"
        with speaking(Language.SR):
            assert say("rail") == "воз"
        assert say("rail") == "ж/д"
    assert say("rail") == "rail"
