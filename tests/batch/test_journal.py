"""The journal keeps what was done, whatever ends the run; the lock keeps a second run away."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routeplan.batch.columns import encode_rows
from routeplan.batch.job import Counts, Done
from routeplan.batch.journal import Journal
from routeplan.batch.lock import OutputLock
from routeplan.errors import OutputError, RequestError

OF = {"input": "a", "network": "b", "options": "{}", "version": "1"}
posix = pytest.mark.skipif(os.name == "nt", reason="limits and signals as of POSIX")


def chunk(number: int, scenarios: int = 2) -> Done:
    rows = [
        {"scenario_id": f"s{number}.{n}", "row": n, "status": "ok", "rank": 1}
        for n in range(scenarios)
    ]
    return Done(encode_rows(rows), Counts(scenarios, scenarios, ok=scenarios), 0.0)


def written(path: Path, chunks: int) -> bytes:
    with Journal(path, OF).open(resume=True) as journal:
        for number in range(chunks):
            journal.append(chunk(number))
    return path.read_bytes()


def payloads(path: Path) -> list[bytes]:
    with Journal(path, OF).open(resume=True) as journal:
        return [record.payload for record in journal.records()]


def test_chunks_come_back_as_they_were_with_their_counts(tmp_path):
    path = tmp_path / "j"
    written(path, 3)
    with Journal(path, OF).open(resume=True) as journal:
        assert journal.counts == Counts(6, 6, ok=6)
        assert [r.payload for r in journal.records()] == [chunk(n).payload for n in range(3)]
        assert [row["scenario_id"] for row in journal.rows()][:3] == ["s0.0", "s0.1", "s1.0"]
        journal.append(chunk(3))
        assert journal.counts.scenarios == 8
    assert len(payloads(path)) == 4


@given(data=st.data())
@settings(max_examples=60)
def test_cut_anywhere_it_keeps_every_whole_chunk_before(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("cut") / "j"
    whole = written(path, 3)
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    kept = payloads(path)
    assert kept == [chunk(n).payload for n in range(len(kept))]
    with Journal(path, OF).open(resume=True) as journal:
        for number in range(len(kept), 3):
            journal.append(chunk(number))
    assert path.read_bytes() == whole


@given(data=st.data())
@settings(max_examples=60)
def test_a_damaged_byte_costs_its_chunk_and_those_behind_it(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("damaged") / "j"
    whole = written(path, 3)
    start = whole.index(b"\n\n") + 2
    at = data.draw(st.integers(start, len(whole) - 1))
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    kept = payloads(path)
    assert len(kept) < 3
    assert kept == [chunk(n).payload for n in range(len(kept))]


@pytest.mark.parametrize("part", OF)
def test_a_journal_of_other_questions_is_refused_by_what_differs(tmp_path, part):
    path = tmp_path / "results.csv.journal"
    before = written(path, 1)
    with pytest.raises(RequestError, match=rf"cannot resume: .*this has changed: {part}\."):
        Journal(path, OF | {part: "other"}).open(resume=True)
    assert path.read_bytes() == before


def test_results_are_not_overwritten_unasked(tmp_path):
    path = tmp_path / "j"
    before = written(path, 2)
    with pytest.raises(RequestError, match=r"keeps 4 scenarios .* --resume, or delete"):
        Journal(path, OF).open(resume=False)
    assert path.read_bytes() == before


def test_a_journal_without_results_is_begun_anew_for_any_question(tmp_path):
    path = tmp_path / "j"
    written(path, 0)
    other = OF | {"input": "another"}
    with Journal(path, other).open(resume=False) as journal:
        journal.append(chunk(0))
    with Journal(path, other).open(resume=True) as journal:
        assert journal.counts.scenarios == 2


def test_a_file_that_is_no_journal_is_begun_anew(tmp_path):
    path = tmp_path / "j"
    path.write_bytes(b"\x00\xff not ours\n" * 100)
    assert payloads(path) == []


FILL = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_journal import OF, chunk
from routeplan.batch.journal import Journal
from routeplan.errors import OutputError
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
with Journal(Path(sys.argv[1]), OF).open(resume=True) as journal:
    try:
        for number in range(1000):
            journal.append(chunk(number))
    except OutputError as error:
        print(error)
    size = Path(sys.argv[1]).stat().st_size
    print(journal.counts.scenarios, size <= 2000)
"""


@posix
def test_no_room_costs_only_the_chunk_that_did_not_fit(tmp_path):
    path = tmp_path / "j"
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(path), str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        check=True,
    )
    told, after = done.stdout.splitlines()
    safe = int(after.split()[0])
    assert told == (
        f"cannot write {path}: file too large. {safe} scenarios are safe in it; make room and go "
        "on with --resume."
    )
    assert after == f"{safe} True"
    kept = payloads(path)
    assert kept == [chunk(n).payload for n in range(safe // 2)]
    assert len(kept) > 3


def test_a_device_that_is_full_at_once_is_told(tmp_path):
    path = tmp_path / "j"
    journal = Journal(path, OF).open(resume=True)

    class Full:
        def write(self, _):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def __getattr__(self, name):
            return getattr(raw, name)

    raw, journal._file = journal._file, Full()
    with pytest.raises(OutputError, match="no space left on device"):
        journal.append(chunk(0))
    journal.close()
    assert payloads(path) == []


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(OutputError, match="no such file or directory"):
        Journal(tmp_path / "none" / "j", OF).open(resume=False)
    with (
        pytest.raises(OutputError, match=r"no such file or directory.*-o"),
        OutputLock(tmp_path / "none" / "r.csv"),
    ):
        pass


def test_a_second_run_on_one_output_is_refused_and_told_by_whom(tmp_path):
    output = tmp_path / "results.csv"
    with OutputLock(output):
        with (
            pytest.raises(OutputError, match=rf"another run \(process {os.getpid()} on .+\)"),
            OutputLock(output),
        ):
            pass
        with OutputLock(tmp_path / "other.csv"):
            pass
    assert list(tmp_path.iterdir()) == []
    with OutputLock(output):
        pass


HOLD = """
import os, signal, sys
from pathlib import Path
from routeplan.batch.lock import OutputLock
with OutputLock(Path(sys.argv[1])):
    os.kill(os.getpid(), signal.SIGKILL)
"""


@posix
def test_the_lock_of_a_killed_run_locks_nothing(tmp_path):
    output = tmp_path / "results.csv"
    done = subprocess.run([sys.executable, "-c", HOLD, str(output)], check=False)
    assert done.returncode == -9
    assert (tmp_path / "results.csv.lock").read_text().split()[0].isdigit()
    with OutputLock(output):
        pass
    assert list(tmp_path.iterdir()) == []
