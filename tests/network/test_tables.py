from __future__ import annotations

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.network.findings import Severity, Told
from routeplan.network.records import Edge, Node
from routeplan.network.tables import read_table

HEADER = "node_id,name,country,kind,lat,lon,gauge_mm\n"


def read(text, record=Node, file="nodes.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return read_table(content, file, record)


def lines_of(table):
    return [f.one_line() for f in table.findings]


def test_a_sound_file_has_records_lines_and_no_findings():
    table = read(HEADER + "kz-a,A,KZ,city,1.5,-2,1520\nkz-b,,,,,,\n")
    assert table.findings == []
    assert table.lines == [2, 3]
    assert table.records[0] == Node("kz-a", "A", "KZ", "city", "", 1.5, -2.0, 1520)
    assert table.records[1] == Node("kz-b")


@pytest.mark.parametrize("content", [b"", b"\n\n", b" \r\n", b"\xef\xbb\xbf", b",,\n"])
def test_an_empty_file_says_what_it_needs(content):
    assert lines_of(read(content)) == [
        "nodes.csv T001: the file is empty. It needs a header with at least node_id."
    ]
    assert not read(content).complete


def test_a_byte_order_mark_and_any_line_end_are_read():
    plain = read(HEADER + 'kz-a,"A\nB",KZ,city,1,2,\nkz-b,B,,,,,\n')
    for text in (
        "\ufeff" + HEADER + 'kz-a,"A\nB",KZ,city,1,2,\nkz-b,B,,,,,\n',
        (HEADER + 'kz-a,"A\nB",KZ,city,1,2,\nkz-b,B,,,,,\n').replace("\n", "\r\n"),
        (HEADER + 'kz-a,"A\nB",KZ,city,1,2,\nkz-b,B,,,,,\n').replace("\n", "\r"),
        HEADER + '\n\nkz-a,"A\nB",KZ,city,1,2,\n,,,,,,\nkz-b,B,,,,,',
    ):
        table = read(text)
        assert table.findings == []
        assert table.records == plain.records


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (HEADER.encode() + "kz-a,Астана,,,,,\n".encode("cp1251"), 'nodes.csv:2 T002 "byte c0"'),
        (b"\xef\xbb\xbf" + HEADER.encode() + b"kz-a,\xff,,,,,\n", 'nodes.csv:2 T002 "byte ff"'),
        (HEADER.encode("utf-16"), "nodes.csv T002: the file is UTF-16, not UTF-8"),
        (HEADER.encode("utf-16-be"), "nodes.csv:1 T002: the file holds NUL characters"),
        (HEADER.encode() + b"kz-a,\0,,,,,\n", "nodes.csv:2 T002: the file holds NUL characters"),
        (HEADER.replace(",", ";"), "nodes.csv T004: the columns are separated by semicolons"),
        ('"node_id";"name"\n"a";"b"\n', "nodes.csv T004: the columns are separated by semicolons"),
        (HEADER.replace(",", "\t"), "nodes.csv T004: the columns are separated by tabs"),
        ("a," * 300, "nodes.csv:1 T004: the header has 301 columns"),
        ("x" * 10_000_000, "nodes.csv:1 T003: a cell is longer than"),
        (HEADER + "kz-a," + "x" * 10_000_000, "nodes.csv:2 T003: a cell is longer than"),
        ("," * 10_000_000 + "a", "nodes.csv:1 T004: the header has 10,000,001 columns"),
        (HEADER + 'kz-a,"A,,,,,\nkz-b,B,,,,,\n', "nodes.csv:2 T003: a quotation mark opens"),
        ("name,country\nA,KZ\n", "nodes.csv T007: column node_id is missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_error(content, expected):
    table = read(content)
    errors = [f for f in table.findings if f.severity is Severity.ERROR]
    assert len(errors) == 1
    assert errors[0].one_line().startswith(expected)
    assert errors[0].remedy
    assert not table.complete
    assert table.records == []


def test_text_behind_a_quotation_mark_spoils_its_row_only():
    table = read(HEADER + 'kz-a,"A" port,,,,,\nkz-b,B,,,,,\nkz-c,C,,,95,,\n')
    assert [n.node_id for n in table.records] == ["kz-b"]
    assert [(f.code, f.line) for f in table.findings] == [("T003", 2), ("T010", 4)]
    assert table.complete


def test_a_quotation_mark_within_a_plain_cell_is_text():
    table = read(HEADER + 'kz-a,A "1435",,,,,\nkz-b,"B ""rail""",,,,,\n')
    assert [n.name for n in table.records] == ['A "1435"', 'B "rail"']
    assert table.findings == []


def test_lines_are_physical_and_positions_are_characters():
    text = HEADER + '"kz-a","A, first\nsecond\n\nfourth",KZ,city,x,,\nkz-b,"B, b",KZ,town,,,\n'
    table = read(text)
    assert [(f.line, f.position, f.field) for f in table.findings] == [
        (2, 0, "lat"),
        (6, 16, "kind"),
    ]
    assert text.split("\n")[5][15:].startswith("town")


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("lat", "nan", "expected a finite number; leave the cell empty for unknown"),
        ("lat", "-inf", "expected a finite number; leave the cell empty for unknown"),
        ("lat", "1e999", "expected a finite number; leave the cell empty for unknown"),
        ("lat", "91", "expected 90 or less"),
        ("lat", "-91", "expected -90 or more"),
        ("lat", '"51,5"', "expected a decimal point, not a comma"),
        ("lat", "51°", "expected a number"),
        ("lat", "1_0", "expected a number"),
        ("lat", "\u0665\u0661", "expected a number"),
        ("lat", "=A1", "expected a number"),
        ("gauge_mm", "1520.5", "expected a number without a fraction"),
        ("gauge_mm", "9" * 400, "expected 1700 or less"),
        ("gauge_mm", "nan", "expected a number without a fraction"),
        ("kind", "harbour", "expected one of city, rail_terminal, seaport"),
        ("country", "Kazakhstan", "expected an ISO 3166-1 code of two capitals, such as KZ"),
        ("node_id", "kz a", "expected an id without spaces"),
        ("node_id", "", "empty"),
    ],
)
def test_a_bad_cell_is_named_with_what_was_expected(column, cell, message):
    names = HEADER.strip().split(",")
    row = {"node_id": "kz-a", "name": "A", column: cell}
    before = [row.get(name, "") for name in names[: names.index(column)]]
    cells = [row.get(name, "") for name in names]
    table = read(HEADER + ",".join(cells) + "\n")
    (finding,) = table.findings
    assert (finding.line, finding.field, finding.severity) == (2, column, Severity.ERROR)
    assert finding.message.startswith(message)
    assert finding.position == 1 + sum(len(part) + 1 for part in before)
    assert len(finding.value) <= 60


