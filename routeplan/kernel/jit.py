"""How loops are compiled; nothing imports it before numba is to be used."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., Any]")


def inner(function: Function) -> Function:
    """Compile a function that only compiled ones call."""
    return cast("Function", numba.njit(nogil=True)(function))


def entry(function: Function) -> Function:
    """Compile a function that is called from outside; keep it on disk if a folder can be written.

    Numba makes it anew when its file has changed, but does not look at the files of what it calls.
    So its name tells when any file beside it is another one.
    """
    files = sorted(Path(function.__code__.co_filename).parent.glob("*.py"))
    stamp = zlib.crc32(b"".join([file.read_bytes() for file in files]))
    function.__qualname__ += f"_{stamp:08x}"
    try:
        return cast("Function", numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:
        return cast("Function", numba.njit(nogil=True)(function))
