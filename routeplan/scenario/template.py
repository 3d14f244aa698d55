"""A table to start from: every column explained, and rows that run on the data of routeplan."""

from __future__ import annotations

import csv
import io

from routeplan.scenario.columns import COLUMNS
from routeplan.scenario.selector import PREFIXES

_ROWS: tuple[dict[str, str], ...] = (
    {"scenario_id": "base", "note": "the network as it is, to compare with"},
    {
        "scenario_id": "poti-closed",
        "changes": "close node:ge-poti-port",
        "note": "a port shut",
    },
    {
        "scenario_id": "caspian-doubled",
        "changes": "edge:sea-aktau-alat per_week*=2; edge:sea-aktau-alat wait_h*=0.5",
        "note": "twice the sailings; the wait is a number of its own",
    },
    {
        "scenario_id": "turkish-border-halved",
        "changes": "border:tr time_h*=0.5; border:tr wait_h*=0.5",
        "note": "all borders of one country",
    },
    {
        "scenario_id": "rail-dearer",
        "changes": "mode:rail&country:KZ cost+=20%",
        "max_cost_usd": "9000",
        "expect_status": "ok",
        "note": "a tariff, and what is expected of the answer",
    },
)
_COMMON = {"origin": "Astana", "destination": "Belgrade", "load": "1xFEU", "by": "balanced"}
_SHOWN = (
    "scenario_id",
    "origin",
    "destination",
    "load",
    "by",
    "changes",
    "max_cost_usd",
    "expect_status",
    "note",
)


def template_text() -> str:
    """Write a table of scenarios with remarks; lines that start with `# ` are not read."""
    remarks = [
        "Scenarios of routeplan: one question a row. Lines that start like this one are not read.",
        "Any of these columns, in any order; an empty cell means the default:",
        *(f"  {column.name}: {column.meaning}" for column in COLUMNS.values()),
        "changes: pieces separated by ; such as",
        "  close SELECTOR | open SELECTOR | SELECTOR ATTRIBUTE OP VALUE with = += -= *= /=",
        "  attributes: cost, co2e, capacity, and columns of edges.csv such as time_h, per_week",
        "  a percentage is a factor: cost+=20%; time_h and wait_h take their P10 and P90 along",
        "selectors: & all of them, comma one of them, ! none of them, * any letters",
        *(f"  {prefix}: {meaning}" for prefix, meaning in PREFIXES.items()),
    ]
    file = io.StringIO()
    file.writelines(f"# {remark}\n" for remark in remarks)
    writer = csv.DictWriter(file, _SHOWN, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_COMMON | row for row in _ROWS)
    return file.getvalue()
