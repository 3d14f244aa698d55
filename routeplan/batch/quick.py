"""Rows that ask for one way and expect nothing, many at a time, straight from cells to bytes.

Most rows of a large table are of this kind. Their cells repeat: what a question's cells mean, what
a change does and what is told of a way are each worked out once, and a result line is its id, its
row and a text that many lines share. Every other row takes the long way, and gives the same bytes.
"""

from __future__ import annotations

import re
from itertools import chain, count
from typing import TYPE_CHECKING, Any, NamedTuple

from routeplan.batch.columns import encode_rows
from routeplan.batch.job import Counts
from routeplan.batch.job import count as count_results
from routeplan.errors import RequestError
from routeplan.itinerary.shelf_life import shelf_life_h
from routeplan.kernel.kernel import Asked
from routeplan.scenario.changes import Change, read_piece
from routeplan.scenario.form import NOTHING_EXPECTED, RowText

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from threading import RLock

    from routeplan.batch.answers import Answers
    from routeplan.kernel.kernel import Kernel, Task
    from routeplan.kernel.versions import Patch
    from routeplan.kernel.way import Way
    from routeplan.places.scenarios import RowReader
    from routeplan.scenario.form import RowForm, ScenarioRow
    from routeplan.scenario.request import RouteRequest

    Result = dict[str, Any]
    Slow = Callable[[ScenarioRow], list[Result]]
    Tail = tuple[bytes, bytes, bytes]


_PLAIN_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:/# -]*\Z")
"""Ids that are written as they are."""

_REMEMBERED = 20_000
_MOST_TAILS = 50_000
"""About half a kB each."""
_LONGEST_PIECE = 200
_MOST_FORMS = 64
_MOST_PIECES = 12


class _Question(NamedTuple):
    """What the cells of a question come to."""

    number: int
    request: RouteRequest
    task: Task


class _Batch(NamedTuple):
    """Rows understood: their lines in pieces, the quick ones by place, results of the others."""

    lines: list[tuple[bytes, ...]]
    asked: list[tuple[int, _Question, Asked]]
    told: list[Result]


