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
    from routeplan.places.question import Question, read_question
    from routeplan.planner import find_routes, plan
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
    "Network": "network.model",
    "NoRouteError": "errors",
    "Plan": "itinerary.model",
    "Question": "places.question",
    "RequestError": "errors",
    "RouteplanError": "errors",
    "UnknownPlaceError": "errors",
    "apply_changes": "scenario.apply",
    "check_folder": "network.check",
    "edge_frame": "network.frames",
    "find_routes": "planner",
    "load_network": "network.read",
    "node_frame": "network.frames",
    "parse_changes": "scenario.changes",
    "plan": "planner",
    "plan_dict": "render.records",
    "read_access": "places.access",
    "read_question": "places.question",
    "uncertainty_of": "itinerary.certainty",
    "write_network": "render.network",
    "write_plan": "render.plan",
}
"""Public name -> module; loaded when first used, so that `routeplan --help` stays quick."""

__all__ = [
    "AmbiguousPlaceError",
    "DataError",
    "Itinerary",
    "Leg",
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
    "edge_frame",
    "find_routes",
    "load_network",
    "node_frame",
    "parse_changes",
    "plan",
    "plan_dict",
    "read_access",
    "read_question",
    "uncertainty_of",
    "write_network",
    "write_plan",
]


def __getattr__(name: str) -> object:
    """Load a public name from its module."""
    if name not in _HOME:
        raise AttributeError(f"module 'routeplan' has no attribute {name!r}")
    return getattr(import_module(f"routeplan.{_HOME[name]}"), name)
