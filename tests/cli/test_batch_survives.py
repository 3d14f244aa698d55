"""`routeplan batch` is killed, stopped, and left without room: no work is lost, no byte differs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and limits as of POSIX")
PATIENCE_S = 60
ROWS = 200


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("survives")


@pytest.fixture(scope="module")
def many(folder) -> Path:
    """Rows that differ, so that each is answered by itself."""
    file = folder / "many.csv"
    body = "".join(f"s{n},Astana,Baku,{n}kg\n" for n in range(1, ROWS + 1))
    file.write_text(f"scenario_id,origin,destination,load\n{body}", "utf-8")
    return file


@pytest.fixture(scope="module")
def undisturbed(many, folder, cache) -> bytes:
    """The results of a run that nothing happens to."""
    output = folder / "undisturbed.csv"
    tiny = Path(__file__).parents[1] / "data" / "tiny"
    environment = os.environ | {"ROUTEPLAN_DATA": str(tiny), "XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, "-m", "routeplan", "batch", many, "-o", output, "-q"]
    subprocess.run(command, env=environment, check=True)
    return output.read_bytes()


def until(true, running) -> None:
    """Wait for something that happens while a process runs."""
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert running.poll() is None, running.stderr.read()
        assert time.monotonic() < end
        time.sleep(0.002)


def kept(output: Path) -> int:
    """Return how many records the journal of an output has, beside its head."""
    journal = output.with_name(output.name + ".journal")
    return journal.read_bytes().count(b"\n\n") - 1 if journal.exists() else -1


def children(pid: int) -> list[int]:
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


@pytest.mark.parametrize("engine", ["serial", "threads", "pool"])
def test_killed_and_resumed_it_ends_with_the_same_bytes(
    start, process, many, undisturbed, tmp_path, engine
):
    output = tmp_path / "r.csv"
    command = ("batch", many, "-o", output, "--engine", engine, "--workers", 2)
    with start(*command) as running:
        until(lambda: kept(output) >= 2, running)
        running.kill()
    assert running.returncode == -signal.SIGKILL
    assert not output.exists()
    said = process(*command)
    assert said.code == 2
    assert "scenarios of a run that did not end. Go on with --resume" in said.err
    before = kept(output)
    with start(*command, "--resume") as running:  # cut short once more
        until(lambda: kept(output) > before or output.exists(), running)
        running.kill()
    said = process(*command, "--resume")
    assert said == (0, "", f"{ROWS} scenarios: {ROWS} ok.\n")
    assert output.read_bytes() == undisturbed
    assert list(tmp_path.iterdir()) == [output]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
def test_no_worker_outlives_a_killed_run(start, many, tmp_path):
    output = tmp_path / "r.csv"
    with start("batch", many, "-o", output, "--engine", "pool", "--workers", 2) as running:
        until(lambda: kept(output) >= 1, running)
        found = children(running.pid)
        running.kill()
    assert len(found) >= 2
    end = time.monotonic() + PATIENCE_S
    while any(map(is_alive, found)):
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize(
    "stop",
    [(e, *s) for e in ("threads", "pool") for s in ((signal.SIGINT, 130), (signal.SIGTERM, 143))],
)
def test_stopped_it_says_what_is_safe_and_goes_on(start, process, many, tmp_path, stop):
    engine, sent, code = stop
    output = tmp_path / "r.csv"
    command = ("batch", many, "-o", output, "--engine", engine, "--workers", 2)
    with start(*command, alone=True) as running:
        # one more than is asked for: the last may not have been counted yet, and be taken back
        until(lambda: kept(output) >= 2, running)
        os.killpg(running.pid, sent)  # a terminal sends it to the workers too
        out, errors = running.communicate(timeout=PATIENCE_S)
    assert (running.returncode, out) == (code, b"")
    told = errors.decode()
    assert told.endswith(f" scenarios are safe in {output}.journal: go on with --resume.\n")
    assert told.count("\n") == 1
    assert not output.exists()
    assert process(*command, "--resume", "-q") == (0, "", "")
    assert output.read_bytes().count(b"\n") == ROWS + 1


def test_without_room_it_says_so_and_goes_on_with_room(process, many, undisturbed, tmp_path):
    output = tmp_path / "r.csv"
    limited = subprocess.run(
        [
            "sh",
            "-c",
            f'ulimit -f 20; exec "$0" -m routeplan batch {many} -o {output} -q',
            sys.executable,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert limited.returncode == 74
    kept_rows = int(limited.stderr.partition("file too large. ")[2].split()[0])
    assert 0 < kept_rows < ROWS
    assert limited.stderr == (
        f"routeplan: cannot write {output}.journal: file too large. {kept_rows} scenarios are safe "
        "in it; make room and go on with --resume.\n"
    )
    assert not output.exists()
    assert process("batch", many, "-o", output, "--resume", "-q") == (0, "", "")
    assert output.read_bytes() == undisturbed


def test_another_input_is_not_mixed_in(start, process, many, tmp_path):
    mine, output = tmp_path / "mine.csv", tmp_path / "r.csv"
    mine.write_bytes(many.read_bytes())
    with start("batch", mine, "-o", output) as running:
        until(lambda: kept(output) >= 1, running)
        running.kill()
    mine.write_text(mine.read_text("utf-8").replace("s199,", "s199b,"), "utf-8")
    said = process("batch", mine, "-o", output, "--resume")
    assert said.code == 2
    assert "journal was begun, this has changed: the scenarios." in said.err
    said = process("batch", many, "-o", output, "--resume", "--from", "Aktau")
    assert "this has changed: the options." in said.err
    assert kept(output) >= 1


def test_two_runs_on_one_output_are_refused(start, process, many, tmp_path):
    output = tmp_path / "r.csv"
    with start("batch", many, "-o", output) as running:
        until(lambda: kept(output) >= 1, running)
        running.send_signal(signal.SIGSTOP)  # else it may end while the other one starts
        said = process("batch", many, "-o", output, "--resume")
        running.kill()
    assert said.code == 74
    assert f"another run (process {running.pid} on " in said.err
    assert f"is writing {output}" in said.err


def test_a_run_that_was_stopped_before_any_result_leaves_nothing(process, tmp_path):
    file, output = tmp_path / "s.csv", tmp_path / "r.csv"
    file.write_text("scenario_id,origin,destination\na,Astana,Baku\n", "utf-8")
    said = process("batch", file, "-o", output, "--engine", "dask", "--scheduler", "nowhere")
    assert said.code == 2
    assert list(tmp_path.iterdir()) == [file]