class QuickRows:
    """Answers rows to bytes.

    Parameters
    ----------
    reader
        Reads the questions.
    kernel
        Finds the ways.
    answers
        Tells ways that were found.
    slow
        Answers any row, as result rows.
    lock
        Held while anything here works but the kernel's search.
    """

    def __init__(
        self, reader: RowReader, kernel: Kernel, answers: Answers, slow: Slow, lock: RLock
    ) -> None:
        self._reader = reader
        self._kernel = kernel
        self._answers = answers
        self._slow = slow
        self._lock = lock
        self._forms: dict[RowForm, RowForm] = {}
        self._numbers = count(1)
        self._forget()

    def encode(self, rows: Sequence[ScenarioRow | RowText]) -> tuple[bytes, Counts]:
        """Answer rows.

        Returns
        -------
        bytes, Counts
            Their result rows as `columns.encode_rows` writes them, and what they came to.
        """
        with self._lock:
            batch = self._understand(rows)
        ways = self._kernel.solve([asked for _, _, asked in batch.asked])
        with self._lock:
            return self._told(rows, batch, ways)

    def _understand(self, rows: Sequence[ScenarioRow | RowText]) -> _Batch:
        """Learn what rows ask; answer those that take the long way."""
        if self._generation != self._kernel.generation or len(self._tails) > _MOST_TAILS:
            self._forget()
        batch = _Batch([()] * len(rows), [], [])
        for place, row in enumerate(rows):
            found = self._ask(row) if type(row) is RowText else None
            if found is None:
                results = self._slow(self.read(row))
                batch.told.extend(results)
                batch.lines[place] = (encode_rows(results),)
            else:
                batch.asked.append((place, *found))
        return batch

    def _told(
        self, rows: Sequence[ScenarioRow | RowText], batch: _Batch, ways: Sequence[Way | None]
    ) -> tuple[bytes, Counts]:
        """Write the lines of rows whose ways are found."""
        lines, missed = batch.lines, 0
        for (place, question, asked), way in zip(batch.asked, ways, strict=True):
            row, changed = rows[place], bool(asked.patches)
            key = (question.number, way and way.key, changed)
            tail = self._tails.get(key)
            if tail is None:
                tail = self._tails[key] = self._tail(row, question, way, changed=changed)
            lines[place] = (f"{row.scenario_id},{row.row},".encode(), *tail)
            missed += way is None
        quick = len(batch.asked)
        counts = count_results(batch.told, len(rows) - quick) + Counts(
            quick, quick, ok=quick - missed, no_route=missed
        )
        return b"".join(chain.from_iterable(lines)), counts

    def read(self, row: ScenarioRow | RowText) -> ScenarioRow:
        """Read a row that is still text."""
        if not isinstance(row, RowText):
            return row
        return self._form(row).read(row.row, row.scenario_id, row.cells)

    def _forget(self) -> None:
        self._generation = self._kernel.generation
        self._questions: dict[tuple[RowForm, tuple[str, ...]], _Question | None] = {}
        self._patches: dict[str, Patch] = {}
        self._tails: dict[tuple[int, Hashable, bool], Tail] = {}

    def _form(self, row: RowText) -> RowForm:
        """Return the form that was met first of those that are equal: it remembers."""
        form = self._forms.get(row.form)
        if form is None:
            key = row.form.key
            form = next((f for f in self._forms.values() if f.key == key), row.form)
            if len(self._forms) > _MOST_FORMS:
                self._forms.clear()
            self._forms[row.form] = form
        return form

    def _ask(self, row: RowText) -> tuple[_Question, Asked] | None:
        """Understand a row by what is remembered; None for the long way."""
        if not _PLAIN_ID.match(row.scenario_id):
            return None
        form = self._form(row)
        key = (form, form.asked_cells(row.cells))
        if key not in self._questions:
            if len(self._questions) > _REMEMBERED:
                self._questions.clear()
            self._questions[key] = self._question(row, form)
        question = self._questions[key]
        if question is None:
            return None
        patches = self._laid(form.cell(row.cells, "changes"))
        return None if patches is None else (question, Asked(question.task, patches))

    def _question(self, row: RowText, form: RowForm) -> _Question | None:
        read = form.read(row.row, row.scenario_id, row.cells)
        if read.expectations != NOTHING_EXPECTED:
            return None
        try:
            request = self._reader.request(read._replace(changes=(), findings=()))
        except RequestError:
            return None
        if any(finding.field != "changes" for finding in read.findings):
            return None
        if not self._kernel.takes(request) or shelf_life_h(request) is not None:
            return None
        return _Question(next(self._numbers), request, self._kernel.task(request))

    def _laid(self, text: str) -> tuple[Patch, ...] | None:
        """Return the patches of a cell of changes."""
        if not text:
            return ()
        pieces = text.split(";")
        if len(pieces) > _MOST_PIECES or text.startswith("="):
            return None
        try:
            patches = [self._patches[piece] for piece in pieces]
        except KeyError:
            patches = []
            for piece in filter(str.strip, pieces):
                patch = self._patches.get(piece) or self._patch(piece)
                if patch is None:
                    return None
                patches.append(patch)
        return self._kernel.versions.lay(patches)

    def _patch(self, piece: str) -> Patch | None:
        change = read_piece(piece.strip())
        patch = self._kernel.versions.single(change) if isinstance(change, Change) else None
        if patch is not None and len(piece) <= _LONGEST_PIECE:
            if len(self._patches) > _REMEMBERED:
                self._patches.clear()
            self._patches[piece] = patch
        return patch

    def _tail(
        self, row: ScenarioRow | RowText, question: _Question, way: Way | None, *, changed: bool
    ) -> Tail:
        """Return a row's line from behind its second cell on, in pieces."""
        if way is not None:
            return self._answers.line(question.request, way.arcs, changed=changed)
        (result,) = self._slow(self.read(row))
        return encode_rows([result | {"scenario_id": None, "row": None}])[2:], b"", b""
