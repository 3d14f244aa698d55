"""Records and scenes of Astana - Belgrade on the real network, and of a tiny one."""

from __future__ import annotations

import pytest

from routeplan.places.question import Question
from routeplan.planner import find_routes
from routeplan.render.draw.record import page_record
from routeplan.render.draw.scene import plan_scene
from routeplan.render.draw.shapes import ShapeBook


@pytest.fixture(scope="session")
def belgrade(real):
    return find_routes(real, Question("Astana", "Belgrade"))


@pytest.fixture(scope="session")
def record(belgrade, real):
    return page_record(belgrade, real.sources)


@pytest.fixture(scope="session")
def book():
    return ShapeBook()


@pytest.fixture(scope="session")
def scene(record, book):
    return plan_scene(record, book)
