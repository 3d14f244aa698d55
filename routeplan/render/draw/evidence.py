"""Where each number of a page is from, packed: what is said twice is written once."""

from __future__ import annotations

import json
from typing import Any

from routeplan.render.cells import plain

_METRICS = {"distance": "distance", "time": "time", "wait": "wait", "cost": "cost", "co2e": "CO2e"}
_SPREAD = {"time": "time_h", "wait": "wait_h"}


def evidence_data(record: dict[str, Any]) -> dict[str, Any]:
    """Return the evidence of every leg of every way.

    Returns
    -------
    dict
        `sources` by id; `notes`, a list; `legs`, a list of [title, rows], a row being [metric,
        value, confidence, source ids, number of the note or -1, as of, what others add]; `ways`:
        rank -> for each step the numbers of its legs.
    """
    notes: dict[str, int] = {}
    legs: dict[str, int] = {}
    ways = {}
    for way, itinerary in zip(record["ways"], record["plan"]["itineraries"], strict=True):
        numbers = [
            legs.setdefault(json.dumps(_leg(leg, record["places"], notes)), len(legs))
            for leg in itinerary["legs"]
        ]
        ways[str(way["rank"])] = [numbers[slice(*step["legs"])] for step in way["steps"]]
    return {
        "sources": {
            key: [s["publisher"], s["title"], safe_url(s["url"]), s["as_of"]]
            for key, s in record["sources"].items()
        },
        "notes": list(notes),
        "legs": [json.loads(text) for text in legs],
        "ways": ways,
    }


def safe_url(url: str) -> str:
    """Return an address a page may link to: http and https only, else nothing."""
    return url if url.lower().startswith(("https://", "http://")) else ""


def script_json(value: object) -> str:
    """Write a value as JSON that cannot end the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _leg(leg: dict[str, Any], places: dict[str, Any], notes: dict[str, int]) -> list[Any]:
    names = list(dict.fromkeys(places[leg[end]]["name"] for end in ("from", "to")))
    rows = []
    for metric, evidence in leg["evidence"].items():
        if metric not in _METRICS:
            continue
        note = notes.setdefault(evidence["note"], len(notes)) if evidence["note"] else -1
        added = [
            f"{part['value']:g} {evidence['unit']} by {part['basis']} ({part['confidence']})"
            for part in evidence["added"]
        ]
        rows.append(
            [
                _METRICS[metric],
                _value(leg, metric, evidence),
                evidence["confidence"],
                evidence["sources"],
                note,
                evidence["as_of"],
                "; ".join(added),
            ]
        )
    return [" - ".join(names), rows]


def _value(leg: dict[str, Any], metric: str, evidence: dict[str, Any]) -> str:
    text = (
        f"{evidence['value']:,.4g} {evidence['unit']}"
        if evidence["value"] < 1000
        else (f"{evidence['value']:,.0f} {evidence['unit']}".replace(",", " "))
    )
    key = _SPREAD.get(metric)
    if key is None:
        return text
    return f"{text} (P10 {leg[key + '_p10']:.3g}, P90 {leg[key + '_p90']:.3g})"


def cleaned(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Take out of texts what could turn or break a line."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    if isinstance(value, dict):
        return {key: cleaned(item) for key, item in value.items()}
    return value
