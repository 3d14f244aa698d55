"""One run on one output: a lock that ends with the process that holds it, however it ends."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from routeplan.errors import OutputError

if TYPE_CHECKING:
    from types import TracebackType

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        # a byte far behind the text, which others must be able to read
        os.lseek(handle, 1 << 20, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class OutputLock:
    """Holds `OUTPUT.lock` while a run writes an output.

    The system lets go of the lock when the process ends, so that a file left by a killed run locks
    nothing. The file says who holds it.

    Parameters
    ----------
    output
        The file that the run will write.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self.path = output.with_name(output.name + ".lock")
        self._handle: int | None = None

    def __enter__(self) -> OutputLock:
        """Take the lock.

        Raises
        ------
        OutputError
            If another run holds it, or the folder cannot be written.
        """
        while self._handle is None:
            handle = self._open()
            try:
                _lock(handle)
            except OSError:
                os.close(handle)
                raise OutputError(self._refusal()) from None
            # between opening and locking the file may have been removed by the run before
            if self._is_in_place(handle):
                self._handle = handle
            else:
                os.close(handle)
        os.ftruncate(self._handle, 0)
        os.lseek(self._handle, 0, os.SEEK_SET)
        with contextlib.suppress(OSError):  # a full disk: the lock holds without its text
            os.write(self._handle, f"{os.getpid()} {socket.gethostname()}\n".encode())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of it and remove the file."""
        if self._handle is None:
            return
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(self._handle)
            self.path.unlink(missing_ok=True)
        else:
            self.path.unlink(missing_ok=True)
            os.close(self._handle)
        self._handle = None

    def _open(self) -> int:
        try:
            return os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise OutputError(
                f"cannot write {self.output}: {reason}. Choose another place with -o."
            ) from None

    def _is_in_place(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), self.path.stat())
        except OSError:
            return False

    def _refusal(self) -> str:
        holder = ""
        with contextlib.suppress(OSError, ValueError):
            pid, host = self.path.read_text("utf-8", "replace").split(maxsplit=1)
            holder = f" (process {pid} on {host.strip()})"
        return (
            f"another run{holder} is writing {self.output}. Wait for it, or name another file "
            "with -o."
        )
