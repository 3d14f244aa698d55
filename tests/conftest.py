"""What every test shares: the data that comes with routeplan, and how hypothesis runs."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
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


def pytest_collection_finish() -> None:
    """Look for rings of objects less often: all that was collected stays, and is much."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


_CACHE = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin without a cache, as on a fresh machine, and leave the user's own alone."""
    if "PYTEST_XDIST_WORKER" not in os.environ:  # workers take what the first process has set
        config.stash[_CACHE] = os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="routeplan-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the cache."""
    if _CACHE in config.stash:
        shutil.rmtree(config.stash[_CACHE], ignore_errors=True)


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
