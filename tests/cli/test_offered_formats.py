"""What a help text offers behind --format is what the command writes, no more and no less."""

from __future__ import annotations

import re

import pytest

from routeplan.render.output import Format

ASKED = {
    "matrix": ("matrix", "places.csv"),
    "explain": ("explain", "Astana", "Baku"),
    "batch": ("batch", "scenarios.csv", "-o", "results"),
    "check": ("check",),
    "show": ("show", "Aktau"),
    "places": ("places",),
    "sources": ("sources",),
    "verify": ("verify",),
    "diff": ("diff", "."),
    "scenarios check": ("scenarios", "check", "scenarios.csv"),
    "report": ("report", "Astana", "Baku"),
    "map": ("map",),
    "export": ("export",),
}


@pytest.mark.parametrize("command", ASKED)
def test_the_formats_in_the_help_are_those_it_writes(say, command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("places.csv", "scenarios.csv"):
        (tmp_path / name).write_text("origin,destination,place\nAstana,Baku,Astana\n", "utf-8")
    told = say(*command.split(), "--help").out
    offered = re.search(r"--format \[([\w|]+)\]", told)[1].split("|")
    other = next(str(form) for form in Format if form not in offered)
    refused = say(*ASKED[command], "--format", other)
    assert refused.code == 2
    writes = re.search(r"does not write \w+\. It writes ([\w, ]+)\.", refused.err)[1]
    assert sorted(writes.split(", ")) == sorted(offered)
