"""The JSON of `find`, `routeplan/find/1`: exactly the documented keys, types and units."""

from __future__ import annotations

import json
import math
import re
from itertools import pairwise
from typing import Any

import pytest

from routeplan import Question, find_routes
from routeplan.errors import NoRouteError
from routeplan.network.vocabulary import Confidence, EdgeKind, Metric, Mode, Vehicle
from routeplan.render.output import Format
from routeplan.render.plan import plan_text

TEXT, NUMBER, COUNT, FLAG = "text", "number", "count", "flag"
MAYBE_TEXT, MAYBE_NUMBER, MAYBE_COUNT = "text?", "number?", "count?"
TYPES: dict[str, tuple[type, ...]] = {
    TEXT: (str,),
    NUMBER: (int, float),
    COUNT: (int,),
    FLAG: (bool,),
    MAYBE_TEXT: (str, type(None)),
    MAYBE_NUMBER: (int, float, type(None)),
    MAYBE_COUNT: (int, type(None)),
}
SHARES = {str(confidence): NUMBER for confidence in Confidence}
ADDED = {"value": NUMBER, "confidence": TEXT, "sources": [TEXT], "basis": TEXT}
EVIDENCE = {
    "value": NUMBER,
    "unit": TEXT,
    "confidence": TEXT,
    "sources": [TEXT],
    "basis": TEXT,
    "as_of": TEXT,
    "note": TEXT,
    "added": [ADDED],
}
LEG = {
    "kind": TEXT,
    "mode": TEXT,
    "to_mode": MAYBE_TEXT,
    "vehicle": MAYBE_TEXT,
    "edge_id": TEXT,
    "estimated": FLAG,
    "status": TEXT,
    "passages": [TEXT],
    "from": TEXT,
    "to": TEXT,
    "ready?": TEXT,
    "depart?": TEXT,
    "arrive?": TEXT,
    "distance_km": NUMBER,
    "time_h": NUMBER,
    "time_h_p10": NUMBER,
    "time_h_p90": NUMBER,
    "time_h_mean": NUMBER,
    "wait_h": NUMBER,
    "wait_h_p10": NUMBER,
    "wait_h_p90": NUMBER,
    "wait_h_mean": NUMBER,
    "cost_usd": NUMBER,
    "co2e_kg": NUMBER,
    "co2e_ttw_kg": NUMBER,
    "lots": COUNT,
    "confidence": TEXT,
    "sources": [TEXT],
    "evidence": {f"{metric}?": EVIDENCE for metric in Metric},
}
LINK = {
    "edge_id": TEXT,
    "to": TEXT,
    "distance_km": NUMBER,
    "straight_km": MAYBE_NUMBER,
    "estimated": FLAG,
    "note": TEXT,
}
DOOR = {
    "node_id": TEXT,
    "name": TEXT,
    "country": TEXT,
    "lat": MAYBE_NUMBER,
    "lon": MAYBE_NUMBER,
    "found_online": MAYBE_TEXT,
    "links": [LINK],
}
DRIVER = {
    "label": TEXT,
    "cause": TEXT,
    "share": NUMBER,
    "parts": [{"leg": COUNT, "metric": TEXT, "share": NUMBER}],
}
PARTS = {
    "freight_usd": NUMBER,
    "handling_usd": NUMBER,
    "border_usd": NUMBER,
    "power_usd": NUMBER,
    "time_usd": NUMBER,
    "co2_usd": NUMBER,
    "carrying_usd": NUMBER,
    "reliability_usd": NUMBER,
}
TOTALS = {
    "distance_km": NUMBER,
    "time_h": NUMBER,
    "time_h_p10": NUMBER,
    "time_h_p50": NUMBER,
    "time_h_p90": NUMBER,
    "cost_usd": NUMBER,
    "co2e_kg": NUMBER,
    "co2e_ttw_kg": NUMBER,
    "generalised_cost_usd": NUMBER,
    "transshipments": COUNT,
    "borders": COUNT,
    "on_time_share": MAYBE_NUMBER,
    "expected_lateness_h": MAYBE_NUMBER,
}
CROSSING = {
    "leg": COUNT,
    "edge_id": TEXT,
    "mode": TEXT,
    "land": FLAG,
    "from_country": TEXT,
    "to_country": TEXT,
    "from": TEXT,
    "to": TEXT,
    "name": TEXT,
    "time_h_mean": NUMBER,
    "wait_h_mean": NUMBER,
    "cost_usd": NUMBER,
}
FRONT_WAY = {
    "number": COUNT,
    "rank": MAYBE_COUNT,
    "depart?": TEXT,
    "arrive?": TEXT,
    **TOTALS,
    "time_h_p90_sum": NUMBER,
    "countries": [TEXT],
    "way": TEXT,
    "edges": [TEXT],
}
ITINERARY = {
    "rank": COUNT,
    "tags": [TEXT],
    "on_front": FLAG,
    "way": TEXT,
    "depart?": TEXT,
    "arrive?": TEXT,
    "origin_terminal": TEXT,
    "destination_terminal": TEXT,
    "totals": TOTALS | {"generalised_parts": PARTS},
    "estimated_km": NUMBER,
    "countries": [TEXT],
    "border_posts": [TEXT],
    "borders_crossed": [CROSSING],
    "passages": [TEXT],
    "legs": [LEG],
    "confidence": {"time": SHARES, "cost": SHARES},
    "certainty": {"time_h_sd": NUMBER, "reliability_cost_usd": NUMBER, "drivers": [DRIVER]},
    "shelf_life?": {"limit_h": NUMBER, "holds_p50": FLAG, "holds_p90": FLAG},
}
RATE = {
    "duty_id": TEXT,
    "rate": MAYBE_NUMBER,
    "specific_usd_per_t": MAYBE_NUMBER,
    "regime": TEXT,
    "hs": TEXT,
    "as_of": TEXT,
    "confidence": TEXT,
    "sources": [TEXT],
    "note": TEXT,
}
DUTY = {
    "import_country": TEXT,
    "origin_country": TEXT,
    "hs": MAYBE_TEXT,
    "value_usd": NUMBER,
    "general": RATE,
    "preference": {**RATE, "known": FLAG, "condition": TEXT, "direct_transport": FLAG},
    "ways": [
        {
            "rank": COUNT,
            "freight_to_border_usd": NUMBER,
            "customs_value_usd": NUMBER,
            "general_usd": MAYBE_NUMBER,
            "preferential_usd": MAYBE_NUMBER,
            "is_direct": FLAG,
            "third_countries": [TEXT],
            "reloaded_at": [TEXT],
        }
    ],
}
PLAN = {
    "schema": TEXT,
    "request": {
        "origin": TEXT,
        "destination": TEXT,
        "via": [TEXT],
        "modes": [TEXT],
        "avoid": {
            "countries": [TEXT],
            "nodes": [TEXT],
            "edges": [TEXT],
            "corridors": [TEXT],
            "modes": [TEXT],
            "passages": [TEXT],
            "operators": [TEXT],
        },
        "allow": [TEXT],
        "policy": TEXT,
        "policy_countries": [TEXT],
        "policy_title": TEXT,
        "policy_file": TEXT,
        "policy_allows": [{"name": TEXT, "reason": TEXT, "source": TEXT, "as_of": TEXT}],
        "cargo": TEXT,
        "load": TEXT,
        "mass_t": NUMBER,
        "value_usd": MAYBE_NUMBER,
        "depart": MAYBE_TEXT,
        "on": MAYBE_TEXT,
        "include_planned": FLAG,
        "by": TEXT,
        "k": MAYBE_COUNT,
        "max_overlap": NUMBER,
        "max_stretch": MAYBE_NUMBER,
        "differ": TEXT,
        "limits": {
            "time_h": MAYBE_NUMBER,
            "cost_usd": MAYBE_NUMBER,
            "co2e_kg": MAYBE_NUMBER,
            "transshipments": MAYBE_COUNT,
        },
        "front": [TEXT],
        "deadline_h": MAYBE_NUMBER,
        "draws": COUNT,
        "duty": FLAG,
        "hs": MAYBE_TEXT,
        "handover": TEXT,
        "doors": [DOOR],
        "leave?": TEXT,
        "arrive_by?": TEXT,
    },
    "prices": {
        "currency": TEXT,
        "price_year": COUNT,
        "usd_per_eur": NUMBER,
        "usd_per_eur_as_of": TEXT,
    },
    "network": {"version": TEXT, "as_of": TEXT},
    "itineraries": [ITINERARY],
    "front": [FRONT_WAY],
    "warnings": [TEXT],
    "cargo": {
        "cargo_id": TEXT,
        "name": TEXT,
        "hs": TEXT,
        "flags": [TEXT],
        "reefer": FLAG,
        "mass_t": NUMBER,
        "value_usd": NUMBER,
        "value_of_time_usd_per_h": NUMBER,
        "carrying_usd_per_h": NUMBER,
        "power_usd_per_h": NUMBER,
        "shelf_life_h": MAYBE_NUMBER,
        "sources": [TEXT],
    },
    "kept_out": [
        {
            "by": TEXT,
            "kind": TEXT,
            "name": TEXT,
            "links": COUNT,
            "reason": TEXT,
            "source": TEXT,
            "as_of": TEXT,
        }
    ],
    "duty?": DUTY,
}
"""Key -> type, in order; a key with ? may be missing."""


