"""What keeps links out of a request: policy, --avoid, cargo and load, by land, water and air."""

from __future__ import annotations

import pytest
from tiny import ask, request, tiny_network

from routeplan.errors import DataError, NoRouteError, RequestError
from routeplan.render.kept_out import kept_out_sentences
from routeplan.render.words import policy_sentence
from routeplan.scenario.kept_out import find_kept_out

EDGES = """
    edge_id, from_node, to_node, kind, mode, distance_km, time_h, operator,  corridor, passages, forbids,   max_lot_t
    train,   kz-alma,   rs-bora, ,     rail, 100,         1,      KTZ,       north
    road,    kz-alma,   rs-bora, ,     road, 100,         2,      ,          south
    ship,    kz-alma,   rs-bora, ,     sea,  100,         3,      ASCO|KMTF, ,         bosporus
    canal,   kz-alma,   rs-bora, ,     sea,  100,         4,      Line,      ,         suez
    fly,     kz-alma,   rs-bora, ,     air,  100,         0.1,    Air,       ,         ,         dangerous, 50
    detour,  kz-alma,   tm-port, ,     road, 100,         9
    on,      tm-port,   rs-bora, ,     road, 100,         9
    north,   kz-alma,   ru-city, ,     road, 100,         9
"""  # noqa: E501 - a table
NETWORK = tiny_network(EDGES)


def write(tmp_path, text: str) -> str:
    path = tmp_path / "ours.toml"
    path.write_text(text, "utf-8")
    return str(path)


def ways(policy: str, **options) -> set[str]:
    plan = ask(NETWORK, "Alma", "Bora", policy=policy, k=9, max_overlap=1, **options)
    return {way.legs[0].edge.edge_id for way in plan.itineraries}


ALL = {"train", "road", "ship", "fly", "detour"}


@pytest.mark.parametrize(
    ("table", "name", "left"),
    [
        ("countries", "TM", ALL - {"detour"}),
        ("nodes", "tm-port", ALL - {"detour"}),
        ("edges", "train", ALL - {"train"}),
        ("corridors", "south", ALL - {"road"}),
        ("operators", "KTZ", ALL - {"train"}),
        ("operators", "ASCO", ALL),  # another serves the link too
        ("passages", "bosporus", ALL - {"ship"}),
        ("modes", "air", ALL - {"fly"}),
        ("modes", "road", ALL - {"road", "detour"}),
    ],
)
def test_a_policy_keeps_out_what_it_names_on_land_water_and_in_the_air(tmp_path, table, name, left):
    policy = write(tmp_path, f'[avoid.{table}]\n{name} = "why"')
    assert ways(policy) == left
    (found,) = [
        kept
        for kept in find_kept_out(NETWORK, request(NETWORK, "Alma", "Bora", policy=policy))
        if kept.by == "policy"
    ]
    assert (found.kind, found.name, found.reason) == (table, name, "why")
    assert (found.links > 0) is (left != ALL)


def test_a_policy_lets_a_closed_passage_in(tmp_path):
    policy = write(tmp_path, '[allow.passages]\nsuez = "We take the risk."')
    assert ways(policy) == ALL | {"canal"}
    plan = ask(NETWORK, "Alma", "Bora", policy=policy)
    assert list(kept_out_sentences(plan)) == [
        "Let in by the policy: passage suez. We take the risk."
    ]
    assert "closed" not in {k.by for k in plan.kept_out if k.name == "suez"}


def test_each_entry_that_bites_is_printed_with_its_reason_and_source(tmp_path):
    policy = write(
        tmp_path,
        'name = "ours"\ntitle = "House rules"\n[avoid.operators]\nASCO = "x"\n'
        '[avoid.modes]\nair = { reason = "Too dear.", source = "https://example.org/a", '
        'as_of = "2026-03" }',
    )
    plan = ask(NETWORK, "Alma", "Bora", policy=policy)
    assert policy_sentence(plan) == "Policy ours: House rules (--policy none lifts this)."
    assert list(kept_out_sentences(plan)) == [
        "Kept out by the policy: mode air (links: 1). Too dear. (example.org, 2026-03)"
    ]
    (full,) = kept_out_sentences(plan, addresses=True)
    assert full.endswith("(https://example.org/a, 2026-03)")
    assert any("ASCO" in text for text in kept_out_sentences(plan, verbose=True))


