"""On the network that comes with routeplan the kernel finds what the planner answers first."""

from __future__ import annotations

import pytest

from routeplan.kernel.engines import Solver, engine_maker
from routeplan.kernel.kernel import Kernel
from routeplan.places.question import Question, read_question
from routeplan.planner import plan
from routeplan.scenario.apply import apply_changes
from routeplan.scenario.changes import parse_changes

ASKED = (
    ({}, "close node:ge-poti-port; mode:rail cost*=0.9"),
    ({"by": "time", "modes": "rail,road,sea,ferry"}, "border:az-ge time_h*=3; mode:ferry wait_h=0"),
    ({"by": "cost", "cargo": "electronics", "depart": "2026-12-01"}, "country:TR cost*=1.5"),
    ({"by": "co2", "load": "2xTEU"}, "mode:rail traction=electric; mode:sea co2e*=0.5"),
    ({"by": "reliability", "via": ("Baku",)}, "mode:sea wait_h_p90+=200"),
    ({"via": ("Baku", "Tbilisi"), "load": "8t"}, "node:ge-poti-port time_h*=2"),
    ({"policy": "none", "allow": ("suez",)}, "passage:suez distance_km*=0.5"),
    ({"include_planned": True, "by": "time"}, "status:planned time_h=1"),
    ({"on": "2031-01-01"}, "status:planned cost*=0.1"),
    ({"by": "time", "modes": "rail,road"}, "open status:planned"),
    ({"avoid": ("country:TR", "mode:air")}, "mode:ferry per_week*=3"),
)


@pytest.fixture(scope="module", params=[Solver.PYTHON, Solver.NUMBA])
def kernel(request, real):
    return Kernel(real, engine_maker(request.param))


@pytest.mark.parametrize(("options", "changes"), ASKED)
def test_the_kernel_finds_what_the_planner_answers_first(kernel, real, options, changes):
    asked = read_question(real, Question("Astana", "Belgrade", k=1, **options))
    pieces = parse_changes(changes)
    first = plan(apply_changes(real, pieces), asked).itineraries[0]
    way = kernel.best(asked, pieces)
    assert [arc.edge.edge_id for arc in way.arcs] == [leg.edge.edge_id for leg in first.legs]
    assert way.total.generalised_nanousd / 1e9 == first.totals.generalised_cost_usd
    assert way.total.cost_cents / 100 == first.totals.cost_usd
