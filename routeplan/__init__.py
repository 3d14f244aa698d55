"""routeplan: multimodal freight routes on the Middle Corridor, every number sourced.

>>> from routeplan import Question, find_routes, load_network
>>> plan = find_routes(load_network(), Question("Astana", "Belgrade"))
>>> plan.itineraries[0].tags[0]
'best overall'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from routeplan._version import __version__

if TYPE_CHECKING:
    from routeplan.analysis.days import find_days
    from routeplan.analysis.matrix import Matrix, matrix_of
    from routeplan.batch.api import iter_batch, run_batch
    from routeplan.errors import (
        AmbiguousPlaceError,
        DataError,
        NoRouteError,
        RequestError,
        RouteplanError,
        UnknownPlaceError,
    )
    from routeplan.itinerary.certainty import uncertainty_of
    from routeplan.itinerary.model import Itinerary, Leg, Plan
    from routeplan.network.check import check_folder
    from routeplan.network.frames import edge_frame, node_frame
    from routeplan.network.model import Network
    from routeplan.network.read import load_network
    from routeplan.places.access import read_access
    from routeplan.places.options import question_of
    from routeplan.places.question import Question, read_question
    from routeplan.planner import find_routes, plan
    from routeplan.render.days import days_dict
    from routeplan.render.matrix import write_matrix
    from routeplan.render.network import write_network
    from routeplan.render.plan import write_plan
    from routeplan.render.records import plan_dict
    from routeplan.scenario.apply import apply_changes
    from routeplan.scenario.changes import parse_changes

_HOME = {
    "AmbiguousPlaceError": "errors",
    "DataError": "errors",
    "Itinerary": "itinerary.model",
    "Leg": "itinerary.model",
    "Matrix": "analysis.matrix",
    "Network": "network.model",
    "NoRouteError": "errors",
    "Plan": "itinerary.model",
    "Question": "places.question",
    "RequestError": "errors",
    "RouteplanError": "errors",
    "UnknownPlaceError": "errors",
    "apply_changes": "scenario.apply",
    "check_folder": "network.check",
    "days_dict": "render.days",
    "edge_frame": "network.frames",
    "find_days": "analysis.days",
    "find_routes": "planner",
    "iter_batch": "batch.api",
    "load_network": "network.read",
    "matrix_of": "analysis.matrix",
    "node_frame": "network.frames",
    "parse_changes": "scenario.changes",
    "plan": "planner",
    "plan_dict": "render.records",
    "question_of": "places.options",
    "read_access": "places.access",
    "read_question": "places.question",
    "run_batch": "batch.api",
    "uncertainty_of": "itinerary.certainty",
    "write_matrix": "render.matrix",
    "write_network": "render.network",
    "write_plan": "render.plan",
}
"""Public name -> module; loaded when first used, so that `routeplan --help` stays quick."""

__all__ = [
    "AmbiguousPlaceError",
    "DataError",
    "Itinerary",
    "Leg",
    "Matrix",
    "Network",
    "NoRouteError",
    "Plan",
    "Question",
    "RequestError",
    "RouteplanError",
    "UnknownPlaceError",
    "__version__",
    "apply_changes",
    "check_folder",
    "days_dict",
    "edge_frame",
    "find_days",
    "find_routes",
    "iter_batch",
    "load_network",
    "matrix_of",
    "node_frame",
    "parse_changes",
    "plan",
    "plan_dict",
    "question_of",
    "read_access",
    "read_question",
    "run_batch",
    "uncertainty_of",
    "write_matrix",
    "write_network",
    "write_plan",
]


def __getattr__(name: str) -> object:
    """Load a public name from its module."""
    if name not in _HOME:
        raise AttributeError(f"module 'routeplan' has no attribute {name!r}")
    return getattr(import_module(f"routeplan.{_HOME[name]}"), name)
