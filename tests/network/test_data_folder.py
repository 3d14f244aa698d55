from __future__ import annotations

import csv
import io
import shutil
from difflib import get_close_matches
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routeplan.errors import DataError
from routeplan.network import files
from routeplan.network.check import check_folder
from routeplan.network.dataset import read_dataset
from routeplan.network.files import FILES
from routeplan.network.findings import Severity
from routeplan.network.read import load_network
from routeplan.network.rules import RULES, common
from routeplan.network.vocabulary import EdgeKind, Mode, NodeKind, Status, Vehicle

TINY = Path(__file__).parents[1] / "data" / "tiny"


@pytest.fixture
def packaged(tiny, monkeypatch):
    """Let the tiny network be the data that comes with the program."""
    folder = tiny()
    monkeypatch.setattr(files, "packaged_data", lambda: folder)
    return folder


def own_network(tmp_path, nodes, edges, **further):
    folder = tmp_path / "own"
    folder.mkdir()
    for name, text in {"nodes": nodes, "edges": edges, **further}.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


def codes(folder):
    return sorted({finding.code for finding in check_folder(folder)})


def only_error(folder):
    with pytest.raises(DataError) as caught:
        load_network(folder)
    assert caught.value.exit_code == 3
    assert check_folder(folder) == list(caught.value.findings)
    (finding,) = caught.value.findings
    return finding


@pytest.mark.usefixtures("packaged")
def test_a_network_of_six_columns_loads(tmp_path):
    folder = own_network(
        tmp_path,
        "node_id\na\nb\nc\n",
        "from_node,to_node,mode,time_h,distance_km,to_mode\n"
        "a,b,rail,10,,\nb,b,rail,,,road\nb,c,road,,120,\nb,c,ferry,5,,\n",
    )
    network = load_network(folder)
    assert network.nodes["a"].name == "a"
    assert network.nodes["a"].kind is NodeKind.CITY
    assert list(network.edges) == ["rail-a-b", "rail-road-b-b", "road-b-c", "ferry-b-c"]
    assert network.edges["rail-road-b-b"].kind is EdgeKind.TRANSSHIP
    assert network.edges["road-b-c"].status is Status.OPEN
    assert network.edges["ferry-b-c"].vehicle is Vehicle.TRUCK
    assert network.edges["ferry-b-c"].mode is Mode.FERRY
    assert network.times
    assert network.sources


@pytest.mark.usefixtures("packaged")
def test_columns_a_small_network_does_without_are_told_once(tmp_path):
    folder = own_network(
        tmp_path,
        "node_id\n" + "".join(f"n{i}\n" for i in range(50)),
        "from_node,to_node,mode,time_h\n" + "".join(f"n{i},n{i + 1},rail,9\n" for i in range(49)),
    )
    found = check_folder(folder)
    assert {f.severity for f in found} == {Severity.WARNING}
    assert all(f.line == 0 for f in found)
    assert len(found) < 15


@pytest.mark.usefixtures("packaged")
def test_ids_made_for_edges_do_not_collide(tmp_path):
    folder = own_network(
        tmp_path,
        "node_id\na\nb\n",
        "edge_id,from_node,to_node,mode,time_h\n,a,b,rail,1\n,a,b,rail,2\nrail-a-b-2,a,b,rail,3\n",
    )
    assert list(load_network(folder).edges) == ["rail-a-b", "rail-a-b-3", "rail-a-b-2"]


@pytest.mark.usefixtures("packaged")
def test_warnings_are_about_the_folder_s_own_files(tmp_path, packaged):
    (packaged / "rates.csv").write_text(
        (packaged / "rates.csv").read_text("utf-8").replace(",survey-2024,", ",nobody,"), "utf-8"
    )
    folder = own_network(tmp_path, "node_id\na\nb\n", "from_node,to_node,mode,time_h\na,b,rail,9\n")
    assert {f.file for f in check_folder(folder)} == {"nodes.csv", "edges.csv"}


def test_own_sources_stand_beside_the_packaged_ones(tmp_path, packaged):
    folder = own_network(
        tmp_path,
        "node_id,source_ids\na,mine-2026\nb,atlas-2026\n",
        "from_node,to_node,mode,time_h,source_ids\na,b,rail,9,nobody\n",
        sources="source_id,title,url\nmine-2026,Mine,https://example.org\n"
        "atlas-2026,My atlas,https://example.org\nspare,Spare,https://example.org\n",
    )
    assert [(f.code, f.value) for f in check_folder(folder) if f.code in {"S004", "S006"}] == [
        ("S004", "nobody"),
        ("S006", "spare"),
    ]
    sources = load_network(folder).sources
    assert set(sources) == {"mine-2026", "atlas-2026", "spare", "tariff-2025", "survey-2024"}
    assert sources["atlas-2026"].title == "My atlas"
    (packaged / "sources.csv").unlink()
    assert set(load_network(folder).sources) == {"mine-2026", "atlas-2026", "spare"}


def test_a_source_used_in_a_further_file_is_used(tiny):
    folder = tiny("sources +journey-2025=tariff-2025")
    assert codes(folder) == ["S006"]
    (folder / "published.csv").write_text("journey_id,source_ids\nx,journey-2025\n", "utf-8")
    assert codes(folder) == []


def test_a_missing_folder_a_file_and_an_empty_folder_are_told_apart(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    assert only_error(file).message == "is a file, not a folder"
    assert only_error(tmp_path / "none").message == "there is no such folder"
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError) as caught:
        load_network(tmp_path / "empty")
    missing = [Path(f.file).name for f in caught.value.findings]
    assert missing[:2] == ["nodes.csv", "edges.csv"]


