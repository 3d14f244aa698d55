"""Looking places up online: asked once, a second apart, kept on disk; never asked for real here."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest

from routeplan import Question, find_routes, read_question
from routeplan.errors import RequestError, UnknownPlaceError
from routeplan.network.cache import cache_folder
from routeplan.places import online
from routeplan.places.match import How
from routeplan.places.online import find_online

FARM = {
    "lat": 43.9,
    "lon": 20.6,
    "country": "RS",
    "name": "Farm 7",
    "address": "Farm 7, Knić, Serbia",
}


@dataclass
class Service:
    """Stands for Nominatim: knows one farm."""

    asked: list[str] = field(default_factory=list)

    def __call__(self, text: str) -> online.Answer:
        self.asked.append(text)
        return dict(FARM) if "farm" in text.casefold() else {}


@pytest.fixture(autouse=True)
def slept(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    naps: list[float] = []
    monkeypatch.setattr(online.time, "sleep", naps.append)
    return naps


@pytest.fixture
def service(monkeypatch):
    found = Service()
    monkeypatch.setattr(online, "_nominatim", found)
    return found


@pytest.mark.usefixtures("service")
def test_an_answer_says_what_the_text_was_taken_for():
    place = find_online("Farm 7 Knic")
    assert (place.lat, place.lon, place.country, place.how) == (43.9, 20.6, "RS", How.ONLINE)
    assert place.address == "Farm 7, Knić, Serbia"


def test_a_place_is_asked_for_once_in_all_runs_found_or_not(service):
    for _ in range(3):
        find_online("Farm 7  KNIC")
        find_online("farm 7 Knic")
        with pytest.raises(UnknownPlaceError):
            find_online("Nowhere")
    assert service.asked == ["Farm 7  KNIC", "Nowhere"]


@pytest.mark.usefixtures("service")
def test_requests_keep_a_second_apart(slept, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(online.time, "time", lambda: now[0])
    find_online("farm a")
    now[0] += 0.25
    find_online("farm b")
    now[0] += 5
    find_online("farm c")
    assert slept == [pytest.approx(0.75)]


@pytest.mark.parametrize("damage", [b"", b"[1]", b"\xff", b'{"a":'])
def test_a_damaged_file_counts_as_none(service, damage):
    find_online("farm")
    next(cache_folder().iterdir()).write_bytes(damage)
    assert find_online("farm").name == "Farm 7"
    assert len(service.asked) == 2
    assert json.loads(next(cache_folder().iterdir()).read_text("utf-8"))["farm"] == FARM


def test_an_error_of_the_service_is_one_line_and_is_not_kept(monkeypatch):
    from geopy.exc import GeocoderUnavailable
    from geopy.geocoders import Nominatim

    def fail(*_args, **_options):
        raise GeocoderUnavailable("no network\nat all")

    monkeypatch.setattr(Nominatim, "geocode", fail)
    with pytest.raises(RequestError, match=r"^\"farm\" cannot be looked up online: no network\. "):
        find_online("farm")
    assert not cache_folder().exists()


def test_nominatim_is_asked_with_a_name_of_our_own(monkeypatch):
    from geopy.geocoders import Nominatim

    seen = {}

    class Found:
        latitude, longitude, address = 43.90000049, 20.6, "Farm 7, Knić, Serbia"
        raw = {"address": {"country_code": "rs"}}  # noqa: RUF012 - a fake

    def answer(self, text, **options):
        seen.update(options, text=text, agent=self.headers["User-Agent"])
        return Found()

    monkeypatch.setattr(Nominatim, "geocode", answer)
    place = find_online("farm")
    assert (place.lat, place.country, place.name) == (43.9, "RS", "Farm 7")
    assert seen["agent"].startswith("routeplan/")


def test_a_question_goes_online_only_if_asked_to_and_only_for_what_nothing_knows(real, service):
    with pytest.raises(UnknownPlaceError):
        read_question(real, Question("Astana", "Farm 7 Knic"))
    read_question(real, Question("Astana", "Belgrade", geocode=True))
    read_question(real, Question("Astana", "Kragujevac", geocode=True))
    assert service.asked == []
    plan = find_routes(real, Question("Astana", "Farm 7 Knic", geocode=True))
    assert plan.destination.name == "Farm 7"
    assert "taken for: Farm 7, Knić, Serbia (Nominatim, © OpenStreetMap" in plan.warnings[0]
