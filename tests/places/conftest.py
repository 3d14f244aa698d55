"""The places of the network that comes with routeplan."""

from __future__ import annotations

import pytest

from routeplan.network.files import packaged_data
from routeplan.network.read import load_network
from routeplan.places.index import PlaceIndex


@pytest.fixture(scope="session")
def own_network():
    return load_network(packaged_data())


@pytest.fixture(scope="session")
def own_index(own_network):
    return PlaceIndex(own_network)