def faults(value: Any, shape: Any, where: str = "plan") -> list[str]:
    """List where a value differs from its shape."""
    if isinstance(shape, str):
        fits = isinstance(value, TYPES[shape]) and (shape == FLAG or not isinstance(value, bool))
        return [] if fits else [f"{where}: {value!r} is no {shape}"]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{where}: {value!r} is no list"]
        return [f for i, part in enumerate(value) for f in faults(part, shape[0], f"{where}[{i}]")]
    if not isinstance(value, dict):
        return [f"{where}: {value!r} is no object"]
    wanted = [key.rstrip("?") for key in shape if not key.endswith("?") or key[:-1] in value]
    if list(value) != wanted:
        return [f"{where}: {list(value)} instead of {wanted}"]
    inner = {key.rstrip("?"): part for key, part in shape.items()}
    return [f for key in value for f in faults(value[key], inner[key], f"{where}.{key}")]


@pytest.fixture(
    scope="module",
    params=[
        {"destination": "Belgrade"},
        {"destination": "Belgrade", "load": "500kg", "by": "time", "value_usd": 1000.0},
        {"destination": "Belgrade", "avoid": ("TR", "air"), "via": ("Constanta",), "k": 3},
        {"destination": "Belgrade", "front": "time,cost,transshipments", "max_days": 40},
        {"destination": "Istanbul", "modes": "road", "depart": "2026-12-01", "cargo": "general"},
        {"destination": "Belgrade", "deadline": "25d", "draws": 1000, "by": "reliability"},
        {"destination": "Belgrade", "cargo": "frozen_food", "duty": True, "policy": "suez-return"},
        {"destination": "Belgrade", "depart": "2026-12-01T08:00", "front": "time,cost"},
        {"destination": "Istanbul", "arrive_by": "2027-06-30", "k": 2},
    ],
    ids=lambda options: " ".join(map(str, options.values())),
)
def answer(request, real) -> dict[str, Any]:
    plan = find_routes(real, Question("Astana", **request.param))
    return json.loads(plan_text(plan, Format.JSON))


