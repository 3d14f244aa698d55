"""The names `routeplan` offers: complete, sorted, importable, documented."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

import routeplan
from routeplan import Question, find_routes

NAMES = [name for name in routeplan.__all__ if name != "__version__"]
WITH_PARAMETERS = [
    name
    for name in NAMES
    if inspect.isfunction(getattr(routeplan, name)) or "__init__" in vars(getattr(routeplan, name))
]


def test_the_names_are_sorted_and_stand_once():
    assert routeplan.__all__ == sorted(set(routeplan.__all__))


def test_every_name_offered_has_a_home_and_every_home_is_offered():
    assert set(routeplan.__all__) == set(routeplan._HOME) | {"__version__"}


def test_type_checkers_see_the_same_names():
    tree = ast.parse(Path(routeplan.__file__).read_text("utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.name: statement.module.removeprefix("routeplan.")
        for statement in block.body
        for alias in statement.names
    }
    assert seen == routeplan._HOME


@pytest.mark.parametrize("name", NAMES)
def test_every_name_can_be_imported_and_is_documented(name):
    found = getattr(routeplan, name)
    assert found.__name__ == name
    assert len(inspect.getdoc(found) or "") > 20


@pytest.mark.parametrize("name", WITH_PARAMETERS)
def test_every_parameter_of_a_function_or_class_is_documented(name):
    found = getattr(routeplan, name)
    documented = inspect.getdoc(found)
    parameters = inspect.signature(found).parameters
    one_line = len(documented.splitlines()) == 1
    assert one_line or all(parameter in documented for parameter in parameters)


def test_a_star_import_brings_every_name():
    names: dict[str, object] = {}
    exec("from routeplan import *", names)  # noqa: S102 - what a user may write
    assert set(NAMES) <= set(names)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'find_rutes'"):
        routeplan.find_rutes  # noqa: B018 - the access is the test


def test_the_version_is_written_in_numbers():
    assert all(part.isdigit() for part in routeplan.__version__.split(".")[:2])


def test_the_example_at_the_top_of_the_package_is_true(real):
    assert "'best overall'" in routeplan.__doc__
    assert find_routes(real, Question("Astana", "Belgrade")).itineraries[0].tags[0] == (
        "best overall"
    )


def test_every_error_is_a_routeplan_error():
    errors = [getattr(routeplan, name) for name in routeplan.__all__ if name.endswith("Error")]
    assert len(errors) == 6
    assert all(issubclass(error, routeplan.RouteplanError) for error in errors)


def test_the_package_says_that_it_is_typed():
    assert (Path(routeplan.__file__).parent / "py.typed").exists()
