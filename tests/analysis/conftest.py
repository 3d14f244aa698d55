"""Published figures written as text in the test, read as from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tiny import padded

from routeplan.analysis.published import Published, read_published

if TYPE_CHECKING:
    from collections.abc import Callable

    from routeplan.network.model import Network


@pytest.fixture
def published(tmp_path) -> Callable[[Network, str], list[Published]]:
    """Read rows of published.csv; cells may be padded, and rows may leave their last cells out."""

    def read(network: Network, text: str) -> list[Published]:
        path = tmp_path / "published.csv"
        path.write_text(padded(text), "utf-8")
        return read_published(path, network)

    return read
