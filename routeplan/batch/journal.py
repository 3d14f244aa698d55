"""Results kept as they come, so that no run is lost: an append-only file of checksummed records.

A record is a line `CRC LENGTH META`, then LENGTH bytes of payload and a line end. CRC is the CRC-32
of META and payload, META a JSON list. The first record holds what the run depends on, each other
one a chunk in input order. What a killed run has left half-written at the end is cut off.
"""

from __future__ import annotations

import json
import os
import time
import zlib
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from routeplan.batch.columns import decode_rows
from routeplan.batch.job import Counts
from routeplan.errors import OutputError, RequestError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from io import BufferedReader, FileIO
    from pathlib import Path
    from types import TracebackType

    from routeplan.batch.columns import Row
    from routeplan.batch.job import Done

_FORM = "routeplan-journal/1"
_SYNC_S = 1.0
_LONGEST_LINE = 1 << 20


@dataclass(frozen=True, slots=True)
class Record:
    """One chunk of results.

    Parameters
    ----------
    payload
        Rows as `columns.encode_rows` writes them.
    counts
        What they came to.
    """

    payload: bytes
    counts: Counts

    def rows(self) -> Iterator[Row]:
        """Read the rows."""
        return decode_rows(self.payload)


class Journal:
    """The results of a run so far.

    Parameters
    ----------
    path
        The file.
    fingerprint
        What the results depend on, as name and value: the input's bytes, the network, the options,
        the version.
    """

    def __init__(self, path: Path, fingerprint: Mapping[str, str]) -> None:
        self.path = path
        self.fingerprint = dict(fingerprint)
        self.counts = Counts()
        self._file: FileIO | None = None
        self._end = 0
        self._synced = time.monotonic()

    def open(self, *, resume: bool) -> Journal:
        """Begin, or go on where a run stopped.

        Parameters
        ----------
        resume
            Take up what is there. Without it a file that holds results is left alone.

        Raises
        ------
        RequestError
            If the file is of another input, network, version or of other options; or holds results
            and `resume` was not asked for.
        OutputError
            If it cannot be written.
        """
        try:
            self._read(resume=resume)
            # no buffer: what does not fit on the disk must not linger in one
            self._file = self.path.open("r+b" if self.path.exists() else "w+b", buffering=0)
            self._cut()
            if not self.counts.scenarios:
                self._begin()
        except OSError as error:
            self._abandon()
            raise OutputError(self._unwritten(error)) from None
        return self

    def append(self, done: Done) -> None:
        """Keep a chunk; it is on the disk within about a second.

        Raises
        ------
        OutputError
            If there is no room; what was kept before is safe.
        """
        try:
            self._write(_record(json.dumps(done.counts.values()).encode(), done.payload))
            self.counts += done.counts
            if time.monotonic() - self._synced > _SYNC_S:
                self._sync()
        except OSError as error:
            raise OutputError(self._unwritten(error)) from None

    def records(self) -> Iterator[Record]:
        """Read the chunks from the first."""
        with self.path.open("rb") as file:
            for meta, payload in islice(_read_records(file, self._end), 1, None):
                yield Record(payload, Counts(*json.loads(meta)))

    def rows(self) -> Iterator[Row]:
        """Read the result rows from the first."""
        for record in self.records():
            yield from record.rows()

    def close(self) -> None:
        """Close the file with everything on the disk; it can be read and opened again."""
        if self._file is None:
            return
        try:
            self._sync()
        except OSError as error:
            raise OutputError(self._unwritten(error)) from None
        finally:
            self._abandon()

    def remove(self) -> None:
        """Remove it: the output is in its place."""
        self.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _read(self, *, resume: bool) -> None:
        """Learn how far the run before came."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            records = _read_records(file, self.path.stat().st_size)
            header, _ = next(records, (b"{}", b""))
            self._refuse_another(json.loads(header), resume=resume)
            for meta, _ in records:
                self.counts += Counts(*json.loads(meta))
                self._end = file.tell()
        if self.counts.scenarios and not resume:
            raise RequestError(
                f"{self.path} keeps {self.counts.scenarios} scenarios of a run that did not end. "
                "Go on with --resume, or delete the file to begin again."
            )

    def _begin(self) -> None:
        meta = {"form": _FORM, "fingerprint": self.fingerprint}
        self._write(_record(json.dumps(meta, sort_keys=True).encode(), b""))
        self._sync()

    def _refuse_another(self, header: Mapping[str, object], *, resume: bool) -> None:
        theirs = header.get("fingerprint")
        same = header.get("form") == _FORM and theirs == self.fingerprint
        if not header or not resume or same:
            return
        known = theirs if isinstance(theirs, dict) else {}
        ours = self.fingerprint
        other = [name for name in ours if known.get(name) != ours[name]] or ["its form"]
        raise RequestError(
            f"cannot resume: since {self.path} was begun, this has changed: {', '.join(other)}. "
            "Bring back what was, or delete the file to begin again."
        )

    def _write(self, record: bytes) -> None:
        file, left = self._opened(), memoryview(record)
        try:
            while left:
                left = left[file.write(left) :]
        except BaseException:
            self._cut()
            raise
        self._end += len(record)

    def _cut(self) -> None:
        """Cut off what is no whole record; making a file shorter works on a full disk too."""
        file = self._opened()
        file.seek(self._end)
        file.truncate(self._end)

    def _abandon(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def _sync(self) -> None:
        os.fsync(self._opened().fileno())
        self._synced = time.monotonic()

    def _opened(self) -> FileIO:
        assert self._file is not None, "the journal is not open"  # noqa: S101 - a bug of ours
        return self._file

    def _unwritten(self, error: OSError) -> str:
        reason = (error.strerror or str(error)).lower()
        safe = (
            f" {self.counts.scenarios} scenarios are safe in it; make room and go on with --resume."
            if self.counts.scenarios
            else ""
        )
        return f"cannot write {self.path}: {reason}.{safe}"


def _record(meta: bytes, payload: bytes) -> bytes:
    crc = zlib.crc32(payload, zlib.crc32(meta))
    return b"%08x %d %b\n%b\n" % (crc, len(payload), meta, payload)


def _read_records(file: BufferedReader, end: int) -> Iterator[tuple[bytes, bytes]]:
    """Read meta and payload of each record up to a byte, or to the first that is not whole."""
    while True:
        try:
            crc, length, meta = file.readline(_LONGEST_LINE).removesuffix(b"\n").split(b" ", 2)
            size, expected = int(length), int(crc, 16)
        except ValueError:
            return
        if not 0 <= size < end - file.tell():
            return
        payload, line_end = file.read(size), file.read(1)
        if line_end != b"\n" or expected != zlib.crc32(payload, zlib.crc32(meta)):
            return
        yield meta, payload
