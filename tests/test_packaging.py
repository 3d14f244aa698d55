"""What is built: both kinds of package hold the data and the licences, and run on their own."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest

from routeplan import __version__

ROOT = Path(__file__).parents[1]
PREFIX = f"routeplan-{__version__}"


def build(kind: str, source: Path, target: Path) -> Path:
    """Build a package by the project's own back end, without a network."""
    program = "import sys, hatchling.build as b; print(getattr(b, sys.argv[1])(sys.argv[2]))"
    done = subprocess.run(
        [sys.executable, "-c", program, f"build_{kind}", str(target)],
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return target / done.stdout.splitlines()[-1]


def unpack(wheel: Path) -> Path:
    """Unpack a wheel beside itself."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(wheel.parent / "site")  # noqa: S202 - we have built it
    return wheel.parent / "site"


@pytest.fixture(scope="module")
def sdist(tmp_path_factory) -> Path:
    """The source package, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build("sdist", ROOT, folder)) as archive:
        archive.extractall(folder, filter="data")
    return folder / PREFIX


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    return unpack(build("wheel", ROOT, folder))


@pytest.fixture(scope="module")
def wheel_of_sdist(sdist, tmp_path_factory) -> Path:
    """The wheel built from the unpacked source package, unpacked."""
    folder = tmp_path_factory.mktemp("wheel-of-sdist")
    return unpack(build("wheel", sdist, folder))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_wheel_holds_every_data_file_byte_for_byte(wheel):
    ours = contents(ROOT / "data")
    assert {"nodes.csv", "edges.csv", "sources.csv", "gazetteer.tsv.gz"} <= set(ours)
    assert contents(wheel / "routeplan/data") == ours


def test_the_wheel_holds_what_maps_and_pages_are_drawn_from(wheel):
    for name in ("land-50m.json", "geometry.geojson", "sea_lines.geojson"):
        assert (wheel / "routeplan/data" / name).read_bytes() == (ROOT / "data" / name).read_bytes()
    static = Path("routeplan/render/draw/static")
    ours = {path.name: path.read_bytes() for path in (ROOT / static).iterdir()}
    assert {"plan.html", "page.css", "view.js"} <= set(ours)
    assert {path.name: path.read_bytes() for path in (wheel / static).iterdir()} == ours


def test_the_wheel_holds_every_module_the_type_marker_and_nothing_beside(wheel):
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "routeplan").rglob("*.py")}
    inside = set(contents(wheel))
    assert modules <= inside
    for language in ("ru", "sr"):
        assert f"routeplan/locale/{language}/LC_MESSAGES/routeplan.mo" in inside
    assert "routeplan/py.typed" in inside
    tops = {name.split("/")[0] for name in inside}
    assert tops == {"routeplan", f"{PREFIX}.dist-info"}
    assert not [name for name in inside if name.endswith(".pyc") or "tests" in name]


def test_both_packages_hold_the_licences_of_program_and_data(wheel, sdist):
    for name in ("LICENSE", "DATA-LICENSE.md"):
        ours = (ROOT / name).read_bytes()
        assert (wheel / f"{PREFIX}.dist-info/licenses" / name).read_bytes() == ours
        assert (sdist / name).read_bytes() == ours


def test_the_metadata_say_what_it_is_and_needs(wheel):
    text = (wheel / f"{PREFIX}.dist-info/METADATA").read_text("utf-8")
    metadata = HeaderParser().parsestr(text)
    assert metadata["Name"] == "routeplan"
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    needs = " ".join(metadata.get_all("Requires-Dist"))
    assert all(name in needs for name in ("typer", "rich", "networkx", "pandas"))
    assert "pytest" not in needs
    entry_points = (wheel / f"{PREFIX}.dist-info/entry_points.txt").read_text("utf-8")
    assert "routeplan = routeplan.cli.main:main" in entry_points


def test_the_source_package_holds_what_it_takes_to_test_it(sdist):
    for name in (
        *("pyproject.toml", "Makefile", "data/edges.csv", "tests/data/tiny/edges.csv"),
        *("data/gazetteer.tsv.gz", "scripts/build_gazetteer.py"),
    ):
        assert (sdist / name).read_bytes() == (ROOT / name).read_bytes()
    inside = contents(sdist)
    assert not [name for name in inside if "__pycache__" in name or name.startswith(".venv")]


def test_a_wheel_of_the_source_package_is_the_same_wheel(wheel, wheel_of_sdist):
    assert contents(wheel_of_sdist) == contents(wheel)


def test_the_unpacked_wheel_runs_on_its_own(wheel, tmp_path):
    environment = {
        "PATH": os.defpath,
        "HOME": str(tmp_path),
        "PYTHONPATH": str(wheel),
        "PYTHONDONTWRITEBYTECODE": "1",
        **{name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ},
    }

    def say(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    where = "from routeplan.network.files import packaged_data; print(packaged_data())"
    assert Path(say("-c", where).strip()) == wheel / "routeplan/data"
    town = say("-m", "routeplan", "places", "Жаңаөзен", "--format", "csv").splitlines()[1]
    assert town.startswith(",Zhanaozen,KZ,town,")
    ways = say("-m", "routeplan", "find", "Astana", "Belgrade", "-q").splitlines()
    assert len(ways) > 2
    assert all(way.split("\t")[-1].startswith("Astana ~ ") for way in ways[1:])


def test_the_wheel_holds_every_policy_file_byte_for_byte(wheel):
    ours = {path.name: path.read_bytes() for path in (ROOT / "policies").glob("*.toml")}
    assert {"eu-strict.toml", "suez-return.toml"} <= set(ours)
    packed = (wheel / "routeplan/policies").glob("*.toml")
    assert {path.name: path.read_bytes() for path in packed} == ours
