from __future__ import annotations

import concurrent.futures
import hashlib
import marshal
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from routeplan.network import cache, read
from routeplan.network.files import FILES, cache_key, digest_of, read_files
from routeplan.network.read import load_network

if TYPE_CHECKING:
    from pathlib import Path


def cached(own_cache) -> Path:
    (path,) = own_cache.iterdir()
    return path


def forge(path, tables):
    body = marshal.dumps(tables)
    path.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


@pytest.fixture
def no_compiling(monkeypatch):
    def refuse(_files):
        raise AssertionError("compiled, where the cache would have done")

    monkeypatch.setattr(read, "_compile", refuse)


def test_a_network_from_the_cache_is_the_network_from_the_files(tiny, own_cache, request):
    folder = tiny()
    first = load_network(folder)
    assert cached(own_cache).exists()
    request.getfixturevalue("no_compiling")
    second = load_network(folder)
    assert second == first
    for edge in second.edges.values():
        assert type(edge.mode) is type(first.edges[edge.edge_id].mode)
        assert isinstance(edge.source_ids, tuple)


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"garbage",
        b"\n[]",
        b"\xff" * 1000,
    ],
)
def test_a_damaged_file_is_compiled_anew(tiny, own_cache, damage):
    folder = tiny()
    first = load_network(folder)
    sound = cached(own_cache).read_bytes()
    cached(own_cache).write_bytes(damage)
    assert load_network(folder) == first
    assert cached(own_cache).read_bytes() == sound


@pytest.mark.parametrize("share", [0.1, 0.5, 0.999])
def test_a_truncated_file_is_compiled_anew(tiny, own_cache, share):
    folder = tiny()
    first = load_network(folder)
    sound = cached(own_cache).read_bytes()
    cached(own_cache).write_bytes(sound[: int(len(sound) * share)])
    assert load_network(folder) == first


@pytest.mark.parametrize(
    "tables",
    [
        None,
        7,
        "text",
        {},
        [],
        [[]],
        [1] * 10,
        [[1]] * 10,
        [["row"]] * 10,
        [[{}]] * 10,
        [[[]]] * 10,
        [[["kz-a", "A", "KZ", "no such kind"] + [None] * 11], *[[]] * 9],
        [[["kz-a", "A", "KZ", ["city"]] + [None] * 11], *[[]] * 9],
    ],
)
def test_a_sound_file_of_another_shape_is_compiled_anew(tiny, own_cache, tables):
    folder = tiny()
    first = load_network(folder)
    forge(cached(own_cache), tables)
    assert load_network(folder) == first


def test_changed_data_is_never_taken_from_the_cache(tiny):
    before = load_network(tiny())
    after = load_network(tiny("edges sea-aktau-alat wait_h=60"))
    assert before.edges["sea-aktau-alat"].wait_h == 48
    assert after.edges["sea-aktau-alat"].wait_h == 60
    assert before.version != after.version


def test_other_columns_have_another_key(tiny, monkeypatch):
    digest = digest_of(read_files(tiny()))
    before = cache_key(digest)
    monkeypatch.setitem(FILES, "parameters.csv", FILES["cargo.csv"])
    assert cache_key(digest) != before


def test_broken_data_leaves_nothing_in_the_cache(tiny, own_cache):
    with pytest.raises(Exception, match="E001"):
        load_network(tiny("edges sea-aktau-alat to_node=mars"))
    assert not own_cache.exists()


def test_a_cache_folder_that_cannot_be_written_is_done_without(tiny, monkeypatch):
    def refuse(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(cache.tempfile, "mkstemp", refuse)
    assert load_network(tiny()).nodes


def test_a_file_in_the_place_of_the_cache_folder_is_done_without(tiny, own_cache):
    own_cache.parent.write_text("in the way")
    assert load_network(tiny()).nodes
    assert own_cache.parent.read_text() == "in the way"


def test_a_full_disk_leaves_no_half_file(tiny, own_cache, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache.Path, "replace", full)
    assert load_network(tiny()).nodes
    assert list(own_cache.iterdir()) == []


def test_the_cache_can_be_switched_off(tiny, own_cache, monkeypatch):
    monkeypatch.setenv("ROUTEPLAN_NO_CACHE", "1")
    assert load_network(tiny()).nodes
    assert not own_cache.exists()


def test_old_files_are_forgotten(tiny, own_cache):
    for hours in range(27):
        load_network(tiny(f"edges access-alat time_h={hours + 1}"))
    assert len(list(own_cache.iterdir())) == 24


def test_two_processes_may_write_at_once(tiny, own_cache):
    folder = tiny()
    script = (
        "import sys; from pathlib import Path; from routeplan.network.read import load_network;"
        "print(load_network(Path(sys.argv[1])).version)"
    )

    def run(_):
        done = subprocess.run(
            [sys.executable, "-c", script, str(folder)],
            capture_output=True,
            text=True,
            check=True,
            env=dict(os.environ),
        )
        return done.stdout

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        versions = set(pool.map(run, range(4)))
    assert versions == {f"{load_network(folder).version}\n"}
    assert [path.suffix for path in own_cache.iterdir()] == [f".{sys.implementation.cache_tag}"]
