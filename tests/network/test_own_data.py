from __future__ import annotations

from routeplan.network.check import check_folder


def test_our_data_passes_strict():
    assert [finding.one_line() for finding in check_folder()] == []