def test_the_check_of_shapes_finds_what_is_wrong():
    assert faults({"a": 1}, {"a": COUNT}) == []
    assert faults({"a": True}, {"a": COUNT}) == ["plan.a: True is no count"]
    assert faults({"a": 1, "b": 2}, {"a": COUNT}) == ["plan: ['a', 'b'] instead of ['a']"]
    assert faults({"b": 1, "a": 1}, {"a": COUNT, "b": COUNT}) != []
    assert faults({"a": [1, "x"]}, {"a": [NUMBER]}) == ["plan.a[1]: 'x' is no number"]
    assert faults({}, {"a?": COUNT}) == []


def test_keys_types_and_order_are_as_documented(answer):
    assert answer["schema"] == "routeplan/find/1"
    assert faults(answer, PLAN) == []


def test_no_number_is_missing_infinite_or_negative(answer):
    def numbers(value: Any) -> list[float]:
        if isinstance(value, dict):
            # what is added may be less than nothing: a season can also speed up
            return [n for key, part in value.items() if key != "added" for n in numbers(part)]
        if isinstance(value, list):
            return [number for part in value for number in numbers(part)]
        return [value] if isinstance(value, int | float) else []

    found = numbers(answer["itineraries"])
    assert len(found) > 50
    assert all(math.isfinite(number) and number >= 0 for number in found)


def test_a_value_that_is_no_number_is_never_written():
    from routeplan.render.listing import json_text, jsonl_text

    for write in (json_text, lambda value: jsonl_text([value])):
        with pytest.raises(ValueError, match="not JSON compliant"):
            write({"time_h": math.nan})