def test_a_missing_network_file_is_not_taken_from_the_packaged_data(tiny, packaged):
    folder = tiny("edges drop")
    assert packaged != folder
    finding = only_error(folder)
    assert finding.one_line() == (
        f"{folder / 'edges.csv'} T000: the file is missing. A network needs it."
    )


def test_a_missing_card_is_taken_from_the_packaged_data(tiny, packaged):
    folder = tiny("times drop", "sources drop")
    assert packaged != folder
    assert check_folder(folder) == []
    assert load_network(folder).times == load_network(packaged).times


def test_a_folder_in_the_place_of_a_file_is_told(tiny):
    folder = tiny("nodes drop")
    (folder / "nodes.csv").mkdir()
    assert only_error(folder).message == "a folder stands where a file belongs"


def test_an_unreadable_file_is_told(tiny, monkeypatch):
    folder = tiny()
    read_bytes = Path.read_bytes

    def refuse(path):
        if path.name == "nodes.csv":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert only_error(folder).message == "cannot be read, permission denied"


def test_the_environment_names_the_folder(tiny, monkeypatch):
    monkeypatch.setenv("ROUTEPLAN_DATA", str(tiny()))
    assert "kz-astana" in load_network().nodes
    assert check_folder() == []


def test_findings_of_all_files_come_at_once_and_in_file_order(tiny):
    folder = tiny(
        "sources tariff-2025 url=", "edges access-alat mode=horse", "nodes kz-aktau lat=north",
        "edges access-aktau to_node=mars", "nodes az-baku country=Baku",
    )  # fmt: skip
    found = [(f.file, f.line, f.code) for f in check_folder(folder)]
    assert found == [
        ("nodes.csv", 3, "T010"),
        ("nodes.csv", 5, "T010"),
        ("edges.csv", 3, "E001"),
        ("edges.csv", 12, "T010"),
        ("sources.csv", 3, "S005"),
    ]
    with pytest.raises(DataError) as caught:
        load_network(folder)
    assert [(f.file, f.line, f.code) for f in caught.value.findings] == found[:4]


def test_a_row_that_cannot_be_read_causes_no_further_findings(tiny):
    assert codes(tiny("nodes kz-aktau-port lat=north")) == ["T010"]
    assert codes(tiny("sources tariff-2025 source_id=tariff 2025")) == ["S004", "T010"]
    folder = tiny()
    text = (folder / "nodes.csv").read_text("utf-8")
    (folder / "nodes.csv").write_text(text.replace("kz-aktau,Aktau", 'kz-aktau,"Aktau'), "utf-8")
    assert codes(folder) == ["T003"]


def test_five_thousand_faults_are_all_told_and_few_of_them_compared(tiny, monkeypatch):
    folder = tiny()
    header = "node_id,name,country,lat,lon\n"
    (folder / "nodes.csv").write_text(
        header + "".join(f"place-number-{i},P{i},KZ,50,70\n" for i in range(2000)), "utf-8"
    )
    (folder / "edges.csv").write_text(
        "from_node,to_node,mode,time_h\n"
        + "".join(f"place-nomber-{i},place-number-1,rail,5\n" for i in range(5000)),
        "utf-8",
    )
    compared = []

    def compare(value, known, count):
        compared.append(value)
        return get_close_matches(value, known, count)

    monkeypatch.setattr(common, "get_close_matches", compare)
    with pytest.raises(DataError) as caught:
        load_network(folder)
    assert len(caught.value.findings) == 5000
    assert caught.value.findings[0].remedy.startswith("Did you mean place-number-")
    assert caught.value.findings[-1].remedy == "Add it to nodes.csv."
    assert len(compared) <= 50


def test_a_network_does_not_depend_on_the_order_of_rows(tiny):
    folder = tiny()
    before = load_network(folder)
    for name in ("nodes.csv", "edges.csv"):
        header, *rows = (folder / name).read_text("utf-8").splitlines(keepends=True)
        (folder / name).write_text(header + "".join(reversed(rows)), "utf-8")
    after = load_network(folder)
    assert dict(after.nodes) == dict(before.nodes)
    assert dict(after.edges) == dict(before.edges)
    assert check_folder(folder) == []


def test_a_network_cannot_be_changed(tiny):
    network = load_network(tiny())
    with pytest.raises(TypeError):
        network.nodes["x"] = None
    with pytest.raises(AttributeError):
        network.nodes["kz-astana"].name = "Nur-Sultan"
    with pytest.raises(AttributeError):
        network.edges = {}


def test_a_folder_can_be_copied_anywhere(tiny, tmp_path):
    folder = tiny()
    shutil.copytree(folder, tmp_path / "päth with spaces")
    assert load_network(tmp_path / "päth with spaces").digest == load_network(folder).digest


WORDS = (
    ",0,-1,nan,1e308,yes,rail,road,ferry,transship,border,access,kz-astana,kz-aktau-port,"
    "2026,2026-02-30,|,time:,:,assumed,mon|"
)
CELLS = st.sampled_from(WORDS.split(",")) | st.text(max_size=12).filter(str.isprintable)


@settings(max_examples=200)
@given(st.data())
def test_no_cell_breaks_a_check(data):
    content = {name: (TINY / name).read_bytes() for name in FILES}
    name = data.draw(st.sampled_from(sorted(FILES)))
    header, *rows = csv.reader(io.StringIO(content[name].decode()))
    for _ in range(data.draw(st.integers(1, 4))):
        row = data.draw(st.sampled_from(rows))
        row[data.draw(st.integers(0, len(header) - 1))] = data.draw(CELLS)
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    dataset = read_dataset(content | {name: out.getvalue().encode()})
    found = [finding for rule in RULES for finding in rule.run(dataset)]
    assert all(finding.one_line().isprintable() for finding in found)
