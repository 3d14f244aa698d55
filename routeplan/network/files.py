"""Which files make a data folder, where it is, and their bytes."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from routeplan._version import __version__
from routeplan.errors import DataError
from routeplan.network.column import columns_of
from routeplan.network.findings import Finding, Severity
from routeplan.network.records import (
    Cargo,
    Closure,
    DefaultTime,
    Duty,
    Edge,
    EmissionFactor,
    Node,
    Parameter,
    PriceIndex,
    Rate,
    Season,
    Source,
)

FILES: dict[str, type] = {
    "nodes.csv": Node,
    "edges.csv": Edge,
    "sources.csv": Source,
    "times.csv": DefaultTime,
    "rates.csv": Rate,
    "emissions.csv": EmissionFactor,
    "cargo.csv": Cargo,
    "seasons.csv": Season,
    "price_index.csv": PriceIndex,
    "parameters.csv": Parameter,
    "closures.csv": Closure,
    "duty.csv": Duty,
}
"""File name -> record class. A folder of the user's own needs the first two only."""

NETWORK_FILES = ("nodes.csv", "edges.csv")
SHARED_SOURCES = "shared sources.csv"
"""Key of the packaged sources in what `read_files` returns, beside a folder's own sources.csv."""

ENVIRONMENT = "ROUTEPLAN_DATA"


def packaged_data() -> Path:
    """Return the folder of the data that comes with routeplan: wheel, sdist and checkout alike."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


def locate_data(folder: Path | str | None = None) -> Path:
    """Choose the data folder: the one asked for, else $ROUTEPLAN_DATA, else the packaged one."""
    if folder is not None:
        return Path(folder)
    named = os.environ.get(ENVIRONMENT)
    return Path(named) if named else packaged_data()


def read_files(folder: Path) -> dict[str, bytes]:
    """Read a data folder's files.

    Parameters
    ----------
    folder
        Holds at least nodes.csv and edges.csv; other files come from the packaged data where the
        folder has none, and its sources.csv is read beside the packaged one.

    Returns
    -------
    dict
        File name -> bytes, in the order of FILES.

    Raises
    ------
    DataError
        If the folder or one of its two network files cannot be read.
    """
    if not folder.is_dir():
        what = "is a file, not a folder" if folder.exists() else "there is no such folder"
        raise DataError([_unreadable(str(folder), what, "Name a folder with the two files.")])
    found: dict[str, bytes] = {}
    faults: list[Finding] = []
    for name in FILES:
        path = folder / name
        if name not in NETWORK_FILES and not path.exists():
            path = packaged_data() / name
        try:
            found[name] = path.read_bytes()
        except FileNotFoundError:
            faults.append(_unreadable(str(path), "the file is missing", "A network needs it."))
        except IsADirectoryError:
            faults.append(_unreadable(str(path), "a folder stands where a file belongs", ""))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            faults.append(_unreadable(str(path), f"cannot be read, {reason}", ""))
    shared = packaged_data() / "sources.csv"
    if (folder / "sources.csv").exists() and folder.resolve() != shared.parent.resolve():
        with contextlib.suppress(OSError):
            found[SHARED_SOURCES] = shared.read_bytes()
    if faults:
        raise DataError(faults)
    return found


def own_files(folder: Path) -> frozenset[str]:
    """List which of the files the folder itself holds; the others are the packaged ones."""
    return frozenset(name for name in FILES if (folder / name).exists())


def read_elsewhere(folder: Path) -> str:
    """Read the text of the folder's CSV files that are no part of the network, where it can."""
    texts = []
    for path in sorted(folder.glob("*.csv")):
        if path.name not in FILES:
            with contextlib.suppress(OSError):
                texts.append(path.read_text("utf-8", "replace"))
    return "\n".join(texts)


def read_file(path: Path) -> bytes:
    """Read one data file that a user named.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DataError([_unreadable(str(path), f"cannot be read, {reason}", "")]) from None


def digest_of(files: dict[str, bytes]) -> str:
    """Hash the files' names and bytes; equal digests mean equal networks."""
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def cache_key(digest: str) -> str:
    """Name what the compiled form depends on: the data, the columns, the program's version."""
    columns = [c.name for record in FILES.values() for c in columns_of(record)]
    return hashlib.sha256(f"{__version__} {columns} {digest}".encode()).hexdigest()


def _unreadable(file: str, message: str, remedy: str) -> Finding:
    return Finding("T000", Severity.ERROR, file, 0, 0, "", "", message, remedy)
