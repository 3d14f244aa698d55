"""Each rule is broken by one change to a tiny network, and kept by a change that comes close.

The findings' full text is held in tests/data/findings.txt; to write it anew after a change of
wording, remove it and run this file twice.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from routeplan.errors import DataError
from routeplan.network.check import check_folder
from routeplan.network.findings import Severity
from routeplan.network.read import load_network
from routeplan.network.rules import RULES, list_rules
from routeplan.network.rules.cards import PARAMETERS

GOLDEN = Path(__file__).parents[1] / "data" / "findings.txt"
PACKAGE = Path(__file__).parents[2] / "routeplan" / "network"

BROKEN = [
    ("T011", ["edges access-alat edge_id=access-aktau"]),
    ("T011", ["cargo +x=general", "cargo x cargo_id=general"]),
    ("T012", ["edges -" + line.partition(",")[0] for line in (
        (GOLDEN.parent / "tiny" / "edges.csv").read_text("utf-8").splitlines()[1:]
    )]),
    ("N001", ["nodes kz-aktau-port city_id=kz-aktao"]),
    ("N002", ["nodes kz-aktau-port city_id=az-alat-port"]),
    ("N002", ["nodes kz-aktau city_id=kz-astana"]),
    ("N003", ["nodes kz-astana lat="]),
    ("N003", ["nodes kz-astana lat=0", "nodes kz-astana lon=0"]),
    ("N003", ["nodes kz-aktau lat=51.17", "nodes kz-aktau lon=43.65"]),
    ("N004", ["nodes kz-astana country="]),
    ("N004", ["nodes drop country"]),
    ("N005", ["nodes ge-akhalkalaki-1435 name=AKHALKALAKI"]),
    ("N006", ["nodes az-baku unlocode=KZAAU"]),
    ("N006", ["nodes kz-astana iata=NQZ", "nodes az-alat-port iata=NQZ"]),
    ("N007", ["nodes kz-aktau aliases=Актау|астана"]),
    ("N007", ["nodes ge-gardabani name=Akhalkalaki"]),
    ("N008", ["nodes kz-astana lat=", "nodes kz-astana lon="]),
    ("N008", ["nodes drop lat", "nodes drop lon"]),
    ("N009", ["nodes kz-astana gauge_mm="]),
    ("E001", ["edges rail-astana-aktau to_node=kz-aktau-prt"]),
    ("E001", ["edges rail-astana-aktau from_node=mars"]),
    ("E002", ["edges hub-aktau-rail-sea to_node=kz-aktau"]),
    ("E002", ["edges hub-aktau-rail-sea to_mode="]),
    ("E002", ["edges hub-aktau-rail-sea to_mode=rail"]),
    ("E002", ["edges access-aktau to_node=kz-aktau"]),
    ("E002", ["edges access-aktau to_mode=rail"]),
    ("E002", ["edges gauge-akhalkalaki mode=road"]),
    ("E003", ["edges rail-astana-aktau vehicle=wagon"]),
    ("E004", ["edges hub-aktau-road-ferry vehicle=wagon"]),
    ("E005", ["edges +again=rail-astana-aktau"]),
    ("E005", ["edges +again=rail-alat-kesik-east", "edges again directed=no"]),
    ("E006", ["edges border-az-ge-rail kind=move"]),
    ("E007", ["nodes ge-gardabani country=AZ"]),
    ("E008", ["edges gauge-akhalkalaki kind=move", "edges gauge-akhalkalaki distance_km=1"]),
    ("E008", ["nodes ge-akhalkalaki-1435 gauge_mm=1520"]),
    ("E009", ["edges -rail-alat-kesik-east"]),
    ("E009", ["edges hub-aktau-rail-sea directed=yes"]),
    ("E010", ["edges sea-aktau-alat time_h_p90=20"]),
    ("E010", ["edges sea-aktau-alat wait_h_p10=60"]),
    ("E011", ["edges sea-aktau-alat wait_h="]),
    ("E012", ["edges access-alat distance_km="]),
    ("E013", ["edges rail-astana-aktau distance_km=1000"]),
    ("E014", ["edges access-alat distance_km=400"]),
    ("E015", ["edges sea-aktau-alat time_h=3", "edges sea-aktau-alat time_h_p10=2"]),
    ("E015", ["edges rail-alat-kesik-west time_h=200",
              "edges rail-alat-kesik-west time_h_p90=300"]),
    ("E016", ["edges rail-alat-kesik-west time_h_p90=99", "edges rail-alat-kesik-west time_h=50"]),
    ("E016", ["edges rail-alat-kesik-west cost_usd_per_feu=100",
              "edges rail-alat-kesik-west price_year=2025",
              "edges rail-alat-kesik-east cost_usd_per_feu=301",
              "edges rail-alat-kesik-east price_year=2025"]),
    ("E017", ["edges sea-aktau-alat price_year="]),
    ("E018", ["edges +later=ferry-aktau-alat", "edges later status=planned"]),
    ("E019", ["edges rail-gardabani-akhalkalaki open_to=2025-12-31"]),
    ("E020", ["edges rail-gardabani-akhalkalaki open_from=2026-02-30"]),
    ("E020", ["edges rail-gardabani-akhalkalaki window=22:00-25:00"]),
    ("E021", ["edges sea-aktau-alat departs=daily"]),
    ("E021", ["edges sea-aktau-alat departs=mon|thu 24:00"]),
    ("E022", ["edges sea-aktau-alat season_id=caspian_winte"]),
    ("E023", ["edges sea-aktau-alat forbids=dangerus"]),
    ("E023", ["cargo general flags=explosive"]),
    ("E024", ["edges access-alat distance_km=", "edges access-alat time_h=3"]),
    ("E024", ["edges access-alat time_h=3", "edges access-aktau time_h=3",
              "edges drop distance_km"]),
    ("S001", ["edges sea-aktau-alat confidence=guessed"]),
    ("S001", ["edges sea-aktau-alat confidence=time:measured"]),
    ("S001", ["edges sea-aktau-alat confidence=published|measured"]),
    ("S001", ["edges sea-aktau-alat confidence=published|tme:measured"]),
    ("S002", ["edges sea-aktau-alat confidence=published|wait:assumed"]),
    ("S003", ["edges rail-astana-aktau source_ids=distance:tariff-2025"]),
    ("S003", ["cargo general source_ids="]),
    ("S003", ["times drop source_ids"]),
    ("S004", ["edges rail-astana-aktau source_ids=tarif-2025"]),
    ("S004", ["edges rail-astana-aktau source_ids=tme:survey-2024|tariff-2025"]),
    ("S005", ["sources tariff-2025 url=www.example.org"]),
    ("S006", ["sources +spare=tariff-2025"]),
    ("S007", ["edges sea-aktau-alat as_of="]),
    ("S007", ["rates drop as_of"]),
    ("S008", ["edges sea-aktau-alat confidence="]),
    ("C001", ["times rail-sea time_h_p10=20"]),
    ("C001", ["seasons caspian_winter wait_add_h="]),
    ("C002", ["times move-rail km_per_day_fast=600"]),
    ("C002", ["times move-rail km_per_day_slow=800"]),
    ("C002", ["times move-rail km_per_day="]),
    ("C003", ["rates ferry-truck usd_fixed=2500"]),
    ("C003", ["parameters reliability_ratio value=2"]),
    ("C004", ["times -border-rail"]),
    ("C004", ["times border-rail country=TR"]),
    ("C005", ["rates -ferry-truck"]),
    ("C005", ["rates ferry-truck unit=kg"]),
    ("C006", ["edges sea-aktau-alat price_year=2019"]),
    ("C006", ["parameters price_year value=2030"]),
    ("C007", ["emissions -sea"]),
    ("C008", ["parameters +reliabilty_ratio=reliability_ratio"]),
    ("C009", ["times +again=move-rail"]),
    ("N010", ["nodes kz-astana timezone=Asia/Almata"]),
    ("N010", ["nodes kz-astana timezone=Mars/Olympus"]),
    ("C010", ["closures az-weekend weekdays=sat|sunday"]),
    ("C010", ["closures az-weekend from_hour="]),
    ("C010", ["closures az-weekend to_hour=08:00"]),
    ("C010", ["closures az-weekend to_month_day="]),
    ("C010", ["closures border-holiday edges="]),
    ("C010", ["closures border-holiday to_day=2025-12-31"]),
    ("C011", ["closures border-holiday edges=border-az-ge-road"]),
    ("C011", ["closures az-weekend exempts=refer"]),
    ("C012", ["duty ge-any destinations=GE|Georgia"]),
    ("C012", ["duty ge-kz cargo_id=genral"]),
    ("C012", ["duty ge-kz origins="]),
    ("C012", ["duty ge-kz condition="]),
    ("C012", ["duty ge-kz mfn_rate=0.1", "duty ge-kz preferential_rate=0.2"]),
    ("C012", ["duty ge-any mfn_rate=", "duty ge-any mfn_usd_per_t="]),
    ("C013", ["cargo general carrying_rate_per_year=2"]),
    ("C014", ["times +road=move-rail", "times road mode=road", "times road speed_kmh=60",
              "parameters +truck_driving_h_per_day=price_year",
              "parameters truck_driving_h_per_day value=9"]),
    ("G001", ["nodes +kz-aktobe=kz-astana", "nodes kz-aktobe name=Aktobe",
              "nodes kz-aktobe aliases=", "nodes kz-aktobe unlocode="]),
    ("G002", ["edges rail-gardabani-akhalkalaki status=closed"]),
    ("G002", ["edges -hub-alat-road-rail", "edges -hub-alat-rail-sea",
              "edges rail-gardabani-akhalkalaki open_to="]),
    ("G002", ["edges rail-alat-kesik-east status=closed"]),
    ("G003", [f"edges -hub-{port}-{modes}" for port in ("aktau", "alat")
              for modes in ("rail-sea", "road-rail", "road-ferry")]),
    ("G004", ["edges hub-aktau-rail-sea to_mode=barge"]),
    ("G005", ["edges access-alat kind=move", "edges access-alat to_node=kz-aktau-port",
              "edges access-alat distance_km=500"]),
]  # fmt: skip

KEPT = [
    ("T011", ["seasons +x=caspian_winter", "seasons x season_id=caspian_winter"]),
    ("T012", []),
    ("N001", ["nodes kz-aktau-port city_id="]),
    ("N002", ["nodes az-baku kind=city"]),
    ("N003", ["nodes kz-astana lat=", "nodes kz-astana lon="]),
    ("N004", ["edges -access-alat", "nodes az-baku country="]),
    ("N005", ["nodes ge-akhalkalaki-1435 name=Akhalkalaki", "nodes ge-akhalkalaki-1435 lat=42"]),
    ("N006", ["nodes kz-aktau iata=SCO", "nodes kz-aktau-port iata=SCO"]),
    ("N007", ["nodes kz-aktau-port aliases=Актау"]),
    ("N007", ["nodes az-baku aliases=Баку|астана"]),
    ("N008", ["nodes kz-astana lat=0"]),
    ("N009", ["nodes drop gauge_mm"]),
    ("E001", ["edges rail-astana-aktau to_node=kz-aktau"]),
    ("E002", ["edges hub-aktau-rail-sea kind=", "edges access-aktau kind="]),
    ("E003", ["edges ferry-aktau-alat vehicle=", "edges hub-aktau-road-ferry vehicle="]),
    ("E004", ["edges hub-aktau-road-ferry mode=rail", "edges hub-aktau-road-ferry vehicle=wagon"]),
    ("E005", ["edges +again=rail-astana-aktau", "edges again operator=Another railway"]),
    ("E006", ["nodes ge-gardabani country="]),
    ("E007", ["nodes ge-gardabani country="]),
    ("E008", ["nodes ge-akhalkalaki-1435 gauge_mm="]),
    ("E009", ["edges -rail-alat-kesik-east", "edges rail-alat-kesik-west note=One-way flow"]),
    ("E010", ["edges sea-aktau-alat time_h_p90=26"]),
    ("E011", ["edges sea-aktau-alat wait_h_p10="]),
    ("E012", ["edges access-alat distance_km=", "edges access-alat time_h=3"]),
    ("E013", ["edges border-az-ge-rail distance_km=5.9"]),
    ("E014", ["edges access-alat distance_km=400", "edges access-alat note=Round the mountain"]),
    ("E015", ["edges sea-aktau-alat distance_km=", "edges sea-aktau-alat time_h=22"]),
    ("E016", ["edges rail-alat-kesik-west time_h_p90=99", "edges rail-alat-kesik-west time_h=50",
              "edges rail-alat-kesik-east note=Empty wagons run through"]),
    ("E017", ["edges sea-aktau-alat price_year=", "edges sea-aktau-alat cost_usd_per_feu="]),
    ("E018", ["edges rail-gardabani-akhalkalaki status=planned"]),
    ("E019", ["edges rail-gardabani-akhalkalaki open_to=2026-01-01"]),
    ("E020", ["edges rail-gardabani-akhalkalaki open_to=2028-02-29",
              "edges rail-gardabani-akhalkalaki window=22:00-24:00"]),
    ("E021", ["edges sea-aktau-alat departs=sat 23:59| sun"]),
    ("E022", ["edges sea-aktau-alat season_id="]),
    ("E023", ["cargo general flags=open|reefer"]),
    ("E024", ["edges gauge-akhalkalaki time_h=6"]),
    ("S001", ["edges sea-aktau-alat confidence=derived|wait:assumed|time:measured"]),
    ("S002", ["edges sea-aktau-alat confidence=assumed", "edges sea-aktau-alat note=Half a week"]),
    ("S003", ["edges rail-astana-aktau source_ids=distance:tariff-2025|time:survey-2024"]),
    ("S004", ["edges rail-astana-aktau source_ids=time:survey-2024|tariff-2025"]),
    ("S005", ["sources survey-2024 url=", "sources survey-2024 publisher=routeplan"]),
    ("S006", ["sources +spare=tariff-2025", "cargo general source_ids=spare"]),
    ("S007", ["edges sea-aktau-alat as_of=2025-06-30"]),
    ("S008", ["edges sea-aktau-alat confidence=derived"]),
    ("C001", ["times rail-sea time_h_p10=18"]),
    ("C002", ["times move-rail km_per_day_fast=", "times move-rail km_per_day_slow=700"]),
    ("C003", ["rates ferry-truck usd_fixed=2000"]),
    ("C004", ["times -border-rail", "edges border-az-ge-rail time_h=6"]),
    ("C004", ["times rail-sea mode=sea", "times rail-sea to_mode=rail"]),
    ("C005", ["rates -ferry-truck", "edges ferry-aktau-alat cost_usd_per_feu=2000"]),
    ("C006", ["edges sea-aktau-alat price_year=2024"]),
    ("C007", ["emissions ferry vehicle="]),
    ("C008", ["parameters reliability_ratio parameter_id=groupage_factor"]),
    ("C009", ["times +again=move-rail", "times again country=KZ"]),
    ("N010", ["nodes kz-astana timezone=Asia/Almaty"]),
    ("C010", ["closures border-holiday edges=", "closures border-holiday mode=road"]),
    ("C010", ["closures az-weekend from_month_day=11-01"]),
    ("C011", ["closures az-weekend exempts=international"]),
    ("C012", ["duty ge-kz preferential_rate=", "duty ge-kz condition="]),
    ("C013", ["cargo general carrying_rate_per_year=1"]),
    ("C014", ["times +road=move-rail", "times road mode=road", "times road speed_kmh=77",
              "parameters +truck_driving_h_per_day=price_year",
              "parameters truck_driving_h_per_day value=9"]),
    ("G001", ["edges access-aktau status=closed"]),
    ("G002", ["edges hub-alat-rail-sea status=restricted"]),
    ("G003", ["edges -hub-alat-rail-sea"]),
    ("G004", ["edges sea-aktau-alat status=closed"]),
    ("G005", ["edges access-alat kind=move"]),
    ("G005", ["nodes ge-akhalkalaki kind=city",
              "nodes ge-akhalkalaki-1435 city_id=ge-akhalkalaki"]),
]  # fmt: skip


def ids(cases):
    return [f"{code}: {'; '.join(changes[:2])}" for code, changes in cases]


def test_the_tiny_network_breaks_no_rule(tiny):
    assert check_folder(tiny()) == []


@pytest.mark.parametrize(("code", "changes"), BROKEN, ids=ids(BROKEN))
def test_a_broken_rule_is_found_where_it_is_broken(tiny, code, changes):
    found = [f for f in check_folder(tiny(*changes)) if f.code == code]
    assert found
    for finding in found:
        assert finding.remedy.endswith((".", "?"))
        assert not finding.message.endswith(".")
        assert finding.field == "" or (finding.line > 1 and finding.position > 0)


@pytest.mark.parametrize(("code", "changes"), KEPT, ids=ids(KEPT))
def test_a_rule_is_silent_where_it_is_nearly_broken(tiny, code, changes):
    assert [f.one_line() for f in check_folder(tiny(*changes)) if f.code == code] == []


@pytest.mark.parametrize(("code", "changes"), BROKEN, ids=ids(BROKEN))
def test_only_errors_keep_a_network_from_loading(tiny, code, changes):
    severity = next(rule.severity for rule in RULES if rule.code == code)
    folder = tiny(*changes)
    if severity is Severity.ERROR:
        with pytest.raises(DataError) as caught:
            load_network(folder)
        assert {f.severity for f in caught.value.findings} == {Severity.ERROR}
        assert code in {f.code for f in caught.value.findings}
    else:
        assert load_network(folder).nodes


def test_the_findings_read_as_agreed(tiny):
    lines = []
    for code, changes in BROKEN:
        found = [f.one_line() for f in check_folder(tiny(*changes)) if f.code == code]
        lines += [f"# {'; '.join(changes[:3])}", *found[:2], ""]
    text = "\n".join(lines)
    if not GOLDEN.exists():
        GOLDEN.write_text(text, "utf-8")
        pytest.fail(f"{GOLDEN.name} written: read it, then run again")
    assert text == GOLDEN.read_text("utf-8")


def test_every_rule_has_a_case_that_breaks_it_and_one_that_keeps_it():
    codes = {rule.code for rule in RULES}
    assert codes == {code for code, _ in BROKEN} == {code for code, _ in KEPT}


def test_every_code_in_the_program_is_explained():
    pattern = re.compile(r'"([TNECSG]\d{3})"')
    written = {
        code for path in PACKAGE.rglob("*.py") for code in pattern.findall(path.read_text("utf-8"))
    }
    texts = list_rules()
    assert written == {text.code for text in texts}
    assert len(texts) == len({text.code for text in texts})
    for text in texts:
        assert len(text.explanation.split()) >= 15, text
        assert text.explanation.count(". ") >= 1, text
        assert text.explanation.endswith(".")
        assert 10 <= len(text.title) <= 60, text
        assert not text.title.endswith(".")


def test_every_parameter_the_program_asks_for_is_a_known_one():
    pattern = re.compile(r"""\bparameter\(\s*["']([a-z0-9_]+)["']""")
    asked = {
        name
        for path in PACKAGE.parent.rglob("*.py")
        for name in pattern.findall(path.read_text("utf-8"))
    }
    assert asked <= set(PARAMETERS)
