from __future__ import annotations

import pytest
from tiny import best, padded, tiny_network

from routeplan.errors import DataError
from routeplan.network.files import packaged_data
from routeplan.network.overlay import overlay_factors

CHAIN = """
    from_node, to_node, mode, to_mode, distance_km
    kz-alma,   kz-alma, road, rail
    kz-alma,   kz-bora, rail, ,        100
    kz-bora,   kz-caro, road, ,        100
    kz-bora,   kz-bora, road, rail
    kz-caro,   az-dora, ferry,,        100
    kz-caro,   kz-caro, road, ferry
"""
OWN = """
    factor_id,   kind,     mode,  to_mode, vehicle, country, gco2e_per_tkm_wtw, kgco2e_per_t_wtw
    rail-any,    move,     rail,  ,        ,        ,        10
    rail-kz,     move,     rail,  ,        ,        KZ,      15
    road,        move,     road,  ,        ,        ,        50
    road-rail,   transship,road,  rail,    ,        ,        ,                  1
    rail-road,   transship,rail,  road,    ,        ,        ,                  2
    ferry-truck, move,     ferry, ,        truck,   ,        40
    ferry-wagon, move,     ferry, ,        wagon,   ,        30
"""
NETWORK = tiny_network(CHAIN, emissions=OWN)
HEADER = "factor_id, kind, mode, to_mode, vehicle, country, gco2e_per_tkm_wtw, kgco2e_per_t_wtw"


@pytest.fixture
def overlaid(tmp_path):
    """Lay rows over the network's factors."""

    def lay(*rows: str):
        path = tmp_path / "mine.csv"
        path.write_text(padded("\n".join([HEADER, *rows])), "utf-8")
        return overlay_factors(NETWORK, path)

    return lay


def _ids(network) -> list[str]:
    return [row.factor_id for row in network.emissions]


def test_a_row_replaces_those_of_its_kind_and_mode_and_keeps_the_rest(overlaid):
    assert _ids(overlaid("mine, move, road, , , , 80")) == [
        "mine",
        *("rail-any", "rail-kz", "road-rail", "rail-road", "ferry-truck", "ferry-wagon"),
    ]


def test_a_row_for_any_country_replaces_those_of_single_countries(overlaid):
    assert {"rail-any", "rail-kz"}.isdisjoint(_ids(overlaid("mine, move, rail, , , , 80")))


def test_a_row_for_one_country_leaves_the_others_their_factor(overlaid):
    kept = _ids(overlaid("mine, move, rail, , , KZ, 80"))
    assert "rail-any" in kept
    assert "rail-kz" not in kept


def test_a_transshipment_is_replaced_in_the_direction_the_row_names(overlaid):
    kept = _ids(overlaid("mine, transship, road, rail, , , , 7"))
    assert "road-rail" not in kept
    assert "rail-road" in kept


def test_a_row_for_one_vehicle_leaves_the_other_and_a_row_for_any_replaces_both(overlaid):
    assert "ferry-wagon" in _ids(overlaid("mine, move, ferry, , truck, , 80"))
    assert "ferry-truck" not in _ids(overlaid("mine, move, ferry, , truck, , 80"))
    assert {"ferry-truck", "ferry-wagon"}.isdisjoint(_ids(overlaid("mine, move, ferry, , , , 80")))


@pytest.mark.parametrize(
    ("row", "kg"),
    [
        # 20 t: loading 20, train 30, unloading 40 kg
        (None, 90),
        ("mine, move, rail, , , , 5", 70),
        ("mine, move, rail, , , KZ, 5", 70),
        ("mine, move, rail, , , GE, 5", 90),
        ("mine, transship, road, rail, , , , 0", 70),
        ("mine, transship, rail, road, , , , 0", 50),
        ("mine, move, sea, , , , 500", 90),
    ],
)
def test_an_answer_adds_up_with_the_factors_of_the_file(overlaid, row, kg):
    network = overlaid(row) if row else NETWORK
    assert best(network, "Alma", "Bora", modes="rail").totals.co2e_kg == kg


def test_an_answer_names_the_row_of_the_file(overlaid):
    train = best(overlaid("mine, move, rail, , , , 5"), "Alma", "Bora", modes="rail").legs[1]
    assert [e.basis for e in train.evidence.values() if e.basis.startswith("emissions")] == [
        "emissions.csv:mine"
    ]


def test_a_distance_the_file_has_no_row_for_keeps_the_network_s_factor(tmp_path):
    own = """
        factor_id, kind, mode, from_km, to_km, gco2e_per_tkm_wtw
        short,     move, rail, ,        50,    10
        long,      move, rail, 50,      ,      20
    """
    path = tmp_path / "mine.csv"
    path.write_text(padded(own.replace("short", "mine").replace("long,", "mine2,")), "utf-8")
    both = overlay_factors(tiny_network(CHAIN, emissions=own), path)
    assert _ids(both) == ["mine", "mine2"]
    path.write_text("factor_id,kind,mode,to_km,gco2e_per_tkm_wtw\nmine,move,rail,50,1\n", "utf-8")
    near = overlay_factors(tiny_network(CHAIN, emissions=own), path)
    assert _ids(near) == ["mine", "long"]


def test_the_network_laid_under_stays_as_it_is_and_the_new_one_has_a_digest_of_its_own(overlaid):
    before = _ids(NETWORK)
    once, again = (overlaid("mine, move, rail, , , , 5") for _ in range(2))
    other = overlaid("mine, move, rail, , , , 6")
    assert _ids(NETWORK) == before
    assert once.digest == again.digest
    assert len({NETWORK.digest, once.digest, other.digest}) == 3
    assert (once.edges, once.rates) == (NETWORK.edges, NETWORK.rates)


def test_our_own_factors_laid_over_ours_change_nothing(real):
    same = overlay_factors(real, packaged_data() / "emissions.csv")
    assert same.emissions == real.emissions
    assert same.digest != real.digest


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "mine.csv T001: the file is empty"),
        ("factor_id;kind;mode\n", "mine.csv T004: the columns are separated by semicolons"),
        ("factor_id,kind\n", "mine.csv T007: column mode is missing"),
        ("factor_id,kind,mode\na,move,rial\n", 'mine.csv:2:8 T010 mode "rial"'),
        ("factor_id,kind,mode,gco2e_per_tkm_wtw\na,move,rail,-1\n", "expected 0 or more"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_it_is_wrong(tmp_path, text, told):
    path = tmp_path / "mine.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError) as error:
        overlay_factors(NETWORK, path)
    assert len(error.value.findings) == 1
    assert told in str(error.value)


def test_a_file_that_is_not_there_is_named_with_its_path(tmp_path):
    with pytest.raises(DataError) as error:
        overlay_factors(NETWORK, tmp_path / "none.csv")
    assert str(error.value) == (
        f"{tmp_path / 'none.csv'} T000: cannot be read, no such file or directory."
    )
