"""What the shell offers when Tab is pressed, by typer's protocol."""

from __future__ import annotations

import pytest


@pytest.fixture
def tab(process):
    """Return what bash would be offered for the last word of a line."""

    def press(line: str, shell: str = "bash", **env: str) -> list[str]:
        protocol = {
            "_ROUTEPLAN_COMPLETE": f"complete_{shell}",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(line.split(" ")) - 1),
            "_TYPER_COMPLETE_ARGS": line,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        }
        said = process(**protocol, **env)
        assert (said.code, said.err) == (0, "")
        return said.out.split("\n")[:-1]

    return press


def test_places_are_offered_by_name_and_id(tab):
    assert tab("routeplan find Akt") == ["Aktau", r"Aktau\ port"]
    assert tab("routeplan find Astana az-b") == ["az-baku", "az-boyuk-kesik"]
    assert tab("routeplan find Astana Baku --via Bo") == [r"Boyuk\ Kesik"]


def test_what_is_typed_may_be_in_any_case_and_stays_as_it_is(tab):
    assert tab("routeplan find akt") == ["aktau", r"aktau\ port"]
    assert tab("routeplan find AKTAU") == ["AKTAU", r"AKTAU\ port"]


def test_other_names_and_codes_are_offered_where_no_name_begins_so(tab):
    assert tab("routeplan find Акт", "fish") == ["Актау"]
    assert tab("routeplan find акт", "fish") == ["актау"]
    assert tab("routeplan find KZA") == ["KZAAU"]


def test_only_bash_needs_its_blanks_escaped(tab):
    assert tab("routeplan find Akt", "fish") == ["Aktau", "Aktau port"]


def test_show_offers_links_too(tab):
    assert tab("routeplan show sea-") == ["sea-aktau-alat"]


def test_choices_and_cargo_types_are_offered(tab):
    assert tab("routeplan find --by c") == ["cost", "co2"]
    assert tab("routeplan find --format j") == ["json", "jsonl"]
    assert tab("routeplan find --cargo g") == ["general"]


def test_the_data_folder_on_the_line_counts(tab, tmp_path):
    (tmp_path / "nodes.csv").write_text("node_id,country\nnowhere,KZ\nneverland,KZ\n", "utf-8")
    (tmp_path / "edges.csv").write_text(
        "edge_id,from_node,to_node,mode,distance_km\nr,nowhere,neverland,rail,100\n", "utf-8"
    )
    assert tab(f"routeplan find --data {tmp_path} n") == ["neverland", "nowhere"]


def test_broken_data_and_half_a_line_offer_nothing_and_say_nothing(tab, tmp_path):
    assert tab("routeplan find Akt", ROUTEPLAN_DATA=str(tmp_path)) == [""]
    assert tab("routeplan find --by nonsense Akt") == ["Aktau", r"Aktau\ port"]
