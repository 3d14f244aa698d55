"""The compiled network on disk: read back only if whole and of the same data and program.

A cache file is one line of checksum and the tables, column by column, in the form Python keeps
its own compiled modules in. Anything amiss with it counts as absent; anything amiss with writing
it is ignored. Writers rename a file of their own into place, so two runs at once do no harm.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from routeplan.network.column import columns_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_DISABLED: Final = "ROUTEPLAN_NO_CACHE"
_KEPT = 24


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
    try:
        tables = read_value(key)
        return [_thaw(columns, record) for columns, record in zip(tables, records, strict=True)]
    except (ValueError, TypeError, LookupError):
        return None


def write_cache(key: str, tables: Sequence[Sequence[Any]], records: Sequence[type]) -> None:
    """Write tables under a key; silently does nothing where the disk does not allow it."""
    write_value(
        key,
        [_freeze(rows, record) for rows, record in zip(tables, records, strict=True)],
    )


def read_value(key: str) -> Any:  # noqa: ANN401 - whatever was written
    """Read the plain value kept under a key; None if there is no sound file."""
    if os.environ.get(_DISABLED):
        return None
    try:
        checksum, _, body = (cache_folder() / _file_name(key)).read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != checksum:
            return None
        return marshal.loads(body)  # noqa: S302 - the user's own file, whole by its checksum
    except (OSError, ValueError, TypeError, EOFError, RuntimeError):
        return None


def write_value(key: str, value: object) -> None:
    """Keep a plain value (numbers, texts, lists) under a key, where the disk allows it."""
    if os.environ.get(_DISABLED):
        return
    body = marshal.dumps(value)  # type: ignore[arg-type]  # the caller keeps plain values
    with contextlib.suppress(OSError, RuntimeError):
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
            Path(name).replace(folder / _file_name(key))
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _forget_oldest(folder)


def _file_name(key: str) -> str:
    return f"{key}.{sys.implementation.cache_tag}"


def _forget_oldest(folder: Path) -> None:
    """Keep the newest few files, so that a changing network does not fill the disk."""
    pattern = f"*.{sys.implementation.cache_tag}"
    files = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[_KEPT:]:
        path.unlink(missing_ok=True)


def _freeze(rows: Sequence[Any], record: type) -> list[list[Any]]:
    """Turn records into plain columns; a choice becomes its text, a tuple stays one."""
    columns = columns_of(record)
    frozen = [list(values) for values in zip(*rows, strict=True)] or [[] for _ in columns]
    for index, column in enumerate(columns):
        if column.choices:
            frozen[index] = [None if value is None else str(value) for value in frozen[index]]
    return frozen


def _thaw(columns: list[list[Any]], record: Any) -> list[Any]:  # noqa: ANN401 - a record class
    """Rebuild records from plain columns: choices regain their types."""
    for index, column in enumerate(columns_of(record)):
        if column.choices:
            members = {None: None} | {str(choice): choice for choice in column.choices}
            columns[index] = [members[value] for value in columns[index]]
    return list(map(record._make, zip(*columns, strict=True)))
