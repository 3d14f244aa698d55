"""What every test shares: the data that comes with routeplan, and how hypothesis runs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from routeplan.network.files import packaged_data
from routeplan.network.read import load_network

if TYPE_CHECKING:
    from routeplan.network.model import Network

settings.register_profile(
    "routeplan",
    deadline=None,
    max_examples=120,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("routeplan")


@pytest.fixture(scope="session")
def real() -> Network:
    """The network that comes with routeplan; its numbers change, so only ranges are asserted."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROUTEPLAN_NO_CACHE", "1")
        return load_network(packaged_data())


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument: compressed ones hold the second they were made.

    Each worker collects the tests for itself, and all must find the same names.
    """
    return argname if isinstance(val, bytes) else None
