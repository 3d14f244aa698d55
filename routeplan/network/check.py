"""Runs the rules over a data folder; the rules themselves are in `rules`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routeplan.errors import DataError
from routeplan.network.dataset import read_dataset
from routeplan.network.files import FILES, locate_data, own_files, read_elsewhere, read_files
from routeplan.network.findings import Severity
from routeplan.network.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from routeplan.network.dataset import DataSet
    from routeplan.network.findings import Finding

_FILE_ORDER = {name: index for index, name in enumerate(FILES)}


def check_folder(folder: Path | str | None = None) -> list[Finding]:
    """Check a data folder by every rule.

    Parameters
    ----------
    folder
        As for `read.load_network`.

    Returns
    -------
    list
        All findings, in order of file, line, position and code; empty if there is none. Files the
        folder does not have are the packaged ones: warnings about those are left out.
    """
    try:
        located = locate_data(folder)
        files = read_files(located)
    except DataError as error:
        return list(error.findings)
    dataset = read_dataset(files, read_elsewhere(located))
    own = own_files(located)
    found = dataset.findings()
    for rule in RULES:
        if dataset.is_sound or not rule.needs_all_rows:
            found += rule.run(dataset)
    return _in_file_order(f for f in found if f.file in own or f.severity is Severity.ERROR)


def blocking_findings(dataset: DataSet) -> list[Finding]:
    """List what keeps a data set from being a network at all, in file order."""
    found = [f for f in dataset.findings() if f.severity is Severity.ERROR]
    for rule in RULES:
        if rule.severity is Severity.ERROR:
            found += rule.run(dataset)
    return _in_file_order(found)


def _in_file_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(
        findings, key=lambda f: (_FILE_ORDER.get(f.file, -1), f.line, f.position, f.code, f.message)
    )
