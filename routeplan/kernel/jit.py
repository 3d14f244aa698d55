"""How loops are compiled; nothing imports it before numba is to be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., Any]")


def jit(function: Function) -> Function:
    """Compile, and keep the result on disk where some folder can be written."""
    try:
        compiled = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:
        compiled = numba.njit(nogil=True)(function)
    return cast("Function", compiled)