@pytest.mark.parametrize("column", ["distance_km", "time_h", "cost_usd_per_feu", "per_week"])
def test_an_edge_has_no_negative_numbers(column):
    table = read(f"from_node,to_node,mode,{column}\na,b,rail,-1\n", Edge, "edges.csv")
    assert [f.code for f in table.findings] == ["T010"]


def test_impossible_month_days_of_a_season_are_refused():
    from routeplan.network.records import Season

    table = read("season_id,from_month_day,to_month_day\ns,13-01,31 March\n", Season, "seasons.csv")
    assert [f.field for f in table.findings] == ["from_month_day", "to_month_day"]


def test_all_faults_of_a_row_and_of_all_rows_come_at_once():
    table = read(HEADER + "kz a,A,KAZ,town,x,y,z\nkz-b,B\nkz-c,,,,,,,\nkz-d,D,,,,,\n")
    assert [f.code for f in table.findings] == ["T010"] * 6 + ["T008"] * 2
    assert table.unread == {"kz a", "kz-b", "kz-c"}
    assert [n.node_id for n in table.records] == ["kz-d"]
    assert table.complete


def test_an_unknown_column_is_a_warning_with_a_near_miss():
    table = read("node_id,contry,ünknown,,x_coord\nkz-a,KZ,1,,71\n")
    lines = lines_of(table)
    assert lines[0].endswith("unknown column. Did you mean country? It is not read.")
    assert lines[1:] == [
        'nodes.csv:1:16 T005 ünknown "ünknown": unknown column. It is not read.',
        "nodes.csv:1:24 T005: a column without a name. It is not read.",
    ]
    assert {f.severity for f in table.findings} == {Severity.WARNING}
    assert table.records == [Node("kz-a", lon=71.0)]


def test_a_column_that_stands_twice_is_an_error_at_the_second_place():
    (line,) = lines_of(read("node_id,lat,name,Lat\n"))
    assert line.startswith('nodes.csv:1:18 T006 Lat "Lat": this column stands twice')
    assert [f.position for f in read("node_id,lat,y_coord\n").findings] == [13]


def test_a_header_alone_is_a_table_without_rows():
    table = read(HEADER)
    assert (table.records, table.findings, table.complete) == ([], [], True)


def test_names_of_gmns_are_read():
    table = read("link_id,from_node_id,to_node_id,length,mode\ne,a,b,7,rail\n", Edge, "edges.csv")
    edge = table.records[0]
    assert (edge.edge_id, edge.from_node, edge.to_node, edge.distance_km) == ("e", "a", "b", 7.0)


def test_control_characters_do_not_reach_the_terminal():
    table = read(HEADER + "kz-a,A,\x1b[31mKZ\x07,,,,\n")
    assert table.findings[0].value == "\\x1b[31mKZ\\x07"


def test_a_program_s_own_csv_limit_is_left_alone():
    before = csv.field_size_limit()
    read(HEADER + "kz-a,A,,,,,\n")
    assert csv.field_size_limit() == before


def test_the_text_is_cut_into_lines_once_however_many_faults_there_are():
    class Counted(str):
        cuts = 0

        def split(self, *args):
            Counted.cuts += 1
            return super().split(*args)

    table = read(HEADER + "kz-a,A,,,,,\n")
    table.text = Counted(table.text)
    places = {table.finding("X", 2, Told("name")).position for _ in range(100)}
    assert places == {6}
    assert Counted.cuts == 1


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(content):
    for prefix in (b"", HEADER.encode(), HEADER.encode() + b'kz-a,"'):
        table = read(prefix + content)
        assert len(table.records) == len(table.lines)
        for finding in table.findings:
            assert finding.one_line().isprintable()


def test_findings_have_one_form():
    form = re.compile(r"nodes\.csv(:\d+(:\d+)?)? T\d{3}( \S+)?( \".*\")?: \S.*\.( \S.*[.?])?\Z")
    table = read("node_id,contry,lat\nkz a,KZ,north\nkz-b\n")
    assert len(table.findings) == 4
    for finding in table.findings:
        assert form.match(finding.one_line()), finding.one_line()
        assert finding.to_dict()["code"] == finding.code
