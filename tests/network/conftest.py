from __future__ import annotations

import csv
import io
import itertools
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

TINY = Path(__file__).parents[1] / "data" / "tiny"


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.delenv("ROUTEPLAN_NO_CACHE", raising=False)
    monkeypatch.delenv("ROUTEPLAN_DATA", raising=False)
    return folder / "routeplan"


@pytest.fixture
def tiny(tmp_path) -> Callable[..., Path]:
    """Copy the tiny network and make changes, each one of

    `edges hub-1 mode=sea`   set a cell, by file, key and column (which is added if missing)
    `edges +new=hub-1`       copy a row under a new key
    `edges -hub-1`           remove a row
    `nodes drop country`     remove a column
    `nodes drop`             remove the file
    """

    number = itertools.count()

    def make(*changes: str) -> Path:
        folder = tmp_path / f"network-{next(number)}"
        shutil.copytree(TINY, folder)
        for change in changes:
            name, what, *rest = change.split(" ", 2)
            path = folder / f"{name}.csv"
            if what == "drop" and not rest:
                path.unlink()
            else:
                _change(path, what, rest[0] if rest else "")
        return folder

    return make


def _change(path: Path, what: str, rest: str) -> None:
    header, *body = csv.reader(io.StringIO(path.read_text("utf-8")))
    rows = {row[0]: dict(zip(header, row, strict=True)) for row in body}
    if what == "drop":
        header.remove(rest)
    elif what.startswith("+"):
        new, _, old = what[1:].partition("=")
        rows[new] = rows[old] | {header[0]: new}
    elif what.startswith("-"):
        del rows[what[1:]]
    else:
        column, _, value = rest.partition("=")
        if column not in header:
            header.append(column)
        rows[what][column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([row.get(column, "") for column in header] for row in rows.values())
