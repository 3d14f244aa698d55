"""The compiled network on disk: read back only if whole and of the same data and program.

A cache file is one line of checksum and one of JSON. Anything amiss with it counts as absent;
anything amiss with writing it is ignored. Writers rename a file of their own into place, so two
runs at once do no harm.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from routeplan.network.column import columns_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from routeplan.network.column import Column

_DISABLED: Final = "ROUTEPLAN_NO_CACHE"
_KEPT = 8


def cache_folder() -> Path:
    """Return the folder of compiled networks, by the XDG rule."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "routeplan"


def read_cache(key: str, records: Sequence[type]) -> list[list[Any]] | None:
    """Read the tables compiled under a key.

    Parameters
    ----------
    key
        From `files.cache_key`.
    records
        The record class of each table, in the order they were written.

    Returns
    -------
    list or None
        One list of records per class; None if there is no sound file.
    """
    if os.environ.get(_DISABLED):
        return None
    try:
        checksum, _, body = (cache_folder() / f"{key}.json").read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != checksum:
            return None
        tables = json.loads(body)
        return [_thaw(rows, record) for rows, record in zip(tables, records, strict=True)]
    except (OSError, ValueError, TypeError, LookupError, RuntimeError):
        return None


def write_cache(key: str, tables: Sequence[Sequence[Any]], records: Sequence[type]) -> None:
    """Write tables under a key; silently does nothing where the disk does not allow it."""
    if os.environ.get(_DISABLED):
        return
    frozen = [
        [[getattr(row, c.name) for c in columns_of(record)] for row in rows]
        for rows, record in zip(tables, records, strict=True)
    ]
    body = json.dumps(frozen, ensure_ascii=False, separators=(",", ":")).encode()
    with contextlib.suppress(OSError, RuntimeError):
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
            Path(name).replace(folder / f"{key}.json")
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _forget_oldest(folder)


def _forget_oldest(folder: Path) -> None:
    """Keep the newest few files, so that a changing network does not fill the disk."""
    files = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[_KEPT:]:
        path.unlink(missing_ok=True)


def _thaw(rows: list[list[Any]], record: type) -> list[Any]:
    """Rebuild records from JSON rows, column by column: choices and lists regain their types."""
    if not rows:
        return []
    columns: list[Any] = list(zip(*rows, strict=True))
    for index, column in enumerate(columns_of(record)):
        convert = _converter(column)
        if convert:
            columns[index] = [None if v is None else convert(v) for v in columns[index]]
    return list(map(record, *columns))


def _converter(column: Column) -> Callable[[Any], Any] | None:
    if column.base is tuple:
        return tuple
    if column.choices:
        members = {str(choice): choice for choice in column.choices}
        return members.__getitem__
    return None
