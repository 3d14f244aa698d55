"""docs/schema describes the JSON of `find` and `explain`: every key, with nothing left over."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from routeplan import Question, find_routes
from routeplan.analysis.explain import Verdict, explain
from routeplan.analysis.wanted import read_wanted
from routeplan.analysis.whatif import find_changed
from routeplan.graph.bars import BarKind
from routeplan.network.vocabulary import EdgeKind, Metric, Mode, Status, Vehicle
from routeplan.places.question import read_question
from routeplan.render.explain import explanation_text
from routeplan.render.output import PAGE, Format
from routeplan.render.plan import plan_text
from routeplan.scenario.request import Criterion, Difference, Measure

FOLDER = Path(__file__).parents[2] / "docs" / "schema"
SCHEMAS = {path.name: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
REGISTRY = Registry().with_resources(
    [(name, Resource.from_contents(schema)) for name, schema in SCHEMAS.items()]
)
QUESTIONS = [
    {},
    {"front": "time,cost,co2,p90,transshipments"},
    {"k": 4, "differ": "corridor", "max_overlap": 0.5, "max_stretch": 2.0},
    {"by": "reliability", "deadline": "25d", "draws": 500},
    {"depart": "2026-12-01", "deadline": "2026-12-20", "cargo": "frozen_food"},
    {"max_days": 40, "max_cost_usd": 9000, "max_co2e_kg": 6000, "max_transshipments": 5},
    {"load": "500kg", "by": "time", "value_usd": 1000.0},
    {"modes": "road", "avoid": ("RO", "barge"), "via": ("Istanbul",)},
    {"avoid": ("node:ge-poti-port", "sea-aktau-alat", "corridor:btk", "bosporus")},
    {"policy": "none", "allow": ("suez", "volga-don")},
    {"on": "2031-01-01", "include_planned": True, "k": 2},
    {"cargo": "frozen_food", "duty": True, "policy": "suez-return"},
    {"hs": "2603", "avoid": ("operator:ASCO",)},
    {"depart": "2026-12-01T08:00", "k": 2},
    {"arrive_by": "2027-06-30", "k": 2},
    {"destination": "Kragujevac", "handover": "terminal", "k": 2},
]
WANTED = [
    (None, {}),
    ("via Constanta", {"front": "time,cost"}),
    ("Aktau, Alat, Poti, Constanta", {"deadline": "25d"}),
    ("RU", {}),
    ("air", {"max_days": 30}),
    ("suez", {"modes": "rail,sea"}),
    ("edge:gauge-az-ir-julfa", {}),
    ("via Astana", {}),
    ("via Constanta", {"depart": "2026-12-01T08:00"}),
    ("RU", {"arrive_by": "2026-12-25"}),
]


def faults(answer, name):
    """List where an answer differs from a schema."""
    validator = Draft202012Validator(SCHEMAS[name], registry=REGISTRY)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_are_schemas(name):
    Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("options", QUESTIONS, ids=lambda options: " ".join(options) or "plain")
def test_answers_of_find_are_as_described(real, options):
    answer = find_routes(
        real, Question(**{"origin": "Astana", "destination": "Belgrade"} | options)
    )
    assert faults(json.loads(plan_text(answer, Format.JSON)), "find.schema.json") == []


@pytest.mark.parametrize("changes", [["close node:ge-poti-port"], ["mode:rail time_h*=2"]])
def test_answers_on_a_changed_network_are_as_described(real, changes):
    answer = find_changed(real, Question("Astana", "Belgrade"), changes)
    assert faults(json.loads(plan_text(answer, Format.JSON)), "find.schema.json") == []


@pytest.mark.parametrize(("why_not", "options"), WANTED)
def test_answers_of_explain_are_as_described(real, why_not, options):
    request = read_question(real, Question("Astana", "Belgrade", **options))
    wanted = read_wanted(real, why_not, request) if why_not else None
    text = explanation_text(explain(real, request, wanted), Format.JSON, PAGE)
    assert faults(json.loads(text), "explain.schema.json") == []


def test_what_is_not_described_or_of_another_kind_is_found(tiny_plan):
    answer = json.loads(plan_text(tiny_plan, Format.JSON))
    assert faults(answer, "find.schema.json") == []
    leg = answer["itineraries"][0]["legs"][0]
    leg["surprise"] = 1
    leg["time_h"] = "long"
    answer["request"]["extra"] = None
    del answer["network"]["as_of"]
    found = "\n".join(faults(answer, "find.schema.json"))
    for part in (
        "'surprise'",
        "'long' is not of type 'number'",
        "'extra'",
        "'as_of' is a required",
    ):
        assert part in found


def as_list(value):
    """Return a list as it is, and anything else as a list of one."""
    return value if isinstance(value, list) else [value]


def parts(schema, name="", where=""):
    """Yield every part of a schema with the key it describes and where it stands."""
    yield name, where, schema
    for group in ("properties", "$defs"):
        for key, part in schema.get(group, {}).items():
            yield from parts(part, key, f"{where}/{key}")
    for part in (schema.get("items"), *schema.get("anyOf", ())):
        if part:
            yield from parts(part, "", where)


@pytest.mark.parametrize("file", SCHEMAS)
def test_every_key_is_described_and_every_object_is_closed(file):
    for name, where, part in parts(SCHEMAS[file]):
        if name:
            assert len(part.get("description", "")) > 5, where
        if part.get("type") == "object":
            assert part["additionalProperties"] is False, where


@pytest.mark.parametrize("file", SCHEMAS)
def test_a_quantity_says_its_unit(file):
    units = {"h": "hours", "km": "kilometres", "usd": "dollars", "kg": "kilograms", "t": "tonnes"}
    found = 0
    for name, where, part in parts(SCHEMAS[file]):
        unit = re.search(r"_(h|km|usd|kg|t)(_p10|_p50|_p90|_p90_sum|_mean|_sd)?$", name)
        if not unit or not {"number", "integer"} & set(as_list(part.get("type"))):
            continue
        found += 1
        assert units[unit[1]] in part["description"].lower(), where
    assert found > 10


def test_the_words_are_those_of_the_program():
    shared = SCHEMAS["find.schema.json"]["$defs"]
    leg, request = shared["leg"]["properties"], shared["request"]["properties"]
    assert set(shared["mode"]["enum"]) == set(Mode)
    assert set(leg["kind"]["enum"]) == set(EdgeKind)
    assert set(leg["status"]["enum"]) == set(Status)
    assert set(leg["vehicle"]["enum"]) == {*Vehicle, None}
    assert set(leg["evidence"]["properties"]) == set(Metric)
    assert set(request["by"]["enum"]) == set(Criterion)
    assert set(request["differ"]["enum"]) == set(Difference)
    assert set(request["front"]["items"]["enum"]) == set(Measure)
    own = SCHEMAS["explain.schema.json"]["properties"]
    assert set(own["verdict"]["enum"]) == set(Verdict)
    assert set(own["reasons"]["items"]["properties"]["kind"]["enum"]) == set(BarKind)
