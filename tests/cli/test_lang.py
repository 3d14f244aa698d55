"""`find --lang`: what people read changes its language, what programs read does not."""

# ruff: noqa: RUF001 - letters of other scripts are what these tests are about

from __future__ import annotations

import re

import pytest

FIND = ("find", "Astana", "Baku")
CYRILLIC = re.compile("[а-яёђјљњћџ]", re.IGNORECASE)


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv", "geojson"])
@pytest.mark.parametrize("language", ["ru", "sr", "sr-latn"])
def test_what_programs_read_is_english(say, form, language):
    assert say(*FIND, "--format", form, "--lang", language) == say(*FIND, "--format", form)


@pytest.mark.parametrize("form", ["table", "md"])
def test_a_table_speaks_russian(say, form):
    told = " ".join(say(*FIND, "--format", form, "--lang", "RU").out.split())
    for part in ("Астана - Баку", "порт Актау", "Путь 1", "сначала лучший в целом", "ж/д", "20 т"):
        assert part in told
    assert re.search(r"\b\d+,\d сут", told)
    assert "Политика sanctions: исключены Россия, Беларусь и Иран" in told
    english = {"truck", "best", "rail", "by", "way", "Note", "Countries", "assumed", "days"}
    assert not english & set(re.findall("[A-Za-z]+", told))


def test_notes_are_translated_too(say):
    said = say(*FIND, "--format", "table", "--lang", "ru", "--cargo", "general", "-v")
    english = say(*FIND, "--format", "table", "-v")
    assert said.out.count("Примечание: Путь") == english.out.count("Note: Way") > 0


def test_serbian_comes_in_both_scripts(say):
    cyrillic = say(*FIND, "--format", "table", "--lang", "sr").out
    latin = say(*FIND, "--format", "table", "--lang", "sr-latn").out
    assert "лука Актау ~ брод ~ Баку" in cyrillic
    assert "luka Aktau ~ brod ~ Baku" in latin
    assert CYRILLIC.search(cyrillic)
    assert not CYRILLIC.search(latin)


def test_the_language_may_be_named_by_the_environment_and_the_option_wins(say, monkeypatch):
    table = (*FIND, "--format", "table")
    english, russian = say(*table), say(*table, "--lang", "ru")
    monkeypatch.setenv("ROUTEPLAN_LANG", "ru")
    assert say(*table) == russian
    assert say(*table, "--lang", "en") == english


def test_errors_are_english_and_an_unknown_language_is_one(say):
    assert say("find", "Astna", "Baku", "--lang", "ru") == say("find", "Astna", "Baku")
    said = say(*FIND, "--lang", "de")
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        'routeplan: --lang "de" is none of the choices. Choose one of en, ru, sr, sr-latn.\n'
    )