def test_quantities_carry_their_unit_in_their_key():
    unitless = {"rank", "transshipments", "borders", "lots", "k", "price_year", "usd_per_eur"}
    unitless.add("value")  # its unit stands beside it
    unitless |= {"share", "on_time_share", "leg", "draws", "number", "max_overlap", "max_stretch"}
    unitless |= {"links", "rate", "lat", "lon"}

    def keys(shape: Any) -> set[str]:
        if isinstance(shape, list):
            return keys(shape[0])
        if not isinstance(shape, dict):
            return set()
        own = {
            key for key, part in shape.items() if part in (NUMBER, COUNT, MAYBE_NUMBER, MAYBE_COUNT)
        }
        return own.union(*(keys(part) for part in shape.values()))

    found = keys(PLAN) - unitless - set(SHARES)
    assert len(found) > 10
    assert all(
        re.search(r"_(h|km|usd|kg|t)(_p10|_p50|_p90|_p90_sum|_mean|_sd)?$", key) for key in found
    )


def test_words_are_from_the_vocabulary(answer):
    legs = [leg for itinerary in answer["itineraries"] for leg in itinerary["legs"]]
    assert {leg["kind"] for leg in legs} <= set(EdgeKind)
    assert {leg["mode"] for leg in legs} | {leg["to_mode"] for leg in legs} <= {*Mode, None}
    assert {leg["vehicle"] for leg in legs} <= {*Vehicle, None}
    assert {leg["confidence"] for leg in legs} <= set(Confidence)


def test_ranks_count_from_one_and_legs_join(answer):
    assert [i["rank"] for i in answer["itineraries"]] == [*range(1, len(answer["itineraries"]) + 1)]
    for itinerary in answer["itineraries"]:
        legs = itinerary["legs"]
        assert legs[0]["from"] == answer["request"]["origin"]
        assert legs[-1]["to"] == answer["request"]["destination"]
        assert all(a["to"] == b["from"] for a, b in pairwise(legs))


def test_totals_are_the_sums_of_the_legs_and_percentiles_are_in_order(answer):
    for itinerary in answer["itineraries"]:
        totals, legs = itinerary["totals"], itinerary["legs"]
        for key in ("distance_km", "cost_usd", "co2e_kg", "co2e_ttw_kg"):
            assert totals[key] == pytest.approx(sum(leg[key] for leg in legs), abs=0.2)
        mean = sum(leg["time_h_mean"] + leg["wait_h_mean"] for leg in legs)
        assert totals["time_h"] == pytest.approx(mean, abs=0.2)
        assert totals["time_h_p10"] <= totals["time_h_p50"] <= totals["time_h_p90"]


def test_shares_add_up_to_one(answer):
    for itinerary in answer["itineraries"]:
        for shares in itinerary["confidence"].values():
            assert sum(shares.values()) == pytest.approx(1, abs=0.001)


def test_every_leg_names_a_source_the_network_knows(answer, real):
    legs = [leg for itinerary in answer["itineraries"] for leg in itinerary["legs"]]
    named = {source for leg in legs for source in leg["sources"]}
    assert named
    assert named <= set(real.sources)


def test_the_same_question_gives_the_same_bytes(real):
    question = Question("Astana", "Belgrade")
    first, second = find_routes(real, question), find_routes(real, question)
    for form in Format:
        assert plan_text(first, form) == plan_text(second, form)


def test_json_lines_hold_the_itineraries_of_json(tiny_plan):
    whole = json.loads(plan_text(tiny_plan, Format.JSON))
    lines = plan_text(tiny_plan, Format.JSONL).splitlines()
    assert [json.loads(line) for line in lines] == whole["itineraries"]


def test_no_way_is_no_empty_plan(tiny_network):
    with pytest.raises(NoRouteError):
        find_routes(tiny_network, Question("Astana", "Baku", modes="air"))


def test_the_shares_of_the_drivers_add_up(answer):
    for itinerary in answer["itineraries"]:
        certainty = itinerary["certainty"]
        shares = [driver["share"] for driver in certainty["drivers"]]
        assert sum(shares) == pytest.approx(1, abs=0.01)
        assert shares == sorted(shares, reverse=True)
        assert certainty["time_h_sd"] > 0
        assert certainty["reliability_cost_usd"] > 0
        for driver in certainty["drivers"]:
            parts = driver["parts"]
            assert sum(part["share"] for part in parts) == pytest.approx(driver["share"], abs=0.005)
            assert {part["leg"] for part in parts} <= set(range(1, len(itinerary["legs"]) + 1))
            assert {part["metric"] for part in parts} <= {"time", "wait"}


def test_a_chance_is_told_for_a_deadline_and_for_no_other_question(answer):
    asked = answer["request"]["deadline_h"] is not None or "arrive_by" in answer["request"]
    for itinerary in answer["itineraries"]:
        totals = itinerary["totals"]
        told = totals["on_time_share"], totals["expected_lateness_h"]
        assert (None not in told) if asked else set(told) == {None}