def test_our_own_policies_give_their_reasons_when_asked_and_the_cargo_always():
    plain = ask(NETWORK, "Alma", "Bora", avoid=("road",))
    assert list(kept_out_sentences(plain)) == []
    told = list(kept_out_sentences(plain, verbose=True))
    assert [text for text in told if text.startswith("Kept out by the policy: country RU")]
    assert "Kept out as asked: mode road (links: 4)." in told
    assert [
        text for text in told if text.startswith("Closed unless allowed: passage suez (links: 1)")
    ]
    fireworks = ask(NETWORK, "Alma", "Bora", cargo="fireworks")
    assert list(kept_out_sentences(fireworks)) == [
        "Kept out for the cargo. Links that take no dangerous cargo: 1 by air (fly)."
    ]


def test_a_load_no_departure_takes_is_told_when_asked():
    plan = ask(NETWORK, "Alma", "Bora", load="60t")
    (told,) = [text for text in kept_out_sentences(plan, verbose=True) if "load 60t" in text]
    assert told == (
        "Kept out for the load: load 60t (links: 1). "
        "Links that take less, and have no next departure: 1 by air (fly)."
    )


def test_a_place_asked_for_that_the_policy_keeps_out_is_refused_with_the_reason(tmp_path):
    policy = write(tmp_path, '[avoid.nodes]\nrs-bora = "Strike."\n[avoid.countries]\nKZ = "Audit."')
    with pytest.raises(
        RequestError, match=r"which is kept out \(--policy none lifts it\).* Audit\."
    ):
        request(NETWORK, "Alma", "Bora", policy=policy)
    policy = write(tmp_path, '[avoid.nodes]\nrs-bora = "Strike."')
    with pytest.raises(RequestError, match=r"Bora .* kept out \(--policy none.* Strike\."):
        request(NETWORK, "Alma", "Bora", policy=policy)


def test_a_policy_that_leaves_no_mode_says_so(tmp_path):
    modes = "\n".join(f'{m} = "x"' for m in ("rail", "road", "sea", "air", "ferry", "barge"))
    with pytest.raises(RequestError, match="--mode, --avoid and --policy exclude each other"):
        request(NETWORK, "Alma", "Bora", policy=write(tmp_path, f"[avoid.modes]\n{modes}"))


def test_no_way_under_a_policy_names_the_policy(tmp_path):
    policy = write(tmp_path, '[avoid.edges]\ntrain = "x"')
    with pytest.raises(NoRouteError, match="with --policy none"):
        ask(NETWORK, "Alma", "Bora", policy=policy, modes="rail")


def test_a_bad_file_is_told_with_its_lines(tmp_path):
    with pytest.raises(DataError) as caught:
        request(NETWORK, "Alma", "Bora", policy=write(tmp_path, "[avoid.country]\nRU = 'x'\n"))
    assert "ours.toml:1" in str(caught.value)
    with pytest.raises(
        DataError, match=r'ours.toml:2 P002 avoid.operators "KTX": no such operator'
    ):
        request(NETWORK, "Alma", "Bora", policy=write(tmp_path, '[avoid.operators]\nKTX = "x"\n'))


def test_an_operator_to_avoid_keeps_out_what_no_other_serves():
    assert ways("none", avoid=("operator:ktz",)) == ALL - {"train"}
    assert ways("none", avoid=("operator:ASCO",)) == ALL
    assert ways("none", avoid=("operator:ASCO", "operator:KMTF")) == ALL - {"ship"}
    plan = ask(NETWORK, "Alma", "Bora", avoid=("operator:ASCO, operator:KMTF",))
    assert [(k.name, k.links) for k in plan.kept_out if k.by == "avoid"] == [
        ("ASCO", 1),
        ("KMTF", 1),
    ]
    assert "Avoided as asked: ASCO and KMTF." in policy_sentence(plan)
    with pytest.raises(RequestError, match=r'no operator is called "KTX"\. Did you mean KTZ'):
        request(NETWORK, "Alma", "Bora", avoid=("operator:KTX",))
